"""`flask demo accounts`: apart from loading, because it needs no simulated world to tell names."""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from flask.cli import with_appcontext

from app.core import settings
from app.demo.loading.logins import DemoLogin, demo_logins


@click.command("accounts")
@click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
@with_appcontext
def accounts(as_json: bool) -> None:
    """Akun contoh untuk mencoba, satu untuk setiap peran."""
    logins = demo_logins()
    if as_json:
        click.echo(json.dumps([asdict(login) for login in logins], indent=1))
        return
    print_logins(logins)


def print_logins(logins: tuple[DemoLogin, ...]) -> None:
    """Print how to log in as whom.

    Raises:
        ClickException: this is no demo database.
    """
    if not logins:
        raise click.ClickException("Basis data ini tidak berisi data contoh.")
    click.echo(f"Akun contoh (kata sandi untuk semua: {logins[0].password}):")
    for login in logins:
        click.echo(f"  {login.label:38} {login.email}")
    if not settings.current().require_second_factor:
        click.echo("Kode dua langkah tidak diminta di sini; REQUIRE_TOTP=ya menyalakannya.")
