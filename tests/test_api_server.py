"""What happens at the start of the server."""

from __future__ import annotations

import socket

from api.server import answer_at_once


def test_what_a_listening_socket_accepts_answers_at_once():
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.socket() as other:
        assert answer_at_once() >= 1
        with socket.create_connection(listening.getsockname()) as client:
            accepted, _ = listening.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
                assert client.fileno() >= 0
        assert not other.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
