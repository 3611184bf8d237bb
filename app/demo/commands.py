"""`flask demo …`: an invented world in an empty database, never in production."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from datetime import date

import click
from flask.cli import with_appcontext

from app.core.clock import local_today
from app.core.errors import PulihError
from app.core.scope import everywhere
from app.demo.account_command import print_logins
from app.demo.loading.loader import Loaded, load_world
from app.quality.jobs import compare_all, look_through

# Above this it would take minutes; the worker does it in the night.
LOOKED_THROUGH = 5_000


@click.command("load")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True)
@click.option("--enterprises", type=click.IntRange(1, 200_000), default=300, show_default=True)
@click.option(
    "--until",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="Hari terakhir dunia contoh; biasanya hari ini.",
)
@click.option("--json", "as_json", is_flag=True, help="Cetak ringkasan sebagai JSON.")
@with_appcontext
def load(seed: int, enterprises: int, until: object, as_json: bool) -> None:
    """Muat dunia contoh; yang sama dua kali tidak mengubah apa-apa."""
    started = time.monotonic()
    last_on = date.fromisoformat(str(until)[:10]) if until else local_today()
    try:
        loaded = load_world(seed=seed, enterprises=enterprises, last_on=last_on, progress=_progress)
    except PulihError as refusal:
        raise click.ClickException(refusal.message) from refusal
    if not loaded.was_there and enterprises <= LOOKED_THROUGH:
        _look_through()
    seconds = round(time.monotonic() - started, 1)
    if as_json:
        click.echo(json.dumps(_summary(loaded, seconds), indent=1))
        return
    _tell(loaded, seconds)


def _look_through() -> None:
    """Let the office find what is entered twice, contradicts or is unusual, as every night."""
    look_through(everywhere(), _unseen)
    compare_all(everywhere(), _unseen)


def _unseen(_done: int, _total: int, _message: str) -> None:
    """Nobody waits for this."""


def _progress(done: int, total: int) -> None:
    click.echo(f"  {done} dari {total} usaha", err=True)


def _tell(loaded: Loaded, seconds: float) -> None:
    if loaded.was_there:
        click.echo(f"Data contoh sudah ada (seed {loaded.seed}, {loaded.enterprises} usaha).")
    else:
        rows = sum(loaded.rows.values())
        click.echo(f"{loaded.enterprises} usaha contoh, {rows} baris, {seconds} detik.")
    print_logins(loaded.logins)


def _summary(loaded: Loaded, seconds: float) -> dict[str, object]:
    return {
        "seed": loaded.seed,
        "enterprises": loaded.enterprises,
        "until": loaded.last_on.isoformat(),
        "was_there": loaded.was_there,
        "rows": loaded.rows,
        "seconds": seconds,
        "accounts": [asdict(login) for login in loaded.logins],
    }
