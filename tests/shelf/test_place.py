from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest

from redaksi.shelf.inventory import contents
from redaksi.shelf.pieces import press_piece
from redaksi.shelf.place import current_file, discard_unfinished, make_file, pack, swap_in
from redaksi.shelf.reader import ShelfReader
from redaksi.shelf.schema import ShelfError, ShelfFormatError, ShelfMissingError
from redaksi.shelf.writer import ShelfWriter

STEPS = ["settled", "linked", "switched", "swept"]

KILLED_AT = """
import os, signal, sys
from pathlib import Path
from redaksi.shelf.pieces import press_piece
from redaksi.shelf.place import swap_in
from redaksi.shelf.writer import ShelfWriter
pointer = Path(sys.argv[1])
def told(step):
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)
shelf = ShelfWriter(pointer, fresh=True)
with shelf.transaction() as t:
    t.put_piece(1, "top", press_piece("baru"))
    if sys.argv[2] == "writing":
        os.kill(os.getpid(), signal.SIGKILL)
shelf.close()
told("closed")
swap_in(shelf.path, pointer, told)
"""


@pytest.fixture
def pointer(tmp_path):
    pointer = tmp_path / "data rumah#1" / "shelf.sqlite3"
    with ShelfWriter(pointer) as shelf:
        put_top(shelf, "lama")
    return pointer


def put_top(shelf, text):
    with shelf.transaction() as t:
        t.put_piece(1, "top", press_piece(text))


def top(reader):
    with reader.look():
        return reader.piece(1, "top").text()


def press_afresh(pointer, text):
    with ShelfWriter(pointer, fresh=True) as shelf:
        put_top(shelf, text)
    swap_in(shelf.path, pointer)


def files(pointer):
    return sorted(path.name for path in pointer.parent.iterdir())


def test_a_reader_follows_a_swap(pointer):
    with ShelfReader(pointer) as reader:
        assert top(reader) == "lama"
        press_afresh(pointer, "baru")
        assert top(reader) == "baru"
        press_afresh(pointer, "lebih baru")
        assert top(reader) == "lebih baru"


def test_a_reader_in_the_middle_of_a_look_goes_on_with_the_old_file(pointer):
    with ShelfReader(pointer) as reader, reader.look():
        press_afresh(pointer, "baru")
        assert reader.piece(1, "top").text() == "lama"


def test_a_writer_follows_a_swap(pointer):
    with ShelfWriter(pointer) as shelf, ShelfReader(pointer) as reader:
        press_afresh(pointer, "baru")
        put_top(shelf, "terbaru")
        assert top(reader) == "terbaru"


def test_a_state_is_another_after_a_swap_with_the_same_content(pointer):
    with ShelfReader(pointer) as reader:
        with reader.look() as before:
            pass
        press_afresh(pointer, "lama")
        with reader.look() as after:
            assert after != before


def test_the_old_file_and_its_logs_are_gone_after_a_swap(pointer):
    press_afresh(pointer, "baru")
    assert files(pointer) == ["shelf-2.sqlite3", "shelf.lock", "shelf.sqlite3"]


def test_a_plain_file_in_the_pointers_place_is_read_written_and_swapped_away(pointer):
    restored = current_file(pointer)
    restored.rename(pointer)
    with ShelfWriter(pointer) as shelf, ShelfReader(pointer) as reader:
        put_top(shelf, "pulih")
        assert top(reader) == "pulih"
        press_afresh(pointer, "baru")
        assert top(reader) == "baru"
    assert "shelf.sqlite3-wal" not in files(pointer)


@pytest.mark.process
@pytest.mark.parametrize("step", ["writing", "closed", *STEPS])
def test_killed_at_any_step_of_a_swap_the_shelf_is_the_old_or_the_new_one_whole(pointer, step):
    with ShelfReader(pointer) as reader:
        assert top(reader) == "lama"
        killed = subprocess.run([sys.executable, "-c", KILLED_AT, pointer, step], check=False)
        assert killed.returncode == -signal.SIGKILL
        expected = "baru" if step in ("switched", "swept") else "lama"
        assert top(reader) == expected
        assert contents(pointer) == {"piece 1 top": expected}
    with ShelfWriter(pointer) as shelf:  # and life goes on
        put_top(shelf, "esok")
    press_afresh(pointer, "lusa")
    discard_unfinished(pointer)
    assert contents(pointer) == {"piece 1 top": "lusa"}
    current = current_file(pointer).name
    left_over = [
        name for name in files(pointer) if not name.startswith((current, "shelf.lock", "shelf.sqlite3"))
    ]
    assert left_over == []


@pytest.mark.process
def test_a_writer_killed_in_a_transaction_leaves_the_shelf_as_it_was(pointer):
    script = KILLED_AT.replace("pointer, fresh=True", "pointer")
    killed = subprocess.run([sys.executable, "-c", script, pointer, "writing"], check=False)
    assert killed.returncode == -signal.SIGKILL
    with ShelfReader(pointer) as reader:
        assert top(reader) == "lama"


def test_readers_go_on_through_many_swaps(pointer):
    seen, stop, wrong = set(), threading.Event(), []

    def read():
        with ShelfReader(pointer) as reader:
            while not stop.is_set():
                try:
                    seen.add(top(reader))
                except Exception as error:  # noqa: BLE001 - whatever it is, it is what the test looks for
                    wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(15):
        press_afresh(pointer, f"edisi {number}")
    while "edisi 14" not in seen and not wrong:
        pass
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_there_is_nothing_to_read_before_the_press_has_run(tmp_path):
    with ShelfReader(tmp_path / "shelf.sqlite3") as reader:
        with pytest.raises(ShelfMissingError, match="press --all"):
            reader.begin_look()
        with ShelfWriter(tmp_path / "shelf.sqlite3") as shelf:
            put_top(shelf, "pertama")
        assert top(reader) == "pertama"


def test_a_reader_goes_on_with_what_it_holds_when_the_pointer_is_gone(pointer):
    with ShelfReader(pointer) as reader:
        assert top(reader) == "lama"
        pointer.unlink()
        assert top(reader) == "lama"


def test_a_shelf_of_another_format_is_refused_with_both_formats_named(pointer):
    with closing(sqlite3.connect(current_file(pointer))) as connection, connection:
        connection.execute("UPDATE meta SET value = '9' WHERE name = 'format'")
    with ShelfReader(pointer) as reader, pytest.raises(ShelfFormatError, match=r"format 9.*reads 5"):
        reader.begin_look()
    with pytest.raises(ShelfFormatError, match="format 9"):
        ShelfWriter(pointer)


def test_a_file_that_is_no_shelf_is_refused(pointer):
    current_file(pointer).write_bytes(b"bukan rak" * 1000)
    with ShelfReader(pointer) as reader, pytest.raises(ShelfFormatError, match="not a shelf"):
        reader.begin_look()


def test_a_missing_or_open_file_is_not_swapped_in(pointer):
    with pytest.raises(ShelfError, match="missing"):
        swap_in(pointer.with_name("shelf-9.sqlite3"), pointer)
    new = make_file(pointer)
    with closing(sqlite3.connect(new, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO meta VALUES ('a', 'b')")
        with pytest.raises(ShelfError, match="still being written"):
            swap_in(new, pointer)
    assert contents(pointer) == {"piece 1 top": "lama"}


def test_a_number_is_not_used_again_after_a_file_was_discarded(pointer):
    make_file(pointer)
    discard_unfinished(pointer)
    press_afresh(pointer, "baru")
    assert current_file(pointer).name == "shelf-2.sqlite3"


def test_a_packed_shelf_holds_the_same_in_fewer_bytes(pointer):
    with closing(ShelfWriter(pointer, fresh=True)) as writer:
        for start in (0, 1):
            with writer.transaction() as t:
                for story in range(start, 4000, 2):
                    t.set_rows(story, [(1, "latest", story * 997 % 4000)])
    before = writer.path.stat().st_size
    pack(writer.path)
    swap_in(writer.path, pointer)
    assert pointer.stat().st_size < before
    assert not pointer.with_name("shelf.packed").exists()
    with ShelfWriter(pointer) as again, again.transaction() as t:
        assert t.rows_of(7) == [(1, "latest", 7 * 997 % 4000)]
        t.put_row(site=1, name="latest", at=5000, story=7)
    with ShelfReader(pointer) as reader, reader.look():
        assert reader.stories(1, "latest", until=6000, count=1) == [7]
