"""Power is cut while forms are being sent: nothing acknowledged is lost, nothing is broken.

    sh scripts/torture power [--cuts 300] [--forms 120] [--synchronous FULL NORMAL OFF]

People send forms to the application at the same time; every write, sync and answer is written
down in order. Then the power is cut at many moments, and each disk that could be left is opened:
is it whole, is every form there that was answered before the cut, and does each form stand with
its line of the history or not at all? FULL is how the application runs. NORMAL and OFF are
controls: they must show what the rehearsal can see.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from app.accounts.guards import TOKEN
from app.core.permissions import Role
from app.db import db
from app.factory import create_app
from tests.conftest import make_tables, settings_for
from tests.factories import accounts
from tests.factories.enterprises import village_rows
from tests.torture.disk import Disk, Watch

NAME = "pulih.sqlite3"
SENDERS = 3
# So small that the log is brought home often: that is when a disk that isn't synced breaks.
CHECKPOINT_PAGES = 60
HOW = {"FULL": 2, "NORMAL": 1, "OFF": 0}


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What the cuts of one setting showed, in numbers of cuts."""

    synchronous: str
    cuts: int = 0
    acknowledged: int = 0
    broken: int = 0
    lost: int = 0
    half: int = 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Rehearse and print; 1 if the application's own setting lost or broke anything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cuts", type=int, default=300)
    parser.add_argument("--forms", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--synchronous", nargs="+", choices=HOW, default=list(HOW))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    outcomes = []
    for how in options.synchronous:
        with tempfile.TemporaryDirectory(prefix="power-") as folder:
            outcomes.append(
                rehearse(
                    Path(folder), how, forms=options.forms, cuts=options.cuts, seed=options.seed
                )
            )
    print(json.dumps([asdict(one) for one in outcomes]) if options.json else _table(outcomes))
    ours = [one for one in outcomes if one.synchronous == "FULL"]
    return int(any(one.broken or one.lost or one.half for one in ours))


def rehearse(folder: Path, how: str, *, forms: int, cuts: int, seed: int) -> Outcome:
    """Send forms under one setting, then look at the disk after a cut at each of many moments."""
    app = create_app(settings_for(f"sqlite:///{folder / NAME}", folder))
    app.config["WTF_CSRF_ENABLED"] = False
    make_tables(app)
    with app.app_context():
        village = village_rows()
        tokens = [_signed_in() for _ in range(SENDERS)]
        _close()
        watch = Watch(folder)
        sa.event.listen(db.engine, "connect", _setting(how))
        with watch.watching():
            _send_all(app, village, tokens, forms, watch)
            if _present(app) != HOW[how]:
                raise RuntimeError("the setting did not arrive")
            _close()
    return _cut(watch, folder, how, cuts=cuts, chance=random.Random(seed))


def _signed_in() -> str:
    person = accounts.account(role=Role.LABOUR_OFFICER, area="33.02")
    token = accounts.signed_in_token(person)
    db.session.rollback()
    return token


def _setting(how: str) -> Any:
    def on_connect(connection: sqlite3.Connection, _record: Any) -> None:
        if how != "FULL":
            connection.execute(f"PRAGMA synchronous={how}")
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")

    return on_connect


def _present(app: Flask) -> int:
    with app.app_context():
        return int(db.session.execute(sa.text("PRAGMA synchronous")).scalar_one())


def _close() -> None:
    db.session.remove()
    db.engine.dispose()


def _send_all(app: Flask, village: str, tokens: list[str], forms: int, watch: Watch) -> None:
    def send(number: int) -> None:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie[TOKEN] = tokens[number]
        for count in range(number, forms, SENDERS):
            name = f"Program {count} " + "kata " * (count % 12)
            answer = client.post(
                f"/wilayah/{village}/program/baru",
                data={"program": "LAINNYA", "name": name.strip(), "year": "2024"},
            )
            if answer.status_code != 303:
                raise RuntimeError(f"a form was answered with {answer.status_code}")
            watch.say(name.strip())

    senders = [threading.Thread(target=send, args=(number,)) for number in range(SENDERS)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    if sum(event.kind == "ack" for event in watch.events) != forms:
        raise RuntimeError("not every form was answered")


def _cut(watch: Watch, folder: Path, how: str, *, cuts: int, chance: random.Random) -> Outcome:
    outcome = Outcome(synchronous=how)
    disk, acknowledged, before = Disk(watch.first), set[str](), 0
    # Several cuts at one moment differ by what came through.
    moments = sorted(chance.randrange(1, len(watch.events)) for _ in range(cuts))
    place = folder / "after"
    place.mkdir()
    for moment in moments:
        acknowledged.update(disk.take(watch.events[before:moment]))
        before = moment
        for name, content in disk.after_cut(chance).items():
            (place / name).write_bytes(content)
        (place / f"{NAME}-shm").unlink(missing_ok=True)
        _look(place / NAME, acknowledged, outcome)
    outcome.acknowledged = len(acknowledged)
    return outcome


def _look(path: Path, acknowledged: set[str], outcome: Outcome) -> None:
    """Open what the cut left, as the next start of the application would."""
    outcome.cuts += 1
    connection = sqlite3.connect(path)
    try:
        whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        names = {row[0] for row in connection.execute("SELECT name FROM village_program")}
        told, words, numbered = connection.execute(
            "SELECT (SELECT count(*) FROM history_entry WHERE action = 'village_program.added'),"
            " (SELECT count(*) FROM history_words), (SELECT max(last_n) FROM history_counter)"
        ).fetchone()
        last, worded = connection.execute(
            "SELECT max(n), count(words_hash) FROM history_entry"
        ).fetchone()
    except sqlite3.DatabaseError:
        outcome.broken += 1
        return
    finally:
        connection.close()
    outcome.broken += not whole
    outcome.lost += bool(acknowledged - names)
    outcome.half += (len(names), words, numbered) != (told, worded, last)


def _table(outcomes: list[Outcome]) -> str:
    lines = ["synchronous  cuts  answered  broken  lost  half"]
    lines += [
        f"{one.synchronous:11}  {one.cuts:4}  {one.acknowledged:8}  {one.broken:6}"
        f"  {one.lost:4}  {one.half:4}"
        for one in outcomes
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
