"""Importing: what is stored, what is refused, and that nothing is told of other areas."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from app.core import settings
from app.core.permissions import Role
from app.core.sealing import blind_index, unseal
from app.db import db
from app.enterprises import importing
from app.enterprises.importing.bad_rows import workbook_of
from app.enterprises.models import Enterprise, ImportPart, Owner
from app.history.models import HistoryEntry
from tests.cases import messy_sheets
from tests.integration.enterprises import imports as trial

HEADER = ("Nama Usaha", "Nama Pemilik", "NIK", "Desa", "Kecamatan", "Modal")
NIK = "3302045908850001"
SARI = ("Keripik Sari", "Siti Aminah", NIK, "Losari", "Rawalo", "5 juta")


@pytest.fixture
def officer(factories):
    factories.country()
    return factories.account(role=Role.LABOUR_OFFICER, area="33.02")


def test_a_dry_run_stores_nothing(officer):
    run = trial.checked(officer, messy_sheets.clean())

    assert trial.counts_of(run) == (3, 0, 0, 0)
    assert trial.stored() == (0, 0)


def test_a_list_is_stored_by_the_rules_of_the_register(officer):
    trial.imported(officer, messy_sheets.clean())

    row = db.session.scalars(
        sa.select(Enterprise).where(Enterprise.search_name == "keripik tempe sari")
    ).one()
    keys = settings.current()
    assert (row.village_code, row.yearly_sales, row.size_class) == (
        "33.02.04.2001", 30_000_000, "mikro"
    )  # fmt: skip
    assert "siti aminah" in row.search_words
    assert row.owner.nik_index == blind_index(NIK, keys.nik_index_key)
    assert unseal(row.owner.nik_sealed, [keys.nik_key], row.owner.id.bytes) == NIK
    assert row.owner.nik_masked.startswith("330204••")
    assert row.owner.phone == "+6281234567801"


def test_every_stored_enterprise_has_its_history(officer):
    trial.imported(officer, messy_sheets.clean())

    actions = db.session.scalars(
        sa.select(HistoryEntry.action).where(HistoryEntry.enterprise_id.is_not(None))
    ).all()
    assert sorted(actions) == ["enterprise.imported"] * 3 + ["owner.created"] * 3


def test_the_same_file_again_changes_nothing(officer):
    trial.imported(officer, messy_sheets.clean())
    entries = sa.select(sa.func.count()).select_from(HistoryEntry)
    before = db.session.execute(entries.where(HistoryEntry.subject_type != "import")).scalar_one()

    run = trial.imported(officer, messy_sheets.clean())

    after = db.session.execute(entries.where(HistoryEntry.subject_type != "import")).scalar_one()
    assert trial.counts_of(run) == (0, 0, 3, 0)
    assert trial.stored() == (3, 3)
    assert after == before


def test_of_two_imports_of_one_list_at_once_the_second_tells_that_it_wrote_nothing(officer):
    both = [trial.checked(officer, messy_sheets.clean()).id for _ in range(2)]

    first, second = [trial.written(officer, run_id) for run_id in both]

    assert (trial.counts_of(first), first.applied_count) == ((3, 0, 0, 0), 3)
    assert (trial.counts_of(second), second.applied_count) == ((0, 0, 3, 0), 0)
    assert trial.stored() == (3, 3)


def test_changed_cells_change_and_empty_ones_erase_nothing(officer):
    trial.imported(officer, trial.sheet(HEADER, SARI))

    run = trial.imported(
        officer,
        trial.sheet(
            ("Nama Usaha", "Nama Pemilik", "NIK", "Desa", "Kecamatan", "Modal", "Produk"),
            (*SARI[:5], "", "keripik tempe"),
        ),
    )

    row = db.session.scalars(sa.select(Enterprise)).one()
    assert trial.counts_of(run) == (0, 1, 0, 0)
    assert (row.capital, row.product_line, row.sector) == (5_000_000, "keripik tempe", "A")
    assert row.version == 2


def test_a_nik_that_comes_later_is_added_to_its_owner(officer):
    trial.imported(officer, trial.sheet(HEADER, (*SARI[:2], "", *SARI[3:])))

    run = trial.imported(officer, trial.sheet(HEADER, SARI))

    assert trial.counts_of(run) == (0, 1, 0, 0)
    assert db.session.scalars(sa.select(Owner.nik_masked)).one() is not None


def test_two_enterprises_of_one_person_share_the_owner(officer):
    trial.imported(officer, trial.sheet(HEADER, SARI, ("Toko Jaya", *SARI[1:])))

    assert trial.stored() == (1, 2)


def test_bad_rows_stay_out_and_good_ones_go_in(officer):
    run = trial.imported(officer, messy_sheets.numeric_identity())

    assert trial.counts_of(run) == (1, 0, 0, 3)
    assert trial.stored() == (1, 1)


def test_bad_rows_come_back_mended_and_only_they_are_new(officer):
    run = trial.imported(officer, trial.sheet(HEADER, SARI, ("Batik", "Rahayu", "123", *SARI[3:])))
    workbook = workbook_of(run.sheets, list(importing.items_of(run.id, importing.BAD_ROWS)))
    again = trial.checked(officer, workbook)

    mended = messy_sheets.changed_cell(workbook, "C2", "3302044107900002")
    last = trial.imported(officer, mended)

    assert trial.counts_of(again) == (0, 0, 0, 1)
    assert trial.counts_of(last) == (1, 0, 0, 0)
    assert trial.stored() == (2, 2)


def test_a_person_known_elsewhere_needs_verification_and_nothing_is_told(officer, factories):
    far = factories.village_rows("35.07.10.2003")
    owner = factories.owner(nik=NIK, name="Kanari Rahasia")
    factories.enterprise(owner=owner, name="Usaha Rahasia", village_code=far)

    run = trial.imported(officer, trial.sheet(HEADER, SARI))

    assert trial.faults_of(run) == [(2, "needs_verification")]
    assert "Rahasia" not in trial.messages_of(run)
    assert "35.07" not in trial.messages_of(run)
    assert "Putat" not in trial.messages_of(run)
    assert trial.stored() == (1, 1)


@pytest.mark.parametrize(
    ("village", "district", "code"),
    [
        ("Losari Lor", "Rembang", "village_unknown"),
        ("Losary", "Rawalo", "village_near"),
        ("Losari", "Gumelar", "village_elsewhere_named"),
        ("", "", "village_missing"),
    ],
)
def test_villages_are_never_guessed(officer, village, district, code):
    run = trial.checked(officer, trial.sheet(HEADER, (*SARI[:3], village, district, "")))

    assert trial.faults_of(run) == [(2, code)]


def test_a_near_village_is_offered_by_name(officer):
    run = trial.checked(officer, trial.sheet(HEADER, (*SARI[:3], "Losary", "Rawalo", "")))

    assert "Losari (Kec. Rawalo)" in trial.messages_of(run)


def test_a_village_code_outside_the_area_is_refused(officer):
    header = ("Nama Usaha", "Nama Pemilik", "Kode Desa")

    run = trial.checked(officer, trial.sheet(header, ("Sari", "Siti", "33.03.10.2002")))

    assert trial.faults_of(run) == [(2, "village_outside_area")]


def test_a_province_needs_the_regency_to_tell_villages_apart(officer, factories):
    province = factories.account(role=Role.LABOUR_OFFICER, area="33")
    header = ("Nama Usaha", "Nama Pemilik", "Desa", "Kabupaten")

    run = trial.checked(
        province,
        trial.sheet(header, ("Sari", "Siti", "Losari", ""), ("Maju", "Budi", "Losari", "Banyumas")),
    )

    assert trial.faults_of(run) == [(2, "village_several")]


def test_a_village_named_in_the_title_holds_for_a_table_without_villages(officer):
    run = trial.imported(
        officer,
        trial.sheet(
            ("DATA UMKM DESA LOSARI KECAMATAN RAWALO",),
            ("Nama Usaha", "Nama Pemilik"),
            ("Sari", "Siti"),
        ),
    )

    assert trial.counts_of(run) == (1, 0, 0, 0)
    assert "village_from_title" in trial.messages_of(run)


def test_a_village_named_in_the_address_is_taken_and_told(officer):
    header = ("Nama Usaha", "Nama Pemilik", "Alamat Lengkap")

    run = trial.imported(
        officer,
        trial.sheet(
            header,
            ("Sari", "Siti", "Ds. Losari RT 02/01 Kec. Rawalo"),
            ("Maju", "Budi", "Jl. Losari 5"),
        ),
    )

    assert trial.faults_of(run) == [(3, "village_missing")]
    assert "village_from_address" in trial.messages_of(run)
    assert db.session.scalars(sa.select(Enterprise.village_code)).one() == "33.02.04.2001"


def test_nearly_the_same_enterprise_of_the_same_person_is_asked(officer):
    trial.imported(officer, trial.sheet(HEADER, SARI))

    run = trial.checked(officer, trial.sheet(HEADER, ("Kripik Sari", *SARI[1:])))

    assert trial.faults_of(run) == [(2, "name_near")]


def test_a_nik_of_somebody_else_is_asked(officer):
    trial.imported(officer, trial.sheet(HEADER, SARI))

    run = trial.checked(officer, trial.sheet(HEADER, ("Toko Baru", "Budi Santoso", *SARI[2:])))

    assert trial.faults_of(run) == [(2, "nik_of_another")]


def test_a_nib_finds_the_enterprise_under_a_new_name(officer):
    header = ("Nama Usaha", "Nama Pemilik", "NIB", "Desa")
    trial.imported(officer, trial.sheet(header, ("Sari", "Siti Aminah", "1234567890123", "Losari")))

    run = trial.imported(
        officer, trial.sheet(header, ("Sari Barokah", "Siti Aminah", "1234567890123", "Losari"))
    )

    assert trial.counts_of(run) == (0, 1, 0, 0)
    assert db.session.scalars(sa.select(Enterprise.name)).one() == "Sari Barokah"


def test_return_dates_make_the_owner_a_returnee(officer):
    header = ("Nama Usaha", "Nama Pemilik", "Desa", "Tanggal Pulang")

    trial.imported(officer, trial.sheet(header, ("Sari", "Siti", "Losari", "17 Agt 2023")))

    owner = db.session.scalars(sa.select(Owner)).one()
    assert (owner.returned_on, owner.category) == (date(2023, 8, 17), "purna")


def test_files_and_rows_are_sealed_and_deleted_once_written(officer):
    run = trial.checked(officer, messy_sheets.clean())
    parts = db.session.scalars(sa.select(ImportPart).where(ImportPart.run_id == run.id)).all()
    kept = b"".join(part.sealed for part in parts)

    trial.imported(officer, messy_sheets.clean())
    left = db.session.scalars(sa.select(ImportPart.kind).where(ImportPart.run_id != run.id)).all()

    assert NIK.encode() not in kept
    assert "file" not in left
    assert "rows" not in left


@pytest.mark.parametrize(
    "content",
    [messy_sheets.picture(), messy_sheets.billion_laughs(), messy_sheets.doubled_header()],
)
def test_a_refused_file_leaves_nothing_behind(officer, content):
    run = trial.checked(officer, content)

    assert run.state == "refused"
    assert run.refusal
    assert trial.stored() == (0, 0)


def test_damaged_files_are_refused_or_read_but_never_break(officer):
    content = messy_sheets.clean()

    for step in range(12):
        damaged = bytearray(content)
        for flip in range(3):
            damaged[(step * 1009 + flip * 337) % len(damaged)] ^= 0x5A
        assert trial.checked(officer, bytes(damaged)).state in ("refused", "checked")

    assert trial.stored() == (0, 0)


def test_more_rows_than_allowed_are_refused_as_a_whole(officer):
    chosen = settings.current()
    object.__setattr__(chosen, "import_max_rows", 10)

    run = trial.checked(officer, trial.long_list(11))

    assert (run.state, run.refusal_code) == ("refused", "too_many_rows")
