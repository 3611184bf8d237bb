"""The commands of all features, and the map of who may open what."""

from __future__ import annotations

import json

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.accounts import commands as accounts
from app.accounts.guards import access_map
from app.demo import commands as demo
from app.enterprises import commands as enterprises
from app.health import commands as health
from app.jobs import commands as jobs
from app.places import commands as places

_GROUPS = (
    *accounts.groups,
    *places.groups,
    *enterprises.groups,
    health.group,
    *jobs.groups,
    *demo.groups,
)


def init_commands(app: Flask) -> None:
    """Add every feature's commands to `flask`."""
    for group in _GROUPS:
        app.cli.add_command(group)
    app.cli.add_command(show_access_map)


@click.command("access-map")
@click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
@with_appcontext
def show_access_map(as_json: bool) -> None:
    """Every route with its methods, permission and kind of reach."""
    lines = access_map(current_app)
    if as_json:
        click.echo(json.dumps(lines, indent=1))
        return
    for line in lines:
        click.echo(
            f"{line['rule']:50} {','.join(line['methods']):9} "
            f"{line['permission'] or '-':24} {line['scope']}"
        )
