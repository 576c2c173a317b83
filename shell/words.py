"""Words that several commands take."""

from __future__ import annotations

import argparse
from typing import TypeAlias

# argparse has no public name for what add_subparsers gives.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def json_word(parser: argparse.ArgumentParser) -> None:
    """--json: one document on standard output."""
    parser.add_argument("--json", action="store_true", help="one JSON document")


def as_of_word(parser: argparse.ArgumentParser, what: str = "read the store as of") -> None:
    """--as-of T: a day or a time with offset."""
    parser.add_argument("--as-of", metavar="T", help=f"{what} a day or a time with offset")


def by_word(parser: argparse.ArgumentParser) -> None:
    """--by NAME: who does it."""
    parser.add_argument("--by", default="", metavar="NAME", help="who is recorded")
