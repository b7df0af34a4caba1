"""The ground under every test: a data home of its own, set before Django reads its settings, and the shared cast.

Tests run on a SQLite file; with ``DATABASE_URL`` they run on that PostgreSQL. Laying out the tables takes longer than most
tests, so an empty database is kept in the temporary folder, under the digest of all migrations, and copied.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import blocking_manager_key

HOME = Path(tempfile.mkdtemp(prefix="redaksi-test-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
(HOME / "static").mkdir()
os.environ["REDAKSI_HOME"] = str(HOME)
os.environ["REDAKSI_SECRET_KEY"] = "a key for tests only, not a secret"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redaksi.config.settings")
# Playwright keeps an event loop in the thread that asked for a browser, for as long as that process tests. Django would take
# every later test of the record there for code in a coroutine, which it isn't.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
sys.path.insert(0, str(Path(__file__).parent))
django.setup()

from django.core.cache import cache  # noqa: E402  # as above
from django.db import connection, transaction  # noqa: E402  # as above
from django.utils import translation  # noqa: E402  # as above
from wagtail.models import Collection  # noqa: E402  # as above

import cast as the_cast  # noqa: E402  # models can be imported only after Django is set up
import chance  # noqa: E402, F401  # its profile is asked for by name
from redaksi.stories.models import Contributor, Topic  # noqa: E402  # as above
from tables import laid_out  # noqa: E402  # found only now that its folder is on the path

ROOT = Path(__file__).parent.parent
#: By one of these a test has the record: itself, or through what it asks for.
_RECORD = {"db", "transactional_db", "django_db_setup"}
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A copied SQLite file is used as it is; a PostgreSQL database is made anew."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Put the SQLite file into this process's own data home."""
    if connection.vendor == "sqlite":
        file = HOME / "desk.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)
        if laid_out().exists():
            shutil.copyfile(laid_out(), file)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Keep the laid out tables for the next run."""
    if connection.vendor == "sqlite" and not laid_out().exists():
        part = laid_out().with_suffix(f".{os.getpid()}")
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            target = sqlite3.connect(part)
            cursor.connection.backup(target)
            target.close()
        part.replace(laid_out())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of a test process: Playwright can be started once in a thread, no more."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def cast() -> Any:
    """The module with the makers of people and things (tests/cast.py)."""
    return the_cast


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that hang on what else the machine does have a second try; on PostgreSQL, what doesn't ask the record is left out.

    The summary names each that needed its second try. What is left out there runs on SQLite's turn, and would come out the same.
    """
    for item in items:
        if item.get_closest_marker("process") or item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))
    if connection.vendor == "postgresql":
        others = [item for item in items if not _asks_the_record(item)]
        items[:] = [item for item in items if _asks_the_record(item)]
        config.hook.pytest_deselected(items=others)


def _asks_the_record(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") is not None
    return marked or not _RECORD.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test with transactions of its own empties the tables at its end: put back the one row that Wagtail's migrations leave."""
    yield
    if nextitem is None:
        return  # the database is gone
    marker = item.get_closest_marker("django_db")
    if "transactional_db" in getattr(item, "fixturenames", ()) or (
        marker and marker.kwargs.get("transaction")
    ):
        with item.config.stash[blocking_manager_key].unblock():
            if not Collection.objects.exists():
                Collection.add_root(name="Root")


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> Iterator[None]:
    """Passwords are hashed cheaply, and static files are looked up when asked for."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True
    translation.deactivate()  # a request that another test made may have left its language
    cache.clear()  # Wagtail keeps small pictures in it, by the keys of rows that are gone
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return


@pytest.fixture
def group(db: None, cast: Any) -> Any:
    return cast.group()


@pytest.fixture
def kentongan(group: Any, cast: Any) -> Any:
    return cast.site(group, "kentongan", name="Kentongan")


@pytest.fixture
def pesisir(group: Any, cast: Any) -> Any:
    return cast.site(group, "pesisir", name="Pesisir")


@pytest.fixture
def reporter(kentongan: Any, cast: Any) -> Any:
    return cast.staff("Rara Wening", "reporter", kentongan)


@pytest.fixture
def editor(kentongan: Any, cast: Any) -> Any:
    return cast.staff("Edi Santosa", "editor", kentongan)


@pytest.fixture
def photo_editor(kentongan: Any, cast: Any) -> Any:
    return cast.staff("Foni Lestari", "photo_editor", kentongan)


@pytest.fixture
def site_manager(kentongan: Any, cast: Any) -> Any:
    return cast.staff("Sita Maharani", "site_manager", kentongan)


@pytest.fixture
def network_manager(group: Any, cast: Any) -> Any:
    return cast.staff("Nara Wibawa", "network_manager", None)


@pytest.fixture
def pesisir_editor(pesisir: Any, cast: Any) -> Any:
    return cast.staff("Pasir Laut", "editor", pesisir)


@pytest.fixture
def superuser(db: None, cast: Any) -> Any:
    return cast.person("Mesin Utama", superuser=True)


@pytest.fixture
@transaction.atomic
def topic(kentongan: Any) -> Any:
    return Topic.objects.create(site=kentongan, name="Selat Lantang", slug="selat-lantang", kind="place")


@pytest.fixture
@transaction.atomic
def contributor(kentongan: Any, reporter: Any) -> Any:
    return Contributor.objects.create(site=kentongan, name="Rara Wening", slug="rara-wening", user=reporter)


@pytest.fixture
def photo(kentongan: Any, photo_editor: Any, cast: Any) -> Any:
    return cast.photo(kentongan, owner=photo_editor)


@pytest.fixture
def parts(topic: Any, contributor: Any, photo: Any) -> dict[str, Any]:
    """What a story needs beside its words before it can be published."""
    return {"topic": topic, "writer": contributor, "lead": photo}


@pytest.fixture
def draft_story(kentongan: Any, reporter: Any, parts: dict[str, Any], cast: Any) -> Any:
    """The reporter's draft; nothing is missing for publishing it."""
    return cast.story(kentongan, by=reporter, **parts)


@pytest.fixture
def live_story(kentongan: Any, reporter: Any, parts: dict[str, Any], cast: Any) -> Any:
    """A published story of Kentongan."""
    return cast.story(kentongan, "Jembatan Selat Lantang Dibuka", by=reporter, live=True, **parts)


@pytest.fixture
def at_desk(client: Any) -> Any:
    """``at_desk(user)``: Django's test client, signed in as that user."""

    def sign_in(user: Any) -> Any:
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def shared() -> Path:
    """The folder of test data that lies beside the repository; a test that needs it is skipped where it is missing."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"{folder} is missing")
    return folder
