"""Register files against a seeded store, on both databases."""

import io
from datetime import date

import openpyxl
import pytest

from db import audit, changes, tables, versioned
from db import register as rows
from indicators.model import ABOUT
from seed.files import DATA
from services import access, register
from services.moments import day_end, day_start
from services.refusals import Denied
from services.seeding import seed

NOW = day_start(date(2026, 11, 22))
LATER = NOW + 3_600_000_000
ADMIN = access.shell("Quản trị")

DOCUMENT = (
    "key,kind_vi,number,issued,issuer_vi,title_vi,term\n"
    "QD-77,Quyết định,77/QĐ-UBND,2026-09-01,UBND tỉnh Sơn La,Phụ lục 01,2026-2030\n"
)
TARGET = (
    "code,field,name_vi,name_en,unit,kind,comparator,value_low,value_high,period_start,"
    "period_end,direction,scope,document,locator,wording_vi,lead_vi,doubt\n"
    "NN-01,Nông nghiệp,Diện tích cây ăn quả,Fruit trees,ha,level,at_least,{low},,2030,2030,up,"
    "{scope},{document},Phụ lục 01,Diện tích đạt 90.000 ha,Sở Nông nghiệp và Môi trường,\n"
)


def csv(text):
    return text.encode("utf-8-sig")


def target(low="90000", scope="province", document="CTR-2045"):
    return csv(TARGET.format(low=low, scope=scope, document=document))


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        for row in table:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def split(text):
    return [line.split(",") for line in text.strip().splitlines()]


@pytest.fixture
def seeded(store):
    seed(store, NOW, with_actuals=False)
    return store


def add(store, content, name="them.csv", **more):
    return register.add(store, ADMIN, content, name, **{"now": LATER, **more})


def target_of(store, code, as_of=LATER + 1):
    with store.read() as tx:
        return {one.code: one for one in rows.targets(tx, as_of)}.get(code)


def codes(report):
    return [one.code for one in report.findings]


def test_a_target_comes_in_with_the_behaviour_and_the_body_that_it_implies(seeded):
    report = add(seeded, target())
    assert not report.refused
    assert (report.count("added"), report.count("amended")) == (1, 0)
    assert codes(report) == ["R16", "R17"]
    assert target_of(seeded, "NN-01").low == 90000.0
    with seeded.read() as tx:
        behaviour = {one.code: one for one in rows.indicators(tx, LATER + 1)}["NN-01"]
        names = {one.name_vi: one.key for one in rows.agencies(tx, LATER + 1)}
    assert (behaviour.measure, behaviour.minimum, behaviour.maximum) == ("stock", 0.0, None)
    assert behaviour.unit == "ha"
    assert names["Sở Nông nghiệp và Môi trường"] == "so-nong-nghiep-va-moi-truong"


def test_the_same_file_again_changes_nothing(seeded):
    add(seeded, target())
    with seeded.read() as tx:
        version = changes.data_version(tx, LATER + 10)
    again = add(seeded, target(), now=LATER + 5)
    assert (again.count("added"), again.count("amended"), again.count("unchanged")) == (0, 0, 1)
    with seeded.read() as tx:
        assert changes.data_version(tx, LATER + 10) == version


def test_a_dry_run_tells_and_stores_nothing(seeded):
    report = add(seeded, target(), dry_run=True)
    assert report.count("added") == 1
    assert target_of(seeded, "NN-01") is None


def test_a_workbook_brings_a_document_its_targets_and_a_list_of_areas(seeded):
    content = workbook(
        van_ban=split(DOCUMENT),
        chi_tieu=split(TARGET.format(low="90000", scope="fruit", document="QD-77")),
        dia_ban=[
            ["scope", "area_name_vi", "as_written"],
            ["fruit", "Chiềng Cơi", "Chiềng Coi"],
            ["fruit", 4105.0, ""],
        ],
        indicators=[["code", "measure", "decimals", "minimum"], ["NN-01", "flow", 0, 0]],
        ghi_chu=[["Người lập", "An"]],
    )
    report = add(seeded, content, "phu_luc.xlsx")
    assert not report.refused, report.findings
    assert report.count("added") == 5
    assert codes(report) == ["R02", "R17"]
    added = target_of(seeded, "NN-01")
    assert added.areas == ("03670", "04105")
    assert added.term == (2026, 2030)
    with seeded.read() as tx:
        assert {one.code: one.measure for one in rows.indicators(tx, LATER)}["NN-01"] == "flow"


def test_a_new_target_is_known_from_the_day_of_its_document(seeded):
    content = workbook(
        a=split(DOCUMENT), b=split(TARGET.format(low="90000", scope="province", document="QD-77"))
    )
    add(seeded, content, "a.xlsx")
    assert target_of(seeded, "NN-01", day_end(date(2026, 8, 31))) is None
    assert target_of(seeded, "NN-01", day_start(date(2026, 9, 1))).low == 90000.0
    with seeded.read() as tx:
        known = {one.code for one in rows.indicators(tx, day_start(date(2026, 9, 1)))}
    assert "NN-01" in known


AMENDED = "code,value_low,document,locator\nDL-01,9.500.000,{document},Phụ lục 01\n"


def test_an_amended_target_keeps_its_former_version_and_names_it(seeded):
    add(seeded, csv(DOCUMENT), "van_ban.csv")
    report = add(seeded, csv(AMENDED.format(document="QD-77")), now=LATER + 5)
    assert (report.count("amended"), report.refused) == (1, False)
    after = target_of(seeded, "DL-01", LATER + 9)
    assert (after.low, after.document, after.unit) == (9_500_000.0, "QD-77", "lượt")
    assert target_of(seeded, "DL-01", day_end(date(2026, 8, 31))).low == 9_000_000.0
    with seeded.read() as tx:
        former, newer = versioned.history(tx, tables.targets, ("DL-01",))
    assert former.values["document"] == "CTHD-DU"
    assert newer.values["supersedes"] == "CTHD-DU, Phần II, đề án 3"
    assert newer.known_from == day_start(date(2026, 9, 1))


def test_a_correction_under_the_same_document_counts_from_now(seeded):
    add(seeded, csv("code,value_low,document\nYT-01,1,CTR-2045\n"))
    assert target_of(seeded, "YT-01", LATER - 1).low == 2.0
    assert target_of(seeded, "YT-01", LATER).low == 1.0


def test_a_column_left_out_keeps_what_stands(seeded):
    add(seeded, csv("code,value_low,document,doubt\nKT-01,5600,CTHD-DU,\n"))
    after = target_of(seeded, "KT-01")
    assert (after.low, after.comparator, after.doubt) == (5600.0, ABOUT, "")
    assert after.name_vi == "Số doanh nghiệp đang hoạt động"


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ("DL-01,xyz,CTHD-DU", "R05", "B2"),
        ('DL-01,"12.420",CTHD-DU', "R06", "B2"),
        ("DL-01,,CTHD-DU", "R04", "B2"),
        ("DL-01,9000000,QD-99", "R11", "C2"),
        ("DL-01,9000000,", "R04", "C2"),
        ("DL 01,9000000,CTHD-DU", "R25", "A2"),
        ("DL-01,1,CTHD-DU\nDL-01,2,CTHD-DU", "R10", "A3"),
        ("NN-01,1,CTHD-DU", "R04", "A2"),  # a new target needs its names
        ("DT-01,200,CTHD-DU", "R12", "B2"),  # the range ends at 150
    ],
)
def test_what_is_wrong_is_said_at_its_cell_and_nothing_is_stored(untouched, row, code, cell):
    report = add(untouched, csv(f"code,value_low,document\n{row}\n"))
    assert report.refused
    found = [(one.code, one.cell) for one in report.findings]
    assert (code, cell) in found
    assert report.effects == ()
    assert target_of(untouched, "DL-01").low == 9_000_000.0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "soon"}, "R07"),
        ({"comparator": "least"}, "R07"),
        ({"direction": "left"}, "R07"),
        ({"scope": "mountains"}, "R19"),
        ({"comparator": "between"}, "R12"),
        ({"value_high": "100"}, "R12"),
        ({"comparator": "between", "value_high": "50"}, "R12"),
        ({"period_start": "2031"}, "R13"),
        ({"period_end": "2030.5"}, "R09"),
        ({"period_end": ""}, "R04"),
        ({"unit": ""}, "R04"),
    ],
)
def test_a_new_target_that_contradicts_itself_is_refused(untouched, change, code):
    head, row = split(TARGET.format(low="90000", scope="province", document="CTR-2045"))
    values = {**dict(zip(head, row, strict=True)), **change}
    report = add(untouched, workbook(t=[head, [values[name] for name in head]]), "t.xlsx")
    assert report.refused
    assert code in codes(report)


def test_a_vietnamese_number_is_read_where_it_has_one_reading(seeded):
    add(seeded, csv('code,value_low,document\nDL-03,"12.500,5",CTHD-DU\nKT-04,9500.5,CTHD-DU\n'))
    assert target_of(seeded, "DL-03").low == 12500.5
    assert target_of(seeded, "KT-04").low == 9500.5


def test_an_area_is_never_found_by_nearness_and_a_former_name_says_where_it_lies(untouched):
    report = add(
        untouched, csv("scope,area_name_vi\nx,Chieng Coi\nx,Chiềng Ân\nx,Phường Chiềng An\n")
    )
    assert codes(report) == ["R34", "R31"]
    assert "Chiềng Cơi" in report.findings[0].fix
    assert "Chiềng Hoa" in report.findings[1].message


def test_milestones_goals_duties_bodies_and_areas_come_in_too(seeded):
    content = workbook(
        moc=[
            ["code", "name_vi", "due", "document"],
            ["DA-12", "Đề án mới", date(2027, 3, 31), "CTHD-DU"],
        ],
        dinh_tinh=[
            ["code", "wording_vi", "what_would_show_it", "document"],
            ["QL-40", "Giữ vững", "Số vụ", "CTHD-DU"],
        ],
        bao_cao=[
            ["key", "who_vi", "due_rule", "document"],
            ["BC-X", "Sở Tài chính", "before 5 March, each year", "CTHD-DU"],
        ],
        co_quan=[["key", "name_vi", "kind"], ["so-x", "Sở X", "department"]],
        dia_ban=[["code", "name_vi", "kind", "full_name_vi"], [9999.0, "Mới", "xã", ""]],
    )
    report = add(seeded, content, "nhieu.xlsx")
    assert not report.refused, report.findings
    assert report.count("added") == 5
    with seeded.read() as tx:
        due = {one.code: one.due for one in rows.milestones(tx, LATER)}["DA-12"]
        assert due == date(2027, 3, 31)
        assert len(rows.goals(tx, LATER)) == 40
        assert len(rows.duties(tx, LATER)) == 8
        assert {one.area for one in rows.agencies(tx, LATER) if one.kind == "commune"} >= {"09999"}
    assert "09999" in target_of(seeded, "YT-01").areas


def test_a_file_without_a_known_table_is_refused_with_what_would_be_one(untouched):
    report = add(untouched, csv("a,b\n1,2\n"))
    assert (report.refused, codes(report)) == (True, ["R02", "R01"])
    assert "title_vi" in report.findings[1].fix


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [(b"", "x.xlsx", "F01"), (b"hello", "x.pdf", "F02"), (b"<html>", "x.xlsx", "F03")],
)
def test_a_file_that_is_none_is_refused_like_an_upload(untouched, content, name, code):
    report = add(untouched, content, name)
    assert (report.refused, codes(report)) == (True, [code])
    assert report.findings[0].message


def test_only_who_may_change_the_register_adds_to_it(untouched):
    officer = access.Actor("Cán bộ", access.capabilities(("officer",)))
    with pytest.raises(Denied):
        register.add(untouched, officer, target(), "a.csv", now=LATER)


def test_the_audit_says_who_added_what(seeded):
    add(seeded, target())
    with seeded.read() as tx:
        line, *_seed = audit.listing(tx)
    assert (line.by, line.action, line.subject) == ("Quản trị", "register.add", "them.csv")
    assert '"targets NN-01": {"code": "NN-01"' in line.new


def test_the_report_as_json_has_the_keys_of_the_contract(seeded):
    document = add(seeded, target(), dry_run=True).as_json()
    assert {"added": 1, "amended": 0, "unchanged": 0}.items() <= document.items()
    assert document["rows"] == [{"table": "targets", "key": "NN-01", "effect": "added"}]
    assert {"code", "severity", "sheet", "cell", "message", "fix", "where"} <= set(
        document["findings"][0]
    )


def test_a_row_amended_by_a_file_survives_a_changed_seed(seeded):
    add(seeded, csv("code,value_low,document\nDL-01,9500000,CTHD-DU\n"))
    with seeded.write() as tx:
        from db import meta

        meta.put(tx, "seed", '{"digest": "old", "parts": ["register"], "changes": [1]}')
        meta.put(tx, "seed.rows", '{"targets": {"DL-01": "old"}}')
    report = seed(seeded, LATER + 9, with_actuals=False)
    assert ("targets", ("DL-01",)) in report.kept
    assert target_of(seeded, "DL-01", LATER + 10).low == 9_500_000.0


@pytest.mark.parametrize(
    ("file", "rows"),
    [
        ("register/documents.csv", 2),
        ("register/agencies.csv", 9),
        ("register/targets.csv", 32),
        ("register/indicators.csv", 32),
        ("register/target_areas.csv", 24),
        ("register/milestones.csv", 13),
        ("register/qualitative.csv", 39),
        ("register/reporting.csv", 7),
        ("areas/communes.csv", 75),
    ],
)
def test_the_registers_own_files_change_nothing(untouched, file, rows):
    report = add(untouched, (DATA / file).read_bytes(), file.rpartition("/")[2], dry_run=True)
    assert not report.refused, report.findings
    assert (report.count("unchanged"), report.count("added"), report.count("amended")) == (
        rows,
        0,
        0,
    )


def test_findings_stand_in_the_order_of_the_file(untouched):
    report = add(untouched, csv("code,value_low,document\nDL-02,x,QD-99\n,1,CTHD-DU\n"))
    assert [one.cell for one in report.findings] == ["B2", "C2", "A3"]
    assert report.findings[0].where == "them.csv, B2"


def test_a_body_that_the_file_names_leads_under_the_key_of_the_file(untouched):
    content = workbook(
        a=split(TARGET.format(low="90000", scope="province", document="CTR-2045")),
        b=[["key", "name_vi", "kind"], ["so-nnmt", "Sở Nông nghiệp và Môi trường", "department"]],
    )
    report = add(untouched, content, "a.xlsx", dry_run=True)
    assert codes(report) == ["R16"]
    assert {one.key for one in report.effects} == {"NN-01", "so-nnmt"}


def test_of_thousands_of_errors_the_first_are_listed_and_the_rest_counted(untouched):
    report = add(untouched, csv("scope,area_name_vi\n" + "x,nowhere\n" * 2500))
    assert len(report.findings) == 2001
    assert "500" in report.findings[-1].message
    assert report.refused
