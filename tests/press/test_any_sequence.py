"""After any sequence of changes, drained in any interleaving, the shelf equals one pressed afresh."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

import cast
from redaksi.network.models import Grant, Host, Section
from redaksi.outbox import box
from redaksi.outbox.models import Entry
from redaksi.press import foreman as foreman_module
from redaksi.press import print_run, reading_on, related, ripples, together, topic_index
from redaksi.press.foreman import Foreman
from redaksi.press.rebuild import press_all
from redaksi.press.typesetter import archive
from redaksi.shelf.inventory import contents
from redaksi.shelf.writer import ShelfWriter
from redaksi.stories import first_pages
from redaksi.stories.actions import flash as flash_verbs
from redaksi.stories.actions import offer as offer_verbs
from redaksi.stories.actions.arrange import arrange
from redaksi.stories.actions.correct import correct
from redaksi.stories.actions.draft import draft
from redaksi.stories.actions.merge import merge
from redaksi.stories.actions.pick import pick, unpick
from redaksi.stories.actions.place import Words, adjust, call_back, let_go, send, take
from redaksi.stories.actions.publish import publish
from redaksi.stories.actions.restore import restore
from redaksi.stories.actions.schedule import do_what_is_due
from redaksi.stories.actions.terms import WrongStateError
from redaksi.stories.actions.verify import settle, verify
from redaksi.stories.actions.withdraw import withdraw
from redaksi.stories.arrangement import RULES, SHAPES, ArrangementError, Pin, Strip
from redaksi.stories.checks import NotPublishableError
from redaksi.stories.models import (
    Address,
    Alias,
    Byline,
    CarryRule,
    Contributor,
    Flash,
    Front,
    Placement,
    StaticPage,
    Story,
    Topic,
)

#: Around midnights, months and years of the zones, so that days, months and years come and go.
MOMENTS = [
    datetime(2025, 12, 31, 16, 30, tzinfo=UTC),  # New Year's Eve in Jakarta, 1 January in Jayapura
    datetime(2025, 12, 31, 17, 30, tzinfo=UTC),
    datetime(2026, 2, 28, 18, tzinfo=UTC),
    datetime(2026, 3, 1, 3, tzinfo=UTC),
    datetime(2026, 3, 2, 3, tzinfo=UTC),
]
WORDS = st.sampled_from(
    ["Pasang Naik di Muara", "Feri Kembali Berlayar", "Garam Murah", "Pasar <Ikan> & Udang"]
)
#: What stories say: names that topics have, may get, and share.
TEXTS = st.sampled_from(
    [
        "Kata Selat Lantang dan Pasang Kentongan.", "Topik 1 di Topik 2, kata Topik 1.", "Lantang, Selat <b>Lantang</b>, Topik 3.",
        "Pasang Naik di Muara, kata Pasang Pesisir.", "Tidak ada yang disebut.",
    ]
)  # fmt: skip
ALIASES = st.sampled_from(["Lantang", "Selat Lantang", "Topik 1", "tidak ada"])
SLUGS = st.sampled_from(["muara", "feri", "garam"])
SITE_CHANGES = st.sampled_from(
    [
        ("name", "Kentongan Baru"), ("name", "Kentongan"), ("tagline", "Kabar dari pesisir"), ("tagline", ""),
        ("colour", "#7a1f1f"), ("language", "en"), ("language", "id"), ("time_zone", "Asia/Jayapura"),
        ("time_zone", "Asia/Jakarta"), ("publisher", "PT Gapura Warta"), ("email", "redaksi@example.id"),
        ("look", "sauh"), ("tokens", {"wash": "#f3efe6"}), ("colour_dark", "#ffb4b4"), ("person_responsible", "Sita Maharani"), ("address", "Jalan Muara 1"), ("order", 3),
        ("accounts", [{"name": "Mastodon", "url": "https://mastodon.example/@kentongan"}]), ("crawlers", "refuse"),
        ("ads_txt", "iklan.example, 1, DIRECT"), ("ads_txt", ""), ("llms_txt", "# Kentongan"), ("security_contact", "aman@example.id"),
        ("mentions", "all"), ("mentions", "first"), ("mentions", "none"),
    ]
)  # fmt: skip


STRIPS = st.builds(
    Strip,
    rule=st.sampled_from(RULES),
    heading=st.sampled_from(["", "Dari <muara>"]),
    count=st.integers(1, 5),
    shape=st.sampled_from(SHAPES),
)

EXAMPLES = int(os.environ.get("SEQUENCES", "25"))
PHASES = (Phase.explicit, Phase.reuse, Phase.generate) if os.environ.get("QUICK") else tuple(Phase)


def run(machine, examples):
    """Try so many sequences of a newsroom."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=PHASES,
        ),
    )


class Killed(BaseException):
    """Stands for SIGKILL: nothing of ours catches it."""


class Newsroom(RuleBasedStateMachine):
    """Two sites, few topics, names and photos; everything that can happen to what readers see."""

    stories = Bundle("stories")

    @initialize(target=stories)
    def open(self):
        self.point = transaction.atomic()
        self.point.__enter__()
        self.folder = Path(tempfile.mkdtemp(prefix="redaksi-sequence-"))
        self.group = cast.group()
        self.sites = [cast.site(self.group, slug) for slug in ("kentongan", "pesisir")]
        self.topics = [Topic.objects.create(site=None, name="Selat Lantang", slug="selat", kind="place")]
        self.topics += [
            Topic.objects.create(site=site, name=f"Pasang {site}", slug="pasang") for site in self.sites
        ]
        self.people = [
            Contributor.objects.create(site=None, name=name, slug=name.lower()) for name in ("Rara", "Edi")
        ]
        self.photos = [cast.photo(site) for site in self.sites]
        self.member = cast.person("Rara Wening")
        self.start()
        return multiple()

    def start(self):
        self.writer = ShelfWriter(self.folder / "shelf.sqlite3")
        self.foreman = Foreman(self.writer, self.folder)

    def stop(self):
        self.foreman.close()
        self.writer.close()

    def topics_of(self, site, picked):
        return [
            topic
            for number, topic in enumerate(self.topics)
            if number in picked and topic.site_id in (None, site.pk)
        ]

    # The newsroom

    @rule(
        target=stories, site=st.sampled_from([0, 1]), words=WORDS, moment=st.sampled_from(MOMENTS),
        topics=st.sets(st.sampled_from([0, 1, 2])), also=st.one_of(st.none(), stories), person=st.sampled_from([0, 1]),
        lead=st.booleans(), length=st.sampled_from([1, 2, 5]), says=TEXTS,
    )  # fmt: skip
    def publish_new(self, site, words, moment, topics, also, person, lead, length, says):
        body = cast.body(says) * length
        if also is not None:
            body.append({"type": "read_also", "value": {"story": also}})
        home = self.sites[site]
        photo = self.photos[site]
        story = Story(
            site=home, section=home.sections.first(), headline=words, standfirst="Tegak.", body=body, label=self.topics[0],
            lead_photo=photo if lead else None,
        )  # fmt: skip
        story.bylines = [Byline(contributor=self.people[person], role="writer", sort_order=0)]
        story.topics = self.topics_of(home, topics)
        with transaction.atomic():
            draft(story, None)
            self.try_to(lambda: publish(story, None, at=moment))
        return story.pk

    def try_to(self, verb):
        refusals = (WrongStateError, NotPublishableError, ArrangementError, Story.DoesNotExist)
        with suppress(*refusals), transaction.atomic():
            verb()

    def change(self, pk, **facts):
        """Save and publish a change of the newest text, as the desk would."""
        story = Story.objects.filter(pk=pk).first()
        if story is None:
            return
        text = story.get_latest_revision_as_object()
        for name, value in facts.items():
            setattr(text, name, value)
        self.try_to(lambda: (draft(text, None), publish(story, None, tell=False)))

    @rule(story=stories, words=WORDS)
    def change_headline(self, story, words):
        self.change(story, headline=words)

    @rule(story=stories, slug=SLUGS)
    def change_slug(self, story, slug):
        self.change(story, slug=slug)

    @rule(story=stories, last=st.booleans())
    def change_section(self, story, last):
        sections = list(Story.objects.get(pk=story).site.sections.order_by("pk"))
        self.change(story, section=sections[-1 if last else 0])

    @rule(story=stories, topics=st.sets(st.sampled_from([0, 1, 2])), label=st.booleans())
    def change_topics(self, story, topics, label):
        site = Story.objects.get(pk=story).site
        chosen = self.topics_of(site, topics | {0})
        self.change(story, topics=chosen, label=chosen[0] if label else None)

    @rule(story=stories, says=TEXTS, keep=st.booleans())
    def change_text(self, story, says, keep):
        """What is written becomes what readers have, or stays a draft."""
        if not keep:
            self.change(story, body=cast.body(says))
        elif row := Story.objects.filter(pk=story).first():
            text = row.get_latest_revision_as_object()
            text.body = cast.body(says)
            self.try_to(lambda: draft(text, None))

    @rule(story=stories, number=st.sampled_from([0, 1, 2]), name=ALIASES, off=st.booleans())
    def choose_mentions(self, story, number, name, off):
        topic = self.topics[min(number, len(self.topics) - 1)].pk
        self.change(story, mention_choices={"off": [topic]} if off else {"chosen": {name: topic}})

    @rule(story=stories, other=stories)
    def change_read_also(self, story, other):
        self.change(story, body=[*cast.body(), {"type": "read_also", "value": {"story": other}}])

    @rule(story=stories, other=stories, length=st.sampled_from([2, 5]), old=st.booleans())
    def link_in_the_text(self, story, other, length, old):
        """A story that is linked already isn't offered once more, wherever its address was."""
        paths = Address.objects.filter(story_id=other, current=not old).values_list("path", flat=True)
        link = "".join(f'<p>Lihat <a href="{path}">di sini</a>.</p>' for path in paths)
        self.change(story, body=[*cast.body() * length, {"type": "paragraph", "value": link}])

    @rule(story=stories, other=stories, cap=st.sampled_from([None, 0, 1]), banned=st.booleans())
    def choose_what_to_read_on(self, story, other, cap, banned):
        self.change(
            story,
            body=cast.body() * 5,
            also_choices={"cap": cap, "banned": [other] if banned else []},
        )

    @rule(story=stories, reply=st.one_of(st.none(), stories))
    def correct(self, story, reply):
        def act():
            of = Story.objects.filter(pk=reply).first()
            kind, speaker = ("reply", "Warga Muara") if of else ("correction", "")
            correct(Story.objects.get(pk=story), "Tiga meter.", None, kind, speaker=speaker, reply=of)

        self.try_to(act)

    @rule(story=stories, settled=st.booleans(), text=st.sampled_from(["", "Korbannya tiga orang."]))
    def verify(self, story, settled, text):
        if settled:
            self.try_to(lambda: settle(Story.objects.get(pk=story), None, correction=text))
        else:
            self.try_to(lambda: verify(Story.objects.get(pk=story), "Jumlah korban.", None))

    @rule(story=stories)
    def withdraw(self, story):
        self.try_to(lambda: withdraw(Story.objects.get(pk=story), "Sumbernya keliru.", None))

    @rule(story=stories)
    def restore(self, story):
        self.try_to(lambda: restore(Story.objects.get(pk=story), None))

    @rule(story=stories)
    def expire(self, story):
        Story.objects.filter(pk=story, live=True).update(expire_at=timezone.now() - timedelta(seconds=1))
        do_what_is_due()

    # The front

    @rule(story=stories, picked=st.booleans())
    def pick(self, story, picked):
        self.try_to(lambda: (pick if picked else unpick)(Story.objects.get(pk=story), None))

    @rule(
        number=st.sampled_from([0, 1]),
        strips=st.lists(STRIPS, max_size=4),
        story=stories,
        ends=st.one_of(st.none(), st.integers(1, 3)),
    )
    def arrange(self, number, strips, story, ends):
        """A story is pinned in the first strip, for good or for some hours of a clock that another rule moves."""
        site = self.sites[number]
        until = timezone.now() + timedelta(hours=ends) if ends else None
        about = {"section": site.sections.order_by("pk").first().pk, "topic": self.topics[0].pk}
        about["site"] = self.sites[1 - number].pk
        made = [replace(strip, of=about.get(strip.rule, 0)) for strip in strips]
        if made:
            made[0] = replace(made[0], slots=(None, Pin(story, until)))
        self.try_to(lambda: arrange(site, made, None))

    @rule()
    def hours_pass(self):
        """The next pin of every front comes to its end."""
        Front.objects.filter(next_due_at__isnull=False).update(next_due_at=timezone.now())
        do_what_is_due()

    # What a site says about itself

    @rule(
        number=st.sampled_from([0, 1]),
        change=st.sampled_from(["title", "body", "in_footer", "slug", "delete"]),
        words=WORDS,
        last=st.booleans(),
    )
    def change_page(self, number, change, words, last):
        pages = StaticPage.objects.filter(site=self.sites[number])
        page = pages.last() if last else pages.first()
        if page is None:
            first_pages.write(self.sites[number])
        elif change == "delete":
            page.delete()
        else:
            facts = {
                "title": words,
                "body": f"<p>{words}</p>",
                "in_footer": words < "P",
                "slug": words[:4].lower(),
            }
            setattr(page, change, facts[change])
            if change != "slug" or not pages.exclude(pk=page.pk).filter(slug=page.slug).exists():
                page.save()

    @rule(which=st.sampled_from([0, 1]))
    def change_whose_byline(self, which):
        person = Contributor.objects.filter(pk=self.people[which].pk).first()
        if person is not None:
            person.user = None if person.user_id else self.member
            person.save()

    @rule(
        role=st.sampled_from(["reporter", "editor", "network_manager"]),
        at=st.sampled_from([0, 1]),
        change=st.sampled_from(["give", "take", "title", "listed", "name", "active"]),
        words=WORDS,
    )
    def change_staff(self, role, at, change, words):
        wide = role == "network_manager"
        where = {"role": role, "site": None if wide else self.sites[at], "section": None}
        grant = Grant.objects.filter(**where).first()
        if grant is None or change == "give":
            where["section"] = None if wide else self.sites[at].sections.order_by("pk").first()
            Grant.objects.get_or_create(user=self.member, **where)
        elif change == "take":
            grant.delete()
        elif change in {"name", "active"}:
            self.member.first_name = words[:30]
            self.member.is_active = change == "name" or not self.member.is_active
            self.member.save()
        else:
            setattr(grant, change, words if change == "title" else not grant.listed)
            grant.save()

    # Breaking news

    @rule(
        words=WORDS,
        at=st.one_of(st.none(), st.sets(st.sampled_from([0, 1]), min_size=1)),
        story=st.one_of(st.none(), stories),
    )
    def file_flash(self, words, at, story):
        self.try_to(lambda: flash_verbs.file(self.line(words, at, story), None))

    @rule(
        words=WORDS,
        at=st.one_of(st.none(), st.sets(st.sampled_from([0, 1]), min_size=1)),
        story=st.one_of(st.none(), stories),
    )
    def change_flash(self, words, at, story):
        flash = Flash.objects.filter(ended_at__isnull=True).last()
        if flash:
            self.try_to(lambda: flash_verbs.change(flash, self.line(words, at, story), None))

    def line(self, words, at, story):
        sites = None if at is None else frozenset(self.sites[number].pk for number in at)
        until = timezone.now() + timedelta(hours=1)
        return flash_verbs.Line(words, until, sites, Story.objects.filter(pk=story).first())

    @rule(first=st.booleans(), by_clock=st.booleans())
    def end_flash(self, first, by_clock):
        running = Flash.objects.filter(ended_at__isnull=True)
        flash = running.first() if first else running.last()
        if flash and by_clock:
            Flash.objects.filter(pk=flash.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
            do_what_is_due()
        elif flash:
            self.try_to(lambda: flash_verbs.end(flash, None))

    # The network

    @rule(story=stories, taken=st.booleans(), last=st.booleans(), words=st.one_of(st.just(""), WORDS))
    def carry(self, story, taken, last, words):
        row = Story.objects.get(pk=story)
        other = next(site for site in self.sites if site.pk != row.site_id)
        section = list(other.sections.order_by("pk"))[-1 if last else 0]
        own = Words(words, "", self.topics[0] if last else None)
        self.try_to(lambda: take(row, section, None, own) if taken else send(row, other, None))

    def carried(self, story, verb):
        for placement in Placement.objects.filter(story_id=story):
            self.try_to(lambda placement=placement: verb(placement))

    @rule(
        story=stories,
        last=st.booleans(),
        words=st.one_of(st.just(""), WORDS),
        label=st.sampled_from([0, 1, 2]),
    )
    def adjust_there(self, story, last, words, label):
        def verb(held):
            section = list(held.site.sections.order_by("pk"))[-1 if last else 0]
            topic = self.topics[min(label, len(self.topics) - 1)]
            adjust(
                held,
                section,
                Words(words, "", topic if topic.site_id in (None, held.site_id) else None),
                None,
            )

        self.carried(story, verb)

    @rule(story=stories, called=st.booleans())
    def end_there(self, story, called):
        self.carried(story, lambda held: (call_back if called else let_go)(held, None))

    @rule(to=st.sampled_from([0, 1]), topic=st.sampled_from([0, 1]), on=st.booleans(), narrow=st.booleans())
    def change_rule(self, to, topic, on, narrow):
        site, about = self.sites[to], self.topics[min(topic, len(self.topics) - 1)]
        CarryRule.objects.filter(site=site, topic=about).delete()
        if on:
            home = self.sites[1 - to] if narrow else None
            CarryRule.objects.create(site=site, topic=about, section=site.sections.first(), home=home)

    @rule(story=stories, claimed=st.booleans(), words=st.one_of(st.just(""), WORDS))
    def offer_there(self, story, claimed, words):
        """What is only offered moves nothing; what a desk takes stands there."""
        row = Story.objects.get(pk=story)
        other = next(site for site in self.sites if site.pk != row.site_id)

        def act():
            made = offer_verbs.offer_story(row, [other], None)
            if claimed:
                one = made.invitations.get()
                offer_verbs.claim(one, None, other.sections.order_by("pk").first(), Words(words))
            else:
                offer_verbs.close(made, None)

        self.try_to(act)

    @rule(story=stories, of=stories, tied=st.booleans())
    def tie_versions(self, story, of, tied):
        self.change(story, version_of=Story.objects.filter(pk=of).first() if tied else None)

    @rule(
        number=st.sampled_from([0, 1]), path=st.sampled_from(["", "/jateng", "/pulau"]), extra=st.booleans()
    )
    def change_base(self, number, path, extra):
        site = self.sites[number]
        if Host.objects.filter(name="gapura.example.id", path=path).exclude(site=site).exists():
            return
        site.hosts.filter(name="gapura.example.id").delete()
        site.hosts.filter(main=True).update(main=False)
        Host.objects.create(site=site, name="gapura.example.id", path=path, main=not extra)
        if extra:
            Host.objects.create(site=site, name=f"{site.slug}.localhost", main=True) if not site.hosts.filter(
                name=f"{site.slug}.localhost"
            ).update(main=True) else None

    # What stories show

    @rule(
        number=st.sampled_from([0, 1, 2]),
        change=st.sampled_from(["name", "slug", "kind", "summary"]),
        times=st.integers(1, 3),
    )
    def change_topic(self, number, change, times):
        values = {
            "name": f"Topik {times}",
            "slug": f"topik-{times}-{number}",
            "kind": "event",
            "summary": f"Ringkas {times}.",
        }
        topic = self.topics[min(number, len(self.topics) - 1)]
        setattr(topic, change, values[change])
        topic.save()

    @rule(number=st.sampled_from([0, 1, 2]), name=ALIASES)
    def give_or_take_an_alias(self, number, name):
        topic = self.topics[min(number, len(self.topics) - 1)]
        alias = topic.aliases.filter(name=name).first()
        if alias is None:
            Alias.objects.create(topic=topic, name=name)
        else:
            alias.delete()

    @rule(
        number=st.sampled_from([0, 1]),
        change=st.sampled_from(["name", "slug", "bio", "portrait"]),
        times=st.integers(1, 3),
    )
    def change_person(self, number, change, times):
        values = {
            "name": f"Nama {times}",
            "slug": f"nama-{times}-{number}",
            "bio": f"Wartawan {times}.",
            "portrait": self.photos[0],
        }
        setattr(self.people[number], change, values[change])
        self.people[number].save()

    @rule(
        number=st.sampled_from([0, 1]),
        change=st.sampled_from(["caption", "alt", "credit", "title"]),
        times=st.integers(1, 3),
    )
    def change_photo(self, number, change, times):
        setattr(self.photos[number], change, f"Kata {times}")
        self.photos[number].save()

    @rule(number=st.sampled_from([0, 1]), change=SITE_CHANGES)
    def change_site(self, number, change):
        setattr(self.sites[number], *change)
        self.sites[number].save()

    @rule(
        number=st.sampled_from([0, 1]),
        name=st.sampled_from(["Warta", "Nasional"]),
        change=st.sampled_from(["name", "slug", "in_menu", "order"]),
    )
    def change_section_itself(self, number, name, change):
        section = self.sites[number].sections.order_by("pk").first()
        setattr(
            section,
            change,
            {"name": name, "slug": name.lower(), "in_menu": name == "Warta", "order": len(name)}[change],
        )
        section.save()

    @rule(story=stories, word=st.sampled_from(["warta", "nasional", "olahraga"]))
    def have_an_old_address_like_a_section(self, story, word):
        """A section has that word, had it, or may get it."""
        row = Story.objects.get(pk=story)
        if not Address.objects.filter(site=row.site, path=f"/{word}").exists():
            Address.objects.create(site=row.site, story=row, path=f"/{word}", current=False)
            box.put("story", row.pk)

    @rule(number=st.sampled_from([0, 1]), name=st.sampled_from(["a.example.id", "b.example.id"]))
    def change_host(self, number, name):
        if not Host.objects.filter(name=name).exists():
            Host.objects.filter(site=self.sites[number], main=True).delete()
            Host.objects.create(site=self.sites[number], name=name, main=True)

    @rule(name=st.sampled_from(["Grup Gapura", "Gapura Media"]))
    def change_group(self, name):
        self.group.name = name
        self.group.save()

    @rule()
    def add_and_close_a_site(self):
        made = cast.site(self.group, "sementara")
        self.foreman.turn()
        Section.objects.filter(site=made).delete()
        made.delete()

    @rule(story=consumes(stories))
    def delete_story(self, story):
        Story.objects.filter(pk=story).delete()

    @precondition(lambda self: len(self.topics) == 3)
    @rule()
    def delete_topic(self):
        self.topics[1].delete()
        del self.topics[1]

    @precondition(lambda self: len(self.topics) > 1)
    @rule(last=st.booleans())
    def merge_topic(self, last):
        merge(self.topics.pop(-1 if last else 1), self.topics[0], None)

    # The press

    @rule()
    def turn(self):
        self.foreman.turn()

    @rule(step=st.sampled_from(["clear", "begin", "lock"]))
    def turn_and_be_killed(self, step):
        """Killed after the shelf's transaction, before the outbox is cleared; or before its end; then started again."""

        def die(*_args):
            raise Killed

        target, name = {
            "clear": (foreman_module.box, "clear"),
            "begin": (ripples, "begin"),
            "lock": (foreman_module, "current_file"),
        }[step]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(target, name, die)
            with suppress(Killed):
                self.foreman.turn()
        self.stop()
        self.start()

    @rule(story=stories, words=WORDS, turns=st.integers(0, 2))
    def rebuild_meanwhile(self, story, words, turns):
        """A whole new shelf, while a headline and a topic change and the foreman goes on with the old one."""

        def meanwhile(printed, _seconds):
            if printed:
                self.change(story, headline=words)
                self.topics[0].name = words
                self.topics[0].save()
                for _ in range(turns):
                    self.foreman.turn()

        press_all(self.folder, meanwhile)

    def teardown(self):
        if not hasattr(self, "point"):
            return
        try:
            self.compare()
        finally:
            self.stop()
            shutil.rmtree(self.folder)
            transaction.set_rollback(True)
            self.point.__exit__(None, None, None)

    def compare(self):
        self.foreman.drain()
        assert not Entry.objects.exists(), [(str(row), row.trouble) for row in Entry.objects.all()]
        fresh = self.folder / "fresh"
        press_all(fresh)
        kept, new = contents(self.folder / "shelf.sqlite3"), contents(fresh / "shelf.sqlite3")
        gone = sorted(new.keys() - kept.keys())
        left = sorted(kept.keys() - new.keys())
        other = {
            name: (kept[name], new[name]) for name in kept.keys() & new.keys() if kept[name] != new[name]
        }
        assert (gone, left, other) == ([], [], {})


@pytest.mark.slow
def test_any_sequence_of_changes_leaves_the_shelf_as_one_pressed_afresh(db, monkeypatch):
    monkeypatch.setattr(foreman_module, "BATCH", 4)
    monkeypatch.setattr(together, "PAGES_AT_ONCE", 3)
    monkeypatch.setattr(ripples, "SLICE", 2)
    monkeypatch.setattr(print_run, "BATCH", 2)
    monkeypatch.setattr(topic_index, "MOST_ON_A_PAGE", 1)
    monkeypatch.setattr(archive, "DAY_COUNT", 2)
    monkeypatch.setattr(reading_on, "WINDOW", 2)
    monkeypatch.setattr(related, "SHOWN", 2)
    run(Newsroom, EXAMPLES)
