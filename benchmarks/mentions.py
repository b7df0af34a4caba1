"""Mentions: linking the names in a story among 50,000, beside setting the same story's page.

Everything is counted: cutting the HTML into runs, finding the names, choosing, making the links.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime

from benchmarks.figures import Figure, median, shown
from benchmarks.texts import Texts
from redaksi.finder.mentions import Named, Names
from redaksi.press.typesetter.mentions import link_mentions
from redaksi.press.typesetter.story import story_page
from redaksi.stories.copy import Block, Paragraph, SectionCopy, SiteCopy, StoryCopy

NAMES, WORDS, STORIES, ROUNDS = 50_000, 600, 40, 5
#: Of the names, so many stand in the texts; the others only begin like some.
MET = 400


def measure() -> list[Figure]:
    """Both, story by story, by turns."""
    texts = Texts()
    names = _names(texts)
    section = SectionCopy(1, "Nasional", "nasional")
    site = _site(section)
    bodies = [_body(texts) for _ in range(STORIES)]
    met = sum(len(link_mentions(body, site, names).met) for body in bodies) / STORIES
    rounds = [_round(bodies, site, section, names) for _ in range(ROUNDS)]
    ratios = [finding / setting for finding, setting in rounds]
    finding, setting = (median([one[at] for one in rounds]) * 1000 / STORIES for at in (0, 1))
    setup = (
        f"Mentions: {STORIES} stories of {WORDS} words from the demo's sentences, {NAMES:,} names of which {MET} stand in the texts "
        f"({met:.0f} mentions a story); {ROUNDS} rounds by turns, in one process, nothing kept between stories."
    )
    return [
        Figure(
            "mentions_vs_setting",
            f"Linking the names in a story ({shown(finding)} ms)",
            median(ratios),
            "×",
            f"setting the same story's page: {shown(setting)} ms",
            tuple(ratios),
            setup,
            "< 2 ms a story",
        )
    ]


def _round(
    bodies: list[tuple[Block, ...]], site: SiteCopy, section: SectionCopy, names: Names
) -> tuple[float, float]:
    def find() -> None:
        for body in bodies:
            link_mentions(body, site, names)

    stories = [_story(body, section) for body in bodies]

    def put() -> None:
        for story in stories:
            story_page(story, site)

    return _seconds(find), _seconds(put)


def _seconds(work: Callable[[], None]) -> float:
    """Of the processor's time, so that a busy neighbour doesn't count."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _names(texts: Texts) -> Names:
    chance = random.Random(7)  # noqa: S311  # the same names each time, no secret
    words = [word for one in texts.paragraphs for word in re.findall(r"\w+", one.plain)]
    capitals = sorted({word for word in words if word[:1].isupper() and len(word) > 3})  # no "Di", "Ia"
    every = dict.fromkeys(chance.sample(capitals, min(MET, len(capitals))))
    while len(every) < NAMES:
        every[" ".join(chance.choice(capitals).swapcase().capitalize() + str(chance.randrange(90)) if at else chance.choice(capitals)
                       for at in range(chance.choice((2, 2, 3, 4))))] = None  # fmt: skip
    names = Names()
    for number, name in enumerate(every, 1):
        names.put(number, Named(None, f"topik-{number}", (name,)))
    return names


def _body(texts: Texts) -> tuple[Block, ...]:
    body: list[Block] = []
    words = 0
    while words < WORDS:
        one = texts.random.choice(texts.paragraphs)
        body.append(Paragraph(one.html, f"b{len(body)}"))
        words += len(one.plain.split())
    return tuple(body)


def _site(section: SectionCopy) -> SiteCopy:
    return SiteCopy(
        id=1, slug="kentongan", name="Kentongan", tagline="", language="id", time_zone="Asia/Jakarta", origin="https://example.id",
        look="kentongan", colour="#2a3b96", colour_dark="#b3c0ff", tokens={}, sections=(section,), accounts=(), publisher="",
        address="", person_responsible="", email="", group_name="", group_since=2019, network=(),
    )  # fmt: skip


def _story(body: tuple[Block, ...], section: SectionCopy) -> StoryCopy:
    return StoryCopy(
        id=1, site_id=1, section=section, path="/nasional/2026/11/25/berita", label=None, headline="Berita", list_headline="Berita",
        standfirst="Teras.", credits=(), lead=None, lead_caption="", body=body, topics=(), dateline="", source_kind="own",
        source_name="", source_url="", published_at=datetime(2026, 11, 25, tzinfo=UTC), updated_at=None, corrections=(),
        search_title="", search_text="", share_title="", share_text="",
    )  # fmt: skip
