"""Names as they are searched and sorted: the same on both databases."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘`"))
_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)
# What most names are; they only lose their case.
_PLAIN = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")


# A list is compared several times over, and the same names come again and again.
@lru_cache(maxsize=16_384)
def search_text(text: str) -> str:
    """The text without accents, case and punctuation, words parted by single spaces.

    >>> search_text("  Nur’aini  ÉNAK, Jaya ")
    'nuraini enak jaya'
    """
    if _PLAIN.fullmatch(text):
        return text.lower()
    # Apostrophes belong to the word ("Nur'aini" is one name), all other marks part words.
    joined = text.translate(_APOSTROPHES)
    if not joined.isascii():
        decomposed = unicodedata.normalize("NFKD", joined)
        joined = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return _NOT_WORD.sub(" ", joined.replace("_", " ")).casefold().strip()
