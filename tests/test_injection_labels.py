"""Labels that Streamlit reads as Markdown: nobody else's text goes in as it is.

Whatever a label is made of is our own words, a number, or a text that ``ui.words.plain`` has
taken the marks of. The source is read with ``ast``, so that a new widget cannot be forgotten.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.words import plain

ROOT = Path(__file__).resolve().parents[1]

# What Streamlit shows as Markdown: the first argument of each, and help= of all.
LABELLED = {
    *("button", "form_submit_button", "download_button", "link_button", "page_link", "menu_button"),
    *("checkbox", "toggle", "radio", "selectbox", "multiselect", "select_slider", "slider"),
    *("text_input", "text_area", "number_input", "date_input", "time_input", "datetime_input"),
    *("file_uploader", "camera_input", "chat_input", "color_picker", "feedback", "pills"),
    *("segmented_control", "data_editor", "expander", "popover", "dialog", "tabs", "status"),
    *("spinner", "toast", "caption", "markdown", "write", "title", "header", "subheader"),
    *("success", "info", "warning", "error", "metric", "write_stream"),
}
OPTIONS = {"radio", "pills", "segmented_control", "select_slider"}  # choices are Markdown as well
MARKDOWN_NAMES = {"help", "label", "text", "body", "title", "caption", "captions"}
# Numbers, and words of ours: names that no text from outside is ever given.
OWN_NAMES = {"n", "number", "letter", "code", "label", "year"}
OWN_CALLS = {"len", "number", "day_text", "moment_text", "drop_word", "plain", "unmarked"}


FILES = sorted([*ROOT.glob("ui/*.py"), *ROOT.glob("pages/*.py")])


def helpers() -> dict[str, dict[str, int]]:
    """Our own functions that take the label of a widget: module -> name -> its place in a call.

    The label that they are given is looked at where they are called.
    """
    found: dict[str, dict[str, int]] = {}
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                names = [one.arg for one in node.args.args if one.arg != "self"]
                if "label" in names and draws(node):
                    found.setdefault(path.stem, {})[node.name] = names.index("label")
    return found


def draws(function: ast.AST) -> bool:
    """Whether a function draws an element with a label."""
    names = (one.attr for one in ast.walk(function) if isinstance(one, ast.Attribute))
    return any(name in LABELLED for name in names)


HELPERS = helpers()


def helpers_of(source: str, where: str) -> dict[str, int]:
    """The helpers that a file has or imports."""
    known = {}
    for module, names in HELPERS.items():
        if module in source or where == f"{module}.py":
            known |= names
    return known


def streamlit_calls(
    tree: ast.AST, ours: set[str], known: dict[str, int]
) -> Iterator[tuple[str, ast.Call]]:
    """(name, call) of whatever could be an element of Streamlit, or a helper that draws one.

    ours: our own modules. known: helpers of the file.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            at = node.func
            name = at.id if isinstance(at, ast.Name) else at.attr
            owner = ""
            if isinstance(at, ast.Attribute) and isinstance(at.value, ast.Name):
                owner = at.value.id
            element = name in LABELLED or name == "progress"
            if name in known or (element and owner not in {"_log", "panel", *ours}):
                yield name, node


def unsafe(node: ast.expr | None, known: dict[str, ast.expr]) -> bool:
    """Whether an expression can hold a text that is not ours."""
    match node:
        case None | ast.Constant():
            return False
        case ast.Name(id=name):
            rest = {other: value for other, value in known.items() if other != name}
            if name in known:
                return unsafe(known[name], rest)
            return name not in OWN_NAMES
        case ast.Call(
            func=ast.Name(id="_") | ast.Attribute(attr="_"), args=[first], keywords=keywords
        ):
            inside = not isinstance(first, ast.Constant | ast.JoinedStr | ast.IfExp | ast.Name)
            given = (one for one in keywords if one.arg not in OWN_NAMES)
            return inside or any(unsafe(one.value, known) for one in given)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in OWN_CALLS:
            return False
        case ast.JoinedStr(values=values):
            return any(unsafe(one, known) for one in values)
        case ast.FormattedValue(value=inner) | ast.Lambda(body=inner):
            return unsafe(inner, known)
        case ast.IfExp(body=left, orelse=right) | ast.BinOp(left=left, right=right):
            return unsafe(left, known) or unsafe(right, known)
        case _:
            return True


def functions(tree: ast.AST) -> Iterator[ast.AST]:
    """Each outermost function; of what stands in none, the module."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node
    yield ast.Module(
        [one for one in tree.body if not isinstance(one, ast.FunctionDef | ast.ClassDef)],  # type: ignore[attr-defined]
        [],
    )


def problems(source: str, where: str) -> list[str]:
    """Labels of a file that somebody else's text may reach."""
    found, tree = [], ast.parse(source)
    ours = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.level or node.module == "ui")
        for alias in node.names
    }
    own = helpers_of(source, where)
    for function in functions(tree):
        known = assigned(function)
        for name, call in streamlit_calls(function, ours, own):
            given = call.args[:1] if name not in {"progress", *own} else []
            if name in own:
                given += call.args[own[name] : own[name] + 1]
            given += [one.value for one in call.keywords if one.arg in MARKDOWN_NAMES]
            if name in OPTIONS:
                given += [one.value for one in call.keywords if one.arg == "format_func"]
            if any(unsafe(one, known) for one in given):
                found.append(f"{where}:{call.lineno} {ast.unparse(call)[:120]}")
    return found


def assigned(function: ast.AST) -> dict[str, ast.expr]:
    """What names stand for that are given a value once, or every time one that is safe."""
    known: dict[str, ast.expr] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name not in known or unsafe(node.value, {}):
                known[name] = node.value
    return known


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_label_takes_a_text_from_outside_as_it_is(path):
    assert problems(path.read_text(encoding="utf-8"), path.name) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_html_never_runs_scripts_and_markdown_never_holds_html(path):
    source = path.read_text(encoding="utf-8")
    assert "unsafe_allow_html" not in source
    assert "unsafe_allow_javascript" not in source


@pytest.mark.parametrize(
    "source",
    [
        "st.button(row.name)",
        "st.button(f'{name}')",
        "st.text_input(_('x', unit=row.unit))",
        "st.text_input(_('x'), help=row.doubt)",
        "st.radio(_('x'), codes, format_func=lambda code: names[code])",
        "place.expander(title)",
        "def f(title):\n    st.expander(title)",
        "def f():\n    title = row.name\n    st.expander(title)",
        "def f():\n    title = plain(x)\n    title = row.name\n    st.expander(title)",
        "st.toast('Đã lưu ' + name)",
        "bar.progress(0.5, text=file.name)",
    ],
)
def test_a_label_with_somebody_elses_text_is_found(source):
    assert problems(source, "x.py")


@pytest.mark.parametrize(
    "source",
    [
        "st.button(_('x'))",
        "st.button(_('x', n=len(found)))",
        "st.text_input(_('x', unit=plain(row.unit)))",
        "st.radio(_('x'), codes, format_func=lambda code: plain(names[code]))",
        "st.selectbox(_('x'), codes, format_func=lambda code: names[code])",
        "def f():\n    title = plain(row.name)\n    st.expander(title)",
        "_log.error('x %s', name)",
    ],
)
def test_a_label_of_our_own_is_let_be(source):
    assert not problems(source, "x.py")


def test_every_mark_is_taken_as_a_sign():
    """Links, pictures, colours, symbols, formulas, code, lists, headings, tables, quotes, HTML."""
    marks = r"\`*_{}[]<>()#+-.!|~:$"
    assert plain(marks) == "".join(f"\\{sign}" for sign in marks)
    assert plain("Sở Tài chính 12,5") == "Sở Tài chính 12,5"


@pytest.mark.parametrize(
    "text",
    ["https://evil.example/x", "HTTP://evil.example", "x www.evil.example", "a@evil.example"],
)
def test_an_address_is_no_link_even_without_a_mark(text):
    """Streamlit's Markdown makes links of whatever looks like one, escaped or not."""
    link = re.compile(r"https?://|www\.|\S@\S[-\w]*\.", re.IGNORECASE)
    bare = plain(text).replace("\\", "")
    assert link.search(text)
    assert not link.search(bare.replace("@\N{WORD JOINER}", ""))
    assert bare.replace("\N{WORD JOINER}", "") == text
