"""Copy: a published story, and what stands around it, as plain frozen data.

This is the seam between the newsroom's record and everything that reads it: the press, the wire and the previews
see these dataclasses and never a model. Nothing here knows Django. Texts are plain unless a field says ``html``;
``html`` fields hold inline HTML that was sanitised on its way into the record. All times are aware, in UTC; the
reader's side puts them into the site's zone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from redaksi.stories.embeds import is_video

#: What a byline's person did. The words shown are the site's language's.
BylineRole = Literal["writer", "editor", "photographer", "translator", "contributor", "source"]
#: Sites that every page names.
MOST_NAMED = 12
TopicKind = Literal["subject", "event", "person", "organisation", "place"]
CorrectionKind = Literal["correction", "reply"]
SourceKind = Literal["own", "agency", "syndicated"]
#: Which mentions of a topic in a body are linked: every one, the first in each part (parts begin at subheadings), none.
MentionRule = Literal["all", "first", "none"]


@dataclass(frozen=True, slots=True)
class SectionCopy:
    """A section (kanal) as a page names it: ``path`` is its address on the site, ``base`` what the site's begin with."""

    id: int
    name: str
    slug: str
    in_menu: bool = True
    base: str = ""

    @property
    def path(self) -> str:
        return f"{self.base}/{self.slug}"


@dataclass(frozen=True, slots=True)
class SocialAccount:
    """A site's account elsewhere: ``name`` is the service as readers know it ("Instagram")."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class NetworkSite:
    """Another site of the network, as the footer and the site switch name it."""

    name: str
    tagline: str
    language: str
    origin: str
    colour: str
    colour_dark: str
    id: int = 0
    base: str = ""

    @property
    def front(self) -> str:
        """The whole address of its front."""
        return f"{self.origin}{self.base or '/'}"


@dataclass(frozen=True, slots=True)
class SiteCopy:
    """A site with all that its standing parts (masthead, footer, error pages) print.

    ``origin`` is scheme, host and port with no slash at the end; ``look`` names a look of the press, the colours are
    ``#rrggbb`` and were checked for contrast when set. ``network`` is every site of the group, this one included, in
    its order; ``named`` are those of them that every page names. ``base`` is what every address of a site by path begins with ("/jateng"), else empty.
    """

    id: int
    slug: str
    name: str
    tagline: str
    language: str
    time_zone: str
    origin: str
    look: str
    colour: str
    colour_dark: str
    tokens: dict[str, str]
    sections: tuple[SectionCopy, ...]
    accounts: tuple[SocialAccount, ...]
    publisher: str
    address: str
    person_responsible: str
    email: str
    group_name: str
    group_since: int
    network: tuple[NetworkSite, ...]
    crawlers: str = "search"
    ads_txt: str = ""
    llms_txt: str = ""
    security_contact: str = ""
    mentions: MentionRule = "all"
    base: str = ""

    @property
    def named(self) -> tuple[NetworkSite, ...]:
        """The sites that every page names: a bounded number. A network with more has a page of all, on its first site."""
        return self.network[:MOST_NAMED]

    @property
    def more_sites(self) -> bool:
        """Whether there are sites that pages don't name."""
        return len(self.network) > MOST_NAMED

    @property
    def front(self) -> str:
        """The whole address of its front."""
        return f"{self.origin}{self.base or '/'}"


@dataclass(frozen=True, slots=True)
class PageCopy:
    """A page on which a site says something about itself; ``html`` holds paragraphs, subheadings and lists.

    ``former`` are the words of addresses that it had and that no other page has now.
    """

    id: int
    kind: str
    title: str
    slug: str
    html: str
    in_footer: bool = True
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Someone on the page of the editorial team; ``note`` is the printed title, or the sections.

    ``bylines`` are the contributors (key and slug) as whom they are credited; ``slug`` is of the one that has a page on the site.
    """

    name: str
    note: str = ""
    bylines: tuple[tuple[int, str], ...] = ()
    slug: str = ""


@dataclass(frozen=True, slots=True)
class FlashCopy:
    """One line of the breaking bar: ``url`` is a whole address, empty where there is nothing to read yet."""

    text: str
    url: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class TopicCopy:
    """A topic as a label, a link or a page. ``site_id`` is whose it is; None: the whole network's."""

    id: int
    name: str
    slug: str
    kind: TopicKind
    summary: str = ""
    aliases: tuple[str, ...] = ()
    site_id: int | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """A name under the standfirst. ``slug`` is None for someone without a page of their own."""

    role: BylineRole
    name: str
    slug: str | None
    contributor_id: int | None = None
    site_id: int | None = None


@dataclass(frozen=True, slots=True)
class ContributorCopy:
    """A contributor's own page."""

    id: int
    name: str
    slug: str
    bio: str
    portrait: Picture | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo ready to be set: widths that exist are ``widths``, formats ``formats``.

    The address of one is ``/foto/{digest}-{width}.{format}``. ``width`` and ``height`` are the original's pixels (upright).
    """

    id: int
    digest: str
    width: int
    height: int
    widths: tuple[int, ...]
    formats: tuple[str, ...]
    alt: str
    caption: str
    credit: str
    agency: str
    place: str
    taken_on: date | None
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    html: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Subheading:
    text: str


@dataclass(frozen=True, slots=True)
class PhotoBlock:
    """A photo between paragraphs. An empty ``caption`` means the photo's own."""

    picture: Picture
    caption: str


@dataclass(frozen=True, slots=True)
class Gallery:
    title: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class PullQuote:
    text: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Statement:
    """An attributed statement: ``verbatim`` is a quotation, otherwise it is put in the paper's words."""

    text: str
    verbatim: bool
    speaker: str
    office: str
    place: str
    said_on: date | None
    id: str = ""


@dataclass(frozen=True, slots=True)
class FactBox:
    title: str
    facts: tuple[tuple[str, str], ...]
    html: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Embed:
    """Something of another host, shown only after the reader asks for it; ``consent`` says what that does."""

    url: str
    provider: str
    title: str
    consent: str


@dataclass(frozen=True, slots=True)
class ReadAlso:
    """“Baca juga”: the headline stands as it was when printed; the page depends on the story it names."""

    story_id: int
    headline: str
    path: str


Block = (
    Paragraph | Subheading | PhotoBlock | Gallery | PullQuote | Statement | FactBox | Table | Embed | ReadAlso
)


@dataclass(frozen=True, slots=True)
class StoryLink:
    """Another story as a page names it: the page depends on it. ``gone``: its address tells only why it isn't there any more."""

    story_id: int
    headline: str
    path: str
    gone: Literal["", "withdrawn", "expired"] = ""


@dataclass(frozen=True, slots=True)
class MentionChoices:
    """What an editor decided about the links from mentions in one story.

    ``off`` are topics that are not linked here; ``off_at`` single mentions, as the block's id, the name with its first letter
    capitalised, and how many of that name stand before it in the block; ``chosen`` says which topic a shared name means.
    """

    off: frozenset[int] = frozenset()
    off_at: frozenset[tuple[str, str, int]] = frozenset()
    chosen: tuple[tuple[str, int], ...] = ()

    @property
    def topics(self) -> frozenset[int]:
        """The topics that the choices name."""
        return self.off | {topic for _, topic in self.chosen}


@dataclass(frozen=True, slots=True)
class CorrectionCopy:
    """A dated, numbered note that stays for good (Dewan Pers, Pedoman Pemberitaan Media Siber, point 4).

    ``by`` is whose reply it is; ``reply`` the reply as a story of its own, where readers have that.
    """

    number: int
    kind: CorrectionKind
    at: datetime
    text: str
    by: str = ""
    reply: StoryLink | None = None


@dataclass(frozen=True, slots=True)
class AlsoChoices:
    """What an editor decided about read-also that comes by itself: at most ``cap`` in the story, never a ``banned`` one."""

    cap: int | None = None
    banned: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Verifying:
    """What the newsroom is still verifying, and since when: readers are told until it is settled."""

    since: datetime
    note: str


@dataclass(frozen=True, slots=True)
class HomeCopy:
    """Where a story that another site carries is at home: ``url`` is its whole address there, ``front`` the site's."""

    site_id: int
    name: str
    language: str
    front: str
    url: str


@dataclass(frozen=True, slots=True)
class VersionCopy:
    """The same story in another language; ``original`` is the one that the others are versions of."""

    story_id: int
    language: str
    url: str
    original: bool


@dataclass(frozen=True, slots=True)
class StoryCopy:
    """One published story, as one site has it: its home (``home`` is None then), or another that carries it.

    ``path`` is its address on that site; section, label, topics and headlines are those that it has there. ``updated_at`` is set only when a reader was told something new after
    the first publication. ``depends`` names what else was looked at to make this copy ("photo:12", "story:9",
    "topic:4", "contributor:7", "section:3"): when one of them changes, this copy has changed.
    """

    id: int
    site_id: int
    section: SectionCopy
    path: str
    label: TopicCopy | None
    headline: str
    list_headline: str
    standfirst: str
    credits: tuple[Credit, ...]
    lead: Picture | None
    lead_caption: str
    body: tuple[Block, ...]
    topics: tuple[TopicCopy, ...]
    dateline: str
    source_kind: SourceKind
    source_name: str
    source_url: str
    published_at: datetime
    updated_at: datetime | None
    corrections: tuple[CorrectionCopy, ...]
    search_title: str
    search_text: str
    share_title: str
    share_text: str
    revision: int = 0
    depends: frozenset[str] = field(default_factory=frozenset)
    also: AlsoChoices = AlsoChoices()
    reply_to: tuple[StoryLink, ...] = ()
    verifying: Verifying | None = None
    choices: MentionChoices = field(default_factory=MentionChoices)
    home: HomeCopy | None = None
    versions: tuple[VersionCopy, ...] = ()
    picked_at: datetime | None = None

    @property
    def gallery(self) -> tuple[Picture, ...]:
        """The pictures of its galleries: with any, it is a photo story."""
        return tuple(one for block in self.body if isinstance(block, Gallery) for one in block.pictures)

    @property
    def has_video(self) -> bool:
        """Whether something to watch is embedded: then it is a video story."""
        return any(isinstance(block, Embed) and is_video(block.url) for block in self.body)

    @property
    def cover(self) -> Picture | None:
        """The picture that stands for it: the lead, or else the first of its body."""
        inline = (block.picture for block in self.body if isinstance(block, PhotoBlock))
        return self.lead or next(iter(self.gallery), None) or next(inline, None)


@dataclass(frozen=True, slots=True)
class WithdrawnCopy:
    """What is left in public of a withdrawn story: that it was there, and why it is gone."""

    id: int
    site_id: int
    path: str
    headline: str
    at: datetime
    reason: str
    corrections: tuple[CorrectionCopy, ...] = ()
