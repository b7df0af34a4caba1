"""Where read-also stands, whatever a body is made of."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from redaksi.press.typesetter.reading_on import places, with_read_also
from redaksi.stories.copy import FactBox, Paragraph, PullQuote, ReadAlso, Subheading

BLOCKS = st.sampled_from(
    [
        Paragraph("Air naik sejak subuh."), Paragraph("Air naik."), Paragraph("Warga pindah ke balai desa."),
        Paragraph("Daftarnya:"), Subheading("Penyebab"), PullQuote("Kami bertahan.", "Warga"), FactBox("Fakta", ()),
        ReadAlso(7, "Sematan", "/nasional/sematan"),
    ]
)  # fmt: skip
OFFERED = [ReadAlso(n, f"Berita {n}", f"/nasional/{n}") for n in range(100, 110)]


def is_own(block):
    return isinstance(block, ReadAlso) and block.story_id >= 100


def paragraphs(blocks):
    return sum(isinstance(block, Paragraph) for block in blocks)


@given(st.lists(BLOCKS, max_size=60), st.one_of(st.none(), st.integers(0, 6)))
def test_read_also_keeps_its_distance_in_any_body(body, cap):
    made = with_read_also(body, OFFERED, places(body, cap))
    assert [block for block in made if not is_own(block)] == body
    for at, block in enumerate(made):
        if is_own(block):
            assert at > 0
            assert isinstance(made[at - 1], Paragraph)
            assert isinstance(made[at + 1], Paragraph)
            assert not made[at - 1].html.endswith(":")
            assert paragraphs(made[:at]) >= 3
    links = [at for at, block in enumerate(made) if isinstance(block, ReadAlso)]
    for one, other in itertools.pairwise(links):
        if is_own(made[one]) or is_own(made[other]):
            assert paragraphs(made[one:other]) >= 4


@given(st.lists(BLOCKS, max_size=60), st.one_of(st.none(), st.integers(0, 6)))
def test_there_is_at_most_one_in_four_paragraphs_and_no_more_than_was_said(body, cap):
    made = with_read_also(body, OFFERED, places(body, cap))
    own, all_of_them = sum(map(is_own, made)), sum(isinstance(block, ReadAlso) for block in made)
    if own:
        assert all_of_them <= paragraphs(made) // 4
        assert all_of_them <= (4 if cap is None else min(cap, 4))
    assert len({block.story_id for block in made if is_own(block)}) == own


def test_a_long_plain_story_has_the_first_after_its_third_paragraph():
    body = [Paragraph(f"Kalimat {n}.") for n in range(40)]
    assert places(body) == [3, 7, 11, 15]
    assert places(body, 2) == [3, 7]
    assert places(body[:3]) == []
