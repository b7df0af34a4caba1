from __future__ import annotations

import socket
import sys

import pytest

from redaksi.newsstand.patience import LEAST_BYTES, LOOK_SECONDS, PATIENCE_SECONDS, Usher

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells what a connection waits for"
)

MUCH = b"x" * (8 << 20)


@pytest.fixture
def reader():
    """A reader with a small window, and our end of the connection, filled until nothing more goes in."""
    with socket.socket() as listening, socket.socket() as theirs:
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        theirs.connect(listening.getsockname())
        ours, _ = listening.accept()
        with ours:
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
            ours.setblocking(False)
            ours.send(MUCH)
            yield theirs, ours


def is_open(ours):
    try:
        ours.send(b"x")
    except BlockingIOError:
        return True
    except OSError:
        return False
    return True


def take(theirs, count):
    while count > 0:
        count -= len(theirs.recv(min(count, 65536)))


def test_who_takes_nothing_is_let_go_after_a_while(reader):
    usher = Usher()
    for now in range(0, int(PATIENCE_SECONDS), 5):
        assert usher.look(now, crowded=False) == 0
    assert usher.look(PATIENCE_SECONDS, crowded=False) == 1
    assert not is_open(reader[1])


def test_a_crowded_worker_waits_for_two_looks(reader):
    usher = Usher()
    assert usher.look(0, crowded=True) == 0
    assert usher.look(LOOK_SECONDS, crowded=True) == 1


def test_who_takes_something_is_waited_for(reader):
    theirs, ours = reader
    usher = Usher()
    for now in range(0, 4 * int(PATIENCE_SECONDS), 10):
        assert usher.look(now, crowded=False) == 0
        # What is confirmed comes in steps, when there is room for a segment or two.
        take(theirs, 16 * LEAST_BYTES)
    assert is_open(ours)


def test_who_waits_between_two_requests_is_none_of_its_business():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        theirs = socket.create_connection(listening.getsockname())
        ours, _ = listening.accept()
        with theirs, ours:
            usher = Usher()
            assert [usher.look(now, crowded=True) for now in (0, 60, 120)] == [0, 0, 0]
            assert is_open(ours)
