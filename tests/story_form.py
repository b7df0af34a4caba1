"""What the browser sends from the story's form, for tests that send it without a browser."""

from __future__ import annotations

import json
from typing import Any

from django.urls import reverse

from redaksi.stories.models import Story


def block(number: int, text: str, kind: str = "paragraph", key: str = "") -> dict[str, str]:
    value = json.dumps(
        {
            "blocks": [
                {
                    "key": "a1",
                    "text": text,
                    "type": "unstyled",
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [],
                }
            ],
            "entityMap": {},
        }
    )
    return {
        f"body-{number}-deleted": "",
        f"body-{number}-order": str(number),
        f"body-{number}-type": kind,
        f"body-{number}-id": key,
        f"body-{number}-value": value if kind == "paragraph" else text,
    }


def sent(story: Story | None = None, **facts: Any) -> dict[str, Any]:
    """What the form sends."""
    texts = facts.pop("texts", ["Gelombang menahan feri di dermaga."])
    names = facts.pop("names", [])
    data: dict[str, Any] = {
        "headline": "Feri Tertahan", "standfirst": "", "lead_caption": "", "dateline": "", "source_kind": "own",
        "source_name": "", "source_url": "", "slug": "", "list_headline": "", "search_title": "", "search_text": "",
        "share_title": "", "share_text": "", "expire_at": "", "lead_photo": "", "label": "",
        "body-count": str(len(texts)), "bylines-TOTAL_FORMS": str(len(names)), "bylines-INITIAL_FORMS": "0",
        "bylines-MIN_NUM_FORMS": "0", "bylines-MAX_NUM_FORMS": "1000",
    }  # fmt: skip
    for number, text in enumerate(texts):
        data |= block(number, text)
    for number, person in enumerate(names):
        data |= {
            f"bylines-{number}-contributor": person.pk,
            f"bylines-{number}-role": "writer",
            f"bylines-{number}-ORDER": number + 1,
            f"bylines-{number}-id": "",
            f"bylines-{number}-DELETE": "",
        }
    if story is not None:
        data["section"] = story.section_id
        data["loaded_revision_id"] = story.latest_revision_id
        data["loaded_revision_created_at"] = story.latest_revision.created_at.isoformat()
    return data | facts


def edit(story: Story) -> str:
    return reverse("desk_story:edit", args=[story.pk])
