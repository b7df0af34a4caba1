"""What granian loads in the desk's worker process: the desk, which ends with the server process that started it.

An orphan would keep the port, and half of the desk's requests, when that process is killed and started again.
"""

from __future__ import annotations

import signal

from redaksi.config.wsgi import application
from redaksi.stories.crew import end_with_parent

__all__ = ["application"]

end_with_parent(signal.SIGKILL)
