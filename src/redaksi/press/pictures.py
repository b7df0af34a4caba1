"""The pictures of pages that are about to be laid: their files are there before the page is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from redaksi.photos import darkroom
from redaksi.photos.models import Photo
from redaksi.stories.copy import Gallery, PhotoBlock, Picture, StoryCopy


def pictures_of(copy: StoryCopy) -> Iterator[Picture]:
    """Every picture on a story's page."""
    if copy.lead:
        yield copy.lead
    for block in copy.body:
        if isinstance(block, PhotoBlock):
            yield block.picture
        elif isinstance(block, Gallery):
            yield from block.pictures


def develop_missing(pictures: Iterable[Picture]) -> None:
    """Make the files of pictures that aren't there yet: a page never names a file that is missing.

    Raises:
        OSError: an original can't be read, or the disk is full.
    """
    folder = darkroom.public_folder()
    files = {(one.digest, one.widths, one.formats): one.id for one in pictures}
    missing = {
        number
        for (digest, widths, formats), number in files.items()
        for width in widths
        for name in formats
        if not (folder / f"{digest}-{width}.{name}").exists()
    }
    for photo in Photo.objects.filter(pk__in=missing) if missing else ():
        darkroom.develop(photo)
