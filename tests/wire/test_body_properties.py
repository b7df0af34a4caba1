"""Whatever HTML comes: no word is lost, and nothing that a browser would run comes through."""

from __future__ import annotations

import json
import re
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import chance
from redaksi.wire.body.elements import FactBox, Paragraph, Quote, text_of
from redaksi.wire.body.wordpress import Body, convert
from redaksi.wire.formats.wxr.entries import Item
from redaksi.wire.formats.wxr.reader import read

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
H5SC = DATA / "hostile" / "h5sc" / "items.json"
HOLDING = "p div b i a span ul ol li blockquote h2 h3 figure figcaption table tr td th details summary pre center cite button".split()
ALLOWED = {"b", "i", "a", "br", "ul", "ol", "li"}


def words_of(body: Body) -> list[str]:
    text = " ".join(
        [*(text_of(each) for each in body.elements), *(f"{loss.what} {loss.detail}" for loss in body.losses)]
    )
    return re.findall(r"kata\d+", text)


def markup_of(body: Body) -> str:
    parts: list[str] = []
    for each in body.elements:
        match each:
            case Paragraph(html=html):
                parts.append(html)
            case Quote(paragraphs=paragraphs):
                parts.extend(paragraphs)
            case FactBox(parts=inner):
                parts.extend(inner)
    return "\n".join(parts)


@st.composite
def contents(draw: st.DrawFn) -> tuple[str, int]:
    """HTML of any shape, well nested or not, each of whose words is there once: (the HTML, how many words)."""
    pieces: list[str] = []
    count = 0
    for _ in range(draw(st.integers(1, 40))):
        kind = draw(
            st.sampled_from(["word", "open", "close", "break", "lines", "block", "image", "shortcode"])
        )
        tag = draw(st.sampled_from(HOLDING))
        match kind:
            case "word":
                pieces.append(f" kata{count} ")
                count += 1
            case "open":
                pieces.append(f"<{tag}>")
            case "close":
                pieces.append(f"</{tag}>")
            case "break":
                pieces.append("<br>")
            case "lines":
                pieces.append("\n\n")
            case "block":
                name = draw(st.sampled_from(["paragraph", "group", "acme/x", "quote", "list"]))
                pieces.append(
                    draw(
                        st.sampled_from(
                            [f"<!-- wp:{name} -->", f"<!-- /wp:{name} -->", f"<!-- wp:{name} /-->"]
                        )
                    )
                )
            case "image":
                pieces.append(f'<img src="https://k.example/{count}.jpg" alt="kata{count}">')
                count += 1
            case "shortcode":
                pieces.append(f"[box a=1]kata{count}[/box]")
                count += 1
    return "".join(pieces), count


@given(contents())
@settings(max_examples=chance.examples(400), deadline=None)
def test_every_word_of_a_content_comes_in_once_or_is_reported(content):
    markup, count = content
    found = words_of(convert(markup))
    assert set(found) == {f"kata{number}" for number in range(count)}, markup


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
@settings(max_examples=chance.examples(200), deadline=None)
def test_any_text_at_all_is_read_without_an_error(text):
    convert(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "<",
                ">",
                "[",
                "]",
                "/",
                "caption",
                "gallery",
                " ",
                "=",
                '"',
                "<!--",
                "-->",
                " wp:a ",
                "<a href=",
                "x",
            ]
        ),
        max_size=60,
    )
)
@settings(max_examples=chance.examples(300), deadline=None)
def test_any_broken_markup_is_read_without_an_error(parts):
    assert_harmless(convert("".join(parts)))


def assert_harmless(body: Body) -> None:
    for element in lxml.html.fragment_fromstring(markup_of(body), create_parent="div").iterdescendants():
        assert element.tag in ALLOWED
        assert set(element.attrib) <= {"href"}
        assert re.match(r"(https?:|mailto:|tel:|/(?!/))", element.get("href", "/")), element.get("href")
    for each in body.elements:
        assert not re.match(r"\s*(javascript|data|vbscript):", getattr(each, "url", ""), re.IGNORECASE)


@pytest.mark.skipif(not H5SC.exists(), reason="the hostile vectors are not here")
def test_nothing_executable_survives_of_the_known_vectors():
    payloads = {
        "%js_uri_alert%": "javascript:alert(1)",
        "%js_alert%": "alert(1)",
        "%script_uri%": "https://evil.example/x.js",
    }
    for vector in json.loads(H5SC.read_text("utf-8")):
        data = vector["data"]
        for name, value in payloads.items():
            data = data.replace(name, value)
        for content in (
            data,
            f"<p>{data}</p>",
            f"[caption]{data}[/caption]",
            f"<!-- wp:html -->{data}<!-- /wp:html -->",
        ):
            assert_harmless(convert(content))


@pytest.mark.skipif(not DATA.exists(), reason="the shared test archives are not here")
def test_every_shared_content_keeps_its_words():
    for file in sorted((DATA / "wxr").rglob("*.xml")):
        with file.open("rb") as source:
            items = [each for each in read(source, file.name) if isinstance(each, Item)]
        for item in items:
            body = convert(item.content)
            assert_harmless(body)
            bare = re.sub(
                r" <!--.*?-->|\[[^\]]*\]|<(script|style)\b.*?</\1 *>",
                " ",
                item.content.replace("<", " <"),
                flags=re.DOTALL,
            )
            shown = set(
                re.findall(
                    r"[a-z]{4,}",
                    lxml.html.fragment_fromstring(bare, create_parent="div").text_content().lower(),
                )
            )
            kept = " ".join(
                [
                    *(text_of(each) for each in body.elements),
                    *(f"{loss.what} {loss.detail}" for loss in body.losses),
                ]
            ).lower()
            assert {word for word in shown if word not in kept} == set(), (file.name, item.title)
