"""Is a port free, or does something answer on it?

python scripts/port.py HOST PORT                  exit status 0 when it is free
python scripts/port.py HOST PORT --wait-for PID   0 when it answers, 1 when PID ends before
"""

from __future__ import annotations

import os
import socket
import sys
import time
from http.client import HTTPConnection, HTTPException

PATIENCE_SECONDS = 120


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Whether a server answers there; that it listens does not mean that it is ready."""
    connection = HTTPConnection(host, port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", "/masuk")
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def is_alive(pid: int) -> bool:
    """Whether a process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def main() -> int:
    """Answer by exit status."""
    host, port = sys.argv[1], int(sys.argv[2])
    if len(sys.argv) == 3:
        return 0 if is_free(host, port) else 1
    server = int(sys.argv[4])
    # A server that listens everywhere answers here.
    near = "127.0.0.1" if host in ("0.0.0.0", "") else host  # noqa: S104 - compared, not bound
    until = time.monotonic() + PATIENCE_SECONDS
    while is_alive(server) and time.monotonic() < until:
        if answers(near, port):
            return 0
        time.sleep(0.1)
    return 1


if __name__ == "__main__":
    sys.exit(main())
