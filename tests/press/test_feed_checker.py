"""The checker of feeds is real: it finds in the W3C's test cases what they name, and lets pass what they let pass."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from feedcheck import json_feed
from feedcheck.checker import check

FEEDS = Path(__file__).resolve().parents[2].parent / "shared/data/feeds"
pytestmark = pytest.mark.skipif(
    not FEEDS.is_dir(), reason=f"the cases of the Feed Validator are not at {FEEDS}"
)

#: Errors (and warnings, last) that could concern what we write. Each is found by its name in a case at least.
CHECKED = """
AtomLinkNotEmpty BadXmlVersion DuplicateAtomLink DuplicateElement DuplicateIds DuplicateValue InvalidAddrSpec InvalidBooleanAttribute
InvalidContact InvalidDoctype InvalidFullLink InvalidHeight InvalidHttpGUID InvalidInteger InvalidIntegerAttribute InvalidLanguage
InvalidLink InvalidMIMEAttribute InvalidMIMEType InvalidMediaExpression InvalidMediaMedium InvalidMediaTextType InvalidNamespace
InvalidNonNegativeInteger InvalidPermalink InvalidPositiveInteger InvalidRFC2822Date InvalidRFC3339Date InvalidRSSVersion InvalidTAG
InvalidTextType InvalidURLAttribute InvalidURN InvalidUUID InvalidUriChar InvalidW3CDTFDate InvalidWidth
ItemMustContainTitleOrDescription MediaGroupWithoutAlternatives MediaRssNamespace MisplacedMetadata MissingAttribute
MissingContentOrAlternate MissingDescription MissingElement MissingHref MissingLink MissingNamespace MissingSummary MissingTitle
NotBase64 NotEscaped NotInANamespace ObsoleteNamespace SAXError UndefinedElement UnexpectedAttribute UnexpectedText
UnexpectedWhitespace UnicodeError UnknownEncoding UriNotIri
BadCharacters ContainsRelRef DangerousStyleAttr DuplicateEntries ImplausibleDate MissingGuid MissingSelf NotBlank NotHtml SecurityRisk
""".split()
#: What the service says in several words for one mistake of ours.
ALIKE = [
    {"InvalidLink", "InvalidFullLink", "InvalidUriChar", "UriNotIri", "InvalidURLAttribute", "UnexpectedWhitespace"},
    {"InvalidContact", "InvalidAddrSpec"},
    {"SAXError", "UnicodeError", "UnknownEncoding", "BadXmlVersion", "BadCharacters", "NotHtml"},
    {"InvalidHeight", "InvalidWidth", "InvalidInteger", "InvalidPositiveInteger", "InvalidNonNegativeInteger", "InvalidIntegerAttribute"},
    {"InvalidTextType", "InvalidMIMEType"},
    {"NotBlank", "InvalidPositiveInteger", "InvalidLanguage"},
]  # fmt: skip
#: What says that a case has something in it that no feed of ours may have at all.
REFUSED = {
    "UndefinedElement",
    "UnexpectedAttribute",
    "InvalidDoctype",
    "InvalidTextType",
    "MissingNamespace",
    "InvalidRSSVersion",
    "SAXError",
}
#: Why an error of the service is not looked for.
NOT_OURS = {
    "of OPML, RSS 1.0 and 1.1, iTunes, KML, FeedSync, Atom's publishing protocol and other forms that we don't write": """
        ConflictingCatAttr ConflictingCatChildren DeprecatedDTD InvalidRDF InvalidOPMLVersion InvalidItunesCategory InvalidItunesChannelType
        InvalidItunesEpisodeType InvalidDuration TooLong InvalidYesNo InvalidYesNoClean InvalidTrueFalse InvalidSseType InvalidNSS
        IntegerOverflow SinceAfterUntil MissingByAndWhenAttrs InvalidMetaContent InvalidMetaName InvalidAccessRestrictionRel NoThrWhen
        InvalidISO8601DateTime InvalidISO8601Date InvalidUpdatePeriod NoBlink InvalidCommaSeparatedIntegers InvalidLatitude
        InvalidLongitude InvalidCoord InvalidCoordList InvalidKmlCoordList InvalidKmlLatitude InvalidKmlLongitude InvalidKmlUnits
        InvalidAltitudeMode InvalidAngle InvalidColor InvalidColorMode InvalidExpansionState InvalidItemIconState InvalidListItemType
        InvalidRefreshMode InvalidViewRefreshMode InvalidStyleState InvalidZeroOne InvalidAlphanum InvalidContentMode InvalidCurrencyUnit
        InvalidFloatUnit InvalidFullLocation InvalidGender InvalidIntUnit InvalidLabel InvalidLocation InvalidMaritalStatus
        InvalidPaymentMethod InvalidPercentage InvalidPriceType InvalidRatingType InvalidReviewerType InvalidSalaryType
        InvalidSchemaFieldType InvalidServiceType InvalidLocalParameter InvalidLocalRole InvalidValue InvalidYear TooMany
        InvalidSyndicationRight UseZeroForUnknown NotURLEncoded""",
    "of elements that we don't write, which are refused": """
        InvalidDay InvalidHour EightDaysAWeek NotEnoughHoursInTheDay InvalidFormComponentName InvalidCountryCode InvalidCreditRole
        InvalidFloat InvalidMediaHash InvalidMediaRating InvalidMediaRestriction InvalidMediaRestrictionRel InvalidMediaRestrictionType
        InvalidNPTTime MissingXhtmlDiv CurrentNotSelfInCompleteFeed FeedRelInCompleteFeed LinkPastEnd""",
    "of the way to the feed, which tests of the newsstand look at": """
        CloudflareHttpError HttpError HttpErrorWithPossibleFeed HttpProtocolError HttpsProtocolError IOError ValidatorLimit InvalidEncoding
        WPBlankLine""",
    "said by another name in every case": """
        ContainsSystemEntity IncorrectDOW UndeclaredPrefix UndefinedNamedEntity InvalidIRI InvalidURI InvalidURIAttribute""",
}


def expectations():
    for line in (FEEDS / "expectations.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        part, of = case["path"].split("/")[1:3]
        if part in ("atom", "rss", "rss20", "xml") or (part, of) == ("ext", "media"):
            yield case


def names_in(case):
    return {event.name for event in check((FEEDS / case["path"]).read_bytes())}


def alike(event):
    return {event}.union(*(group for group in ALIKE if event in group))


@pytest.fixture(scope="module")
def cases():
    """The cases that name an event, by that event, each with what the checker found in it."""
    found = defaultdict(list)
    for case in expectations():
        if not case["must_not"]:
            found[case["event"]].append((case["path"], names_in(case)))
    return found


def test_every_error_of_the_service_is_looked_for_or_is_not_ours():
    errors = {path.stem for path in (FEEDS / "docs-xml/error").glob("*.xml")}
    not_ours = {name for names in NOT_OURS.values() for name in names.split()}
    assert errors - not_ours - set(CHECKED) == set()
    assert not_ours & set(CHECKED) == set()


@pytest.mark.parametrize("event", CHECKED)
def test_what_a_case_names_is_found_or_its_like_is_refused(cases, event):
    named = [path for path, names in cases[event] if names & alike(event)]
    missed = [path for path, names in cases[event] if not names & (alike(event) | REFUSED)]
    assert named
    assert missed == [path for path in missed if path.endswith(LET_PASS)]


#: Cases about which we think otherwise: that a picture has no more than 144 px is a rule for old programs; a date is far off only for
#: those who wrote the case in 2005; two letters that stand for one in another encoding can't be told from two letters.
LET_PASS = (
    "invalid_image_too_high.xml",
    "invalid_image_too_wide.xml",
    "pubDate_future.xml",
    "pubDate_past.xml",
    "xml_double_encoded.xml",
)


#: Where we are stricter than the service, on purpose (years have four digits, HTML has the tags that we use), or where the rest of a case is no whole feed.
STRICTER = {
    "DangerousStyleAttr", "UndefinedElement", "UnexpectedAttribute", "MissingSelf", "MissingElement", "InvalidContact", "DuplicateElement", "NotHtml", "InvalidRFC2822Date",
}  # fmt: skip


def test_what_the_service_lets_pass_is_not_complained_about():
    wrong = [
        case["path"]
        for case in expectations()
        if case["must_not"] and case["event"] in set(CHECKED) - STRICTER and case["event"] in names_in(case)
    ]
    assert wrong == []


def test_a_json_feed_is_read_field_by_field():
    item = {"id": "https://a.example/1", "content_text": "a"}
    whole = {"version": json_feed.VERSION, "title": "A", "items": [item]}

    def told(**changes):
        return json_feed.check(json.dumps(whole | changes).encode())

    assert json_feed.check(b"{") != []
    assert told(items=[]) == []
    assert told(version="1") == ["feed.version is '1'"]
    assert told(titel="x") == ["feed.titel is unknown"]
    assert told(title=" ") == ["feed.title is no text: ' '"]
    assert told(items=[{"id": "https://a.example/1"}])[0].endswith("[0] has no content")
    assert told(items=[item, item])[-1].endswith("comes twice")
    assert told(items=[item | {"date_published": "2026-11-14"}])[0].startswith(
        "feed.items [0].date_published InvalidRFC3339Date"
    )
    assert told(items=[item | {"content_html": "<script>x</script>"}])[0].endswith("SecurityRisk")
    assert told(authors=[{}]) == ["feed.authors [0] says nothing"]
