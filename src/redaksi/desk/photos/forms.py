"""The forms through which a photo comes in or is changed. Each file passes :mod:`redaksi.photos.limits` first.

What the photographer wrote into the file fills what was left empty; whose photo it is and where its file's digest comes from is
settled here, for every way in.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput
from wagtail.images.forms import BaseImageForm

from redaksi.desk.walled import forget_refused, hold
from redaksi.network import policy
from redaksi.network.models import Site
from redaksi.photos import limits, metadata
from redaksi.photos.models import Photo


class PhotoFileField(forms.FileField):
    """A file that is looked at by :func:`redaksi.photos.limits.check` before anything else opens it."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        cleaned = super().clean(data, initial)
        if isinstance(data, UploadedFile):
            limits.check(data, data.name or "")
        return cleaned


class PhotoForm(BaseImageForm):
    """The form of one photo: at the wall of pictures and in the chooser."""

    file = PhotoFileField(label=gettext_lazy("File"))

    class Meta(BaseImageForm.Meta):
        fields = (
            "file",
            "title",
            "caption",
            "alt",
            "credit",
            "agency",
            "taken_on",
            "place",
            "licence",
            "site",
            "collection",
        )
        widgets = {
            **BaseImageForm.Meta.widgets,
            "caption": forms.Textarea(attrs={"rows": 3}),
            "taken_on": AdminDateInput(),
        }

    def __init__(self, *args: Any, user: Any = None, for_user: Any = None, **kwargs: Any) -> None:
        self.for_user = user or for_user
        super().__init__(*args, user=self.for_user, **kwargs)
        hold(self, self.for_user, self.instance)
        limit_site(self, self.for_user, "change" if self.instance.pk else "add")
        self.fields["title"].required = False
        self.fields["title"].label = _("Name at the desk")
        if self.instance.pk:
            self.fields["file"].required = False

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound:
            forget_refused(self)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if not cleaned.get("title"):
            name = getattr(file, "name", "") or _("Photo")
            cleaned["title"] = PurePosixPath(name).stem[:255]
        return cleaned

    def save(self, commit: bool = True) -> Photo:  # noqa: FBT001, FBT002  # Django's signature
        photo: Photo = self.instance
        if photo.pk is None:
            photo.owner = photo.uploaded_by_user = self.for_user
        if "file" in self.changed_data:
            photo.take_digest()
            photo.file.seek(0)
        saved: Photo = super().save(commit=commit)
        return saved


def limit_site(form: forms.BaseForm, user: Any, verb: policy.Verb) -> None:
    """Let the form's site be one at which the user may do that with photos; with one, it is chosen already."""
    field = form.fields.get("site")
    if not isinstance(field, forms.ModelChoiceField):
        return
    keys = policy.sites_where(user, verb, "photos.photo")
    sites = Site.objects.all() if keys is None else Site.objects.filter(pk__in=keys)
    current = getattr(getattr(form, "instance", None), "site_id", None)
    field.queryset = sites | Site.objects.filter(pk=current) if current else sites
    only = list(field.queryset[:2])
    if len(only) == 1:
        field.initial, field.empty_label = only[0].pk, None


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class UploadForm(forms.Form):
    """Several files with what they have in common; the rest is read from each file."""

    files: Any = forms.Field(
        label=gettext_lazy("Photos"),
        widget=SeveralFiles(attrs={"multiple": True, "accept": "image/*"}),
        required=False,
    )
    site = forms.ModelChoiceField(queryset=Site.objects.none(), label=gettext_lazy("Site"))
    credit = forms.CharField(label=gettext_lazy("Credit"), max_length=160, required=False)
    agency = forms.CharField(label=gettext_lazy("Agency"), max_length=80, required=False)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=160, required=False)
    taken_on = forms.DateField(label=gettext_lazy("Taken on"), required=False, widget=AdminDateInput())
    licence = forms.CharField(label=gettext_lazy("Licence"), max_length=160, required=False)

    #: Files of one upload; who has more sends them in turns.
    MOST_FILES = 40

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        limit_site(self, user, "add")

    def clean_files(self) -> list[UploadedFile]:
        """Every file is looked at; each that can't be taken is named with its reason."""
        files = self.files.getlist("files") if self.files else []
        if not files:
            raise forms.ValidationError(_("Choose at least one photo."))
        if len(files) > self.MOST_FILES:
            raise forms.ValidationError(
                _("Send at most %(most)d photos at a time.") % {"most": self.MOST_FILES}
            )
        wrong = []
        for file in files:
            try:
                limits.check(file, file.name)
            except forms.ValidationError as problem:
                wrong.extend(problem.messages)
        if wrong:
            raise forms.ValidationError(wrong)
        return list(files)

    def save(self) -> list[Photo]:
        """One photo a file; what was typed wins over what the file says."""
        return [self._one(file) for file in self.cleaned_data["files"]]

    def _one(self, file: UploadedFile) -> Photo:
        said, typed = metadata.read(file), self.cleaned_data
        photo = Photo(
            site=typed["site"],
            title=(said.title or PurePosixPath(file.name or "").stem)[:255],
            caption=said.caption,
            credit=(typed["credit"] or said.credit)[:160],
            agency=typed["agency"],
            place=(typed["place"] or said.place)[:160],
            taken_on=typed["taken_on"] or said.taken_on,
            licence=typed["licence"],
            owner=self.user,
            uploaded_by_user=self.user,
        )
        photo.file = file
        photo._set_image_file_metadata()  # noqa: SLF001  # Wagtail's own forms call it; size and digest of the file
        photo.take_digest()
        photo.file.seek(0)
        photo.save()
        return photo
