"""The shell's contract: documents on standard output, messages beside it, exit codes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from shell.main import main

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run one command on a store of its own: (exit code, document or text, messages)."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")

    def command(*words):
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = stop.code
        out, err = capsys.readouterr()
        return code, json.loads(out) if "--json" in words and out else out, err

    return command


@pytest.fixture
def ready(run):
    assert run("init")[0] == 0
    return run


def filled(path, value=3_000_000, status="ước tính"):
    book = openpyxl.load_workbook(path)
    sheet = book["Số liệu"]
    sheet["F5"], sheet["G5"], sheet["H5"] = value, status, "Sở VHTTDL"
    book.save(path)


def write_csv(path, *lines):
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_store_is_made_once_and_made_again_changes_nothing(run):
    assert run("init", "--json")[1]["added"] > 500
    assert run("init", "--json")[1]["added"] == 0


def test_a_template_goes_out_comes_back_filled_shows_and_is_taken_back(ready, tmp_path):
    path = tmp_path / "mẫu.xlsx"
    assert ready("template", "--targets", "DL-01", "--period", "2026-H1", "--out", path)[0] == 0
    filled(path)
    code, checked, _ = ready("check", path, "--as-of", "2026-11-22", "--json")
    assert (code, checked["outcome"], checked["findings"]) == (0, "accept", [])
    code, taken, _ = ready("import", path, "--as-of", "2026-11-22", "--by", "Thu", "--json")
    assert (code, taken["new"], taken["changed"], taken["same"]) == (0, 1, 0, 0)
    (cell,) = taken["cells"]
    assert cell == {
        "sheet": "Số liệu", "cell": "F5", "indicator": "DL-01", "period": "2026-H1", "area": "",
        "old": None, "new": 3_000_000, "effect": "new",
    }  # fmt: skip
    (target,) = ready("status", "--code", "DL-01", "--json")[1]["targets"]
    assert target["latest"]["submission"] == taken["submission"]
    code, undone, _ = ready("undo", taken["submission"], "--why", "nhầm", "--json")
    assert (code, undone["restored"]) == (0, 1)
    (target,) = ready("status", "--code", "DL-01", "--json")[1]["targets"]
    assert target["latest"]["period"] == "2025-10M"
    listed = ready("submissions", "--json")[1]
    assert [(s["kind"], s["by"], s["undoes"], s["undone_by"]) for s in listed] == [
        ("undo", "người dùng tại máy", 1, None),
        ("upload", "Thu", None, 2),
    ]
    assert len(listed[1]["sha256"]) == 64


def test_the_same_file_again_changes_nothing(ready, tmp_path):
    path = tmp_path / "a.xlsx"
    ready("template", "--targets", "DL-01", "--period", "2026-H1", "--out", path)
    filled(path)
    ready("import", path, "--as-of", "2026-11-22", "--json")
    assert ready("import", path, "--as-of", "2026-11-22", "--json")[1]["same"] == 1


def test_an_error_stores_nothing_and_says_where(ready, tmp_path):
    path = tmp_path / "a.xlsx"
    ready("template", "--targets", "DL-01", "--period", "2026-H1", "--out", path)
    filled(path, value="12,4O0")
    code, taken, _ = ready("import", path, "--as-of", "2026-11-22", "--json")
    assert (code, taken["outcome"], taken["submission"]) == (1, "reject", None)
    (finding,) = taken["findings"]
    assert (finding["code"], finding["sheet"], finding["cell"]) == ("V02", "Số liệu", "F5")
    assert ready("submissions", "--json")[1] == []


def test_a_warning_waits_for_its_confirmation(ready, tmp_path):
    path = tmp_path / "a.xlsx"
    ready("template", "--targets", "DL-01", "--period", "2026-H1", "--out", path)
    filled(path, value="9 triệu")
    code, taken, said = ready("import", path, "--as-of", "2026-11-22", "--json")
    assert (code, taken["outcome"], taken["submission"]) == (1, "accept_with_warnings", None)
    assert "U04" in said
    code, taken, _ = ready(
        "import", path, "--as-of", "2026-11-22", "--accept-warnings", "U04", "--json"
    )
    assert (code, taken["cells"][0]["new"]) == (0, 9_000_000)


def test_figures_of_another_system_are_whole_or_not(ready, tmp_path):
    heading = "indicator,period,area,value,status,source"
    good = write_csv(tmp_path / "a.csv", heading, "NL-01,2025,,66.5,official,Sở")
    assert ready("figures", good, "--by", "HIS", "--json")[1]["new"] == 1
    bad = write_csv(
        tmp_path / "b.csv", heading, "NL-02,2025,,30,official,Sở", "ZZ-1,2025,,1,official,Sở"
    )
    code, taken, _ = ready("figures", bad, "--json")
    assert (code, taken["new"]) == (1, 0)
    assert [(f["code"], f["cell"]) for f in taken["findings"]] == [("I01", "A3")]


def test_a_document_with_its_targets_plans_and_assignments_comes_from_files(ready, tmp_path):
    documents = write_csv(
        tmp_path / "d.csv",
        "key,kind_vi,number,issued,issuer_vi,title_vi,term,note",
        "PL-01,Phụ lục,01,2026-03-31,UBND tỉnh Sơn La,Phụ lục 01,2026-2030,",
    )
    assert ready("register", "add", documents, "--json")[1]["added"] >= 1
    targets = write_csv(
        tmp_path / "t.csv",
        "code,field,name_vi,name_en,unit,kind,comparator,value_low,value_high,period_start,"
        "period_end,direction,scope,document,locator,wording_vi,lead_vi,doubt",
        "PL-RUNG,Lâm nghiệp,Tỷ lệ che phủ rừng,Forest cover,%,level,at_least,50,,2030,2030,up,"
        "province,PL-01,Mục 1,tỷ lệ che phủ rừng đạt 50%,UBND tỉnh,",
    )
    assert ready("register", "add", targets, "--dry-run", "--json")[1]["added"] >= 1
    assert ready("status", "--code", "PL-RUNG", "--json")[0] == 1
    assert ready("register", "add", targets, "--json")[0] == 0
    steps = write_csv(
        tmp_path / "s.csv",
        "indicator,period,area,value,document,locator",
        "PL-RUNG,2026,,47.5,PL-01,Biểu 1",
    )
    assert ready("steps", "add", steps, "--json")[1]["added"] == 1
    assign = write_csv(
        tmp_path / "g.csv",
        "target,agency,areas,from,document",
        "PL-RUNG,UBND tỉnh,,2026-04-01,PL-01",
    )
    code, assigned, _ = ready("assign", assign, "--json")
    assert (code, assigned["added"]) == (0, 1)
    figures = write_csv(
        tmp_path / "f.csv",
        "indicator,period,area,value,status,source",
        "PL-RUNG,2025,,47,official,Kiểm lâm",
        "PL-RUNG,2026-H1,,47.2,official,Kiểm lâm",
    )
    assert ready("figures", figures, "--json")[0] == 0
    (target,) = ready("status", "--code", "PL-RUNG", "--json")[1]["targets"]
    assert target["agency"]
    # half of the way from 47 to the plan of 47.5 at the end of 2026
    assert target["path"]["value"] == pytest.approx(47.25)
    assert target["gap"] == pytest.approx(-0.05)


def test_open_data_is_written_with_its_sources(ready, tmp_path):
    out = tmp_path / "a.csv"
    assert ready("export", "actuals", "--format", "csv", "--out", out)[0] == 0
    text = out.read_text(encoding="utf-8-sig")
    assert "https://" in text
    assert "DL-01" in text


def test_a_target_is_assessed_by_every_method_and_forecast(ready):
    document = ready("assess", "DL-01", "--json")[1]
    assert {m["method"] for m in document["methods"]} >= {"destatis", "vn_plan", "statcan"}
    assert [m["scale"] for m in document["methods"] if m["scale"]] == ["at_risk"]
    ahead = ready("forecast", "DL-01", "--json")[1]
    assert 0.04 <= ahead["probability"] <= 0.96
    assert [p["period"] for p in ahead["periods"]][-1] == "2030"
    assert ready("forecast", "KT-01", "--json")[1]["probability"] is None


def test_cases_come_in_and_results_go_out_a_line_each():
    cases = [
        {"method": "destatis", "series": {"2020": 10, "2021": 20, "2022": 30, "2023": 40},
         "target": {"value": 100, "comparator": "at_least", "direction": "up", "year": 2030,
                    "kind": "level", "base_year": None}, "as_of": 2023},
        {"method": "vn_plan", "series": {"2023": 45}, "target": {"value": 50,
         "comparator": "at_least", "direction": "up", "year": 2023, "kind": "level",
         "base_year": None}, "as_of": 2023},
    ]  # fmt: skip
    found = subprocess.run(
        [sys.executable, "manage.py", "assess", "--stdin"],
        input="\n".join(json.dumps(case) for case in cases),
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    lines = [json.loads(line) for line in found.stdout.splitlines()]
    # 10 a year for seven more years: 40 + 70 is above 100
    assert lines[0]["label"] == "sun"
    assert (lines[1]["label"], lines[1]["number"]) == ("khong_dat", 90)


def test_an_invented_store_is_marked_and_refuses_one_that_holds_submissions(run, tmp_path):
    assert run("demo", "--json")[0] == 0
    assert run("status", "--json")[1]["demo"] is True


def test_invented_figures_never_join_reported_ones(ready, tmp_path):
    heading = "indicator,period,area,value,status,source"
    ready("figures", write_csv(tmp_path / "a.csv", heading, "NL-01,2025,,66,official,Sở"))
    code, _, said = ready("demo")
    assert code == 1
    assert said.strip()


@pytest.mark.parametrize(
    "words",
    [
        ("status", "--as-of", "hôm qua"),
        ("check", "no-such-file.xlsx"),
        ("template", "--targets", "ZZ-99", "--out", "x.xlsx"),
        ("template", "--targets", "DL-01", "--period", "H1/2026", "--out", "x.xlsx"),
        ("assess",),
        ("assess", "DL-01", "--method", "astrology"),
        ("nonsense",),
        (),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_code_2(ready, words):
    code, _, said = ready(*words)
    assert code == 2
    assert "Traceback" not in said
    assert said.strip()


def test_a_wrong_setting_is_one_sentence(run, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://x/y")
    code, _, said = run("status")
    assert code == 2
    assert "DATABASE_URL" in said


def typed(monkeypatch, text):
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_accounts_are_made_listed_disabled_reset_and_enabled(ready, monkeypatch):
    assert ready("account", "list", "--json")[1] == []
    typed(monkeypatch, "con voi an mia 7\n")
    code, made, _ = ready("account", "add", "QuanTri", "--role", "administrator", "--json")
    assert (code, made) == (
        0, {"login": "QuanTri", "roles": ["administrator"], "password": None},
    )  # fmt: skip
    typed(monkeypatch, "")
    words = ("account", "add", "canbo", "--role", "officer,planner", "--agency", "Sở Tài chính")
    code, made, _ = ready(*words, "--json")
    assert (code, made["roles"]) == (0, ["officer", "planner"])
    assert len(made["password"]) == 19
    listed = {one["login"]: one for one in ready("account", "list", "--json")[1]}
    assert listed["canbo"]["agency"] == "so-tai-chinh"
    assert (listed["canbo"]["must_change"], listed["quantri"]["must_change"]) == (True, False)
    assert "con voi" not in ready("account", "list")[1]
    code, given, _ = ready("account", "reset", "canbo", "--json")
    assert (code, given["password"] != made["password"]) == (0, True)
    assert ready("account", "disable", "canbo", "--why", "nghỉ", "--json")[1] == {
        "login": "canbo", "sessions_ended": 0,
    }  # fmt: skip
    listed = {one["login"]: one for one in ready("account", "list", "--json")[1]}
    assert listed["canbo"]["disabled"]
    assert ready("account", "enable", "canbo")[0] == 0


@pytest.mark.parametrize(
    ("words", "password", "key"),
    [
        (("ai", "--role", "viewer"), "con voi an mia 7", "first_administrator"),
        (("ai", "--role", "king"), "con voi an mia 7", "unknown_role"),
        (("ai",), "con voi an mia 7", "no_role"),
        (("ai", "--role", "administrator"), "ngan", "short"),
        (("ai/b", "--role", "administrator"), "con voi an mia 7", "bad_login"),
    ],
)
def test_an_account_that_cannot_be_made_is_refused_in_one_sentence(
    ready, monkeypatch, words, password, key
):
    typed(monkeypatch, password)
    code, refused, said = ready("account", "add", *words, "--json")
    assert (code, refused["refused"]) == (1, key)
    assert len(said.strip().splitlines()) == 1
    assert password not in said
    assert ready("account", "list", "--json")[1] == []


def test_a_password_is_never_a_word_on_the_command_line(ready):
    words = ("account", "add", "ai", "--role", "administrator", "--password", "x")
    assert ready(*words)[0] == 2


def test_the_last_administrator_stays(ready, monkeypatch):
    typed(monkeypatch, "")
    ready("account", "add", "quantri", "--role", "administrator", "--one-time")
    code, refused, _ = ready("account", "disable", "quantri", "--json")
    assert (code, refused["refused"]) == (1, "last_administrator")
    assert ready("account", "reset", "ai", "--json")[1]["refused"] == "unknown"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("foo", "DATABASE_URL không phải địa chỉ kho dữ liệu dùng được"),
        ("mysql://x@y/z", "Hãy viết sqlite:///"),
        ("postgresql://nobody@127.0.0.1:1/x", "Không mở được kho dữ liệu"),
    ],
)
def test_a_store_that_cannot_be_used_is_told_in_a_sentence_with_what_to_do(
    run, monkeypatch, url, said
):
    monkeypatch.setenv("DATABASE_URL", url)
    code, out, err = run("status", "--json")
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_a_file_that_is_no_store_is_told_and_left_as_it_is(run, tmp_path, monkeypatch):
    path = tmp_path / "notes.db"
    path.write_text("not a database, but somebody's notes " * 40)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    code, _, err = run("status")
    assert code == 2
    assert "Không mở được kho dữ liệu" in err
    assert path.read_text().startswith("not a database")


def test_a_store_without_a_register_says_how_it_is_loaded(run):
    code, document, err = run("status", "--json")
    assert (code, document["targets"]) == (0, [])
    assert "manage.py init" in err


def test_answers_are_utf8_whatever_the_locale_says(tmp_path):
    made = subprocess.run(
        [sys.executable, "manage.py", "status"],
        cwd=ROOT,
        env={"DATABASE_URL": f"sqlite:///{tmp_path / 's.db'}", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert made.returncode == 0
    assert "Kho dữ liệu này chưa có chỉ tiêu nào" in made.stderr.decode("utf-8")


def handed(ready, tmp_path, *rows):
    """A submission of figures as another system gives them; its number."""
    path = tmp_path / "so-lieu.csv"
    head = "indicator,period,area,value,status,source\n"
    path.write_text(head + "".join(f"{row},estimate,S\n" for row in rows), encoding="utf-8")
    code, taken, _ = ready("figures", path, "--json")
    assert code == 0, taken
    return taken["submission"]


def test_a_figure_is_withdrawn_from_the_shell_and_put_back_by_undo(ready, tmp_path):
    handed(ready, tmp_path, "DL-01,2026-H1,,3000000", "DL-01,2026-Q1,,1000000")
    words = ("--indicator", "DL-01", "--period", "2026-H1", "--why", "nhầm kỳ", "--json")
    code, shown, _ = ready("withdraw", *words, "--dry-run")
    assert (code, shown["submission"], shown["withdrawn"]) == (0, None, 0)
    code, done, _ = ready("withdraw", *words, "--by", "Thu")
    assert (code, done["withdrawn"]) == (0, 1)
    assert done["cells"] == [
        {"indicator": "DL-01", "period": "2026-H1", "area": "", "old": 3_000_000, "new": None}
    ]
    newest = ready("submissions", "--json")[1][0]
    assert (newest["kind"], newest["why"], newest["by"]) == ("withdraw", "nhầm kỳ", "Thu")
    code, again, said = ready("withdraw", *words)
    assert (code, again["submission"], again["cells"]) == (1, None, [])
    assert "Không có số liệu nào như vậy" in said
    assert ready("undo", done["submission"], "--json")[1]["restored"] == 1


def test_all_that_stands_of_a_submission_is_withdrawn(ready, tmp_path):
    number = handed(ready, tmp_path, "DL-01,2026-H1,,3000000", "DL-02,2026-H1,,60000")
    handed(ready, tmp_path, "DL-02,2026-H1,,61000")  # this one is the second's by now
    code, done, _ = ready("withdraw", "--submission", number, "--why", "thử", "--json")
    assert (code, [cell["indicator"] for cell in done["cells"]]) == (0, ["DL-01"])


@pytest.mark.parametrize(
    "words",
    [
        ("--why", "x"),
        ("--why", "x", "--indicator", "DL-01"),
        ("--why", "  ", "--submission", "1"),
        ("--why", "x", "--indicator", "DL-01", "--period", "sáu tháng"),
        ("--submission", "1"),
    ],
)
def test_a_withdrawal_from_the_shell_names_figures_and_a_reason(ready, words):
    assert ready("withdraw", *words)[0] == 2


def test_a_template_of_an_agency_holds_what_it_reports(ready, tmp_path):
    path, out = tmp_path / "assign.csv", tmp_path / "mau.xlsx"
    path.write_text(
        "target,agency,areas,from,document\nDL-01,so-tai-chinh,,2026-01-01,QĐ 1\n",
        encoding="utf-8",
    )
    assert ready("assign", path)[0] == 0
    assert ready("template", "--agency", "so-tai-chinh", "--out", out)[0] == 0
    sheet = openpyxl.load_workbook(out)["Số liệu"]
    assert [sheet.cell(row, 1).value for row in (5, 6)] == ["DL-01", None]
    assert ready("template", "--out", out)[0] == 2
    assert ready("template", "--agency", "khong-co", "--out", out)[0] == 2
