"""Many lines at once: all of them or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from uuid import UUID

from app.cashbook.rules.lines import Said
from app.cashbook.services.entries import record_entry
from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """A line under the id of its row; `place` is how people call that row ("Baris 5")."""

    key: UUID
    place: str
    said: Said


def write_lines(
    *, scope: Scope, by: UUID, way: str, enterprise_id: UUID, lines: Iterable[SheetLine]
) -> int:
    """Write lines, each once for its id; gives how many there were.

    Raises:
        NotFound: as `record_entry`.
        InvalidInput: a line was refused; values: `place`, and `of`, the field of `record_entry`.
    """
    count = 0
    for line in lines:
        try:
            record_entry(
                scope=scope,
                by=by,
                way=way,
                enterprise_id=enterprise_id,
                entry_id=line.key,
                **asdict(line.said),
            )
        except (Conflict, InvalidInput, WrongState) as refusal:
            raise InvalidInput(
                "line_refused",
                message=f"{line.place}: {refusal.message}",
                place=line.place,
                of=refusal.field,
            ) from refusal
        count += 1
    return count
