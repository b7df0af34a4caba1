"""WordPress eXtended RSS (WXR), the file that WordPress's Tools > Export writes.

`reader.read` turns the file into a stream of the frozen entries of `entries`, one at a time, so that an archive of
any size needs the memory of its largest item. Versions 1.0 to 1.2 of the format differ only in their namespace.
"""

from __future__ import annotations
