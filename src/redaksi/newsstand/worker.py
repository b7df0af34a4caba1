"""What granian loads in each worker process: a newsstand over the data folder that the environment names."""

from __future__ import annotations

import os

from redaksi.newsstand.app import Newsstand
from redaksi.newsstand.serve import Settings

newsstand = Newsstand(Settings.from_environment(os.environ).home)
