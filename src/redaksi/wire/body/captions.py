"""Takes the credit out of a caption: "Warga menyeberang. (Foto: Dok. Pemda)" has both in one line.

Newsrooms write credits at the end of a caption, after "Foto:", in brackets, or as an agency's signature
("ANTARA FOTO/Nama/ym."). Only what is certain is taken; everything else stays in the caption.
"""

from __future__ import annotations

import re

_LEAD = (
    r"(?:sumber\s+foto|kredit(?:\s+foto)?|credit|foto(?:grafer)?|photo(?:grapher)?|image|gambar|dok(?:umentasi)?\.?(?:\s+foto)?|"
    r"courtesy(?:\s+of)?)"
)
_BY = r"(?:\s*[:/]\s*|\s+(?:oleh|by|courtesy\s+of)\s*:?\s*)"
_LABELLED = re.compile(
    rf"(?:^|[\s(\[|–—-])({_LEAD}{_BY})([^()\[\]|]{{2,160}})[)\]]?\s*\.?\s*$", re.IGNORECASE
)
_AGENCY = (
    r"(?:ANTARA(?:\s+FOTO)?|Antara(?:\s+Foto)?|AFP|AP(?:\s+Photo)?|REUTERS|Reuters|EPA|Getty\s+Images|Xinhua|Bloomberg|"
    r"Kyodo|Anadolu)"
)
_SIGNED = re.compile(rf"[(\[]?\s*({_AGENCY}(?:\s*/\s*[^()\[\]]{{1,120}})?)[)\]]?\s*\.?\s*$")
_EDGES = " \t\n([|–—-"


def part(caption: str) -> tuple[str, str]:
    """Part a plain caption into the caption proper and its credit; either may be empty.

    The word before the credit ("Foto:") goes, except "Dok.", which belongs to the name of the archive.
    """
    tail = caption[-220:]
    signed = _SIGNED.search(tail)
    if signed and _begins(tail, signed.start()):
        return _before(caption, tail, signed.start()), signed.group(1).strip().rstrip(".")
    labelled = _LABELLED.search(tail)
    if labelled and (labelled.group(1)[0].isupper() or _begins(tail, labelled.start(1))):
        lead, name = labelled.group(1), labelled.group(2).strip().rstrip(".")
        credit = f"Dok. {name}" if lead.lower().startswith("dok") else name
        return _before(caption, tail, labelled.start()), credit
    bracketed = re.search(rf"[(\[]\s*({_AGENCY}[^()\[\]]{{0,120}})[)\]]\s*\.?\s*$", tail)
    if bracketed:
        return _before(caption, tail, bracketed.start()), bracketed.group(1).strip()
    return caption.strip(), ""


def _begins(tail: str, start: int) -> bool:
    """Whether something new begins here: at the start, in brackets, after a sentence or a dash."""
    return tail[:start].rstrip()[-1:] in {"", *'.!?([|–—”"'}


def _before(caption: str, tail: str, start: int) -> str:
    return caption[: len(caption) - len(tail) + start].rstrip(_EDGES)
