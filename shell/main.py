"""The command line: every command with its words; one parser, one way to fail."""

from __future__ import annotations

import argparse
import gc
import io
import sys
from collections.abc import Sequence

from i18n.words import words as translator
from services.refusals import Denied
from services.store import StoreError
from settings import BadSetting

from . import accounts, audit, figures, keeping, register, scenarios, verdicts, withdrawing
from .answers import WRONG, WrongUse, say


def main(words: Sequence[str]) -> int:
    """Run one command; the exit code comes back (0 done, 1 refused, 2 wrong use)."""
    # A command lives for seconds and makes a million small values that point at nothing back:
    # looking through them for circles would take as long as the work itself.
    gc.disable()
    _speak_utf8()
    options = _parser().parse_args(words)
    try:
        code: int = options.run(options)
    except (WrongUse, BadSetting) as error:
        say(str(error))
        return WRONG
    except StoreError as error:
        say(translator("vi")(f"shell.store_{error.key}", said=str(error)))
        return WRONG
    except Denied as error:
        say(f"{error.who}: không có quyền ({error.action})")
        return 1
    except BrokenPipeError:  # the reader of a pipe has left, as `| head` does
        sys.stderr.close()
        return 0
    return code


def _speak_utf8() -> None:
    """Answers and names are Vietnamese and JSON is UTF-8, whatever the machine's locale says."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="manage.py", description="Theo dõi chỉ tiêu: dòng lệnh / the dashboard's shell."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for add in (
        keeping.add,
        register.add,
        figures.add,
        withdrawing.add,
        verdicts.add,
        accounts.add,
        audit.add,
        scenarios.add,
    ):
        add(commands)
    return parser
