"""The entry point: reads the verb, makes Django ready where the verb needs it, and hands over.

The modules of the verbs are loaded only after Django is ready, and only the one that is asked for: a table of names, not
a search through the package.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import Protocol, cast

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import Error as DatabaseError

from redaksi.config.environment import SettingError


class Verb(Protocol):
    """What a verb's module has."""

    def arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


#: Verb, its module, and its line in the help.
VERBS = {
    "init": ("redaksi.cli.init", "make the data home: folders, secret key, database"),
    "run": ("redaksi.cli.run", "serve readers and the desk, and print what changes"),
    "press": ("redaksi.cli.press", "print what changed; with --all everything, into a new shelf"),
    "demo": ("redaksi.cli.demo", "make the demo network in an empty data home"),
    "synth": ("redaksi.cli.synth", "fill an empty data home with invented stories, as many as you like"),
    "import": ("redaksi.cli.bring", "bring a WordPress archive (WXR) into a site"),
    "user": ("redaksi.cli.user", "make an account at the desk and give it a role"),
    "check": ("redaksi.cli.check", "look at settings, database, shelf and outbox, and say what is wrong"),
}


def main(argv: list[str] | None = None) -> int:
    """Run the command; the exit status is 0 when it did what was asked, 1 when not, 2 for a wrong call."""
    words = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(prog="redaksi", description="A news network in a box.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, (_, help_line) in VERBS.items():
        verbs.add_parser(name, help=help_line, description=help_line, add_help=False)
    known, rest = parser.parse_known_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redaksi.config.settings")
    try:
        django.setup()
        module = cast("Verb", import_module(VERBS[known.verb][0]))
        own = argparse.ArgumentParser(prog=f"redaksi {known.verb}", description=VERBS[known.verb][1])
        module.arguments(own)
        return module.run(own.parse_args(rest))
    except (SettingError, ImproperlyConfigured) as error:
        print(f"redaksi: {error}", file=sys.stderr)
        return 1
    except DatabaseError as error:
        print(f"redaksi: the database says: {str(error).strip()}. Was redaksi init run?", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
