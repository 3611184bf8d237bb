"""100 phones that send a byte a second: they are cut off, and others are served meanwhile.

Through nginx as deploy/nginx sets it up (when it is installed), others must not notice: 95 of 100
answers within a second. Without it two slow lines for each thread hold the server up; then
nobody may wait longer than it takes to cut them off, and afterwards all is as before.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.core.permissions import Role
from app.db import db
from app.field.routes.patience import BODY_SECONDS
from tests.factories.accounts import account
from tests.factories.field import device
from tests.factories.mentoring import mentor
from tests.torture.ground import Site, free_port, site

_BODY_BYTES = 300
# Of gunicorn.conf.py: two workers of four.
_THREADS = 8
_PAUSE_SECONDS = 0.2
_AFTER_SECONDS = 5.0
_CONFIG = """
pid {folder}/nginx.pid; error_log {folder}/nginx.log; daemon off; worker_processes 1;
events {{ worker_connections 1024; }}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://127.0.0.1:{behind};
            proxy_request_buffering on;
            proxy_set_header Host localhost;
        }}
    }}
}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the slow ones and the others saw."""

    slow: int
    cut: int
    longest_slow: float
    asked: int
    p95: float
    longest: float
    answers: dict[str, int]
    after: float
    limit: float

    @property
    def is_clean(self) -> bool:
        """Whether the others were served as they should, and all is well afterwards."""
        return (
            set(self.answers) == {"200"}
            and self.p95 <= self.limit
            and self.after <= _AFTER_SECONDS
            and self.cut == self.slow
        )


class _Slow(threading.Thread):
    """A line that sends the body of a push a byte a second, until it is cut."""

    def __init__(self, port: int, token: str, until: float) -> None:
        super().__init__(daemon=True)
        self.port, self.token, self.until = port, token, until
        self.seconds, self.is_cut = 0.0, False

    def run(self) -> None:
        head = (
            "POST /api/v1/sync/push HTTP/1.1\r\nHost: localhost\r\n"
            f"Cookie: pulih_ponsel={self.token}\r\nX-Pulih-Lapangan: 1\r\n"
            f"Content-Type: application/json\r\nContent-Length: {_BODY_BYTES}\r\n\r\n"
        )
        begun = time.monotonic()
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.port), timeout=60) as line,
        ):
            line.sendall(head.encode())
            line.settimeout(1)
            for _ in range(_BODY_BYTES):
                if time.monotonic() > self.until:
                    return
                line.sendall(b" ")
                if self._is_answered(line):
                    break
        self.seconds, self.is_cut = time.monotonic() - begun, True

    @staticmethod
    def _is_answered(line: socket.socket) -> bool:
        """Wait a second for what the server says or for its end of the line."""
        try:
            line.recv(1)
        except TimeoutError:
            return False
        return True


def run(place: Site, *, port: int, slow: int, seconds: float, limit: float) -> Verdict:
    """Serve, send slowly, ask as others would, and look."""
    application = place.application()
    with application.app_context():
        person = account(role=Role.MENTOR)
        account_id = person.id
        mentor(person=person, capacity=200)
        _, token = device(account_id)
        db.session.remove()
        db.engine.dispose()
    place.warm_up()
    ends = time.monotonic() + seconds
    lines = [_Slow(port, token, ends + 120) for _ in range(slow)]
    for line in lines:
        line.start()
    answers: Counter[str] = Counter()
    waits = []
    while time.monotonic() < ends:
        waits.append(_asked(port, token, answers))
        time.sleep(_PAUSE_SECONDS)
    if port == place.port:
        for line in lines:
            line.join(timeout=130)
    cut = [line for line in lines if line.is_cut]
    after = _asked(port, token, answers)
    waits.sort()
    return Verdict(
        slow=slow,
        # The proxy has patience with them; nothing of them reaches us.
        cut=len(cut) if port == place.port else slow,
        longest_slow=round(max((line.seconds for line in cut), default=0), 1),
        asked=len(waits),
        p95=round(waits[int(len(waits) * 0.95)], 2),
        longest=round(waits[-1], 2),
        answers=dict(answers),
        after=round(after, 2),
        limit=limit,
    )


def _asked(port: int, token: str, answers: Counter[str]) -> float:
    """Seconds until another phone had its answer."""
    begun = time.monotonic()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    try:
        line.request("GET", "/api/v1/sync/pull", headers={"Cookie": f"pulih_ponsel={token}"})
        answer = line.getresponse()
        answer.read()
        answers[str(answer.status)] += 1
    except OSError as error:
        answers[type(error).__name__] += 1
    finally:
        line.close()
    return time.monotonic() - begun


@contextlib.contextmanager
def _nginx(place: Site) -> Iterator[int]:
    """A proxy that gathers bodies, as deploy/nginx tells it to; its port."""
    folder, port = place.folder / "nginx", free_port()
    folder.mkdir()
    config = folder / "nginx.conf"
    text = _CONFIG.format(folder=folder, port=port, behind=place.port)
    config.write_text(("user root;" if os.geteuid() == 0 else "") + text, encoding="utf-8")
    process = subprocess.Popen([_found() or "", "-c", str(config)])
    try:
        for _ in range(100):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _found() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path=str(Path("/usr/sbin")))


def main(arguments: list[str]) -> int:
    """Both ways, on SQLite: what is slow here never gets to the database."""
    parser = argparse.ArgumentParser(prog="sh scripts/torture slow")
    parser.add_argument("--lines", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args(arguments)
    failed = 0
    with site("sqlite") as place:
        place.start()
        if _found():
            with _nginx(place) as port:
                verdict = run(place, port=port, slow=asked.lines, seconds=asked.seconds, limit=1.0)
            failed += _say("nginx", verdict)
        else:
            print("nginx: tidak terpasang")
        verdict = run(
            place,
            port=place.port,
            slow=2 * _THREADS,
            seconds=asked.seconds,
            limit=3 * BODY_SECONDS,
        )
        failed += _say("tanpa proxy", verdict)
    return 1 if failed else 0


def _say(way: str, verdict: Verdict) -> int:
    print(f"{way}: {'bersih' if verdict.is_clean else 'TIDAK BERSIH'}; {verdict}")
    return 0 if verdict.is_clean else 1
