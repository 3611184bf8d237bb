"""One enterprise that was entered twice becomes one, and two again, in a real browser.

An officer has the doubles looked for, compares two side by side, keeps a value of each and merges
them; what was done for both stands with the kept one, whose old address leads there; the undoing
restores every row as it was.
"""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Page, expect

from app.core.clock import local_today
from app.db import db
from app.enterprises.models import Enterprise
from app.interventions.rules import current_catalogue
from app.quality.services.stored_rows import rows_where
from tests.e2e.conftest import OpenPage
from tests.e2e.site import Site
from tests.e2e.survey import judge
from tests.factories import accounts, enterprises, health, interventions, mentoring

TODAY = local_today()
# What belongs to an enterprise and is touched by a merger.
TABLES = ("owner", "enterprise", "assignment", "visit", "promise", "health_assessment",
          "class_span", "intervention")  # fmt: skip
KEPT, GONE = "Keripik Singkong Barokah", "Kripik Singkong Barokah"


def _twice(site: Site) -> SimpleNamespace:
    """One enterprise under two names, each with an assessment, a visit and a therapy."""
    site.bind()
    with site.app.app_context():
        officer = accounts.account(role="petugas_disnaker", name="Bu Ratna")
        mentor = mentoring.mentor(name="Pak Tono").account_id
        ids = []
        for name, person, therapy in ((KEPT, "Siti Aminah", "T01"), (GONE, "Siti Aminh", "T04")):
            owner = enterprises.owner(name=person, nik=None)
            row = enterprises.enterprise(owner=owner, name=name, sector="A")
            ids.append(row.id)
            mentoring.assigned(mentor, row, from_on=TODAY - timedelta(days=60))
            row = db.session.get_one(Enterprise, ids[-1])
            health.assessment(
                enterprise=row, health_class="sakit", assessed_on=TODAY - timedelta(days=30)
            )
            mentoring.visit(
                row, mentor, visited_on=TODAY - timedelta(days=9), findings=f"Temuan di {name}"
            )
            interventions.intervention(enterprise=row, therapy_code=therapy, state="berjalan")
        known = SimpleNamespace(cookie=site.cookie_of(officer), kept=ids[0], gone=ids[1])
        _let_go()
        return known


def _rows(site: Site) -> dict[str, list[dict[str, Any]]]:
    with site.app.app_context():
        tables = [db.metadata.tables[name] for name in TABLES]
        found = {
            table.name: rows_where(table, table.primary_key.columns.values()[0].is_not(None))
            for table in tables
        }
        _let_go()
        return found


def _let_go() -> None:
    db.session.remove()
    # A connection left open would be found when the tests end.
    db.engine.dispose()


def _find(desk: Page) -> None:
    desk.goto("/daftar-kerja")
    judge(desk)
    desk.get_by_role("link", name="pasang usaha mungkin ganda").click()
    judge(desk)
    desk.get_by_role("button", name="Cari usaha ganda sekarang").click()
    desk.get_by_role("link", name="Lihat hasilnya").click(timeout=60_000)
    expect(desk.get_by_text("1 pasang")).to_be_visible()
    judge(desk)
    desk.get_by_role("link", name=KEPT).click()


def _merge(desk: Page) -> None:
    expect(desk.get_by_text("Yang sama: nama usaha")).to_be_visible()
    judge(desk)
    # The name of the one that goes is kept, all else stays with the first.
    desk.get_by_label(GONE, exact=True).check()
    desk.get_by_role("button", name="Gabungkan menjadi satu usaha").click()
    expect(desk.get_by_text("Dapat dibatalkan selama 30 hari")).to_be_visible()
    judge(desk)


def _stands_with_the_kept_one(desk: Page, known: SimpleNamespace) -> None:
    desk.goto(f"/usaha/{known.gone}")
    assert desk.url.endswith(f"/usaha/{known.kept}")
    expect(desk.get_by_text(f"{GONE} digabung ke usaha ini")).to_be_visible()
    expect(desk.get_by_role("heading", name=GONE)).to_be_visible()
    judge(desk)
    for page, words in {
        "kunjungan": (f"Temuan di {KEPT}", f"Temuan di {GONE}"),
        "terapi": tuple(current_catalogue().therapies[code].name for code in ("T01", "T04")),
        "riwayat": ("Usaha ganda digabung ke usaha ini",),
    }.items():
        desk.goto(f"/usaha/{known.kept}/{page}")
        for text in words:
            expect(desk.get_by_text(text).first).to_be_visible()
        judge(desk)


def _undo(desk: Page, known: SimpleNamespace) -> None:
    desk.goto("/mutu")
    desk.get_by_role("link", name="Penggabungan yang sudah dilakukan").click()
    judge(desk)
    desk.get_by_role("button", name="Batalkan").click()
    expect(desk.get_by_text("Kedua usaha kembali seperti semula")).to_be_visible()
    judge(desk)
    for enterprise_id, name in ((known.kept, KEPT), (known.gone, GONE)):
        desk.goto(f"/usaha/{enterprise_id}")
        assert desk.url.endswith(f"/usaha/{enterprise_id}")
        expect(desk.get_by_role("heading", name=name)).to_be_visible()


def test_two_become_one_and_two_again(open_page: OpenPage, empty_site: Site):
    known = _twice(empty_site)
    before = _rows(empty_site)

    with open_page(cookie=known.cookie) as desk:
        _find(desk)
        _merge(desk)
        merged = _rows(empty_site)
        _stands_with_the_kept_one(desk, known)
        _undo(desk, known)

    assert len(merged["enterprise"]) == 1
    assert {row["enterprise_id"] for row in merged["visit"]} == {str(known.kept)}
    assert _rows(empty_site) == before
