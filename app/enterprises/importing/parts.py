"""The sealed pieces of a run: its file, the rows to write, remarks, and rows to mend."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from app.core import settings
from app.core.sealing import seal, unseal
from app.db import db
from app.db.upsert import bulk_insert
from app.enterprises.models import ImportPart

FILE, ROWS, PROBLEMS, BAD_ROWS = "file", "rows", "problems", "bad_rows"
# Rows of one transaction when they are written: small enough that others wait unnoticed.
SLICE = 1000
# Nothing in a part contains itself, so the encoder need not look for that.
_JSON = json.JSONEncoder(default=date.isoformat, ensure_ascii=False, check_circular=False)
_DAYS = ("born_on", "returned_on", "started_on")


def store_file(run_id: UUID, content: bytes) -> None:
    """Keep the uploaded file, sealed."""
    db.session.add(
        ImportPart(
            run_id=run_id, kind=FILE, n=0, row_count=0, sealed=_sealed(run_id, FILE, content)
        )
    )


def file_of(run_id: UUID) -> bytes | None:
    """The uploaded file, or None once it was deleted."""
    part = db.session.get(ImportPart, (run_id, FILE, 0))
    return None if part is None else _unsealed(run_id, FILE, part.sealed)


def replace_parts(run_id: UUID, kind: str, items: list[Any], *, size: int = SLICE) -> None:
    """Keep a list in pieces of `size`, in place of what was there."""
    drop_parts(run_id, kind)
    bulk_insert(ImportPart.__table__, list(_rows(run_id, kind, items, size)))


def add_part(run_id: UUID, kind: str, items: list[Any]) -> None:
    """Keep one more piece behind the others."""
    last = db.session.scalars(
        select(ImportPart.n)
        .where(ImportPart.run_id == run_id, ImportPart.kind == kind)
        .order_by(ImportPart.n.desc())
        .limit(1)
    ).one_or_none()
    first = 0 if last is None else last + 1
    bulk_insert(ImportPart.__table__, list(_rows(run_id, kind, items, len(items), first)))


def drop_parts(run_id: UUID, *kinds: str) -> None:
    """Delete pieces that are no longer needed."""
    db.session.execute(
        delete(ImportPart).where(ImportPart.run_id == run_id, ImportPart.kind.in_(kinds))
    )


def items_of(run_id: UUID, kind: str) -> Iterator[Any]:
    """All items of one kind, in their order."""
    numbers = db.session.scalars(
        select(ImportPart.n)
        .where(ImportPart.run_id == run_id, ImportPart.kind == kind)
        .order_by(ImportPart.n)
    ).all()
    for number in numbers:
        part = db.session.get(ImportPart, (run_id, kind, number))
        if part is not None:
            yield from opened(part)


def opened(part: ImportPart) -> list[Any]:
    """The items of one piece."""
    content: list[Any] = json.loads(_unsealed(part.run_id, part.kind, part.sealed))
    return content


def with_days(values: dict[str, Any]) -> dict[str, Any]:
    """Values of a row as they were before they became JSON; the same mapping."""
    for name in _DAYS:
        if name in values:
            values[name] = date.fromisoformat(values[name])
    return values


def _rows(
    run_id: UUID, kind: str, items: list[Any], size: int, first: int = 0
) -> Iterator[dict[str, Any]]:
    for number, start in enumerate(range(0, len(items), max(1, size)), start=first):
        part = items[start : start + size]
        content = _JSON.encode(part).encode()
        yield {
            "run_id": run_id,
            "kind": kind,
            "n": number,
            "row_count": len(part),
            "sealed": _sealed(run_id, kind, content),
            "applied_at": None,
        }


def _sealed(run_id: UUID, kind: str, content: bytes) -> bytes:
    text = b64encode(zlib.compress(content, 1)).decode()
    return seal(text, settings.current().nik_key, run_id.bytes + kind.encode())


def _unsealed(run_id: UUID, kind: str, sealed: bytes) -> bytes:
    keys = settings.current()
    text = unseal(sealed, (keys.nik_key, *keys.nik_key_fallbacks), run_id.bytes + kind.encode())
    return zlib.decompress(b64decode(text))
