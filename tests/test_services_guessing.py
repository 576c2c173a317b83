"""Guessing: whoever tries names and passwords learns nothing, and soon waits.

How long an answer takes is not measured: what takes long is counted, which is the same for all.
"""

from __future__ import annotations

import pytest

from db import audit
from services import accounts, passwords, signin, throttle
from services.signin import Opened, Refused
from services.store import Store
from tests.hostile import nasty
from tests.people import ADMIN, NOW, PASSWORD, add_people

MINUTE = 60_000_000


class Counting(passwords.PasswordHasher):
    """The real hasher, cheap, that counts how often it was asked."""

    asked = 0

    def verify(self, *given: object) -> bool:
        Counting.asked += 1
        return super().verify(*given)


@pytest.fixture
def people(untouched_copy: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(passwords, "_HASHER", Counting(time_cost=1, memory_cost=64, parallelism=1))
    monkeypatch.setattr(passwords, "_NOBODY", "")
    add_people(untouched_copy)
    Counting.asked = 0
    return untouched_copy


def enter(
    store: Store, login: str, password: str = "sai", at: int = NOW, address: str = "10.0.0.1"
):
    return signin.sign_in(store, login, password, address=address, browser="t", now=at)


def test_hashes_are_argon2id_at_the_cost_that_rfc_9106_asks_for(monkeypatch):
    """Second recommended option: 64 MiB, 3 passes, 4 lanes, a salt of 16 bytes."""
    kept = passwords.hashed(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert len(kept.split("$")[4]) == 22  # 16 bytes in base64
    assert not passwords.is_outdated(kept)


@pytest.mark.parametrize(
    ("login", "reason"),
    [
        ("lanhdao", "wrong"),
        ("khong.co.ai", "wrong"),
        ("", "wrong"),
        ("' or 1=1 --", "wrong"),
        ("khoa.roi", "wrong"),
        ("x" * 5_000, "wrong"),
        (nasty("tên"), "wrong"),
        ("a\x00b", "wrong"),
    ],
)
def test_every_wrong_try_costs_one_check_and_says_the_same(people, login, reason):
    accounts.add(people, ADMIN, login="khoa.roi", roles=["viewer"], password=PASSWORD, now=NOW)
    accounts.disable(people, ADMIN, "khoa.roi", now=NOW)
    Counting.asked = 0
    assert enter(people, login) == Refused(reason)
    assert Counting.asked == 1


def test_that_an_account_is_disabled_is_told_only_with_its_password(people):
    accounts.disable(people, ADMIN, "lanhdao", now=NOW)
    assert enter(people, "lanhdao") == Refused("wrong")
    assert enter(people, "lanhdao", PASSWORD) == Refused("disabled")


def test_a_locked_name_listens_to_no_password_at_all(people):
    for _ in range(throttle.MOST_OF_A_NAME):
        assert enter(people, "kehoach") == Refused("wrong")
    Counting.asked = 0
    assert enter(people, "kehoach", PASSWORD) == Refused("locked", 15)
    assert enter(people, "kehoach", PASSWORD, address="192.0.2.7") == Refused("locked", 15)
    assert Counting.asked == 0
    later = NOW + 15 * MINUTE + 1
    assert isinstance(enter(people, "kehoach", PASSWORD, later), Opened)


def test_a_name_that_nobody_has_is_locked_alike(people):
    said = [enter(people, "khong.co.ai") for _ in range(throttle.MOST_OF_A_NAME)]
    assert set(said) == {Refused("wrong")}
    assert enter(people, "khong.co.ai") == Refused("locked", 15)
    assert enter(people, "KHONG.CO.AI ") == Refused("locked", 15)  # however it is written


def test_who_tries_many_names_from_one_place_waits_and_others_do_not(people):
    for number in range(throttle.MOST_OF_AN_ADDRESS):
        assert enter(people, f"nguoi{number}") == Refused("wrong")
    assert enter(people, "lanhdao", PASSWORD) == Refused("locked", 15)
    assert isinstance(enter(people, "lanhdao", PASSWORD, address="10.0.0.2"), Opened)


@pytest.mark.parametrize(
    ("first", "second"),
    [("2001:db8::1", "2001:db8::ffff:1"), ("::ffff:10.0.0.9", "10.0.0.9")],
)
def test_one_customer_has_one_address_however_it_is_written(people, first, second):
    for number in range(throttle.MOST_OF_AN_ADDRESS):
        enter(people, f"nguoi{number}", address=first)
    assert enter(people, "lanhdao", PASSWORD, address=second) == Refused("locked", 15)


def test_a_good_sign_in_between_does_not_let_somebody_guess_on_and_on(people):
    """Who owns one account can reset only its own count: that of the place goes on."""
    for number in range(throttle.MOST_OF_AN_ADDRESS):
        if number % 4 == 0:
            enter(people, "canbo.a", PASSWORD)
        enter(people, f"quantri{number}")
    assert enter(people, "canbo.a", PASSWORD) == Refused("locked", 15)


def test_what_was_typed_as_a_name_that_nobody_has_is_kept_nowhere(people):
    """People type their password there by mistake."""
    enter(people, "mật khẩu của tôi 123", "x")
    with people.read() as tx:
        kept = str([tuple(vars(one).values()) if hasattr(one, "__dict__") else one
                    for one in audit.listing(tx)])  # fmt: skip
    assert "mật khẩu của tôi" not in kept
    assert "unknown:" in kept


def test_a_password_stands_in_no_line_of_the_log(people):
    secret = "một mật khẩu thật dài 99"
    accounts.add(people, ADMIN, login="moi", roles=["viewer"], password=secret, now=NOW)
    enter(people, "moi", secret)
    enter(people, "moi", secret + "x")
    given = accounts.reset(people, ADMIN, "moi", now=NOW)
    with people.read() as tx:
        lines = list(audit.listing(tx))
    kept = repr(lines)
    assert "argon2" not in kept
    assert secret not in kept
    assert given not in kept


def test_a_password_that_is_reset_while_it_is_checked_opens_nothing(people, monkeypatch):
    """The check takes its time outside the transaction; what it found out must still hold."""
    checked = passwords.fits
    resets = iter([True])

    def slowly(password: str, kept: str) -> bool:
        found = checked(password, kept)
        if next(resets, False):
            accounts.reset(people, ADMIN, "lanhdao", now=NOW + 1)
        return found

    monkeypatch.setattr(passwords, "fits", slowly)
    assert enter(people, "lanhdao", PASSWORD, at=NOW + 2) == Refused("wrong")
