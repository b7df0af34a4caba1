"""Reads a WordPress archive as a stream: bytes go in by chunks, one frozen entry at a time comes out.

Bytes -> mended where they must be -> libxml2's push parser (no entities, no network, its own size limits on) ->
entries. Each element is thrown away as soon as it has become an entry, so memory stays flat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import BinaryIO, cast

from lxml import etree

from redaksi.wire.formats.wxr import fields
from redaksi.wire.formats.wxr.entries import Entry, Header, Repair
from redaksi.wire.formats.wxr.mending import Mender

CHUNK = 256 * 1024  # bytes
# libxml2 refuses by itself a text node over 10 MB and nesting deeper than 256; this is the whole of one item.
ITEM_LIMIT = 16 * 1024 * 1024  # characters
_TAGS = ("{*}item", "{*}author", "{*}category", "{*}tag", "{*}term", "{*}comment", "{*}channel")


class WxrError(ValueError):
    """The file is no WordPress archive, or is broken. Says the file's name, the line, and the last whole item."""


class _Place:
    """Where in the file the reader is, for its errors."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.items = 0
        self.last = ""

    def error(self, line: int, what: str) -> WxrError:
        after = f" The last whole item was number {self.items}: {self.last}." if self.items else ""
        return WxrError(f"{self.name}, line {line}: {what}{after}")

    def whole(self, element: etree._Element) -> None:
        self.items += 1
        self.last = (
            f"{fields.text(element, 'title')[:80]!r} (post {fields.text(element, 'wp:post_id') or '?'})"
        )


def read(source: BinaryIO, name: str, *, progress: Callable[[int], None] | None = None) -> Iterator[Entry]:
    """Read a WXR file.

    Args:
        source: the file, opened for bytes; read once from where it stands to its end.
        name: what errors call it.
        progress: told after each chunk how many bytes have been read.

    Yields:
        the header first, then the entries in the file's order.

    Raises:
        WxrError: not XML, not WXR, declares entities, too large an item, or cut off. The entries before that place
            have been given by then.
    """
    place = _Place(name)
    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=_TAGS,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    state = _State(place)
    mender = Mender()
    consumed = 0
    while chunk := source.read(CHUNK):
        if consumed == 0:
            _refuse_foreign(chunk, place)
        consumed += len(chunk)
        yield from _step(parser, state, mender.feed(chunk))
        if progress is not None:
            progress(consumed)
    if not consumed:
        raise WxrError(f"{name}: the file is empty.")
    yield from _step(parser, state, mender.close())
    yield from _finish(parser, state)
    if mender.controls or mender.ampersands:
        yield Repair(mender.controls, mender.ampersands)


def _step(parser: etree.XMLPullParser, state: _State, chunk: bytes) -> Iterator[Entry]:
    """Feed one chunk and give what became whole by it, also when the chunk then turns out broken."""
    broken: etree.XMLSyntaxError | None = None
    try:
        parser.feed(chunk)
    except etree.XMLSyntaxError as error:
        broken = error
    yield from state.entries(parser)
    if broken is not None:
        raise state.place.error(_line(broken), f"this is not well-formed XML: {broken.msg}.") from broken


def _finish(parser: etree.XMLPullParser, state: _State) -> Iterator[Entry]:
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        yield from state.entries(parser)
        where = "inside an item" if state.inside_item else "before its end"
        raise state.place.error(_line(error), f"the file stops {where}; it seems to be cut off.") from error
    yield from state.entries(parser)
    if not state.header_given:
        yield state.header()


class _State:
    """What has been seen so far: enough to know a WXR by, and to give the header once and first."""

    def __init__(self, place: _Place) -> None:
        self.place = place
        self.header_given = False
        self.inside_item = False
        self.comments = 0
        self.channel: etree._Element | None = None

    def entries(self, parser: etree.XMLPullParser) -> Iterator[Entry]:
        for event, found in parser.read_events():
            element = cast("etree._Element", found)  # noqa: SLF001  # these events carry elements only
            kind = fields.short(element.tag)
            if event == "start":
                self._begin(element, kind)
            elif kind == "wp:comment":
                self._count_comment(element)
            elif kind in fields.MAKERS and not (kind != "item" and self.inside_item):
                yield from self._end(element, kind)

    def _begin(self, element: etree._Element, kind: str) -> None:
        if kind == "channel":
            self.channel = element
        elif kind == "item":
            self.inside_item = True
            self.comments = 0

    def _count_comment(self, element: etree._Element) -> None:
        # Pings and what was marked as spam or thrown away are not comments that a reader has seen.
        shown = fields.text(element, "wp:comment_approved") == "1" and not fields.text(
            element, "wp:comment_type"
        )
        self.comments += shown or fields.text(element, "wp:comment_type") == "comment"
        element.clear()

    def _end(self, element: etree._Element, kind: str) -> Iterator[Entry]:
        if not self.header_given:
            yield self.header()
        size = sum(len(part) for part in element.itertext())
        if size > ITEM_LIMIT:
            raise self.place.error(
                fields.line(element), f"one item holds {size:,} characters; the limit is {ITEM_LIMIT:,}."
            )
        if kind == "item":
            self.inside_item = False
            entry = fields.item(element, self.comments)
            self.place.whole(element)
        else:
            entry = fields.MAKERS[kind](element)
        if entry is not None:
            yield entry
        _let_go(element)

    def header(self) -> Header:
        self.header_given = True
        if self.channel is None:
            raise self.place.error(1, "there is no <channel> in it; this is not a WordPress archive.")
        return fields.header(self.channel)


def _let_go(element: etree._Element) -> None:
    """Free an element and everything before it in the channel, or the tree would grow to the size of the file."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _refuse_foreign(chunk: bytes, place: _Place) -> None:
    """Look at the first chunk alone, so that a large file of another kind is refused before it is read."""
    if chunk.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise place.error(1, "the file is in UTF-16; save it as UTF-8.")
    start = chunk.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<"):
        raise place.error(1, f"this is not XML: it begins with {start[:20]!r}.")
    probe = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    with suppress(etree.XMLSyntaxError):  # the reader itself meets the fault again, with its place
        probe.feed(chunk.translate(None, b"&"))
    for _, found in probe.read_events():
        _refuse_foreign_root(cast("etree._Element", found), place)  # noqa: SLF001
        break


def _refuse_foreign_root(root: etree._Element, place: _Place) -> None:
    line = fields.line(root) or 1
    if root.getroottree().docinfo.doctype:  # type: ignore[attr-defined]  # not in the stubs
        raise place.error(
            line, "it has a DOCTYPE, which may declare entities; a WordPress archive has none. Refused."
        )
    if root.tag != "rss":
        raise place.error(line, f"its root is <{root.tag}>, not <rss>; this is not a WordPress archive.")
    if not any("/export/" in uri for uri in root.nsmap.values()):
        raise place.error(line, "this is an RSS feed, not a WordPress archive (Tools > Export makes one).")


def _line(error: etree.XMLSyntaxError) -> int:
    return error.lineno or 0
