"""Messy and hostile spreadsheets, made here so that no file of a real office is needed.

Each function gives the bytes of one file. Names, numbers and places are invented.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import xlsxwriter

HEADER = ("No", "Nama Usaha", "Nama Pemilik", "NIK", "No HP", "Desa", "Kecamatan", "Omset/bln")
KERIPIK = ("Keripik Tempe Sari", "Siti Aminah", "3302045908850001", "081234567801", "Losari",
           "Rawalo", "2,5 jt")  # fmt: skip
BATIK = ("Batik Sekar", "Rahayu Lestari", "3302044107900002", "0812-3456-7802", "Losari",
         "Rawalo", "Rp1.250.000,-")  # fmt: skip
BENGKEL = ("Bengkel Maju", "Budi Santoso", "3302041203780003", "+62 812 3456 7803", "Menganti",
           "Rawalo", "1.750.000")  # fmt: skip
ROWS = tuple((number, *row) for number, row in enumerate((KERIPIK, BATIK, BENGKEL), start=1))


def workbook(*sheets: tuple[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook whose sheets hold these rows from A1 on; texts stay texts."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    days = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, (date, datetime)):
                    sheet.write_datetime(row, column, cell, days)
                elif isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                elif cell is not None:
                    sheet.write(row, column, cell)
    book.close()
    return out.getvalue()


def clean() -> bytes:
    """Three enterprises under a plain header."""
    return workbook(("Data", [HEADER, *ROWS]))


def titles_above_and_total_below() -> bytes:
    """A list as it is printed: titles, numbering, a blank row, a total, a signature."""
    return workbook(
        (
            "Rekap 2026",
            [
                ("DATA USAHA PMI PURNA",),
                ("KECAMATAN RAWALO KABUPATEN BANYUMAS",),
                (),
                HEADER,
                tuple(range(1, len(HEADER) + 1)),
                ROWS[0],
                (),
                ROWS[1],
                ("", "Jumlah", "", "", "", "", "", 3_750_000),
                (),
                ("", "", "", "", "", "", "Mengetahui, Kepala Dinas"),
            ],
        )
    )


def two_line_header() -> bytes:
    """Upper cells merged over several columns, others over two rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data"
    sheet.append(["Nama Usaha", "Pemilik", None, "Alamat", None, "Tenaga Kerja", None])
    sheet.append([None, "Nama", "NIK", "Desa", "Kecamatan", "L", "P"])
    for cells in ("A1:A2", "B1:C1", "D1:E1", "F1:G1"):
        sheet.merge_cells(cells)
    sheet.append(["Keripik Sari", "Siti", "3302045908850001", "Losari", "Rawalo", 1, 2])
    return _saved(book)


def shouting_headers_in_other_order() -> bytes:
    """Upper case, no-break spaces, abbreviations, another order."""
    header = ("OMZET PER BULAN\u00a0", "KEC.", "DESA/KEL", "NO. TELP ", "NO. KTP (16 DIGIT)",
              "NAMA PEMILIK\u00a0", "  NAMA  UMKM")  # fmt: skip
    return workbook(("Data", [header, tuple(reversed(KERIPIK))]))


def several_sheets() -> bytes:
    """One sheet a village, a sheet of notes without headers, and a hidden one."""
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Losari"
    second = book.create_sheet("Menganti")
    notes = book.create_sheet("Catatan")
    hidden = book.create_sheet("Lama")
    hidden.sheet_state = "hidden"
    for sheet, row in ((first, ROWS[0]), (second, ROWS[2]), (hidden, ROWS[1])):
        sheet.append(HEADER)
        sheet.append(row)
    notes["B2"] = "Diisi oleh pendamping"
    return _saved(book)


def doubled_header() -> bytes:
    """Two columns of the same name."""
    header = (*HEADER, "no. hp")
    return workbook(("Data", [header, (*ROWS[0], "081234567899")]))


def hidden_rows_and_column() -> bytes:
    """A row and a column that nobody sees."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (HEADER, *ROWS):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    return _saved(book)


def numeric_identity() -> bytes:
    """NIKs as number, shortened, too short, and with apostrophe and spaces; a phone as number."""
    nik_column = (3302045908850001, "3.30E+15", "330204590885000", "'3302 0459 0885 0001")
    rows = [
        (index, f"Usaha {'ABCD'[index]}", f"Pemilik {'ABCD'[index]}", nik, 81234567800 + index,
         "Losari", "Rawalo", "")
        for index, nik in enumerate(nik_column)
    ]  # fmt: skip
    return workbook(("Data", [HEADER, *rows]))


def odd_money() -> bytes:
    """Amounts in words, about, with two readings, as range, and empty."""
    amounts = ("±500rb", "1jt500", "10M", "500rb-1jt", "-", "nihil", "1.250", "dua juta")
    rows = [
        (index, f"Usaha {'ABCDEFGH'[index]}", "Siti", "", "", "Losari", "Rawalo", amount)
        for index, amount in enumerate(amounts)
    ]
    return workbook(("Data", [HEADER, *rows]))


def odd_days(days: Sequence[Any]) -> bytes:
    """One enterprise for each way of writing a day."""
    header = ("Nama Usaha", "Nama Pemilik", "Desa", "Kecamatan", "Tanggal Pulang")
    rows = [
        (f"Usaha {chr(65 + index)}", "Siti", "Losari", "Rawalo", day)
        for index, day in enumerate(days)
    ]
    return workbook(("Data", [header, *rows]))


def month_first_column() -> bytes:
    """One day that can only be month-first, among others."""
    return odd_days(["05/06/2023", "08/17/2023", date(2023, 8, 17), "17 Agt 2023"])


def broken_cells() -> bytes:
    """A formula that was never calculated, an error, and merged cells among the rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (HEADER, *ROWS, (4, *BENGKEL), (5, *BATIK)):
        sheet.append(row)
    sheet["B2"] = "=A1&A2"
    sheet["H3"] = "#REF!"
    sheet["H3"].data_type = "e"
    sheet.merge_cells("F5:F6")
    return _saved(book)


def formula_texts() -> bytes:
    """Names that a careless program would run."""
    texts = ('=HYPERLINK("http://x","Sari")', "+cmd", "-2+3 Sari", "@SUM(A1)", "＝1 Sari")
    rows = [
        (index, text, "Siti", "", "", "Losari", "Rawalo", "") for index, text in enumerate(texts)
    ]
    return workbook(("Data", [HEADER, *rows]))


def csv_text(encoding: str = "utf-8", separator: str = ";") -> bytes:
    """A CSV file with names that break when it is read in the wrong encoding."""
    rows = [HEADER, (1, "Ngasêm Jaya", "Nur’aini", *KERIPIK[2:])]
    lines = [
        separator.join(f'"{cell}"' if separator in str(cell) else str(cell) for cell in row)
        for row in rows
    ]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def far_cell() -> bytes:
    """A declared size of the whole grid and a formatted, empty cell in its last corner."""
    return _with_sheet(
        '<dimension ref="A1:XFD1048576"/><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Nama Usaha</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Nama Pemilik</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Sari</t></is></c>'
        '<c r="B2" t="inlineStr"><is><t>Siti</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    )


def far_value() -> bytes:
    """A value in the last corner of the grid."""
    return _with_sheet(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )


def many_rows(count: int) -> bytes:
    """A sheet of `count` short rows below a header."""
    rows = "".join(
        f'<row r="{number}"><c r="A{number}"><v>{number}</v></c></row>'
        for number in range(2, count + 2)
    )
    header = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Nama Usaha</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Nama Pemilik</t></is></c></row>'
    )
    return _with_sheet(f"<sheetData>{header}{rows}</sheetData>")


def zip_bomb(megabytes: int) -> bytes:
    """A sheet that unpacks to `megabytes` of nothing."""
    return _with_sheet(f"<sheetData>{' ' * 1_000_000 * megabytes}</sheetData>")


def lying_bomb(megabytes: int) -> bytes:
    """The same, with a directory that declares a small size."""
    content = bytearray(zip_bomb(megabytes))
    name = b"xl/worksheets/sheet1.xml"
    entry = content.rfind(b"PK\x01\x02", 0, content.rfind(name))
    struct.pack_into("<L", content, entry + 24, 1000)
    local = content.find(b"PK\x03\x04", content.find(name) - 30)
    struct.pack_into("<L", content, local + 22, 1000)
    return bytes(content)


def many_entries(count: int) -> bytes:
    """A zip of `count` empty parts."""
    out = BytesIO(clean())
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(count):
            archive.writestr(f"xl/x{number}.xml", b"")
    return out.getvalue()


def with_entry(name: str, content: bytes = b"x", *, attributes: int = 0) -> bytes:
    """A sound workbook with one more part."""
    out = BytesIO(clean())
    entry = zipfile.ZipInfo(name)
    entry.external_attr = attributes
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(entry, content)
    return out.getvalue()


def encrypted_entry() -> bytes:
    """A workbook whose directory says that a part has a password."""
    content = bytearray(clean())
    entry = content.find(b"PK\x01\x02")
    struct.pack_into("<H", content, entry + 8, 1)
    return bytes(content)


def billion_laughs() -> bytes:
    """Entities that grow, in the sheet."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return _with_sheet(
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData>',
        prolog=f'<!DOCTYPE worksheet [<!ENTITY l0 "ha">{entities}]>',
    )


def external_entity() -> bytes:
    """An entity that asks for a file of the server."""
    return _with_sheet(
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&f;</t></is></c></row></sheetData>',
        prolog='<!DOCTYPE worksheet [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
    )


def picture() -> bytes:
    """A PNG of one pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + kind + body + struct.pack(
            ">L", zlib.crc32(kind + body)
        )  # fmt: skip

    header = struct.pack(">LLBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def _with_sheet(body: str, *, prolog: str = "") -> bytes:
    """A sound workbook with the XML of its first sheet replaced."""
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + prolog
        + '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + body + "</worksheet>"
    )  # fmt: skip
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(clean())) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        for entry in source.infolist():
            is_sheet = entry.filename == "xl/worksheets/sheet1.xml"
            target.writestr(entry.filename, xml if is_sheet else source.read(entry))
    return out.getvalue()


def _saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def changed_cell(content: bytes, address: str, value: Any) -> bytes:
    """The workbook with one cell mended, as a person would."""
    book = openpyxl.load_workbook(BytesIO(content))
    book.active[address] = value
    return _saved(book)
