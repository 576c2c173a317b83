"""The preview: each thing of a file in one group, page by page, and the rows around a cell."""

from __future__ import annotations

import pytest

from services import columns, drafts, preview
from services.access import LOCAL, Actor, Denied, capabilities
from services.seeding import seed
from services.submissions import Figure, File, Given, commit
from tests.handin import workbook

NOW = 1_795_000_000_000_000
VIEWER = Actor("Sang", capabilities(("viewer",)))


@pytest.fixture
def ready(store):
    seed(store, NOW)
    return store


def opened(store, data, name="tep.xlsx", choices=None):
    number = drafts.begin(store, LOCAL, File(name, data), NOW)
    if choices:
        drafts.say(store, LOCAL, number, choices, NOW)
    draft = drafts.load(store, LOCAL, number)
    return draft, drafts.checked(store, draft, as_of=NOW + 10, version=1)


def page(store, checked, group="", number=1):
    return preview.page(store, checked, NOW + 10, group, number)


def test_each_thing_of_a_file_stands_in_one_group(ready):
    old = Figure("DL-01", "", "2026-H1", 2_900_000.0, "estimate")
    same = Figure("HTX-01", "", "2026-H1", 1030.0, "estimate")
    commit(ready, LOCAL, [old, same], kind="entry", expected=None, given=Given(), now=NOW + 1)
    _draft, checked = opened(
        ready,
        workbook(
            ["DL-01", "2026-H1", "", 3_000_000, "ước tính", "Sở"],
            ["HTX-01", "2026-H1", "", 1030, "ước tính", "Sở"],
            ["DL-02", "2026-H1", "", 21_400, "ước tính", "Sở"],
            ["DL-03", "2026-H1", "", "mười", "ước tính", "Sở"],
            head=["Mã chỉ tiêu", "Kỳ báo cáo", "Địa bàn", "Giá trị", "Trạng thái", "Nguồn", "X"],
        ),
    )
    assert checked.result.outcome == "reject"
    first = page(ready, checked)
    assert dict(first.counts) == {"changed": 1, "new": 1, "same": 1, "unread": 1, "aside": 1}
    (line,) = first.figures
    assert (line.old, line.new) == ("2.900.000\xa0lượt", "3.000.000\xa0lượt")
    assert (line.change, line.where) == ("+100.000\xa0lượt", "Bảng, ô D2")
    (unread,) = page(ready, checked, "unread").others
    assert (unread.cell, unread.what) == ("D5", "mười")
    (aside,) = page(ready, checked, "aside").others
    assert (aside.cell, aside.what, aside.kind) == ("G1", "X", "other")


def test_a_long_file_is_paged_and_a_page_too_far_is_the_last(ready):
    rows = [["DL-01", str(year), "", year, "chính thức", "Sở"] for year in range(1900, 2020)]
    _draft, checked = opened(ready, workbook(*rows))
    last = page(ready, checked, "new", 99)
    assert (last.number, last.pages, last.counts["new"]) == (3, 3, 120)
    assert [len(page(ready, checked, "new", n).figures) for n in (1, 2, 3)] == [50, 50, 20]
    assert last.figures[-1].cell == "D121"


def test_the_rows_around_a_cell_are_shown_with_the_headings(ready):
    rows = [["DL-01", str(year), "", year, "chính thức", "Sở"] for year in range(1990, 2020)]
    draft, checked = opened(ready, workbook(*rows))
    found = preview.around(draft, checked, "Bảng", "D20")
    assert found.columns == ("A", "B", "C", "D", "E", "F")
    assert [row for row, _texts in found.rows] == [1, *range(16, 25)]
    assert dict(found.rows)[20] == ("DL-01", "2008", "", "2008", "chính thức", "Sở")
    assert preview.around(draft, checked, "Bảng", "<b>") is None
    assert preview.around(draft, checked, "Khác", "D20") is None


# --- which column is which ---------------------------------------------------------------

OWN = ["Thời gian", "Kết quả", "Tên gọi"]


def test_headings_that_are_not_known_can_be_explained_and_are_proposed_the_next_time(ready):
    draft, checked = opened(ready, workbook(["2026-H1", 1048, "Số hợp tác xã"], head=OWN))
    assert not checked.figures
    (asked,) = columns.unrecognised(ready, checked.result, {})
    assert [(c.letter, c.text, c.sample) for c in asked.columns] == [
        ("A", "Thời gian", "2026-H1"),
        ("B", "Kết quả", "1048"),
        ("C", "Tên gọi", "Số hợp tác xã"),
    ]
    assert (asked.read, asked.row, asked.proposal) == (False, 1, None)

    said = {"A": "period", "B": "value", "C": "name"}
    columns.remember(ready, LOCAL, asked.shape, said, NOW + 2)
    choices = drafts.retyped(draft.choices, mapping={asked.shape: said})
    _draft, again = opened(
        ready, workbook(["2026-H1", 1048, "Số hợp tác xã"], head=OWN), choices=choices
    )
    assert [(one.indicator, one.value) for one in again.figures] == [("HTX-01", 1048.0)]

    # another file of the same shape: nothing is read by itself, the choice is proposed
    _draft, other = opened(ready, workbook(["2026", 5, "Số hợp tác xã"], head=OWN), "khác.xlsx")
    assert not other.figures
    (asked,) = columns.unrecognised(ready, other.result, {})
    assert dict(asked.proposal.columns) == said
    assert (asked.proposal.by, asked.proposal.at) == (LOCAL.name, NOW + 2)


def test_the_newest_choice_of_a_shape_is_proposed(ready):
    for at, field in enumerate(("value", "ignore")):
        columns.remember(ready, LOCAL, "abc", {"A": field}, NOW + at)
    with ready.read() as tx:
        known = columns.column_choices.known(tx, ["abc", "xyz"])
    assert {shape: dict(one.columns) for shape, one in known.items()} == {"abc": {"A": "ignore"}}


def test_only_who_may_submit_explains_columns_and_only_as_what_there_is(ready):
    with pytest.raises(Denied):
        columns.remember(ready, VIEWER, "abc", {"A": "value"}, NOW)
    for wrong in ("values", "figure:2026-13", "figure:2026:secret"):
        with pytest.raises(ValueError, match="no field"):
            columns.remember(ready, LOCAL, "abc", {"A": wrong}, NOW)
    columns.remember(ready, LOCAL, "abc", {"A": "figure:2026-H1:official", "B": "figure"}, NOW)


def test_a_workbook_of_known_headings_asks_nothing(ready):
    _draft, checked = opened(ready, workbook(["DL-01", "2026-H1", "", 3_000_000, "ước tính", "S"]))
    assert columns.unrecognised(ready, checked.result, {}) == []
