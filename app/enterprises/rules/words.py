"""What somebody typed into the search box, and the words by which an enterprise is found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.errors import InvalidInput
from app.core.identity import parse_phone
from app.core.text import search_text

_MARKS = re.compile(r"[\s.\-–—'’`/()+]+")
_LONG_NUMBER = re.compile(r"\d(?:[\s.\-]?\d){14,}")
_NIK_DIGITS = 16
_NIB_DIGITS = 13
_MAX_WORDS = 6
_MAX_LETTERS = 60
SEARCH_WORDS_MAX = 600
# An entry of an index of PostgreSQL holds 2,704 bytes, of which a name may take 800.
_MOST_BYTES = 3 * SEARCH_WORDS_MAX


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a search asks for: a whole NIK, NIB or phone number, or words.

    `prefixes` begin a word of the enterprise, `words` (of one letter) are whole words of it.
    With none of all these nothing is found.
    """

    nik: str = ""
    nib: str = ""
    phone: str = ""
    prefixes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether a number was typed that stands for one person or enterprise."""
        return bool(self.nik or self.nib or self.phone)

    @property
    def is_empty(self) -> bool:
        """Whether nothing searchable was typed."""
        return not (self.is_number or self.prefixes or self.words)


def wanted(text: str) -> Wanted:
    """What `text` asks for.

    >>> wanted("Bu Sri, tempe").prefixes, wanted("0812 3456 7890").phone
    (('bu', 'sri', 'tempe'), '+6281234567890')
    """
    digits = _MARKS.sub("", text)
    if digits.isascii() and digits.isdigit():
        if len(digits) == _NIK_DIGITS:
            return Wanted(nik=digits)
        # Thirteen digits may be either; both are looked for.
        nib = digits if len(digits) == _NIB_DIGITS else ""
        phone = _phone(digits) if digits.startswith(("0", "62", "8")) else ""
        if nib or phone:
            return Wanted(nib=nib, phone=phone)
    # Long numbers beside words are most likely a NIK; they find nothing and must not be kept.
    text = _LONG_NUMBER.sub(" ", text)
    typed = [word[:_MAX_LETTERS] for word in search_text(text).split()][:_MAX_WORDS]
    return Wanted(
        prefixes=tuple(word for word in typed if len(word) > 1),
        words=tuple(word for word in typed if len(word) == 1),
    )


def search_words(*, name: str, owner_name: str, product_line: str | None) -> str:
    """The words by which an enterprise is found: its own, its owner's and its product's.

    >>> search_words(name="Keripik Én'ak", owner_name="Sri", product_line=None)
    'keripik enak sri'
    """
    return joined_words(search_text(name), search_text(owner_name), search_text(product_line or ""))


def joined_words(*searched: str) -> str:
    """The words of texts that went through `search_text` already, as `search_words` gives them.

    >>> len(joined_words("𠀀" * 600).encode())
    1800
    """
    words = " ".join(filter(None, searched))[:SEARCH_WORDS_MAX]
    if words.isascii():
        return words
    return words.encode()[:_MOST_BYTES].decode(errors="ignore")


def _phone(digits: str) -> str:
    try:
        return parse_phone(digits).value
    except InvalidInput:
        return ""


def without_long_numbers(text: str) -> str:
    """The text without what may be a NIK, for an address that browsers remember.

    >>> without_long_numbers("NIK 3302145208850003 Karto")
    'NIK Karto'
    """
    return " ".join(_LONG_NUMBER.sub(" ", text).split())
