from __future__ import annotations

import pytest

from redaksi.config import environment
from redaksi.config.environment import SettingError, database


@pytest.mark.parametrize("raw", ["", "8 0", "-1", "70000", "1.5", "x", "0"])
def test_a_number_that_makes_no_sense_is_named_with_its_value(raw, monkeypatch):
    monkeypatch.setenv("PORT", raw)
    if raw == "":
        assert environment.number("PORT", 8000) == 8000
        return
    with pytest.raises(SettingError, match=f"PORT='{raw}'"):
        environment.number("PORT", 8000, least=1, most=65535)


def test_words_are_parted_by_commas(monkeypatch):
    monkeypatch.setenv("REDAKSI_DESK_HOSTS", " a.id, ,b.id,")
    assert environment.words("REDAKSI_DESK_HOSTS", "x") == ["a.id", "b.id"]


def test_without_an_address_the_record_is_a_file_in_the_data_home(tmp_path):
    made = database("", tmp_path)
    assert made["NAME"] == tmp_path / "desk.sqlite3"
    assert database(f"sqlite:///{tmp_path}/lain.sqlite3", tmp_path)["NAME"] == tmp_path / "lain.sqlite3"


def test_an_address_of_postgresql_is_taken_apart(tmp_path):
    made = database("postgresql://re%40daksi:p%3Ass@db.example.id:5433/warta%20baru", tmp_path)
    assert (made["USER"], made["PASSWORD"], made["HOST"], made["PORT"], made["NAME"]) == (
        "re@daksi", "p:ss", "db.example.id", "5433", "warta baru",
    )  # fmt: skip
    assert database("postgres://u:@/w?host=%2Frun%2Fpg", tmp_path)["HOST"] == "/run/pg"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:rahasia@h/w",
        "postgresql://u:rahasia@h:x/w",
        "postgresql://u:rahasia@h",
        "postgresql://[u:rahasia@h/w",
        "kata",
    ],
)
def test_an_address_that_makes_no_sense_is_named_without_its_password(url, tmp_path):
    with pytest.raises(SettingError, match="DATABASE_URL") as refused:
        database(url, tmp_path)
    assert "rahasia" not in str(refused.value)
