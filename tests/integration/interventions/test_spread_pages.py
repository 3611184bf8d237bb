import re
from io import BytesIO

import openpyxl
import pytest

from app.core.clock import local_today
from app.core.permissions import Role
from app.core.scope import Scope
from app.interventions import queries

YEAR = local_today().year
PAGE = "/terapi/sebaran"
LOSARI, CIHONJE, AWAY = "33.02.04.2001", "33.02.15.2003", "35.07.10.2003"
OFFICE = Scope(account_id=None, areas=("33.02",))


def helped(factories, enterprise, code, *indicators, source="csr", cost=100_000, **values):
    return factories.intervention(
        enterprise=enterprise,
        therapy_code=code,
        indicators=list(indicators),
        funding_source=source,
        cost=cost,
        **{"state": "berjalan", "budget_year": YEAR, "provider": "PLUT", **values},
    )


@pytest.fixture
def villages(factories):
    """Two villages of Banyumas in which enterprises have therapies, and one elsewhere."""
    codes = (LOSARI, CIHONJE)
    twice = factories.enterprise(name="Dibantu Dua Kali", village_code=codes[0])
    factories.assessment(enterprise=twice, found=factories.findings(4, MNJ1=0, LGL1=0))
    helped(factories, twice, "T01", "MNJ1")
    helped(factories, twice, "T29", "MNJ1", source="apbn", cost=250_000)
    once = factories.enterprise(name="Dibantu Sekali", village_code=codes[1])
    factories.assessment(enterprise=once, found=factories.findings(4, MNJ1=0))
    helped(factories, once, "T01", "MNJ1", source="dana_desa", pillar="4")
    helped(factories, once, "T13", "LGL1", budget_year=YEAR - 1)
    helped(factories, once, "T04", state="ditolak")
    away = factories.enterprise(name="Jauh Sekali", village_code=AWAY)
    factories.assessment(enterprise=away, found=factories.findings(4, MNJ1=0))
    helped(factories, away, "T01", "MNJ1")
    return codes


def test_matrix_counts_what_was_approved_by_village_pillar_and_source(villages):
    found = queries.spread(OFFICE, "33.02", YEAR)

    cells = {
        (place.code, pillar, source): (cell.count, cell.budget)
        for place in found.places
        for (pillar, source), cell in place.cells.items()
    }
    assert cells == {
        (villages[0], "2", "csr"): (1, 100_000),
        (villages[0], "2", "apbn"): (1, 250_000),
        (villages[1], "4", "dana_desa"): (1, 100_000),
    }
    assert (found.total.count, found.total.budget) == (3, 450_000)
    assert found.years == (YEAR, YEAR - 1)


def test_overlap_and_gap_are_counted_by_enterprise(villages):
    found = queries.spread(OFFICE, "33.02", YEAR)

    counts = {place.code: (place.overlaps, place.gaps) for place in found.places}
    assert counts == {villages[0]: (1, 1), villages[1]: (0, 0)}
    assert [(code, count) for code, _, count in found.findings] == [("LGL1", 1)]


def test_wide_areas_show_the_matrix_alone(villages):
    found = queries.spread(Scope(account_id=None, areas=("",)), "", YEAR)

    assert {place.code: place.total.count for place in found.places} == {"33": 3, "35": 1}
    assert {place.overlaps for place in found.places} == {None}


def test_pages_name_needs_and_both_helpers(officer_client, villages):
    matrix = officer_client.get(PAGE).text
    overlaps = officer_client.get(f"{PAGE}/tumpang-tindih").text
    gaps = officer_client.get(f"{PAGE}/celah").text

    for words in ("Usaha produktif", "Dana Desa", "APBN", "Rp 250.000", "Tumpang tindih", "Celah"):
        assert words in matrix
    assert "Dibantu Dua Kali" in overlaps
    assert "Catatan buku kas: Buku kas satu halaman (PLUT, CSR)" in overlaps
    assert "Dibantu Sekali" not in overlaps
    assert "NIB dan KBLI" in gaps or "NIB" in gaps
    assert "Jauh Sekali" not in matrix + overlaps + gaps


def test_every_figure_of_the_matrix_is_as_long_as_its_list(officer_client, villages):
    page = officer_client.get(PAGE).text

    links = {
        (link.replace("&amp;", "&"), int(figure))
        for link, figure in re.findall(r'href="(/terapi/sebaran/[^"]+)">(\d+)</a>', page)
    }

    assert len(links) >= 8
    for link, figure in links:
        listed = officer_client.get(link).text
        rows = len(re.findall(r'<tr class="govuk-table__row" role="row">', listed)) - 1
        assert rows == figure, link


def test_village_officer_sees_the_own_village_and_no_other(as_role, villages):
    client = as_role(Role.VILLAGE_OFFICER, villages[1])

    own = client.get(PAGE).text
    lists = client.get(f"{PAGE}/terapi").text

    assert "Dibantu Sekali" in lists
    assert "Dibantu Dua Kali" not in own + lists
    for path in ("", "/terapi", "/tumpang-tindih", "/celah", "/unduh"):
        assert client.get(f"{PAGE}{path}?wilayah={villages[0]}").status_code == 404
        assert client.get(f"{PAGE}{path}?wilayah=33.02").status_code == 404


@pytest.mark.parametrize("role", [Role.MENTOR, Role.ENTREPRENEUR, Role.COOPERATIVE_OFFICER])
def test_others_do_not_see_the_matrix(as_role, role):
    client = as_role(role)

    for path in ("", "/terapi", "/tumpang-tindih", "/celah", "/unduh"):
        assert client.get(f"{PAGE}{path}").status_code == 403


def test_words_that_mean_nothing_are_unknown_lists(officer_client, villages):
    assert officer_client.get(f"{PAGE}/terapi?pilar=9").status_code == 404
    assert officer_client.get(f"{PAGE}/terapi?dana=apa").status_code == 404
    assert officer_client.get(f"{PAGE}/celah?temuan=APA").status_code == 404
    assert officer_client.get(f"{PAGE}?tahun=99999").status_code == 200


def test_the_workbook_holds_the_matrix_of_the_page(officer_client, villages):
    found = queries.spread(OFFICE, "33.02", YEAR)

    answer = officer_client.get(f"{PAGE}/unduh?wilayah=33.02&tahun={YEAR}")
    book = openpyxl.load_workbook(BytesIO(answer.data))
    answer.close()
    cells, places = ([list(row) for row in sheet.iter_rows(min_row=6)] for sheet in book.worksheets)
    cells, places = ([[one.value for one in row] for row in rows[1:]] for rows in (cells, places))

    assert sum(row[4] for row in cells) == found.total.count == 3
    assert sum(row[5] for row in cells) == found.total.budget == 450_000
    assert {(row[0], row[2], row[5], row[6]) for row in places} == {
        (place.code, place.total.count, place.overlaps, place.gaps) for place in found.places
    }
    assert AWAY not in {row[0] for row in cells}
