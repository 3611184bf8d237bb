"""Built style sheet, scripts and icon: names with a fingerprint, kept by browsers for a year.

The files are a few kilobytes and few, so they are read and compressed once, when the application
is made; nothing else is served as a file.
"""

from __future__ import annotations

import gzip
import json
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, request, url_for

from app.web.access import open_to_all

DIST = Path(__file__).parent / "static" / "dist"
_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltFile:
    """One built file as it is sent."""

    content: bytes
    compressed: bytes
    # What the build made lighter still; None for what it didn't.
    brotli: bytes | None
    content_type: str


def read_manifest() -> dict[str, str]:
    """Fingerprinted file names by plain name, as the build wrote them."""
    manifest: dict[str, dict[str, str]] = json.loads((DIST / "manifest.json").read_text("utf-8"))
    return manifest["files"]


def _read(name: str) -> BuiltFile:
    content = (DIST / name).read_bytes()
    lighter = DIST / f"{name}.br"
    return BuiltFile(
        content=content,
        compressed=gzip.compress(content, compresslevel=9, mtime=0),
        brotli=lighter.read_bytes() if lighter.exists() else None,
        content_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
    )


def _as_taken(found: BuiltFile) -> tuple[str, bytes]:
    """The lightest form that the browser reads, and what that form is called."""
    if found.brotli is not None and request.accept_encodings["br"]:
        return "br", found.brotli
    if request.accept_encodings["gzip"]:
        return "gzip", found.compressed
    return "", found.content


def init_static(app: Flask) -> None:
    """Serve the built files and give templates `asset("pulih.css")`."""
    names = read_manifest()
    built = {name: _read(name) for name in names.values()}

    @open_to_all
    def static(filename: str) -> Response:
        found = built.get(filename)
        if found is None:
            abort(404)
        encoding, content = _as_taken(found)
        response = Response(content, content_type=found.content_type)
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = _FOREVER
        return response

    def asset(name: str) -> str:
        return url_for("static", filename=names[name])

    app.add_url_rule("/static/<filename>", endpoint="static", view_func=static)
    app.jinja_env.globals["asset"] = asset
