"""Pages of the register: who may open which, and what is saved."""

from __future__ import annotations

import re
from datetime import date

import pytest
import sqlalchemy as sa

from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.history.models import HistoryEntry
from tests.browserless import as_told

NIK = "3302145208850003"
FORM = {
    "nik": NIK,
    "owner_name": "Siti Aminah",
    "phone": "0812 3456 7890",
    "sex": "P",
    "born_on": "12 Agustus 1985",
    "category": "purna",
    "returned_on": "3 Maret 2024",
    "name": "Keripik Barokah",
    "product_line": "keripik tempe",
    "sector": "A",
    "village_code": "33.02.04.2005",
    "workers_family_female": "2",
    "capital": "5 jt",
    "yearly_sales": "36.000.000",
}


@pytest.fixture
def village(factories):
    return factories.village_rows()


def texts(response):
    return response.get_data(as_text=True)


def test_an_officer_registers_owner_and_enterprise_at_once(officer_client, village):
    response = officer_client.post("/usaha/baru", data=FORM)

    row = db.session.scalars(sa.select(Enterprise)).one()
    owner = db.session.get(Owner, row.owner_id)
    assert response.status_code == 303
    assert response.location == f"/usaha/{row.id}"
    assert (row.size_class, row.is_ultra_micro, row.capital) == ("mikro", True, 5_000_000)
    assert (owner.phone, owner.nik_masked) == ("+6281234567890", "330214••••••••03")
    assert owner.returned_on == date(2024, 3, 3)
    actions = db.session.scalars(sa.select(HistoryEntry.action)).all()
    assert sorted(actions) == ["enterprise.created", "owner.created"]


def test_the_nik_is_nowhere_in_plain(officer_client, village):
    officer_client.post("/usaha/baru", data=FORM)

    for table in sa.inspect(db.engine).get_table_names():
        for row in db.session.execute(sa.text(f"SELECT * FROM {table}")):  # noqa: S608
            assert NIK not in str(tuple(row)), table


def test_refused_input_keeps_what_was_typed_and_says_where(officer_client, village):
    response = officer_client.post(
        "/usaha/baru", data={**FORM, "nik": "123", "name": "", "capital": "banyak"}
    )

    page = texts(response)
    assert response.status_code == 422
    assert "NIK harus 16 angka" in page
    assert 'href="#name"' in page
    assert 'value="Siti Aminah"' in page
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Owner)) == 0


def test_a_doubt_must_be_confirmed_before_it_is_saved(officer_client, village):
    doubtful = {**FORM, "sex": "L"}

    asked = officer_client.post("/usaha/baru", data=doubtful)
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', texts(asked))[1]
    unticked = officer_client.post("/usaha/baru", data={**doubtful, "seen": seen})
    saved = officer_client.post("/usaha/baru", data={**doubtful, "seen": seen, "is_checked": "y"})

    assert asked.status_code == unticked.status_code == 422
    assert "NIK ini milik seorang perempuan" in texts(asked)
    assert saved.status_code == 303
    assert db.session.scalars(sa.select(Owner)).one().confirmed_warnings == ["nik_sex_differs"]


def test_the_same_nik_again_leads_to_its_owner(officer_client, factories, village):
    owner = factories.owner(nik=NIK, name="Siti Lama")
    factories.enterprise(owner=owner)

    response = officer_client.post("/usaha/baru", data=FORM)

    assert response.status_code == 409
    assert f"/pemilik/{owner.id}/usaha-baru" in texts(response)


def test_the_same_nik_elsewhere_tells_neither_who_nor_where(officer_client, factories, village):
    owner = factories.owner(nik=NIK, name="Rahasia Sekali")
    factories.enterprise(owner=owner, village_code="35.07.10.2003")

    answers = [
        officer_client.post("/usaha/baru", data=FORM),
        officer_client.post("/usaha/mirip", data={"nik": NIK}),
    ]

    for answer in answers:
        assert "sudah terdaftar" in texts(answer)
        assert "Rahasia" not in texts(answer)
        assert str(owner.id) not in texts(answer)


def test_a_village_outside_the_work_area_is_refused(officer_client, factories):
    factories.village_rows("35.07.10.2003")

    response = officer_client.post("/usaha/baru", data={**FORM, "village_code": "35.07.10.2003"})

    assert response.status_code == 422
    assert "di luar wilayah kerja Anda" in texts(response)


def test_a_mentor_has_what_they_register_in_care_at_once(mentor_client, village):
    response = mentor_client.post("/usaha/baru", data=FORM)

    assert response.status_code == 303
    assert mentor_client.get(response.location).status_code == 200
    made = db.session.scalars(sa.select(Enterprise)).one()
    assert made.mentor_id == mentor_client.account_id


FOREIGN = ["/usaha/{e}", "/usaha/{e}/ubah", "/usaha/{e}/riwayat", "/usaha/{e}/keadaan"]
FOREIGN += ["/usaha/{e}/foto", "/usaha/{e}/foto/ubah"]
FOREIGN += ["/pemilik/{o}", "/pemilik/{o}/ubah", "/pemilik/{o}/usaha-baru"]


@pytest.mark.parametrize("path", FOREIGN)
def test_a_foreign_id_answers_like_an_unknown_one(officer_client, factories, path):
    foreign = factories.enterprise(village_code="35.07.10.2003", name="Asing")

    known = officer_client.get(path.format(e=foreign.id, o=foreign.owner_id))
    unknown = officer_client.get(path.format(e=new_id(), o=new_id()))

    assert known.status_code == unknown.status_code == 404
    assert as_told(known) == as_told(unknown)


@pytest.mark.parametrize("path", ["/usaha/{e}/ubah", "/usaha/{e}/keadaan", "/pemilik/{o}/ubah"])
def test_a_foreign_enterprise_can_not_be_written(officer_client, factories, path):
    foreign = factories.enterprise(village_code="35.07.10.2003", name="Asing")

    response = officer_client.post(
        path.format(e=foreign.id, o=foreign.owner_id), data={**FORM, "life_cycle": "tutup"}
    )

    assert response.status_code == 404
    assert db.session.get(Enterprise, foreign.id).name == "Asing"


def test_a_mentor_does_not_see_the_enterprise_of_another(mentor_client, factories):
    other = factories.enterprise(mentor=factories.account(role=Role.MENTOR), name="Milik lain")

    assert "Milik lain" not in texts(mentor_client.get("/usaha"))
    assert mentor_client.get(f"/usaha/{other.id}").status_code == 404


def test_a_village_officer_reads_one_village_and_writes_nothing(as_role, factories):
    client = as_role(Role.VILLAGE_OFFICER, "33.02.04.2005")
    own = factories.enterprise(name="Usaha desa ini")
    neighbour = factories.enterprise(name="Usaha tetangga", village_code="33.02.04.2006")

    page = texts(client.get("/usaha"))

    assert "Usaha desa ini" in page
    assert "Usaha tetangga" not in page
    assert client.get(f"/usaha/{own.id}").status_code == 200
    assert client.get(f"/usaha/{neighbour.id}").status_code == 404
    assert client.get("/usaha/baru").status_code == 403
    assert client.get("/usaha/unduh").status_code == 403
    assert client.post(f"/usaha/{own.id}/ubah", data=FORM).status_code == 403
    assert client.post(f"/pemilik/{own.owner_id}/nik", data={"reason": "x" * 20}).status_code == 403


@pytest.mark.parametrize("role", [Role.ENTREPRENEUR, Role.COOPERATIVE_OFFICER])
def test_roles_without_the_register_see_nothing_of_it(as_role, factories, role):
    row = factories.enterprise()
    client = as_role(role)

    assert client.get("/usaha").status_code == 403
    assert client.get(f"/usaha/{row.id}").status_code == 403


def edit_form(page):
    form = {**FORM, "village_code": "33.02.04.2005"}
    form["version"] = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    return form


def test_two_people_change_the_same_and_the_second_is_told(officer_client, as_role, factories):
    row = factories.enterprise(name="Nama lama")
    second = as_role(
        Role.LABOUR_OFFICER, account=factories.account(role=Role.LABOUR_OFFICER, name="Bu Kedua")
    )
    first_form = edit_form(texts(officer_client.get(f"/usaha/{row.id}/ubah")))
    second_form = edit_form(texts(second.get(f"/usaha/{row.id}/ubah")))

    second.post(f"/usaha/{row.id}/ubah", data={**second_form, "name": "Nama kedua"})
    late = officer_client.post(f"/usaha/{row.id}/ubah", data={**first_form, "name": "Nama pertama"})
    again = officer_client.post(
        f"/usaha/{row.id}/ubah", data={**edit_form(texts(late)), "name": "Nama pertama"}
    )

    assert late.status_code == 409
    assert "Bu Kedua" in texts(late)
    assert "Nama: sekarang “Nama kedua”" in texts(late)
    assert 'value="Nama pertama"' in texts(late)
    assert again.status_code == 303
    assert db.session.get(Enterprise, row.id).name == "Nama pertama"


def test_what_other_features_know_is_no_field_of_the_form(officer_client, factories):
    mentor = factories.account(role=Role.MENTOR)
    row = factories.enterprise(mentor=mentor, health_class="sakit", health_score=200)
    form = edit_form(texts(officer_client.get(f"/usaha/{row.id}/ubah")))

    officer_client.post(
        f"/usaha/{row.id}/ubah",
        data={**form, "health_class": "sehat", "mentor_id": "", "size_class": "besar"},
    )

    saved = db.session.get(Enterprise, row.id)
    assert (saved.health_class, saved.mentor_id, saved.size_class) == ("sakit", mentor.id, "mikro")


def test_changing_an_owner_leaves_the_nik_and_finds_them_by_the_new_name(officer_client, factories):
    owner = factories.owner(nik=NIK, name="Siti Lama", sex="P", born_on=date(1985, 8, 12))
    row = factories.enterprise(owner=owner)
    version = edit_form(texts(officer_client.get(f"/pemilik/{owner.id}/ubah")))["version"]

    response = officer_client.post(
        f"/pemilik/{owner.id}/ubah",
        data={**FORM, "nik": "", "owner_name": "Ratna Baru", "version": version},
    )

    assert response.status_code == 303
    assert db.session.get(Owner, owner.id).nik_masked == "330214••••••••03"
    assert row.name in texts(officer_client.get("/usaha?cari=ratna"))
    timeline = texts(officer_client.get(f"/usaha/{row.id}/riwayat"))
    assert "Nama: diganti" in timeline
    assert "Siti Lama" not in timeline


def test_a_nik_is_opened_with_a_reason_and_that_is_recorded(officer_client, factories):
    owner = factories.owner(nik=NIK)
    row = factories.enterprise(owner=owner)

    short = officer_client.post(f"/pemilik/{owner.id}/nik", data={"reason": "mau"})
    opened = officer_client.post(f"/pemilik/{owner.id}/nik", data={"reason": "mendaftarkan NIB"})

    assert short.status_code == 422
    assert NIK not in texts(short)
    assert NIK in texts(opened)
    assert opened.headers["Cache-Control"] == "no-store"
    entry = db.session.scalars(sa.select(HistoryEntry)).one()
    assert (entry.action, entry.note) == ("owner.nik_opened", "mendaftarkan NIB")
    assert entry.enterprise_id == row.id


def test_a_mentor_sees_the_nik_masked_only(mentor_client, factories):
    owner = factories.owner(nik=NIK)
    factories.enterprise(owner=owner, mentor_id=mentor_client.account_id)

    page = texts(mentor_client.get(f"/pemilik/{owner.id}"))
    answer = mentor_client.post(f"/pemilik/{owner.id}/nik", data={"reason": "ingin melihat saja"})

    assert "330214••••••••03" in page
    assert NIK not in page
    assert answer.status_code == 403


def test_a_search_by_nik_leads_to_the_owner_without_the_nik_in_the_address(
    officer_client, factories
):
    owner = factories.owner(nik=NIK)
    factories.enterprise(owner=owner)

    found = officer_client.post("/usaha/cari", data={"cari": "3302 1452 0885 0003"})
    unknown = officer_client.post("/usaha/cari", data={"cari": "3302145208850004"})
    words = officer_client.post("/usaha/cari", data={"cari": "keripik", "kelas": "sakit"})

    assert found.location == f"/pemilik/{owner.id}"
    assert unknown.status_code == 404
    assert words.location == "/usaha?kelas=sakit&cari=keripik"


def test_life_cycle_moves_with_a_reason(officer_client, factories):
    row = factories.enterprise(life_cycle="aktif")
    path = f"/usaha/{row.id}/keadaan"

    without = officer_client.post(path, data={"life_cycle": "tutup", "reason": ""})
    impossible = officer_client.post(path, data={"life_cycle": "terdaftar", "reason": "x"})
    moved = officer_client.post(path, data={"life_cycle": "tutup", "reason": "pindah rumah"})

    assert (without.status_code, impossible.status_code, moved.status_code) == (422, 422, 303)
    saved = db.session.get(Enterprise, row.id)
    assert (saved.life_cycle, saved.life_cycle_reason) == ("tutup", "pindah rumah")


def test_near_names_and_phones_are_warned_about(officer_client, factories):
    owner = factories.owner(phone="+6281299998888", name="Bu Tejo")
    factories.enterprise(owner=owner, name="Warung Bu Tejo")

    near = officer_client.get("/usaha/mirip?nama=bu%20tejo&desa=33.02.04.2005")
    phone = officer_client.post("/usaha/mirip", data={"phone": "081299998888"})
    nothing = officer_client.get("/usaha/mirip?nama=lain&desa=33.02.04.2005")

    assert "Mirip dengan Warung Bu Tejo" in texts(near)
    assert "Nomor HP ini dipakai Bu Tejo" in texts(phone)
    assert "Tidak ada yang mirip" in texts(nothing)


HOSTILE = ["name;--", "'", "%27 OR 1=1", "\x00", "../../etc", "<script>", "💥" * 300, "*", '"', "("]


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_in_every_parameter_never_break_the_list(officer_client, factories, word):
    factories.enterprise()
    names = ["wilayah", "kelas", "sektor", "pendamping", "keadaan", "cari", "urut", "setelah"]

    for name in [*names, "terdaftar_dari", "terlambat"]:
        response = officer_client.get("/usaha", query_string={name: word})
        assert response.status_code in (200, 400, 422), name
        assert "<script>" not in texts(response).partition("</head>")[2]


def test_the_list_shows_only_its_filter_and_pages_on(officer_client, factories):
    for number in range(52):
        factories.enterprise(name=f"Usaha {number:02d}", sector="C")
    factories.enterprise(name="Lain", sector="D")

    first = texts(officer_client.get("/usaha?sektor=C"))
    next_url = re.search(r'href="(/usaha\?[^"]*setelah=[^"]*)"', first)[1].replace("&amp;", "&")
    second = texts(officer_client.get(next_url))

    assert "52 usaha" in first
    assert "Usaha 49" in first
    assert "Usaha 50" in second
    assert "Lain" not in first + second


@pytest.mark.parametrize("text", ["   ", "\u200b", "\u202e \u2060"])
def test_a_name_that_nobody_can_see_is_no_name(officer_client, village, text):
    response = officer_client.post("/usaha/baru", data={**FORM, "name": text})

    assert response.status_code == 422
    assert "Isi nama usaha." in texts(response)


@pytest.mark.parametrize(
    "path",
    [
        "/usaha?terdaftar_sampai=9999-12-31",
        "/usaha?terdaftar_dari=0001-01-01",
        "/usaha?urut=terbaru&setelah=WzAsIjAwMDEtMDEtMDFUMDA6MDA6MDArMDc6MDAiLCIwIl0",
        "/usaha?cari=%00",
        "/wilayah/cari?q=losari&dalam=%00",
    ],
)
def test_odd_addresses_are_no_fault(officer_client, path):
    assert officer_client.get(path).status_code in (200, 400, 422)


def test_an_odd_place_in_the_history_is_no_fault(officer_client, factories):
    made = factories.enterprise().id

    answer = officer_client.get(f"/usaha/{made}/riwayat?sebelum=99999999999999999999999")

    assert answer.status_code == 200


@pytest.mark.parametrize("text", ["NIK 3302145208850003", "3302145208850003 Karto"])
def test_what_may_be_a_nik_does_not_stand_in_the_address(officer_client, text):
    answer = officer_client.post("/usaha/cari", data={"cari": text})

    assert "3302145208850003" not in answer.headers.get("Location", "")
