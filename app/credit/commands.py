"""`flask credit …`: whether loans, payments and what is carried of them agree."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from app.credit.queries.loan_checks import loan_checks

group = AppGroup("credit", help="Pinjaman: pemeriksaan.")
groups = (group,)


@group.command("verify")
def verify() -> None:
    """Reckon what every loan carries anew from its payments; names those that differ."""
    checks = loan_checks()
    for one in checks:
        click.echo(f"{one.name}: {'baik' if one.is_good else 'BERMASALAH'} ({one.count})")
        for failing in one.failing:
            click.echo(f"  - {failing}")
    if not all(one.is_good for one in checks):
        sys.exit(1)
