"""The app's shell: one page without anything personal, kept by the phone with its few files."""

from __future__ import annotations

import hashlib
import json

from flask import Blueprint, Response, render_template, url_for

from app.field.rules.choices import form_choices
from app.web.access import open_to_all
from app.web.static import DIST, read_manifest

blueprint = Blueprint("field", __name__, template_folder="../templates")

APP_VERSION = "1.0"
# The phone takes the larger icons once, when the app is put on its home screen.
_ASSETS = ("lapangan.css", "lapangan.js", "icon.svg")


@blueprint.get("/lapangan")
@open_to_all
def shell() -> str:
    """The page that works without signal; what it shows lies on the phone."""
    return _shell(_version())


@blueprint.get("/lapangan/sw.js")
@open_to_all
def worker() -> Response:
    """The service worker, told which files make up this version."""
    names = read_manifest()
    told = {
        "version": _version(),
        "shell": url_for(".shell"),
        "files": [
            url_for(".manifest"),
            *(url_for("static", filename=names[name]) for name in _ASSETS),
        ],
    }
    source = (DIST / names["lapangan-sw.js"]).read_text("utf-8")
    response = Response(
        f"self.PULIH = {json.dumps(told)};\n{source}", content_type="text/javascript"
    )
    # The script lies below the page that it serves.
    response.headers["Service-Worker-Allowed"] = url_for(".shell")
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/lapangan/manifest.json")
@open_to_all
def manifest() -> Response:
    """What the phone needs to put the app on its home screen."""
    names = read_manifest()

    def icon(name: str, sizes: str, purpose: str) -> dict[str, str]:
        return {
            "src": url_for("static", filename=names[name]),
            "sizes": sizes,
            "type": "image/png",
            "purpose": purpose,
        }

    told = {
        "id": url_for(".shell"),
        "name": "Pulih Lapangan",
        "short_name": "Pulih",
        "description": "Kunjungan dan penilaian usaha, juga tanpa sinyal",
        "lang": "id",
        "start_url": url_for(".shell"),
        "scope": url_for(".shell"),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0e4453",
        "icons": [
            icon("icon-192.png", "192x192", "any"),
            icon("icon-512.png", "512x512", "any"),
            icon("icon-maskable-512.png", "512x512", "maskable"),
        ],
    }
    return Response(json.dumps(told), content_type="application/manifest+json")


def _shell(version: str) -> str:
    return render_template("field/shell.html", version=version, choices=form_choices())


def _version() -> str:
    """Another text of the shell or another build is another version."""
    names = read_manifest()
    parts = (_shell(""), *(names[name] for name in (*_ASSETS, "lapangan-sw.js")))
    return f"{APP_VERSION}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:10]}"
