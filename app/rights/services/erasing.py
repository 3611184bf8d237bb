"""Making a person nobody: what names them goes, what is counted stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Float, LargeBinary, String, Table, delete, select, text, update

from app.accounts.models import Account, Membership
from app.accounts.services.people import end_sessions
from app.core import settings
from app.core.clock import local_today
from app.core.permissions import Role
from app.core.text import search_text
from app.db import db
from app.enterprises.models import SEARCH_TABLE, Enterprise, Owner
from app.field.models import FileUpload
from app.field.services.uploads import forget_uploads
from app.files.models import StoredFile
from app.files.queries import folder
from app.files.rules import photo_path
from app.history.rules import register_actions
from app.history.services import Change, record_many
from app.portal.services.cards import take_back_all
from app.rights.queries.holdings import (
    Held,
    file_columns,
    held_on,
    is_file_used,
    photo_ids,
)
from app.rights.rules.erasing import ERASED, is_free_text, is_point, without_texts
from app.rights.services.words import silence

register_actions({"owner.erased": "Data pemilik dihapus"})

OWNER_NAME, ENTERPRISE_NAME = "Pemilik dihapus", "Usaha dihapus"
ACCOUNT_NAME = "Akun dihapus"
_OWN_TABLES = (Owner.__table__, Enterprise.__table__)
# Whole rows as they were before and after a merger, without which it can't be undone any more;
# what a phone said beside all that is understood, which may be anything.
_EMPTIED = frozenset({"before", "after", "extra"})
# Answers that never became an assessment say nothing once their texts are gone.
_DROPPED = frozenset({"assessment_draft", "quality_finding"})
# What somebody earned and took home is theirs alone; no figure of the office counts these rows,
# and what an assessment read in them it keeps itself. So it is with debts told in confidence. What
# a lender has to account for stays as numbers: savings, loans, payments.
_BOOK = frozenset({"cash_entry", "cash_count", "diary_month", "book_habit", "informal_debt"})


def erase(*, owner_id: UUID, by: UUID | None) -> list[Path]:
    """Forget a person whom the caller found; gives the files to remove after the commit.

    Sex, education, migration, village, size, classes and days of visits stay, so that no count
    of the past changes; the history keeps ids, numbers, days and names of fields.
    """
    # First, while their account is known: no card and no log-in outlives the person's data.
    take_back_all(owner_id=owner_id, by=by)
    held = held_on(owner_id)
    photos = photo_ids(held)
    places = _places(held)
    own_account = _own_account(owner_id)
    _overwrite_what_goes()
    silence(
        owner_id,
        held,
        account_id=own_account,
        area_code=places[0][1] if places else None,
        by=by,
    )
    for one in held:
        if one.table not in _OWN_TABLES:
            _forget_rows(one)
    parts = forget_uploads(_uploads(held))
    _forget_enterprises(owner_id)
    _forget_owner(owner_id)
    _forget_account(own_account)
    db.session.flush()
    db.session.expire_all()
    _tidy_search()
    _note(owner_id, places, by)
    return [*forget_photos(photos), *_lists_lying_about(), *parts]


def _note(owner_id: UUID, places: list[tuple[UUID | None, str | None]], by: UUID | None) -> None:
    record_many(
        Change(
            action="owner.erased",
            subject_type="owner",
            subject_id=owner_id,
            by=by,
            enterprise_id=enterprise_id,
            area_code=village_code,
        )
        for enterprise_id, village_code in places or [(None, None)]
    )


def remove_files(paths: list[Path]) -> None:
    """Remove files whose rows are gone: after the commit, so that none goes without its row."""
    for path in paths:
        path.unlink(missing_ok=True)


def _uploads(held: list[Held]) -> list[UUID]:
    return [row["id"] for one in held if one.table is FileUpload.__table__ for row in one.rows]


def _places(held: list[Held]) -> list[tuple[UUID | None, str | None]]:
    return [
        (row["id"], row["village_code"])
        for one in held
        if one.table is Enterprise.__table__
        for row in one.rows
    ]


def _own_account(owner_id: UUID) -> UUID | None:
    """The account of somebody who has it for their own enterprise alone."""
    account_id = db.session.get_one(Owner, owner_id).account_id
    if account_id is None:
        return None
    roles = set(
        db.session.scalars(select(Membership.role).where(Membership.account_id == account_id))
    )
    return None if roles - {Role.ENTREPRENEUR} else account_id


def _forget_owner(owner_id: UUID) -> None:
    owner = db.session.get_one(Owner, owner_id)
    owner.account_id = None
    owner.name, owner.search_name = OWNER_NAME, search_text(OWNER_NAME)
    owner.nik_sealed = owner.nik_index = owner.nik_masked = None
    owner.keep_phone(None)
    owner.born_on = owner.returned_on = owner.work_sector = None
    owner.consented_on = owner.consent_way = owner.consent_version = None
    owner.confirmed_warnings = []
    owner.erased_on = local_today()
    owner.version += 1


def _forget_enterprises(owner_id: UUID) -> None:
    rows = db.session.scalars(select(Enterprise).where(Enterprise.owner_id == owner_id)).all()
    for row in rows:
        row.name, row.search_name = ENTERPRISE_NAME, search_text(ENTERPRISE_NAME)
        row.search_words = search_text(ENTERPRISE_NAME)
        row.product_line = row.address = row.hamlet = row.nib = row.npwp = None
        row.lat = row.lng = row.photo_id = None
        # Nobody is to visit or assess it any more; what was counted until today stays counted.
        row.life_cycle, row.life_cycle_reason = "menolak_didata", None
        row.life_cycle_on = local_today()
        row.mentor_id = row.next_visit_due_on = None
        row.confirmed_warnings = []
        row.version += 1


def _forget_rows(held: Held) -> None:
    if held.table.name in _BOOK:
        # In one statement, since lines name each other.
        own = {row["enterprise_id"] for row in held.rows}
        db.session.execute(delete(held.table).where(held.table.c.enterprise_id.in_(own)))
        return
    if held.table.name in _DROPPED or _is_sealed_text(held.table):
        for row in held.rows:
            db.session.execute(delete(held.table).where(*_this(held.table, row)))
        return
    for row in held.rows:
        values = _left_of(held.table, row)
        if values:
            db.session.execute(update(held.table).where(*_this(held.table, row)).values(**values))


def _left_of(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """The columns that change when a row forgets whom it speaks of, with what is left there."""
    keys = set(table.primary_key.columns) | {each.parent for each in table.foreign_keys}
    left: dict[str, Any] = {column.name: None for column in file_columns(table) if column.nullable}
    # A blind index finds somebody by a number as well as the number itself; so does what a code or
    # a number of their own choice was hashed to.
    left |= {
        one.name: None
        for one in table.columns
        if one.name.endswith(("_index", "_hash")) and one.nullable
    }
    for column in table.columns:
        value = row[column.name]
        if column.name in left:
            continue
        if column not in keys and value is not None and column.computed is None:
            left[column.name] = _left_in(column, value)
    return {name: value for name, value in left.items() if value != row[name]}


def _left_in(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, JSON):
        return {} if column.name in _EMPTIED else without_texts(value)
    if isinstance(column.type, LargeBinary):
        return None if column.nullable else value
    if isinstance(column.type, Float):
        return None if column.nullable and is_point(column.name) else value
    if not isinstance(column.type, String) or value == "":
        return value
    return ERASED if is_free_text(column.name, column.type.length) else value


def _is_sealed_text(table: Table) -> bool:
    """Whether a row is nothing without something sealed: then it goes as a whole."""
    return any(
        isinstance(column.type, LargeBinary) and not column.nullable for column in table.columns
    )


def _this(table: Table, row: dict[str, Any]) -> list[Any]:
    return [column == row[column.name] for column in table.primary_key]


def _forget_account(account_id: UUID | None) -> None:
    if account_id is None:
        return
    account = db.session.get_one(Account, account_id)
    account.name, account.phone = ACCOUNT_NAME, None
    # An account has a name to log in with; this one is nobody's.
    account.email = f"{account.id.hex}@dihapus.invalid"
    account.password_hash, account.is_active = "", False
    end_sessions(account_id=account.id)


def forget_photos(photos: set[UUID]) -> list[Path]:
    """Forget those of some photos at which nothing points any more; gives their files."""
    gone: list[Path] = []
    for file_id in sorted(photos, key=str):
        if is_file_used(file_id):
            continue
        stored = db.session.get(StoredFile, file_id)
        if stored is None:
            continue
        sha256 = stored.sha256
        db.session.delete(stored)
        db.session.flush()
        # Rows with the same content share one file.
        shared = select(StoredFile.id).where(StoredFile.sha256 == sha256).limit(1)
        if db.session.execute(shared).first() is None:
            gone += [folder() / photo_path(sha256)]
            gone += [folder() / photo_path(sha256, is_thumbnail=True)]
    return gone


def _lists_lying_about() -> list[Path]:
    """Lists that were taken along and still lie here for a day; the person may stand in any."""
    return sorted((settings.current().folder / "exports").glob("*.xlsx"))


def _overwrite_what_goes() -> None:
    """Have SQLite overwrite what goes from now on, and not only mark its place as free."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA secure_delete = ON"))


def _tidy_search() -> None:
    """Let the words of the person leave the search index too, not only its answers."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        optimize = f"INSERT INTO {SEARCH_TABLE}({SEARCH_TABLE}) VALUES ('optimize')"  # noqa: S608
        connection.execute(text(optimize))
