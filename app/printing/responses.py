"""Sending a printed sheet to somebody who may see it."""

from __future__ import annotations

from flask import Response


def pdf_response(pdf: bytes, *, filename: str) -> Response:
    """The PDF as a download called `filename` (ours: ASCII, without quotes), kept by no cache."""
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
