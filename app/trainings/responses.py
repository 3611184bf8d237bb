"""The code at the door as a picture, the list to sign as a sheet."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import segno
from flask import Response

from app.core.clock import utc_now
from app.core.settings import current
from app.enterprises.rules.consents import WITHDRAWN
from app.printing import render_pdf
from app.trainings.queries import SessionPage
from app.web.filters import tanggal

_TEMPLATE = Path(__file__).parent / "prints" / "attendance.typ"
# Room for those who were not on the list.
_EMPTY_LINES = 15


def door_address(code: str) -> str:
    """The address that the code at the door stands for."""
    return f"{current().public_address.rstrip('/')}/hadir/{code}"


def code_picture(code: str) -> bytes:
    """The code as SVG."""
    buffer = BytesIO()
    segno.make(door_address(code), error="m").save(buffer, kind="svg", scale=6, border=4)
    return buffer.getvalue()


def picture_response(svg: bytes) -> Response:
    """The code as an answer that no cache keeps."""
    response = Response(svg, mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def attendance_sheet(page: SessionPage) -> bytes:
    """The list to sign: those marked already, empty lines, and the code."""
    line = page.line
    svg = code_picture(page.code)
    named = [one for one in page.enterprises if one.is_free]
    left_out = len(page.enterprises) - len(named)
    rows = [
        [str(number), f"{one.owner_name}, {one.name}", one.village.split(", ")[0], ""]
        for number, one in enumerate(named, start=1)
    ]
    first = len(rows) + 1
    rows += [[str(number), "", "", ""] for number in range(first, first + _EMPTY_LINES)]
    days = tanggal(line.held_on)
    if line.until_on != line.held_on:
        days = f"{days} sampai {tanggal(line.until_on)}"
    return render_pdf(
        _TEMPLATE,
        {
            "topic": line.topic,
            "facts": [
                ["Jenis", line.kind_label],
                ["Hari", days],
                ["Tempat", f"{line.place}, {line.village}".strip(", ")],
                ["Pelaksana", line.provider],
                ["Praktik sesudahnya", line.practice],
                ["Tidak dicetak", f"{left_out} {WITHDRAWN}" if left_out else ""],
            ],
            "rows": rows,
            "code_alt": "Kode untuk pendamping yang masuk dengan akunnya",
        },
        title="Daftar hadir",
        made_at=utc_now(),
        pictures={"kode": svg[svg.index(b"<svg") :]},
    )
