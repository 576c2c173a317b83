"""The overview's filter for one's own targets: those one follows, those of one's agency."""

from __future__ import annotations

import re
import time

import pytest
from streamlit.testing.v1 import AppTest

from services import assigning, preferences, sessions, signin, startup
from services.access import LOCAL
from services.preferences import Preferences
from tests.app import ROOT, failed, html_of, opened, page
from tests.people import ADMIN, AGENCY_A, PASSWORD, add_people

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    opened(tmp_path, monkeypatch)
    return startup.the_store()


def now():
    return time.time_ns() // 1000


def signed_in(store):
    """An officer of the agency A: who they are to the services, and their cookie's session."""
    add_people(store, "quantri", "canbo.a", now=now())
    done = signin.sign_in(store, "canbo.a", PASSWORD, address="t", browser="t", now=now())
    session = sessions.of_cookie(store, done.cookie)
    return session, sessions.visit(store, session, now()).actor


def overview_of(session, **query):
    app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=30)
    app.user = {"session": session}
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not failed(app)
    return html_of(app)


def codes(html):
    """The targets of the table and of those that wait."""
    return set(re.findall(r'code=([A-Z]+-\d+)"', html))


def assign(store, *targets, **more):
    form = assigning.Wanted(targets, AGENCY_A, document="15/QĐ-UBND", **more)
    seen = assigning.preview(store, ADMIN, form, now=now()).seen
    assert assigning.assign(store, ADMIN, form, seen=seen, now=now()).change


def test_the_targets_of_ones_agency_stand_alone_areas_included(store):
    session, _actor = signed_in(store)
    assign(store, "DL-03", "YT-01")
    assign(store, "MT-01", areas=("03646",))
    html = overview_of(session, mine="agency")
    assert '<option value="agency" selected>Cơ quan tôi</option>' in html
    assert codes(html) == {"DL-03", "YT-01", "MT-01"}
    assert "mốc công việc" not in html
    assert "mục tiêu định tính" not in html
    assert len(codes(overview_of(session))) == 32


def test_the_targets_that_one_follows_stand_alone(store):
    session, actor = signed_in(store)
    assert "Bạn chưa theo dõi chỉ tiêu nào" in overview_of(session, mine="followed")
    preferences.save(store, actor, Preferences(follows=("DL-01", "AN-01")), now=now())
    assert codes(overview_of(session, mine="followed")) == {"DL-01", "AN-01"}


def test_an_agency_without_targets_is_told_so(store):
    session, _actor = signed_in(store)
    assert "Cơ quan của bạn chưa được phân công chỉ tiêu nào." in overview_of(
        session, mine="agency"
    )


def test_without_an_account_the_filter_comes_with_the_first_followed_target(store):
    assert 'name="mine"' not in html_of(page("overview"))
    assert len(codes(html_of(page("overview", mine="agency")))) == 32
    preferences.save(store, LOCAL, Preferences(follows=("KT-01",)), now=now())
    html = html_of(page("overview", mine="followed"))
    assert codes(html) == {"KT-01"}
    assert "Cơ quan tôi" not in html
