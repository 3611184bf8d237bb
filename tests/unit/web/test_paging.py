"""Cursors of keyset paging come back as they went, or are refused."""

from __future__ import annotations

import base64

import pytest

from app.core.errors import InvalidInput
from app.web.paging import Cursor, decode_cursor, encode_cursor


def test_a_cursor_comes_back_as_it_went():
    word = encode_cursor("keripik “Bu Nur” & anak", None, 573, is_backward=True)

    assert decode_cursor(word, key_count=3) == Cursor(
        keys=("keripik “Bu Nur” & anak", None, 573), is_backward=True
    )


def test_a_cursor_needs_no_escaping_in_an_address():
    word = encode_cursor("???>>>~~~" * 5)

    assert word.replace("-", "").replace("_", "").isalnum()


def test_no_cursor_is_the_first_page():
    assert decode_cursor("", key_count=2) is None
    assert decode_cursor(None, key_count=2) is None


@pytest.mark.parametrize(
    "word",
    [
        "x",
        "'; DROP TABLE enterprise; --",
        encode_cursor("only one"),
        base64.urlsafe_b64encode(b'{"a": 1}').decode(),
        base64.urlsafe_b64encode(b'[0, [1], {"a": 1}]').decode(),
        base64.urlsafe_b64encode(b"[7, 1, 2]").decode(),
        "W" * 5000,
        base64.urlsafe_b64encode(b"[" * 1400).decode(),
    ],
)
def test_a_cursor_that_nobody_made_is_refused(word):
    with pytest.raises(InvalidInput) as refusal:
        decode_cursor(word, key_count=2)

    assert refusal.value.code == "cursor_unknown"
