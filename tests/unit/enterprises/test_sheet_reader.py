"""Files from outside are read within bounds or refused with a text that helps."""

import random
import time

import pytest

from app.core.errors import InvalidInput
from app.enterprises.sheet_reader import Limits, read_sheets
from app.enterprises.sheet_reader.child import messages, opened
from tests.cases import messy_sheets

LIMITS = Limits()
DAMAGE = ("file_unreadable", "file_not_a_sheet", "file_suspicious", "file_encrypted")
# A part of a zip that is a symbolic link.
LINK = 0o120777 << 16


def rows_of(content, file_name="daftar.xlsx", limits=LIMITS, only=None):
    with read_sheets(content, file_name=file_name, limits=limits, only=only) as book:
        return {sheet.name: list(sheet.rows) for sheet in book.sheets}


def refusal_of(content, file_name="daftar.xlsx", limits=LIMITS):
    with pytest.raises(InvalidInput) as refusal:
        rows_of(content, file_name, limits)
    return refusal.value


def test_cells_keep_their_types():
    rows = rows_of(messy_sheets.numeric_identity())["Data"]

    assert [type(cells[3]) for _, cells in rows[1:]] == [float, str, str, str]


def test_row_numbers_are_those_of_the_spreadsheet():
    rows = rows_of(messy_sheets.titles_above_and_total_below())["Rekap 2026"]

    assert [number for number, _ in rows] == [1, 2, 4, 5, 6, 8, 9, 11]


def test_hidden_sheets_are_left_out_unless_asked_for():
    content = messy_sheets.several_sheets()

    assert set(rows_of(content)) == {"Losari", "Menganti", "Catatan"}
    assert set(rows_of(content, only="Lama")) == {"Lama"}


def test_hidden_rows_columns_and_merges_are_told():
    content = messy_sheets.hidden_rows_and_column()

    with read_sheets(content, file_name="a.xlsx", limits=LIMITS) as book:
        sheet = next(iter(book.sheets))

    assert (sheet.hidden_rows, sheet.hidden_columns) == ([3], [4])


def test_errors_and_formulas_without_value_are_told_with_their_place():
    with read_sheets(messy_sheets.broken_cells(), file_name="a.xlsx", limits=LIMITS) as book:
        sheet = next(iter(book.sheets))

    places = {(oddity.row, oddity.column, oddity.kind) for oddity in sheet.oddities}
    assert places == {(2, 2, "formula"), (3, 8, "error")}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_without_broken_letters(encoding, separator):
    rows = rows_of(messy_sheets.csv_text(encoding, separator), "daftar.csv")["CSV"]

    assert rows[1][1][1:3] == ["Ngasêm Jaya", "Nur’aini"]


def test_csv_of_another_encoding_is_refused_and_not_guessed():
    content = "Nama Usaha;Pemilik\r\nЁлка;Ж\r\n".encode("cp1251")

    assert refusal_of(content, "a.csv").code == "encoding_unclear"


def test_csv_without_a_clear_separator_is_refused():
    assert refusal_of(b"Nama Usaha\nSari\nMaju\n", "a.csv").code == "separator_unclear"


def test_a_far_blank_cell_costs_nothing():
    started = time.monotonic()

    rows = rows_of(messy_sheets.far_cell())["Data"]

    assert [cells[:2] for _, cells in rows] == [["Nama Usaha", "Nama Pemilik"], ["Sari", "Siti"]]
    assert time.monotonic() - started < 5


def test_a_far_value_is_refused_with_its_address():
    refusal = refusal_of(messy_sheets.far_value())

    assert refusal.code == "too_many_columns"
    assert "XFD1048576" in refusal.message


def test_row_beyond_the_limit_is_refused_at_once():
    content = messy_sheets.many_rows(300_000)
    started = time.monotonic()

    refusal = refusal_of(content)

    assert refusal.code == "too_many_rows"
    assert "20.000 baris" in refusal.message
    assert time.monotonic() - started < 10


def test_csv_beyond_the_limit_is_refused():
    content = b"a;b\n" + b"x;y\n" * 300

    assert refusal_of(content, "a.csv", Limits(max_rows=200)).code == "too_many_rows"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (messy_sheets.zip_bomb(120), "file_suspicious"),
        (messy_sheets.zip_bomb(20), "file_suspicious"),
        (messy_sheets.lying_bomb(20), "file_unreadable"),
        (messy_sheets.many_entries(300), "file_suspicious"),
        (messy_sheets.many_entries(66_000), "file_suspicious"),
        (messy_sheets.with_entry("../../etc/cron.d/x"), "file_suspicious"),
        (messy_sheets.with_entry("xl/embeddings/inner.zip"), "file_suspicious"),
        (messy_sheets.with_entry("xl/link", attributes=LINK), "file_suspicious"),
        (messy_sheets.with_entry("xl/vbaProject.bin"), "file_has_macros"),
        (messy_sheets.encrypted_entry(), "file_encrypted"),
        (messy_sheets.billion_laughs(), "file_suspicious"),
        (messy_sheets.external_entity(), "file_suspicious"),
        (messy_sheets.picture(), "file_not_a_sheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file_is_old_excel"),
        (b"<html><table><tr><td>Nama Usaha</td></tr></table></html>", "file_not_a_sheet"),
        (b"Nama Usaha;Pemilik\nSari;Siti\n", "file_not_a_sheet"),
        (b"", "file_empty"),
        (b"PK\x03\x04 potong", "file_not_a_sheet"),
        (b"x" * 10_000_001, "file_too_large"),
    ],
)
def test_hostile_and_foreign_files_are_refused_with_a_hint(content, code):
    refusal = refusal_of(content)

    assert refusal.code == code
    assert refusal.message.endswith(".")


def test_a_truncated_file_is_refused_at_every_length():
    content = messy_sheets.clean()
    random.seed(5)

    for cut in random.sample(range(1, len(content)), 6):
        assert refusal_of(content[:cut]).code.startswith("file_")


def test_a_reader_that_needs_too_much_memory_is_stopped():
    content = messy_sheets.many_rows(15_000)

    refusal = refusal_of(content, limits=Limits(memory_bytes=8 * 1024 * 1024))

    assert refusal.code == "file_too_heavy"


def test_a_reader_that_needs_too_much_time_is_stopped():
    refusal = refusal_of(messy_sheets.many_rows(15_000), limits=Limits(seconds=0))

    assert refusal.code == "file_too_heavy"


def test_flipped_bits_are_read_or_refused_as_damage():
    random.seed(5)
    content = messy_sheets.clean()
    places = random.sample(range(len(content) * 8), 200)

    codes = {code_of(flipped(content, *divmod(place, 8))) for place in places}

    assert codes <= {None, *DAMAGE}


def flipped(content, place, bit):
    damaged = bytearray(content)
    damaged[place] ^= 1 << bit
    return bytes(damaged)


def code_of(content):
    """With what a file is refused, or None."""
    try:
        list(messages(opened(content, "daftar.xlsx", LIMITS)))
    except InvalidInput as refusal:
        return refusal.code
    return None


def test_a_reader_is_not_stopped_for_our_own_slowness():
    content = messy_sheets.many_rows(15_000)
    limits = Limits(seconds=6)

    with read_sheets(content, file_name="a.xlsx", limits=limits) as book:
        rows = iter(next(iter(book.sheets)).rows)
        next(rows)
        time.sleep(limits.seconds + 1)
        left = sum(1 for _ in rows)

    assert left == 15_000
