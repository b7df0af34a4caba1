"""The copy desk: from the record to copy. Reads a story with everything that stands on its page, and nothing else.

The number of queries is the same for every story, however many photos and links its body has. The same function makes the
copy of a published row, for the press, and of a revision that isn't published, for a preview.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.db.models import F

from redaksi.network.models import Group, Section, Site
from redaksi.photos import darkroom
from redaksi.photos.models import Photo
from redaksi.stories import copy, linked
from redaksi.stories.mentions import choices_of
from redaksi.stories.models import Address, Contributor, Story, Topic
from redaksi.stories.sanitise import plain
from redaksi.stories.texts import listed, raw_blocks, text_block

#: Search engines show about this many characters of a description (measured in letters, cut at a word).
DESCRIPTION = 160
#: The blocks that show something else of the record.
_AROUND = frozenset({"photo", "gallery", "read_also"})


def site_copy(site: Site) -> copy.SiteCopy:
    """A site with its sections and the whole network, as its standing parts print them. Five queries."""
    group: Group = site.group
    network = Site.objects.filter(group=group).prefetch_related("hosts")
    return copy.SiteCopy(
        id=site.pk,
        slug=site.slug,
        name=site.name,
        tagline=site.tagline,
        language=site.language,
        time_zone=site.time_zone,
        origin=site.origin,
        look=site.look,
        colour=site.colour,
        colour_dark=site.colour_dark,
        tokens=dict(site.tokens),
        sections=tuple(section_copy(section) for section in site.sections.all()),
        accounts=tuple(copy.SocialAccount(row["name"], row["url"]) for row in site.accounts),
        publisher=site.publisher,
        address=site.address,
        person_responsible=site.person_responsible,
        email=site.email,
        group_name=group.name,
        group_since=group.since,
        network=tuple(
            copy.NetworkSite(
                other.name,
                other.tagline,
                other.language,
                other.origin,
                other.colour,
                other.colour_dark,
                other.pk,
            )
            for other in network
        ),
        crawlers=site.crawlers,
        ads_txt=site.ads_txt,
        llms_txt=site.llms_txt,
        security_contact=site.security_contact,
        mentions=cast("copy.MentionRule", site.mentions),
    )


def section_copy(section: Section) -> copy.SectionCopy:
    return copy.SectionCopy(section.pk, section.name, section.slug, section.in_menu)


def topic_copy(topic: Topic) -> copy.TopicCopy:
    """A topic as a label or link: without its aliases."""
    return copy.TopicCopy(topic.pk, topic.name, topic.slug, cast("copy.TopicKind", topic.kind), topic.summary)


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


class _Around:
    """What a body refers to, fetched at once: photos and stories by id."""

    def __init__(self, story: Story) -> None:
        photo_ids, story_ids = set(), set()
        for block_type, value in raw_blocks(story):
            if block_type == "photo":
                photo_ids.add(value.get("photo"))
            elif block_type == "gallery":
                photo_ids.update(listed(value.get("photos", [])))
            elif block_type == "read_also":
                story_ids.add(value.get("story"))
        self.photos = Photo.objects.in_bulk([pk for pk in photo_ids if pk])
        # Their path and headline only: a body is wide, and a read-also prints neither body nor photo.
        # Its address is that of its own site, so one of another site can't be read on here.
        of_site = Story.objects.filter(site_id=story.site_id).only("headline", "live", "withdrawn_at")
        self.stories = of_site.in_bulk([pk for pk in story_ids if pk])
        paths = Address.objects.filter(story_id__in=self.stories, site_id=story.site_id, current=True)
        self.paths = dict(paths.values_list("story_id", "path"))


def story_copy(story: Story) -> copy.StoryCopy:
    """A story as copy.

    Args:
        story: a published row, or a revision's object for a preview.

    Returns:
        Copy whose ``depends`` names everything else that was looked at.
    """
    around = _Around(story)
    replies = linked.Replies(story)
    bylines = (
        list(story.bylines.all().select_related("contributor")) if story.pk else list(story.bylines.all())
    )
    topics = tuple(topic_copy(topic) for topic in story.topics.all())
    label = topic_copy(story.label) if story.label else None
    standfirst = story.standfirst.strip()
    body = tuple(_body(story, around))
    search_text = story.search_text or standfirst or _first_words(body)
    return copy.StoryCopy(
        id=story.pk or 0,
        site_id=story.site_id,
        section=section_copy(story.section),
        path=path_now(story),
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
        corrections=tuple(replies.corrections()),
        search_title=story.search_title or story.headline,
        search_text=_cut(search_text),
        share_title=story.share_title or story.headline,
        share_text=story.share_text or _cut(search_text),
        revision=story.latest_revision_id or 0,
        depends=frozenset(_depends(story, around, bylines)) | {f"story:{pk}" for pk in replies.named},
        also=linked.also_choices(story),
        reply_to=replies.replied_to(),
        verifying=linked.verifying(story),
        picked_at=story.picked_at,
        choices=choices_of(story),
    )


def listed_copies(story_ids: list[int]) -> list[copy.StoryCopy]:
    """Stories as a list of headlines needs them, without bodies, photos and names: two queries for all.

    Args:
        story_ids: published stories, in the order of the list.
    """
    rows = Story.objects.select_related("section").defer("body", "label", "lead_photo").in_bulk(story_ids)
    at_home = Address.objects.filter(story_id__in=story_ids, site_id=F("story__site_id"), current=True)
    paths = dict(at_home.values_list("story_id", "path"))
    return [_listed_copy(rows[pk], paths[pk]) for pk in story_ids if pk in rows and pk in paths]


def _listed_copy(story: Story, path: str) -> copy.StoryCopy:
    return copy.StoryCopy(
        id=story.pk,
        site_id=story.site_id,
        section=section_copy(story.section),
        path=path,
        label=None,
        headline=story.headline,
        list_headline=story.list_headline or story.headline,
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


def withdrawn_copy(story: Story) -> copy.WithdrawnCopy:
    """What is left in public of a story that was taken down."""
    at = story.withdrawn_at or story.expire_at or story.created_at
    notes = tuple(linked.Replies(story).corrections())
    return copy.WithdrawnCopy(
        story.pk, story.site_id, path_now(story), story.headline, at, story.withdrawal_reason, notes
    )


def path_now(story: Story) -> str:
    """The story's current address on its home site; empty while it has none."""
    if not story.pk:
        return ""
    return (
        story.addresses.filter(current=True, site_id=story.site_id).values_list("path", flat=True).first()
        or ""
    )


def _credit(byline: Any) -> copy.Credit:
    person: Contributor = byline.contributor
    return copy.Credit(byline.role, person.name, person.slug, person.pk)


def _body(story: Story, around: _Around) -> Iterator[copy.Block]:
    """From the stored form: Wagtail's own would fetch every photo again, and every story that is named, bodies and all."""
    for child in story.body.raw_data:
        name, raw = child["type"], child["value"]
        made = _block(name, raw, around) if name in _AROUND else text_block(name, raw, child.get("id") or "")
        if made is not None:
            yield made


def _block(name: str, raw: Any, around: _Around) -> copy.Block | None:
    """A block that shows something else of the record."""
    match name:
        case "photo":
            photo = around.photos.get(raw.get("photo"))
            return copy.PhotoBlock(picture(photo), raw.get("caption") or photo.caption) if photo else None
        case "gallery":
            found = [around.photos[pk] for pk in listed(raw["photos"]) if pk in around.photos]
            pictures = tuple(picture(photo) for photo in found)
            return copy.Gallery(raw.get("title") or "", pictures) if found else None
    return _read_also(raw.get("story"), around)


def _read_also(story_id: Any, around: _Around) -> copy.ReadAlso | None:
    """Nothing is printed of a story that readers don't have."""
    story = around.stories.get(story_id)
    path = around.paths.get(story_id)
    if story is None or path is None or not story.site_has_it:
        return None
    return copy.ReadAlso(story.pk, story.headline, path)


def _depends(story: Story, around: _Around, bylines: list[Any]) -> Iterator[str]:
    yield f"section:{story.section_id}"
    yield from (f"photo:{pk}" for pk in around.photos)
    yield from (f"story:{pk}" for pk in around.stories)
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
