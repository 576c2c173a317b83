"""What a person has said of an open upload: confirmations, columns, corrections, typed rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from intake.entries import Entry

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person has said so far.

    confirmed: (code, sheet, cell) -> reason. mapping: shape of a sheet -> column -> field.
    corrections: sheet -> cell -> what was typed in its place. entries: rows typed into a form,
    form: what the form was made for.
    """

    confirmed: Mapping[Key, str] = field(default_factory=dict)
    mapping: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    corrections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """A short text that is equal only where the check reads the same."""
        read = [self.mapping, self.corrections, [asdict(one) for one in self.entries]]
        text = json.dumps(read, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def as_dict(self) -> dict[str, Any]:
        """As plain lists and dictionaries, which JSON can hold."""
        return {
            "confirmed": [[*key, why] for key, why in self.confirmed.items()],
            "mapping": {shape: dict(columns) for shape, columns in self.mapping.items()},
            "corrections": {sheet: dict(cells) for sheet, cells in self.corrections.items()},
            "entries": [asdict(one) for one in self.entries],
            "form": dict(self.form),
        }

    @staticmethod
    def from_dict(said: Mapping[str, Any]) -> Choices:
        """Back from ``as_dict``."""
        return Choices(
            {(code, sheet, cell): why for code, sheet, cell, why in said.get("confirmed", ())},
            said.get("mapping", {}),
            said.get("corrections", {}),
            tuple(Entry(**one) for one in said.get("entries", ())),
            said.get("form", {}),
        )


@dataclass(frozen=True, slots=True)
class Correctable:
    """A cell that can be typed over.

    text: what stands there now. before: what stood there before it was typed over, None where
    it was not. says: the findings of the cell. wrong: whether one of them is an error.
    """

    sheet: str
    cell: str
    where: str
    text: str
    before: str | None
    says: tuple[str, ...]
    wrong: bool = False


def retyped(
    choices: Choices,
    *,
    mapping: Mapping[str, Mapping[str, str]] | None = None,
    corrections: Mapping[str, Mapping[str, str]] | None = None,
    entries: tuple[Entry, ...] | None = None,
    form: Mapping[str, str] | None = None,
) -> Choices:
    """The same choices where something is read in another way: confirmations are asked anew.

    What was confirmed was a warning about other figures, though it may stand at the same cell.
    """
    made = replace(
        choices,
        mapping=choices.mapping if mapping is None else mapping,
        corrections=choices.corrections if corrections is None else corrections,
        entries=choices.entries if entries is None else entries,
        form=choices.form if form is None else form,
    )
    return made if made.key == choices.key else replace(made, confirmed={})


def corrected(
    before: Mapping[str, Mapping[str, str]],
    offered: Sequence[Correctable],
    typed: Mapping[tuple[str, str], str],
) -> dict[str, dict[str, str]]:
    """The corrections of a file after some cells were typed over.

    Args:
        before: sheet -> cell -> text, those that stood.
        offered: the cells that could be typed over, as they were shown.
        typed: sheet and cell -> what was typed: what is as it was shown changes nothing, what is
            as it stands in the file takes a correction back.
    """
    made = {sheet: dict(cells) for sheet, cells in before.items()}
    for one in offered:
        text = typed.get((one.sheet, one.cell), one.text).strip()
        if text == one.text:
            continue
        cells = made.setdefault(one.sheet, {})
        cells[one.cell] = text
        if text == one.before:
            del cells[one.cell]
    return {sheet: cells for sheet, cells in made.items() if cells}
