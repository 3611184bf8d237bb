"""Two villages of Banyumas and one of Malang, with something of everything that is counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from app.core.clock import local_today
from app.core.permissions import Role

TODAY = local_today()
LOSARI, GUMELAR, MALANG = "33.02.04.2005", "33.02.15.2003", "35.07.10.2003"


def day(days_ago: int) -> date:
    """A day before today."""
    return TODAY - timedelta(days=days_ago)


@pytest.fixture
def village_world(factories: SimpleNamespace) -> SimpleNamespace:
    """Four enterprises here, one there; two of those here were assessed twice."""
    officer = factories.account(role=Role.LABOUR_OFFICER, area="33.02", name="Petugas Wati")
    mentor = factories.mentor(village_code=LOSARI, area="33.02", name="Pendamping Ana")
    long_ago = datetime(2024, 1, 1, tzinfo=UTC)

    def add(name, village=LOSARI, **values):
        values.setdefault("created_at", long_ago)
        return factories.enterprise(name=name, village_code=village, **values)

    made = {
        "rajin": add("Rajin", sector="A", product_line="=Keripik", workers_paid_female=2),
        "lalai": add("Lalai", sector="A", workers_family_male=1),
        "baru": add("Baru", GUMELAR, created_at=None, workers_paid_male=3),
        "tutup": add("Tutup", GUMELAR, life_cycle="tutup", life_cycle_on=day(20)),
        "jauh": add("Jauh", MALANG, sector="A", workers_paid_male=9),
    }

    def assess(name, days_ago, points, **answers):
        found = factories.findings(points, **answers)
        factories.assessment(enterprise=made[name], assessed_on=day(days_ago), found=found)

    assess("rajin", 400, 1, MNJ1=1, KEU4=1, KEU1=1)
    assess("rajin", 10, 4, MNJ1=4, KEU4=3, KEU1=3)
    assess("lalai", 400, 3, MNJ1=3, KEU4=3)
    assess("lalai", 20, 1, MNJ1=1, KEU4=3)
    assess("baru", 5, 3)
    assess("jauh", 400, 1)
    assess("jauh", 5, 4)
    for name in ("rajin", "jauh"):
        factories.intervention(
            enterprise=made[name], therapy_code="T22", state="selesai", result="berhasil",
            closed_on=day(30), provider="Koperasi", partner="BMT", cost=100,
            funding_source="apbn",
        )  # fmt: skip
    factories.intervention(
        enterprise=made["lalai"], therapy_code="T28", state="berjalan", provider="Dinas Koperasi"
    )
    factories.visit(made["rajin"], mentor.account_id)
    factories.visit(made["jauh"], mentor.account_id)
    factories.training(officer, made["rajin"], made["lalai"])
    return SimpleNamespace(officer=officer, **made)
