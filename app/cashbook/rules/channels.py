"""The channels of an enterprise as its book names them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.core.errors import InvalidInput
from app.core.text import search_text

_NAMED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class BookChannel:
    """A channel that runs; `is_on_ledger`: what it pays goes to its own ledger."""

    id: UUID
    name: str
    is_on_ledger: bool


def channel_named(typed: str, channels: Iterable[BookChannel]) -> BookChannel:
    """The channel of that name, whatever its capitals and accents.

    Raises:
        InvalidInput: there is none, or more than one.
    """
    known = tuple(channels)
    found = [one for one in known if search_text(one.name) == search_text(typed)]
    if len(found) == 1:
        return found[0]
    if found:
        message = "Lebih dari satu kanal bernama begini. Catat di buku kas, pilih kanalnya."
        raise InvalidInput("channel_unclear", field="channel", message=message)
    if not known:
        message = "Usaha ini belum punya kanal. Daftarkan dahulu, atau kosongkan selnya."
        raise InvalidInput("channel_unread", field="channel", message=message)
    names = ", ".join(one.name for one in known[:_NAMED])
    message = f"Kanal ini tidak ada di usaha ini. Tulis salah satu: {names}."
    raise InvalidInput("channel_unread", field="channel", message=message)


def owed_by_ledger_words(name: str) -> str:
    """Where goods belong that such a channel hasn't paid yet."""
    return f"Barang yang belum dibayar {name} dicatat sebagai kiriman di halaman kanalnya."
