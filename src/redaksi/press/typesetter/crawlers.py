"""The crawlers of AI companies, by what they fetch pages for: the one list behind a site's choice in ``robots.txt``.

A site allows all of them, only those that lead readers to it (search and answers, with a link), or none. Robots of ordinary search
engines are not in it: they are never turned away. The companies say themselves which name does what; each group names the page.
A name is added or moved when such a page changes, and `redaksi press --all` prints it everywhere.

To be asked is all that ``robots.txt`` can do (RFC 9309, 3): it is no wall, and what a person asks an assistant to fetch may come
regardless.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: "training": pages become material for models; "search": an index that answers and links; "visit": one page, because a person asked.
Purpose = Literal["training", "search", "visit"]
Choice = Literal["allow", "search", "refuse"]


@dataclass(frozen=True, slots=True)
class Crawler:
    """A name that a crawler goes by in ``robots.txt``, and where its company says so."""

    name: str
    purpose: Purpose
    source: str


_OPENAI = "https://developers.openai.com/api/docs/bots"
_ANTHROPIC = "https://support.claude.com/en/articles/8896518"
_GOOGLE = "https://developers.google.com/crawling/docs/crawlers-fetchers/google-common-crawlers"
_APPLE = "https://support.apple.com/en-us/119829"
_META = "https://developers.facebook.com/docs/sharing/webmasters/web-crawlers"
_AMAZON = "https://developer.amazon.com/amazonbot"
_PERPLEXITY = "https://docs.perplexity.ai/guides/bots"
_MISTRAL = "https://docs.mistral.ai/robots"
_KIMI = "https://www.kimi.ai/policies/kimi-crawlers"
_DIFFBOT = "https://docs.diffbot.com/docs/does-crawl-respect-robotstxt"
_DUCK = "https://duckduckgo.com/duckduckgo-help-pages/results/duckassistbot"

CRAWLERS: tuple[Crawler, ...] = (
    Crawler("GPTBot", "training", _OPENAI),
    Crawler("OAI-SearchBot", "search", _OPENAI),
    Crawler("ChatGPT-User", "visit", _OPENAI),
    Crawler("ClaudeBot", "training", _ANTHROPIC),
    Crawler("Claude-SearchBot", "search", _ANTHROPIC),
    Crawler("Claude-User", "visit", _ANTHROPIC),
    # Not crawlers of their own but words that the ordinary ones obey: search goes on, training does not.
    Crawler("Google-Extended", "training", _GOOGLE),
    Crawler("Applebot-Extended", "training", _APPLE),
    Crawler("meta-externalagent", "training", _META),
    Crawler("meta-webindexer", "search", _META),
    Crawler("meta-externalfetcher", "visit", _META),
    Crawler("Amazonbot", "training", _AMAZON),
    Crawler("Amzn-SearchBot", "search", _AMAZON),
    Crawler("Amzn-User", "visit", _AMAZON),
    Crawler("PerplexityBot", "search", _PERPLEXITY),
    Crawler("Perplexity-User", "visit", _PERPLEXITY),
    Crawler("MistralAI-Training", "training", _MISTRAL),
    Crawler("MistralAI-Index", "search", _MISTRAL),
    Crawler("MistralAI-User", "visit", _MISTRAL),
    Crawler("KimiBot", "training", _KIMI),
    Crawler("Kimi-SearchBot", "search", _KIMI),
    Crawler("Kimi-User", "visit", _KIMI),
    Crawler("DuckAssistBot", "search", _DUCK),
    Crawler("Diffbot", "search", _DIFFBOT),
    Crawler("Diffbot-User", "visit", _DIFFBOT),
    # Collections from which models are made by others.
    Crawler("CCBot", "training", "https://commoncrawl.org/ccbot"),
    Crawler("AI2Bot", "training", "https://allenai.org/crawler"),
    Crawler("omgili", "training", "https://webz.io/bot.html"),
    # Its company has no page about it.
    Crawler("Bytespider", "training", ""),
)

_TURNED_AWAY: dict[str, frozenset[Purpose]] = {
    "allow": frozenset(),
    "search": frozenset({"training"}),
    "refuse": frozenset({"training", "search", "visit"}),
}


def turned_away(choice: str) -> tuple[str, ...]:
    """The names that a site's choice asks to stay away.

    Raises:
        ValueError: there is no such choice.
    """
    if choice not in _TURNED_AWAY:
        raise ValueError(
            f"The choice about crawlers {choice!r} is unknown; known are {', '.join(_TURNED_AWAY)}"
        )
    return tuple(one.name for one in CRAWLERS if one.purpose in _TURNED_AWAY[choice])
