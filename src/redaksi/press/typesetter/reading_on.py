"""Where "read also" stands in a body when no editor set it: between two paragraphs, seldom, and never early.

Never before the third paragraph's end, never beside a photo, a heading or any other block, never behind words that announce what
follows, and at most one in four paragraphs, those that an editor set among them.
"""

from __future__ import annotations

from collections.abc import Sequence

from redaksi.press.typesetter.links import plain
from redaksi.stories.copy import Block, Paragraph, ReadAlso

#: Paragraphs between two, and for each one there is; paragraphs before the first.
EVERY, FIRST = 4, 3
#: In one story, however long, unless an editor set more.
MOST = 4


def places(body: Sequence[Block], cap: int | None = None) -> list[int]:
    """Where read-also may be put in, as indices into the body: before the block that stands there.

    Args:
        body: with what an editor set, which counts.
        cap: no more than so many in the story, those of the editor among them.
    """
    before = [0]
    for block in body:
        before.append(before[-1] + isinstance(block, Paragraph))
    pinned = [before[at] for at, block in enumerate(body) if isinstance(block, ReadAlso)]
    most = min(MOST if cap is None else min(cap, MOST), before[-1] // EVERY) - len(pinned)
    found: list[int] = []
    taken = list(pinned)
    for at in range(1, len(body)):
        if len(found) >= most:
            break
        if _is_between(body[at - 1], body[at]) and _is_free(before[at], taken):
            found.append(at)
            taken.append(before[at])
    return found


def _is_between(one: Block, other: Block) -> bool:
    """Whether two blocks are paragraphs of which the first doesn't announce the second."""
    if not (isinstance(one, Paragraph) and isinstance(other, Paragraph)):
        return False
    return not plain(one.html).endswith(":")


def _is_free(paragraphs: int, taken: Sequence[int]) -> bool:
    return paragraphs >= FIRST and all(abs(paragraphs - other) >= EVERY for other in taken)


def with_read_also(body: Sequence[Block], chosen: Sequence[ReadAlso], at: Sequence[int]) -> tuple[Block, ...]:
    """The body with each chosen link at its place: the first at the first, and so on."""
    links = dict(zip(at, chosen, strict=False))
    return tuple(
        part
        for place, block in enumerate(body)
        for part in ((links[place],) if place in links else ()) + (block,)
    )
