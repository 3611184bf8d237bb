"""`flask demo card`: a card by which the invented owner comes in without a password."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.accounts.models import Account
from app.core import settings
from app.core.scope import everywhere
from app.db.transaction import transaction
from app.demo.loading.logins import DEMO_DOMAIN
from app.demo.loading.mark import present_mark
from app.enterprises.models import Owner
from app.portal.rules.cards import USUAL_LIFE, shown_code
from app.portal.services.cards import hand_out


@click.command("card")
@with_appcontext
def card() -> None:
    """Kartu masuk pemilik contoh; kartu yang sebelumnya tidak berlaku lagi."""
    is_demo = present_mark() is not None and not settings.current().is_production
    if not is_demo:
        raise click.ClickException("Basis data ini tidak berisi data contoh.")
    with transaction() as session:
        owner_id = session.scalar(
            select(Owner.id)
            .join(Account, Account.id == Owner.account_id)
            .where(Account.email == f"usaha@{DEMO_DOMAIN}")
        )
        if owner_id is None:
            raise click.ClickException("Pemilik contoh tidak ditemukan.")
        made = hand_out(owner_id=owner_id, days=USUAL_LIFE, scope=everywhere(), by=None)
    click.echo(f"Kartu pemilik contoh (buka /masuk/kartu): {shown_code(made.code)}")
