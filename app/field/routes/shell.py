"""The app's shell: one page without anything personal, kept by the phone with its few files."""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache

import brotli  # type: ignore[import-untyped]
from flask import Blueprint, Response, render_template, request, url_for

from app.field.rules.choices import book_choices, form_choices, saving_kinds
from app.web.access import open_to_all
from app.web.static import DIST, read_manifest

blueprint = Blueprint("field", __name__, template_folder="../templates")

APP_VERSION = "1.0"
_INDENTS = re.compile(r"\s*\n\s*")
# The phone takes the larger icons once, when the app is put on its home screen.
_ASSETS = ("lapangan.css", "lapangan.js", "lapangan-layar.js", "icon.svg")


@blueprint.get("/lapangan")
@open_to_all
def shell() -> Response:
    """The page that works without signal; what it shows lies on the phone."""
    page = _shell(_version())
    if not request.accept_encodings["br"]:
        return Response(page)
    # The same for all until the next release, so it is pressed as hard as can be, once.
    response = Response(_pressed(page), headers={"Content-Encoding": "br"})
    response.headers["Vary"] = "Accept-Encoding"
    return response


@blueprint.get("/lapangan/layar")
@open_to_all
def later() -> Response:
    """Screens that the app fetches once it runs: pieces of a page, personal to nobody."""
    return Response(_later(_version()))


@blueprint.get("/lapangan/sw.js")
@open_to_all
def worker() -> Response:
    """The service worker, told which files make up this version."""
    names = read_manifest()
    told = {
        "version": _version(),
        "shell": url_for(".shell"),
        "later": url_for(".later"),
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
    page = render_template("field/shell.html", version=version, choices=form_choices())
    # Every byte counts on a first load in a village; how templates are indented says nothing.
    return _INDENTS.sub("\n", page)


def _later(version: str) -> str:
    page = render_template(
        "field/later.html",
        version=version,
        choices=form_choices(),
        book=book_choices(),
        saving_kinds=saving_kinds(),
    )
    return _INDENTS.sub("\n", page)


@lru_cache(maxsize=2)
def _pressed(page: str) -> bytes:
    return bytes(brotli.compress(page.encode(), quality=11))


def _version() -> str:
    """Another text of the shell or another build is another version."""
    names = read_manifest()
    parts = (_shell(""), _later(""), *(names[name] for name in (*_ASSETS, "lapangan-sw.js")))
    return f"{APP_VERSION}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:10]}"
