"""`flask sync …`: the operations of phones as a file, and whether each has its effect."""

from __future__ import annotations

import csv
import json
import sys

import click
from flask.cli import AppGroup

from app.field.queries.op_log import exported_operations, operation_checks, operation_totals

group = AppGroup("sync", help="Kiriman ponsel: daftar dan pemeriksaan.")
groups = (group,)


@group.command("export-ops")
@click.option("--json", "as_json", is_flag=True, help="Satu objek JSON per baris, bukan CSV.")
def export_operations(as_json: bool) -> None:
    """Print every stored operation: its ids, device, numbers and status; nothing of people."""
    writer = None
    for line in exported_operations():
        if as_json:
            click.echo(json.dumps(line))
            continue
        if writer is None:
            writer = csv.DictWriter(sys.stdout, fieldnames=list(line))
            writer.writeheader()
        writer.writerow(line)


@group.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
def verify(as_json: bool) -> None:
    """Check that every operation has its effect once, and every number its operation."""
    checks, totals = operation_checks(), operation_totals()
    if as_json:
        said = {one.name: {"rows": one.count, "failing": list(one.failing)} for one in checks}
        click.echo(json.dumps({"checks": said, "totals": totals}, indent=1, ensure_ascii=False))
    else:
        for one in checks:
            state = "baik" if one.is_good else "BERMASALAH"
            click.echo(f"{one.name}: {state} ({one.count})")
            for failing in one.failing:
                click.echo(f"  - {failing}")
        click.echo(", ".join(f"{status} {count}" for status, count in totals.items()) or "Kosong.")
    if not all(one.is_good for one in checks):
        sys.exit(1)
