"""The desk's own full-text index: headline, standfirst and body of every story, drafts too, found at once.

Kept in the record's database and written in the transaction that changes the story, so that what was saved is found.
SQLite has FTS5, PostgreSQL a tsvector under a GIN index; Wagtail's stock index is off for stories (each save would cost
more with every story). The words are stemmed by :mod:`redaksi.finder.stems`, and carry marks for site, state and
owner, so that a search within the walls reads no other site's rows. The newest matches are kept, a bounded number.

A story that other sites carry has a second row, under its key with a minus: what readers have of it, with marks of the
carrying sites. Their desks find it by that, and never by what its home is still writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from redaksi.finder.stems import folded, forms, stem
from redaksi.stories.models import Story
from redaksi.stories.rows import Rows
from redaksi.stories.sanitise import plain
from redaksi.stories.texts import listed, raw_blocks

#: A search gives at most this many stories, the newest: an editor who needs the 501st adds a word.
MOST_FOUND = 500
#: Words looked at in one query; the rest of a hostile query is left alone.
MOST_WORDS = 12
#: Letters that a half typed word must have.
SHORTEST_BEGINNING = 3
#: Characters of a story that are indexed: a book of 100,000 words is found by its first half.
MOST_CHARACTERS = 400_000


#: The blocks in which names are linked.
LINKED_BLOCKS = frozenset({"paragraph", "statement", "fact_box"})

#: Begins a mark: a letter of Unicode's private use area, which no word of a text or a query has (``finder.stems`` parts
#: words there). So nobody writes or types oneself through a wall.
_MARK = "\ue000"
_LIVE = f"{_MARK}live"


def _of_site(site_id: int) -> str:
    return f"{_MARK}s{site_id}"


def _of_owner(user_id: int) -> str:
    return f"{_MARK}o{user_id}"


def _at_site(site_id: int) -> str:
    return f"{_MARK}c{site_id}"


def words_of(story: Story, published: Story | None = None) -> list[str]:
    """The words of a story, each once, as they are and stemmed, with its marks: what stands in the index.

    As they are too, since a word that is typed by half ("pembang") is the beginning of no stem ("bangun").

    Args:
        story: the newest text.
        published: the row, where readers have another text: that is found by its words too.
    """
    language = story.site.language
    marks = [_of_site(story.site_id), _of_owner(story.owner_id or 0), *([_LIVE] if story.live else [])]
    words = folded(_text(story))
    if published is not None:
        words += folded(_text(published))
    return [*marks, *forms(words, language)]


def _text(story: Story) -> str:
    """The text by which a story is found. What names are linked in comes first, so that no cut can lose it."""
    heads = [story.headline, story.list_headline, story.standfirst, story.dateline]
    blocks = sorted(raw_blocks(story), key=lambda block: block[0] not in LINKED_BLOCKS)
    return " ".join([*heads, *(_text_of(*block) for block in blocks)])[:MOST_CHARACTERS]


#: PostgreSQL is given the words as they are: its own parser would part them in another way.
_PUT_POSTGRESQL = (
    "INSERT INTO stories_words (story_id, words) VALUES (%s, array_to_tsvector(%s::text[])) "
    "ON CONFLICT (story_id) DO UPDATE SET words = EXCLUDED.words"
)


def index(story: Story, published: Story | None = None) -> None:
    """Put the words of a story, as it stands in memory, into the index; with those of what readers have, if that differs."""
    _put(story.pk, words_of(story, published))


def index_carried(row: Story) -> None:
    """Let the desks that carry a story, or carried it, find what readers have of it. One query where none does.

    Args:
        row: the row of the record, whose text is what readers have.
    """
    held = list(row.placements.values_list("site_id", "headline", "list_headline"))
    if not held:
        return
    texts = " ".join([_text(row), *(f"{own} {shorter}" for _site, own, shorter in held)])
    words = forms(folded(texts), row.site.language)
    _put(-row.pk, [*(_at_site(site) for site, *_words in held), *words])


def _put(key: int, words: list[str]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_PUT_POSTGRESQL, [key, words])
        else:
            cursor.execute("DELETE FROM stories_words WHERE rowid = %s", [key])
            cursor.execute("INSERT INTO stories_words (rowid, words) VALUES (%s, %s)", [key, " ".join(words)])


def rows_of(stories: Iterable[Story]) -> Rows:
    """The words of stories that are new, as rows of the index: for bulk work. Nothing is asked of the database."""
    words = [(story.pk, words_of(story)) for story in stories]
    if connection.vendor == "postgresql":
        # A tsvector as it is written; there is no letter in a word or mark that would have to be escaped in it.
        return Rows("stories_words", ("story_id", "words"), [(key, _quoted(some)) for key, some in words])
    return Rows("stories_words", ("rowid", "words"), [(key, " ".join(some)) for key, some in words])


def _quoted(words: list[str]) -> str:
    return " ".join(f"'{word}'" for word in words)


def forget(story_id: int) -> None:
    """Take a story that is deleted out of the index."""
    column = "story_id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM stories_words WHERE {column} IN (%s, %s)", [story_id, -story_id])  # noqa: S608  # one of two literals


def find(text: str, *, sites: Sequence[int] | None, own: int | None = None) -> list[int]:
    """The ids of the newest stories that have all the words of ``text``.

    Args:
        text: what was typed. Each word may be meant in Indonesian or English; the last one may be half typed.
        sites: only stories of these sites; None means every site.
        own: with it, a draft is found only if this user wrote it (published ones always).

    Returns:
        At most :data:`MOST_FOUND` ids, newest first.
    """
    groups = _groups(text)
    if not groups or (sites is not None and not sites):
        return []
    if sites is not None:
        groups.append([_of_site(site) for site in sites])
    if own is not None:
        groups.append([_LIVE, _of_owner(own)])
    return _newest(groups, "{key} > 0 ORDER BY {key} DESC")


def find_carried(text: str, sites: Sequence[int]) -> list[int]:
    """The ids of the newest stories that one of these sites carries and whose published text has all the words of ``text``."""
    groups = _groups(text)
    if not groups or not sites:
        return []
    groups.append([_at_site(site) for site in sites])
    return [-key for key in _newest(groups, "{key} < 0 ORDER BY {key}")]


def _groups(text: str) -> list[list[str]]:
    """What was typed as groups of forms: one of each group must be there."""
    words = folded(text)[:MOST_WORDS]
    return [_forms(word, last=word is words[-1]) for word in words]


def _newest(groups: list[list[str]], order: str) -> list[int]:
    """The keys of the rows with a form of each group; ``order`` says which keys, and which first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            query = " & ".join("(" + " | ".join(_pg(form) for form in group) + ")" for group in groups)
            rest = order.format(key="story_id")
            select = f"SELECT story_id FROM stories_words WHERE words @@ %s::tsquery AND {rest} LIMIT %s"  # noqa: S608  # two literals
        else:
            query = " AND ".join("(" + " OR ".join(_fts(form) for form in group) + ")" for group in groups)
            rest = order.format(key="rowid")
            select = f"SELECT rowid FROM stories_words WHERE stories_words MATCH %s AND {rest} LIMIT %s"  # noqa: S608  # two literals
        cursor.execute(select, [query, MOST_FOUND])
        return [row[0] for row in cursor.fetchall()]


def holding(names: Iterable[str], *, after: int, limit: int) -> list[int]:
    """The ids of stories in which one of these names may stand, by key: ``limit`` of those after ``after``.

    None in which one does stand is left out; of those that are given, some only have a name's words in another order.
    """
    groups = [words for name in names if (words := list(dict.fromkeys(folded(name))))]
    if not groups:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            query = " | ".join("(" + " & ".join(map(_pg, words)) + ")" for words in groups)
            cursor.execute(
                "SELECT story_id FROM stories_words WHERE words @@ %s::tsquery AND story_id > %s ORDER BY story_id LIMIT %s",
                [query, after, limit],
            )
        else:
            query = " OR ".join("(" + " AND ".join(map(_fts, words)) + ")" for words in groups)
            cursor.execute(
                "SELECT rowid FROM stories_words WHERE stories_words MATCH %s AND rowid > %s ORDER BY rowid LIMIT %s",
                [query, after, limit],
            )
        return [row[0] for row in cursor.fetchall()]


def _forms(word: str, *, last: bool) -> list[str]:
    """A word as it may stand in the index; the last one also as a beginning."""
    forms = sorted({word, stem(word, "id"), stem(word, "en")})
    return [*forms, f"{word}*"] if last and len(word) >= SHORTEST_BEGINNING else forms


def _pg(form: str) -> str:
    return f"'{form[:-1]}':*" if form.endswith("*") else f"'{form}'"


def _fts(form: str) -> str:
    return f'"{form[:-1]}"*' if form.endswith("*") else f'"{form}"'


def _text_of(name: str, value: Any) -> str:
    """The text of a block in its stored form: asked for as it is read, a photo or another story would be fetched for nothing."""
    match name:
        case "paragraph":
            return plain(value or "")
        case "fact_box":
            facts = (f"{fact['name']} {fact['value']}" for fact in listed(value.get("facts") or []))
            return " ".join([value["title"], plain(value.get("text") or ""), *facts])
    if isinstance(value, dict):
        return " ".join(part for key, part in value.items() if isinstance(part, str) and key != "said_on")
    return value if isinstance(value, str) else ""
