from __future__ import annotations

import copy
import sys
from pathlib import Path

import pytest
from django.db import transaction

sys.path.insert(0, str(Path(__file__).parent))

from world import build  # the folder isn't a package


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The world of the walls, in a transaction around all tests of a module: making it takes longer than most of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db):
    """That world as it was made: what a test does to it is undone, and it has objects of its own."""
    return copy.deepcopy(built)
