"""Built style sheet, scripts and icon: names with a fingerprint, kept by browsers for a year."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask, Response, request, url_for

DIST = Path(__file__).parent / "static" / "dist"
_FOREVER = "public, max-age=31536000, immutable"


def read_manifest() -> dict[str, str]:
    """Fingerprinted file names by plain name, as the build wrote them."""
    manifest: dict[str, dict[str, str]] = json.loads((DIST / "manifest.json").read_text("utf-8"))
    return manifest["files"]


def init_static(app: Flask) -> None:
    """Serve the built files and give templates `asset("pulih.css")`."""
    app.static_folder = str(DIST.parent)
    app.static_url_path = "/static"
    files = read_manifest()
    fingerprinted = {f"/static/dist/{name}" for name in files.values()}

    def asset(name: str) -> str:
        return url_for("static", filename=f"dist/{files[name]}")

    @app.after_request
    def keep_built_files(response: Response) -> Response:
        if request.path in fingerprinted and response.status_code in (200, 304):
            response.headers["Cache-Control"] = _FOREVER
        return response

    app.jinja_env.globals["asset"] = asset
