"""scenario run and scenario goal as other systems drive them: JSON and exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.engine import Store
from shell.main import main

NOW = "2026-11-18"
ROOT = Path(__file__).resolve().parents[1]
Manage = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def manage(untouched: Store, monkeypatch, capsys) -> Manage:
    """Run one command: (exit code, document or text, messages)."""
    monkeypatch.setenv("DATABASE_URL", untouched.url)

    def command(*words: object) -> tuple[int, Any, str]:
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return code, json.loads(out) if "--json" in words else out, err

    return command


def test_the_goal_of_a_target_has_the_keys_of_the_contract(manage):
    code, found, _ = manage("scenario", "goal", "DL-01", "--by", "2028", "--as-of", NOW, "--json")
    assert code == 0
    keys = {"code", "from", "by", "target", "growth_pct", "step", "reachable", "reason_vi"}
    assert keys <= set(found)
    assert found["from"] == {"period": "2024", "value": 4900000.0}
    assert found["by"] == 2028
    assert found["growth_pct"] == pytest.approx(100 * ((9 / 4.9) ** 0.25 - 1), abs=1e-9)


def test_without_json_the_sentence_comes(manage):
    code, text, _ = manage("scenario", "goal", "DL-01", "--as-of", NOW)
    assert code == 0
    assert text.startswith("Để đạt 9.000.000")


def test_an_unknown_code_is_refused_and_a_year_that_is_none_is_wrong_use(manage):
    code, found, _ = manage("scenario", "goal", "XX-99", "--json")
    assert (code, found["refused"], found["reachable"]) == (1, "unknown_code", False)
    assert found["reason_vi"] == "Không có chỉ tiêu XX-99."
    code, _, said = manage("scenario", "goal", "DL-01", "--by", "mai")
    assert code == 2
    assert "--by" in said


def test_a_run_gives_plain_numbers(manage, tmp_path):
    file = tmp_path / "kich-ban.json"
    document = {"targets": {"DL-01": {"shape": {"kind": "steps", "amount": 700000}}}, "seed": 3}
    file.write_text(json.dumps(document), encoding="utf-8")
    code, found, _ = manage("scenario", "run", file, "--as-of", NOW, "--json")
    assert code == 0
    assert found["scenario"] is True
    [one] = found["targets"]
    assert one["value"] == 4_900_000 + 6 * 700_000
    assert one["reached"]
    code, text, _ = manage("scenario", "run", file, "--as-of", NOW)
    assert text.startswith("Kịch bản là phép tính thử, không phải dự báo.")


def test_bad_assumptions_are_refused_with_the_reasons(manage, tmp_path):
    file = tmp_path / "kich-ban.json"
    document = {"targets": {"DL-01": {"shape": {"kind": "growth", "pct": -100}}}}
    file.write_text(json.dumps(document), encoding="utf-8")
    code, found, said = manage("scenario", "run", file, "--json")
    assert code == 1
    [problem] = found["problems"]
    assert problem["where"] == "targets.DL-01.shape.pct"
    assert "lớn hơn −100%" in said
    assert manage("scenario", "run", tmp_path / "none.json")[0] == 2


def test_the_file_that_the_guide_shows_runs_and_the_answer_has_the_keys_it_names(manage, tmp_path):
    guide = (ROOT / "docs" / "kich-ban.md").read_text(encoding="utf-8")
    start = guide.index('    {"name"')
    file = tmp_path / "kich-ban.json"
    file.write_text(guide[start : guide.index("\n\n", start)], encoding="utf-8")
    code, found, _ = manage("scenario", "run", file, "--as-of", NOW, "--json")
    assert (code, found["problems"]) == (0, [])
    assert {"targets", "drivers", "reached", "total", "clashes", "problems"} <= set(found)
    for one in found["targets"]:
        assert {"code", "from", "years", "value", "reached", "reached_year", "gap", "chance",
                "expected_year"} <= set(one)  # fmt: skip
        assert {"year", "value", "path"} <= set(one["years"][-1])
    values = {one["code"]: one["value"] for one in found["targets"]}
    # 2030: the bad 2027 is over; spend per visit follows from 2024's figures
    assert values["DL-01"] == pytest.approx(4_900_000 * 1.12**6)
    assert values["DL-03"] == pytest.approx(5_800 * 1.12**6 * 1.04**6)
