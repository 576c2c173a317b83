"""The personal page: of the local user, of somebody with an account, of somebody from elsewhere."""

from __future__ import annotations

import time

import pytest
from streamlit.testing.v1 import AppTest

from db import accounts as stored
from services import access, accounts, preferences, sessions, signin, startup
from services.access import LOCAL
from services.preferences import Preferences
from tests.app import ROOT, failed, html_of, opened, page
from tests.people import ADMIN, AGENCY_A, NOW, PASSWORD

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    opened(tmp_path, monkeypatch)
    return startup.the_store()


def later():
    return time.time_ns() // 1000


def signed_in(store, login="canbo", **more):
    """The personal page of somebody with an account, and who they are to the services."""
    accounts.add(store, ADMIN, login="quantri", roles=["administrator"], now=later())
    accounts.add(
        store, ADMIN, login=login, roles=["officer"], agency=AGENCY_A, name="Cán <b>A</b>",
        password=PASSWORD, now=later(), **more,
    )  # fmt: skip
    done = signin.sign_in(store, login, PASSWORD, address="t", browser="t", now=later())
    session = sessions.of_cookie(store, done.cookie)
    app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=30)
    app.user = {"session": session}
    return (
        app.run().switch_page("../pages/profile.py").run(),
        sessions.visit(store, session, later()).actor,
    )


def press(app):
    app.button[0].click().run()
    assert not failed(app)


def test_the_local_user_has_no_password_but_a_language_and_targets_to_follow(store):
    app = page("profile")
    assert "Chương trình chưa có tài khoản nào" in html_of(app)
    assert "/password" not in html_of(app)
    assert "Chưa chọn chỉ tiêu nào" in html_of(app)
    app.selectbox(key="profile.language").set_value("en")
    app.selectbox(key="profile.start").set_value("field")
    app.selectbox(key="profile.field").set_value("Du lịch")
    app.multiselect(key="profile.follows").set_value(["DL-01", "NL-01"])
    press(app)
    assert 'href="/profile?lang=en&amp;saved=1" class="a-leave"' in html_of(app)
    assert preferences.of(store, LOCAL) == Preferences("en", "field", "Du lịch", ("DL-01", "NL-01"))
    html = html_of(page("profile"))
    assert "DL-01" in html
    assert "NL-01" in html


def test_somebody_sees_who_they_are_and_the_way_to_another_password(store):
    app, _actor = signed_in(store)
    html = html_of(app)
    assert "Cán &lt;b&gt;A&lt;/b&gt;" in html
    assert "<b>A</b>" not in html
    assert "Cán bộ thống kê" in html
    assert "Sở Tài chính" in html
    assert "Phiên đang mở: 1." in html
    assert 'href="/password?next=/profile&amp;lang=vi"' in html


def test_what_one_sets_is_ones_own(store):
    app, actor = signed_in(store)
    app.selectbox(key="profile.start").set_value("agency")
    press(app)
    found = preferences.of(store, actor)
    assert found.start == "agency"
    assert preferences.start_address(store, actor, found) == "/?mine=agency"
    assert preferences.of(store, LOCAL) == Preferences()
    with store.read() as tx:
        assert stored.by_login(tx, "quantri").settings == {}


@pytest.mark.parametrize(
    "wrong",
    [Preferences("fr"), Preferences(start="x"), Preferences(follows=("DL-01",) * 201)],
)
def test_a_setting_that_does_not_exist_is_refused(store, wrong):
    with pytest.raises(ValueError, match=r"no such|more than"):
        preferences.save(store, LOCAL, wrong, now=NOW)


def test_somebody_without_an_agency_is_not_offered_its_page(store):
    app = page("profile")
    offered = app.selectbox(key="profile.start").options
    assert "Chỉ tiêu tôi theo dõi" in offered
    assert "Chỉ tiêu của cơ quan tôi" not in offered
    begin = Preferences(start="agency")
    assert preferences.start_address(store, access.LOCAL, begin) == ""
