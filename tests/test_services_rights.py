"""Whose figures are whose: officers of two agencies, the consolidator, and figures of nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db import accounts as stored_accounts
from db import register
from services import assignments, drafts, figures, handouts, submissions, uploads
from services.access import LOCAL, ROLES, Actor, Denied, capabilities, shell
from services.refusals import NotTheirs
from services.submissions import Figure, File, Given
from tests.people import AGENCY_A, AGENCY_B

NOW = 1_796_000_000_000_000
ADMIN = shell("Quản trị")
A = Actor("A", ROLES["officer"], agency=AGENCY_A, account=1)
COLLEAGUE = Actor("A khác", ROLES["officer"], agency=AGENCY_A, account=2)
B = Actor("B", ROLES["officer"], agency=AGENCY_B, account=3)
NOBODYS = Actor("C", ROLES["officer"], account=4)  # an officer whose agency was dropped
HA = Actor("Hà", ROLES["consolidator"], agency=AGENCY_A, account=5)
VIEWER = Actor("V", ROLES["viewer"], account=6)
BOSS = Actor("Q", ROLES["administrator"], account=7)


@pytest.fixture
def store(untouched_copy):
    """DL-01 is agency A's, DL-02 only from a later day; NL-01 is B's, DL-03 nobody's."""
    with untouched_copy.write() as tx:
        for number in range(1, 10):
            row = {"login": f"so{number}", "name": f"Số {number}", "agency": "", "roles": ()}
            assert stored_accounts.add(tx, NOW, **row) == number
    assign(
        untouched_copy,
        f"DL-01,{AGENCY_A},,2026-01-01",
        f"DL-02,{AGENCY_A},,2099-01-01",
        f"NL-01,{AGENCY_B},,2026-01-01",
    )
    return untouched_copy


def assign(store, *lines):
    text = "target,agency,areas,from,document\n" + "".join(f"{line},QĐ 1\n" for line in lines)
    done = assignments.add(store, ADMIN, text.encode(), "assign.csv", now=NOW)
    assert not done.refused, done.as_json()


def hand_in(store, actor, *keys, value=5.0, now=NOW + 10, file=None):
    given = [Figure(code, area, period, value, "estimate") for code, area, period in keys]
    return submissions.commit(
        store, actor, given, kind="upload", expected=None, given=Given(file=file), now=now
    )


OWN, OTHERS, LATER, UNASSIGNED = (
    ("DL-01", "", "2026-H1"),
    ("NL-01", "", "2026"),
    ("DL-02", "", "2026"),
    ("DL-03", "", "2026"),
)


@pytest.mark.parametrize(
    ("actor", "key", "passes"),
    [
        (A, OWN, True),
        (COLLEAGUE, OWN, True),
        (A, OTHERS, False),
        (A, LATER, False),
        (A, UNASSIGNED, False),
        (B, OWN, False),
        (B, OTHERS, True),
        (NOBODYS, OWN, False),
        (NOBODYS, UNASSIGNED, False),
        (HA, OWN, True),
        (HA, OTHERS, True),
        (HA, UNASSIGNED, True),
        (LOCAL, UNASSIGNED, True),
    ],
)
def test_who_may_hand_in_which_figure(store, actor, key, passes):
    if passes:
        assert hand_in(store, actor, key).new == 1
        return
    with pytest.raises(NotTheirs) as refused:
        hand_in(store, actor, key)
    assert refused.value.keys == (key,)
    assert submissions.listing(store) == []


def test_one_figure_of_another_agency_stops_the_whole_file(store):
    with pytest.raises(NotTheirs) as refused:
        hand_in(store, A, OWN, OTHERS)
    assert refused.value.keys == (OTHERS,)
    assert submissions.listing(store) == []


def test_the_assignment_of_an_area_goes_before_that_of_all_areas(store):
    with store.read() as tx:
        known = {one.code: one for one in register.targets(tx, 2**62)}
        target = next(one for one in known.values() if one.kind == "each_area")
        area, other = [one.code for one in register.areas(tx, 2**62)][:2]
    indicator, target = target.indicator or target.code, target.code
    assign(store, f"{target},{AGENCY_A},,2026-01-01", f"{target},{AGENCY_B},{area},2026-01-01")
    assert hand_in(store, B, (indicator, area, "2026")).new == 1
    with pytest.raises(NotTheirs):
        hand_in(store, A, (indicator, area, "2026"))
    assert hand_in(store, A, (indicator, other, "2026")).new == 1
    with pytest.raises(NotTheirs):
        hand_in(store, B, (indicator, other, "2026"))


def test_every_way_in_asks_the_same(store):
    text = "indicator,period,area,value,status,source\nNL-01,2026,,66,estimate,x\n"
    file = File("so.csv", text.encode())
    with pytest.raises(NotTheirs):
        figures.take(store, A, file, now=NOW + 10)
    with pytest.raises(Denied):
        figures.take(store, VIEWER, file, now=NOW + 10)
    assert figures.take(store, B, file, now=NOW + 10).receipt.new == 1
    for actor in (VIEWER, BOSS):
        with pytest.raises(Denied):
            uploads.take(
                store, actor, b"x", "a.csv", today=None, accept=(), now=NOW + 10
            )  # refused before anything is read


def test_an_assignment_that_moves_takes_the_right_along(store):
    first = hand_in(store, A, OWN)
    assign(store, f"DL-01,{AGENCY_B},,2026-01-02")
    with pytest.raises(NotTheirs):
        hand_in(store, A, OWN, value=6.0, now=NOW + 90_000_000_000)
    with pytest.raises(NotTheirs):  # nor may A now take back what it once handed in
        submissions.undo(store, A, first.submission, why="", now=NOW + 90_000_000_000)
    assert hand_in(store, B, OWN, value=7.0, now=NOW + 90_000_000_000).changed == 1


# --- taking back, seeing -----------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "passes"),
    [(A, True), (COLLEAGUE, True), (HA, True), (B, False), (VIEWER, False), (BOSS, False),
     (NOBODYS, False)],
)  # fmt: skip
def test_who_may_take_a_submission_of_agency_a_back(store, actor, passes):
    number = hand_in(store, A, OWN).submission
    if passes:
        submissions.undo(store, actor, number, why="", now=NOW + 20)
        return
    with pytest.raises(Denied):
        submissions.undo(store, actor, number, why="", now=NOW + 20)
    assert [one.undone_by for one in submissions.listing(store)] == [None]


def test_a_namesake_is_somebody_else(store):
    number = hand_in(store, A, OWN).submission
    namesake = Actor(A.name, ROLES["officer"], agency=AGENCY_B, account=9)
    with pytest.raises(Denied):
        submissions.undo(store, namesake, number, why="", now=NOW + 20)
    assert handouts.file_of(store, namesake, number) is None


@pytest.mark.parametrize(
    ("actor", "sees"), [(A, True), (COLLEAGUE, True), (HA, True), (BOSS, True), (B, False)]
)
def test_who_gets_the_file_of_a_submission_of_agency_a(store, actor, sees):
    number = hand_in(store, A, OWN, file=File("của A.xlsx", b"PK")).submission
    found = handouts.file_of(store, actor, number)
    assert (found.content if found else None) == (b"PK" if sees else None)


def test_a_viewer_and_a_planner_get_nobodys_file(store):
    number = hand_in(store, A, OWN, file=File("của A.xlsx", b"PK")).submission
    for role in ("viewer", "planner"):
        with pytest.raises(Denied):
            handouts.file_of(store, Actor("x", ROLES[role], account=9), number)


@pytest.mark.parametrize("other", [B, NOBODYS, Actor("A", ROLES["officer"])])
def test_an_open_upload_stays_closed_to_whoever_is_no_colleague(store, other):
    number = drafts.begin(store, A, File("nháp.xlsx", b"PK"), NOW)
    mine = drafts.load(store, A, number)
    assert mine.file.name == "nháp.xlsx"
    for act in (
        lambda: drafts.load(store, other, number),
        lambda: drafts.say(store, other, number, mine.choices, NOW),
        lambda: drafts.discard(store, other, number),
        lambda: drafts.commit(store, other, mine, None, now=NOW),
    ):
        with pytest.raises(Denied):
            act()
    assert drafts.listing(store, other) == []
    assert len(drafts.listing(store, A)) == 1


@pytest.mark.parametrize("other", [COLLEAGUE, HA, LOCAL])
def test_an_open_upload_is_open_to_colleagues_and_to_whoever_may_hand_in_any(store, other):
    number = drafts.begin(store, A, File("nháp.xlsx", b"PK"), NOW)
    assert drafts.load(store, other, number).file.content == b"PK"
    assert [one.id for one in drafts.listing(store, other)] == [number]
    with pytest.raises(Denied):
        drafts.discard(store, other, number)


def test_what_a_colleague_commits_of_a_draft_are_the_agencys_figures_only(store):
    """An officer of another agency's target gets no further by way of a shared draft."""
    rows = "Mã chỉ tiêu,Kỳ báo cáo,Giá trị,Trạng thái,Nguồn\nNL-01,2026-H1,5,ước tính,S\n"
    number = drafts.begin(store, A, File("tệp.csv", rows.encode()), NOW)
    draft = drafts.load(store, COLLEAGUE, number)
    checked = drafts.checked(store, draft, as_of=NOW + 1, version=1)
    warned = {(one.code, one.sheet, one.cell): "" for one in checked.result.findings}
    drafts.say(store, COLLEAGUE, number, replace(draft.choices, confirmed=warned), NOW + 2)
    draft = drafts.load(store, COLLEAGUE, number)
    with pytest.raises(NotTheirs):
        drafts.commit(store, COLLEAGUE, draft, checked, now=NOW + 3)
    assert drafts.load(store, A, number) is not None


@pytest.mark.parametrize(("who", "sees"), [(A, True), (COLLEAGUE, True), (HA, True), (B, False)])
def test_the_marked_file_of_a_submission_is_for_whoever_may_see_the_file(store, who, sees):
    file = File("của A.csv", "Mã chỉ tiêu;Kỳ báo cáo;Giá trị\n".encode())
    number = hand_in(store, A, OWN, file=file).submission
    found = handouts.marked_of(store, who, number)
    assert (found is not None) == sees
    if found:
        assert found.name == "của A - kết quả kiểm tra.xlsx"
    with pytest.raises(Denied):
        handouts.marked_of(store, VIEWER, number)


def test_what_the_local_user_recorded_stays_under_that_name(store):
    number = hand_in(store, LOCAL, UNASSIGNED).submission
    with pytest.raises(Denied):  # nobody inherits it but who may take anything back
        submissions.undo(store, A, number, why="", now=NOW + 20)
    submissions.undo(store, HA, number, why="", now=NOW + 20)
    undone, line = submissions.listing(store)
    assert (line.id, line.by, line.account) == (number, "người dùng tại máy", None)
    assert (undone.by, undone.account) == ("Hà", 5)


def test_roles_add_up():
    both = Actor("AB", capabilities(("officer", "planner")), agency=AGENCY_A, account=8)
    assert both.capabilities == ROLES["officer"] | ROLES["planner"]
