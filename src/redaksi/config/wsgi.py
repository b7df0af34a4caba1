"""The desk as a WSGI application, as each of the server's workers loads it."""

from __future__ import annotations

import ctypes
import os
import signal

from django.core.wsgi import get_wsgi_application

#: Linux, prctl(2). A server that is killed while a worker is still starting would leave it behind, holding the desk's port.
_PR_SET_PDEATHSIG = 1

ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redaksi.config.settings")
application = get_wsgi_application()
