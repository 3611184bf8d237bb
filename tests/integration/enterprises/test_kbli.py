"""Business fields in the forms: chosen by words, doubted when unknown, shown with their title."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.rules.kbli import forget_loaded, loaded_path

FORM = {
    "owner_name": "Siti Aminah",
    "category": "calon",
    "name": "Tempe Barokah",
    "village_code": "33.02.04.2005",
}


@pytest.fixture(autouse=True)
def village(factories):
    factories.village_rows()


def texts(response):
    return response.get_data(as_text=True)


def test_words_bring_fields_to_choose_from_without_script(officer_client):
    asked = officer_client.post("/usaha/baru", data={**FORM, "kbli_code": "tempe"})
    chosen = officer_client.post(
        "/usaha/baru", data={**FORM, "kbli_code": "tempe", "kbli_code-pilih": "10391"}
    )

    row = db.session.scalars(sa.select(Enterprise)).one()
    assert (asked.status_code, chosen.status_code) == (422, 303)
    assert 'value="10391"' in texts(asked)
    assert "Pilih bidang usaha yang dimaksud" in texts(asked)
    assert (row.kbli_code, row.kbli_version) == ("10391", "2020")
    assert "10391 Industri Tempe Kedelai (KBLI 2020)" in texts(officer_client.get(chosen.location))


def test_an_unknown_code_is_asked_about_and_kept_when_confirmed(officer_client):
    asked = officer_client.post("/usaha/baru", data={**FORM, "kbli_code": "99999"})
    kept = officer_client.post(
        "/usaha/baru",
        data={**FORM, "kbli_code": "99999", "is_checked": "y", "seen": "kbli_unknown_99999"},
    )

    assert asked.status_code == 422
    assert "99999 tidak ada dalam daftar KBLI 2020" in texts(asked)
    assert kept.status_code == 303
    assert "99999 (tidak ada dalam daftar)" in texts(officer_client.get(kept.location))


@pytest.mark.parametrize("typed", ["1039", "103911", "12.3"])
def test_what_is_neither_code_nor_words_is_refused(officer_client, typed):
    answer = officer_client.post("/usaha/baru", data={**FORM, "kbli_code": typed})

    assert answer.status_code == 422
    assert "5 angka" in texts(answer)


def test_a_confirmed_code_is_not_asked_about_again_and_another_is(officer_client, factories):
    row = factories.enterprise(kbli_code="99999")
    form = {"name": row.name, "village_code": row.village_code, "version": "1"}
    confirm = {"is_checked": "y", "seen": "kbli_unknown_99999"}
    address = f"/usaha/{row.id}/ubah"

    first = officer_client.post(address, data={**form, "kbli_code": "99999", **confirm})
    same = officer_client.post(address, data={**form, "kbli_code": "99999", "version": "2"})
    other = officer_client.post(address, data={**form, "kbli_code": "99998", "version": "3"})

    assert (first.status_code, same.status_code, other.status_code) == (303, 303, 422)


def test_suggestions_come_as_json_and_as_a_page(officer_client):
    suggested = officer_client.get("/usaha/kbli?q=tempe", headers={"Accept": "application/json"})
    page = texts(officer_client.get("/usaha/kbli?q=tempe"))

    assert {"code": "10391", "label": "10391 Industri Tempe Kedelai"} in suggested.json["matches"]
    assert "10391 Industri Tempe Kedelai" in page


def test_who_may_not_read_the_register_finds_no_fields(as_role):
    assert as_role(Role.ENTREPRENEUR).get("/usaha/kbli?q=tempe").status_code == 403


def test_an_office_loads_a_later_list_unchanged(app, tmp_path):
    rows = [{"code": f"{code:05d}", "title": "BIDANG"} for code in range(80000, 81500)]
    content = json.dumps(rows)
    file, wrong = tmp_path / "kbli.json", tmp_path / "lain.json"
    file.write_text(content)
    wrong.write_text("[]")
    runner = app.test_cli_runner()

    loaded = runner.invoke(args=["enterprises", "load-kbli", str(file)])
    refused = runner.invoke(args=["enterprises", "load-kbli", str(wrong)])
    kept = loaded_path("2025").read_text()
    loaded_path("2025").unlink()
    forget_loaded()

    assert (loaded.exit_code, loaded.output.strip()) == (0, "KBLI 2025: 1500 kelompok dimuat.")
    assert refused.exit_code == 1
    assert kept == content
