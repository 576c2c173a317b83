"""A browser's tab as the server sees it: the cookie, and the websocket that runs pages."""

from __future__ import annotations

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.server import Server


class Tab:
    """One open page; each run gives back everything that it shows as one text."""

    def __init__(self, server: Server, cookie: str = "", **headers: str) -> None:
        given = {"cookie": f"chitieu_session={cookie}"} if cookie else {}
        self._socket = connect(
            f"ws://127.0.0.1:{server.port}/_stcore/stream",
            subprotocols=["streamlit"],
            additional_headers={**given, **headers},
            max_size=None,
            proxy=None,
            legacy=True,
        )

    def run(self, page: str = "", query: str = "") -> str:
        """Run a page's script once more."""
        message = BackMsg()
        message.rerun_script.query_string = query
        if page:
            message.rerun_script.page_name = page
        self._socket.send(message.SerializeToString())
        shown = []
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(self._socket.recv(60))
            shown.append(str(answer.delta.new_element.html.body))
            if answer.WhichOneof("type") == "script_finished":
                return "".join(shown)

    def close(self) -> None:
        self._socket.close()
