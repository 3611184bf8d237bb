"""A new owner together with their first enterprise."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from app.core.scope import Scope
from app.enterprises.models import Enterprise
from app.enterprises.rules.facts import EnterpriseFacts, OwnerFacts
from app.enterprises.rules.numbers import ask_about
from app.enterprises.services import enterprises, owners


def register(
    *,
    scope: Scope,
    areas: Sequence[str],
    owner_facts: OwnerFacts,
    enterprise_facts: EnterpriseFacts,
    confirmed: Sequence[str] = (),
    by: UUID | None,
    owner_id: UUID | None = None,
    enterprise_id: UUID | None = None,
) -> Enterprise:
    """Both, or none; all doubts are asked about at once. The ids may be made by a phone.

    Raises:
        InvalidInput: what can't be true, a village elsewhere, or "doubts_unconfirmed".
        Conflict: the NIK or NIB is taken.
    """
    village_code = enterprise_facts.village_code
    owners.check_stated(owner_facts)
    enterprises.check_stated(enterprise_facts, areas)
    doubts = owners.owner_doubts(scope, owner_facts, village_code=village_code)
    doubts += enterprises.enterprise_doubts(scope, enterprise_facts)
    ask_about(doubts, confirmed=confirmed)
    owner = owners.register_owner(
        scope=scope,
        facts=owner_facts,
        village_code=village_code,
        confirmed=confirmed,
        by=by,
        owner_id=owner_id,
    )
    return enterprises.register_enterprise(
        scope=scope,
        areas=areas,
        owner=owner,
        facts=enterprise_facts,
        confirmed=confirmed,
        by=by,
        enterprise_id=enterprise_id,
    )
