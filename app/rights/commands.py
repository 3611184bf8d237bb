"""`flask rights …`: what waits, and keeping nothing too long."""

from __future__ import annotations

import json
from datetime import datetime

import click
from flask.cli import AppGroup

from app.core.clock import local_today
from app.core.scope import everywhere
from app.db.transaction import transaction
from app.rights import services
from app.rights.queries import work_list

group = AppGroup("rights", help="Hak pemilik data: permintaan dan masa simpan.")
groups = (group,)


@group.command("requests")
@click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
def show_requests(as_json: bool) -> None:
    """List the requests that wait, with the time until which each must be answered."""
    lines = [
        {
            "id": str(line.row.id),
            "kind": line.row.kind,
            "due_at": line.row.due_at.isoformat(),
            "overdue": line.clock.is_overdue,
            "state": line.clock.words,
        }
        for line in work_list(everywhere()).lines
    ]
    if as_json:
        click.echo(json.dumps(lines, ensure_ascii=False, indent=1))
        return
    for line in lines:
        click.echo(f"{line['due_at']}  {line['kind']:12} {line['state']}  {line['id']}")


@group.command("retention")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Seolah-olah hari ini.")
def keep_no_longer(day: datetime | None) -> None:
    """Forget what is older than the rules allow; run daily, for instance by a timer."""
    with transaction():
        kept = services.keep_no_longer(today=day.date() if day else local_today())
    services.remove_files(list(kept.files))
    click.echo(
        f"Dilupakan: {kept.owners} pemilik, {kept.leftovers} sisa impor dan draf, "
        f"{kept.requests} isi permintaan, {kept.exports} catatan unduhan."
    )
