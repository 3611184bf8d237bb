"""Photos in pieces on bad lines, with a server that is killed: each arrives once, to the byte.

20 phones send 100 visits with two photos each; of the pieces a third loses its answer, a tenth is
cut in the middle, some come twice or at a wrong place; ten times kill -9. In the end every photo
lies there with the announced bytes, at its visit, once, and no half part is left on the disk.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import io
import random
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from PIL import Image

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise
from app.field.models import FileUpload
from app.field.queries.uploads import part_of
from app.files.models import StoredFile
from app.files.queries import open_photo
from app.mentoring.models import Visit, VisitPhoto
from tests.factories.accounts import account
from tests.factories.enterprises import enterprise
from tests.factories.field import device, visit_operation
from tests.factories.mentoring import assigned, mentor
from tests.torture.ground import ENGINES, Site, site
from tests.torture.lines import Line

PIECE = 256 * 1024
DROPPED, CUT, TWICE, ASTRAY = 0.3, 0.1, 0.1, 0.1
_EACH = 2
_DEADLINE_SECONDS = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What lies there beside what was sent."""

    photos: int
    missing: int
    other_bytes: int
    doubled: int
    visits: int
    parts_left: int
    answers: dict[str, int]
    kills: int
    seconds: float

    @property
    def is_clean(self) -> bool:
        """Whether every photo is there once, as it was."""
        wrong = self.missing or self.other_bytes or self.doubled or self.parts_left
        faults = {one for one in self.answers if one.startswith("5") and one != "503"}
        return not wrong and not faults and self.visits * _EACH == self.photos


@dataclass(slots=True)
class Tally:
    """What was seen from the outside."""

    answers: Counter[str] = field(default_factory=Counter)
    done: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Phone(threading.Thread):
    """A phone with photos to send, on a bad line."""

    def __init__(self, line: Line, keys: list[UUID], visits: int, tally: Tally, seed: int) -> None:
        super().__init__(daemon=True)
        self.line, self.tally, self.chance = line, tally, random.Random(seed)
        self.photos: dict[str, bytes] = {}
        self.operations = [self._visit(keys[n % len(keys)]) for n in range(visits)]
        self.end = time.monotonic() + _DEADLINE_SECONDS

    def _visit(self, key: UUID) -> dict[str, Any]:
        said = []
        for _ in range(_EACH):
            content, file_id = _photo(self.chance), str(uuid4())
            self.photos[file_id] = content
            digest = hashlib.sha256(content).hexdigest()
            said.append({"id": file_id, "sha256": digest, "bytes": len(content)})
        return visit_operation(key, attachments=said)

    def run(self) -> None:
        """The text first, then photo by photo until each is whole."""
        for start in range(0, len(self.operations), 10):
            self.line.push(self.operations[start : start + 10])
        for file_id, content in self.photos.items():
            while not self._send(file_id, content) and time.monotonic() < self.end:
                time.sleep(self.chance.uniform(0.01, 0.2))
            with self.tally.lock:
                self.tally.done += 1

    def _send(self, file_id: str, content: bytes) -> bool:
        """Go on where the server is; gives whether it has all of it."""
        offset = self._ask("HEAD", file_id)
        while offset is not None and offset < len(content):
            luck, piece = self.chance.random(), content[offset : offset + PIECE]
            if luck < CUT:
                self._ask("PATCH", file_id, offset, piece, cut=True)
                return False
            if luck < CUT + ASTRAY:
                self._ask("PATCH", file_id, offset + 1, piece)
            if luck > 1 - TWICE:
                self._ask("PATCH", file_id, offset, piece)
            offset = self._ask("PATCH", file_id, offset, piece, drop=luck < CUT + ASTRAY + DROPPED)
        return offset is not None

    def _ask(
        self,
        method: str,
        file_id: str,
        offset: int = 0,
        piece: bytes = b"",
        *,
        cut: bool = False,
        drop: bool = False,
    ) -> int | None:
        """How far the server is; None when it didn't say, or said no."""
        head = (
            f"{method} /api/v1/files/{file_id} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            f"Cookie: pulih_ponsel={self.line.token}\r\nX-Pulih-Lapangan: 1\r\n"
            f"Content-Type: application/octet-stream\r\nUpload-Offset: {offset}\r\n"
            f"Content-Length: {len(piece)}\r\n\r\n"
        ).encode()
        where = ("127.0.0.1", self.line.place.port)
        try:
            with socket.create_connection(where, timeout=60) as line:
                line.sendall(head + (piece[: len(piece) // 2] if cut else piece))
                if cut or drop:
                    if drop:
                        line.recv(1)
                    self._seen("cut" if cut else "dropped")
                    return None
                answer = http.client.HTTPResponse(line, method=method)
                answer.begin()
                answer.read()
        except (OSError, http.client.HTTPException):
            self._seen("no line")
            return None
        self._seen(str(answer.status))
        told = answer.headers.get("Upload-Offset")
        return int(told) if told and answer.status in (200, 204) else None

    def _seen(self, what: str) -> None:
        with self.tally.lock:
            self.tally.answers[what] += 1


def _photo(chance: random.Random) -> bytes:
    """A JPEG of one or two pieces, each of them another."""
    side = chance.choice((100, 160, 220))
    image = Image.frombytes("L", (side, side), chance.randbytes(side**2))
    buffer = io.BytesIO()
    image.resize((side * 5, side * 5)).convert("RGB").save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


def run(place: Site, *, phones: int, visits: int, kills: int, seed: int = 1) -> Verdict:
    """Lay the phones, send, kill, and look at what lies there."""
    application, tally = place.application(), Tally()
    with application.app_context():
        senders = [_lay(place, visits, tally, seed + n) for n in range(phones)]
        place.start()
        begun = time.monotonic()
        for one in senders:
            one.start()
        total = sum(len(one.photos) for one in senders)
        for mark in (total * (n + 1) // (kills + 1) for n in range(kills)):
            while tally.done < mark and any(one.is_alive() for one in senders):
                time.sleep(0.02)
            place.kill()
            place.start()
        for one in senders:
            one.join()
        seconds = time.monotonic() - begun
        verdict = _verdict(senders, tally, place.kills, seconds)
        db.session.remove()
        db.engine.dispose()
    return verdict


def _lay(place: Site, visits: int, tally: Tally, seed: int) -> Phone:
    person = account(role=Role.MENTOR)
    account_id = person.id
    mentor(person=person, capacity=200)
    keys = [enterprise().id for _ in range(2)]
    rows = [db.session.get_one(Enterprise, key) for key in keys]
    assigned(account_id, *rows, from_on=local_today() - timedelta(days=30))
    row, token = device(account_id)
    return Phone(Line(place, row.id, token), keys, visits, tally, seed)


def _verdict(senders: list[Phone], tally: Tally, kills: int, seconds: float) -> Verdict:
    db.session.rollback()
    sent = {UUID(key): content for one in senders for key, content in one.photos.items()}
    kept = {row.id: row.photo_id for row in db.session.query(VisitPhoto)}
    found = {key: kept.get(key) for key in sent}
    whole = {key: photo for key, photo in found.items() if photo is not None}
    return Verdict(
        photos=len(sent),
        missing=len(sent) - len(whole),
        other_bytes=sum(
            open_photo(photo).read_bytes() != sent[key] for key, photo in whole.items()
        ),
        doubled=len(kept) - len(sent) + db.session.query(StoredFile).count() - len(whole),
        visits=db.session.query(Visit).count(),
        parts_left=sum(part_of(row.id).exists() for row in db.session.query(FileUpload)),
        answers=dict(tally.answers),
        kills=kills,
        seconds=round(seconds, 1),
    )


def main(arguments: list[str]) -> int:
    """The full size on both engines."""
    parser = argparse.ArgumentParser(prog="sh scripts/torture files")
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--phones", type=int, default=20)
    parser.add_argument("--visits", type=int, default=5, help="of each")
    parser.add_argument("--kills", type=int, default=10)
    asked = parser.parse_args(arguments)
    failed = 0
    for engine in asked.engine or ENGINES:
        with site(engine) as place:
            verdict = run(place, phones=asked.phones, visits=asked.visits, kills=asked.kills)
        print(f"{engine}: {'bersih' if verdict.is_clean else 'TIDAK BERSIH'}; {verdict}")
        failed += not verdict.is_clean
    return 1 if failed else 0
