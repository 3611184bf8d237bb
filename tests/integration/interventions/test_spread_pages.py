import re
from io import BytesIO

import openpyxl
import pytest

from app.accounts.models import Membership
from app.core.clock import local_today
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import Scope
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Owner
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


def rows_of(file, head: str) -> list[list]:
    sheet = openpyxl.load_workbook(BytesIO(file.data)).active
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    return rows[next(number for number, row in enumerate(rows) if row[0] == head) + 1 :]


@pytest.mark.parametrize(
    ("name", "head"), [("terapi", "Terapi"), ("tumpang-tindih", "Usaha"), ("celah", "Usaha")]
)
def test_lists_go_on_and_their_files_hold_what_all_pages_show(
    officer_client, factories, villages, monkeypatch, name, head
):
    for number in range(4):
        one = factories.enterprise(name=f"Usaha {number}", village_code=LOSARI)
        factories.assessment(enterprise=one, found=factories.findings(4, MNJ1=0, LGL1=0))
        helped(factories, one, "T01", "MNJ1")
        helped(factories, one, "T29", "MNJ1", source="apbn")
    monkeypatch.setattr(queries, "SPREAD_LIST_SIZE", 2)
    address, shown = f"{PAGE}/{name}?wilayah={LOSARI}&tahun={YEAR}", []
    while address:
        page = officer_client.get(address).text
        total = int(re.search(r"<strong>(\d+) ", page)[1])
        shown += re.findall(r'href="/usaha/[0-9a-f-]+/terapi">([^<]+)</a>', page)
        further = re.search(r'href="([^"]+)" rel="next"', page)
        address = further and further[1].replace("&amp;", "&")

    file = officer_client.get(f"{PAGE}/{name}/unduh?wilayah={LOSARI}&tahun={YEAR}")

    rows = rows_of(file, head)
    named = [row[2 if name == "terapi" else 0] for row in rows]
    assert named == shown
    assert len(rows) == total == (10 if name == "terapi" else 5)


def test_who_withdrew_keeps_a_line_without_a_name(officer_client, factories, villages):
    owner = factories.owner()
    one = factories.enterprise(name="Tidak Mau", village_code=LOSARI, owner=owner)
    factories.assessment(enterprise=one, found=factories.findings(4, MNJ1=0, LGL1=0))
    helped(factories, one, "T01", "MNJ1")
    helped(factories, one, "T29", "MNJ1", source="apbn")

    with transaction():
        db.session.get_one(Owner, owner.id).objected_on = local_today()

    for name, head, count in (("terapi", "Terapi", 4), ("tumpang-tindih", "Usaha", 2),
                              ("celah", "Usaha", 2)):  # fmt: skip
        file = officer_client.get(f"{PAGE}/{name}/unduh?wilayah={LOSARI}&tahun={YEAR}")

        rows = rows_of(file, head)
        assert len(rows) == count
        assert "Tidak Mau" not in str(rows)


def test_files_of_lists_need_the_right_to_take_along(as_role, villages):
    reader, office = as_role(Role.VILLAGE_OFFICER, LOSARI), as_role(Role.LABOUR_OFFICER, "35.07")

    page = reader.get(f"{PAGE}/terapi?wilayah={LOSARI}").text

    assert "Unduh daftar ini" not in page
    for name in ("terapi", "tumpang-tindih", "celah"):
        assert reader.get(f"{PAGE}/{name}/unduh?wilayah={LOSARI}").status_code == 403
        for code in (LOSARI, "33.02", "99.99"):
            assert office.get(f"{PAGE}/{name}/unduh?wilayah={code}").status_code == 404


def test_a_file_that_is_narrower_than_the_page_says_so(as_role, factories, villages):
    account = factories.account(role=Role.VILLAGE_OFFICER, area="33.02")
    with transaction():
        db.session.add(
            Membership(
                id=new_id(),
                account_id=account.id,
                role=Role.LABOUR_OFFICER,
                area_code=LOSARI,
                from_on=local_today(),
            )
        )
    client = as_role(Role.VILLAGE_OFFICER, account=account)

    page = client.get(f"{PAGE}/terapi?wilayah=33.02&tahun={YEAR}").text
    whole = client.get(f"{PAGE}/terapi?wilayah={LOSARI}&tahun={YEAR}").text
    away = client.get(f"{PAGE}/terapi?wilayah={CIHONJE}&tahun={YEAR}").text
    file = client.get(f"{PAGE}/terapi/unduh?wilayah=33.02&tahun={YEAR}")

    assert "3 terapi" in page
    assert re.search(r"Berkas hanya berisi [^<]*33\.02\.04\.2001", page)
    assert "Unduh daftar ini" in whole
    assert "Berkas hanya berisi" not in whole
    assert "Unduh daftar ini" not in away
    assert len(rows_of(file, "Terapi")) == 2
