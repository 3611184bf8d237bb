"""What an address or a form asks for."""

from __future__ import annotations

from uuid import UUID

from werkzeug.datastructures import MultiDict


def id_of(word: str) -> UUID | None:
    """The id that a word is, or None."""
    try:
        return UUID(word)
    except ValueError:
        return None


def ids_of(words: MultiDict[str, str], name: str) -> list[UUID]:
    """The ids under a name, each once, in their order."""
    found = [id_of(word) for word in words.getlist(name)]
    return list(dict.fromkeys(one for one in found if one is not None))
