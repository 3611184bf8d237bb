"""An enterprise that was registered without signal."""

from __future__ import annotations

from dataclasses import replace

from app.core.clock import local_date
from app.core.errors import Conflict, InvalidInput
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import holders_of_nik
from app.enterprises.services import register, register_enterprise
from app.field.rules import OK
from app.field.rules.labels import DOUBTS_LEFT, NIK_LEFT
from app.field.rules.register_data import RegistrationSaid, registration_said
from app.field.rules.taken import begun
from app.field.services.apply_edit import through_doubts
from app.field.services.outcomes import Case, NeedsReview, Outcome
from app.places.queries import current_code


def apply_register(case: Case) -> Outcome:
    """Register owner and enterprise under the ids that the phone made; the mentor has it in care.

    Raises:
        NeedsReview: the NIK is somebody's already, or it looks like one that is registered.
    """
    said = _by_codes_of_today(registration_said(case.operation), case)
    taken = begun(case.sender.clock)
    known = db.session.get(Enterprise, case.operation.enterprise_id)
    if known is not None:
        return _known(case, known)
    scope = Scope(account_id=case.sender.account_id, mentor_account_id=case.sender.account_id)
    if said.owner.nik and holders_of_nik(scope, said.owner.nik):
        if not case.is_decided:
            raise NeedsReview("nik_taken", "NIK sama dengan usaha lain.")
        # A person said that it counts; whose number it is they must find out first.
        said = replace(said, owner=replace(said.owner, nik=None))
        taken.label(NIK_LEFT)
    row = _made(case, said, scope)
    if case.is_decided and row.confirmed_warnings:
        taken.label(DOUBTS_LEFT)
    extra = dict(said.rest)
    if said.confirmed:
        extra["confirmed"] = list(said.confirmed)
    return Outcome(status=OK, version=row.version, labels=taken.labels, extra=extra)


def _by_codes_of_today(said: RegistrationSaid, case: Case) -> RegistrationSaid:
    """The registration with the code that its village has now: the phone may know an old one."""
    facts = said.enterprise
    seen_on = local_date(case.operation.occurred_at)
    code = current_code(facts.village_code, seen_on, facts.hamlet)
    return replace(said, enterprise=replace(facts, village_code=code))


def _made(case: Case, said: RegistrationSaid, scope: Scope) -> Enterprise:
    def save(confirmed: tuple[str, ...]) -> Enterprise:
        return _register(case, said, scope, confirmed)

    if case.is_decided:
        return through_doubts(save, said.confirmed)[0]
    try:
        return save(said.confirmed)
    except InvalidInput as refusal:
        if refusal.code != "doubts_unconfirmed":
            raise
        doubts = refusal.values["doubts"]
        # The first doubt is what the mentor reads; the officer sees all of them again.
        raise NeedsReview(doubts[0].code, " ".join(one.message for one in doubts)) from refusal


def _register(
    case: Case, said: RegistrationSaid, scope: Scope, confirmed: tuple[str, ...]
) -> Enterprise:
    areas, by = case.sender.areas, case.sender.account_id
    owner = db.session.get(Owner, said.owner_id)
    if owner is None:
        return register(
            scope=scope,
            areas=areas,
            owner_facts=said.owner,
            enterprise_facts=said.enterprise,
            confirmed=confirmed,
            by=by,
            owner_id=said.owner_id,
            enterprise_id=case.operation.enterprise_id,
        )
    if all(one.mentor_id != by for one in owner.enterprises):
        raise Conflict("owner_taken", message="Pemilik dengan nomor ini sudah ada.")
    # A second enterprise of somebody whom the same mentor registered.
    return register_enterprise(
        scope=scope,
        areas=areas,
        owner=owner,
        facts=said.enterprise,
        confirmed=confirmed,
        by=by,
        enterprise_id=case.operation.enterprise_id,
    )


def _known(case: Case, known: Enterprise) -> Outcome:
    """Registered before by the same mentor, under another operation: it is there once."""
    if known.mentor_id != case.sender.account_id:
        raise Conflict("enterprise_taken", message="Usaha dengan nomor ini sudah ada.")
    return Outcome(status=OK, code="already_registered", version=known.version)
