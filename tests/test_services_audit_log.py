"""The log looked through, taken away and checked, on both databases."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import date

import openpyxl
import pytest
import sqlalchemy as sa

from db import audit, tables
from services import (
    access,
    accounts,
    audit_export,
    audit_log,
    passwords,
    plans,
    preferences,
    register,
    seeding,
    signin,
    submissions,
)
from services.access import LOCAL, ROLES, Actor, Denied
from services.audit_log import Search
from services.preferences import Preferences
from services.submissions import Figure, Given
from tests.people import ADMIN, AGENCY_A, NOW, PASSWORD

pytestmark = pytest.mark.slow

DAY = 86_400_000_000
LATER = NOW + 10 * DAY  # 28/11/2026


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    cheaper = passwords.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", cheaper)
    monkeypatch.setattr(passwords, "_NOBODY", "")


def person(number, role="officer", name="Lò Thị Ánh"):
    return Actor(name, ROLES[role], AGENCY_A, "10.0.0.7", number, (role,))


@pytest.fixture
def full(store):
    """A store in which things happened on three days."""
    seeding.seed(store, NOW - 20 * DAY)
    for login, role, name in (
        ("quantri", "administrator", "Hà Quản Trị"),
        ("anh", "consolidator", "Lò Thị Ánh"),
    ):
        accounts.add(store, ADMIN, login=login, roles=[role], name=name, password=PASSWORD, now=NOW)
    signin.sign_in(store, "anh", "sai bét", address="10.0.0.7", browser="F", now=LATER - DAY)
    signin.sign_in(store, "anh", PASSWORD, address="10.0.0.7", browser="F", now=LATER - DAY + 1)
    for value, at in ((5.0, 2), (6.0, 3)):
        submissions.commit(
            store, person(2, "consolidator"), [Figure("DL-01", "", "2026-H1", value, "estimate")],
            kind="entry", expected=None, given=Given(why="theo báo cáo"), now=LATER - DAY + at,
        )  # fmt: skip
    content = "indicator,period,value,document\nDL-03,2027,8000,QĐ 12\n".encode()
    report = plans.add(
        store, person(1, "administrator", "Hà Quản Trị"), content, "kh.csv", now=LATER
    )
    assert not report.refused
    return store


def found(store, **wanted):
    return [one.action for one in audit_log.search(store, ADMIN, Search(**wanted)).lines]


def test_the_newest_line_comes_first_in_words(full):
    page = audit_log.search(full, ADMIN, Search())
    line, change, first, entered, failed, *older = page.lines
    assert (line.who, line.came_from, line.sentence) == (
        "Hà Quản Trị",
        "10.0.0.7",
        "Ghi kế hoạch năm (kh.csv)",
    )
    told = {(one.row, one.field): (one.old, one.new, one.target) for one in line.differences}
    assert told["Kế hoạch năm DL-03, năm 2027", "giá trị"] == ("", "8.000", "DL-03")
    assert change.sentence == "Nộp số liệu (lần nộp 2): 1 số thay đổi"
    assert (change.link, change.why) == (("submission", "2"), "theo báo cáo")
    assert [(one.row, one.old, one.new) for one in change.differences] == [
        ("Số liệu DL-01, 6 tháng đầu năm 2026", "5", "6")
    ]
    assert first.sentence == "Nộp số liệu (lần nộp 1): 1 số mới"
    assert (entered.sentence, entered.who, entered.login) == (
        "Đăng nhập (anh)",
        "Lò Thị Ánh",
        "anh",
    )
    assert failed.sentence == "Đăng nhập không được (anh): tên hoặc mật khẩu không đúng"
    assert (failed.who, failed.link) == ("Lò Thị Ánh", ("account", "anh"))
    assert [one.action for one in older] == ["account.add", "account.add", "seed.load"]
    assert (page.total, page.older, page.newer) == (8, None, None)


def test_a_line_reads_in_english_too(full):
    line = audit_log.search(full, ADMIN, Search(kind="failed"), lang="en").lines[0]
    assert line.sentence == "Could not sign in (anh): wrong name or password"


@pytest.mark.parametrize(
    ("wanted", "actions"),
    [
        ({"person": "account:1"}, ["plans.add"]),
        ({"person": "người cài đặt"}, ["account.add", "account.add"]),
        ({"kind": "figures"}, ["submission.commit"] * 2),
        ({"kind": "signin"}, ["signin.done", "signin.refused"]),
        ({"kind": "failed"}, ["signin.refused"]),
        ({"kind": "register"}, ["plans.add", "seed.load"]),
        ({"kind": "other"}, []),
        ({"about": "2"}, ["submission.commit"]),
        ({"about": "Lần nộp 1"}, ["submission.commit"]),
        ({"about": "#2"}, ["submission.commit"]),
        ({"about": " ANH "}, ["signin.done", "signin.refused", "account.add"]),
        ({"about": "kh.csv"}, ["plans.add"]),
        ({"text": "ĐẦU tư công nghệ"}, []),
        ({"text": "THEO BÁO cáo"}, ["submission.commit"] * 2),
        ({"text": "100%"}, []),
        ({"text": "a_min"}, []),
        ({"first": date(2026, 11, 28)}, ["plans.add"]),
        ({"first": date(2026, 11, 18), "last": date(2026, 11, 18)}, ["account.add"] * 2),
        ({"last": date(2026, 11, 17)}, ["seed.load"]),
        ({"about": "1", "kind": "signin"}, []),
    ],
)
def test_lines_are_found(full, wanted, actions):
    assert found(full, **wanted) == actions


def test_a_text_is_found_in_who_did_it_and_in_what_was_written(full):
    by_her, about_her = {"submission.commit", "signin.done"}, {"account.add"}
    assert set(found(full, text="LÒ THỊ ánh")) == by_her | about_her


def test_an_address_that_asks_for_nonsense_asks_for_nothing():
    address = {"kind": "nonsense", "first": "2026-13-01", "last": "x", "text": "x" * 999}
    assert audit_log.wanted(address.get) == Search(text="x" * 200)
    address = {"kind": "failed", "first": "2026-11-01", "person": "account:1", "about": "DL-01"}
    assert audit_log.wanted(address.get) == Search(
        person="account:1", kind="failed", about="DL-01", first=date(2026, 11, 1)
    )


def test_a_target_is_found_by_what_was_done_to_it(full):
    """By the rows of its changes, those of its indicator, and what its submissions brought."""
    assert found(full, about="dl-01") == ["submission.commit", "submission.commit", "seed.load"]
    assert found(full, about="DL-03") == ["plans.add", "seed.load"]
    submissions.undo(full, person(2, "consolidator"), 2, why="", now=LATER + 1)
    assert found(full, about="DL-01")[0] == "submission.undo"
    assert found(full, about="XX-99") == []


def test_pages_follow_each_other_both_ways(store):
    for number in range(120):
        with store.write() as tx:
            audit.add(tx, NOW + number, f"Người {number}", "signin.done", "")
    first = audit_log.search(store, ADMIN, Search())
    second = audit_log.search(store, ADMIN, Search(), before=first.older)
    third = audit_log.search(store, ADMIN, Search(), before=second.older)
    assert [len(page.lines) for page in (first, second, third)] == [50, 50, 20]
    assert {page.total for page in (first, second, third)} == {120}
    whos = [one.who for page in (first, second, third) for one in page.lines]
    assert whos == [f"Người {number}" for number in reversed(range(120))]
    assert (first.newer, third.older) == (None, None)
    assert second.newer == 0  # the first page
    back = audit_log.search(store, ADMIN, Search(), before=third.newer)
    assert back.lines == second.lines


def test_a_week_is_counted_with_its_refused_sign_ins(full):
    assert audit_log.week(full, ADMIN, LATER) == audit_log.Week(5, 1)
    assert audit_log.week(full, ADMIN, LATER + 30 * DAY) == audit_log.Week(0, 0)


def test_people_are_those_with_an_account_and_those_who_stand_in_the_log(full):
    assert [(one.key, one.name) for one in audit_log.people(full, ADMIN)] == [
        ("dữ liệu gốc", "dữ liệu gốc"),
        ("account:1", "Hà Quản Trị (quantri)"),
        ("account:2", "Lò Thị Ánh (anh)"),
        ("người cài đặt", "người cài đặt"),
    ]


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"administrator"}))
def test_only_an_administrator_sees_the_log(full, role):
    actor = Actor("ai", ROLES[role])
    for act in (
        lambda: audit_log.search(full, actor, Search()),
        lambda: audit_log.people(full, actor),
        lambda: audit_log.week(full, actor, NOW),
        lambda: audit_export.export(full, actor, "csv"),
        lambda: audit_export.verify(full, actor),
    ):
        with pytest.raises(Denied):
            act()


def test_what_the_local_user_recorded_keeps_that_name_when_the_first_account_is_made(store):
    seeding.seed(store, NOW - DAY)
    given = [Figure("DL-01", "", "2026-H1", 5.0, "estimate")]
    submissions.commit(store, LOCAL, given, kind="entry", expected=None, given=Given(), now=NOW - 5)
    preferences.save(store, LOCAL, Preferences(language="en"), now=NOW - 4)
    accounts.add(
        store, access.shell(), login="quantri", roles=["administrator"], password=PASSWORD, now=NOW
    )
    assert found(store, person=LOCAL.name) == [
        "account.add",
        "account.settings",
        "submission.commit",
    ]
    (one,) = submissions.listing(store)
    assert (one.by, one.account) == (LOCAL.name, None)
    wrong = {"login": "hai", "name": LOCAL.name, "roles": ["viewer"], "now": NOW}
    with pytest.raises(accounts.AccountRefused, match="name_taken"):
        accounts.add(store, ADMIN, **wrong)


# --- taken away --------------------------------------------------------------------


def test_a_table_has_vietnamese_headings_and_sentences_oldest_first(full):
    made = audit_export.export(full, ADMIN, "csv", Search(kind="figures"))
    head, first, second = csv.reader(io.StringIO(made.content.decode("utf-8-sig"), newline=""))
    assert head[:6] == ["Số", "Thời điểm", "Người", "Tên đăng nhập", "Từ đâu", "Việc"]
    row = dict(zip(head, second, strict=True))
    assert (first[5], made.lines) == ("Nộp số liệu (lần nộp 1): 1 số mới", 2)
    assert row["Trước"] == "Số liệu DL-01, 6 tháng đầu năm 2026 · giá trị: 5"
    assert row["Sau"] == "Số liệu DL-01, 6 tháng đầu năm 2026 · giá trị: 6"
    assert (row["Người"], row["Tên đăng nhập"], row["Lý do"]) == (
        "Lò Thị Ánh",
        "anh",
        "theo báo cáo",
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_a_person_typed_is_no_formula_in_a_spreadsheet(store, form):
    evil = '=HYPERLINK("http://x";"bấm")'
    with store.write() as tx:
        audit.add(
            tx, NOW, evil, "plans.add", "@SUM(A1)", why="+1", came_from="-1", old="=1", new="=2"
        )
    content = audit_export.export(store, ADMIN, form).content
    if form == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        rows = [["" if cell is None else cell for cell in row] for row in sheet.values]
    texts = [str(cell) for cell in rows[1]]
    assert f"'{evil}" in texts
    assert "'=1" in texts
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@"))]


def test_anybody_can_work_the_digests_of_an_export_out_again(full):
    from services.moments import moment

    document = json.loads(audit_export.export(full, ADMIN, "json").content)
    before = ""
    for line in document["lines"]:
        sides = [
            "" if line[s] is None else json.dumps(line[s], ensure_ascii=False)
            for s in ("old", "new")
        ]
        said = [
            *(before, moment(line["at"]), line["by"], line["account"], line["action"]),
            *(line["subject"], *sides, line["why"], line["from"], line["change"]),
        ]
        text = json.dumps(said, separators=(",", ":"))
        assert (line["previous"], line["digest"]) == (
            before,
            hashlib.sha256(text.encode()).hexdigest(),
        )
        before = line["digest"]
    assert len(document["lines"]) == 8


def test_another_form_is_a_bad_call(store):
    with pytest.raises(ValueError, match="pdf"):
        audit_export.export(store, ADMIN, "pdf")


# --- checked -----------------------------------------------------------------------


def test_a_log_that_fits_says_how_much_and_what_to_keep(full):
    done = audit_export.verify(full, ADMIN)
    assert (done.fits, done.lines, done.met) == (True, 8, None)
    first, keep = audit_export.told(done)
    assert "khớp: 8 dòng" in first
    assert done.newest in keep
    assert audit_export.verify(full, ADMIN, f" {done.newest.upper()} ").met is True
    lost = audit_export.verify(full, ADMIN, "0" * 64)
    assert (lost.fits, lost.met) == (False, False)
    assert "đã bị cắt" in audit_export.told(lost, "0" * 64)[1]


def test_a_line_that_was_changed_behind_the_programs_back_is_named(full):
    with full.write() as tx:
        if full.is_sqlite:
            tx.connection.execute(sa.text("DROP TRIGGER audit_no_update"))
        else:
            tx.connection.execute(sa.text("ALTER TABLE audit DISABLE TRIGGER audit_only_add"))
        tx.connection.execute(sa.text("UPDATE audit SET \"by\" = 'Người khác' WHERE id = 7"))
    done = audit_export.verify(full, ADMIN)
    assert (done.fits, done.lines, done.misfit.line.id) == (False, 6, 7)
    assert audit_export.told(done)[0].startswith("Dòng 7 (27/11/2026 ")
    assert "Người khác" in audit_export.told(done)[0]


# --- words -------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_column_of_a_versioned_table_has_words(lang):
    from i18n.words import words

    _ = words(lang)
    own = {"id", "known_from", "known_to", "change_id"}
    own |= {"submission_id", "credited_submission", "credited_from", "closed_by"}
    for table in tables.metadata.tables.values():
        if "key" in table.info:
            assert _(f"adminaudit.table_{table.name}")
            for column in table.c:
                assert column.name in own or _(f"adminaudit.field_{column.name}")


def test_a_line_that_another_version_wrote_is_shown_all_the_same(store):
    with store.write() as tx:
        audit.add(tx, NOW, "An", "moon.landed", "DL-01", old=[1, 2], new={"x": None, "y": [True]})
    (line,) = audit_log.search(store, ADMIN, Search()).lines
    assert line.sentence == "Việc khác: moon.landed (DL-01)"
    assert [(one.field, one.old, one.new) for one in line.differences] == [
        ("", "1, 2", ""),
        ("y", "", "có"),
    ]
    assert found(store, kind="other") == ["moon.landed"]


def test_the_register_names_a_file_with_markup_as_it_is(store):
    """The page escapes it: here it stays what it was."""
    seeding.seed(store, NOW - DAY)
    register.add(store, ADMIN, b"", "<b>x</b>.csv", now=NOW)
    with store.write() as tx:
        audit.add(tx, NOW, "<i>An</i>", "register.add", "<b>x</b>.csv")
    line = audit_log.search(store, ADMIN, Search()).lines[0]
    assert (line.who, line.about) == ("<i>An</i>", "<b>x</b>.csv")
