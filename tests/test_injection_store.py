"""What the stores make of texts that are statements: they keep them as they were written."""

from __future__ import annotations

import pytest

from db import audit, register
from db import submissions as stored
from services import accounts, drafts, scenario_saves, signin
from services.access import ROLES, Actor
from services.seeding import seed
from services.store import Store
from tests import hostile
from tests.hostile import CODE, nasty, sheet_name, short
from tests.people import ADMIN, NOW, PEOPLE

pytestmark = pytest.mark.slow

AT = NOW * 2
WITHOUT_AGENCY = ("quantri", "lanhdao", "kehoach")
STATEMENTS = [
    *("' or '1'='1", "x'; drop table accounts; --", '"; delete from audit; --', "%' or 1=1 --"),
    *("1; select pg_sleep(9)", "\\'; drop table audit; --", "$$; drop table audit; $$", "a%_b\\"),
    *("{0}", "%s %(x)s", ":name", "?1", "ﬀ\u2028\u0000'"),
]


@pytest.fixture
def filled(store: Store) -> tuple[Store, Actor]:
    seed(store, NOW)
    return store, hostile.fill(store)


def test_every_attack_is_kept_as_it_was_written_and_nothing_is_lost(filled):
    store, officer = filled
    with store.read() as tx:
        target = next(one for one in register.targets(tx, AT) if one.code == CODE)
        document = next(one for one in register.documents(tx, AT) if one.key == "VB-ZQ")
        lines = list(audit.listing(tx))
        found = stored.listing(tx)
        cells = stored.cells(tx, found[-1].id)
        typed = stored.corrections(tx, found[-1].id)
        kept = stored.findings(tx, found[-1].id)
    assert target.name_vi == nasty("tên chỉ tiêu")
    assert target.doubt == nasty("điểm ngờ")
    assert document.title_vi == nasty("tên văn bản")
    assert len(lines) > 10
    assert found[-1].file == f"{nasty('tên tệp')}.xlsx"
    assert found[0].why == nasty("lý do hoàn tác")
    assert {one.sheet for one in cells} == {sheet_name("trang")}
    assert (typed[0].old, typed[0].new) == (nasty("chữ cũ"), nasty("chữ mới"))
    assert kept[0].reason == nasty("lý do chấp nhận")
    assert officer.name.startswith("=cmd")
    assert {*PEOPLE} < {one.login for one in accounts.listing(store, ADMIN, AT)}
    planner = Actor("x", ROLES["planner"], account=5)
    names = [one.name for one in scenario_saves.listing(store, planner, AT)]
    assert names == [short("tên kịch bản")] * 2


def test_whoever_asks_with_a_statement_is_answered_with_nothing(store):
    """As a name to sign in, an id of a draft, a key of a scenario, a login to manage."""
    hostile.add_people(store, *WITHOUT_AGENCY)
    for text in STATEMENTS:
        asked_with(store, text.replace("\x00", ""))
    assert len(accounts.listing(store, ADMIN, AT)) == len(WITHOUT_AGENCY)


def asked_with(store: Store, text: str) -> None:
    """Ask each service that looks something up by a text of the visitor's."""
    done = signin.sign_in(store, text, text, address=text, browser=text, now=NOW)
    assert done in (signin.Refused("wrong"), signin.Refused("locked", 15))
    officer = Actor(text, ROLES["officer"], agency=text, account=1)
    planner = Actor(text, ROLES["planner"], account=2)
    assert drafts.load(store, officer, text) is None
    assert drafts.listing(store, officer) == []
    assert scenario_saves.load(store, planner, text, AT) is None
    assert scenario_saves.versions(store, planner, text) == []
    with pytest.raises(accounts.AccountRefused):
        accounts.disable(store, ADMIN, text, now=NOW)
