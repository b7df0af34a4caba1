"""The body's blocks: a small fixed set, with names for good.

Renaming a block loses its content in every stored story (Wagtail keeps the name beside the value), so a name here never
changes; a test holds the list against a frozen copy. Blocks hold structure; how they look is the press's business.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText
from wagtail.snippets.blocks import SnippetChooserBlock

from redaksi.stories.embeds import frame_for
from redaksi.stories.sanitise import inline

#: What a reporter may do inside a paragraph. Pasted text is cut down to this by the editor itself.
INLINE = ["bold", "italic", "link", "ol", "ul"]


class ParagraphBlock(blocks.RichTextBlock):
    """A paragraph's HTML is cut down to what :mod:`redaksi.stories.sanitise` allows before it enters the record."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        return RichText(inline(cleaned.source))


class PhotoBlock(blocks.StructBlock):
    photo = ImageChooserBlock(label=_("Photo"))
    caption = blocks.CharBlock(required=False, label=_("Caption, if not the photo's own"), max_length=500)

    class Meta:
        icon = "image"
        label = _("Photo")


class GalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False, label=_("Title"), max_length=160)
    photos = blocks.ListBlock(ImageChooserBlock(label=_("Photo")), min_num=2, max_num=60, label=_("Photos"))

    class Meta:
        icon = "grip"
        label = _("Gallery")


class PullQuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"), max_length=400, rows=2)
    speaker = blocks.CharBlock(required=False, label=_("Speaker"), max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Pull quote")


class StatementBlock(blocks.StructBlock):
    """Who said what: the press code asks for it to be told apart from the paper's own words."""

    verbatim = blocks.BooleanBlock(required=False, default=True, label=_("Word for word"))
    text = blocks.TextBlock(label=_("What was said"), max_length=2000, rows=3)
    speaker = blocks.CharBlock(label=_("Speaker"), max_length=160)
    office = blocks.CharBlock(required=False, label=_("Office"), max_length=200)
    place = blocks.CharBlock(required=False, label=_("Where it was said"), max_length=160)
    said_on = blocks.DateBlock(required=False, label=_("When it was said"))

    class Meta:
        icon = "user"
        label = _("Statement")


class FactBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("What"), max_length=120)
    value = blocks.CharBlock(label=_("Value"), max_length=300)


class FactBoxBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = ParagraphBlock(required=False, features=INLINE, label=_("Text"))
    facts = blocks.ListBlock(FactBlock(), min_num=0, max_num=40, default=[], label=_("Facts"))

    class Meta:
        icon = "list-ul"
        label = _("Fact box")


class TableBlock(blocks.StructBlock):
    """A small table, written as lines: cells parted by ``|``, the first line is the header."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=200)
    lines = blocks.TextBlock(
        label=_("Lines"),
        rows=6,
        max_length=20_000,
        help_text=_("One row a line, cells parted by |. The first line is the header."),
    )

    class Meta:
        icon = "table"
        label = _("Table")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        widths = {len(row) for row in table_rows(cleaned["lines"])}
        if len(widths) > 1:
            raise blocks.StructBlockValidationError(
                block_errors={"lines": ValidationError(_("Every line must have the same number of cells."))}
            )
        return cleaned


def table_rows(lines: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a table's lines; empty lines don't count."""
    return tuple(
        tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
        for line in lines.splitlines()
        if line.strip()
    )


class EmbedBlock(blocks.StructBlock):
    """Something of another host behind a click: nothing is asked of that host before the reader agrees."""

    url = blocks.URLBlock(label=_("Address"), max_length=500)
    title = blocks.CharBlock(label=_("What it shows"), max_length=200)
    consent = blocks.CharBlock(
        required=False,
        label=_("What the reader agrees to"),
        max_length=300,
        help_text=_("Told before the click, such as: YouTube will know that you watch this."),
    )

    class Meta:
        icon = "media"
        label = _("Embed")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if urlsplit(cleaned["url"]).scheme != "https" or frame_for(cleaned["url"]) is None:
            raise blocks.StructBlockValidationError(
                block_errors={
                    "url": ValidationError(
                        _("Nothing of this address can be embedded; set a link in the text instead.")
                    )
                }
            )
        return cleaned


class ReadAlsoBlock(blocks.StructBlock):
    story = SnippetChooserBlock("stories.Story", label=_("Story"))

    class Meta:
        icon = "link"
        label = _("Read also")


class BodyBlock(blocks.StreamBlock):
    # An empty one is left out when the story is saved; it never stands in the way of saving.
    paragraph = ParagraphBlock(required=False, features=INLINE, label=_("Paragraph"), icon="pilcrow")
    subheading = blocks.CharBlock(label=_("Subheading"), icon="title", max_length=160)
    photo = PhotoBlock()
    gallery = GalleryBlock()
    pull_quote = PullQuoteBlock()
    statement = StatementBlock()
    fact_box = FactBoxBlock()
    table = TableBlock()
    embed = EmbedBlock()
    read_also = ReadAlsoBlock()

    class Meta:
        required = False
        max_num = 5000
