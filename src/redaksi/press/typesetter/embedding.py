"""oEmbed (https://oembed.com): what other sites show of a story when someone pastes its address there.

The press prints the whole answer as JSON, once a story; the newsstand makes it fit what was asked for. The HTML is a plain
quotation with a link: it runs nothing and loads nothing on the other's page but the picture, if they show one.
"""

from __future__ import annotations

from typing import Any

from redaksi.press.typesetter import addresses
from redaksi.press.typesetter.engine import set_text
from redaksi.press.typesetter.items import Item
from redaksi.press.typesetter.links import absolute, clean
from redaksi.stories.copy import SiteCopy

#: What a quotation of a headline and a sentence takes, in pixels.
WIDTH, HEIGHT = 600, 200


def answer(item: Item, site: SiteCopy) -> dict[str, Any]:
    """A response of the type "rich". ``thumbnails`` (address, width, height; widest first) are the newsstand's to choose from."""
    files = sorted(item.files, key=lambda one: -one.width)
    return {
        "version": "1.0",
        "type": "rich",
        "title": item.title,
        "author_name": ", ".join(one.name for one in item.authors),
        "author_url": item.authors[0].url or absolute(site.origin, addresses.front(site)),
        "provider_name": clean(site.name),
        "provider_url": absolute(site.origin, addresses.front(site)),
        "cache_age": 3600,
        "html": set_text("oembed.html", site, {"item": item}).strip(),
        "width": WIDTH,
        "height": HEIGHT,
        "thumbnails": [[one.url, one.width, one.height] for one in files],
    }
