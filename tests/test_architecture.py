"""Import rules between the rooms, and the access gate at the top of every page.

The tables below are the one place that says who may import whom. It reads the
source with ``ast`` and imports nothing of the project, so it also judges files that cannot run yet.

    python -m pytest tests/test_architecture.py

The tests in the first half judge the project that this file stands in (they are
skipped where there is no ``app.py`` one folder up). The tests in the second half
judge the checker itself: each puts a small wrong tree in ``tmp_path`` and expects
the problem to be named, so that a checker that finds nothing cannot pass.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Room -> the other rooms it may import. A file at the top is a room of its own name.
MAY_IMPORT: dict[str, set[str]] = {
    # entrances: ask services, never reach behind them
    "app": {"api", "ui", "services", "i18n", "settings"},
    "pages": {"ui", "services", "charts", "i18n"},
    "api": {"services", "charts", "i18n", "settings"},
    "manage": {"shell"},
    "shell": {"services", "i18n", "settings"},  # what manage.py can do, a file a subject
    # shared Streamlit pieces
    "ui": {"services", "charts", "i18n", "settings"},
    # measuring
    "benchmarks": {"services", "indicators", "intake", "charts", "seed", "settings"},
    # use cases: the only room that knows all the others
    "services": {"indicators", "db", "intake", "charts", "reports", "seed", "i18n", "settings"},
    # edges: each knows one outside thing, and the value types of indicators
    "db": {"indicators"},
    "seed": {"indicators"},  # reads its files; a service stores the rows
    "intake": {"indicators", "i18n"},
    "charts": {"indicators", "i18n"},
    "reports": {"indicators", "charts", "i18n"},
    # the bottom: import nothing of ours
    "indicators": set(),
    "i18n": set(),
    "settings": set(),
}

# Outside package -> the only rooms that may import it.
ONLY_IN: dict[str, set[str]] = {
    "streamlit": {"app", "pages", "ui", "benchmarks"},
    "starlette": {"app", "api", "ui"},
    "uvicorn": {"app", "manage"},
    "sqlalchemy": {"db"},
    "alembic": {"db"},
    "sqlite3": {"db"},
    "psycopg": {"db"},
    "openpyxl": {"intake", "reports"},
    "xlrd": {"intake"},
    "babel": {"i18n"},
    "python_calamine": {"intake", "benchmarks"},
    "plotly": {"charts"},
    "docx": {"reports"},
    "typst": {"reports"},
    "resvg_py": {"reports"},
    "argon2": {"services"},
    "joserfc": {"services"},
    "httpx": {"services"},
}

# Rooms that only calculate: no files, no network, no clock.
PURE_ROOMS = {"indicators", "charts"}
NOT_IN_PURE = {"os", "pathlib", "shutil", "tempfile", "socket", "subprocess", "urllib", "http"}
CLOCK_AND_FILE_CALLS = {"now", "today", "utcnow", "open"}

GATE_MODULE, GATE = "ui.gate", "require_access"
NOT_ROOMS = {"tests", "docs", "scripts"}


def room_files(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield (room, file) for every Python file of the project, tests left out."""
    for path in sorted(root.glob("*.py")):
        if path.name not in {"conftest.py", "setup.py"}:
            yield path.stem, path
    for folder in sorted(p for p in root.iterdir() if p.is_dir()):
        if folder.name.startswith((".", "_")) or folder.name in NOT_ROOMS:
            continue
        if (folder / "pyvenv.cfg").exists():  # somebody's virtual environment
            continue
        for path in sorted(folder.rglob("*.py")):
            yield folder.name, path


def imported_modules(tree: ast.AST, package: list[str]) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of each import, those inside functions included.

    package: the dotted parts of the package that the file belongs to, needed to
    resolve relative imports (``from ..db import x``).
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            if node.level == 0:
                yield node.lineno, node.module or ""
                continue
            base = package[: len(package) - node.level + 1]
            if node.module:
                yield node.lineno, ".".join([*base, node.module])
            else:  # from .. import db
                for alias in node.names:
                    yield node.lineno, ".".join([*base, alias.name])


def import_problems(root: Path) -> list[str]:
    """Imports that break MAY_IMPORT, ONLY_IN or the purity of a room."""
    problems = []
    for room, path in room_files(root):
        where = path.relative_to(root)
        if room not in MAY_IMPORT:
            problems.append(f"{where}: room {room!r} is not in MAY_IMPORT: add it on purpose")
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(where))
        for line, name in imported_modules(tree, list(where.parts[:-1])):
            top = name.split(".")[0]
            if top in MAY_IMPORT and top != room and top not in MAY_IMPORT[room]:
                allowed = ", ".join(sorted(MAY_IMPORT[room])) or "nothing of ours"
                problems.append(f"{where}:{line} imports {name}; {room} may import {allowed}")
            if top in ONLY_IN and room not in ONLY_IN[top]:
                allowed = ", ".join(sorted(ONLY_IN[top]))
                problems.append(f"{where}:{line} imports {name}; only {allowed} may")
            if room in PURE_ROOMS and top in NOT_IN_PURE:
                problems.append(f"{where}:{line} imports {name}; {room} does no I/O")
            if top == "importlib" and room not in {"i18n", "db"}:
                problems.append(f"{where}:{line} imports {name}; imports stay visible here")
        if room in PURE_ROOMS:
            problems += [
                f"{where}:{line} calls {call}(); pass the value in"
                for line, call in impure_calls(tree)
            ]
    return problems


def impure_calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield (line, name) of calls that read the clock or open a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            name = (
                function.attr
                if isinstance(function, ast.Attribute)
                else getattr(function, "id", "")
            )
            if name in CLOCK_AND_FILE_CALLS:
                yield node.lineno, name


def gate_problems(root: Path) -> list[str]:
    """Pages whose first statement after docstring and imports is not the gate.

    Streamlit runs a file in pages/ by itself when its address is the first thing
    asked of a fresh server, so a check in app.py alone protects nothing.
    """
    problems = []
    for path in sorted((root / "pages").rglob("*.py")):
        if path.name == "__init__.py":
            continue
        where = path.relative_to(root)
        body = ast.parse(path.read_text(encoding="utf-8"), filename=str(where)).body
        if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            body = body[1:]  # the docstring
        imports = [n for n in body if isinstance(n, (ast.Import, ast.ImportFrom))]
        rest = [n for n in body if n not in imports]
        sources = [
            node.module
            for node in imports
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if (alias.asname or alias.name) == GATE
        ]
        if sources != [GATE_MODULE]:
            problems.append(f"{where}: import {GATE} from {GATE_MODULE}, once")
        elif not rest or not is_gate_call(rest[0], page=path.stem):
            line = rest[0].lineno if rest else 1
            problems.append(f'{where}:{line} first statement must be {GATE}("{path.stem}")')
    return problems


def is_gate_call(statement: ast.stmt, page: str) -> bool:
    """Whether the statement is require_access("<page>"), its result kept or not."""
    call = statement.value if isinstance(statement, (ast.Expr, ast.Assign)) else None
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == GATE
        and len(call.args) == 1
        and isinstance(call.args[0], ast.Constant)
        and call.args[0].value == page
    )


# --- the project -----------------------------------------------------------------

in_project = pytest.mark.skipif(not (ROOT / "app.py").exists(), reason="not inside the project")


@in_project
def test_rooms_import_only_what_they_may():
    assert import_problems(ROOT) == []


@in_project
def test_every_page_starts_with_the_gate():
    assert gate_problems(ROOT) == []


@in_project
def test_the_rooms_are_there():
    present = {room for room, _ in room_files(ROOT)}
    assert present >= {"app", "pages", "services", "indicators", "db"}


# --- the checker -----------------------------------------------------------------

GOOD_PAGE = '''"""Overview."""
import streamlit as st
from ui.gate import require_access

user = require_access("overview")
st.title("x")
'''


def tree(root: Path, **files: str) -> Path:
    """Write {path with __ for /: text} under root; give root back."""
    for name, text in files.items():
        path = root / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_a_good_tree_has_no_problems(tmp_path):
    root = tree(
        tmp_path,
        app="import streamlit as st\nfrom ui import navigation\n",
        pages__overview=GOOD_PAGE,
        services__overview="from db import observations\nfrom indicators.paths import expected\n",
        db__observations="import sqlalchemy as sa\nfrom indicators.values import Observation\n",
        db__deep__more="from ..engine import open_engine\n",
        indicators__paths="import pandas as pd\nfrom indicators.values import Observation\n",
        tests__test_x="import sqlalchemy\n",
    )
    assert import_problems(root) == []
    assert gate_problems(root) == []


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("pages__overview", "from db import observations\n", "imports db; pages may import"),
        (
            "pages__overview",
            "def f():\n    import db.engine\n",
            "pages/overview.py:2 imports db.engine",
        ),
        ("pages__overview", "import sqlalchemy as sa\n", "only db may"),
        ("services__upload", "import streamlit as st\n", "only app, benchmarks, pages, ui may"),
        ("services__deep__job", "from ...pages import overview\n", "imports pages"),
        ("indicators__paths", "from ..db import engine\n", "indicators may import nothing of ours"),
        ("indicators__paths", "from pathlib import Path\n", "does no I/O"),
        ("indicators__paths", "from datetime import date\nx = date.today()\n", "calls today()"),
        ("charts__fan", "t = open('x')\n", "calls open()"),
        ("intake__workbook", "from services import upload\n", "intake may import i18n, indicators"),
        ("manage", "from db import engine\n", "manage may import"),
        ("services__late", "import importlib\n", "imports stay visible"),
        ("helpers__misc", "x = 1\n", "room 'helpers' is not in MAY_IMPORT"),
    ],
)
def test_a_forbidden_import_is_named(tmp_path, file, text, expected):
    problems = import_problems(tree(tmp_path, **{file: text}))
    assert any(expected in problem for problem in problems), problems


@pytest.mark.parametrize(
    "text",
    [
        "",
        "import streamlit as st\nst.title('x')\n",
        GOOD_PAGE.replace('"overview")', '"admin")'),  # another page's permission
        GOOD_PAGE.replace("user =", "st.write('early')\nuser ="),
        GOOD_PAGE.replace("user = require", "if True:\n    require"),
        GOOD_PAGE.replace("user = require_access", "def f():\n    require_access"),
        GOOD_PAGE.replace("ui.gate", "ui.other"),
        GOOD_PAGE.replace(
            "import streamlit as st", "from ui.fake import open_door as require_access"
        ),
    ],
)
def test_a_page_without_the_gate_is_named(tmp_path, text):
    assert gate_problems(tree(tmp_path, pages__overview=text))
