"""Setting up on a bare machine: which uv is taken from an index, in both forms that an index has, and what is refused."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "setup.py"
#: Names as PyPI has them, the newest first to be read last.
OLD = "uv-0.9.30-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
NEW = "uv-0.13.9-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
OTHERS = [
    "uv-0.14.0-py3-none-win_amd64.whl",
    "uv-0.14.0-py3-none-musllinux_1_1_x86_64.whl",
    "uv-0.14.0-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.whl",
    "uv-0.14.0rc1-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "uv-0.14.0.tar.gz",
    "uv_build-0.14.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
]


@pytest.fixture
def setup(monkeypatch):
    spec = importlib.util.spec_from_file_location("setup_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(module.platform, "libc_ver", lambda: ("glibc", "2.36"))
    for name in ("UV_DEFAULT_INDEX", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    return module


def test_the_newest_uv_for_this_machine_is_found_on_a_page_of_html(setup, tmp_path):
    (tmp_path / "uv").mkdir()
    names = [NEW, OLD, *OTHERS]
    page = "".join(f'<a href="../files/{name}#sha256={len(name):064d}">{name}</a>' for name in names)
    (tmp_path / "uv" / "index.html").write_text(f"<!doctype html><title>uv</title>{page}")
    found = setup.best_wheel(setup.links(f"{tmp_path.as_uri()}/uv/"))
    assert found == (f"{tmp_path.as_uri()}/files/{NEW}", f"{len(NEW):064d}")


def test_the_newest_uv_for_this_machine_is_found_on_a_page_of_json(setup, monkeypatch):
    files = [
        {"url": f"https://files.example/{name}", "hashes": {"sha256": "ab"}, "yanked": False}
        for name in (OLD, NEW)
    ]
    withdrawn = {
        "url": f"https://files.example/{NEW.replace('0.13.9', '0.13.10')}",
        "hashes": {},
        "yanked": "broken",
    }
    monkeypatch.setattr(setup, "fetch", lambda _url: json.dumps({"files": [*files, withdrawn]}).encode())
    assert setup.best_wheel(setup.links("https://index.example/uv/")) == (
        f"https://files.example/{NEW}",
        "ab",
    )


def test_a_uv_that_is_too_old_for_our_lock_file_is_none(setup):
    assert setup.best_wheel([(f"https://files.example/{OLD.replace('0.9.30', '0.4.1')}", "")]) is None


def test_a_wheel_with_another_digest_is_refused(setup, monkeypatch):
    monkeypatch.setattr(setup, "links", lambda _page: [(f"https://files.example/{NEW}", "0" * 64)])
    monkeypatch.setattr(setup, "fetch", lambda _url: b"something else")
    with pytest.raises(SystemExit, match="its digest differs"):
        setup.download_uv(["https://index.example/simple"])


def test_an_index_that_cannot_be_reached_is_told_and_the_next_one_asked(setup, monkeypatch, tmp_path, capsys):
    wheel = (f"https://files.example/{NEW}", "")
    real = setup.links
    monkeypatch.setattr(setup, "links", lambda page: [wheel] if page.startswith("https:") else real(page))
    monkeypatch.setattr(
        setup, "fetch", lambda url: b"a wheel" if url == wheel[0] else Path(url[7:]).read_bytes()
    )
    assert setup.download_uv([tmp_path.as_uri(), "https://index.example/simple"]) == b"a wheel"
    assert "No such file" in capsys.readouterr().err


def test_pip_s_settings_name_the_index(setup, monkeypatch, tmp_path):
    settings = tmp_path / "pip.conf"
    settings.write_text(
        "[global]\nindex-url = https://mirror.example/simple\nextra-index-url = https://own.example/simple\n"
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    assert setup.indexes() == ["https://mirror.example/simple", "https://own.example/simple"]
    monkeypatch.setenv("PIP_INDEX_URL", "https://nearer.example/simple")
    assert setup.indexes()[0] == "https://nearer.example/simple"
