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
_TOKEN = re.compile(rb"/(f\d+) [\d.]+ Tf|(<<)|(\()|<([0-9A-Fa-f]+)>|\b(ET)\b")
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


def run_count(pdf: bytes) -> int:
    """How many runs of letters there are: a line has one or more."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    pages = [body for body in objects.values() if re.search(rb"/Type/Page\b(?!s)", body)]
    contents = [_inflated(objects[_reference(body, b"Contents")]) for body in pages]
    return sum(len(re.findall(rb"\bET\b", one)) for one in contents)


def _page(body: bytes, objects: dict[int, bytes]) -> str:
    resources = body
    if not _FONTS.search(body):
        resources = objects[_reference(body, b"Resources")]
    found = _FONTS.search(resources)
    listed = re.findall(rb"/(f\d+) (\d+) 0 R", found[1]) if found else []
    fonts = {name: _letters(objects[int(number)], objects) for name, number in listed}
    content = _inflated(objects[_reference(body, b"Contents")])
    font: dict[int, str] = {}
    words = []
    at = 0
    while found_token := _TOKEN.search(content, at):
        at = found_token.end()
        chosen, marked, opened, digits, ended = found_token.groups()
        if chosen:
            font = fonts[chosen]
        elif marked:
            at = _end_of_mark(content, at)
        elif ended:
            words.append(" ")
        else:
            if opened:
                at = _end_of_literal(content, at)
                glyphs = _unescaped(content[found_token.end() : at - 1])
            else:
                glyphs = bytes.fromhex(digits.decode())
            pairs = zip(glyphs[::2], glyphs[1::2], strict=True)
            words += [font.get(high * 256 + low, "") for high, low in pairs]
    return "".join(words)


def _end_of_mark(content: bytes, at: int) -> int:
    """The place behind the words that stand for a picture, or say what a part is."""
    while content[at : at + 2] != b">>":
        at = _end_of_literal(content, at + 1) if content[at : at + 1] == b"(" else at + 1
    return at + 2


def _end_of_literal(content: bytes, at: int) -> int:
    """The place behind the bracket that closes a literal, which may hold brackets in pairs."""
    depth = 1
    while depth:
        sign = content[at : at + 1]
        depth += {b"(": 1, b")": -1}.get(sign, 0)
        at += 2 if sign == b"\\" else 1
    return at


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
