"""The entries of a WordPress archive as frozen data: what `reader.read` gives, in the file's order.

Texts are as WordPress wrote them (titles may hold entities and tags, contents are HTML); making them clean is the
work of those who take them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Header:
    """The archive's own site: its title, its address without a trailing slash, its language (BCP 47) and format version."""

    title: str
    url: str
    language: str
    version: str


@dataclass(frozen=True, slots=True)
class Author:
    """A user of the old site, or a guest author of the plugin Co-Authors Plus (then `id` is empty)."""

    id: str
    login: str
    name: str
    email: str
    bio: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    id: str
    slug: str
    name: str
    parent: str
    description: str


@dataclass(frozen=True, slots=True)
class Tag:
    id: str
    slug: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the media library. `file` is its path under wp-content/uploads, where WordPress noted it."""

    id: str
    url: str
    title: str
    caption: str
    description: str
    alt: str
    credit: str
    parent_id: str
    file: str


@dataclass(frozen=True, slots=True)
class Term:
    """A category, tag or author as an item names it."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """A post, a page or anything else that WordPress keeps as a post (`kind` is its post_type).

    `published_utc` and `modified_utc` are aware; `published_local` is naive, in the old site's own zone, and is all
    that a draft has. `old_slugs` are earlier last parts of its address. `meta_keys` names the custom fields that none
    of the other attributes holds. `line` is where the item ends in the file.
    """

    id: str
    kind: str
    status: str
    title: str
    slug: str
    link: str
    guid: str
    old_slugs: tuple[str, ...]
    published_utc: datetime | None
    published_local: datetime | None
    modified_utc: datetime | None
    creator: str
    categories: tuple[Term, ...]
    tags: tuple[Term, ...]
    co_authors: tuple[Term, ...]
    other_terms: tuple[tuple[str, str], ...]
    excerpt: str
    content: str
    thumbnail_id: str
    primary_category_id: str
    search_title: str
    search_description: str
    share_title: str
    share_description: str
    sticky: bool
    protected: bool
    comments: int
    meta_keys: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Repair:
    """What the file's bytes needed before they were XML (see `mending`). Comes last, if at all."""

    controls: int
    ampersands: int


Entry: TypeAlias = Header | Author | Category | Tag | Attachment | Item | Repair
