"""account: the first administrator, and everybody's accounts from a shell."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from i18n.words import words

from .answers import DONE, REFUSED, answer, chosen, now, say, store
from .words import by_word, json_word

if TYPE_CHECKING:
    from services.refusals import AccountRefused

    from .words import Commands


def add(commands: Commands) -> None:
    """Add the commands of this file."""
    group = commands.add_parser("account", help="who may sign in, with which rights")
    actions = group.add_subparsers(metavar="ACTION", required=True)
    adding = actions.add_parser(
        "add",
        help="make an account; the password is asked for or read from standard input",
        description="Without a password on standard input one for a single use is made and said.",
    )
    adding.add_argument("login", metavar="NAME", help="what is typed to sign in")
    adding.add_argument(
        "--role", action="append", default=[], metavar="ROLE", help="again for several roles"
    )
    adding.add_argument("--name", default="", help="the person's name, recorded beside figures")
    adding.add_argument("--agency", default="", help="key or name of the person's agency")
    adding.add_argument(
        "--one-time", action="store_true", help="ask for no password, make one for a single use"
    )
    listing = actions.add_parser("list", help="every account")
    rights = actions.add_parser("roles", help="which role may do what, as a table")
    runs = {adding: _add, listing: _list, rights: _rights}
    for name, what, run in (
        ("disable", "let somebody in no more; open sessions end at once", _disable),
        ("enable", "let somebody in again, also after too many wrong passwords", _enable),
        ("reset", "make a password for a single use; open sessions end", _reset),
    ):
        parser = actions.add_parser(name, help=what)
        parser.add_argument("login", metavar="NAME")
        parser.add_argument("--why", default="", help="reason")
        runs[parser] = run
    for parser, run in runs.items():
        json_word(parser)
        by_word(parser)
        parser.set_defaults(run=run)


def _add(options: argparse.Namespace) -> int:
    from services import access, accounts
    from services.refusals import AccountRefused

    roles = [role.strip() for text in options.role for role in text.split(",") if role.strip()]
    opened = store()
    try:
        given = accounts.add(
            opened,
            access.shell(options.by),
            login=options.login,
            roles=roles,
            name=options.name,
            agency=options.agency,
            password=None if options.one_time else _password(),
            now=now(),
        )
    except AccountRefused as error:
        return _refused(options, error)
    _ = words(chosen().language)
    said = _("account.added", login=options.login)
    said += f"\n{_('account.one_use', password=given)}" if given else ""
    document = {"login": options.login, "roles": roles, "password": given or None}
    answer(document, options.json, lambda: said)
    return DONE


def _password() -> str | None:
    """What the person types, twice; else the first line of standard input; None: nothing."""
    if sys.stdin is None or not sys.stdin.isatty():
        return (sys.stdin.readline().rstrip("\r\n") if sys.stdin else "") or None
    first = getpass.getpass("Mật khẩu (bỏ trống để tạo mật khẩu dùng một lần): ")
    if first and first != getpass.getpass("Nhập lại mật khẩu: "):
        from services.refusals import AccountRefused

        raise AccountRefused("different")
    return first or None


def _list(options: argparse.Namespace) -> int:
    from services import access, accounts
    from services.store import iso

    lines = accounts.listing(store(), access.shell(options.by), now())
    document = [
        {
            "login": one.login,
            "name": one.name,
            "agency": one.agency,
            "roles": list(one.roles),
            "local": one.local,
            "disabled": one.disabled,
            "must_change": one.must_change,
            "locked_until": iso(one.locked_until) if one.locked_until else None,
            "seen": iso(one.seen) if one.seen else None,
            "sessions": one.sessions,
        }
        for one in lines
    ]
    _ = words(chosen().language)
    texts = [
        f"{one.login:<24} {', '.join(one.roles):<32} {one.agency:<20} {one.name}"
        + (" (đã khóa)" if one.disabled else "")
        for one in lines
    ]
    answer(document, options.json, lambda: "\n".join(texts) or _("account.none"))
    return DONE


def _rights(options: argparse.Namespace) -> int:
    from services import access, rights_table

    document = {role: sorted(may) for role, may in access.ROLES.items()}
    answer(document, options.json, lambda: rights_table.markdown(chosen().language).rstrip())
    return DONE


def _disable(options: argparse.Namespace) -> int:
    from services import access, accounts
    from services.refusals import AccountRefused

    actor = access.shell(options.by)
    try:
        ended = accounts.disable(store(), actor, options.login, why=options.why, now=now())
    except AccountRefused as error:
        return _refused(options, error)
    said = words(chosen().language)("account.disabled", login=options.login, n=ended)
    answer({"login": options.login, "sessions_ended": ended}, options.json, lambda: said)
    return DONE


def _enable(options: argparse.Namespace) -> int:
    from services import access, accounts
    from services.refusals import AccountRefused

    actor = access.shell(options.by)
    try:
        accounts.enable(store(), actor, options.login, why=options.why, now=now())
    except AccountRefused as error:
        return _refused(options, error)
    said = words(chosen().language)("account.enabled", login=options.login)
    answer({"login": options.login}, options.json, lambda: said)
    return DONE


def _reset(options: argparse.Namespace) -> int:
    from services import access, accounts
    from services.refusals import AccountRefused

    actor = access.shell(options.by)
    try:
        given = accounts.reset(store(), actor, options.login, why=options.why, now=now())
    except AccountRefused as error:
        return _refused(options, error)
    said = words(chosen().language)("account.one_use", password=given)
    answer({"login": options.login, "password": given}, options.json, lambda: said)
    return DONE


def _refused(options: argparse.Namespace, error: AccountRefused) -> int:
    """Say why nothing was done."""
    if options.json:
        answer({"login": options.login, "refused": error.key}, as_json=True)
    say(words(chosen().language)(f"account.refused_{error.key}", **error.values))
    return REFUSED
