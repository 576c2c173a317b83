"""Moving a slider of the page Kịch bản against an empty page's rerun, over the websocket.

Both are asked in turn in one run. A move sends what a browser sends: all widgets' values, the
slider's a step further, and the fragment that it stands in.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from websockets.sync.client import connect

from .servers import EMPTY_PAGE, ROOT, serve

PAGE = "scenarios"
FIRST_PLACE = 80  # of a slider with more than a hundred


@dataclass(slots=True)
class Page:
    """A session on one page: what it showed last of its sliders, and how to run it again."""

    port: int
    name: str = ""
    sliders: dict[str, tuple[str, Slider]] = field(default_factory=dict)
    sent: int = 0
    _socket: Any = None
    _query: str = ""

    def open(self) -> None:
        """Connect and run the page once."""
        self._socket = connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            origin=f"http://127.0.0.1:{self.port}",  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
        )
        self.rerun()

    def rerun(self) -> float:
        """Run the whole page; seconds until its last message is here."""
        return self._ask(self._message())

    def move(self, key: str, place: int) -> float:
        """Move the slider whose id holds the key to a place; seconds until all is redrawn."""
        fragment, slider = next(v for k, v in self.sliders.items() if key in k)
        message = self._message()
        message.rerun_script.fragment_id = fragment
        state = message.rerun_script.widget_states.widgets.add()
        state.id = slider.id
        state.string_array_value.data.append(slider.options[place])
        return self._ask(message)

    def _message(self) -> BackMsg:
        message = BackMsg()
        message.rerun_script.page_name = self.name
        message.rerun_script.query_string = self._query
        return message

    def _ask(self, message: BackMsg) -> float:
        self.sent = 0
        start = time.perf_counter()
        self._socket.send(message.SerializeToString())
        while True:
            raw = self._socket.recv()
            self.sent += len(raw)
            answer = ForwardMsg()
            answer.ParseFromString(raw)
            kind = answer.WhichOneof("type")
            if kind == "delta":
                self._seen(answer.delta)
            elif kind == "page_info_changed":
                self._query = answer.page_info_changed.query_string
            elif kind == "script_finished":
                return time.perf_counter() - start

    def _seen(self, delta: Delta) -> None:
        element = delta.new_element
        if element.WhichOneof("type") == "exception":
            raise RuntimeError(element.exception.message)
        if "a-refused" in element.html.body:
            raise RuntimeError(element.html.body)
        if element.WhichOneof("type") == "slider":
            self.sliders[element.slider.id] = delta.fragment_id, element.slider

    def close(self) -> None:
        """End the session."""
        self._socket.close()


def measure(rounds: int = 30) -> dict[str, Any]:
    """Medians in seconds, and their ratio; the bar is 2."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty = folder / "empty.py"
        empty.write_text(EMPTY_PAGE)
        store = {"DATABASE_URL": f"sqlite:///{folder / 'bench.db'}"}
        with serve(empty, {}, folder) as plain, serve(ROOT / "app.py", store, folder) as ours:
            return _turns(Page(plain.port), Page(ours.port, PAGE), rounds)


def _turns(plain: Page, ours: Page, rounds: int) -> dict[str, Any]:
    for page in (plain, ours):
        page.open()
        page.rerun()
    taken: dict[str, list[float]] = {"empty": [], "slider": [], "page": []}
    sent = []
    for turn in range(rounds):
        taken["empty"].append(plain.rerun())
        taken["slider"].append(ours.move("pct", FIRST_PLACE + turn % 7))
        sent.append(ours.sent)
    for _turn in range(rounds // 3):
        taken["page"].append(ours.rerun())
    plain.close()
    ours.close()
    found: dict[str, Any] = {f"{name}_s": statistics.median(v) for name, v in taken.items()}
    return found | {
        "slider_bytes": int(statistics.median(sent)),
        "ratio": found["slider_s"] / found["empty_s"],
        "bar": 2,
    }
