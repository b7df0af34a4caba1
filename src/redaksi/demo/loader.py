"""Makes the demo network from the files in this folder, the same each time, in one transaction.

Stories go through the newsroom's own verbs, so what they come out as is what an editor would get.
"""

from __future__ import annotations

import json
import tomllib
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone

from redaksi.demo import exchange, markup
from redaksi.network.models import Grant, Group, Host, Section, Site
from redaksi.photos import darkroom
from redaksi.photos.models import Photo
from redaksi.stories.actions import flash
from redaksi.stories.actions.arrange import arrange
from redaksi.stories.actions.correct import correct
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.pick import pick
from redaksi.stories.actions.publish import publish
from redaksi.stories.actions.schedule import schedule
from redaksi.stories.actions.submit import submit
from redaksi.stories.actions.verify import verify
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.arrangement import Pin, Strip
from redaksi.stories.models import Alias, Byline, Contributor, Story, Topic

FOLDER = Path(__file__).resolve().parent
#: Everyone of the demo signs in with it. The demo is for trying on one's own machine.
PASSWORD = "kentongan-2026"  # noqa: S105  # it stands in the README
CONSENT = {
    "id": "Jika Anda memutarnya, {name} mengetahui bahwa Anda membuka halaman ini.",
    "en": "If you play it, {name} will know that you are on this page.",
}


class NotEmptyError(Exception):
    """There is a network already: the demo is made in an empty data home only."""


class Demo:
    """One making of the demo; knows by the files' words what was made so far."""

    def __init__(self) -> None:
        self.sites: dict[str, Site] = {}
        self.sections: dict[tuple[str, str], Section] = {}
        self.users: dict[str, User] = {}
        self.contributors: dict[str, Contributor] = {}
        self.topics: dict[str, Topic] = {}
        self.photos: dict[str, Photo] = {}
        self.stories: dict[tuple[str, str], Story] = {}
        self.replies: list[tuple[Story, dict[str, Any]]] = []
        self.password = make_password(PASSWORD)  # once: a good hash takes its time
        self.darkroom = ThreadPoolExecutor()  # Pillow works without the interpreter's lock
        self.developing: list[Future[None]] = []

    @transaction.atomic
    def make(self) -> int:
        """Make everything.

        Returns:
            How many stories there are.

        Raises:
            NotEmptyError: the record has a site already.
            MarkupError: a file can't be read.
        """
        if Site.objects.exists():
            raise NotEmptyError
        network = _toml("network.toml")
        group = Group.objects.create(name=network["group"]["name"], since=network["group"]["since"])
        for order, row in enumerate(network["sites"]):
            self._site(group, order, row)
        for row in network["staff"]:
            self._member(row)
        for row in network["contributors"]:
            self._contributor(row)
        for row in _toml("topics.toml")["topics"]:
            self._topic(row)
        for row in _toml("photos.toml")["photos"]:
            self._photo(row)
        files = [(path, *markup.read(path)) for path in sorted(FOLDER.glob("stories/*/*.md"))]
        for path, front, body in sorted(files, key=lambda file: (file[1]["published"], file[0].name)):
            self._story(path, front, body)
        self._reply()
        for row in network["flashes"]:
            self._flash(row)
        exchange.make(network, self.sites, self.sections, self.stories, self.topics)
        self._fronts(_toml("fronts.toml"))
        for picture in self.developing:
            picture.result()  # raises what went wrong with it
        return len(files)

    def _site(self, group: Group, order: int, row: dict[str, Any]) -> None:
        plain = {
            key: row[key]
            for key in ("slug", "name", "tagline", "language", "time_zone", "look", "colour", "colour_dark")
        }
        legal = row["legal"]
        site = Site(
            group=group,
            order=order,
            tokens=row.get("tokens", {}),
            accounts=row.get("accounts", []),
            mentions=row.get("mentions", Site.Mentions.ALL),
            **plain,
            **legal,
            **row.get("machines", {}),
        )
        site.full_clean()
        site.save()
        self.sites[site.slug] = site
        for at, host in enumerate(row["hosts"]):
            Host.objects.create(site=site, name=host, main=at == 0)
        for at, section in enumerate(row["sections"]):
            made = Section.objects.create(site=site, order=at, **section)
            self.sections[site.slug, made.slug] = made

    def _member(self, row: dict[str, Any]) -> None:
        first, _, last = row["name"].partition(" ")
        user, made = get_user_model().objects.get_or_create(
            username=row["username"], defaults={"email": row["email"], "first_name": first, "last_name": last}
        )
        if made:
            user.password = self.password
            user.save(update_fields=["password"])
        self.users[row["username"]] = user
        self.users.setdefault(row.get("contributor", ""), user)
        site = self.sites.get(row.get("site", ""))
        section = self.sections.get((row.get("site", ""), row.get("section", "")))
        Grant.objects.create(user=user, role=row["role"], site=site, section=section)

    def _contributor(self, row: dict[str, Any]) -> None:
        self.contributors[row["slug"]] = Contributor.objects.create(
            site=self.sites.get(row.get("site", "")),
            name=row["name"],
            slug=row["slug"],
            bio=row.get("bio", ""),
            user=self.users.get(row["slug"]),
        )

    def _topic(self, row: dict[str, Any]) -> None:
        topic = Topic.objects.create(
            site=self.sites.get(row.get("site", "")),
            name=row["name"],
            slug=row["slug"],
            kind=row["kind"],
            summary=row.get("summary", ""),
        )
        for alias in row.get("aliases", []):
            Alias.objects.create(topic=topic, name=alias)
        self.topics[row["slug"]] = topic

    def _photo(self, row: dict[str, Any]) -> None:
        words = {key: row.get(key, "") for key in ("caption", "alt", "credit", "agency", "place", "licence")}
        with (FOLDER / "photos" / row["file"]).open("rb") as file:
            photo = Photo(
                title=row["key"], site=self.sites[row["site"]], taken_on=row.get("taken_on"), **words
            )
            photo.file = ImageFile(file, name=row["file"])
            photo.take_digest()
            photo.save()
        self.photos[row["key"]] = photo
        self.developing.append(self.darkroom.submit(darkroom.develop, photo))

    def _story(self, path: Path, front: dict[str, Any], body: str) -> None:
        site = self.sites[path.parent.name]
        slug = path.stem[11:]
        story = self._written(site, slug, front)
        names = markup.Names(
            photo=lambda key: self.photos[key].pk,
            story=lambda other: self.stories[site.slug, other].pk,
            consent=CONSENT[site.language].format(name="YouTube"),
        )
        try:
            blocks = [{"type": kind, "value": value} for kind, value in markup.blocks(body, names)]
        except (KeyError, markup.MarkupError) as error:
            message = f"{path.name}: {error}"
            raise markup.MarkupError(message) from error
        story.body = json.dumps(blocks)
        draft(story, None)
        self.stories[site.slug, slug] = story
        self._bring_out(story, front)

    def _written(self, site: Site, slug: str, front: dict[str, Any]) -> Story:
        source = front.get("source", {"kind": "own"})
        owner = self.users.get(front.get("owner", "")) or self._writer(front)
        story = Story(
            site=site,
            section=self.sections[site.slug, front["section"]],
            owner=owner,
            label=self.topics.get(front.get("label", "")),
            headline=front["headline"],
            list_headline=front.get("list_headline", ""),
            standfirst=front.get("standfirst", ""),
            lead_photo=self.photos.get(front.get("lead_photo", "")),
            lead_caption=front.get("lead_caption", ""),
            dateline=front.get("dateline", ""),
            source_kind=source["kind"],
            source_name=source.get("name", ""),
            source_url=source.get("url", ""),
            slug=slug,
            version_of=self._original(front),
        )
        story.bylines = [
            Byline(contributor=self.contributors[line["name"]], role=line["role"], sort_order=at)
            for at, line in enumerate(front.get("bylines", []))
        ]
        story.topics = [self.topics[topic] for topic in front.get("topics", [])]
        return story

    def _original(self, front: dict[str, Any]) -> Story | None:
        """The story that this one tells in another language."""
        site, _, slug = front.get("version_of", "").partition("/")
        return self.stories[site, slug] if site else None

    def _writer(self, front: dict[str, Any]) -> User | None:
        """The account of the first one named, if they have one."""
        return next(
            (self.users[line["name"]] for line in front.get("bylines", []) if line["name"] in self.users),
            None,
        )

    def _bring_out(self, story: Story, front: dict[str, Any]) -> None:
        state = front.get("state", "live")
        at = _aware(front["published"], story.site)
        Story.objects.filter(pk=story.pk).update(created_at=min(at, timezone.now()))
        if state == "submitted":
            submit(story, None)
        elif state == "scheduled":
            schedule(story, _in_future(at), None)
        elif state == "live":
            publish(story, None, at=at)
            self._happened_later(story, front)

    def _happened_later(self, story: Story, front: dict[str, Any]) -> None:
        if "updated" in front:
            Story.objects.filter(pk=story.pk).update(updated_at=_aware(front["updated"], story.site))
        for note in front.get("corrections", []):
            if "reply" in note:
                self.replies.append((story, note))  # as soon as the story that replies is there
            else:
                self._note(story, note)
        if "verifying" in front:
            unsure = front["verifying"]
            verify(story, unsure["note"], None, at=_aware(unsure["at"], story.site))
        if "withdrawn" in front:
            gone = front["withdrawn"]
            withdraw(story, gone["reason"], None, at=_aware(gone["at"], story.site))

    def _reply(self) -> None:
        """Replies that are stories of their own, when all of these are there."""
        for story, note in self.replies:
            self._note(story, note)

    def _note(self, story: Story, note: dict[str, Any]) -> None:
        reply = self.stories[story.site.slug, note["reply"]] if "reply" in note else None
        at, speaker = _aware(note["at"], story.site), note.get("speaker", "")
        correct(story, note["text"], None, note["kind"], at=at, speaker=speaker, reply=reply)

    def _flash(self, row: dict[str, Any]) -> None:
        until = timezone.now() + timedelta(hours=row["hours"])
        sites = frozenset(self.sites[slug].pk for slug in row["at"])
        flash.file(flash.Line(row["text"], until, sites, self.stories[row["site"], row["story"]]), None)

    def _fronts(self, files: dict[str, Any]) -> None:
        """What the editors picked, the last named first, and every edition of every front."""
        for row in files["picks"]:
            at = _aware(row["at"], self.sites[row["site"]])
            for minutes, slug in enumerate(row["stories"]):
                pick(self.stories[row["site"], slug], None, at=at - timedelta(minutes=minutes))
        for row in files["fronts"]:
            site = self.sites[row["site"]]
            strips = [self._strip(site, strip) for strip in row["strips"]]
            author = self.users[row["by"]]
            arrange(site, strips, None, at=min(_aware(row["at"], site), timezone.now()), author=author)

    def _strip(self, site: Site, row: dict[str, Any]) -> Strip:
        about = {
            "section": lambda word: self.sections[site.slug, word].pk,
            "topic": lambda word: self.topics[word].pk,
            "site": lambda word: self.sites[word].pk,
        }
        pins = tuple(Pin(self.stories[site.slug, slug].pk) for slug in row.get("pins", []))
        key = about[row["rule"]](row["of"]) if "of" in row else 0
        return Strip(row["rule"], key, row.get("heading", ""), row["count"], row["shape"], pins)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _aware(at: datetime | date, site: Site) -> datetime:
    moment = at if isinstance(at, datetime) else datetime.combine(at, time())
    return moment.replace(tzinfo=site.zone)


def _in_future(at: datetime) -> datetime:
    """The next day at the same time of day, for a plan whose time has passed when the demo is made."""
    now = timezone.now()
    if at > now:
        return at
    return at + timedelta(days=(now - at).days + 1)
