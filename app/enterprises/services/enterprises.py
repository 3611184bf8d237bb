"""Writes of enterprises. What higher features carry down to the row is never touched here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput
from app.core.identity import Doubt
from app.core.ids import new_id
from app.core.scope import Scope, is_within
from app.core.text import search_text
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries.duplicates import duplicates
from app.enterprises.queries.reach import enterprise as enterprise_within_reach
from app.enterprises.rules.facts import EnterpriseFacts, enterprise_problems, stated
from app.enterprises.rules.kbli import kbli_doubts, version_of
from app.enterprises.rules.life_cycle import ACTIVE, FIRST, check_move
from app.enterprises.rules.numbers import ask_about, kept_nib, kept_npwp
from app.enterprises.rules.size import is_ultra_micro, read_size, total_workers
from app.enterprises.rules.words import search_words
from app.enterprises.services.changes import apply, claim
from app.files.services import store_photo
from app.history.services import record
from app.places.queries import find_area


def register_enterprise(
    *,
    scope: Scope,
    areas: Sequence[str],
    owner: Owner,
    facts: EnterpriseFacts,
    is_active: bool = True,
    confirmed: Sequence[str] = (),
    by: UUID | None,
    enterprise_id: UUID | None = None,
) -> Enterprise:
    """A new enterprise of an owner; `areas` are those where the person works.

    A mentor who registers it has it in care from that moment, as it would be out of their
    reach otherwise.

    Raises:
        InvalidInput: what can't be true, a village elsewhere, or "doubts_unconfirmed".
        Conflict: the NIB is taken (at the end of the transaction).
    """
    check_stated(facts, areas)
    values, _ = _kept(facts, owner)
    doubts = enterprise_doubts(scope, facts)
    ask_about(doubts, confirmed=confirmed)
    enterprise = Enterprise(
        id=enterprise_id or new_id(),
        owner_id=owner.id,
        **values,
        life_cycle=ACTIVE if is_active else FIRST,
        life_cycle_on=local_today(),
        mentor_id=None if scope.covers_area(facts.village_code) else scope.mentor_account_id,
        confirmed_warnings=sorted({doubt.code for doubt in doubts}),
        created_at=utc_now(),
        updated_at=utc_now(),
    )
    db.session.add(enterprise)
    db.session.flush()
    _record(enterprise, "enterprise.created", by=by)
    return enterprise


def enterprise_doubts(scope: Scope, facts: EnterpriseFacts) -> tuple[Doubt, ...]:
    """What must be looked at before a new enterprise is kept."""
    _, doubts = kept_npwp(facts.npwp)
    doubts += kbli_doubts(facts.kbli_code, facts.kbli_version)
    return doubts + _doubts_about_name(scope, facts, except_enterprise=None)


def update_enterprise(
    *,
    scope: Scope,
    areas: Sequence[str],
    enterprise_id: UUID,
    facts: EnterpriseFacts,
    version: int,
    confirmed: Sequence[str] = (),
    by: UUID | None,
) -> Enterprise:
    """Change what is stated of an enterprise; `version` is the one that the person saw.

    Raises:
        NotFound: unknown or outside the scope.
        InvalidInput: what can't be true, a new village elsewhere, or "doubts_unconfirmed".
        Conflict: "version_stale", or the NIB is taken.
    """
    enterprise = enterprise_within_reach(scope, enterprise_id)
    moves = facts.village_code != enterprise.village_code
    check_stated(facts, areas if moves else (enterprise.village_code,))
    values, doubts = _kept(facts, enterprise.owner, known_npwp=enterprise.npwp)
    if moves or values["search_name"] != enterprise.search_name:
        doubts += _doubts_about_name(scope, facts, except_enterprise=enterprise.id)
    ask_about(doubts, confirmed=confirmed)
    claim(enterprise, version)
    codes = {*enterprise.confirmed_warnings, *(doubt.code for doubt in doubts)}
    changes = apply(enterprise, {**values, "confirmed_warnings": sorted(codes)})
    # Made from what is stated, so they would say everything twice.
    for column in ("search_name", "search_words", "confirmed_warnings"):
        changes.pop(column, None)
    # Also when nothing is other than it was: whoever knows the row by its version must hear of it.
    _record(enterprise, "enterprise.updated", by=by, changes=changes)
    return enterprise


def change_life_cycle(
    *, scope: Scope, enterprise_id: UUID, life_cycle: str, reason: str | None, by: UUID | None
) -> Enterprise:
    """Move an enterprise to another state, from today on.

    Raises:
        NotFound: unknown or outside the scope.
        WrongState: the state can't follow.
        InvalidInput: field "reason", when it is missing.
    """
    enterprise = enterprise_within_reach(scope, enterprise_id)
    check_move(enterprise.life_cycle, life_cycle, reason)
    changes = apply(
        enterprise,
        {
            "life_cycle": life_cycle,
            "life_cycle_reason": (reason or "").strip() or None,
            "life_cycle_on": local_today(),
        },
    )
    _record(enterprise, "enterprise.life_cycle_changed", by=by, changes=changes)
    return enterprise


def set_nib(*, scope: Scope, enterprise_id: UUID, nib: str | None, by: UUID | None) -> Enterprise:
    """Note the NIB that was given out, or that it was taken away; nothing when it is the same.

    A form that is open elsewhere must be looked at again before it is saved.

    Raises:
        NotFound: unknown or outside the scope.
        InvalidInput: it can't be a NIB.
        Conflict: another enterprise has it (at the commit).
    """
    enterprise = enterprise_within_reach(scope, enterprise_id)
    wanted = kept_nib(nib)
    if wanted == enterprise.nib:
        return enterprise
    claim(enterprise, enterprise.version)
    changes = apply(enterprise, {"nib": wanted})
    _record(enterprise, "enterprise.updated", by=by, changes=changes)
    return enterprise


def set_photo(
    *, scope: Scope, enterprise_id: UUID, stream: BinaryIO, by: UUID | None
) -> Enterprise:
    """Replace the photo of the premises.

    Raises:
        NotFound: unknown or outside the scope.
        InvalidInput: no photo, or beyond the limits.
    """
    enterprise = enterprise_within_reach(scope, enterprise_id)
    enterprise.photo_id = store_photo(stream, by=by).id
    enterprise.updated_at = utc_now()
    _record(enterprise, "enterprise.photo_changed", by=by)
    return enterprise


def check_stated(facts: EnterpriseFacts, areas: Sequence[str]) -> None:
    """Refuse what can't be true of an enterprise, and a village outside `areas`.

    Raises:
        InvalidInput: the first that is wrong, with its field.
    """
    for problem in enterprise_problems(facts, today=local_today()):
        raise problem
    village = find_area(facts.village_code)
    if village is None or not village.is_village:
        raise InvalidInput("village_unknown", field="village_code", message="Pilih desanya.")
    if not any(is_within(facts.village_code, area) for area in areas):
        raise InvalidInput(
            "village_elsewhere",
            field="village_code",
            message="Desa ini di luar wilayah kerja Anda.",
        )


def _kept(
    facts: EnterpriseFacts, owner: Owner, *, known_npwp: str | None = None
) -> tuple[dict[str, Any], tuple[Doubt, ...]]:
    """The columns of what is stated, worked-out ones among them, and the doubts about them."""
    npwp, doubts = kept_npwp(facts.npwp, known=known_npwp)
    doubts += kbli_doubts(facts.kbli_code, facts.kbli_version)
    today = local_today()
    size = read_size(
        capital=facts.capital,
        yearly_sales=facts.yearly_sales,
        started_on=facts.started_on,
        today=today,
    )
    name = facts.name.strip()
    return {
        **stated(facts, without=("name", "nib", "npwp", "kbli_version", "season_months")),
        "name": name,
        "search_name": search_text(name),
        "search_words": search_words(
            name=name, owner_name=owner.name, product_line=facts.product_line
        ),
        "nib": kept_nib(facts.nib),
        "npwp": npwp,
        "kbli_version": version_of(facts.kbli_code, facts.kbli_version),
        "season_months": sorted(facts.season_months) if facts.is_seasonal else [],
        "size_class": size.size_class,
        "is_ultra_micro": is_ultra_micro(size.size_class, total_workers(facts.worker_counts)),
    }, doubts


def _doubts_about_name(
    scope: Scope, facts: EnterpriseFacts, *, except_enterprise: UUID | None
) -> tuple[Doubt, ...]:
    found = duplicates(
        scope,
        name=facts.name,
        village_code=facts.village_code,
        except_enterprise=except_enterprise,
    )
    return tuple(Doubt(code="name_near", message=one.message) for one in found)


def _record(
    enterprise: Enterprise,
    action: str,
    *,
    by: UUID | None,
    changes: dict[str, list[Any]] | None = None,
) -> None:
    record(
        subject_type="enterprise",
        subject_id=enterprise.id,
        enterprise_id=enterprise.id,
        action=action,
        by=by,
        area_code=enterprise.village_code,
        changes=changes,
    )
