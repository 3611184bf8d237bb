"""The sealed file: what goes in comes out, and nothing else ever does."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.backup.sealed_file import CHUNK_BYTES, MAGIC, BackupBroken, SealedReader, SealedWriter

KEY, OTHER = b"k" * 32, b"o" * 32
HEADER_BYTES = len(MAGIC) + 8 + 32
SEALED_BYTES = CHUNK_BYTES + 16


def sealed(*parts: bytes, key: bytes = KEY) -> bytes:
    target = io.BytesIO()
    writer = SealedWriter(target, key)
    for part in parts:
        writer.write(part)
    writer.close()
    return target.getvalue()


def opened(content: bytes, *keys: bytes) -> bytes:
    return io.BufferedReader(SealedReader(io.BytesIO(content), keys or (KEY,))).read()


@pytest.mark.parametrize(
    "length", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 2_500_000]
)
def test_what_was_sealed_is_opened_whatever_its_length(length):
    content = bytes(range(256)) * (length // 256 + 1)

    assert opened(sealed(content[:length])) == content[:length]


def test_pieces_of_any_size_make_one_content():
    assert opened(sealed(b"satu ", b"", b"dua " * 300_000, b"tiga")) == (
        b"satu " + b"dua " * 300_000 + b"tiga"
    )


def test_nothing_of_the_content_stands_in_the_file():
    content = b"Ibu Kanarisari, 3302145208850003 " * 4000

    assert b"Kanarisari" not in sealed(content)
    assert sealed(content) != sealed(content)


def test_an_older_key_opens_what_it_sealed_and_a_foreign_one_says_so():
    content = sealed(b"isi", key=OTHER)

    assert opened(content, KEY, OTHER) == b"isi"
    with pytest.raises(BackupBroken, match="Kunci tidak cocok"):
        opened(content, KEY)


@given(place=st.integers(min_value=0), change=st.integers(min_value=1, max_value=255))
@settings(max_examples=60, deadline=None)
def test_no_byte_can_be_changed_unseen(place, change):
    content = bytearray(sealed(b"a" * 5000))
    content[place % len(content)] ^= change

    with pytest.raises(BackupBroken):
        opened(bytes(content))


@pytest.mark.parametrize(
    "length",
    [0, 5, HEADER_BYTES, HEADER_BYTES + SEALED_BYTES, HEADER_BYTES + 2 * SEALED_BYTES, -1],
)
def test_a_file_that_was_cut_is_refused_even_between_two_chunks(length):
    content = sealed(b"b" * (2 * CHUNK_BYTES + 500))

    with pytest.raises(BackupBroken):
        opened(content[:length])


def test_chunks_cannot_be_swapped_repeated_or_appended():
    content = sealed(b"c" * (2 * CHUNK_BYTES + 500))
    header, body = content[:HEADER_BYTES], content[HEADER_BYTES:]
    first, second, last = body[:SEALED_BYTES], body[SEALED_BYTES : 2 * SEALED_BYTES], body[-516:]

    for forged in (second + first + last, first + first + last, body + last, body + b"\x00"):
        with pytest.raises(BackupBroken):
            opened(header + forged)


def test_a_chunk_of_another_backup_with_the_same_key_does_not_fit():
    one, other = sealed(b"d" * 1000), sealed(b"d" * 1000)

    with pytest.raises(BackupBroken):
        opened(one[:HEADER_BYTES] + other[HEADER_BYTES:])


def test_a_file_of_another_kind_is_named_as_such():
    with pytest.raises(BackupBroken, match="bukan cadangan"):
        opened(b"SQLite format 3\x00" + b"\x00" * 200)
