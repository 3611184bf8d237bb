"""Sums in words, so that a slip of the finger is heard when it is read."""

from __future__ import annotations

_SMALL = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))
_TEN, _TWENTY, _HUNDRED, _THOUSAND = 10, 20, 100, 1000


def in_words(number: int) -> str:
    """A whole number below a thousand trillion, spelled.

    >>> in_words(1250000), in_words(1015), in_words(-211)
    ('satu juta dua ratus lima puluh ribu', 'seribu lima belas', 'minus dua ratus sebelas')
    """
    if number < 0:
        return f"minus {in_words(-number)}"
    if number == 0:
        return _SMALL[0]
    words = []
    for scale, name in _SCALES:
        count, number = divmod(number, scale)
        if count == 1 and scale == _THOUSAND:
            words.append("seribu")
        elif count:
            words.append(f"{_below_thousand(count)} {name}")
    if number:
        words.append(_below_thousand(number))
    return " ".join(words)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, _HUNDRED)
    words = []
    if hundreds:
        words.append("seratus" if hundreds == 1 else f"{_SMALL[hundreds]} ratus")
    if rest:
        words.append(_below_hundred(rest))
    return " ".join(words)


def _below_hundred(number: int) -> str:
    if number < len(_SMALL):
        return _SMALL[number]
    if number < _TWENTY:
        return f"{_SMALL[number - _TEN]} belas"
    tens, ones = divmod(number, _TEN)
    return f"{_SMALL[tens]} puluh" + (f" {_SMALL[ones]}" if ones else "")
