"""The people and things that tests of the desk play with, made by plain functions.

Two sites of one group, each with its staff. What belongs to the site Kentongan carries the word of its own
(:data:`SECRET`), so that a test can look for it where it must not be seen.
"""

from __future__ import annotations

import io
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.images import ImageFile
from django.db import transaction
from PIL import Image

from redaksi.network.models import Grant, Group, Host, Section, Site
from redaksi.photos.models import Photo
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.publish import publish
from redaksi.stories.models import Byline, Contributor, Story, Topic

PASSWORD = "kentongan-berbunyi"
#: A word that stands in everything that is Kentongan's and not published.
SECRET = "rahasiakentongan"


@transaction.atomic
def group() -> Group:
    return Group.objects.create(name="Grup Gapura", since=2019)


@transaction.atomic
def site(of: Group, slug: str, **facts: Any) -> Site:
    """A site with a main host and the sections Nasional and Olahraga."""
    made = Site.objects.create(group=of, slug=slug, **{"name": slug.title(), **facts})
    Host.objects.create(site=made, name=f"{slug}.localhost", main=True)
    for order, name in enumerate(("Nasional", "Olahraga")):
        Section.objects.create(site=made, name=name, slug=name.lower(), order=order)
    return made


def person(name: str, *, superuser: bool = False) -> Any:
    """An account whose password is :data:`PASSWORD`."""
    make = get_user_model().objects.create_superuser if superuser else get_user_model().objects.create_user
    first, _, last = name.partition(" ")
    username = name.lower().replace(" ", ".")
    return make(username, f"{username}@example.id", PASSWORD, first_name=first, last_name=last)


@transaction.atomic
def staff(name: str, role: str, at: Site | None, section: Section | None = None) -> Any:
    """An account with one grant."""
    user = person(name)
    Grant.objects.create(user=user, role=role, site=at, section=section)
    return user


def jpeg(size: tuple[int, int] = (640, 400), colour: str = "#2a3b96") -> bytes:
    """The bytes of a small picture of one colour."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG")
    return file.getvalue()


@transaction.atomic
def photo(at: Site, title: str = "Feri di Pelabuhan Sangkala", *, owner: Any = None, **facts: Any) -> Photo:
    """A photo with a file, caption, alt text and credit."""
    words = {"caption": f"{title}.", "alt": "Sebuah feri di dermaga.", "credit": "Nawang Sari", **facts}
    file = ImageFile(io.BytesIO(jpeg()), name="foto.jpg")
    made = Photo(site=at, title=title, owner=owner, file=file, file_size=file.size, **words)
    made.take_digest()
    made.save()
    return made


def body(text: str = "Gelombang setinggi tiga meter menahan feri di dermaga.") -> list[dict[str, Any]]:
    """A body of two paragraphs."""
    return [
        {"type": "paragraph", "value": f"<p>{words}</p>"}
        for words in (text, "Antrean mencapai dua kilometer.")
    ]


@transaction.atomic
def story(
    at: Site,
    headline: str = "Feri Tertahan Gelombang di Selat Lantang",
    *,
    by: Any = None,
    topic: Topic | None = None,
    writer: Contributor | None = None,
    lead: Photo | None = None,
    live: bool = False,
    **facts: Any,
) -> Story:
    """A draft with one revision, or a published story; publishable if it has a topic and a writer."""
    section = facts.pop("section", None) or at.sections.first()
    words = {"standfirst": "Penumpang menunggu sejak subuh.", "body": body(), **facts}
    made = Story(site=at, section=section, owner=by, headline=headline, lead_photo=lead, label=topic, **words)
    if writer:
        made.bylines = [Byline(contributor=writer, role="writer", sort_order=0)]
    draft(made, None)
    if live:
        publish(made, None)
        made = Story.objects.get(pk=made.pk)
    return made
