"""A world in which everything of one regency carries a word that nobody elsewhere may ever see."""

from __future__ import annotations

import hashlib
import re
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.cashbook.models import CashEntry
from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.db.columns import UTCDateTime
from app.db.transaction import transaction
from app.quality.models import Finding, LikelyPair
from app.quality.rules.facts import CONTRADICTION

CANARY = "kenarib"
HERE, THERE = "33.02.04.2001", "35.07.10.2003"
# Shared by everybody, or about requests and not about people.
SHARED = {
    *("area", "area_edition", "area_word", "instrument_version", "demo_mark", "demo_truth"),
    *(
        "history_entry",
        "history_words",
        "history_counter",
        "read_entry",
        "login_attempt",
        "guest_try",
    ),
    *("class_span", "settled_class"),
}
# Facts that an office publishes: which programme a village had, and when; what lenders offer.
PUBLISHED = {"village_program", "area_decree", "area_decree_line", "loan_offer", "loan_rule"}
LOGS = {"read_entry", "login_session", "login_attempt", "guest_try"}
# Free text is long; what is shorter is a code, a kind or a number.
FREE_TEXT = 60
_NO_TEXT = re.compile(r"(hash|sha256|endpoint|sort|media_type|name_in_store)$")
_ONE_OF = re.compile(r"\b(\w+) IN \('([^']*)'")
_ACCOUNT = re.compile(r"(^by|_by|account_id|mentor_id|accepted_by|made_by)$")


class World(SimpleNamespace):
    """Ids by table of what lies there (`there`), people of both sides."""

    there: dict[str, list[UUID]]


def build(factories: Any, *, word: str = CANARY) -> World:
    """Everything of another regency, planted with a word; then a little of one's own."""
    there = _side(factories, THERE, f"{CANARY.title()} Jauh")
    _doubt(factories, there)
    _line_of_a_book(there)
    _fill_the_rest(there)
    ids = {table.name: _keys(table) for table in db.metadata.sorted_tables}
    _plant(word)
    here = _side(factories, HERE, "Dekat")
    return World(there=ids, near=here, far=there)


def _side(factories: Any, village: str, word: str) -> dict[str, Any]:
    """Officer, mentor, owner, enterprise and what hangs on it; gives ids by name."""
    regency = village[:5]
    officer = factories.account(role=Role.LABOUR_OFFICER, area=regency, name=f"{word} petugas")
    mentor = factories.mentor(village_code=village, area=regency, name=f"{word} pendamping")
    person = factories.account(role=Role.ENTREPRENEUR, area=village, name=f"{word} pemilik")
    ids: dict[str, Any] = {
        "officer": officer.id,
        "mentor": mentor.account_id,
        "account": person.id,
        "village": village,
    }
    owner = factories.owner(name=f"{word} pemilik", account_id=ids["account"], nik=factories.nik())
    ids["owner"] = owner.id
    photo = factories.stored_photo().id
    enterprise = factories.enterprise(
        owner=owner, name=f"{word} usaha", village_code=village, photo_id=photo
    )
    ids["enterprise"] = enterprise.id
    factories.assigned(ids["mentor"], enterprise)
    assessed = factories.assessment(enterprise=enterprise, health_class="sakit", by=officer)
    ids["assessment"] = assessed.id
    for code, state in (("T01", "usulan"), ("T02", "berjalan"), ("T03", "disetujui")):
        ids["intervention"] = factories.intervention(
            enterprise=enterprise, therapy_code=code, state=state
        ).id
    ids["visit"] = factories.visit(enterprise, ids["mentor"], findings=f"{word} temuan").id
    factories.promise(enterprise, ids["mentor"], due_on=local_today(), text=f"{word} janji")
    factories.signed_in_token(person)
    return ids


def _line_of_a_book(ids: dict[str, Any]) -> None:
    """A sale: what its money is for decides which way it goes, and no constraint alone says it."""
    with transaction() as session:
        session.add(
            CashEntry(
                id=new_id(),
                enterprise_id=ids["enterprise"],
                happened_on=local_today(),
                direction="masuk",
                category="penjualan",
                amount=5_000,
                way="pendamping",
                recorded_by=ids["mentor"],
                recorded_at=utc_now(),
            )
        )


def _doubt(factories: Any, ids: dict[str, Any]) -> None:
    """A pair that may be one enterprise and a doubt: no constraint says what is in them."""
    other = factories.enterprise(name="Kembar", village_code=ids["village"]).id
    first, second = sorted([ids["enterprise"], other])
    with transaction() as session:
        session.add(
            LikelyPair(
                id=new_id(),
                first_id=first,
                second_id=second,
                points=90,
                reasons=["nama"],
                found_at=utc_now(),
            )
        )
        session.add(
            Finding(
                id=new_id(),
                enterprise_id=ids["enterprise"],
                rule="modal_omzet",
                kind=CONTRADICTION,
                weight=1,
                sides=[["Modal", "Rp 1", "", None], ["Omzet", "Rp 2", "", None]],
                fingerprint="0" * 64,
                found_at=utc_now(),
            )
        )


def _fill_the_rest(ids: dict[str, Any]) -> None:
    """One row in each table that the factories left empty, as far as its checks let one be."""
    for table in db.metadata.sorted_tables:
        if table.name in SHARED or _keys(table) or _is_filled(table):
            continue
        for only_needed in (False, True):
            try:
                with transaction():
                    db.session.execute(table.insert(), [_row(table, ids, only_needed)])
            except (sa.exc.DBAPIError, LookupError):
                db.session.rollback()
                continue
            break


def _is_filled(table: sa.Table) -> bool:
    return bool(db.session.scalar(sa.select(sa.literal(1)).select_from(table).limit(1)))


def _row(table: sa.Table, ids: dict[str, Any], only_needed: bool) -> dict[str, Any]:
    allowed: dict[str, str] = {}
    for check in table.constraints:
        if isinstance(check, sa.CheckConstraint):
            allowed |= dict(_ONE_OF.findall(str(check.sqltext)))
    values = {}
    for column in table.columns:
        if column.nullable and (only_needed or column.name.endswith("_at")):
            continue
        if f"{table.name}.{column.name}" in _LEFT_EMPTY:
            continue
        values[column.name] = allowed.get(column.name) or _value(column, ids)
    return values


# What no constraint of the table says: words that only its feature knows.
_WORDS = {
    "aid_step.step": "request",
    "certificate.track": "merek",
    "certificate_batch.track": "merek",
    "certificate.state": "belum",
    "certificate_step.from_state": "belum",
    "certificate_step.to_state": "penelusuran_pdki",
    "certificate_document.paper": "contoh_merek",
    "dated_rule.code": "pengingat_hari",
    "dated_rule.value": [30],
}
# One of two may be filled: a report tells of an area or of a mentor.
_LEFT_EMPTY = frozenset({"office_report.mentor_id"})


def _value(column: sa.Column[Any], ids: dict[str, Any]) -> Any:
    for key in column.foreign_keys:
        target = key.column.table
        if target.name == "area":
            return ids["village"]
        if target.name == "account":
            return ids["mentor" if "mentor" in column.name else "officer"]
        found = ids.get(target.name) or next(iter(_keys(target)), None)
        if found is None and not column.nullable:
            raise LookupError(target.name)
        return found
    return _plain(column, ids)


def _plain(column: sa.Column[Any], ids: dict[str, Any]) -> Any:
    kind = column.type
    if isinstance(kind, sa.Uuid):
        if column.primary_key:
            return new_id()
        by_name = ids.get(column.name.removesuffix("_id"))
        return by_name or (ids["officer"] if _ACCOUNT.search(column.name) else new_id())
    if isinstance(kind, UTCDateTime):
        return utc_now()
    for known, value in (
        (sa.Date, local_today()),
        (sa.Boolean, False),
        (sa.Integer, 1),
        (sa.Float, 1.0),
        (sa.LargeBinary, b"x"),
    ):
        if isinstance(kind, known):
            return value
    if isinstance(kind, sa.JSON):
        return {} if _holds_names(column) else []
    if column.name.endswith(("area_code", "village_code")):
        return ids["village"]
    return _WORDS.get(f"{column.table.name}.{column.name}", "x")


def _holds_names(column: sa.Column[Any]) -> bool:
    """Whether a JSON column is annotated as a mapping."""
    for mapper in db.Model.registry.mappers:
        if mapper.local_table is column.table:
            return "dict" in str(mapper.class_.__annotations__.get(column.name))
    return False


def _keys(table: sa.Table) -> list[UUID]:
    columns = list(table.primary_key.columns)
    if len(columns) != 1 or not isinstance(columns[0].type, sa.Uuid):
        return []
    return list(db.session.scalars(sa.select(columns[0]).order_by(columns[0])))


def _plant(canary: str) -> None:
    """Write the word into every free text of every row that there is."""
    for table in db.metadata.sorted_tables:
        if table.name in SHARED | PUBLISHED:
            continue
        for column in table.columns:
            if not _is_free_text(column):
                continue
            word = f"{canary} {table.name} {column.name}".replace("_", " ")
            if column.name.startswith("search"):
                word = word.casefold()
            try:
                with db.engine.begin() as connection:
                    connection.execute(table.update().values({column.name: word}))
            except sa.exc.DBAPIError:
                # A check or a unique column: what the factories wrote stays.
                continue
    db.session.rollback()
    db.session.expire_all()


def _is_free_text(column: sa.Column[Any]) -> bool:
    kind = column.type
    return (
        isinstance(kind, sa.String)
        and not isinstance(kind, sa.Enum)
        and not column.primary_key
        and not column.foreign_keys
        and (kind.length is None or kind.length >= FREE_TEXT)
        and not _NO_TEXT.search(column.name)
    )


def fingerprint() -> str:
    """A hash of every row but those of logs."""
    whole = hashlib.sha256()
    with db.engine.connect() as connection:
        for table in sorted(db.metadata.tables.values(), key=lambda one: one.name):
            if table.name in LOGS:
                continue
            rows = sorted(repr(tuple(row)) for row in connection.execute(sa.select(table)))
            whole.update(table.name.encode() + "\n".join(rows).encode())
    return whole.hexdigest()
