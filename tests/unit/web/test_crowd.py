"""A crowd at the door: whom the server serves, whom it asks to come again, whom it leaves."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from app.web.crowd import LATEST, SOONEST, Crowd

Line = tuple[socket.socket, socket.socket]


@pytest.fixture
def line() -> Iterator[Line]:
    """Both ends of a connection: the server's, and the other."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        other = socket.create_connection(door.getsockname())
        own, _ = door.accept()
    yield own, other
    own.close()
    other.close()


def asked(crowd: Crowd, path: str, own: socket.socket | None = None) -> tuple[str, dict[str, str]]:
    told: list[tuple[str, dict[str, str]]] = []
    environ = {"PATH_INFO": path, "gunicorn.socket": own}
    list(crowd(environ, lambda status, headers: told.append((status, dict(headers)))))
    return told[0]


def served(_environ, start_response):
    start_response("200 OK", [])
    return [b"served"]


@pytest.mark.parametrize(
    ("path", "waiting", "status"),
    [
        ("/api/v1/sync/push", 8, "200"),
        ("/api/v1/sync/push", 9, "503"),
        ("/usaha", 900, "200"),
    ],
)
def test_phones_come_again_when_more_wait_than_can_be_served(path, waiting, status):
    crowd = Crowd(served, waiting=lambda: waiting, most=8)

    told, headers = asked(crowd, path)

    assert told.startswith(status)
    if status == "503":
        assert SOONEST <= int(headers["Retry-After"]) <= LATEST
        assert headers["Content-Type"] == "application/json"


def test_who_has_hung_up_is_not_served_though_the_body_lies_here(line):
    own, other = line
    crowd = Crowd(served, waiting=lambda: 0, most=8)
    other.sendall(b"a body that nobody read")

    before = asked(crowd, "/usaha", own)[0]
    other.close()
    after = asked(crowd, "/usaha", own)[0]

    assert (before[:3], after[:3]) == ("200", "408")
