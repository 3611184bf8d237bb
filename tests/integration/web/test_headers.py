"""Headers that keep browsers honest, on every kind of answer."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from app.web.static import read_manifest

PATHS = ["/masuk", "/", "/tidak-ada", "/uji/fault", "/uji/busy", "/uji/invalid"]
POLICY = (
    "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def built(name: str) -> str:
    """Address of a built file."""
    return f"/static/{read_manifest()[name]}"


@pytest.mark.parametrize("path", [*PATHS, built("pulih.css")])
def test_every_answer_carries_the_policy_and_its_companions(stranger, path):
    headers = stranger.get(path).headers

    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("path", PATHS)
def test_pages_are_never_kept_by_browsers_or_proxies(stranger, path):
    assert stranger.get(path).headers["Cache-Control"] == "no-store"


def test_only_production_demands_an_encrypted_line(refusing, stranger):
    assert "Strict-Transport-Security" not in stranger.get("/masuk").headers

    refusing.app.config["PULIH_PRODUCTION"] = True
    try:
        for path in (*PATHS, built("pulih.css")):
            value = stranger.get(path).headers["Strict-Transport-Security"]
            assert value == "max-age=31536000; includeSubDomains"
    finally:
        refusing.app.config["PULIH_PRODUCTION"] = False


@pytest.mark.parametrize("name", ["pulih.css", "pulih.js", "icon.svg"])
def test_built_files_are_kept_for_a_year_and_travel_compressed(stranger, name):
    plain = stranger.get(built(name))
    packed = stranger.get(built(name), headers={"Accept-Encoding": "gzip"})
    lighter = stranger.get(built(name), headers={"Accept-Encoding": "gzip, br"})

    assert plain.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert packed.headers["Content-Encoding"] == "gzip"
    assert lighter.content_length <= packed.content_length
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Set-Cookie" not in plain.headers


@pytest.mark.parametrize(
    "path", ["/static/manifest.json", "/static/../static.py", "/static/dist/x.css", "/static/"]
)
def test_nothing_else_is_served_as_a_file(stranger, path):
    assert stranger.get(path).status_code == 404


def test_a_page_has_nothing_inline_and_loads_nothing_from_elsewhere(stranger):
    page = stranger.get("/masuk").text

    assert not re.search(r"<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=|<style", page)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)


def test_pages_travel_compressed(refusing):
    browser = FlaskClient(refusing.app, refusing.app.response_class)

    answer = browser.get("/masuk", headers={"Accept-Encoding": "gzip"})

    assert answer.headers.get("Content-Encoding") == "gzip"
