"""Refusals and faults become Indonesian pages that say what to do and tell no secret."""

from __future__ import annotations

import re

import pytest

from tests.browserless import as_told

STATUSES = [
    ("not-found", 404),
    ("not-allowed", 403),
    ("invalid", 422),
    ("conflict", 409),
    ("wrong-state", 409),
    ("busy", 503),
    ("broken-database", 500),
    ("fault", 500),
]
AS_JSON = {"Accept": "application/json"}


@pytest.mark.parametrize(("how", "status"), STATUSES)
def test_each_refusal_has_its_status_and_a_page(stranger, how, status):
    answer = stranger.get(f"/uji/{how}")

    assert answer.status_code == status
    assert "<h1" in answer.text
    assert "Pulih" in answer.text


@pytest.mark.parametrize(("how", "status"), STATUSES)
def test_callers_that_ask_for_json_get_json(stranger, how, status):
    answer = stranger.get(f"/uji/{how}", headers=AS_JSON)

    assert answer.status_code == status
    assert set(answer.json) == {"code", "message", "field"}


def test_the_reason_and_the_field_of_a_refusal_are_told(stranger):
    assert "Isi nama usaha." in stranger.get("/uji/invalid").text
    assert stranger.get("/uji/invalid", headers=AS_JSON).json == {
        "code": "name_missing",
        "message": "Isi nama usaha.",
        "field": "name",
    }


def test_a_foreign_thing_answers_exactly_like_an_unknown_address(stranger):
    foreign = stranger.get("/uji/not-found")
    unknown = stranger.get("/tidak/ada/sama/sekali")

    assert as_told(foreign) == as_told(unknown)
    assert foreign.status_code == unknown.status_code == 404
    assert (
        stranger.get("/uji/not-found", headers=AS_JSON).json
        == stranger.get("/tidak/ada", headers=AS_JSON).json
    )


@pytest.mark.parametrize("how", ["busy", "broken-database", "fault"])
@pytest.mark.parametrize("headers", [{}, AS_JSON])
def test_a_fault_tells_neither_trace_nor_sql_nor_path(stranger, how, headers):
    text = stranger.get(f"/uji/{how}", headers=headers).text

    for secret in ("Traceback", "SELECT", "nik", "table", "/srv", "rahasia", "Error", "locked"):
        assert secret not in text


def test_a_busy_database_says_when_to_come_back(stranger):
    assert stranger.get("/uji/busy").headers["Retry-After"] == "5"


def test_a_form_that_lay_open_too_long_says_what_to_do(stranger):
    answer = stranger.post("/uji/ok", data={"name": "x"})

    assert answer.status_code == 400
    assert "terlalu lama terbuka" in answer.text
    assert "Muat ulang" in answer.text


def _sent_without_session(stranger, referrer):
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', stranger.get("/masuk").text)[1]
    return stranger.post(
        "/usaha/baru", data={"csrf_token": token, "name": "x"}, headers={"Referer": referrer}
    )


def test_who_sends_after_the_session_ended_is_told_and_led_back_through_the_log_in(stranger):
    answer = _sent_without_session(stranger, "http://localhost/usaha/baru?dari=daftar")

    assert answer.status_code == 401
    assert "Anda perlu masuk lagi" in answer.text
    assert "belum tersimpan" in answer.text
    assert 'href="/usaha/baru?dari=daftar"' in answer.text
    assert stranger.get("/usaha/baru").headers["Location"].startswith("/masuk?next=/usaha/baru")


@pytest.mark.parametrize(
    "referrer", ["http://lain.test/usaha/baru", "http://localhost//lain.test/x", "http://[", ""]
)
def test_an_error_page_leads_to_no_other_site(stranger, referrer):
    answer = _sent_without_session(stranger, referrer)

    assert answer.status_code == 401
    assert 'href="/' in answer.text
    assert 'href="//' not in answer.text
    assert 'href="http://lain.test' not in answer.text


def test_a_wrong_method_names_the_right_ones(stranger):
    answer = stranger.delete("/masuk")

    assert answer.status_code in (400, 405)
    assert "<h1" in answer.text


def test_too_large_a_request_is_refused_with_a_page(refusing, stranger):
    size = refusing.app.config["MAX_CONTENT_LENGTH"] + 1

    answer = stranger.post(
        "/masuk", headers={"Content-Length": str(size)}, content_type="multipart/form-data"
    )

    assert answer.status_code in (400, 413)
    assert "<h1" in answer.text
