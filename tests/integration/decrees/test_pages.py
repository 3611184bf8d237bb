"""Pages of decrees: for who answers for the whole country, and nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise
from app.places.models import AreaDecree

LOSARI, NEW = "33.02.04.2005", "33.02.04.2099"
DECREE = {
    "number": "Perda 12/2026",
    "decided_on": local_today().isoformat(),
    "source": "Lembaran Daerah",
    "lines": f"{LOSARI}; {LOSARI}\n{LOSARI}; {NEW}; Losari Wetan; dusun: Karang",
}


@pytest.mark.parametrize(
    ("role", "area"),
    [
        (Role.ADMIN, "33.02"),
        (Role.LABOUR_OFFICER, "33.02"),
        (Role.VILLAGE_OFFICER, LOSARI),
        (Role.MENTOR, "33.02"),
    ],
)
def test_who_does_not_answer_for_the_country_is_turned_away(factories, as_role, role, area):
    factories.enterprise(village_code=LOSARI, hamlet="Karang")
    client = as_role(role, area)

    assert client.get("/wilayah/keputusan").status_code == 403
    assert client.post("/wilayah/keputusan/baru", data=DECREE).status_code == 403
    assert db.session.query(AreaDecree).count() == 0


def test_an_admin_sees_what_would_move_before_it_moves(factories, admin_client):
    factories.enterprise(name="Keripik Karang", village_code=LOSARI, hamlet="Karang")
    factories.account(role=Role.VILLAGE_OFFICER, area=LOSARI, name="Petugas Losari")

    answer = admin_client.post("/wilayah/keputusan/baru", data=DECREE)
    page = admin_client.get(answer.location).get_data(as_text=True)

    assert answer.status_code == 303
    assert "Losari Wetan" in page
    assert "Petugas Losari" in page
    assert db.session.query(Enterprise).one().village_code == LOSARI
    done = admin_client.post(f"{answer.location}/terapkan")
    assert done.status_code == 303
    assert db.session.query(Enterprise).one().village_code == NEW
    assert "Diterapkan" in admin_client.get(answer.location).get_data(as_text=True)
    assert admin_client.post(f"{answer.location}/terapkan").status_code == 409
    assert admin_client.post(f"{answer.location}/hapus").status_code == 409


def test_a_draft_is_thrown_away_and_a_wrong_line_is_refused(factories, admin_client):
    factories.enterprise(village_code=LOSARI)

    wrong = admin_client.post("/wilayah/keputusan/baru", data={**DECREE, "lines": "Losari"})
    made = admin_client.post("/wilayah/keputusan/baru", data=DECREE)
    gone = admin_client.post(f"{made.location}/hapus")

    assert wrong.status_code == 422
    assert "Baris 1" in wrong.get_data(as_text=True)
    assert gone.status_code == 303
    assert db.session.query(AreaDecree).count() == 0


def test_the_command_shows_first_and_then_moves(factories, app, tmp_path: Path):
    key = factories.enterprise(village_code=LOSARI, hamlet="Karang").id
    file = tmp_path / "keputusan.txt"
    file.write_text(DECREE["lines"], encoding="utf-8")
    words = ["decrees", "apply", str(file), "--number", "Perda 12", "--source", "Lembaran"]
    words += ["--date", DECREE["decided_on"]]
    runner = app.test_cli_runner()

    shown = runner.invoke(args=[*words, "--check-only"])

    assert f"{LOSARI} -> {NEW}  1 usaha" in shown.output
    assert db.session.get_one(Enterprise, key).village_code == LOSARI
    done = runner.invoke(args=words)
    assert done.exit_code == 0, done.output
    db.session.expire_all()
    assert db.session.get_one(Enterprise, key).village_code == NEW
