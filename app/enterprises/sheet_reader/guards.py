"""What is looked at before a file is opened: its real type, and the directory of its zip.

Nothing is unpacked here, so a bomb is refused in the time it takes to read its directory.
"""

from __future__ import annotations

import stat
import struct
import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from app.core.errors import InvalidInput
from app.enterprises.sheet_reader.shapes import Limits

NOT_XLSX = "Ini bukan berkas XLSX yang sah."
SAVE_AS = "Buka di Excel atau LibreOffice, lalu simpan sebagai Excel (.xlsx) atau CSV."
_END_OF_DIRECTORY = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES_AND_DOCUMENTS = {
    b"\x89PNG": "gambar PNG",
    b"\xff\xd8\xff": "foto JPEG",
    b"GIF8": "gambar GIF",
    b"%PDF": "dokumen PDF",
    b"Rar!": "arsip RAR",
    b"7z\xbc\xaf": "arsip 7z",
    b"\x1f\x8b": "arsip gzip",
    b"{\\rtf": "dokumen RTF",
}
_NESTED = (".zip", ".xlsx", ".xlsm", ".docx", ".ods", ".gz", ".7z", ".rar", ".exe", ".jar")
_LARGE_ENTRY = 1_000_000


def kind_of(content: bytes, file_name: str, limits: Limits) -> str:
    """`xlsx` or `csv`, by the content and not by the name.

    Raises:
        InvalidInput: too large, empty, or of another kind, with a hint what to do.
    """
    if len(content) > limits.max_bytes:
        megabytes = limits.max_bytes // 1_000_000
        raise InvalidInput(
            "file_too_large",
            message=f"Berkas lebih besar dari {megabytes} MB. Bagi menjadi beberapa berkas.",
        )
    if not content.strip(b"\x00\r\n\t "):
        raise InvalidInput("file_empty", message="Berkas ini kosong.")
    if content.startswith(b"PK"):
        check_zip(content, limits)
        return "xlsx"
    _refuse_other_kinds(content)
    if file_name.casefold().endswith((".xlsx", ".xlsm", ".xls", ".ods")):
        raise _not_xlsx(f"{NOT_XLSX} Isinya teks biasa; beri nama berakhiran .csv bila memang CSV.")
    return "csv"


def check_zip(content: bytes, limits: Limits) -> None:
    """Refuse a zip that is no plain XLSX, from its directory alone.

    Raises:
        InvalidInput: too many entries, too much when unpacked, odd names, links, macros, a
            password, or another kind of document.
    """
    end = content.rfind(_END_OF_DIRECTORY)
    if end < 0 or end + 22 > len(content):
        raise _not_xlsx(f"{NOT_XLSX} Berkas terpotong; kirim atau simpan ulang.")
    (count,) = struct.unpack_from("<H", content, end + 10)
    if count > limits.max_entries:
        raise _suspicious(f"berisi {count} bagian")
    try:
        entries = zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        raise _not_xlsx(f"{NOT_XLSX} Berkas rusak; simpan ulang dari aslinya.") from None
    names = [entry.filename for entry in entries]
    _check_document(set(names))
    if len(set(names)) != len(names) or len(names) > limits.max_entries:
        raise _suspicious("daftar isinya tidak wajar")
    for entry in entries:
        _check_entry(entry, limits)
    if sum(entry.file_size for entry in entries) > limits.max_unpacked:
        raise _suspicious("isinya terlalu besar setelah dibuka")


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(_OLE):
        raise InvalidInput(
            "file_is_old_excel",
            message=f"{NOT_XLSX} Ini Excel lama (.xls) atau berkas berkata sandi. {SAVE_AS}",
        )
    for start, label in _PICTURES_AND_DOCUMENTS.items():
        if content.startswith(start):
            raise _not_xlsx(f"{NOT_XLSX} Ini {label}. Unggah tabel Excel atau CSV.")
    head = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta")):
        raise _not_xlsx(f"{NOT_XLSX} Ini halaman web atau XML. {SAVE_AS}")


def _check_document(names: set[str]) -> None:
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise InvalidInput(
            "file_has_macros",
            message=f"{NOT_XLSX} Berkas ini berisi makro (.xlsm). {SAVE_AS}",
        )
    if "mimetype" in names and "content.xml" in names:
        raise _not_xlsx(f"{NOT_XLSX} Ini berkas OpenDocument (.ods). {SAVE_AS}")
    if "xl/workbook.bin" in names:
        raise _not_xlsx(f"{NOT_XLSX} Ini Excel biner (.xlsb). {SAVE_AS}")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise _not_xlsx(f"{NOT_XLSX} {SAVE_AS}")


def _check_entry(entry: zipfile.ZipInfo, limits: Limits) -> None:
    name = entry.filename
    if entry.flag_bits & 0x1:
        raise InvalidInput(
            "file_encrypted", message="Berkas ini berkata sandi. Hapus kata sandinya dulu."
        )
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name:
        raise _suspicious("nama bagiannya tidak wajar")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _suspicious("berisi tautan")
    if name.casefold().endswith(_NESTED):
        raise _suspicious("berisi berkas lain di dalamnya")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _suspicious("cara memampatkannya tidak dikenal")
    _check_sizes(entry, limits)


def _check_sizes(entry: zipfile.ZipInfo, limits: Limits) -> None:
    if entry.file_size > limits.max_unpacked:
        raise _suspicious("isinya terlalu besar setelah dibuka")
    is_strings = entry.filename.casefold().endswith("sharedstrings.xml")
    if is_strings and entry.file_size > limits.max_shared_strings:
        raise _suspicious("teks di dalamnya terlalu besar")
    if (
        entry.file_size > _LARGE_ENTRY
        and entry.file_size > max(1, entry.compress_size) * limits.max_ratio
    ):
        raise _suspicious("isinya terlalu besar setelah dibuka")


def _not_xlsx(message: str) -> InvalidInput:
    return InvalidInput("file_not_a_sheet", message=message)


def _suspicious(reason: str) -> InvalidInput:
    return InvalidInput(
        "file_suspicious",
        message=f"{NOT_XLSX} Berkas ini {reason}. Salin tabelnya ke berkas baru, lalu unggah.",
    )
