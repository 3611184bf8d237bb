"""The list writes its cells out for speed; they stay what the components write."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask, get_template_attribute

from app.core.scope import everywhere
from app.enterprises import queries
from app.enterprises.queries import ListFilter
from tests.integration.dashboard.conftest import day


@pytest.fixture
def shown(app: Flask) -> Callable[[], str]:
    """The table of all enterprises as HTML."""

    def shown() -> str:
        rows = queries.page(everywhere(), ListFilter()).rows
        with app.test_request_context():
            return str(get_template_attribute("enterprises/_lines.html", "lines")(rows))

    return shown


def component(app: Flask, name: str, *values: object) -> str:
    """What a component writes."""
    with app.test_request_context():
        return str(get_template_attribute(f"components/{name}.html", name)(*values)).strip()


@pytest.mark.parametrize(
    "facts",
    [
        {"health_class": "sehat", "health_status": "final", "assessed_on": day(1)},
        {"health_class": "kurang_sehat", "health_status": "final", "assessed_on": day(1)},
        {"health_class": "sakit", "health_status": "final", "health_valid_until": day(1)},
        {"health_status": "belum_dapat_dinilai", "assessed_on": day(1)},
        {},
    ],
    ids=lambda facts: facts.get("health_class") or facts.get("health_status") or "unassessed",
)
def test_a_class_looks_as_everywhere(app, factories, shown, facts):
    factories.enterprise(**facts)

    status = facts.get("health_status")
    value = status if status == "belum_dapat_dinilai" else facts.get("health_class")
    assert component(app, "health_class", value, "health_valid_until" in facts) in shown()


def test_a_state_and_a_late_visit_look_as_everywhere(app, factories, shown):
    factories.enterprise(life_cycle="tidak_aktif", next_visit_due_on=day(0), last_visit_on=day(9))
    factories.enterprise(next_visit_due_on=day(1))

    table = shown()

    assert component(app, "tag", "Tidak aktif sementara") in table
    late = table.partition('<strong class="govuk-tag pulih-tag--bad">')[2].partition("</strong>")[0]
    assert late.startswith("terlambat sejak ")
    assert component(app, "tag", late, "bad") in table


def test_cells_look_as_everywhere(app, factories, shown):
    factories.enterprise(name="Keripik <Tempe>", hamlet="Dusun & Satu")

    table = shown()

    for label in ("Desa", "Kesehatan", "Pendamping", "Kunjungan"):
        opening = component(app, "cell", label, "x").partition("x")[0]
        assert opening in table
    assert component(app, "cell", "Usaha", "", False, True).removesuffix("</th>") in table
    assert '<tr class="govuk-table__row" role="row">' in table
    assert "Keripik &lt;Tempe&gt;" in table
    assert "Dusun &amp; Satu" in table


def test_the_page_of_an_owner_says_that_a_class_is_expired(factories, officer_client):
    owner = factories.owner()
    rated = {"health_class": "sakit", "health_status": "final", "owner": owner}
    yesterday = day(1)
    factories.enterprise(name="Lama", health_valid_until=yesterday, **rated)
    factories.enterprise(name="Baru", health_valid_until=day(0), **rated)

    lines = re.findall(
        r"<li><a[^>]*>(Lama|Baru)</a>(.*?)</li>",
        officer_client.get(f"/pemilik/{owner.id}").text,
        re.DOTALL,
    )

    assert {name: "kedaluwarsa" in words for name, words in lines} == {"Lama": True, "Baru": False}
