"""The commands of all features, and the map of who may open what."""

from __future__ import annotations

import importlib
import json
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from app.accounts import commands as accounts
from app.accounts.guards import access_map
from app.credit import commands as credit
from app.decrees import commands as decrees
from app.enterprises import commands as enterprises
from app.field import commands as field
from app.health import commands as health
from app.history import commands as history
from app.jobs import commands as jobs
from app.places import commands as places
from app.rights import commands as rights


class LateCommand(click.Command):
    """A command whose module is imported when it is called.

    The web server makes the application too, and must not load NumPy for a demo world.
    """

    def __init__(self, name: str, module: str, attribute: str, *, help: str) -> None:  # noqa: A002
        super().__init__(name, help=help)
        self._place = module, attribute

    def make_context(
        self, info_name: str | None, args: list[str], *rest: Any, **extra: Any
    ) -> click.Context:
        """The command itself reads its arguments and runs."""
        module, attribute = self._place
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command.make_context(info_name, args, *rest, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run what was loaded."""
        return ctx.command.invoke(ctx)


_DEMO = AppGroup("demo", help="Data contoh: semua orang dan usaha rekaan.")
for _late in (
    LateCommand("load", "app.demo.commands", "load", help="Muat dunia contoh."),
    LateCommand(
        "accounts", "app.demo.account_command", "accounts", help="Akun contoh untuk mencoba."
    ),
    LateCommand("card", "app.demo.card_command", "card", help="Kartu masuk pemilik contoh."),
):
    _DEMO.add_command(_late)

_BACKUP = "app.backup.commands"
_LATE = (
    LateCommand("backup", _BACKUP, "backup_command", help="Tulis cadangan terenkripsi."),
    LateCommand("backup-open", _BACKUP, "open_command", help="Isi cadangan sebagai tar."),
    LateCommand("restore", _BACKUP, "restore_command", help="Pulihkan cadangan."),
    LateCommand("verify", _BACKUP, "verify_command", help="Periksa data atau satu cadangan."),
)
_GROUPS = (
    *accounts.groups,
    *places.groups,
    *credit.groups,
    *decrees.groups,
    *enterprises.groups,
    *field.groups,
    health.group,
    *history.groups,
    *jobs.groups,
    *rights.groups,
    _DEMO,
)


def init_commands(app: Flask) -> None:
    """Add every feature's commands to `flask`."""
    for group in _GROUPS:
        app.cli.add_command(group)
    for command in _LATE:
        app.cli.add_command(command)
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
