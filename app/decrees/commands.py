"""`flask decrees …`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from app.core.errors import PulihError
from app.db.transaction import transaction
from app.decrees.queries import preview
from app.decrees.services import apply_decree, draft_decree

group = AppGroup("decrees", help="Keputusan pemekaran, penggabungan, dan perubahan kode.")
groups = (group,)


@group.command("apply")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--number", required=True, help="Nomor keputusan.")
@click.option("--date", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Tanggal.")
@click.option("--source", required=True, help="Sumber.")
@click.option("--check-only", is_flag=True, help="Hanya tampilkan yang akan pindah.")
def apply(file: Path, number: str, day: datetime, source: str, check_only: bool) -> None:
    """Apply the lines of FILE ("kode lama; kode baru; nama baru; bagian"), or show their effect."""
    lines = file.read_text(encoding="utf-8")
    try:
        with transaction():
            made = draft_decree(
                number=number, decided_on=day.date(), source=source, lines=lines, by=None
            )
            found = preview(made.id)
            for line in found.lines:
                click.echo(f"{line.old or '-'} -> {line.new}  {line.enterprise_count} usaha")
            for grant in found.grants:
                click.echo(f"{grant.name}: {grant.area_code} + {', '.join(grant.gained)}")
            if check_only:
                raise click.exceptions.Exit(0)
            done = apply_decree(decree_id=made.id, by=None)
    except PulihError as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(f"{done.enterprise_count} usaha dan {done.membership_count} peran dipindahkan.")
