"""What stands on the pages of our own PDFs, read from the file itself.

Enough for what our renderer writes (plain objects, compressed streams, two-byte glyphs with a
table back to Unicode), so that the tests need no program that a bare machine lacks.
"""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\s*(.*?)\s*endobj", re.DOTALL)
_STREAM = re.compile(rb"^(<<.*?>>)\s*stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_FONTS = re.compile(rb"/Font<<(.*?)>>", re.DOTALL)
_TOKEN = re.compile(
    rb"/(f\d+) [\d.]+ Tf|(\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))|<([0-9A-Fa-f]+)>|\b(ET)\b",
    re.DOTALL,
)
_MARKED = re.compile(rb"<<(?:\((?:[^()\\]|\\.)*\)|[^()])*?>>BDC", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_text(pdf: bytes) -> str:
    """All words of all pages in reading order, parted by single blanks."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    pages = [body for body in objects.values() if re.search(rb"/Type/Page\b(?!s)", body)]
    assert pages, "no page found"
    return " ".join(" ".join(_page(body, objects) for body in pages).split())


def page_count(pdf: bytes) -> int:
    """How many pages it has."""
    return len(re.findall(rb"/Type/Page\b(?!s)", pdf))


def _page(body: bytes, objects: dict[int, bytes]) -> str:
    resources = body
    if not _FONTS.search(body):
        resources = objects[_reference(body, b"Resources")]
    found = _FONTS.search(resources)
    listed = re.findall(rb"/(f\d+) (\d+) 0 R", found[1]) if found else []
    fonts = {name: _letters(objects[int(number)], objects) for name, number in listed}
    content = _MARKED.sub(b"BDC", _inflated(objects[_reference(body, b"Contents")]))
    font: dict[int, str] = {}
    words = []
    for chosen, literal, digits, ended in _TOKEN.findall(content):
        if chosen:
            font = fonts[chosen]
        elif ended:
            words.append(" ")
        else:
            glyphs = bytes.fromhex(digits.decode()) if digits else _unescaped(literal[1:-1])
            pairs = zip(glyphs[::2], glyphs[1::2], strict=True)
            words += [font.get(high * 256 + low, "") for high, low in pairs]
    return "".join(words)


def _letters(font: bytes, objects: dict[int, bytes]) -> dict[int, str]:
    table = _inflated(objects[_reference(font, b"ToUnicode")])
    return {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL)
        for glyph, text in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block)
    }


def _reference(body: bytes, name: bytes) -> int:
    found = re.search(rb"/%s (\d+) 0 R" % name, body)
    assert found, name
    return int(found[1])


def _inflated(body: bytes) -> bytes:
    found = _STREAM.match(body)
    assert found, body[:80]
    return zlib.decompress(found[2])


def _unescaped(text: bytes) -> bytes:
    def plain(found: re.Match[bytes]) -> bytes:
        sign = found[1]
        return bytes([int(sign, 8)]) if sign[:1].isdigit() else _LETTERS.get(sign, sign)

    return _ESCAPED.sub(plain, text)
