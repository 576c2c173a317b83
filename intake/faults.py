"""Why a file is refused: a code of the catalogue with the facts that its sentence needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from i18n.numbers import number
from i18n.words import words

Fact = str | int | float

_WORDED = ("detail", "kind", "what")


@dataclass(frozen=True, slots=True)
class FileFault:
    """One reason why a whole file is refused (F01 to F11).

    args: what the message of the code needs (file, ext, kind, size, limit, entries,
        limit_entries, detail, part, entry, what, number, seconds, memory); ``detail``, ``kind``
        and ``what`` hold keys of the catalogue ``filefault``, see ``told``.
    sheet, cell: where it lies, "" where the whole file is meant.
    """

    code: str
    args: Mapping[str, Fact] = field(default_factory=dict)
    sheet: str = ""
    cell: str = ""


class Refused(Exception):
    """Carries a fault out of the depth of a reader; never leaves the reading of a file."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault.code, dict(fault.args))
        self.fault = fault


def refused(code: str, sheet: str = "", cell: str = "", **args: Fact) -> Refused:
    """The exception that refuses a file with a code and its facts."""
    return Refused(FileFault(code, args, sheet, cell))


def damaged(detail: str, **args: Fact) -> Refused:
    """F07 for a reason of the catalogue, e.g. ``damaged("part_missing", part="xl/a.xml")``."""
    return Refused(FileFault("F07", {"detail": detail, **args}))


def told(fault: FileFault, lang: str = "vi") -> dict[str, str]:
    """Every argument of a fault's message as text of a language, cut to a length that fits.

    Numbers are written in the language; ``detail``, ``kind`` and ``what`` become words.
    ``sheet`` and ``cell`` are among them.

    Raises:
        ValueError: no catalogue of that language, or no words for a key.
    """
    shown: dict[str, str] = {"sheet": _short(fault.sheet), "cell": fault.cell}
    for key, value in fault.args.items():
        shown[key] = (
            _short(value) if isinstance(value, str) else number(value, _places(value), lang)
        )
    say = words(lang)
    for key in _WORDED:
        if key in fault.args:
            shown[key] = say(f"filefault.{key}.{fault.args[key]}", **shown)
    return shown


def _places(value: float) -> int:
    return 0 if float(value).is_integer() else 1


def _short(text: str, limit: int = 80) -> str:
    clean = "".join(sign if sign.isprintable() else "�" for sign in text[: limit + 1])
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"
