"""The copy desk: from the record to copy. Reads a story with everything that stands on its page, and nothing else.

The number of queries is the same for every story, however many photos and links its body has. The same function makes the
copy of a published row, for the press, and of a revision that isn't published, for a preview.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, cast

from redaksi.photos import darkroom
from redaksi.photos.models import Photo
from redaksi.stories import copy, linked
from redaksi.stories.mentions import choices_of
from redaksi.stories.models import Address, Contributor, Placement, Story, Topic
from redaksi.stories.reading import Around, gathered, photos_in, stories_in
from redaksi.stories.sanitise import plain
from redaksi.stories.sitecopy import section_copy
from redaksi.stories.texts import listed, text_block
from redaksi.stories.versions import others_of, version_copies

#: Search engines show about this many characters of a description (measured in letters, cut at a word).
DESCRIPTION = 160
#: The blocks that show something else of the record.
_AROUND = frozenset({"photo", "gallery", "read_also"})


def topic_copy(topic: Topic) -> copy.TopicCopy:
    """A topic as a label or link: without its aliases."""
    kind = cast("copy.TopicKind", topic.kind)
    return copy.TopicCopy(topic.pk, topic.name, topic.slug, kind, topic.summary, site_id=topic.site_id)


def contributor_copy(person: Contributor) -> copy.ContributorCopy:
    portrait = picture(person.portrait) if person.portrait else None
    return copy.ContributorCopy(person.pk, person.name, person.slug, person.bio, portrait)


def picture(photo: Photo) -> copy.Picture:
    """A photo as templates set it. Nothing is read from disk."""
    width, height = darkroom.upright_size(photo)
    return copy.Picture(
        id=photo.pk,
        digest=photo.digest,
        width=width,
        height=height,
        widths=darkroom.widths_for(width),
        formats=darkroom.formats(),
        alt=photo.alt,
        caption=photo.caption,
        credit=photo.credit,
        agency=photo.agency,
        place=photo.place,
        taken_on=photo.taken_on,
        licence=photo.licence,
    )


def story_copy(story: Story, base: str | None = None, around: Around | None = None) -> copy.StoryCopy:
    """A story as copy, as its home site has it.

    Args:
        story: a published row, or a revision's object for a preview.
        base: what every address of its site begins with, where it is known already.
        around: what it refers to, where that was read for it and others at once.

    Returns:
        Copy whose ``depends`` names everything else that was looked at.
    """
    story, base, around = _read(story, base, around)
    replies, link_to = linked.Replies(story), partial(around.link, story.site_id)
    versions = others_of(story)
    bylines = list(story.bylines.all())
    topics = tuple(topic_copy(topic) for topic in story.topics.all())
    label = topic_copy(story.label) if story.label else None
    standfirst = story.standfirst.strip()
    body = tuple(_body(story, around))
    search_text = story.search_text or standfirst or _first_words(body)
    return copy.StoryCopy(
        id=story.pk or 0,
        site_id=story.site_id,
        section=section_copy(story.section, base),
        path=path_now(story, base),
        label=label,
        headline=story.headline,
        list_headline=story.list_headline or story.headline,
        standfirst=standfirst,
        credits=tuple(_credit(byline) for byline in bylines),
        lead=picture(story.lead_photo) if story.lead_photo else None,
        lead_caption=story.lead_caption or (story.lead_photo.caption if story.lead_photo else ""),
        body=body,
        topics=topics,
        dateline=story.dateline,
        source_kind=cast("copy.SourceKind", story.source_kind),
        source_name=story.source_name,
        source_url=story.source_url,
        published_at=story.published_at or story.created_at,
        updated_at=story.updated_at,
        corrections=tuple(replies.corrections(link_to)),
        search_title=story.search_title or story.headline,
        search_text=_cut(search_text),
        share_title=story.share_title or story.headline,
        share_text=story.share_text or _cut(search_text),
        revision=story.latest_revision_id or 0,
        depends=frozenset(_depends(story, around, bylines))
        | {f"story:{pk}" for pk in replies.named.union(versions)},
        also=linked.also_choices(story),
        reply_to=replies.replied_to(link_to),
        verifying=linked.verifying(story),
        picked_at=story.picked_at,
        choices=choices_of(story),
        versions=version_copies(story, versions),
    )


def listed_copies(story_ids: Sequence[int], site: copy.SiteCopy) -> list[copy.StoryCopy]:
    """Stories as a site's list of headlines needs them, without bodies, photos and names: three queries for all.

    Args:
        story_ids: stories that the site has, its own or carried, in the order of the list.
        site: whose addresses and headlines are meant.
    """
    return lists_of_copies([(site, story_ids)])[0]


def lists_of_copies(lists: Sequence[tuple[copy.SiteCopy, Sequence[int]]]) -> list[list[copy.StoryCopy]]:
    """:func:`listed_copies` of several sites, still three queries for all: a story that many sites carry is read once."""
    wanted, sites = {pk for _, ids in lists for pk in ids}, {site.id for site, _ in lists}
    rows = Story.objects.select_related("section").defer("body", "label", "lead_photo").in_bulk(wanted)
    here = Address.objects.filter(story_id__in=wanted, site_id__in=sites, current=True)
    paths = {(pk, site): path for pk, site, path in here.values_list("story_id", "site_id", "path")}
    carried = Placement.objects.filter(story_id__in=wanted, site_id__in=sites).select_related("section")
    placements = {(one.story_id, one.site_id): one for one in carried}
    return [
        [
            _listed_copy(rows[pk], site, site.base + paths[pk, site.id], placements.get((pk, site.id)))
            for pk in ids
            if pk in rows and (pk, site.id) in paths
        ]
        for site, ids in lists
    ]


def _listed_copy(story: Story, site: copy.SiteCopy, path: str, placement: Placement | None) -> copy.StoryCopy:
    headline = placement.headline if placement else ""
    list_headline = (placement.list_headline or headline) if placement else ""
    return copy.StoryCopy(
        id=story.pk,
        site_id=site.id,
        section=section_copy(placement.section if placement else story.section, site.base),
        path=path,
        label=None,
        headline=headline or story.headline,
        list_headline=list_headline or story.list_headline or story.headline,
        standfirst=story.standfirst,
        credits=(),
        lead=None,
        lead_caption="",
        body=(),
        topics=(),
        dateline="",
        source_kind="own",
        source_name="",
        source_url="",
        published_at=story.published_at or story.created_at,
        updated_at=story.updated_at,
        corrections=(),
        search_title="",
        search_text="",
        share_title="",
        share_text="",
    )


def withdrawn_copy(story: Story, base: str | None = None, around: Around | None = None) -> copy.WithdrawnCopy:
    """What is left in public of a story that was taken down, as its home site has it; arguments as for :func:`story_copy`."""
    at = story.withdrawn_at or story.expire_at or story.created_at
    story, base, around = _read(story, base, around)
    notes = tuple(linked.Replies(story).corrections(partial(around.link, story.site_id)))
    path = path_now(story, base)
    return copy.WithdrawnCopy(
        story.pk, story.site_id, path, story.headline, at, story.withdrawal_reason, notes
    )


def path_now(story: Story, base: str | None = None) -> str:
    """The story's current address on its home site, as that site's pages write it; empty while it has none."""
    if not story.pk:
        return ""
    here = (one.path for one in story.addresses.all() if one.current and one.site_id == story.site_id)
    path = next(here, "")
    return (story.site.base if base is None else base) + path if path else ""


def _credit(byline: Any) -> copy.Credit:
    person: Contributor = byline.contributor
    return copy.Credit(byline.role, person.name, person.slug, person.pk, person.site_id)


def _read(story: Story, base: str | None, around: Around | None) -> tuple[Story, str, Around]:
    """A story, and what is around it, where it came alone."""
    if around is None:
        story = gathered(story)
    base = story.site.base if base is None else base
    return story, base, around or Around([story], {story.site_id: base})


def _body(story: Story, around: Around) -> Iterator[copy.Block]:
    """From the stored form: Wagtail's own would fetch every photo again, and every story that is named, bodies and all."""
    for child in story.body.raw_data:
        name, raw = child["type"], child["value"]
        made = (
            _block(name, raw, story, around)
            if name in _AROUND
            else text_block(name, raw, child.get("id") or "")
        )
        if made is not None:
            yield made


def _block(name: str, raw: Any, story: Story, around: Around) -> copy.Block | None:
    """A block that shows something else of the record."""
    match name:
        case "photo":
            photo = around.photos.get(raw.get("photo"))
            return copy.PhotoBlock(picture(photo), raw.get("caption") or photo.caption) if photo else None
        case "gallery":
            found = [around.photos[pk] for pk in listed(raw["photos"]) if pk in around.photos]
            pictures = tuple(picture(photo) for photo in found)
            return copy.Gallery(raw.get("title") or "", pictures) if found else None
    link = around.link(story.site_id, raw.get("story"))
    return copy.ReadAlso(link.story_id, link.headline, link.path) if link and not link.gone else None


def _depends(story: Story, around: Around, bylines: list[Any]) -> Iterator[str]:
    yield f"section:{story.section_id}"
    yield from (f"photo:{pk}" for pk in photos_in(story) if pk in around.photos)
    yield from (f"story:{pk}" for pk in stories_in(story))
    yield from (f"topic:{topic.pk}" for topic in story.topics.all())
    yield from (f"contributor:{byline.contributor_id}" for byline in bylines)
    if story.label_id:
        yield f"topic:{story.label_id}"
    if story.lead_photo_id:
        yield f"photo:{story.lead_photo_id}"


def _first_words(body: tuple[copy.Block, ...]) -> str:
    paragraph = next((block for block in body if isinstance(block, copy.Paragraph)), None)
    return plain(paragraph.html) if paragraph else ""


def _cut(text: str) -> str:
    """At most :data:`DESCRIPTION` characters, cut at a word."""
    flat = " ".join(text.split())
    return flat if len(flat) <= DESCRIPTION else flat[: DESCRIPTION - 1].rsplit(" ", 1)[0] + "…"
