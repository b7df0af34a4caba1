"""One module a format. Each turns bytes into frozen data and knows neither the record nor another format."""

from __future__ import annotations
