"""A fresh server asked from outside, address by address, before anybody has opened a page."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.server import Server, command, environment, free_port, serving
from ui.navigation import ENTRIES

pytestmark = pytest.mark.slow

EVERY_ADDRESS = [
    "/",
    "/overview",
    "/target?code=DL-01",
    "/upload",
    "/healthz",
    "/api/v1/targets",
    "/download/template",
    "/download/table?what=verdicts&format=csv",
    "/download/file?submission=1",
    "/assets/app.css",
    "/media/0123456789abcdef.txt",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/agent/openapi.json",
]
FOREIGN = [
    {"host": "evil.example"},
    {"host": "192.168.1.4:8501"},
    {"x-forwarded-for": "127.0.0.1"},
    {"forwarded": "for=127.0.0.1"},
    {"x-real-ip": "127.0.0.1"},
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


def own_address() -> str:
    """An address of this machine that is not loopback; the test is left out where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.connect(("192.0.2.1", 9))  # nothing is sent: UDP only chooses the way out
        except OSError:
            pytest.skip("this machine has no network")
        address: str = sock.getsockname()[0]
        return address


def websocket(server: Server, headers: dict[str, str] | None = None, origin: str | None = None):
    """The websocket that runs pages; the caller closes it."""
    return connect(
        f"ws://127.0.0.1:{server.port}/_stcore/stream",
        origin=origin,
        subprotocols=["streamlit"],
        additional_headers=headers or {},
        max_size=None,
    )


@pytest.mark.parametrize("path", EVERY_ADDRESS)
@pytest.mark.parametrize("headers", FOREIGN, ids=lambda headers: next(iter(headers)))
def test_no_address_answers_somebody_from_elsewhere(server, path, headers):
    answer = httpx.get(server.url + path, headers=headers)
    assert answer.status_code == 403
    assert answer.text.startswith("Chương trình chưa có tài khoản nào")


@pytest.mark.parametrize("headers", FOREIGN[2:], ids=lambda headers: next(iter(headers)))
def test_no_websocket_opens_for_somebody_from_elsewhere(server, headers):
    with pytest.raises(InvalidStatus) as refused:
        websocket(server, headers)
    assert refused.value.response.status_code == 403


def test_no_websocket_opens_for_a_page_of_another_site(server):
    with pytest.raises(InvalidStatus) as refused:
        websocket(server, origin="http://evil.example")
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
def test_no_upload_is_taken_from_elsewhere_or_from_another_site(server, method):
    path = server.url + "/_stcore/upload_file/session/file"
    assert httpx.request(method, path, headers={"host": "evil.example"}).status_code == 403
    from_page = {"origin": "http://evil.example"}
    assert httpx.request(method, path, headers=from_page).status_code == 403


def test_an_upload_without_a_session_is_refused(server):
    path = server.url + "/_stcore/upload_file/no-such-session/file"
    assert httpx.put(path, files={"f": ("a.csv", b"x")}).status_code in (400, 403)


@pytest.mark.parametrize("path", ["/", "/overview", "/target?code=DL-01", "/upload"])
def test_the_person_at_this_machine_gets_the_page_in_vietnamese(server, path):
    answer = httpx.get(server.url + path)
    assert answer.status_code == 200
    assert '<html lang="vi">' in answer.text
    assert "<title>Theo dõi chỉ tiêu tỉnh Sơn La</title>" in answer.text
    assert "assets/app.css" in answer.text


def test_english_is_a_word_in_the_address(server):
    assert '<html lang="en">' in httpx.get(server.url + "/?lang=en").text


def test_every_answer_carries_the_headers_that_guard_it(server):
    for path in ("/", "/healthz", "/api/nothing", "/download/table?what=targets&format=csv"):
        headers = httpx.get(server.url + path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        policy = headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy or "default-src 'none'" in policy


def test_a_page_may_only_load_what_is_ours(server):
    policy = httpx.get(server.url + "/").headers["content-security-policy"]
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    assert rules["default-src"] == ["'self'"]
    assert rules["object-src"] == ["'none'"]
    assert "'unsafe-inline'" not in rules["script-src"]
    assert "'unsafe-eval'" not in rules["script-src"]


def test_health_says_which_schema_the_store_has(server):
    answer = httpx.get(server.url + "/healthz")
    body = answer.json()
    assert (answer.status_code, body["status"], body["store"]["kind"]) == (200, "ok", "sqlite")
    assert body["store"]["schema"] == body["store"]["expected"] != ""


@pytest.mark.parametrize("path", ["/api", "/api/v1/nothing", "/download/nothing"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_what_stands_behind_no_address_is_not_found_in_json(server, path, method):
    answer = httpx.request(method, server.url + path)
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


def test_a_template_comes_as_a_workbook(server):
    answer = httpx.get(server.url + "/download/template?targets=DL-01&period=2026-H1")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/download/template?targets=XX-99", 400),
        ("/download/template?targets=DL-01&period=2026-13", 400),
        ("/download/template?areas=99999", 400),
        ("/download/table?what=secrets", 400),
        ("/download/table?format=exe", 400),
        ("/download/table?as_of=yesterday", 400),
        ("/download/file?submission=1", 404),
        ("/download/file?submission=1%20or%201=1", 404),
        ("/download/file?submission=99999999999999999999999", 404),
        ("/download/marked?draft=nobody", 404),
    ],
)
def test_a_file_that_cannot_be_given_is_one_sentence(server, path, status):
    answer = httpx.get(server.url + path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert len(answer.text.splitlines()) == 1


def test_an_address_that_is_not_loopback_is_refused_at_the_start(tmp_path):
    started = subprocess.run(
        command(free_port(), "--server.address", "0.0.0.0"),
        cwd=tmp_path,
        env=environment(f"sqlite:///{tmp_path / 'store.db'}"),
        capture_output=True,
        text=True,
        timeout=60,
    )
    said = started.stdout + started.stderr
    assert started.returncode != 0
    assert "Không khởi động" in said
    assert "Traceback" not in said
    assert not (tmp_path / "store.db").exists()


def test_a_store_that_cannot_be_opened_ends_the_start_with_a_sentence(tmp_path):
    started = subprocess.run(
        command(free_port()),
        cwd=tmp_path,
        env=environment("mysql://nowhere/x"),
        capture_output=True,
        text=True,
        timeout=60,
    )
    said = started.stdout + started.stderr
    assert started.returncode != 0
    assert "DATABASE_URL" in said
    assert "Traceback" not in said


def test_the_first_visitor_of_a_page_still_gets_the_script_with_its_navigation(tmp_path):
    """Beside a folder named pages/ Streamlit would run the page alone, without our script."""
    with serving(tmp_path) as fresh, websocket(fresh) as opened:
        asked = BackMsg()
        asked.rerun_script.page_name = "upload"
        opened.send(asked.SerializeToString())
        kinds = set()
        while "script_finished" not in kinds:
            said = ForwardMsg()
            said.ParseFromString(opened.recv(timeout=30))
            kinds.add(said.WhichOneof("type"))
            if said.WhichOneof("type") == "navigation":
                pages = [page.url_pathname for page in said.navigation.app_pages]
    assert "navigation" in kinds
    assert pages == ["", *(entry.name for entry in ENTRIES[1:])]  # the first page has no path


def test_an_open_socket_without_accounts_lets_only_loopback_in(tmp_path):
    """Started by uvicorn it listens where it was told: then the gate has to hold alone."""
    address = own_address()
    with serving(tmp_path, uvicorn_host="0.0.0.0") as server:
        port = server.port
        near = httpx.get(f"{server.url}/healthz")
        far = httpx.get(f"http://{address}:{port}/healthz")
        named = httpx.get(f"http://{address}:{port}/healthz", headers={"host": "localhost"})
        with pytest.raises(InvalidStatus):
            connect(f"ws://{address}:{port}/_stcore/stream", subprotocols=["streamlit"])
    assert (near.status_code, far.status_code, named.status_code) == (200, 403, 403)
