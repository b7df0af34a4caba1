from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db

SCREENS = [
    "/",
    "/berita/",
    "/kilat/",
    "/foto/",
    "/foto/new/",
    "/topik/",
    "/topik/new/",
    "/penulis/",
    "/penulis/new/",
    "/situs/",
    "/kanal/",
    "/kanal/new/",
    "/halaman/",
    "/halaman/new/",
    "/staf/",
    "/staf/baru/",
    "/account/",
    "/images/chooser/",
]


@pytest.mark.parametrize("address", SCREENS)
def test_a_site_manager_reaches_every_screen(at_desk, site_manager, live_story, draft_story, address):
    answer = at_desk(site_manager).get(address)
    assert answer.status_code == 200, answer


@pytest.mark.parametrize("address", [*SCREENS, "/situs/new/"])
def test_a_network_manager_reaches_every_screen(at_desk, network_manager, live_story, draft_story, address):
    answer = at_desk(network_manager).get(address)
    assert answer.status_code == 200, answer
