"""From elements of a WordPress archive to frozen entries: names, dates, custom fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from lxml import etree

from redaksi.wire.formats.wxr.entries import Attachment, Author, Category, Entry, Header, Item, Tag, Term

# Custom fields of the plugins that most newsrooms write their search texts with: Yoast SEO, Rank Math, All in One SEO.
_SEARCH_TITLE = ("_yoast_wpseo_title", "rank_math_title", "_aioseo_title", "_aioseop_title")
_SEARCH_DESCRIPTION = (
    "_yoast_wpseo_metadesc",
    "rank_math_description",
    "_aioseo_description",
    "_aioseop_description",
)
_SHARE_TITLE = ("_yoast_wpseo_opengraph-title", "rank_math_facebook_title")
_SHARE_DESCRIPTION = ("_yoast_wpseo_opengraph-description", "rank_math_facebook_description")
_PRIMARY = ("_yoast_wpseo_primary_category", "rank_math_primary_category")
_TAKEN = {*_SEARCH_TITLE, *_SEARCH_DESCRIPTION, *_SHARE_TITLE, *_SHARE_DESCRIPTION, *_PRIMARY}
_TAKEN |= {
    "_thumbnail_id",
    "_wp_old_slug",
    "_wp_attachment_image_alt",
    "_wp_attached_file",
    "_wp_attachment_metadata",
}
# What WordPress and its editors note for themselves: no reader has ever seen it.
_HOUSEKEEPING = re.compile(
    r"^(_edit_|_oembed_|_pingme|_encloseme|_wp_|_publicize_|_menu_item_|_attachment_original|_yoast_wpseo_|rank_math_"
    r"|_aioseo|_elementor_|_et_|_jetpack_|_wpas_|_oembed|_dp_|_last_editor|amazonS3_cache|ab_view_count|post_views)"
)
_PHP_CREDIT = re.compile(r'"credit";s:\d+:"(.*?)";', re.DOTALL)
_UNSET = "0000-00-00"


@lru_cache(maxsize=512)
def short(tag: str) -> str:
    """A tag as `prefix:name`, whatever version of the namespace the file declares."""
    if not tag.startswith("{"):
        return tag
    uri, _, name = tag[1:].partition("}")
    if uri.endswith("/excerpt/"):
        return f"excerpt:{name}"
    if "/export/" in uri:
        return f"wp:{name}"
    if uri.endswith("/content/"):
        return f"content:{name}"
    return f"dc:{name}" if "purl.org/dc/" in uri else name


def line(element: etree._Element) -> int:
    """Where the element begins in the file; 0 where libxml2 has lost count."""
    found: object = element.sourceline
    return found if isinstance(found, int) else 0


def text(element: etree._Element, name: str) -> str:
    """The text of the first child of that short name, or the empty text."""
    for child in element:
        if isinstance(child.tag, str) and short(child.tag) == name:
            return "".join(str(part) for part in child.itertext()).strip()
    return ""


def _texts(element: etree._Element) -> dict[str, str]:
    """All simple children by short name; the first of each name counts."""
    found: dict[str, str] = {}
    for child in element:
        if isinstance(child.tag, str) and len(child) == 0:
            found.setdefault(short(child.tag), (child.text or "").strip())
    return found


def _meta(element: etree._Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for child in element:
        if isinstance(child.tag, str) and short(child.tag) == "wp:postmeta":
            found.setdefault(text(child, "wp:meta_key"), []).append(text(child, "wp:meta_value"))
    return found


def header(channel: etree._Element) -> Header:
    """The archive's header from what of the channel has been read before its first entry."""
    got = _texts(channel)
    url = got.get("wp:base_blog_url") or got.get("link") or got.get("wp:base_site_url") or ""
    return Header(
        title=got.get("title", ""),
        url=url.rstrip("/"),
        language=got.get("language", ""),
        version=got.get("wp:wxr_version", ""),
    )


def author(element: etree._Element) -> Author | None:
    got = _texts(element)
    login = got.get("wp:author_login", "")
    full = f"{got.get('wp:author_first_name', '')} {got.get('wp:author_last_name', '')}".strip()
    name = got.get("wp:author_display_name") or full or login
    return Author(got.get("wp:author_id", ""), login, name, got.get("wp:author_email", "")) if login else None


def category(element: etree._Element) -> Category | None:
    got = _texts(element)
    name, slug = got.get("wp:cat_name", ""), got.get("wp:category_nicename", "")
    if not (name or slug):
        return None
    parent, about = got.get("wp:category_parent", ""), got.get("wp:category_description", "")
    return Category(got.get("wp:term_id", ""), slug or name, name or slug, parent, about)


def tag(element: etree._Element) -> Tag | None:
    got = _texts(element)
    name, slug = got.get("wp:tag_name", ""), got.get("wp:tag_slug", "")
    if not (name or slug):
        return None
    return Tag(got.get("wp:term_id", ""), slug or name, name or slug, got.get("wp:tag_description", ""))


def term(element: etree._Element) -> Category | Tag | None:
    """A `<wp:term>`: the newer and general way to write categories and tags. Menus and formats are not news."""
    got = _texts(element)
    name, slug = got.get("wp:term_name", ""), got.get("wp:term_slug", "")
    if not (name or slug):
        return None
    identity, about = got.get("wp:term_id", ""), got.get("wp:term_description", "")
    match got.get("wp:term_taxonomy"):
        case "category":
            return Category(identity, slug or name, name or slug, got.get("wp:term_parent", ""), about)
        case "post_tag":
            return Tag(identity, slug or name, name or slug, about)
    return None


def item(element: etree._Element, comments: int = 0) -> Entry | None:
    """An `<item>`: an attachment, a guest author of Co-Authors Plus, or an Item of its kind."""
    got, meta = _texts(element), _meta(element)
    kind = got.get("wp:post_type", "") or "post"
    if kind == "attachment":
        return _attachment(got, meta)
    if kind == "guest-author":
        return _guest(got, meta)
    terms = _terms(element)
    thumbnails = meta.get("_thumbnail_id", [""])
    return Item(
        id=got.get("wp:post_id", ""),
        kind=kind,
        status=got.get("wp:status", "") or "publish",
        title=got.get("title", ""),
        slug=got.get("wp:post_name", ""),
        link=got.get("link", ""),
        guid=got.get("guid", ""),
        old_slugs=tuple(slug for slug in meta.get("_wp_old_slug", []) if slug),
        published_utc=_utc(got.get("wp:post_date_gmt", "")) or _rfc(got.get("pubDate", "")),
        published_local=_naive(got.get("wp:post_date", "")),
        modified_utc=_utc(got.get("wp:post_modified_gmt", "")),
        creator=got.get("dc:creator", ""),
        categories=terms.get("category", ()),
        tags=terms.get("post_tag", ()) or terms.get("tag", ()),
        co_authors=terms.get("author", ()),
        other_terms=_other_terms(terms),
        excerpt=got.get("excerpt:encoded", ""),
        content=_raw(element, "content:encoded"),
        thumbnail_id=thumbnails[-1],
        primary_category_id=_first(meta, _PRIMARY),
        search_title=_plain_setting(_first(meta, _SEARCH_TITLE)),
        search_description=_plain_setting(_first(meta, _SEARCH_DESCRIPTION)),
        share_title=_plain_setting(_first(meta, _SHARE_TITLE)),
        share_description=_plain_setting(_first(meta, _SHARE_DESCRIPTION)),
        sticky=got.get("wp:is_sticky", "") == "1",
        protected=bool(got.get("wp:post_password", "")),
        comments=comments,
        meta_keys=tuple(
            sorted(key for key in meta if key and key not in _TAKEN and not _HOUSEKEEPING.match(key))
        ),
        line=line(element),
    )


def _attachment(got: dict[str, str], meta: dict[str, list[str]]) -> Attachment:
    credit = _PHP_CREDIT.search(_first(meta, ("_wp_attachment_metadata",)))
    return Attachment(
        id=got.get("wp:post_id", ""),
        url=got.get("wp:attachment_url", "") or got.get("guid", ""),
        title=got.get("title", ""),
        caption=got.get("excerpt:encoded", ""),
        description=got.get("content:encoded", ""),
        alt=_first(meta, ("_wp_attachment_image_alt",)),
        credit=credit.group(1) if credit else "",
        parent_id=got.get("wp:post_parent", "0"),
        file=_first(meta, ("_wp_attached_file",)),
    )


def _guest(got: dict[str, str], meta: dict[str, list[str]]) -> Author:
    login = _first(meta, ("cap-user_login",)) or got.get("wp:post_name", "").removeprefix("cap-")
    name = _first(meta, ("cap-display_name",)) or got.get("title", "") or login
    return Author("", login, name, _first(meta, ("cap-user_email",)), _first(meta, ("cap-description",)))


def _terms(element: etree._Element) -> dict[str, tuple[Term, ...]]:
    """What the item is filed under, by domain, in order, each once (Co-Authors Plus writes its authors twice)."""
    found: dict[str, dict[Term, None]] = {}
    for child in element:
        if not isinstance(child.tag, str) or short(child.tag) != "category":
            continue
        name = "".join(str(part) for part in child.itertext()).strip()
        slug = child.get("nicename") or ""
        if name or slug:
            found.setdefault(child.get("domain") or "category", {})[Term(slug or name, name or slug)] = None
    return {domain: tuple(terms) for domain, terms in found.items()}


def _other_terms(terms: dict[str, tuple[Term, ...]]) -> tuple[tuple[str, str], ...]:
    own = {"category", "post_tag", "tag", "author"}
    return tuple((domain, one.name) for domain, named in terms.items() if domain not in own for one in named)


def _raw(element: etree._Element, name: str) -> str:
    """A text with its white space, which is what makes paragraphs in WordPress's classic contents."""
    for child in element:
        if isinstance(child.tag, str) and short(child.tag) == name:
            return "".join(str(part) for part in child.itertext())
    return ""


def _first(meta: dict[str, list[str]], keys: tuple[str, ...]) -> str:
    return next((meta[key][0] for key in keys if meta.get(key, [""])[0]), "")


def _plain_setting(value: str) -> str:
    """A text that somebody wrote; templates such as `%%title%% %%sep%% %%sitename%%` say nothing of their own."""
    return "" if re.search(r"%%?\w+%%?", value) else value


def _utc(value: str) -> datetime | None:
    naive = _naive(value)
    return naive.replace(tzinfo=UTC) if naive else None


def _naive(value: str) -> datetime | None:
    if not value or value.startswith(_UNSET):
        return None
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return None


def _rfc(value: str) -> datetime | None:
    """RSS's pubDate (RFC 822), which small exporters write instead. WordPress writes the year -0001 for drafts."""
    try:
        found = parsedate_to_datetime(value)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


MAKERS: dict[str, Callable[[etree._Element], Entry | None]] = {
    "item": item,
    "wp:author": author,
    "wp:category": category,
    "wp:tag": tag,
    "wp:term": term,
}
