from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from redaksi.network.colour import contrast, contrast_problem


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#2a3b96", "#2a3b96", 1)],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


def test_a_faint_colour_is_refused_with_its_ratio():
    assert contrast_problem("#767676", dark=False) is None
    assert "4.5" in str(contrast_problem("#777777", dark=False))
    assert contrast_problem("#777777", dark=True) is not None
    assert contrast_problem("#a9b5f5", dark=True) is None


@pytest.mark.parametrize(
    "facts",
    [{"colour": "#ffff00"}, {"colour_dark": "#101010"}, {"colour": "red"}, {"time_zone": "Asia/Bandung"}],
)
def test_a_site_is_not_saved_in_what_cannot_be_read(kentongan, facts):
    for name, value in facts.items():
        setattr(kentongan, name, value)
    with pytest.raises(ValidationError) as refused:
        kentongan.full_clean()
    assert list(refused.value.message_dict) == list(facts)
