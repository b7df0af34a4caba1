"""The order of a site's sections, all on one small form: numbers for whoever has no script, arrows for everyone else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from redaksi.network.models import Section, Site

#: More sections than a menu can hold.
MOST_SECTIONS = 200
SectionFormSet: Any = forms.modelformset_factory(
    Section, fields=("order", "in_menu"), extra=0, max_num=MOST_SECTIONS, absolute_max=MOST_SECTIONS
)


def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and save the order of a site's sections, and which of them stand in the menu."""
    site = get_object_or_404(Site, pk=pk)
    sections = site.sections.order_by("order", "id")
    formset = SectionFormSet(request.POST or None, queryset=sections)
    if request.method == "POST" and formset.is_valid():
        formset.save()
        messages.success(request, _("The order is saved; readers see it now."))
        return redirect("desk_sites:sections", pk=pk)
    return TemplateResponse(request, "desk/sites/sections.html", {"site": site, "formset": formset})
