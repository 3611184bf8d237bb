"""Phone numbers of owners are sealed like their NIK, and the history forgets values of people.

What stood in a field that tells who somebody is does not belong into a history that can't be
changed: entries keep the name of the field and that it was filled, replaced or emptied. Going
down opens the numbers again; what the history forgot stays forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.core import settings
from app.core.sealing import blind_index, seal, unseal

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

AT_ONCE = 1000
PHONE_TEXT = sa.String(20).with_variant(sa.String(20, collation="C"), "postgresql")
OWNER = sa.table(
    "owner",
    sa.column("id", sa.Uuid()),
    sa.column("phone", sa.String()),
    sa.column("phone_sealed", sa.LargeBinary()),
    sa.column("phone_index", sa.String()),
)
HISTORY = sa.table(
    "history_entry",
    sa.column("n", sa.BigInteger()),
    sa.column("subject_type", sa.String()),
    sa.column("changes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
)
NAMED_ONLY = (
    "address", "born_on", "hamlet", "lat", "life_cycle_reason", "lng", "name", "nib", "nik", "npwp",
    "phone", "photo_id", "product_line", "work_sector",
)  # fmt: skip
LOCK_SQLITE = (
    "CREATE TRIGGER history_entry_no_update BEFORE UPDATE ON history_entry "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
)


def upgrade() -> None:
    """Seal what is there, then drop the open column."""
    if op.get_bind().dialect.name == "sqlite":
        # What is overwritten or dropped is not left lying in free pages of the file.
        op.execute("PRAGMA secure_delete = ON")
    op.add_column("owner", sa.Column("phone_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("owner", sa.Column("phone_index", sa.String(64), nullable=True))
    _each_owner(OWNER.c.phone, _sealed)
    op.drop_index("ix_owner_phone", table_name="owner")
    op.drop_column("owner", "phone")
    op.create_index("ix_owner_phone_index", "owner", ["phone_index"], unique=False)
    _forget_values()


def downgrade() -> None:
    """Open the numbers into a column, then drop the sealed ones."""
    op.add_column("owner", sa.Column("phone", PHONE_TEXT, nullable=True))
    _each_owner(OWNER.c.phone_sealed, _opened)
    op.drop_index("ix_owner_phone_index", table_name="owner")
    op.drop_column("owner", "phone_index")
    op.drop_column("owner", "phone_sealed")
    op.create_index("ix_owner_phone", "owner", ["phone"], unique=False)


def _each_owner(column: sa.ColumnClause[Any], change: Callable[[Any, Any], dict[str, Any]]) -> None:
    """Change the owners whose `column` is filled, some at a time."""
    bind = op.get_bind()
    rest = sa.select(OWNER.c.id, column.label("value")).where(column.is_not(None))
    for rows in _parts(rest, OWNER.c.id):
        changes = [{"key": row.id, **change(row.id, row.value)} for row in rows]
        names = [name for name in changes[0] if name != "key"]
        statement = sa.update(OWNER).where(OWNER.c.id == sa.bindparam("key"))
        bind.execute(statement.values({name: sa.bindparam(name) for name in names}), changes)


def _sealed(owner_id: Any, phone: str) -> dict[str, Any]:
    keys = settings.current()
    return {
        "phone_sealed": seal(phone, keys.nik_key, owner_id.bytes + b"phone"),
        "phone_index": blind_index(f"phone:{phone}", keys.nik_index_key),
        "phone": None,
    }


def _opened(owner_id: Any, sealed: bytes) -> dict[str, Any]:
    keys = settings.current()
    opening = (keys.nik_key, *keys.nik_key_fallbacks)
    return {"phone": unseal(sealed, opening, owner_id.bytes + b"phone")}


def _forget_values() -> None:
    bind = op.get_bind()
    on_sqlite = bind.dialect.name == "sqlite"
    if on_sqlite:
        op.execute("DROP TRIGGER history_entry_no_update")
    else:
        op.execute("ALTER TABLE history_entry DISABLE TRIGGER history_entry_no_change")
    rest = sa.select(HISTORY.c.n, HISTORY.c.changes).where(
        HISTORY.c.subject_type.in_(("owner", "enterprise")), HISTORY.c.changes.is_not(None)
    )
    statement = sa.update(HISTORY).where(HISTORY.c.n == sa.bindparam("key"))
    for rows in _parts(rest, HISTORY.c.n):
        told = [{"key": row.n, "changes": _told(row.changes)} for row in rows if row.changes]
        if told:
            bind.execute(statement, told)
    if on_sqlite:
        op.execute(LOCK_SQLITE)
    else:
        op.execute("ALTER TABLE history_entry ENABLE TRIGGER history_entry_no_change")


def _told(changes: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [None, _what_happened(pair)] if name in NAMED_ONLY else pair
        for name, pair in changes.items()
    }


def _what_happened(pair: Any) -> str:
    old, new = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)
    if new in (None, ""):
        return "dikosongkan"
    return "diisi" if old in (None, "") else "diganti"


def _parts(statement: sa.Select[Any], key: sa.ColumnClause[Any]) -> Iterator[list[sa.Row[Any]]]:
    last = None
    while True:
        part = statement if last is None else statement.where(key > last)
        rows = list(op.get_bind().execute(part.order_by(key).limit(AT_ONCE)))
        if not rows:
            return
        yield rows
        last = rows[-1][0]
