"""`python -m redaksi.newsstand`: serve readers, as the environment says (see `serve`)."""

from __future__ import annotations

import os
import sys

from redaksi.newsstand.serve import SettingError, Settings, start

if __name__ == "__main__":
    try:
        settings = Settings.from_environment(os.environ)
    except SettingError as error:
        sys.exit(str(error))
    start(settings)
