"""Addresses of cells."""

from __future__ import annotations


def column_letters(column: int) -> str:
    """The letters of a column counted from 1.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column, from 1.

    >>> column_number("AB")
    28
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(row: int, column: int) -> str:
    """The address of a cell.

    >>> cell_name(5, 3)
    'C5'
    """
    return f"{column_letters(column)}{row}"
