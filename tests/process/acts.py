"""Run in a process of its own: changes the record or presses, and is killed at a given step, as by a power cut.

    python acts.py HOME ACT [STEP]

Steps are put around functions of the package from outside, so that the package itself knows nothing of them.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

import django

HOME = Path(sys.argv[1])
os.environ |= {
    "REDAKSI_HOME": str(HOME),
    "DJANGO_SETTINGS_MODULE": "redaksi.config.settings",
    "REDAKSI_SECRET_KEY": "acts",
}
os.environ.pop("DATABASE_URL", None)
sys.path.insert(0, str(Path(__file__).parent.parent))
django.setup()

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Revision  # noqa: E402

import cast  # noqa: E402  # Django is ready only now
from redaksi.outbox import box  # noqa: E402
from redaksi.press import delivery, print_run, prints, rebuild, ripples  # noqa: E402
from redaksi.press.foreman import Foreman  # noqa: E402
from redaksi.shelf import place  # noqa: E402
from redaksi.shelf.inventory import contents  # noqa: E402
from redaksi.shelf.writer import ShelfWriter  # noqa: E402
from redaksi.stories.actions.draft import draft  # noqa: E402
from redaksi.stories.actions.publish import publish  # noqa: E402
from redaksi.stories.actions.schedule import schedule  # noqa: E402
from redaksi.stories.models import Contributor, Story, Topic  # noqa: E402

OLD, NEW = "Jembatan Selat Lantang Dibuka", "Jembatan Selat Lantang Ditutup Lagi"
FIRST = "Feri Pertama Berangkat Subuh"
#: Stories that were ever published, after the change.
PUBLISHED = 3


def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def die_in(module, name, *, after=False, calls=1):
    """Be killed when a function is called for the ``calls``-th time, before it does anything or after it has done all."""
    real, left = getattr(module, name), [calls]

    def dying(*args, **kwargs):
        left[0] -= 1
        if left[0] == 0 and not after:
            die()
        result = real(*args, **kwargs)
        if left[0] == 0:
            die()
        return result

    setattr(module, name, dying)


def die_in_swap(step):
    def swapping(new, pointer):
        place.swap_in(new, pointer, lambda told: die() if told == step else None)

    rebuild.swap_in = swapping


STEPS = {
    "": lambda: None,
    "before the commit": lambda: die_in(box, "put", after=True),
    "while printing": lambda: die_in(prints, "_print"),
    "while printing the second": lambda: die_in(prints, "_print", calls=2),
    "at the first laid": lambda: die_in(prints.StoryPrint, "lay_in_lists", after=True),
    "before the shelf's commit": lambda: die_in(ripples, "begin_of_stories", after=True),
    "at the piece of the newest": lambda: die_in(delivery, "lay_latest"),
    "before the ripple is written": lambda: die_in(ripples, "begin"),
    "before the outbox is cleared": lambda: die_in(Foreman, "_clear"),
    "while the outbox is cleared": lambda: die_in(box, "clear", after=True),
    "in the ripple": lambda: die_in(ripples, "deliver"),
    "after the ripple": lambda: die_in(ripples, "print_slice", after=True),
    "at the new shelf's sites": lambda: die_in(rebuild, "lay_site", after=True),
    "at the new shelf's second story": lambda: die_in(print_run, "_note", after=True, calls=2),
    "before the swap": lambda: die_in(rebuild, "swap_in"),
    "settled": lambda: die_in_swap("settled"),
    "linked": lambda: die_in_swap("linked"),
    "switched": lambda: die_in_swap("switched"),
    "swept": lambda: die_in_swap("swept"),
    "before what was kept is handed back": lambda: die_in(rebuild, "_hand_back"),
}


def drain(home=HOME):
    with ShelfWriter(home / "shelf.sqlite3") as shelf:
        one = Foreman(shelf, home)
        one.drain()
        one.close()


def seed():
    """A story, one that reads on of it, a draft, and a plan whose hour passed while everything was down."""
    site = cast.site(cast.group(), "kentongan", name="Kentongan")
    with transaction.atomic():
        topic = Topic.objects.create(site=site, name="Selat Lantang", slug="selat-lantang", kind="place")
        writer = Contributor.objects.create(site=site, name="Rara Wening", slug="rara-wening")
    parts = {"topic": topic, "writer": writer, "lead": cast.photo(site)}
    shown = cast.story(site, OLD, live=True, **parts)
    body = [*cast.body(), {"type": "read_also", "value": {"story": shown.pk}}]
    cast.story(site, "Warga Menyambut", live=True, body=body, **parts)
    cast.story(site, FIRST, **parts)
    rebuild.press_all(HOME)
    drain()


def change():
    """A published headline changes, and a draft is published for the first time."""
    story = Story.objects.get(headline=OLD)
    text = story.get_latest_revision_as_object()
    text.headline = NEW
    with transaction.atomic():
        draft(text, None)
        publish(story, None)
    publish(Story.objects.get(headline=FIRST), None)


def change_an_old_headline():
    """Of a story that stands in no list of the newest any more."""
    story = Story.objects.filter(live=True).order_by("published_at")[2]
    text = story.get_latest_revision_as_object()
    text.headline = NEW
    with transaction.atomic():
        draft(text, None)
        publish(story, None)


def plan():
    story = Story.objects.get(headline=FIRST)
    schedule(story, timezone.now() + timedelta(hours=1), None)
    past = timezone.now() - timedelta(hours=3)
    Revision.objects.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=past)
    Story.objects.filter(pk=story.pk).update(go_live_at=past)


def change_and_press():
    change()
    drain()


def change_and_press_all():
    """The foreman goes on with the old shelf while the new one is printed."""
    change()
    print_run.BATCH = 1
    rebuild.press_all(HOME, lambda printed, _seconds: drain() if printed == 1 else None)


def change_and_press_all_by_a_crew():
    change()
    print_run.BATCH, print_run.FEW = 1, 0
    rebuild.press_all(HOME)


def go_on():
    """A rebuild that was killed doesn't begin afresh: of three stories it prints those that are missing."""
    printed = rebuild.press_all(HOME)
    sys.exit(0 if printed < PUBLISHED else f"{printed} printed")


def press_by_a_crew():
    """By several processes, story by story; exit status 0 if it came out as by one."""
    print_run.BATCH, print_run.FEW = 1, 0
    rebuild.press_all(HOME / "crew")
    print_run.FEW = 500
    compare(HOME / "crew")


def compare(home=HOME):
    """Exit status 0 if the shelf equals one pressed afresh."""
    rebuild.press_all(HOME / "fresh")
    kept, new = contents(home / "shelf.sqlite3"), contents(HOME / "fresh" / "shelf.sqlite3")
    other = [name for name in kept.keys() | new.keys() if kept.get(name) != new.get(name)]
    sys.exit("\n".join(sorted(other)) or 0)


ACTS = {
    act.__name__: act
    for act in (
        seed, change, change_an_old_headline, drain, plan, change_and_press, change_and_press_all, change_and_press_all_by_a_crew,
        go_on, press_by_a_crew, compare,
    )
}  # fmt: skip

if __name__ == "__main__":
    STEPS[" ".join(sys.argv[3:])]()
    ACTS[sys.argv[2]]()
