"""Accounts from the shell: the first admin of a fresh installation is made here."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.accounts import services
from app.accounts.queries import account_by_name
from app.accounts.rules import login_name, login_phone
from app.core.errors import PulihError
from app.core.permissions import Role
from app.db.transaction import transaction

accounts = AppGroup("accounts", help="Akun dan peran.")
groups = (accounts,)


@accounts.command("create")
@click.option("--name", required=True, help="Nama orang.")
@click.option("--email", help="E-mail untuk masuk.")
@click.option("--phone", help="Nomor HP untuk masuk.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--area", default="", help="Kode wilayah, kosong = seluruh Indonesia.")
@click.password_option(help="Kata sandi; ditanyakan bila tidak diberi.")
def create(
    name: str, email: str | None, phone: str | None, role: str, area: str, password: str
) -> None:
    """Make an account with one role."""
    try:
        with transaction():
            account = services.create_account(
                name=name,
                password=password,
                email=email,
                phone=login_phone(phone) if phone else None,
                by=None,
            )
            services.start_membership(
                account_id=account.id, role=Role(role), area_code=area, by=None
            )
    except PulihError as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(f"Akun dibuat: {email or phone}")


@accounts.command("reset-password")
@click.argument("login")
@click.password_option(help="Kata sandi sementara; ditanyakan bila tidak diberi.")
def reset_password(login: str, password: str) -> None:
    """Give a person a password for once; all their log-ins end."""
    try:
        with transaction():
            account = account_by_name(login_name(login))
            if account is None:
                raise click.ClickException("Akun tidak ditemukan.")
            services.change_password(account=account, password=password, by=None)
    except PulihError as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo("Kata sandi sementara sudah diatur.")
