"""Two enterprises become one, and can become two again for thirty days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Table, and_, select, update

from app.core import settings
from app.core.clock import utc_now
from app.core.errors import InvalidInput, NotFound, WrongState
from app.core.ids import new_id
from app.core.scope import Scope
from app.core.sealing import blind_index
from app.db import db
from app.db.belongings import Fate, Pair, fate_of, is_touched, renew, settle
from app.db.turns import take_turn
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries import within
from app.enterprises.services.owners import take_over_numbers
from app.quality.models import DIFFERENT, MERGED, LikelyPair, Merger
from app.quality.rules.merging import ALONG, ENTERPRISE_CHOICES, GONE, OWNER_CHOICES, UNDO_SPAN
from app.quality.services.notes import note, note_others, pair_of
from app.quality.services.stored_rows import (
    ENTERPRISE,
    OWNER,
    key_of,
    rows_now,
    rows_where,
    tables_of,
    take_away,
    unique_keys,
)

_SEALED = frozenset({"nik_masked", "phone_index"})
# Whoever asked under one of two names to be let alone is let alone under both.
_LET_ALONE = ("restricted_on", "objected_on")


def merge(
    *,
    scope: Scope,
    kept_id: UUID,
    gone_id: UUID,
    versions: tuple[int, int],
    picks: Mapping[str, str],
    owner_picks: Mapping[str, str],
    by: UUID,
) -> Merger:
    """Take one enterprise into another; everything that belongs to it moves along.

    `picks` name the columns whose value of the gone one is kept, `owner_picks` those of the owner.
    Two owner rows become one; other enterprises of the gone owner go to the kept one.

    Raises:
        NotFound: one of them is unknown, or outside the scope.
        WrongState: one of them was changed since the person looked.
        InvalidInput: it is the same enterprise twice.
    """
    if kept_id == gone_id:
        raise InvalidInput("same_enterprise", message="Pilih dua usaha yang berbeda.")
    kept, gone = _locked(scope, kept_id, gone_id, versions)
    before = _before(kept, gone)
    merger = _merger(kept, gone, before, by)
    _take_values(kept, gone, picks, owner_picks)
    settle(_pair(kept, gone))
    _move_rows("enterprise", kept_id, gone_id)
    take_away(ENTERPRISE, ENTERPRISE.c.id == gone_id)
    if kept.owner_id != gone.owner_id:
        _move_rows("owner", kept.owner_id, gone.owner_id)
        take_away(OWNER, OWNER.c.id == gone.owner_id)
    _finish(kept_id, merger)
    merger.after = rows_now(before)
    owner_id = db.session.get_one(Enterprise, kept_id).owner_id
    note_others([owner_id], "owner.merged", by, known=[kept_id])
    return merger


def _pair(kept: Enterprise, gone: Enterprise) -> Pair:
    return Pair(
        kept_id=kept.id,
        gone_id=gone.id,
        kept_owner_id=kept.owner_id,
        gone_owner_id=gone.owner_id,
        kept_mentor_id=kept.mentor_id,
    )


def say_different(*, scope: Scope, pair_id: UUID, by: UUID) -> None:
    """Keep that two enterprises are not one, so that nobody is asked again.

    Raises:
        NotFound: unknown, or one of the two lies outside the scope.
    """
    pair = db.session.get(LikelyPair, pair_id, with_for_update=True)
    ids = [] if pair is None else [pair.first_id, pair.second_id]
    rows = db.session.scalars(select(Enterprise).where(Enterprise.id.in_(ids), within(scope))).all()
    if pair is None or len(rows) != len(ids):
        raise NotFound("pair_unknown", message="Pasangan ini tidak ditemukan.")
    pair.state, pair.decided_by, pair.decided_at = DIFFERENT, by, utc_now()
    for row in rows:
        note(row.id, row.village_code, "enterprise.not_double", by)


def _locked(
    scope: Scope, kept_id: UUID, gone_id: UUID, versions: tuple[int, int]
) -> tuple[Enterprise, Enterprise]:
    # Others that merge one of the two wait, whichever way round they have them.
    take_turn(*(f"merge:{one}" for one in (kept_id, gone_id)))
    rows = {
        row.id: row
        for row in db.session.scalars(
            select(Enterprise)
            .where(Enterprise.id.in_([kept_id, gone_id]), within(scope))
            .order_by(Enterprise.id)
            .with_for_update(of=Enterprise)
        )
    }
    if len(rows) != 2:
        raise NotFound("enterprise_unknown", message="Usaha ini tidak ditemukan.")
    kept, gone = rows[kept_id], rows[gone_id]
    if (kept.version, gone.version) != versions:
        raise WrongState(
            "enterprise_changed",
            message="Salah satu usaha baru saja diubah. Muat ulang, lalu pilih lagi.",
        )
    return kept, gone


def _before(kept: Enterprise, gone: Enterprise) -> dict[str, list[dict[str, Any]]]:
    """Every row that the merger touches, in the order in which it can be put back."""
    owners = OWNER.c.id.in_({kept.owner_id, gone.owner_id})
    before = {
        OWNER.name: rows_where(OWNER, owners),
        ENTERPRISE.name: rows_where(
            ENTERPRISE,
            (ENTERPRISE.c.id == kept.id) | (ENTERPRISE.c.owner_id == gone.owner_id),
        ),
    }
    belongings = [(table, column, gone.id) for table, column in tables_of("enterprise")]
    belongings += [
        (table, column, kept.id) for table, column in tables_of("enterprise") if is_touched(table)
    ]
    if kept.owner_id != gone.owner_id:
        belongings += [
            (table, column, gone.owner_id)
            for table, column in tables_of("owner")
            if table is not ENTERPRISE
        ]
    for table, column, owner in belongings:
        rows = rows_where(table, column == owner)
        if rows:
            known = {str(row) for row in before.get(table.name, [])}
            more = [row for row in rows if str(row) not in known]
            before.setdefault(table.name, []).extend(more)
    return before


def _merger(
    kept: Enterprise, gone: Enterprise, before: dict[str, list[dict[str, Any]]], by: UUID
) -> Merger:
    now = utc_now()
    merger = Merger(
        id=new_id(),
        kept_id=kept.id,
        gone_id=gone.id,
        kept_name=kept.name,
        gone_name=gone.name,
        area_code=kept.village_code,
        merged_by=by,
        merged_at=now,
        undo_until=now + UNDO_SPAN,
        before=before,
        kept_version=kept.version + 1,
        gone_nib_index=_nib_index(gone.nib),
        gone_nik_index=gone.owner.nik_index,
        gone_phone_index=gone.owner.phone_index,
    )
    db.session.add(merger)
    pair = pair_of(kept.id, gone.id)
    if pair is not None:
        pair.state, pair.decided_by, pair.decided_at = MERGED, by, now
    note(kept.id, kept.village_code, "enterprise.merged", by, note=gone.name)
    note(gone.id, gone.village_code, "enterprise.merged_away", by, note=kept.name)
    db.session.flush()
    return merger


def _nib_index(nib: str | None) -> str | None:
    return blind_index(nib, settings.current().nik_index_key) if nib else None


def _take_values(
    kept: Enterprise,
    gone: Enterprise,
    picks: Mapping[str, str],
    owner_picks: Mapping[str, str],
) -> None:
    owner, other = (
        db.session.get_one(Owner, kept.owner_id),
        db.session.get_one(Owner, gone.owner_id),
    )
    chosen = _columns(picks, ENTERPRISE_CHOICES)
    values = {name: getattr(gone, name) for name in chosen}
    if "nib" in values:
        # Unique: the row that goes lets its number go first.
        gone.nib = None
        db.session.flush()
    for name, value in values.items():
        setattr(kept, name, value)
    if owner.id != other.id:
        wanted = _columns(owner_picks, OWNER_CHOICES)
        for name in wanted - _SEALED:
            setattr(owner, name, getattr(other, name))
        take_over_numbers(owner, other, nik="nik_masked" in wanted, phone="phone_index" in wanted)
        for name in _LET_ALONE:
            days = (getattr(one, name) for one in (owner, other))
            setattr(owner, name, min((day for day in days if day), default=None))
        owner.version += 1
        owner.updated_at = utc_now()
    kept.version += 1
    kept.updated_at = utc_now()
    db.session.flush()


def _columns(picks: Mapping[str, str], choices: Mapping[str, str]) -> set[str]:
    chosen = {name for name, side in picks.items() if side == GONE and name in choices}
    return chosen | {along for name in chosen for along in ALONG.get(name, ())}


def _move_rows(name: str, kept_id: UUID, gone_id: UUID) -> None:
    for table, column in tables_of(name):
        fate = fate_of(table)
        if fate is Fate.RENEWED:
            take_away(table, column == gone_id)
        if fate is not Fate.MOVES:
            continue
        for key in unique_keys(table):
            if column.name in key:
                _drop_taken(table, key, column.name, kept_id, gone_id)
        db.session.execute(
            update(table).where(column == gone_id).values({column.name: kept_id}),
            execution_options={"synchronize_session": False},
        )


def _drop_taken(
    table: Table, key: tuple[str, ...], column: str, kept_id: UUID, gone_id: UUID
) -> None:
    """Of two rows that would get one key the kept one's stays."""
    rows = db.session.execute(select(table).where(table.c[column] == gone_id)).mappings().all()
    for row in rows:
        moved = {**row, column: kept_id}
        taken = and_(*(table.c[name] == moved[name] for name in key))
        if db.session.execute(select(1).select_from(table).where(taken)).first():
            take_away(table, key_of(table, dict(row)))


def _finish(kept_id: UUID, merger: Merger) -> None:
    db.session.expire_all()
    renew(kept_id)
    db.session.flush()
    merger.kept_version = db.session.get_one(Enterprise, kept_id).version
