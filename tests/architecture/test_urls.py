"""Every address has a door, and every answer its headers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.accounts.guards import access_map
from app.core.permissions import Permission
from app.factory import create_app
from app.web.access import access_of
from app.web.headers import CONTENT_SECURITY_POLICY
from tests.conftest import make_tables, settings_for

# Whoever is not logged in finds these and nothing else.
OPEN_ENDPOINTS = {
    "accounts.forgot",
    "accounts.home",
    "accounts.sign_in",
    "accounts.sign_in_try",
    # The calendar program of a mentor reads it by the secret in its address.
    "calendar_feeds.feed",
    # What an enterprise makes, for who has its link.
    "business_cards.door",
    "business_cards.enter",
    "business_cards.show",
    # Owners come in with the code of their card.
    "card_door.door",
    "card_door.enter",
    # A buyer sees the one product whose link somebody gave them.
    "cards.door",
    "cards.enter",
    "cards.picture",
    "cards.show",
    # The app of mentors: its shell holds nothing personal.
    "field.later",
    "field.manifest",
    "field.shell",
    "field.worker",
    # A description of the requests that phones make, without anybody's data.
    "field_api.openapi",
    # Another office answers a referral by the code of its link.
    "interventions.guest",
    "interventions.guest_accept",
    "interventions.guest_decline",
    "interventions.guest_enter",
    "interventions.guest_finish",
    "interventions.guest_leave",
    "interventions.guest_referral",
    "static",
}
SAFE = {"GET", "HEAD", "OPTIONS"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application on an empty SQLite file."""
    folder = tmp_path_factory.mktemp("site")
    app = create_app(settings_for(f"sqlite:///{folder}/site.sqlite3", folder))
    make_tables(app)
    return app


def test_every_address_says_what_it_asks_for(site):
    silent = [
        f"{rule.endpoint} {rule.rule}"
        for rule in site.url_map.iter_rules()
        if access_of(site.view_functions[rule.endpoint]) is None
    ]

    assert silent == []


def test_only_the_listed_addresses_are_open_to_all(site):
    open_to_all = {line["endpoint"] for line in access_map(site) if line["scope"] == "open"}

    assert open_to_all <= OPEN_ENDPOINTS


def test_every_permission_that_is_asked_for_is_somebodys(site):
    lonely = [line["endpoint"] for line in access_map(site) if not line["roles"]]

    assert lonely == []


def test_every_permission_opens_some_page(site):
    used = {line["permission"] for line in access_map(site)}
    # These pages belong to later stages; role, reach and log-in exist already. Others are asked
    # for inside a page and not at its door.
    without_page = {
        Permission.BUYER_MANAGE,
        Permission.CERTIFICATE_BATCH,
        Permission.CHANNEL_ALLOW,
        Permission.COOPERATIVE_PAGE,
        Permission.MARKET_READ,
        Permission.MARKET_WRITE,
        Permission.RULE_MANAGE,
        Permission.FIELD_MANAGE,
        Permission.ENTERPRISE_READ_NIK,
        Permission.ENTERPRISE_READ_PHONE,
    }

    assert {str(one) for one in Permission} - used <= {str(one) for one in without_page}


def test_addresses_are_indonesian_words_without_endings(site):
    for rule in site.url_map.iter_rules():
        assert rule.rule == rule.rule.lower() or "<" in rule.rule
        assert not rule.rule.endswith("/") or rule.rule == "/"
        assert "_" not in rule.rule.partition("<")[0]


def test_strangers_are_sent_to_the_log_in_from_every_other_address(site):
    client = site.test_client()
    for rule in site.url_map.iter_rules():
        if rule.endpoint in OPEN_ENDPOINTS or rule.arguments:
            continue
        for method in (rule.methods or set()) & {"GET", "POST"}:
            answer = client.open(rule.rule, method=method)
            if rule.rule.startswith("/api/"):
                # A program is told so, and never led to a page.
                assert answer.status_code in {401, 403}, rule.rule
                assert answer.is_json, rule.rule
            elif method == "GET":
                assert answer.status_code == 303, rule.rule
                assert answer.location.startswith("/masuk"), rule.rule
            else:
                assert answer.status_code in {400, 401}, rule.rule


@pytest.mark.parametrize("path", ["/masuk", "/", "/tidak-ada", "/static/tidak-ada.css"])
def test_every_answer_carries_the_headers(site, path):
    answer = site.test_client().get(path)

    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_policy_allows_nothing_inline_and_nobody_else():
    assert CONTENT_SECURITY_POLICY == (
        "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


def test_cookie_is_out_of_reach_for_scripts_and_other_sites(site):
    answer = site.test_client().get("/masuk")

    cookie = answer.headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_cookie_in_production_is_bound_to_this_host_over_tls(tmp_path: Path):
    settings = replace(
        settings_for(f"sqlite:///{tmp_path}/p.sqlite3", tmp_path),
        is_production=True,
        trusted_hosts=("pulih.test",),
    )
    app = create_app(settings)
    make_tables(app)

    answer = app.test_client().get("/masuk", base_url="https://pulih.test")

    assert answer.headers["Set-Cookie"].startswith("__Host-pulih=")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_other_host_names_are_refused_when_ours_are_named(tmp_path: Path):
    settings = replace(
        settings_for(f"sqlite:///{tmp_path}/h.sqlite3", tmp_path), trusted_hosts=("pulih.test",)
    )
    app = create_app(settings)
    make_tables(app)

    answer = app.test_client().get("/masuk", base_url="http://jahat.test")

    assert answer.status_code == 400


def test_form_without_its_token_is_refused(site):
    answer = site.test_client().post("/masuk", data={"name": "a", "password": "b"})

    assert answer.status_code == 400


def test_safe_methods_only_where_nothing_changes(site):
    for rule in site.url_map.iter_rules():
        methods = (rule.methods or set()) - SAFE
        # Forms only know POST; the app on the phone knows the others too.
        known = {"POST", "PATCH", "DELETE"} if rule.rule.startswith("/api/") else {"POST"}

        assert methods <= known, rule.rule
