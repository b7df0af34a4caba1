from __future__ import annotations

import pytest

from redaksi.shelf.pieces import press_piece
from redaksi.shelf.recipe import Cards, Furniture, Own, Pager, press_recipe
from stand import Stand

PAGER = Pager(
    "sebelum",
    "sesudah",
    '<a href="{path}?sesudah={key}">Lebih baru</a>',
    '<a href="{path}">Terbaru</a>',
    '<a href="{path}?sebelum={key}">Lebih lama</a>',
)
STORY = press_recipe(
    [Own("<title>Banjir</title>"), Furniture("top"), Own("<h1>Banjir surut</h1>"), Furniture("bottom")]
)
LATEST = press_recipe(
    [Own("<h1>Terkini</h1>"), Cards("latest", "row", 4, paged=True), PAGER, Furniture("bottom")]
)


def fill(t):
    """A small shelf: a story, a list of ten, a withdrawn story, an old address and an error page."""
    t.put_site(
        1,
        name="Kentongan",
        language="id",
        hosts=["kentongan.test"],
        headers={"content-security-policy": "default-src 'self'"},
    )
    t.put_site(2, name="Sauh", language="en", hosts=["sauh.test"], headers={})
    t.put_piece(1, "top", press_piece("<nav>Nasional</nav>"))
    t.put_piece(1, "bottom", press_piece("<footer>Pedoman Media Siber</footer>"))
    t.put_page(site=1, address="/nasional/banjir", recipe=STORY, entity="story:1", version=1)
    t.put_page(site=1, address="/terkini", recipe=LATEST, entity="list:latest", version=1)
    gone = press_recipe([Own("<h1>Dicabut</h1>"), Furniture("bottom")])
    t.put_page(site=1, address="/nasional/dicabut", recipe=gone, entity="story:2", version=1, status=410)
    t.put_redirect(site=1, address="/lama", location="/nasional/banjir", entity="story:1")
    t.put_redirect(site=1, address="/?p=7", location="/nasional/banjir", entity="story:1")
    missing = press_recipe([Own("<h1>Tidak ditemukan</h1>")])
    t.put_page(
        site=1, address="!404", recipe=missing, entity="error:404", version=1, status=404, cache="error"
    )
    for story in range(1, 11):
        t.put_card(site=1, story=story, form="row", piece=press_piece(f"<li>{story}</li>"))
        t.set_rows(story, [(1, "latest", 1000 * story)])


@pytest.fixture(scope="session")
def stand(tmp_path_factory):
    stand = Stand.over(tmp_path_factory.mktemp("stand"), fill)
    yield stand
    stand.stop()


@pytest.fixture(scope="session")
def fill_shelf():
    return fill


@pytest.fixture
def open_stand(tmp_path):
    """Opens newsstands over the test's folder and closes them after it."""
    stands = []

    def open_one(workers=1):
        stands.append(Stand(tmp_path, workers))
        return stands[-1]

    yield open_one
    for stand in stands:
        assert stand.stop() == 0


@pytest.fixture
def killable_stand(tmp_path):
    """A newsstand that the test itself puts an end to."""
    return Stand(tmp_path)
