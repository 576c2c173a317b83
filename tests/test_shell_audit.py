"""audit export, audit verify: files, exit codes, documents."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing

import pytest

from shell.main import main

pytestmark = pytest.mark.slow


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run one command on a store of its own: (exit code, document or text, messages)."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    def command(*words):
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = stop.code
        out, err = capsys.readouterr()
        return code, json.loads(out) if "--json" in words and out else out, err

    assert command("init")[0] == 0
    assert command("account", "add", "quantri", "--role", "administrator", "--by", "An")[0] == 0
    assert command("account", "add", "xem", "--role", "viewer", "--by", "=cmd")[0] == 0
    return command


def tampered(tmp_path, *statements):
    with closing(sqlite3.connect(tmp_path / "store.db")) as raw, raw:
        raw.execute("DROP TRIGGER IF EXISTS audit_no_update")
        raw.execute("DROP TRIGGER IF EXISTS audit_no_delete")
        for statement in statements:
            raw.execute(statement)


def test_the_log_goes_into_a_file(run, tmp_path):
    out = tmp_path / "nhật ký.csv"
    code, document, _ = run("audit", "export", "--format", "csv", "--out", out, "--json")
    assert (code, document) == (0, {"file": str(out), "lines": 3})
    rows = list(csv.reader(io.StringIO(out.read_text("utf-8-sig"), newline="")))
    assert [row[6] for row in rows[1:]] == ["seed.load", "account.add", "account.add"]
    assert [row[2] for row in rows[1:]] == ["dữ liệu gốc", "An", "'=cmd"]
    code, said, _ = run("audit", "export", "--format", "json", "--out", out)
    assert (code, "3 dòng" in said) == (0, True)
    assert len(json.loads(out.read_bytes())["lines"]) == 3


def test_days_narrow_the_file(run, tmp_path):
    out = tmp_path / "x.json"
    words = ("audit", "export", "--format", "json", "--out", out, "--json")
    assert run(*words, "--to", "2020-01-01")[1]["lines"] == 0
    assert run(*words, "--from", "2020-01-01", "--to", "2099-01-01")[1]["lines"] == 3


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "01/02/2026"),
        ("--from", "2026-02-02", "--to", "2026-02-01"),
        ("--format", "pdf"),
    ],
)
def test_wrong_words_are_said_in_one_sentence_and_write_nothing(run, tmp_path, words):
    out = tmp_path / "x.csv"
    code, _, message = run("audit", "export", "--out", out, *words)
    assert (code, out.exists()) == (2, False)
    assert message.strip()


def test_a_log_that_fits_is_told_with_the_digest_to_keep(run):
    code, document, _ = run("audit", "verify", "--json")
    assert (code, document["fits"], document["lines"], document["misfit"]) == (0, True, 3, None)
    code, said, _ = run("audit", "verify", "--digest", document["newest"])
    assert (code, document["newest"] in said, "vẫn nằm trong chuỗi" in said) == (0, True, True)


def test_a_changed_line_is_named_and_refused(run, tmp_path):
    tampered(tmp_path, "UPDATE audit SET why = 'khác' WHERE id = 2")
    code, document, message = run("audit", "verify", "--json")
    assert (code, document["fits"], document["lines"]) == (1, False, 1)
    assert (document["misfit"]["kind"], document["misfit"]["line"]) == ("changed", 2)
    assert "Dòng 2" in message


def test_lines_cut_off_at_the_end_show_against_the_digest_that_was_kept(run, tmp_path):
    kept = run("audit", "verify", "--json")[1]["newest"]
    tampered(tmp_path, "DELETE FROM audit WHERE id = 3")
    assert run("audit", "verify")[0] == 0  # nothing in the store tells
    code, document, message = run("audit", "verify", "--digest", kept, "--json")
    assert (code, document["fits"], document["digest_met"]) == (1, False, False)
    assert "đã bị cắt" in message
