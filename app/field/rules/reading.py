"""Reading one JSON object of a phone, field by field, with what was not asked for kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from app.core.errors import InvalidInput
from app.core.ids import id_of

T = TypeVar("T")
# Phones that lost their clock say 1970 or 2037; further away nothing can be reckoned with.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class Fields:
    """The fields of one object. Each is asked for once; what nobody asked for is `rest`.

    Blank texts and absent fields are None. Whatever has another type than it must have is refused:
    the app was wrong then, and nobody can guess what was meant.
    """

    def __init__(self, said: Mapping[str, Any]) -> None:
        self._said = said
        self._asked: set[str] = set()

    @property
    def rest(self) -> dict[str, Any]:
        """What was said and never asked for."""
        return {name: value for name, value in self._said.items() if name not in self._asked}

    def has(self, name: str) -> bool:
        """Whether something was said of it, be it that it is empty."""
        return name in self._said

    def says(self, name: str) -> bool:
        """Whether something else than nothing was said of it."""
        return self._said.get(name) is not None

    def text(self, name: str, most: int) -> str | None:
        """A text of at most so many letters."""
        found = self._of_type(name, str)
        if found is None:
            return None
        if len(found) > most:
            raise refused(name, "text_too_long", f"Tulisan paling banyak {most} huruf.")
        return found.strip() or None

    def whole(self, name: str, least: int, most: int) -> int | None:
        """A whole number within bounds."""
        found = self._take(name)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= most:
            raise refused(name, "number_wrong", f"Isi angka {least} sampai {most}.")
        return found

    def number(self, name: str) -> float | None:
        """A number, whole or not."""
        found = self._take(name)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise refused(name, "number_wrong", "Isi dengan angka.")
        return float(found)

    def flag(self, name: str) -> bool:
        """Yes or no; nothing said is no."""
        return bool(self._of_type(name, bool))

    def choice(self, name: str, known: Collection[str]) -> str | None:
        """One of the known values."""
        found = self._of_type(name, str)
        if found and found not in known:
            raise refused(name, "choice_unknown", "Pilihan ini tidak dikenal.")
        return found or None

    def day(self, name: str) -> date | None:
        """A day, as ISO text."""
        return self._spelled(name, _day)

    def instant(self, name: str) -> datetime | None:
        """An instant with its offset, as ISO text."""
        return self._spelled(name, instant_of)

    def key(self, name: str) -> UUID | None:
        """An id."""
        return self._spelled(name, id_of)

    def items(self, name: str, most: int) -> list[Any]:
        """A list of at most so many things; empty when nothing is said."""
        found = self._of_type(name, list) or []
        if len(found) > most:
            raise refused(name, "too_many", f"Paling banyak {most}.")
        return found

    def pairs(self, name: str, most: int) -> dict[str, Any]:
        """An object used as a dictionary; empty when nothing is said."""
        found = self._of_type(name, dict) or {}
        if len(found) > most:
            raise refused(name, "too_many", f"Paling banyak {most}.")
        return found

    def _take(self, name: str) -> Any:
        self._asked.add(name)
        return self._said.get(name)

    def _of_type(self, name: str, kind: type[T]) -> T | None:
        found = self._take(name)
        if found is None or isinstance(found, kind):
            return found
        raise refused(name, "type_wrong", "Isian ini tidak dapat dibaca.")

    def _spelled(self, name: str, read: Callable[[str], T | None]) -> T | None:
        found = self._of_type(name, str)
        if not found:
            return None
        value = read(found)
        if value is None:
            raise refused(name, "type_wrong", "Isian ini tidak dapat dibaca.")
        return value


def refused(field: str, code: str, message: str) -> InvalidInput:
    """A refusal at a field."""
    return InvalidInput(code, field=field, message=message)


def needed(field: str, value: T | None) -> T:
    """The value of a field that may not be left out."""
    if value is None:
        raise refused(field, "field_missing", "Kiriman ini tidak lengkap.")
    return value


def objects(field: str, values: Iterable[Any]) -> list[Fields]:
    """The things of a list, each of which must be an object."""
    found = []
    for value in values:
        if not isinstance(value, dict):
            raise refused(field, "type_wrong", "Isian ini tidak dapat dibaca.")
        found.append(Fields(value))
    return found


def instant_of(text: str) -> datetime | None:
    """An aware instant from ISO text; None for anything else, and far from our times."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.tzinfo is None or not _FIRST_YEAR < found.year < _LAST_YEAR:
        return None
    return found


def day_text(day: date | None) -> str | None:
    """A day as phones write and read it."""
    return None if day is None else day.isoformat()


def decimal_text(value: Decimal | None) -> str | None:
    """A number as it is typed: a comma before the fraction."""
    return None if value is None else f"{value:f}".replace(".", ",")


def offset_minutes(instant: datetime) -> int:
    """Minutes east of UTC."""
    offset = instant.utcoffset()
    return 0 if offset is None else int(offset.total_seconds() // 60)


def as_utc(instant: datetime) -> datetime:
    """The same instant in UTC."""
    return instant.astimezone(UTC)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return found if found is not None and _FIRST_YEAR <= found.year < _LAST_YEAR else None
