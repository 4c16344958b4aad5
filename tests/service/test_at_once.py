"""Small answers are not held back: asked of a connection the socket of the server accepts."""

from __future__ import annotations

import socket

from views.service.at_once import send_at_once


def test_what_a_socket_made_as_streamlit_does_accepts_sends_at_once() -> None:
    with socket.socket(family=socket.AF_INET) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert send_at_once() >= 1
        with socket.create_connection(listening.getsockname()):
            accepted, _ = listening.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
