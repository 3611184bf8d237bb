"""Many owners and enterprises at once, by the same rules as one by one, without the ORM."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from app.core import settings
from app.core.clock import local_today, utc_now
from app.core.identity import mask_nik
from app.core.ids import new_ids
from app.core.sealing import seal
from app.core.text import search_text
from app.db import db
from app.db.upsert import bulk_copy_rows
from app.enterprises.models import Enterprise, Owner
from app.enterprises.rules.kbli import version_of
from app.enterprises.rules.life_cycle import FIRST
from app.enterprises.rules.personal import told
from app.enterprises.rules.phones import sealed_phone
from app.enterprises.rules.sheet.matching import (
    ENTERPRISE_COLUMNS,
    OWNER_COLUMNS,
    Decision,
    KnownOwner,
)
from app.enterprises.rules.size import is_ultra_micro, read_size, total_workers
from app.enterprises.rules.words import joined_words, search_words
from app.enterprises.services.changes import plain
from app.history.rules import register_actions
from app.history.services import Change, record_many

register_actions({"enterprise.imported": "Usaha didaftarkan lewat impor"})

_WORKERS = (
    "workers_paid_male",
    "workers_paid_female",
    "workers_family_male",
    "workers_family_female",
)
# What every new row is given; columns that may stay empty and that no spreadsheet fills are left
# out: each costs time in every row.
_ALWAYS: dict[str, Any] = {
    "has_equipment": False,
    "declared_non_halal": False,
    "sold_outside_home": False,
    "is_seasonal": False,
    "has_plan": False,
    "season_months": [],
    "confirmed_warnings": [],
    "version": 1,
}
_OPEN_OWNER = tuple(name for name in OWNER_COLUMNS if name != "phone")
_OWNER_ALWAYS: dict[str, Any] = {"confirmed_warnings": [], "version": 1}
_NEW_OWNER = (
    "id",
    "name",
    "search_name",
    "nik_sealed",
    "nik_index",
    "nik_masked",
    "phone_sealed",
    "phone_index",
    "created_at",
    "updated_at",
    *_OPEN_OWNER,
    *_OWNER_ALWAYS,
)
_NEW_ENTERPRISE = (
    "id",
    "owner_id",
    "name",
    "search_name",
    "search_words",
    "size_class",
    "is_ultra_micro",
    "life_cycle",
    "life_cycle_on",
    "kbli_version",
    "created_at",
    "updated_at",
    *ENTERPRISE_COLUMNS,
    *_ALWAYS,
)
_ALWAYS_VALUES = tuple(_ALWAYS.values())
_OWNER_ALWAYS_VALUES = tuple(_OWNER_ALWAYS.values())


@dataclass(slots=True, kw_only=True)
class BulkWrites:
    """Gathers the writes of one transaction; `flush` sends them, set by set.

    `source` is what the history says of where they come from.
    """

    by: UUID | None
    source: str
    _owners: list[tuple[Any, ...]] = field(default_factory=list)
    _enterprises: list[tuple[Any, ...]] = field(default_factory=list)
    _changes: list[Change] = field(default_factory=list)
    _owner_of_nik: dict[str, UUID] = field(default_factory=dict)
    _told_of_owners: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    _ids: Iterator[UUID] = field(default_factory=new_ids)
    _now: datetime = field(default_factory=utc_now)
    _today: date = field(default_factory=local_today)

    def add(
        self, values: Mapping[str, Any], nik_index: str | None, *, owner_id: UUID | None
    ) -> UUID:
        """A new enterprise, with a new owner unless `owner_id` or an earlier row gives one."""
        owner_id = owner_id or self._owner_of_nik.get(nik_index or "")
        enterprise_id = next(self._ids)
        if owner_id is None:
            owner_id = self._add_owner(values, nik_index, enterprise_id)
        name = values["name"]
        search_name = search_text(name)
        words = joined_words(
            search_name,
            search_text(values["owner_name"]),
            search_text(values.get("product_line") or ""),
        )
        self._enterprises.append(
            (
                enterprise_id,
                owner_id,
                name,
                search_name,
                words,
                *_size(values, self._today),
                values.get("life_cycle", FIRST),
                self._today,
                version_of(values.get("kbli_code"), None),
                self._now,
                self._now,
                *map(values.get, ENTERPRISE_COLUMNS),
                *_ALWAYS_VALUES,
            )
        )
        self._note(
            "enterprise.imported",
            "enterprise",
            enterprise_id,
            enterprise_id,
            values["village_code"],
        )
        return enterprise_id

    def _add_owner(
        self, values: Mapping[str, Any], nik_index: str | None, enterprise_id: UUID
    ) -> UUID:
        owner_id = next(self._ids)
        name = values["owner_name"]
        self._owners.append(
            (
                owner_id,
                name,
                search_text(name),
                *sealed_nik(values.get("nik"), nik_index, owner_id).values(),
                *sealed_phone(values.get("phone"), owner_id).values(),
                self._now,
                self._now,
                *map(values.get, _OPEN_OWNER),
                *_OWNER_ALWAYS_VALUES,
            )
        )
        if nik_index is not None:
            self._owner_of_nik[nik_index] = owner_id
        self._note("owner.created", "owner", owner_id, enterprise_id, values["village_code"])
        return owner_id

    def change(self, values: Mapping[str, Any], nik_index: str | None, decision: Decision) -> None:
        """Change a known enterprise and its owner as decided."""
        enterprise, owner = decision.enterprise, decision.owner
        if enterprise is None or owner is None:
            return
        nik = sealed_nik(values["nik"], nik_index, owner.id) if decision.adds_nik else {}
        if decision.owner_changes or nik:
            self.change_owner(owner, decision.owner_changes, nik=nik)
        if not decision.enterprise_changes:
            return
        old = {**enterprise.values, "owner_name": owner.values["name"]}
        new = {**old, **decision.enterprise_changes}
        new["owner_name"] = decision.owner_changes.get("name", old["owner_name"])
        columns = dict(decision.enterprise_changes)
        made = _made(new, self._today)
        if "kbli_code" in columns:
            made["kbli_version"] = version_of(columns["kbli_code"], None)
        self._update(Enterprise, enterprise.id, {**columns, **made})
        self._note(
            "enterprise.updated",
            "enterprise",
            enterprise.id,
            enterprise.id,
            new["village_code"],
            changes=told({name: [plain(old[name]), plain(columns[name])] for name in columns}),
        )

    def change_owner(
        self, owner: KnownOwner, changes: Mapping[str, Any], *, nik: Mapping[str, Any] | None = None
    ) -> None:
        """Change what is known of an owner, once in a transaction."""
        if owner.id in self._told_of_owners:
            return
        changed = {name: [plain(owner.values[name]), plain(changes[name])] for name in changes}
        columns = {**changes, **(nik or {})}
        if "phone" in columns:
            columns |= sealed_phone(columns.pop("phone"), owner.id)
        if nik:
            changed["nik"] = [None, nik]
        if "name" in changes:
            columns["search_name"] = search_text(changes["name"])
        self._update(Owner, owner.id, columns)
        if "name" in changes:
            _rename_in_search(owner.id, changes["name"])
        self._told_of_owners[owner.id] = told(changed)

    def _note_owners(self) -> None:
        """A change of an owner stands in the history of each of their enterprises."""
        if not self._told_of_owners:
            return
        statement = (
            select(Enterprise.id, Enterprise.owner_id, Enterprise.village_code)
            .where(Enterprise.owner_id.in_(self._told_of_owners))
            .order_by(Enterprise.id)
        )
        for row in db.session.execute(statement):
            changed = self._told_of_owners[row.owner_id]
            self._note(
                "owner.updated", "owner", row.owner_id, row.id, row.village_code, changes=changed
            )

    def flush(self) -> None:
        """Send all that was gathered, owners first, and record it."""
        bulk_copy_rows(Owner.__table__, _NEW_OWNER, self._owners)
        bulk_copy_rows(Enterprise.__table__, _NEW_ENTERPRISE, self._enterprises)
        self._note_owners()
        if self._changes:
            record_many(self._changes)

    def _update(self, kind: type[Owner] | type[Enterprise], key: UUID, columns: Any) -> None:
        db.session.execute(
            update(kind)
            .where(kind.id == key)
            .values(**columns, version=kind.version + 1, updated_at=utc_now())
            .execution_options(synchronize_session=False)
        )

    def _note(
        self,
        action: str,
        subject_type: str,
        subject_id: UUID,
        enterprise_id: UUID | None,
        area_code: str | None,
        *,
        changes: Mapping[str, Any] | None = None,
    ) -> None:
        self._changes.append(
            Change(
                action=action,
                subject_type=subject_type,
                subject_id=subject_id,
                by=self.by,
                enterprise_id=enterprise_id,
                area_code=area_code,
                changes=changes,
                note=self.source,
            )
        )


def sealed_nik(nik: str | None, nik_index: str | None, owner_id: UUID) -> dict[str, Any]:
    """The three columns of a NIK, sealed for the row of its owner."""
    if nik is None:
        return {"nik_sealed": None, "nik_index": None, "nik_masked": None}
    return {
        "nik_sealed": seal(nik, settings.current().nik_key, owner_id.bytes),
        "nik_index": nik_index,
        "nik_masked": mask_nik(nik),
    }


def _made(values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The columns that are worked out from what is stated."""
    size, is_ultra = _size(values, today)
    return {
        "search_name": search_text(values["name"]),
        "search_words": search_words(
            name=values["name"],
            owner_name=values["owner_name"],
            product_line=values.get("product_line"),
        ),
        "size_class": size,
        "is_ultra_micro": is_ultra,
    }


def _size(values: Mapping[str, Any], today: date) -> tuple[str | None, bool | None]:
    size = read_size(
        capital=values.get("capital"),
        yearly_sales=values.get("yearly_sales"),
        started_on=values.get("started_on"),
        today=today,
    ).size_class
    return size, is_ultra_micro(size, total_workers([values.get(name) for name in _WORKERS]))


def _rename_in_search(owner_id: UUID, owner_name: str) -> None:
    statement = (
        select(Enterprise.id, Enterprise.name, Enterprise.product_line)
        .where(Enterprise.owner_id == owner_id)
        .order_by(Enterprise.id)
    )
    for row in db.session.execute(statement).all():
        words = search_words(name=row.name, owner_name=owner_name, product_line=row.product_line)
        db.session.execute(
            update(Enterprise)
            .where(Enterprise.id == row.id)
            .values(search_words=words)
            .execution_options(synchronize_session=False)
        )
