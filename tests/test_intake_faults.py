from __future__ import annotations

import ast
from pathlib import Path

import pytest

from i18n.words import LOCALE
from intake import kinds, precheck
from intake.faults import FileFault, told

INTAKE = Path(precheck.__file__).parent


def used() -> set[tuple[str, str]]:
    """(argument, key) of every fault that the readers can raise."""
    found = {("kind", kind) for _, kind in kinds._SIGNS}
    found |= {("kind", kind) for _, kind in precheck._MAIN_TYPES if kind}
    found |= {("kind", key) for key in ("xls", "xlsx", "xlsb", "ods", "html", "xml", "xml_sheet")}
    found |= {("kind", key) for key in ("mhtml", "text", "binary", "zip")}
    for path in INTAKE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and name == "damaged":
                found.add(("detail", first.value))
            if isinstance(first, ast.Constant) and name == "_too_large":
                found.add(("what", first.value))
            found |= {
                (word.arg, word.value.value)
                for word in node.keywords
                if name == "refused"
                and word.arg in ("what", "kind")
                and isinstance(word.value, ast.Constant)
            }
    return found


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_reason_has_words(lang):
    keys = used()
    assert len({key for word, key in keys if word == "detail"}) > 15
    for word, key in keys:
        fault = FileFault("F07", {word: key, "part": "xl/a.xml", "line": 3, "number": 7})
        shown = told(fault, lang)[word]
        assert shown
        assert shown != f"filefault.{word}.{key}"


def test_words_that_nothing_uses_are_taken_out():
    folder = LOCALE / "vi" / "LC_MESSAGES"
    lines = (folder / "filefault.po").read_text(encoding="utf-8").splitlines()
    keys = {line.split('"')[1] for line in lines if line.startswith('msgid "filefault')}
    assert keys == {f"filefault.{word}.{key}" for word, key in used()}
