"""The log-ins of a demo database, one for each role."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.models import Account, Membership
from app.core.permissions import Role
from app.db import db
from app.demo.loading.mark import present_mark

# One password for all demo accounts; it protects nothing, and the loader refuses production.
DEMO_PASSWORD = "sawah hijau di pagi hari"
DEMO_DOMAIN = "demo.test"
# Log-in names that are printed, in the order of the roles.
LABELS = {
    "admin": "Admin",
    "disnaker": "Petugas Disnaker Kabupaten Banyumas",
    "pendamping": "Pendamping di Banyumas",
    "desa": "Petugas Desa Losari",
    "usaha": "Pelaku usaha di Losari",
    "koperasi": "Petugas koperasi di Banyumas",
}
_ORDER = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLogin:
    """How to log in as one of the roles."""

    role: str
    label: str
    email: str
    password: str


def demo_logins() -> tuple[DemoLogin, ...]:
    """One log-in per role, in the order of the roles; none if this is no demo database."""
    if present_mark() is None:
        return ()
    emails = {f"{name}@{DEMO_DOMAIN}": label for name, label in LABELS.items()}
    rows = db.session.execute(
        select(Account.email, Membership.role)
        .join(Membership, Membership.account_id == Account.id)
        .where(Account.email.in_(list(emails)))
        .order_by(Account.email)
    ).all()
    found = [
        DemoLogin(role=role, label=emails[email], email=email, password=DEMO_PASSWORD)
        for email, role in rows
        if email is not None
    ]
    return tuple(sorted(found, key=lambda login: _ORDER[Role(login.role)]))
