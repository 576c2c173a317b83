"""Which formulas of an XLSX take their value from another workbook; nothing is computed."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST = 10_000  # Excel's own limit is 8,192 characters
_QUOTED = re.compile(r'"[^"]*"')
_IN_QUOTES = re.compile(r"'[^'\[\]]*\[(\d{1,6})\][^']*(?:''[^']*)*'!")
_BARE = re.compile(r"""\[(\d{1,6})\][^\s'!\[\](),;:+*/^&=<>"-]*!""")
_WORD = re.compile(r"[^\W\d][\w.\\]*")


class Links:
    """The other workbooks that formulas name as [1], [2] …, directly or by a defined name.

    targets: their names in the order of the numbers.
    """

    def __init__(self, targets: Sequence[str] = ()) -> None:
        self._targets = targets
        self._names: dict[str, str] = {}

    def learn(self, name: str, formula: str) -> None:
        """Remember a defined name if it stands for another workbook."""
        if link := self.of(formula):
            self._names[name.casefold()] = link

    def of(self, formula: str) -> str:
        """The other workbook that a formula reads from, "" for none."""
        if not self._targets:
            return ""
        bare = _QUOTED.sub("", formula[:_LONGEST])
        for form in (_IN_QUOTES, _BARE):
            for found in form.finditer(bare):
                if 1 <= int(found[1]) <= len(self._targets):
                    return self._targets[int(found[1]) - 1]
        if self._names:
            for word in _WORD.findall(bare):
                if link := self._names.get(word.casefold()):
                    return link
        return ""


class SheetFormulas:
    """The formulas of one sheet: children of shared ones and cells of arrays know their link."""

    __slots__ = ("_links", "_shared", "arrays")

    def __init__(self, links: Links) -> None:
        self._links = links
        self._shared: dict[str, str] = {}
        self.arrays: list[tuple[str, str]] = []

    def link(self, attributes: dict[str, str], formula: str) -> str:
        """The link of the formula whose tag has these attributes; array ranges are kept."""
        link = self._links.of(formula)
        kind = attributes.get("t", "")
        if kind == "shared":
            index = attributes.get("si", "")
            if formula:
                self._shared[index] = link
            return self._shared.get(index, link)
        if kind == "array" and link and "ref" in attributes:
            self.arrays.append((attributes["ref"], link))
        return link
