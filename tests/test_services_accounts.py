"""Accounts, passwords and sessions where they are decided: in the services, on both databases."""

from __future__ import annotations

import threading
import unicodedata

import pytest

from db import audit, register
from services import accounts, passwords, sessions, signin, throttle
from services.access import LOCAL, ROLES, Actor, Denied
from services.refusals import AccountRefused
from services.signin import Opened, Refused
from tests.people import ADMIN, NOW, PASSWORD

MINUTE = 60_000_000
HOUR = 60 * MINUTE
ADDRESS = "203.0.113.7"


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """Hashes that cost little: what they cost is argon2's affair, not these tests'."""
    cheaper = passwords.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", cheaper)
    monkeypatch.setattr(passwords, "_NOBODY", "")


@pytest.fixture
def admin(store):
    add(store, "quantri", "administrator")
    return store


def add(store, login, *roles, password=PASSWORD, **more):
    return accounts.add(store, ADMIN, login=login, roles=roles, password=password, now=NOW, **more)


def enter(store, login, password=PASSWORD, *, now=NOW, address=ADDRESS):
    return signin.sign_in(store, login, password, address=address, browser="Firefox", now=now)


def visit(store, done, now=NOW):
    return sessions.visit(store, sessions.of_cookie(store, done.cookie), now)


def lines(store):
    with store.read() as tx:
        return list(reversed(audit.listing(tx)))


# --- making ------------------------------------------------------------------------


def test_while_nobody_has_an_account_nobody_signs_in(store):
    assert not accounts.needed(store)
    add(store, "quantri", "administrator")
    assert accounts.needed(store)


def test_the_first_account_is_an_administrators(store):
    with pytest.raises(AccountRefused, match="first_administrator"):
        add(store, "ai.do", "viewer")
    assert not accounts.needed(store)


@pytest.mark.parametrize("login", ["", "a", "-a", "a;b", "<b>", "x" * 80, "a/b", "../a"])
def test_a_login_has_a_form(admin, login):
    with pytest.raises(AccountRefused, match="bad_login"):
        add(admin, login, "viewer")


def test_a_login_and_a_name_belong_to_one_person_only(admin):
    add(admin, "lan", "viewer", name="Nguyễn Thị Lan")
    with pytest.raises(AccountRefused, match="taken"):
        add(admin, " LAN ", "viewer", name="Lan khác")
    with pytest.raises(AccountRefused, match="name_taken"):
        add(admin, "lan2", "viewer", name="nguyễn thị  LAN")
    with pytest.raises(AccountRefused, match="name_taken"):
        add(admin, "lan3", "viewer", name=LOCAL.name)


@pytest.mark.parametrize(
    ("roles", "more", "key"),
    [
        ([], {}, "no_role"),
        (["root"], {}, "unknown_role"),
        (["viewer", "root"], {}, "unknown_role"),
        (["officer"], {}, "needs_agency"),
        (["officer"], {"agency": "Sở Không Có"}, "unknown_agency"),
    ],
)
def test_roles_and_agency_have_to_exist(admin, roles, more, key):
    with pytest.raises(AccountRefused, match=key):
        add(admin, "ai.do", *roles, **more)


def test_an_officers_agency_is_found_by_its_name(untouched_copy):
    add(untouched_copy, "quantri", "administrator")
    add(untouched_copy, "canbo", "officer", agency="Sở Tài chính")
    (line,) = [one for one in accounts.listing(untouched_copy, ADMIN, NOW) if one.login == "canbo"]
    assert (line.agency, line.roles) == ("so-tai-chinh", ("officer",))
    with untouched_copy.read() as tx:
        assert line.agency in {one.key for one in register.agencies(tx, 2**62)}


@pytest.mark.parametrize(
    ("password", "key"),
    [
        ("chin ky tu"[:9], "short"),
        ("x" * 201, "long"),
        ("nguyen lan 2026", "own_name"),
        ("Lần này là NGUYỄN", "own_name"),
        ("matkhau123456", "common"),
        ("Password!2026", "common"),
        ("1234567890", "common"),
        ("aaaaaaaaaaaa", "common"),
        ("20262026202620", "common"),
    ],
)
def test_a_password_that_is_guessed_at_once_is_not_taken(admin, password, key):
    with pytest.raises(AccountRefused, match=key):
        add(admin, "nguyen.lan", "viewer", name="Nguyễn Lan", password=password)
    assert "nguyen.lan" not in {one.login for one in accounts.listing(admin, ADMIN, NOW)}


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"administrator"}))
def test_only_an_administrator_manages_accounts(admin, role):
    other = Actor("ai", ROLES[role])
    for act in (
        lambda: accounts.add(admin, other, login="moi", roles=["viewer"], now=NOW),
        lambda: accounts.listing(admin, other, NOW),
        lambda: accounts.disable(admin, other, "quantri", now=NOW),
        lambda: accounts.enable(admin, other, "quantri", now=NOW),
        lambda: accounts.reset(admin, other, "quantri", now=NOW),
        lambda: accounts.change(admin, other, "quantri", roles=["viewer"], now=NOW),
    ):
        with pytest.raises(Denied):
            act()


# --- passwords ---------------------------------------------------------------------


def test_a_password_is_kept_as_argon2id_with_a_salt_of_its_own(monkeypatch):
    monkeypatch.undo()  # the real cost, once
    first, second = passwords.hashed(PASSWORD), passwords.hashed(PASSWORD)
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second
    assert passwords.fits(PASSWORD, first)
    assert not passwords.fits(PASSWORD + " ", first)


def test_a_password_is_the_same_however_its_accents_were_typed():
    composed, apart = (unicodedata.normalize(form, "mưa rào mùa hạ") for form in ("NFC", "NFD"))
    assert composed != apart
    assert passwords.fits(apart, passwords.hashed(composed))


def test_nothing_fits_where_no_password_is_kept():
    assert not passwords.fits("", "")
    assert not passwords.fits("x", "no hash")


def test_passwords_for_one_use_are_many_and_readable():
    made = {passwords.for_one_use() for _ in range(200)}
    assert len(made) == 200
    assert all(len(one) == 19 and not set(one) & set("il1o0") for one in made)


def test_a_hash_of_a_lower_cost_is_made_anew_at_the_next_sign_in(admin, monkeypatch):
    dearer = passwords.PasswordHasher(time_cost=2, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", dearer)
    assert isinstance(enter(admin, "quantri"), Opened)
    with admin.read() as tx:
        kept = accounts.stored.by_login(tx, "quantri").password_hash
    assert ",t=2," in kept
    assert isinstance(enter(admin, "quantri"), Opened)


# --- sessions ----------------------------------------------------------------------


def test_who_signs_in_is_whom_the_services_ask_about(untouched_copy):
    store = untouched_copy
    add(store, "quantri", "administrator")
    add(store, "canbo", "officer", "planner", agency="so-tai-chinh", name="Cán bộ A")
    found = visit(store, enter(store, "canbo"))
    assert found.actor.capabilities == ROLES["officer"] | ROLES["planner"]
    assert (found.actor.name, found.actor.agency) == ("Cán bộ A", "so-tai-chinh")
    assert found.actor.came_from == ADDRESS
    assert found.actor.account is not None


def test_a_session_ends_unused_after_two_hours_and_in_use_after_twelve(admin):
    done = enter(admin, "quantri")
    assert visit(admin, done, NOW + 2 * HOUR - 1)
    assert visit(admin, done, NOW + 4 * HOUR - 2)  # the use before counts
    assert visit(admin, done, NOW + 6 * HOUR) is None  # two hours later it does not
    done = enter(admin, "quantri")
    for hour in range(12):
        assert visit(admin, done, NOW + hour * HOUR)
    assert visit(admin, done, NOW + 12 * HOUR) is None


def test_the_ends_of_a_session_are_settings(admin, monkeypatch):
    monkeypatch.setenv("SESSION_IDLE_MINUTES", "10")
    monkeypatch.setenv("SESSION_HOURS", "1")
    done = enter(admin, "quantri")
    assert visit(admin, done, NOW + 9 * MINUTE)
    assert visit(admin, done, NOW + 20 * MINUTE) is None


def test_a_cookie_signed_with_another_key_is_none(admin, monkeypatch):
    done = enter(admin, "quantri")
    assert visit(admin, done)
    monkeypatch.setenv("APP_SECRET", "x" * 32)
    assert visit(admin, done) is None
    assert visit(admin, enter(admin, "quantri"))


def test_the_store_keeps_no_secret_that_opens_a_session(admin):
    done = enter(admin, "quantri")
    secret = done.cookie.partition(".")[0]
    with admin.read() as tx:
        kept = str(tx.plain(accounts.stored_sessions.sa.select(accounts.stored_sessions.sessions)))
    assert secret not in kept
    assert sessions.hash_of(secret) in kept


def test_roles_that_are_taken_away_count_at_once(admin):
    add(admin, "lan", "consolidator")
    done = enter(admin, "lan")
    accounts.change(admin, ADMIN, "lan", roles=["viewer"], now=NOW + 1)
    assert visit(admin, done).actor.capabilities == ROLES["viewer"]


def test_disabling_ends_every_session_of_that_account_and_no_other(admin):
    add(admin, "lan", "viewer")
    first, second, other = enter(admin, "lan"), enter(admin, "lan"), enter(admin, "quantri")
    assert accounts.disable(admin, ADMIN, "lan", why="nghỉ việc", now=NOW) == 2
    assert visit(admin, first) is None
    assert visit(admin, second) is None
    assert visit(admin, other)
    assert enter(admin, "lan") == Refused("disabled")
    with pytest.raises(AccountRefused, match="is_disabled"):
        accounts.disable(admin, ADMIN, "lan", now=NOW)
    accounts.enable(admin, ADMIN, "lan", now=NOW)
    assert visit(admin, first) is None
    assert isinstance(enter(admin, "lan"), Opened)


def test_an_administrator_is_always_left(admin):
    with pytest.raises(AccountRefused, match="last_administrator"):
        accounts.disable(admin, ADMIN, "quantri", now=NOW)
    with pytest.raises(AccountRefused, match="last_administrator"):
        accounts.change(admin, ADMIN, "quantri", roles=["viewer"], now=NOW)
    add(admin, "quantri2", "administrator")
    accounts.disable(admin, ADMIN, "quantri", now=NOW)
    with pytest.raises(AccountRefused, match="last_administrator"):
        accounts.disable(admin, ADMIN, "quantri2", now=NOW)


def test_signing_out_ends_that_session_only(admin):
    first, second = enter(admin, "quantri"), enter(admin, "quantri")
    signin.sign_out(admin, sessions.of_cookie(admin, first.cookie), now=NOW)
    signin.sign_out(admin, sessions.of_cookie(admin, first.cookie), now=NOW)
    signin.sign_out(admin, "", now=NOW)
    assert visit(admin, first) is None
    assert visit(admin, second)
    assert [one.action for one in lines(admin)].count("signin.end") == 1


def test_a_reset_gives_a_password_for_one_use_for_seven_days(admin):
    add(admin, "lan", "viewer")
    before = enter(admin, "lan")
    given = accounts.reset(admin, ADMIN, "lan", now=NOW)
    assert visit(admin, before) is None
    assert enter(admin, "lan") == Refused("wrong")
    assert enter(admin, "lan", given, now=NOW + 7 * 24 * HOUR + 1) == Refused("expired")
    done = enter(admin, "lan", given, now=NOW + 6 * 24 * HOUR)
    assert done.must_change
    found = visit(admin, done, NOW + 6 * 24 * HOUR)
    assert found.must_change
    accounts.change_password(
        admin, found.actor, given, "mot hai ba bon", session=found.session, now=NOW
    )
    assert not visit(admin, done, NOW + 6 * 24 * HOUR).must_change
    assert enter(admin, "lan", given) == Refused("wrong")


# --- wrong passwords ---------------------------------------------------------------


@pytest.mark.parametrize("login", ["quantri", "khong.ai.ca"])
def test_five_wrong_passwords_lock_a_name_for_a_quarter_of_an_hour(admin, login):
    for at in range(5):
        assert enter(admin, login, "sai", now=NOW + at * MINUTE) == Refused("wrong")
    locked = NOW + 4 * MINUTE + 15 * MINUTE
    assert enter(admin, login, now=NOW + 5 * MINUTE) == Refused("locked", 14)
    assert enter(admin, login, now=locked - 1) == Refused("locked", 1)
    after = enter(admin, login, now=locked)
    assert isinstance(after, Opened) if login == "quantri" else after == Refused("wrong")


def test_a_right_password_between_wrong_ones_begins_the_count_anew(admin):
    for _ in range(3):
        for _ in range(4):
            assert enter(admin, "quantri", "sai") == Refused("wrong")
        assert isinstance(enter(admin, "quantri"), Opened)


def test_wrong_passwords_far_apart_lock_nothing(admin):
    for at in range(12):
        assert enter(admin, "quantri", "sai", now=NOW + at * 5 * MINUTE) == Refused("wrong")


def test_an_address_that_tries_many_names_is_not_listened_to(admin):
    for number in range(30):
        assert enter(admin, f"ten{number}", "sai") == Refused("wrong")
    assert enter(admin, "quantri") == Refused("locked", 15)
    assert isinstance(enter(admin, "quantri", address="198.51.100.9"), Opened)
    assert isinstance(enter(admin, "quantri", now=NOW + 16 * MINUTE), Opened)


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_what_counts_as_one_address(address, counted_as):
    assert throttle.network(address) == counted_as


def test_of_many_tries_at_once_only_five_are_heard(admin):
    """Else forty requests in the same moment would be forty guesses."""
    said = []
    gate = threading.Barrier(12)

    def guess(number):
        gate.wait()
        said.append(enter(admin, "quantri", f"sai {number}").key)

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(said) == ["locked"] * 7 + ["wrong"] * 5


def test_guessing_at_the_change_of_password_is_counted_too(admin):
    actor = visit(admin, enter(admin, "quantri")).actor
    for _ in range(5):
        with pytest.raises(AccountRefused, match="wrong"):
            accounts.change_password(admin, actor, "sai", "mot hai ba bon", now=NOW)
    with pytest.raises(AccountRefused, match="locked"):
        accounts.change_password(admin, actor, PASSWORD, "mot hai ba bon", now=NOW)


# --- the audit ---------------------------------------------------------------------


def test_every_change_and_every_sign_in_is_in_the_audit_and_no_password_is(admin):
    add(admin, "lan", "viewer", name="Lan")
    enter(admin, "lan", "sai mất rồi")
    done = enter(admin, "lan")
    signin.sign_out(admin, sessions.of_cookie(admin, done.cookie), now=NOW)
    accounts.change(admin, ADMIN, "lan", roles=["planner"], why="chuyển việc", now=NOW)
    given = accounts.reset(admin, ADMIN, "lan", now=NOW)
    accounts.disable(admin, ADMIN, "lan", now=NOW)
    enter(admin, "mật khẩu gõ nhầm chỗ", "x")
    found = lines(admin)[1:]
    assert [one.action for one in found] == [
        "account.add", "signin.refused", "signin.done", "signin.end", "account.change",
        "account.reset", "account.disable", "signin.refused",
    ]  # fmt: skip
    assert (found[0].by, found[0].came_from) == ("người cài đặt", "shell")
    assert (found[1].by, found[1].came_from, found[1].subject) == ("lan", ADDRESS, "account:2")
    assert ('"viewer"' in found[4].old, '"planner"' in found[4].new) == (True, True)
    assert found[4].why == "chuyển việc"
    whole = repr(found)
    for secret in (PASSWORD, given, "sai mất rồi", "mật khẩu gõ nhầm chỗ", "argon2"):
        assert secret not in whole
