from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaksi.finder import mentions
from redaksi.finder.mentions import MOST_WORDS, Named, Names, candidates, capitalised, key_of

HERE, THERE = 1, 2


def names(*named):
    made = Names()
    for number, one in enumerate(named, 1):
        site, every = one if isinstance(one, tuple) else (None, [one])
        made.put(number, Named(site, f"topik-{number}", tuple(every)))
    return made


def met(made, text, site=HERE):
    return [(text[found.start : found.end], found.topics) for found in made.find(text, site)]


def test_the_longest_name_wins_and_what_it_covers_is_spent():
    made = names("Amerika", "Amerika Serikat", "Serikat Pekerja")
    assert met(made, "Amerika Serikat Pekerja di Amerika.") == [("Amerika Serikat", (2,)), ("Amerika", (1,))]


@pytest.mark.parametrize(
    "text",
    [
        "manusia", "Rusianya", "anti-Rusia", "Anti-Rusia", "Rusia-nya", "Rusia-Rusia", "Rusia\u2011nya", "@Rusia", "#Rusia", "Rusia.example.id",
        "warta@Rusia.id", "Rusia_1", "A&Rusia", "Jum'Rusia", "rusia", "RUSIA",
    ],
)  # fmt: skip
def test_never_inside_another_word_or_in_other_letters(text):
    assert met(names("Rusia", "kupu"), f"Kata {text} kupu-kupu itu") == []


@pytest.mark.parametrize(
    "text",
    [
        "Rusia.",
        "(Rusia)",
        "“Rusia”",
        "Rusia’s navy",
        "Rusia, Ukraina",
        "Rusia/Ukraina",
        "Rusia–Ukraina",
        "Rusia",
    ],
)
def test_signs_around_a_name_do_not_hide_it(text):
    assert met(names("Rusia"), text) == [("Rusia", (1,))]


def test_a_hyphen_between_two_names_parts_them():
    made = names("Rusia", "Ukraina", "Amerika Serikat", "Al-Qaeda", "Qaeda")
    assert met(made, "perang Rusia-Ukraina, poros Amerika Serikat-Rusia, Al-Qaeda, Rusia-lah") == [
        ("Rusia", (1,)), ("Ukraina", (2,)), ("Amerika Serikat", (3,)), ("Rusia", (1,)), ("Al-Qaeda", (4,)),
    ]  # fmt: skip


def test_a_name_may_begin_a_sentence_but_keeps_its_letters_otherwise():
    made = names("harga beras", "iPhone Baru")
    assert met(made, "Harga beras naik, harga beras turun, Harga Beras, harga Beras.") == [
        ("Harga beras", (1,)), ("harga beras", (1,)),
    ]  # fmt: skip
    assert met(made, "IPhone Baru, iPhone Baru, iphone baru") == [
        ("IPhone Baru", (2,)),
        ("iPhone Baru", (2,)),
    ]


def test_spaces_and_apostrophes_are_plain_and_places_hold():
    made = names("Ma'ruf  Amin", "Jum’at Kliwon", "PT Gapura (Persero)", "Covid-19", "U.S.")
    text = "Kata Ma’ruf\u00a0\n Amin pada Jum'at Kliwon: PT Gapura (Persero), Covid\u201019, U.S. Army"
    assert [(word, topics) for word, topics in met(made, text)] == [
        ("Ma’ruf\u00a0\n Amin", (1,)), ("Jum'at Kliwon", (2,)), ("PT Gapura (Persero)", (3,)), ("Covid\u201019", (4,)),
        ("U.S.", (5,)),
    ]  # fmt: skip


def test_a_shared_name_tells_all_topics_that_the_site_sees():
    made = names((None, ["Merah Putih"]), (HERE, ["Merah Putih"]), (THERE, ["Merah Putih", "Merah"]))
    assert met(made, "Merah Putih") == [("Merah Putih", (1, 2))]
    assert met(made, "Merah Putih", THERE) == [("Merah Putih", (1, 3))]
    assert met(made, "Merah") == []


def test_a_name_of_another_site_does_not_hide_a_shorter_one():
    made = names((HERE, ["Merah"]), (THERE, ["Merah Putih"]))
    assert met(made, "Merah Putih") == [("Merah", (1,))]
    assert met(made, "Merah Putih", THERE) == [("Merah Putih", (2,))]


@pytest.mark.parametrize("name", ["", " ", "A", "…", "—", " ".join(["kata"] * (MOST_WORDS + 1))])
def test_what_is_no_name_is_not_looked_for(name):
    assert key_of(name) is None
    assert met(names(name), f"A … — {name}") == []


def test_a_change_tells_which_names_mean_something_else():
    made = names((None, ["beras", "Padi"]), (HERE, ["Padi"]))
    assert made.put(1, Named(None, "lain", ("beras", "Padi"))) == set()
    assert made.put(1, Named(None, "lain", ("beras", "Gabah"))) == {"Padi", "Gabah"}
    assert made.put(1, Named(HERE, "lain", ("beras", "Gabah"))) == {"beras", "Beras", "Gabah"}
    assert made.put(1, None) == {"beras", "Beras", "Gabah"}
    assert met(made, "Beras Gabah Padi") == [("Padi", (2,))]


WORDS = st.sampled_from(
    ["Selat", "Lantang", "selat", "Kota", "a", "Ma'ruf", "ku-ku", "x.y", "Selat-Kota", "Non"]
)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
TEXTS = st.lists(
    st.one_of(WORDS, st.sampled_from([" ", "  ", "-", ".", ",", "\n", "'s ", "’"])), max_size=24
).map("".join)
TOPICS = st.lists(st.tuples(st.sampled_from([None, HERE, THERE]), st.lists(NAMES, max_size=3)), max_size=5)


def by_hand(topics, text, site):
    """The same by trying everything: at each place, from the left, the longest run of whole words that is a name."""
    meanings = {}
    for number, (of, every) in enumerate(topics, 1):
        for key in filter(None, map(key_of, every)):
            for written in {key, capitalised(key)}:
                if of in (None, site):
                    meanings.setdefault(written, set()).add(number)
    words = _word_places(text)
    found, at = [], 0
    while at < len(words):
        for last in range(min(len(words), at + MOST_WORDS) - 1, at - 1, -1):
            start, end = words[at][0], words[last][1]
            key = key_of(text[start:end])
            if key in meanings and len(_word_places(text[start:end])) == last - at + 1:
                found.append((start, end, tuple(sorted(meanings[key]))))
                at = last
                break
        at += 1
    return found


def _word_places(text):
    """Where each word and each sign of a text stands."""
    return [(start, end) for _, start, end in mentions._words(text)]


@given(TOPICS, TEXTS, st.sampled_from([HERE, THERE]))
def test_found_is_what_trying_everything_finds(topics, text, site):
    made = names(*topics)
    assert [(one.start, one.end, one.topics) for one in made.find(text, site)] == by_hand(topics, text, site)


@given(TOPICS, TOPICS, TEXTS)
def test_names_that_came_and_went_leave_nothing_behind(before, after, text):
    changed, fresh = names(*before), names(*after)
    for number in range(1, max(len(before), len(after)) + 1):
        site, every = after[number - 1] if number <= len(after) else (None, None)
        changed.put(number, None if every is None else Named(site, f"topik-{number}", tuple(every)))
    for site in (HERE, THERE):
        assert list(changed.find(text, site)) == list(fresh.find(text, site))
    assert changed._beginnings == fresh._beginnings
    assert changed._meanings == fresh._meanings


@given(TOPICS, TEXTS)
def test_every_name_that_is_found_is_among_what_a_text_could_name(topics, text):
    possible = set(candidates(text))
    for found in names(*topics).find(text, HERE):
        assert found.name in possible | {capitalised(one) for one in possible}
