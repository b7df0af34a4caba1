"""Writes the stories of a corpus, a batch at a time: texts, blocks, links, names, times. Asks the database nothing.

Lengths follow a log-normal distribution with a mean of some 600 words, as news does; topics a story, photos, read-also, statements and notes
come as often as they do in a newsroom.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from redaksi.demo.synth.ground import Corner, Ground, Picture
from redaksi.demo.synth.plan import CORRECTED, FIRST_SHARE, GREAT_SHARE, STORIES_A_PHOTO, Plan
from redaksi.demo.synth.vocabulary import Tongue
from redaksi.photos.models import Photo
from redaksi.stories.bulk import NewStory
from redaksi.stories.models import Contributor, Correction, Story, Topic
from redaksi.stories.slugs import slug_of

Block = dict[str, Any]

#: Words of a story: the logarithm's mean and deviation give 600 on average; the shortest and longest.
_LOG_MEAN, _LOG_DEVIATION, _SHORTEST, _LONGEST = 6.27, 0.5, 90, 5000
_SENTENCES_A_PARAGRAPH = (1, 2, 2, 3, 3, 4)
#: How many topics a story has beside its label.
_TOPICS, _TOPICS_WEIGHTS = (0, 1, 2, 3, 4, 6), (12, 22, 28, 22, 11, 5)
_NAMED = {
    "id": (
        "Hal itu dibenarkan sumber yang dekat dengan {}.", "Sampai berita ini diturunkan, {} belum memberi tanggapan.",
        "Warga mengaitkan kejadian ini dengan {}.", "Menurut catatan kami, {} sudah tiga kali disebut dalam rapat.",
        "Nama {} kembali muncul dalam laporan itu.", "Rapat berikutnya akan membahas {} sampai selesai.",
    ),
    "en": (
        "A person close to {} confirmed it.", "By the time of writing {} had not replied.", "Residents link what happened to {}.",
        "Our own notes name {} three times.", "The report mentions {} once more.", "The next meeting is to settle the matter of {}.",
    ),
}  # fmt: skip
_NOTE = {
    "id": "Angka dalam paragraf ketiga keliru; yang benar {} orang.",
    "en": "A figure in the third paragraph was wrong; it is {} people.",
}
_REASON = {
    "id": "Permintaan narasumber yang masih di bawah umur.",
    "en": "At the request of a source who is a minor.",
}
#: A scheduled story comes out so long after the corpus's last day: not while someone measures.
_FAR = timedelta(days=3650)


class Writer:
    """Writes any story by its number."""

    def __init__(self, plan: Plan, ground: Ground, pictures: list[Picture]) -> None:
        self.plan, self.ground, self.pictures = plan, ground, pictures
        self.tongues = {language: Tongue(language) for language in ("id", "en")}

    def photos(self, numbers: range, collection: int) -> list[Photo]:
        """The photos that come in with these stories: many records of few files."""
        return [
            self._photo(number // STORIES_A_PHOTO, collection)
            for number in numbers
            if number % STORIES_A_PHOTO == 0
        ]

    def stories(self, numbers: range) -> Iterator[NewStory]:
        for number in numbers:
            yield self._story(number, Random(f"{self.plan.spec.seed}:{number}"))  # noqa: S311  # as everywhere here

    def _photo(self, number: int, collection: int) -> Photo:
        first = number * STORIES_A_PHOTO
        chance = Random(f"{self.plan.spec.seed}:photo:{number}")  # noqa: S311
        picture = self.pictures[number % len(self.pictures)]
        site = self.ground.sites[self.plan.site(first)]
        tongue = self.tongues[site.language]
        at = self.plan.time(first)
        photo = Photo(
            pk=number + 1, title=tongue.phrase(chance, 5), site_id=site.pk, collection_id=collection, digest=picture.digest, created_at=at,
            caption=f"{tongue.phrase(chance, 14)}.", alt=tongue.phrase(chance, 9), credit=chance.choice(self.ground.people).name,
            file_size=picture.size, taken_on=at.date(),
        )  # fmt: skip
        photo.__dict__.update(
            file=picture.file, width=picture.width, height=picture.height
        )  # without opening it
        return photo

    def _story(self, number: int, chance: Random) -> NewStory:
        corner = self.ground.corners[self.plan.site(number)]
        tongue = self.tongues[corner.site.language]
        topics = self._topics(corner, chance)
        at = self.plan.time(number)
        story = Story(
            site=corner.site, section=corner.sections[_uneven(chance, len(corner.sections))], label=topics[0],
            headline=tongue.phrase(chance, chance.randint(6, 11)), standfirst=f"{tongue.phrase(chance, 22)}.", created_at=at,
            owner_id=corner.people[_uneven(chance, len(corner.people))].user_id,
        )  # fmt: skip
        if chance.random() < 0.7:  # noqa: PLR2004  # the shares here and below are a newsroom's, roughly
            story.lead_photo_id = self.plan.photo(number, chance) + 1
        if chance.random() < 0.5:  # noqa: PLR2004
            story.dateline = chance.choice(tongue.names.words[:500])
        story.body = list(self._body(number, tongue, topics, chance))
        # Headlines repeat in a large archive, addresses don't: the number stands behind.
        story.slug = f"{slug_of(story.headline)[:80].rstrip('-')}-{number}"
        notes, history = self._facts(number, story, at, chance)
        return NewStory(
            story,
            topics=[topic.pk for topic in topics],
            bylines=list(_bylines(corner.people, chance)),
            notes=notes,
            history=history,
        )

    def _topics(self, corner: Corner, chance: Random) -> list[Topic]:
        """The label and the others, each once."""
        share = GREAT_SHARE if len(self.ground.sites) == 1 else GREAT_SHARE / FIRST_SHARE
        great = corner.site.pk == 1 and chance.random() < share
        count = 1 + chance.choices(_TOPICS, _TOPICS_WEIGHTS)[0] - great
        drawn = chance.choices(corner.topics, cum_weights=corner.weights, k=max(count, 0))
        return list(dict.fromkeys([self.ground.topics[0], *drawn] if great else drawn or corner.topics[:1]))

    def _body(self, number: int, tongue: Tongue, topics: list[Topic], chance: Random) -> Iterator[Block]:
        words = min(max(chance.lognormvariate(_LOG_MEAN, _LOG_DEVIATION), _SHORTEST), _LONGEST)
        sentences = tongue.write(chance, max(4, round(words / tongue.words_a_sentence)))
        for topic in topics[: chance.randint(1, 3)]:
            named = chance.choice(_NAMED[tongue.language]).format(topic.name)
            sentences[chance.randrange(len(sentences))] = named
        at, paragraphs = 0, 0
        while at < len(sentences):
            count = chance.choice(_SENTENCES_A_PARAGRAPH)
            yield _block(chance, "paragraph", f"<p>{' '.join(sentences[at : at + count])}</p>")
            at, paragraphs = at + count, paragraphs + 1
            if at < len(sentences):
                yield from self._between(number, tongue, paragraphs, chance)

    def _between(self, number: int, tongue: Tongue, paragraphs: int, chance: Random) -> Iterator[Block]:
        """What stands between two paragraphs, now and then."""
        if paragraphs % 6 == 0 and chance.random() < 0.4:  # noqa: PLR2004
            yield _block(chance, "subheading", tongue.phrase(chance, 4))
        drawn = chance.random()
        if drawn < 0.04:  # noqa: PLR2004
            other = self.plan.earlier(number, chance)
            if other is not None:
                yield _block(chance, "read_also", {"story": other + 1})
        elif drawn < 0.07:  # noqa: PLR2004
            said = {
                "verbatim": True,
                "text": tongue.phrase(chance, 25),
                "speaker": chance.choice(self.ground.people).name,
            }
            yield _block(
                chance,
                "statement",
                {**said, "office": tongue.phrase(chance, 3), "place": "", "said_on": None},
            )
        elif drawn < 0.09:  # noqa: PLR2004
            photo = {"photo": self.plan.photo(number, chance) + 1, "caption": tongue.phrase(chance, 12)}
            yield _block(chance, "photo", photo)
        elif drawn < 0.095:  # noqa: PLR2004
            shown = [self.plan.photo(number, chance) + 1 for _ in range(chance.randint(3, 8))]
            items = [{"type": "item", "value": photo, "id": _id(chance)} for photo in shown]
            yield _block(chance, "gallery", {"title": tongue.phrase(chance, 4), "photos": items})
        elif drawn < 0.1:  # noqa: PLR2004
            facts = [
                {
                    "type": "item",
                    "value": {"name": tongue.phrase(chance, 2), "value": str(chance.randrange(900))},
                    "id": _id(chance),
                }
                for _ in range(4)
            ]
            yield _block(chance, "fact_box", {"title": tongue.phrase(chance, 4), "text": "", "facts": facts})

    def _facts(
        self, number: int, story: Story, at: datetime, chance: Random
    ) -> tuple[list[Correction], list[tuple[str, datetime]]]:
        """What happened to the story, with its notes and its history."""
        state, language = self.plan.state(number), story.site.language
        history = [("wagtail.edit", at)]
        if state in {"draft", "submitted", "scheduled"}:
            story.live, story.has_unpublished_changes = False, True
            story.submitted_at = at if state == "submitted" else None
            story.go_live_at = (
                self.plan.begun + timedelta(days=365.25 * self.plan.spec.years) + _FAR
                if state == "scheduled"
                else None
            )
            return [], history
        story.live, story.edition = True, 1
        story.published_at = story.first_published_at = story.last_published_at = at
        history.append(("wagtail.publish", at))
        notes = []
        if number % CORRECTED == CORRECTED - 1:
            story.updated_at, story.edition = at + timedelta(hours=5), 2
            text = _NOTE[language].format(chance.randrange(2, 900))
            notes = [Correction(number=1, at=story.updated_at, text=text)]
            history.append(("redaksi.correct", story.updated_at))
        elif chance.random() < 0.08:  # noqa: PLR2004
            story.updated_at, story.edition = at + timedelta(minutes=chance.randint(10, 600)), 2
        if state == "withdrawn":
            story.live, story.withdrawn_at = False, at + timedelta(days=3)
            story.withdrawal_reason, story.edition = _REASON[language], story.edition + 1
            history.append(("redaksi.withdraw", story.withdrawn_at))
        return notes, history


def _bylines(people: list[Contributor], chance: Random) -> Iterator[tuple[int, str]]:
    chosen = list(
        dict.fromkeys(people[_uneven(chance, len(people))].pk for _ in range(chance.choice((2, 2, 3))))
    )
    for place, key in enumerate(chosen):
        yield key, "editor" if place and place == len(chosen) - 1 else "writer"


def _uneven(chance: Random, count: int) -> int:
    """One of ``count`` things; earlier ones come more often."""
    return min(int(chance.expovariate(3 / count)), count - 1)


def _id(chance: Random) -> str:
    digits = f"{chance.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _block(chance: Random, name: str, value: Any) -> Block:
    return {"type": name, "value": value, "id": _id(chance)}
