"""Names as they are searched and sorted: the same on both databases."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)


def search_text(text: str) -> str:
    """The text without accents, case and punctuation, words parted by single spaces.

    >>> search_text("  Nur’aini  ÉNAK, Jaya ")
    'nuraini enak jaya'
    """
    # Apostrophes belong to the word ("Nur'aini" is one name), all other marks part words.
    joined = re.sub(r"['’‘`]", "", text)
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", joined)
        if not unicodedata.combining(character)
    )
    return _NOT_WORD.sub(" ", plain.replace("_", " ")).casefold().strip()
