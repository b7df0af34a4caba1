"""When the desk can't do what was asked: said in words that help whoever was writing, whatever has broken.

Nothing here asks the database, which may be what has broken. A full disk has a sentence of its own, since somebody can do something
about it; a change that met it was undone as a whole.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
import sys
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

#: SQLite's codes for a write that the disk didn't take; PostgreSQL's for the same.
_SQLITE_FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
_POSTGRES_FULL = "53100"
_ERRNOS_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


#: Bytes: with less than this the desk and `redaksi check` warn, while there is still time.
LEAST_FREE = 256 << 20


def nearly_full(folder: Path) -> bool:
    """Whether there is hardly any room left where the data home stands."""
    return folder.exists() and shutil.disk_usage(folder).free < LEAST_FREE


def server_error(_request: HttpRequest) -> HttpResponse:
    """Django's handler for what nobody caught: 507 (RFC 4918, 11.5) where the disk is full, else 500."""
    full = is_full(sys.exc_info()[1])
    return HttpResponse(render_to_string("500.html", {"full": full}), status=507 if full else 500)


def is_full(error: BaseException | None) -> bool:
    """Whether an error, or what brought it about, says that nothing more can be written."""
    while error is not None:
        if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _SQLITE_FULL:
            return True
        if getattr(error, "sqlstate", None) == _POSTGRES_FULL:
            return True
        if isinstance(error, OSError) and error.errno in _ERRNOS_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False
