"""The command line: every command with its words; one parser, one way to fail."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence

from services.refusals import Denied
from services.store import StoreError
from settings import BadSetting

from . import accounts, figures, keeping, register, scenarios, verdicts
from .answers import WRONG, WrongUse, say


def main(words: Sequence[str]) -> int:
    """Run one command; the exit code comes back (0 done, 1 refused, 2 wrong use)."""
    # A command lives for seconds and makes a million small values that point at nothing back:
    # looking through them for circles would take as long as the work itself.
    gc.disable()
    options = _parser().parse_args(words)
    try:
        code: int = options.run(options)
    except (WrongUse, BadSetting, StoreError) as error:
        say(str(error))
        return WRONG
    except Denied as error:
        say(f"{error.who}: không có quyền ({error.action})")
        return 1
    except BrokenPipeError:  # the reader of a pipe has left, as `| head` does
        sys.stderr.close()
        return 0
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="manage.py", description="Theo dõi chỉ tiêu: dòng lệnh / the dashboard's shell."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for add in (keeping.add, register.add, figures.add, verdicts.add, accounts.add, scenarios.add):
        add(commands)
    return parser
