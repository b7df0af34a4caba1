"""Reads a feed as strictly as the W3C's Feed Validation Service, for what our feeds may hold, and names what is wrong with it.

``check(data)`` gives the events; for a feed of ours there must be none. That it finds what it looks for is proved on the service's own
test cases (``tests/press/test_feed_checker.py``).
"""

from __future__ import annotations

import base64
import codecs
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from feedcheck import grammar, values
from feedcheck.grammar import ATOM, MEDIA, Element


class Event(NamedTuple):
    """Something that is wrong: its name, the element where, and a few words."""

    name: str
    where: str
    text: str = ""


_MISSING = {"title": "MissingTitle", "link": "MissingLink", "description": "MissingDescription"}
_NOT_BLANK = {"title", "link", "category"} | {
    f"{ATOM}{name}" for name in ("title", "subtitle", "name", "id", "content", "generator")
}
_DECLARED = re.compile(rb"""<\?xml[^>]*\bencoding=["']([\w.-]+)""")
_LONG_AGO, _FAR_AHEAD = "1970", "2100"


def check(data: bytes) -> list[Event]:
    """Everything that is wrong with a feed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return [Event("SAXError", "", str(error))]
    return list(dict.fromkeys(_document(root, data)))


def _document(root: Any, data: bytes) -> Iterator[Event]:
    document = root.getroottree().docinfo
    declared = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
    if data.startswith(codecs.BOM_UTF8) and declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        yield Event("UnicodeError", root.tag, f"{declared[1]!r} after UTF-8's mark")
    if document.doctype:
        yield Event("InvalidDoctype", root.tag, "a feed of ours has no document type")
    if document.xml_version != "1.0":
        yield Event("BadXmlVersion", root.tag, document.xml_version)
    namespaces = {space for one in root.iter("*") for space in one.nsmap.values()}
    for space in namespaces & set(grammar.WRONG_NAMESPACES):
        yield Event(grammar.WRONG_NAMESPACES[space], root.tag, space)
    name = etree.QName(root)
    if root.tag in (f"{ATOM}feed", f"{ATOM}entry"):
        form = grammar.FEED if name.localname == "feed" else grammar.ENTRY
        yield from _element(root, form)
        if name.localname == "feed":
            yield from _atom_feed(root)
    elif root.tag == "rss":
        yield from _element(root, grammar.RSS)
        for channel in root.findall("channel"):
            yield from _rss_channel(channel)
    elif name.localname in ("feed", "rss"):
        yield Event("InvalidNamespace" if name.namespace else "MissingNamespace", root.tag)
    else:
        yield Event("UndefinedElement", root.tag, "no feed")


def _element(one: Any, form: Element) -> Iterator[Event]:
    """An element and all below it, against the grammar."""
    yield from _attributes(one, form)
    text = "".join(one.itertext()) if len(one) == 0 else (one.text or "")
    if form.text is None:
        if any((part or "").strip() for part in (one.text, *(child.tail for child in one))):
            yield Event("AtomLinkNotEmpty" if one.tag == f"{ATOM}link" else "UnexpectedText", one.tag)
    else:
        yield from _text(one, form, text)
    seen: set[str] = set()
    for child in one.iterchildren():
        if not isinstance(child.tag, str):
            continue
        inner = form.children.get(child.tag)
        if inner is None:
            yield from _stranger(one, child, form)
            continue
        if child.tag in seen and child.tag not in form.repeatable:
            yield Event("DuplicateElement", child.tag)
        seen.add(child.tag)
        yield from _element(child, inner)
    for missing in sorted(form.required - seen):
        yield Event("MissingElement", missing, f"in {one.tag}")
        if missing in _MISSING:
            yield Event(_MISSING[missing], missing)


def _stranger(parent: Any, child: Any, form: Element) -> Iterator[Event]:
    """An element that we don't write there."""
    if form.text is not None:
        yield Event("NotEscaped", parent.tag, "elements in what is to be text")
    if child.tag == f"{MEDIA}group" and len(child.findall(f"{MEDIA}content")) < 2:
        yield Event("MediaGroupWithoutAlternatives", child.tag)
    if not etree.QName(child).namespace and etree.QName(parent).namespace is None:
        yield Event("NotInANamespace", child.tag)
    yield Event("UndefinedElement", child.tag, f"in {parent.tag}")


def _attributes(one: Any, form: Element) -> Iterator[Event]:
    for name, value in one.attrib.items():
        known = {grammar.XML_LANG: values.language, grammar.XML_BASE: values.address, **form.attributes}
        check_value = known.get(name)
        if check_value is None:
            yield Event("UnexpectedAttribute", one.tag, name)
        elif problem := check_value(value):
            yield Event(problem, one.tag, f"{name}={value!r}")
        if problem := values.characters(value):
            yield Event(problem, one.tag, name)
        if name == "term" and not value.strip():
            yield Event("NotBlank", one.tag, name)
    for name in sorted(form.needs - set(one.attrib)):
        yield Event(
            "MissingHref" if (one.tag, name) == (f"{ATOM}link", "href") else "MissingAttribute", one.tag, name
        )
        yield Event("MissingAttribute", one.tag, name)


def _text(one: Any, form: Element, text: str) -> Iterator[Event]:
    assert form.text is not None
    if problem := form.text(text):
        yield Event(problem, one.tag, text[:80])
    if problem := values.characters(text):
        yield Event(problem, one.tag, text[:80])
    if one.tag in _NOT_BLANK and not text.strip() and one.get("src") is None:
        yield Event("NotBlank", one.tag)
    if form.text in (values.rfc3339, values.rfc822):
        if text != text.strip():
            yield Event("UnexpectedWhitespace", one.tag)
        year = text[:4] if form.text is values.rfc3339 else text[-14:-10]
        if year.isdigit() and len(year) == 4 and not _LONG_AGO <= year < _FAR_AHEAD:
            yield Event("ImplausibleDate", one.tag, text)
    if form.html or (one.get("type") in ("html", "text/html") and not len(one)):
        for problem in values.html(text):
            yield Event(problem, one.tag, text[:80])


def _atom_feed(feed: Any) -> Iterator[Event]:
    entries = feed.findall(f"{ATOM}entry")
    if entries:
        behind = [later.tag for later in entries[0].itersiblings("*") if later.tag != f"{ATOM}entry"]
        for tag in behind:
            yield Event("MisplacedMetadata", tag)
    yield from _links(feed)
    if not any(link.get("rel") == "self" for link in feed.findall(f"{ATOM}link")):
        yield Event("MissingSelf", feed.tag)
    seen: dict[str, set[str]] = {}
    for entry in entries:
        yield from _links(entry)
        yield from _atom_entry(entry, feed)
        identity, updated = entry.findtext(f"{ATOM}id") or "", entry.findtext(f"{ATOM}updated") or ""
        if identity in seen:
            yield Event("DuplicateEntries", f"{ATOM}id", identity)
            if updated in seen[identity]:
                yield Event("DuplicateIds", f"{ATOM}id", identity)
        seen.setdefault(identity, set()).add(updated)


def _atom_entry(entry: Any, feed: Any) -> Iterator[Event]:
    if entry.find(f"{ATOM}author") is None and feed.find(f"{ATOM}author") is None:
        yield Event("MissingElement", f"{ATOM}author", "in entry")
    content = entry.find(f"{ATOM}content")
    alternate = [link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
    if content is None and not alternate:
        yield Event("MissingContentOrAlternate", entry.tag)
    if content is None:
        return
    kind = content.get("type", "text")
    if kind not in ("text", "html", "xhtml") and (values.mime(kind) or kind.startswith("multipart/")):
        yield Event("InvalidMIMEType", content.tag, kind)
    if content.get("src") is not None and "".join(content.itertext()).strip():
        yield Event("UnexpectedText", content.tag)
    if kind not in ("text", "html", "xhtml", "text/html", "text/plain"):
        yield Event("SecurityRisk", content.tag, f"{kind}: what a reader's program does with it isn't known")
    if content.get("src") is not None and kind in ("text", "html", "xhtml") and "type" in content.attrib:
        yield Event("InvalidMIMEType", content.tag, kind)
    inline = kind in ("text", "html", "xhtml") or kind.startswith("text/") or kind.endswith(("+xml", "/xml"))
    if (content.get("src") is not None or not inline) and entry.find(f"{ATOM}summary") is None:
        yield Event("MissingSummary", entry.tag)
    if not inline and content.get("src") is None and not _is_base64("".join(content.itertext())):
        yield Event("NotBase64", content.tag)


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode("".join(text.split()), validate=True)
    except ValueError:
        return False
    return True


def _links(parent: Any) -> Iterator[Event]:
    """RFC 4287, 4.1.1 and 4.1.2: no two alternates of the same type and language."""
    seen = set()
    for link in parent.findall(f"{ATOM}link"):
        facts = (link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
        if facts in seen and facts[0] == "alternate":
            yield Event("DuplicateAtomLink", link.tag)
        seen.add(facts)


def _rss_channel(channel: Any) -> Iterator[Event]:
    if not any(link.get("rel") == "self" for link in channel.findall(f"{ATOM}link")):
        yield Event("MissingSelf", "channel")
    seen = set()
    for item in channel.findall("item"):
        if item.find("title") is None and item.find("description") is None:
            yield Event("ItemMustContainTitleOrDescription", "item")
        guid = item.find("guid")
        if guid is None:
            yield Event("MissingGuid", "item")
            continue
        text = "".join(guid.itertext()).strip()
        if text in seen:
            yield Event("DuplicateValue", "guid", text)
        seen.add(text)
        if guid.get("isPermaLink", "true") == "true" and not text.startswith(("http://", "https://")):
            yield Event(
                "InvalidPermalink" if text.partition(":")[0] in ("tag", "urn") else "InvalidHttpGUID",
                "guid",
                text,
            )
