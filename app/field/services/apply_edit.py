"""Changes of single fields, merged with what others changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from app.core import settings
from app.core.clock import local_date
from app.core.errors import InvalidInput, PulihError
from app.core.scope import everywhere
from app.core.sealing import blind_index
from app.db.transaction import attempt
from app.enterprises.models import Enterprise, Owner
from app.enterprises.rules.facts import EnterpriseFacts, OwnerFacts
from app.enterprises.rules.numbers import kept_nik, kept_phone
from app.enterprises.services import change_life_cycle, update_enterprise, update_owner
from app.field.rules import CONFLICT, MERGED, OK
from app.field.rules.labels import CHANGED_MEANWHILE, DOUBTS_LEFT
from app.field.rules.register_data import (
    LIFE_CYCLE,
    REASON,
    SENSITIVE,
    EditSaid,
    as_json,
    edit_said,
    of_owner,
)
from app.field.services.outcomes import Case, Outcome, ToDecide
from app.places.queries import current_code

T = TypeVar("T")
_MOST_ROUNDS = 4
# Sealed, kept apart, or only asked for once.
_NOT_READ = frozenset({"nik", "phone", "consented_on", "consent_way", "consent_witness"})


def apply_edit(case: Case) -> Outcome:
    """Change what nobody else changed; where two people changed one field, a person decides.

    Of an ordinary field the later arrival is current until then; identity numbers, money and
    status stay as they stand here.
    """
    row, by = case.row, case.sender.account_id
    said = edit_said(case.operation)
    is_stale = case.operation.base_version not in (None, row.version)
    _know_codes_of_today(said, local_date(case.operation.occurred_at))
    wanted, to_decide = _sorted_out(row, said)
    labels = [CHANGED_MEANWHILE] if is_stale else []
    had_doubts = change_all(
        row,
        wanted,
        areas=case.sender.areas,
        by=by,
        reason=said.changes.get(REASON),
        to_decide=to_decide,
    )
    if had_doubts:
        labels.append(DOUBTS_LEFT)
    status = CONFLICT if to_decide else MERGED if is_stale and wanted else OK
    return Outcome(
        status=status, version=row.version, labels=labels, extra=said.rest, to_decide=to_decide
    )


def change_all(
    row: Enterprise,
    wanted: Mapping[str, Any],
    *,
    areas: Sequence[str],
    by: UUID,
    reason: str | None = None,
    to_decide: list[ToDecide] | None = None,
) -> bool:
    """Change fields of an enterprise and its owner; gives whether there were doubts. It may move
    to a village in `areas`.

    A state that can't follow the present one is laid before a person, where `to_decide` is given.
    """
    own = {name: value for name, value in wanted.items() if of_owner(name) is None}
    life_cycle = own.pop(LIFE_CYCLE, None)
    own.pop(REASON, None)
    owners = {key: value for name, value in wanted.items() if (key := of_owner(name))}
    had_doubts = bool(own) and change_enterprise(row, own, areas=areas, by=by)
    if owners:
        had_doubts = _change_owner(row.owner, owners, by=by) or had_doubts
    if life_cycle is not None:
        _move(row, life_cycle, reason, by, to_decide)
    return had_doubts


def change_enterprise(
    row: Enterprise, wanted: Mapping[str, Any], *, areas: Sequence[str] = (), by: UUID
) -> bool:
    """Change fields of the enterprise; gives whether there were doubts about them."""
    facts = replace(_enterprise_facts(row), **wanted)
    moves = facts.village_code != row.village_code
    allowed = tuple(areas) if moves else (row.village_code,)

    def save(confirmed: tuple[str, ...]) -> None:
        update_enterprise(
            scope=everywhere(by),
            areas=allowed,
            enterprise_id=row.id,
            facts=facts,
            version=row.version,
            confirmed=confirmed,
            by=by,
        )

    return through_doubts(save)[1]


def current(row: Enterprise, field: str) -> Any:
    """What stands in a field now; of a NIK only its mask."""
    column = of_owner(field)
    if column is None:
        found = getattr(row, field)
        return tuple(found or ()) if field == "season_months" else found
    return row.owner.nik_masked if column == "nik" else getattr(row.owner, column)


def through_doubts(
    save: Callable[[tuple[str, ...]], T], confirmed: tuple[str, ...] = ()
) -> tuple[T, bool]:
    """Save what gives rise to doubts all the same; gives the result and whether there were any.

    There is nobody to ask: who saw it on the spot is a day's walk away.
    """
    known = confirmed
    for _ in range(_MOST_ROUNDS):
        try:
            return save(known), known != confirmed
        except InvalidInput as refusal:
            if refusal.code != "doubts_unconfirmed":
                raise
            known = (*known, *(doubt.code for doubt in refusal.values["doubts"]))
    return save(known), True


def _know_codes_of_today(said: EditSaid, seen_on: date) -> None:
    """Put the code that a village has now in the place of an old one that the phone knows."""
    hamlet = said.changes.get("hamlet")
    for values in (said.changes, said.base):
        if values.get("village_code"):
            values["village_code"] = current_code(values["village_code"], seen_on, hamlet)


def _sorted_out(row: Enterprise, said: EditSaid) -> tuple[dict[str, Any], list[ToDecide]]:
    """What may be changed at once, and what a person must decide about."""
    wanted: dict[str, Any] = {}
    to_decide: list[ToDecide] = []
    for field, new in said.changes.items():
        if field == REASON or _is_there(row, field, new):
            continue
        here, before = current(row, field), _base(field, said)
        if here == before or (before in (None, "") and here in (None, "", (), False)):
            wanted[field] = new
            continue
        if field not in SENSITIVE:
            wanted[field] = new
        to_decide.append(conflict(field, before, here, new, said.changes.get(REASON)))
    return wanted, to_decide


def conflict(field: str, before: Any, here: Any, new: Any, reason: str | None = None) -> ToDecide:
    """Two values for one field, for a person."""
    values = {"base": as_json(before), "server": as_json(here), "incoming": as_json(new)}
    if field == LIFE_CYCLE:
        values["reason"] = reason
    return ToDecide(kind="bentrok", code="field_conflict", field=field, values=values)


def _base(field: str, said: EditSaid) -> Any:
    before = said.base.get(field)
    if field == "owner.phone":
        return kept_phone(before)[0]
    return before


def _is_there(row: Enterprise, field: str, new: Any) -> bool:
    """Whether a field says so already."""
    if field == "owner.nik":
        nik = kept_nik(new)
        key = settings.current().nik_index_key
        return nik is None or row.owner.nik_index == blind_index(nik.value, key)
    if field == "owner.phone":
        return kept_phone(new)[0] == row.owner.phone
    return bool(current(row, field) == new)


def _change_owner(owner: Owner, wanted: Mapping[str, Any], *, by: UUID) -> bool:
    facts = replace(_owner_facts(owner), **wanted)

    def save(confirmed: tuple[str, ...]) -> None:
        update_owner(
            scope=everywhere(by),
            owner_id=owner.id,
            facts=facts,
            version=owner.version,
            confirmed=confirmed,
            by=by,
        )

    return through_doubts(save)[1]


def _move(
    row: Enterprise,
    life_cycle: str,
    reason: str | None,
    by: UUID,
    to_decide: list[ToDecide] | None,
) -> None:
    here = row.life_cycle
    try:
        with attempt():
            change_life_cycle(
                scope=everywhere(by),
                enterprise_id=row.id,
                life_cycle=life_cycle,
                reason=reason,
                by=by,
            )
    except PulihError:
        if to_decide is None:
            raise
        to_decide.append(conflict(LIFE_CYCLE, here, here, life_cycle, reason))


def _enterprise_facts(row: Enterprise) -> EnterpriseFacts:
    values = {one.name: getattr(row, one.name) for one in fields(EnterpriseFacts)}
    return EnterpriseFacts(**{**values, "season_months": tuple(row.season_months or ())})


def _owner_facts(owner: Owner) -> OwnerFacts:
    values = {
        one.name: getattr(owner, one.name)
        for one in fields(OwnerFacts)
        if one.name not in _NOT_READ and one.name != "consent_purposes"
    }
    return OwnerFacts(**values, phone=owner.phone)
