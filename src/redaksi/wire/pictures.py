"""Photos of an archive: found in a folder by the tail of their old address, checked, and brought into the record once.

WordPress keeps originals at ``wp-content/uploads/<year>/<month>/<name>`` and its reduced copies beside them
(``name-1024x683.jpg``, ``name-scaled.jpg``): the original is wanted, whichever the text shows.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import transaction

from redaksi.network.models import Site
from redaksi.photos import limits
from redaksi.photos.models import Photo as PhotoRow
from redaksi.wire.body import captions
from redaksi.wire.body.elements import Photo, plain
from redaksi.wire.catalogue import Catalogue
from redaksi.wire.formats.wxr.entries import Attachment
from redaksi.wire.losses import Losses, Reason
from redaksi.wire.models import Intake
from redaksi.wire.report import Tally

_REDUCED = re.compile(r"-(?:\d{1,5}x\d{1,5}|scaled|rotated|e\d{10,})(?=\.\w{3,4}\Z)")
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"})


class Folder:
    """An index of a folder of pictures, by name: built once, by a walk that follows no links."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._by_name: dict[str, list[str]] = {}
        for folder, _, names in os.walk(root):
            for name in names:
                if PurePosixPath(name).suffix.lower() in _PICTURES:
                    path = Path(folder, name).relative_to(root).as_posix()
                    self._by_name.setdefault(name.lower(), []).append(path)

    def find(self, address: str) -> str | None:
        """The path, below the folder, of the picture that an address or an upload path names.

        The original comes before a reduced copy; of several of one name, the one whose folders agree, or none: a
        wrong picture is worse than none.
        """
        path = PurePosixPath(unquote(urlsplit(address).path))
        original = _REDUCED.sub("", path.name)
        for name in dict.fromkeys((original, path.name)):
            known = self._by_name.get(name.lower(), [])
            tail = [part.lower() for part in path.parent.parts[-2:]]
            agreeing = [
                one for one in known if [p.lower() for p in PurePosixPath(one).parent.parts[-2:]] == tail
            ]
            if agreeing:
                return min(agreeing, key=len)
            if len(known) == 1:
                return known[0]
        return None


@dataclass(frozen=True, slots=True)
class Found:
    """A photo of the record, with the caption that this story gives it."""

    id: int
    caption: str


class Pictures:
    """Brings in the photos of one archive for one site; each file once, however many stories show it."""

    def __init__(
        self, site: Site, source: str, folder: Path | None, catalogue: Catalogue, tally: Tally
    ) -> None:
        self.site = site
        self._source = source
        self._folder = Folder(folder) if folder else None
        self._catalogue = catalogue
        self._tally = tally
        self._known: dict[str, int | None] = {}

    def take(self, photo: Photo, losses: Losses) -> Found | None:
        """The photo that an element shows, brought in if it is not there yet; None, with its loss, if it can't be had."""
        attachment = self._catalogue.attachment(photo.attachment_id)
        address = photo.url or (attachment.url if attachment else "")
        where = self._place(attachment, photo.url)
        if where is None:
            losses.add(Reason.PICTURE, "photo", address or f"attachment {photo.attachment_id}")
            return None
        if where not in self._known:
            self._known[where] = self._brought_in(where, photo, attachment, losses)
        identity = self._known[where]
        if identity is None:
            losses.add(Reason.PICTURE, "photo", address)
            return None
        own = attachment.caption if attachment else ""
        return Found(identity, photo.caption if photo.caption != captions.part(plain(own))[0] else "")

    def lead(self, attachment_id: str, losses: Losses) -> Found | None:
        """The photo of an item's thumbnail."""
        return (
            self.take(Photo("", attachment_id, ""), losses)
            if attachment_id.isdigit() and attachment_id != "0"
            else None
        )

    def _place(self, attachment: Attachment | None, url: str) -> str | None:
        if self._folder is None:
            return None
        names = (attachment.file, attachment.url, url) if attachment else (url,)
        return next((place for name in names if name and (place := self._folder.find(name))), None)

    def _brought_in(
        self, where: str, photo: Photo, attachment: Attachment | None, losses: Losses
    ) -> int | None:
        foreign = f"photo:{where}"[-250:]
        known = Intake.objects.filter(site=self.site, source=self._source, foreign_id=foreign).first()
        if known and PhotoRow.objects.filter(pk=known.object_id).exists():
            return known.object_id
        if self._folder is None:
            return None
        path = self._folder.root / where
        try:
            with path.open("rb") as file:
                limits.check(file, path.name)
                made = _row(self.site, file, photo, attachment, path.name)
                with transaction.atomic():
                    made.save()
                    Intake.objects.update_or_create(
                        site=self.site,
                        source=self._source,
                        foreign_id=foreign,
                        defaults={"kind": "photo", "object_id": made.pk, "digest": made.digest},
                    )
        except ValidationError as error:
            losses.add(Reason.PICTURE, where, " ".join(error.messages))
            return None
        except OSError as error:
            losses.add(Reason.PICTURE, where, str(error.strerror or error))
            return None
        self._tally.photos += 1
        return int(made.pk)


def _row(site: Site, file: BinaryIO, photo: Photo, attachment: Attachment | None, name: str) -> PhotoRow:
    """An unsaved photo with what element and attachment know of it."""
    caption, credit = photo.caption, photo.credit
    title, alt = PurePosixPath(name).stem, photo.alt
    if attachment:
        own, own_credit = captions.part(plain(attachment.caption))
        caption, credit = own or caption, attachment.credit or own_credit or credit
        title, alt = plain(attachment.title) or title, attachment.alt or alt
    image = ImageFile(file, name=name)
    row = PhotoRow(site=site, title=title[:255], file=image, file_size=image.size)
    row.caption, row.credit, row.alt = caption, plain(credit)[:160], plain(alt)[:300]
    row.take_digest()
    return row
