"""A photo of the record: Wagtail's image with what the press code and the trade ask for beside it.

The file is an original and stays behind the desk. Readers get the sizes that :mod:`redaksi.photos.darkroom` makes, at
addresses that carry the digest of the original, so an address never changes its content.
"""

from __future__ import annotations

import hashlib
import io
import uuid
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.images import ImageFile
from django.db import models
from django.db.models.fields.files import ImageFieldFile
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image
from wagtail.images.models import AbstractImage, AbstractRendition

from redaksi.network.models import Site

_QUARTER_TURNS = frozenset({5, 6, 7, 8})


def original_path(_photo: models.Model, filename: str) -> str:
    """Where an original is kept: a name of our own, so that no name from outside reaches the disk."""
    name = uuid.uuid4().hex
    return f"originals/{name[:2]}/{name}{PurePosixPath(filename).suffix.lower()[:8]}"


def rendition_path(_rendition: models.Model, filename: str) -> str:
    """Where the desk's own small pictures (thumbnails in lists and choosers) are kept."""
    return f"desk/{PurePosixPath(filename).name}"


class UprightFile(ImageFieldFile):
    """A picture's file whose width and height are those of the picture held upright.

    Many cameras store what their sensor saw and tell in a tag how it was held (Exif 2.32, tag 0x0112: 5 to 8 are turned
    by a quarter). Pages must set the size that readers see.
    """

    def _get_image_dimensions(self) -> tuple[int, int]:
        if not hasattr(self, "_dimensions_cache"):
            was_closed = self.closed
            self.open()
            try:
                with Image.open(self.file) as image:
                    turned = image.getexif().get(ExifTags.Base.Orientation, 1) in _QUARTER_TURNS
                    self._dimensions_cache = image.size[::-1] if turned else image.size
            finally:
                self.close() if was_closed else self.seek(0)
        return self._dimensions_cache


class UprightImageField(models.ImageField):
    """Keeps the upright size in the row."""

    attr_class = UprightFile


class Photo(AbstractImage):
    """One photo of one site.

    ``title`` is what the desk calls it. ``digest`` is the first 20 hex digits of the file's SHA-256.
    """

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.PROTECT, related_name="photos")
    file = UprightImageField(_("file"), upload_to=original_path, width_field="width", height_field="height")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("brought in by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="photos",
    )
    digest = models.CharField(max_length=20, blank=True, default="", editable=False, db_index=True)
    caption = models.TextField(_("caption"), blank=True, default="")
    alt = models.CharField(
        _("alt text"),
        max_length=300,
        blank=True,
        default="",
        help_text=_("What can be seen, for those who can't see it."),
    )
    credit = models.CharField(_("credit"), max_length=160, blank=True, default="")
    agency = models.CharField(_("agency"), max_length=80, blank=True, default="")
    taken_on = models.DateField(_("taken on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True, default="")
    licence = models.CharField(_("licence"), max_length=160, blank=True, default="")

    admin_form_fields = (
        "title", "file", "site", "caption", "alt", "credit", "agency", "taken_on", "place", "licence",
        "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        indexes = [
            models.Index(fields=["site", "-created_at"], name="photo_site_newest"),
            models.Index(fields=["file"], name="photo_file"),  # the desk asks whose photo a file is
        ]

    @property
    def default_alt_text(self) -> str:
        return self.alt

    def take_digest(self) -> None:
        """Set :attr:`digest` from the file's bytes. The file is read once, in chunks."""
        hasher = hashlib.sha256()
        with self.open_file() as file:
            for chunk in iter(lambda: file.read(1 << 20), b""):
                hasher.update(chunk)
        self.digest = hasher.hexdigest()[:20]

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> ImageFile:  # noqa: A002  # Wagtail's signature
        """The desk's small picture, in memory: Wagtail leaves its temporary file open until the collector comes."""
        with super().generate_rendition_file(filter, source=source) as file:
            file.seek(0)
            return ImageFile(io.BytesIO(file.read()), name=file.name)


class Rendition(AbstractRendition):
    """A small picture for the desk. Readers never get one of these."""

    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")
    file = models.ImageField(upload_to=rendition_path, width_field="width", height_field="height")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
