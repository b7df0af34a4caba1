"""The group, its sites with their hosts and sections, and the grants that say who may do what where.

Sites are few (hundreds), read all the time and changed seldom; every change puts an outbox row, since each page of a
site prints its standing parts from these rows.
"""

from __future__ import annotations

import re
import zoneinfo
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from redaksi.network.colour import contrast_problem

COLOUR = re.compile(r"#[0-9a-f]{6}\Z")
colour_validator = RegexValidator(
    r"^#[0-9a-f]{6}\Z", _("A colour is # and six hexadecimal digits, such as #2a3b96.")
)
host_validator = RegexValidator(
    r"^(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\Z",
    _("A host name is in small letters, without scheme, port or path, such as jatim.example.id."),
)

base_validator = RegexValidator(
    r"^(/[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?)?\Z",
    _("A site's path is one word in small letters, such as example.id/jateng."),
)


def zone_validator(value: str) -> None:
    """Accept a name of the IANA time zone database only."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(zone)s” is not a time zone, such as Asia/Jakarta."), params={"zone": value}
        )


class Group(models.Model):
    """The owner of the network. There is one; its name stands in every footer."""

    name = models.CharField(_("name"), max_length=120)
    since = models.PositiveSmallIntegerField(_("first year of the copyright line"), default=2026)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")

    def __str__(self) -> str:
        return self.name


class Site(models.Model):  # type: ignore[django-manager-missing]  # Story has untyped bases, so its manager is unknown
    """A news site: nameplate, language, zone, look and the legal facts that its footer must name.

    Press law asks for the publisher, its address and the person responsible to be named (UU 40/1999, article 12).
    """

    class Language(models.TextChoices):
        INDONESIAN = "id", "Bahasa Indonesia"
        ENGLISH = "en", "English"

    class Look(models.TextChoices):
        KENTONGAN = "kentongan", "Kentongan"
        SAUH = "sauh", "Sauh"
        TERAS = "teras", "Teras"

    class Mentions(models.TextChoices):
        ALL = "all", pgettext_lazy("mentions", "Every mention of a topic")
        FIRST = "first", pgettext_lazy("mentions", "The first in each part")
        NONE = "none", pgettext_lazy("mentions", "None")

    class Crawlers(models.TextChoices):
        ALLOW = "allow", pgettext_lazy("crawlers", "May read everything")
        SEARCH = "search", pgettext_lazy("crawlers", "For search and answers, not for training")
        REFUSE = "refuse", pgettext_lazy("crawlers", "Are asked to stay away")

    group = models.ForeignKey(Group, verbose_name=_("group"), on_delete=models.PROTECT, related_name="sites")
    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    name = models.CharField(_("nameplate"), max_length=80)
    tagline = models.CharField(_("line under the nameplate"), max_length=160, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=Language, default=Language.INDONESIAN)
    time_zone = models.CharField(
        _("time zone"), max_length=40, default="Asia/Jakarta", validators=[zone_validator]
    )
    look = models.CharField(_("look"), max_length=24, choices=Look, default=Look.KENTONGAN)
    colour = models.CharField(_("colour"), max_length=7, default="#2a3b96", validators=[colour_validator])
    colour_dark = models.CharField(
        _("colour on dark"), max_length=7, default="#a9b5f5", validators=[colour_validator]
    )
    tokens = models.JSONField(_("further tokens of the look"), default=dict, blank=True)
    accounts = models.JSONField(_("social accounts"), default=list, blank=True)
    publisher = models.CharField(_("publisher"), max_length=160, blank=True)
    address = models.CharField(_("postal address"), max_length=240, blank=True)
    person_responsible = models.CharField(_("person responsible"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail of the newsroom"), blank=True)
    mentions = models.CharField(
        _("links from mentions"), max_length=8, choices=Mentions, default=Mentions.ALL
    )
    crawlers = models.CharField(
        _("crawlers of AI companies"), max_length=8, choices=Crawlers, default=Crawlers.SEARCH
    )
    ads_txt = models.TextField(_("ads.txt"), blank=True, default="", max_length=100_000)
    llms_txt = models.TextField(_("llms.txt"), blank=True, default="", max_length=100_000)
    security_contact = models.CharField(_("contact for security"), blank=True, default="", max_length=240)
    order = models.PositiveSmallIntegerField(_("order in the network"), default=0)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("site")
        verbose_name_plural = _("sites")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse colours that cannot be read on our paper (WCAG 2.2, 1.4.3)."""
        for field, dark in (("colour", False), ("colour_dark", True)):
            value = getattr(self, field)
            is_colour = COLOUR.match(value)  # what isn't one has its own error already
            problem = contrast_problem(value, dark=dark) if is_colour else None
            if problem:
                raise ValidationError({field: problem})

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def origin(self) -> str:
        """Scheme, host and port under which readers find the site, without a slash at the end."""
        return settings.REDAKSI_READERS_ORIGIN.format(host=self.main_host.name)

    @property
    def base(self) -> str:
        """What every address of the site begins with: empty, or "/jateng" for a site by path."""
        return self.main_host.path

    @property
    def main_host(self) -> Host:
        """The first of the site's hosts; its short name under ``.localhost`` while it has none."""
        hosts = sorted(self.hosts.all(), key=lambda host: (not host.main, host.pk))
        return hosts[0] if hosts else Host(site=self, name=f"{self.slug}.localhost", main=True)


class Host(models.Model):
    """A host name at which a site answers, or a path at one. One is the main one: addresses are printed with it."""

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="hosts")
    name = models.CharField(_("host name"), max_length=253, validators=[host_validator])
    path = models.CharField(
        _("path at the host"), max_length=41, blank=True, default="", validators=[base_validator]
    )
    main = models.BooleanField(_("main host"), default=False)

    class Meta:
        ordering = ["-main", "id"]
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        constraints = [
            models.UniqueConstraint(
                fields=["site"], condition=models.Q(main=True), name="one_main_host_a_site"
            ),
            models.UniqueConstraint(fields=["name", "path"], name="host_and_path_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}{self.path}"


class Section(models.Model):  # type: ignore[django-manager-missing]  # as above
    """A department (kanal) of a site."""

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("word in the address"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order in the menu"), default=0)
    in_menu = models.BooleanField(_("in the menu"), default=True)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [models.UniqueConstraint(fields=["site", "slug"], name="section_slug_once_a_site")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"/{self.slug}"

    def clean(self) -> None:
        if self.slug in RESERVED_WORDS:
            raise ValidationError(
                {"slug": _("“%(slug)s” is taken by a page of the site itself.") % {"slug": self.slug}}
            )
        own = Host.objects.filter(site_id=self.site_id, path="").values("name")
        if Host.objects.filter(name__in=own, path=f"/{self.slug}").exists():
            raise ValidationError({"slug": _("Another site answers at /%(slug)s.") % {"slug": self.slug}})


#: First words of addresses that the site's own pages use, in both languages (design, section 5).
RESERVED_WORDS = frozenset(
    "topik penulis terkini terpopuler indeks cari foto redaksi kilat aset halaman topic author latest popular archive search "
    "photo video pilihan picks jaringan network situs sites about masthead breaking page media static akun account api".split()
)


class Grant(models.Model):
    """Someone has a role at a site, or (site empty) in the whole network; a section narrows it further.

    This one table is all the rights there are; :mod:`redaksi.network.policy` is its one reader.
    """

    class Role(models.TextChoices):
        REPORTER = "reporter", pgettext_lazy("role", "Reporter")
        EDITOR = "editor", pgettext_lazy("role", "Editor")
        PHOTO_EDITOR = "photo_editor", pgettext_lazy("role", "Photo editor")
        SITE_MANAGER = "site_manager", pgettext_lazy("role", "Site manager")
        NETWORK_MANAGER = "network_manager", pgettext_lazy("role", "Network manager")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.CASCADE, related_name="grants"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    site = models.ForeignKey(
        Site, verbose_name=_("site"), on_delete=models.CASCADE, null=True, blank=True, related_name="grants"
    )
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="grants",
    )
    title = models.CharField(
        _("printed as"),
        max_length=80,
        blank=True,
        default="",
        help_text=_("What readers are told on the page of the editorial team, if not the role’s name."),
    )
    listed = models.BooleanField(_("named on the page of the editorial team"), default=True)

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            # Over expressions, since SQLite takes two empty sites for two different ones.
            models.UniqueConstraint(
                "user", "role", Coalesce("site", 0), Coalesce("section", 0), name="grant_once"
            )
        ]

    def __str__(self) -> str:
        where: Any = self.section or self.site or _("the whole network")
        return f"{self.user}: {self.get_role_display()} ({where})"

    def clean(self) -> None:
        if self.section and self.section.site_id != self.site_id:
            raise ValidationError({"section": _("This section belongs to another site.")})
        if self.role == self.Role.NETWORK_MANAGER and self.site_id:
            raise ValidationError(
                {"site": _("A network manager's grant is for the whole network: leave the site empty.")}
            )
        if self.role != self.Role.NETWORK_MANAGER and not self.site_id:
            raise ValidationError({"site": _("Say at which site.")})
