"""Quản trị › Tài khoản and Nhật ký by Streamlit's own driver: what is drawn, what a press does."""

from __future__ import annotations

import time

import pytest
from streamlit.testing.v1 import AppTest

from services import access, accounts, audit_log, passwords, sessions, signin, startup
from services.access import LOCAL
from services.audit_log import Search
from tests.app import ROOT, failed, html_of, opened, page
from tests.people import ADMIN, AGENCY_A, PASSWORD, PEOPLE, add_people

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    cheaper = passwords.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", cheaper)
    opened(tmp_path, monkeypatch)
    return startup.the_store()


def now():
    return time.time_ns() // 1000


def signed_in(store, login, /, **query):
    """The administrator's page as somebody with an account opens it."""
    done = signin.sign_in(store, login, PASSWORD, address="10.0.0.7", browser="t", now=now())
    app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=30)
    app.user = {"session": sessions.of_cookie(store, done.cookie)}
    app.run().switch_page("../pages/admin.py")
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def press(app, label):
    (button,) = [one for one in app.button if one.label == label]
    button.click().run()
    assert not failed(app)
    return html_of(app)


def choose(app, key, roles):
    """Tick the boxes of these roles and no others."""
    for role in access.ROLES:
        app.checkbox(key=f"{key}.{role}").set_value(role in roles)


def line(store, login):
    return next(one for one in accounts.listing(store, ADMIN, now()) if one.login == login)


# --- accounts ----------------------------------------------------------------------


def test_without_accounts_the_page_says_how_the_first_administrator_comes_to_be(store):
    html = html_of(page("admin", part="accounts"))
    assert "Chưa có tài khoản nào" in html
    assert "python manage.py account add quantri --role administrator" in html
    assert f"Những gì đã ghi vẫn đứng tên “{LOCAL.name}”" in html


def test_accounts_are_listed_with_their_state_by_shape_and_word(store):
    add_people(store, now=now())
    accounts.add(store, ADMIN, login="moi", name="<b>Mới</b>", roles=["viewer"], now=now())
    accounts.disable(store, ADMIN, "lanhdao", now=now())
    for _ in range(5):
        signin.sign_in(store, "kehoach", "sai", address="x", browser="x", now=now())
    html = html_of(signed_in(store, "quantri", part="accounts"))
    assert "7 tài khoản, 5 dùng được ngay; 1 người đang đăng nhập." in html
    assert "&lt;b&gt;Mới&lt;/b&gt;" in html
    assert "<b>Mới" not in html
    for shape, said in (
        ("■", "đã khóa"),
        ("▲", "tạm khóa đến"),
        ("◐", "chờ đổi mật khẩu dùng một lần"),
        ("○", "chưa đăng nhập lần nào"),
        ("●", "đang dùng"),
    ):
        assert f'<span aria-hidden="true">{shape}</span>{said}' in html
    assert html.index(">Người lanhdao<") > html.index(">Người tonghop<")  # disabled ones last


def test_a_new_account_shows_its_password_once(store):
    add_people(store, now=now())
    app = signed_in(store, "quantri", part="accounts")
    app.text_input(key="accounts.login").set_value("Lan.Anh")
    app.text_input(key="accounts.name").set_value("Nguyễn Lan Anh")
    choose(app, "accounts.roles", ["officer"])
    app.selectbox(key="accounts.agency").set_value(AGENCY_A)
    html = press(app, "Tạo tài khoản")
    given = html.partition("<code>")[2].partition("</code>")[0]
    assert "chỉ hiện ở đây, lần này" in html
    assert app.query_params["login"] == "lan.anh"
    entered = signin.sign_in(store, "lan.anh", given, address="x", browser="x", now=now())
    assert entered.must_change
    made = line(store, "lan.anh")
    assert (made.name, made.roles, made.agency) == ("Nguyễn Lan Anh", ("officer",), AGENCY_A)
    assert given not in press(app, "Đã ghi lại, ẩn mật khẩu")
    assert given not in html_of(app.run())


def test_what_is_wrong_with_a_new_account_is_said_and_nothing_is_made(store):
    add_people(store, now=now())
    app = signed_in(store, "quantri", part="accounts")
    app.text_input(key="accounts.login").set_value("lan")
    assert "ít nhất một vai trò: Người xem, Cán bộ thống kê" in press(app, "Tạo tài khoản")
    choose(app, "accounts.roles", ["officer"])
    assert "phải thuộc một cơ quan" in press(app, "Tạo tài khoản")
    assert len(accounts.listing(store, ADMIN, now())) == len(PEOPLE)


def test_fewer_rights_are_confirmed_first(store):
    add_people(store, now=now())
    app = signed_in(store, "quantri", part="accounts", login="tonghop")
    key = f"accounts.{line(store, 'tonghop').id}"
    choose(app, f"{key}.roles", ["viewer"])
    assert "bớt quyền của người dùng" in press(app, "Lưu thay đổi")
    assert line(store, "tonghop").roles == ("consolidator",)
    app.checkbox(key=f"{key}.less").check()
    app.text_input(key=f"{key}.why").set_value("chuyển việc")
    assert "Đã lưu thay đổi của “tonghop”." in press(app, "Lưu thay đổi")
    assert line(store, "tonghop").roles == ("viewer",)
    newest = audit_log.search(store, ADMIN, Search(about="tonghop")).lines[0]
    assert (newest.action, newest.why, newest.who) == (
        "account.change",
        "chuyển việc",
        "Người quantri",
    )


def test_more_rights_need_no_confirmation(store):
    add_people(store, now=now())
    app = signed_in(store, "quantri", part="accounts", login="lanhdao")
    key = f"accounts.{line(store, 'lanhdao').id}"
    choose(app, f"{key}.roles", ["viewer", "planner"])
    app.text_input(key=f"{key}.name").set_value("Cầm Thị Hoa")
    press(app, "Lưu thay đổi")
    now_is = line(store, "lanhdao")
    assert (now_is.roles, now_is.name) == (("viewer", "planner"), "Cầm Thị Hoa")


def act(app, store, login, name, label):
    """Press an act without and with its confirmation."""
    key = f"accounts.{line(store, login).id}.{name}"
    assert "đánh dấu ô xác nhận" in press(app, label)
    app.checkbox(key=f"{key}.sure").check()
    app.text_input(key=f"{key}.why").set_value("nghỉ hưu")
    return press(app, label)


def test_an_account_is_disabled_and_enabled_again(store):
    add_people(store, now=now())
    signin.sign_in(store, "lanhdao", PASSWORD, address="x", browser="x", now=now())
    app = signed_in(store, "quantri", part="accounts", login="lanhdao")
    said = act(app, store, "lanhdao", "disable", "Khóa tài khoản")
    assert "Đã khóa tài khoản “lanhdao”, kết thúc 1 phiên đang mở." in said
    assert (line(store, "lanhdao").disabled, line(store, "lanhdao").sessions) == (True, 0)
    assert "Đã mở khóa" in press(app, "Mở khóa tài khoản")
    assert not line(store, "lanhdao").disabled


def test_a_password_is_reset_and_shown_once(store):
    add_people(store, now=now())
    app = signed_in(store, "quantri", part="accounts", login="lanhdao")
    html = act(app, store, "lanhdao", "reset", "Đặt lại mật khẩu")
    given = html.partition("<code>")[2].partition("</code>")[0]
    assert signin.sign_in(store, "lanhdao", given, address="x", browser="x", now=now()).must_change
    app.query_params["login"] = "tonghop"  # another account is opened: it is gone
    assert given not in html_of(app.run())
    app.query_params["login"] = "lanhdao"
    assert given not in html_of(app.run())


def test_sessions_are_ended_and_a_lock_is_lifted(store):
    add_people(store, now=now())
    signin.sign_in(store, "lanhdao", PASSWORD, address="x", browser="x", now=now())
    for _ in range(5):
        signin.sign_in(store, "lanhdao", "sai", address="x", browser="x", now=now())
    app = signed_in(store, "quantri", part="accounts", login="lanhdao")
    assert "Đã kết thúc 1 phiên" in act(
        app, store, "lanhdao", "sessions", "Kết thúc các phiên đang mở"
    )
    assert "Đã gỡ tạm khóa" in press(app, "Gỡ tạm khóa")
    assert (line(store, "lanhdao").sessions, line(store, "lanhdao").locked_until) == (0, 0)


def test_nobody_is_offered_to_shut_themselves_out(store):
    add_people(store, now=now())
    app = signed_in(store, "quantri", part="accounts", login="quantri")
    assert "Đây là tài khoản của chính bạn" in html_of(app)
    assert {one.label for one in app.button} == {"Lưu thay đổi"}
    key = f"accounts.{line(store, 'quantri').id}"
    choose(app, f"{key}.roles", ["viewer"])
    app.checkbox(key=f"{key}.less").check()
    assert "nhờ một quản trị viên khác" in press(app, "Lưu thay đổi")
    assert line(store, "quantri").roles == ("administrator",)


def test_an_unknown_login_in_the_address_is_said(store):
    add_people(store, now=now())
    html = html_of(signed_in(store, "quantri", part="accounts", login="<b>ai"))
    assert "Không có tài khoản “&lt;b&gt;ai”." in html


# --- the log -----------------------------------------------------------------------


def test_the_log_begins_with_its_week_and_shows_sentences(store):
    add_people(store, now=now())
    signin.sign_in(store, "lanhdao", "sai", address="203.0.113.9", browser="x", now=now())
    html = html_of(signed_in(store, "quantri", part="audit"))
    count = audit_log.week(store, ADMIN, now()).lines
    assert count >= len(PEOPLE) + 2
    assert f"{count} việc được ghi trong 7 ngày qua; 1 lần đăng nhập không được." in html
    assert "Đăng nhập không được (<a " in html
    assert 'href="/admin?part=accounts&amp;login=lanhdao">lanhdao</a>)' in html
    assert "Chi tiết (4 mục)" in html
    assert "<dt>vai trò</dt><dd>Cán bộ thống kê</dd>" in html
    assert "{" not in html.partition("<table")[2].partition("</table>")[0]


def test_the_log_is_narrowed_by_its_address_and_taken_away_as_it_is_shown(store):
    add_people(store, now=now())
    app = signed_in(store, "quantri", part="audit", kind="accounts", about="canbo.a", text="<x>")
    html = html_of(app)
    assert "Không có dòng nào khớp" in html
    assert 'value="&lt;x&gt;"' in html
    app.query_params["text"] = ""
    html = html_of(app.run())
    assert "1 dòng khớp" in html
    assert "/download/audit?kind=accounts&amp;about=canbo.a&amp;format=csv&amp;lang=vi" in html
    assert '<option value="accounts" selected>' in html


def test_the_log_has_pages(store):
    for number in range(60):
        accounts.add(
            store, ADMIN, login=f"nguoi.{number}", roles=["administrator"], password=PASSWORD,
            now=now(),
        )  # fmt: skip
    app = signed_in(store, "nguoi.0", part="audit")
    html = html_of(app)
    assert html.count('<th scope="row"') == 50
    older = html.partition('id="f-older"')[0].rpartition("before=")[2].partition('"')[0]
    app.query_params["before"] = older
    html = html_of(app.run())
    assert ("Nạp dữ liệu gốc" in html, "Cũ hơn" in html, "Mới hơn" in html) == (True, False, True)
    app.query_params["before"] = "9" * 400
    assert not failed(app.run())


def test_the_log_reads_in_english(store):
    add_people(store, now=now())
    html = html_of(signed_in(store, "quantri", part="audit", lang="en"))
    assert "Made the account <a" in html
    assert "no sign-in was refused" in html


# --- who may -----------------------------------------------------------------------


@pytest.mark.parametrize("login", [*PEOPLE, "stranger"])
@pytest.mark.parametrize("part", ["accounts", "audit"])
def test_only_an_administrator_opens_the_parts(store, login, part):
    add_people(store, now=now())
    if login == "stranger":
        html = html_of(page("admin", part=part))
    else:
        html = html_of(signed_in(store, login, part=part))
    shown = "Tạo tài khoản" in html or "quantri" in html.partition("<h1>")[2]
    assert shown == (login == "quantri")


def test_whoever_loses_the_role_meanwhile_does_nothing_more(store):
    add_people(store, now=now())
    accounts.add(store, ADMIN, login="hai", roles=["administrator"], password=PASSWORD, now=now())
    app = signed_in(store, "hai", part="accounts", login="lanhdao")
    key = f"accounts.{line(store, 'lanhdao').id}.disable"
    accounts.change(store, access.shell(), "hai", roles=["viewer"], now=now())
    app.checkbox(key=f"{key}.sure").check()
    press(app, "Khóa tài khoản")
    assert not line(store, "lanhdao").disabled
