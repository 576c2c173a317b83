"""The catalogues: both languages complete, compiled forms current, every id of the code known."""

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from i18n import compile as compiling
from i18n.numbers import LANGUAGES
from i18n.words import LOCALE, catalogue, compiled_form, words

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("app.py", "manage.py", "api", "charts", "i18n", "intake", "pages", "reports", "services")
TOPICS = sorted(path.stem for path in (LOCALE / "vi" / "LC_MESSAGES").glob("*.po"))


def messages(lang: str, topic: str) -> dict[str, list[str]]:
    """Id -> its texts (one, or one a plural form)."""
    path = LOCALE / lang / "LC_MESSAGES" / f"{topic}.po"
    with path.open("rb") as file:
        entries = [m for m in read_po(file, abort_invalid=True) if m.id]
    return {
        (m.id if isinstance(m.id, str) else m.id[0]): (
            [m.string] if isinstance(m.string, str) else list(m.string)
        )
        for m in entries
    }


def places(texts: list[str]) -> set[str]:
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("topic", TOPICS)
def test_both_languages_have_the_same_words_with_the_same_places(topic):
    vi, en = (messages(lang, topic) for lang in LANGUAGES)
    assert vi.keys() == en.keys()
    for key in vi:
        assert all(vi[key]), key
        assert all(en[key]), key
        assert places(vi[key]) - {"n"} == places(en[key]) - {"n"}, key


@pytest.mark.parametrize("topic", TOPICS)
def test_an_id_names_its_catalogue(topic):
    for key in messages("vi", topic):
        assert key.split(".")[0] == topic
        assert re.fullmatch(r"[a-z0-9_]+(\.[A-Za-z0-9_]+)+", key), key


def test_the_compiled_words_are_those_of_the_sources():
    """After a change: python -m i18n.compile."""
    for lang in LANGUAGES:
        for topic in TOPICS:
            path = LOCALE / lang / "LC_MESSAGES" / f"{topic}.mo"
            with path.open("rb") as file:
                found = read_mo(file)
            read = {
                m.id if isinstance(m.id, str) else m.id[0]: (
                    [m.string] if isinstance(m.string, str) else list(m.string)
                )
                for m in found
                if m.id
            }
            assert read == messages(lang, topic), f"{lang}/{topic}"


def test_a_changed_source_counts_before_it_is_compiled(tmp_path, monkeypatch):
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Language: vi\\nContent-Type: text/plain; charset=utf-8\\n"\n\n'
    source = folder / "thing.po"
    source.write_text(head + 'msgid "thing.a"\nmsgstr "cũ"\n', encoding="utf-8")
    (folder / "thing.mo").write_bytes(compiled_form(source.read_bytes()))
    monkeypatch.setattr("i18n.words.LOCALE", tmp_path)
    catalogue.cache_clear()
    assert catalogue("vi", "thing").gettext("thing.a") == "cũ"
    source.write_text(head + 'msgid "thing.a"\nmsgstr "mới"\n', encoding="utf-8")
    catalogue.cache_clear()
    assert catalogue("vi", "thing").gettext("thing.a") == "mới"
    catalogue.cache_clear()


def test_compiling_writes_what_is_missing_and_leaves_the_rest(tmp_path, monkeypatch):
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "scale.po").write_bytes((LOCALE / "vi" / "LC_MESSAGES" / "scale.po").read_bytes())
    monkeypatch.setattr(compiling, "LOCALE", tmp_path)
    assert compiling.compile_all() == ["vi/LC_MESSAGES/scale.mo"]
    assert compiling.compile_all() == []


def literal_keys(tree: ast.AST) -> list[tuple[int, str]]:
    """Ids in calls of ``_("…")``, ``words(lang)("…")`` and ``….plural("…", n)``."""
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        call, first = node.func, node.args[0]
        asks = (
            (isinstance(call, ast.Name) and call.id == "_")
            or (isinstance(call, ast.Attribute) and call.attr == "plural")
            or (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Name)
                and call.func.id == "words"
            )
        )
        if asks and isinstance(first, ast.Constant) and isinstance(first.value, str):
            found.append((node.lineno, first.value))
    return [(line, key) for line, key in found if "." in key]


def test_every_id_in_the_code_has_words():
    known = {key for topic in TOPICS for key in messages("vi", topic)}
    unknown = []
    for room in [*ROOMS, "ui"]:
        top = ROOT / room
        for path in [top] if top.is_file() else sorted(top.rglob("*.py")):
            for line, key in literal_keys(ast.parse(path.read_text(encoding="utf-8"))):
                if key not in known:
                    unknown.append(f"{path.relative_to(ROOT)}:{line} {key}")
    assert unknown == []


def test_the_scan_sees_each_way_of_asking():
    tree = ast.parse('_("a.b"); words(lang)("c.d", n=1); _.plural("e.f", 2); other("g.h")')
    assert [key for _, key in literal_keys(tree)] == ["a.b", "c.d", "e.f"]


def test_words_fill_their_places_and_follow_the_count():
    assert words()("entry.understood", value="12") == "Đã hiểu: 12"
    assert words("en").plural("unit.du_an", 1) == "project"
    assert words("en").plural("unit.du_an", 2) == "projects"
    assert words("vi").plural("unit.du_an", 1) == "dự án"


def test_an_unknown_word_language_or_a_missing_value_is_named():
    with pytest.raises(ValueError, match=r"entry\.nothing"):
        words()("entry.nothing")
    with pytest.raises(ValueError, match=r"\.\./x"):
        words()("../x.y")
    with pytest.raises(ValueError, match="'fr'"):
        words("fr")
    with pytest.raises(ValueError, match="'value'"):
        words()("entry.understood")
