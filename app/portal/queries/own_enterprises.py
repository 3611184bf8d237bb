"""Which of their own enterprises an owner looks at."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEnterprise:
    """One enterprise in the list of an owner's own."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The one that is shown, and the others that may be chosen."""

    chosen: OwnEnterprise
    others: tuple[OwnEnterprise, ...]

    @property
    def asked(self) -> str | None:
        """What addresses must name: nothing where there is only one."""
        return str(self.chosen.id) if self.others else None


def own_enterprises(scope: Scope) -> list[OwnEnterprise]:
    """All of the owner's own, by name."""
    rows = db.session.execute(
        select(Enterprise.id, Enterprise.name)
        .where(within(scope))
        .order_by(Enterprise.search_name, Enterprise.id)
    )
    return [OwnEnterprise(id=row.id, name=row.name) for row in rows]


def own_choice(scope: Scope, asked: str | None) -> Choice:
    """The enterprise that an address asks for (`usaha=`), or the first by name.

    Raises:
        NotFound: it is none of their own, or they have none.
    """
    own = own_enterprises(scope)
    chosen = next((one for one in own if not asked or str(one.id) == asked), None)
    if chosen is None:
        raise NotFound("enterprise_unknown", message="Usaha ini tidak ditemukan.")
    return Choice(chosen=chosen, others=tuple(one for one in own if one != chosen))
