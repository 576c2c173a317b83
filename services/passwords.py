"""Passwords: kept as argon2id hashes, what is asked of a new one, passwords for one use."""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 200
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that can be taken for another
_COMMON = frozenset(
    {
        *("password", "matkhau", "admin", "administrator", "quantri", "sonla", "qwerty", "abc"),
        *("qwertyuiop", "letmein", "welcome", "iloveyou", "anhyeuem", "vietnam", "tinhsonla"),
        *("chitieu", "thongke", "abcd", "abcdef", "asdfghjkl", "xinchao", "khongcogi", "ubnd"),
    }
)

# RFC 9106, second recommended option (64 MiB, 3 passes): the library's own default.
_HASHER = PasswordHasher()
# Each check takes 64 MiB: more than two at once only queue for the same cores and memory.
_TURN = threading.BoundedSemaphore(2)


def hashed(password: str) -> str:
    """The argon2id hash to keep, with its own salt and cost."""
    with _TURN:
        return _HASHER.hash(_plain(password))


def fits(password: str, kept: str) -> bool:
    """Whether a password is the one kept; ``kept`` "" takes as long and never fits."""
    try:
        with _TURN:
            return _HASHER.verify(kept or _nobody(), _plain(password)) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether a hash was made at a lower cost than hashes are made at now."""
    return _HASHER.check_needs_rehash(kept)


def weakness(password: str, login: str, name: str = "") -> str:
    """Why a new password is not good enough: short, long, own_name or common; "" if it is."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        return "short"
    if len(plain) > LONGEST:
        return "long"
    bare = _bare(plain)
    parts = [_bare(login.partition("@")[0]), _bare(name), *map(_bare, name.split())]
    if any(len(part) >= 4 and part in bare for part in parts):
        return "own_name"
    if re.sub(r"[^a-z]", "", bare) in {"", *_COMMON} or len(set(plain)) < 5:
        return "common"
    return ""


def for_one_use() -> str:
    """A password that can be read out on the telephone: four times four letters and digits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def _plain(password: str) -> str:
    """One form for the same signs, whichever keyboard composed the Vietnamese letters."""
    return unicodedata.normalize("NFKC", password)


def _bare(text: str) -> str:
    """Lower case without accents and spaces."""
    apart = unicodedata.normalize("NFKD", text.lower().replace("đ", "d"))
    return "".join(sign for sign in apart if sign.isalnum())


def _nobody() -> str:
    global _NOBODY
    if not _NOBODY:
        _NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
    return _NOBODY


_NOBODY = ""
