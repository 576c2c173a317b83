"""Sessions behind TLS, which a proxy in front of the server ends: names and flags of the cookie."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from services.seeding import seed
from services.store import open_ready
from tests.people import NOW, PASSWORD, add_people
from tests.server import Server, serving
from tests.tab import Tab

pytestmark = pytest.mark.slow

BY_PROXY = {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.7"}
SAFE, PLAIN = "__Host-chitieu_session", "chitieu_session"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("tls")
    store = open_ready(f"sqlite:///{folder / 'store.db'}")
    seed(store, NOW)
    add_people(store)
    store.close()
    with serving(folder) as running:
        yield running


def cookie(server: Server, login: str, headers: dict[str, str], **more: str) -> tuple[str, str]:
    """Name and value of the session that signing in gives; what else the header says must fit."""
    given = {"login": login, "password": PASSWORD}
    answer = httpx.post(f"{server.url}/login", data=given, headers={**headers, **more})
    assert answer.status_code == 303
    name, _, rest = answer.headers["set-cookie"].partition("=")
    flags = {part.strip().lower() for part in rest.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= flags
    assert ("secure" in flags) == (headers == BY_PROXY)
    assert not any(flag.startswith("domain") for flag in flags)
    return name, rest.partition(";")[0]


def opens(server: Server, headers: dict[str, str], *cookies: str) -> bool:
    sent = {**headers, "cookie": "; ".join(cookies)}
    return httpx.get(f"{server.url}/overview", headers=sent).status_code == 200


def test_behind_tls_the_cookie_is_one_that_no_neighbour_can_set(server):
    assert cookie(server, "lanhdao", BY_PROXY)[0] == SAFE
    assert cookie(server, "lanhdao", {})[0] == PLAIN


def test_a_session_that_a_neighbour_puts_in_our_place_is_not_taken(server):
    """Another site of the domain can set a cookie for all of it, but none of the safer name."""
    _, theirs = cookie(server, "kehoach", {})
    _, own = cookie(server, "lanhdao", BY_PROXY)
    assert not opens(server, BY_PROXY, f"{PLAIN}={theirs}")
    assert opens(server, BY_PROXY, f"{SAFE}={own}")
    for cookies in ((f"{PLAIN}={theirs}", f"{SAFE}={own}"), (f"{SAFE}={own}", f"{PLAIN}={theirs}")):
        tab = Tab(server, **BY_PROXY, Cookie="; ".join(cookies))
        said = tab.run("profile")
        tab.close()
        assert "Người lanhdao" in said
        assert "Người kehoach" not in said


def test_a_websocket_opens_with_the_safer_cookie_whatever_the_proxy_says_of_it(server):
    name, own = cookie(server, "canbo.a", BY_PROXY)
    tab = Tab(server, Cookie=f"{name}={own}")
    assert "Người canbo.a" in tab.run("profile")
    tab.close()


def test_signing_out_takes_the_cookie_back_under_its_name(server):
    name, own = cookie(server, "tonghop", BY_PROXY)
    answer = httpx.post(f"{server.url}/logout", headers={**BY_PROXY, "cookie": f"{name}={own}"})
    gone = answer.headers["set-cookie"].lower()
    assert gone.startswith(f'{SAFE.lower()}="";')
    assert "max-age=0" in gone
    assert "; secure" in gone
    assert not opens(server, BY_PROXY, f"{name}={own}")


@pytest.mark.parametrize("headers", [{}, BY_PROXY], ids=["plain", "tls"])
def test_a_session_that_somebody_brings_is_never_made_theirs(server, headers):
    """Whoever signs in gets a secret that nobody knew before."""
    _, attackers = cookie(server, "kehoach", headers)
    name, own = cookie(
        server, "lanhdao", headers, cookie=f"{PLAIN}={attackers}; {SAFE}={attackers}"
    )
    assert own != attackers
    assert len(own.partition(".")[0]) >= 43
    assert opens(server, headers, f"{name}={own}")
    assert not opens(server, headers, f"{name}={attackers}")  # what was open here has ended
