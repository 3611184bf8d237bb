"""Printed sheets: hostile words stay words, the same sheet is the same bytes, nothing leaks in."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.printing import render_pdf
from app.printing.signs import printable
from tests.pdf_text import page_count, pdf_text

SAMPLE = Path(__file__).parent / "sample.typ"
CODE = Path(__file__).parents[3] / "app"
MADE_AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
HOSTILE = [
    'Sari #1 "Jaya" $x$',
    "<script>alert(1)</script>",
    '#read("/etc/passwd") #include "x" #image("y")',
    r"a \ b ] ) } `c` *d* _e_ @f ~g // h /* i",
    "{{7*7}} ${7*7} #(7*7)",
    "D'Ñami – Łódź ’n “Toko”",
]
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
)


def sheet(pictures: dict[str, bytes] | None = None, **changes: object) -> bytes:
    """The sample sheet, changed."""
    content = {
        "office": ["Dinas Tenaga Kerja Kabupaten Banyumas", "Purwokerto"],
        "subtitle": "Nomor 001/BAST/2026",
        "facts": [["Nama usaha", "Keripik Sari"], ["Alat", None]],
        "headings": ["Nama", "Jumlah"],
        "rows": [["Losari", 3], ["Jumlah", 3]],
        "photo_alt": "Alat saat diserahkan",
        "photo_caption": "Foto penyerahan",
        "chart_alt": "Batang jumlah usaha",
        "giver": "Budi",
        "taker": "Sari",
        **changes,
    }
    return render_pdf(
        SAMPLE, content, title="Berita acara", made_at=MADE_AT, pictures=pictures or {}
    )


def jpeg() -> bytes:
    """A photo."""
    buffer = BytesIO()
    Image.new("RGB", (80, 60), "#779988").save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.mark.parametrize("words", HOSTILE)
def test_typed_words_stay_words(words):
    made = sheet(facts=[["Nama", words]], giver=words)

    assert pdf_text(made).count(words) == 2


def test_every_part_is_on_the_sheet():
    text = pdf_text(sheet())

    for words in ("Purwokerto", "Nomor 001/BAST/2026", "Keripik Sari", "Losari 3", "Budi"):
        assert words in text
    assert "Dibuat dengan Pulih, 22 November 2026 10.00 WIB Halaman 1 dari 1" in text


def test_the_same_sheet_is_the_same_bytes():
    assert sheet(pictures={"foto": jpeg()}) == sheet(pictures={"foto": jpeg()})


def test_a_sheet_is_tagged_and_says_its_title_and_language():
    made = sheet(pictures={"foto": jpeg(), "grafik": SVG})

    assert b"/Marked true" in made
    assert b"/Lang(id-ID)" in made
    assert b"/Title(Berita acara)" in made
    assert b"pdfuaid:part" in made
    for alt in (b"Alat saat diserahkan", b"Batang jumlah usaha"):
        assert b"/Alt(" + alt + b")" in made


def test_a_photo_goes_in_unchanged():
    photo = jpeg()

    assert photo in sheet(pictures={"foto": photo})


def test_what_is_no_picture_is_refused():
    with pytest.raises(ValueError, match="foto"):
        sheet(pictures={"foto": b"<html>no picture</html>"})


@pytest.mark.parametrize(
    "words", ["😀", "中文", "ꦗꦮ", "\ue000", "\x00\x07", "\ufffe", "a\u0300\u0489"]
)
def test_signs_without_a_letter_in_our_fonts_do_not_stop_the_sheet(words):
    made = sheet(facts=[["Nama", f"Awal {words} akhir"]])

    assert re.search("Awal .*akhir", pdf_text(made))


def test_every_sign_let_through_can_be_printed():
    signs = [chr(code) for code in range(0x20, 0x3000) if printable(chr(code)) == chr(code)]
    rows = ["".join(f"{sign} " for sign in signs[at : at + 40]) for at in range(0, len(signs), 40)]

    made = sheet(rows=[[row, 1] for row in rows], facts=[[row, row] for row in rows])

    assert len(signs) > 1400
    assert page_count(made) > 1


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Sari 😀", "Sari □"),
        ("a\u202eb\u200bc\x00d", "abcd"),
        ("baris satu\nbaris dua", "baris satu\nbaris dua"),
        ("kol\tom", "kol om"),
        ("e\u0301", "é"),
        (12, 12),
        (None, None),
        ({"x": ("中",)}, {"x": ["□"]}),
    ],
)
def test_what_can_not_be_printed_becomes_a_box(typed, printed):
    assert printable(typed) == printed


@pytest.mark.parametrize("path", ["/etc/passwd", "../../../../../../etc/passwd"])
def test_a_template_reads_nothing_outside_its_folder(tmp_path, path):
    template = tmp_path / "curious.typ"
    template.write_text(f'#import "/layouts/sheet.typ": *\n#show: sheet\n#read("{path}")')

    with pytest.raises(RuntimeError):
        render_pdf(template, {}, title="Coba", made_at=MADE_AT)


def test_a_template_can_not_leave_out_what_a_picture_shows(tmp_path):
    template = tmp_path / "silent.typ"
    template.write_text(
        '#import "/layouts/sheet.typ": *\n#show: sheet\n#image("/pictures/0.jpg", width: 20mm)'
    )

    with pytest.raises(RuntimeError, match="alt"):
        render_pdf(template, {}, title="Coba", made_at=MADE_AT, pictures={"foto": jpeg()})


def test_no_template_runs_typed_words_or_fetches_from_afar():
    templates = list(CODE.rglob("*.typ"))

    assert templates
    for template in templates:
        text = template.read_text(encoding="utf-8")
        assert not re.search(r'\beval\(|"@|\bplugin\(', text), template
