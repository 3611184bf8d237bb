"""Pages of channels: noting, calculating, entering with and without an officer, what is owed."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from app.core.clock import local_today
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.market.models import ConsignmentTrial, Delivery, SalesChannel
from app.market.queries.market_desk import DeskFilter, line_count, overview
from app.web.filters import tanggal

RED = {
    "jumlah": "400",
    "modal": "7.000",
    "harga": "9.600",
    "laku": "80",
    "jemput": "300",
    "tetap": "150.000",
    "buat": "5",
    "rak": "21",
    "tunggu": "35",
    "kas": "3.000.000",
}
GREEN = {**RED, "jumlah": "150", "laku": "95", "tunggu": "0"}
CONSIGNMENT = {
    "kind": "toko_oleh_oleh",
    "name": "Toko Sari Rasa",
    "is_consignment": "y",
    "payment_days": "35",
    "margin": "20",
    "returns_accepted": "y",
}


def channel_of(name="Toko Sari Rasa"):
    return db.session.scalars(
        select(SalesChannel)
        .where(SalesChannel.name == name)
        .execution_options(populate_existing=True)
    ).one()


def text_of(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def plan(enterprise, mentor_client):
    mentor_client.post(f"/usaha/{enterprise.id}/pasar/kanal-baru", data=CONSIGNMENT)
    return channel_of().id


def test_consignment_is_a_plan_until_it_was_calculated(plan, mentor_client):
    before = mentor_client.get(f"/kanal/{plan}")
    refused = mentor_client.post(f"/kanal/{plan}/mulai", data={"version": "1"})

    assert "Uji kelayakan" in text_of(before)
    assert refused.status_code == 409
    assert channel_of().opened_on is None


def test_consignment_that_begins_today_is_not_noted_as_running(enterprise, mentor_client):
    answer = mentor_client.post(
        f"/usaha/{enterprise.id}/pasar/kanal-baru",
        data={**CONSIGNMENT, "opened_on": tanggal(local_today())},
    )

    assert answer.status_code == 422
    assert "diuji dahulu" in text_of(answer)


def test_the_worked_case_comes_out_as_printed_without_script(plan, mentor_client):
    page = text_of(mentor_client.get(f"/kanal/{plan}/uji", query_string=RED))

    for words in ("Rp 5.693.333", "Rp 98.000", "77,5%", "210 buah", "61 hari", "Merah"):
        assert words in page
    for cash in ("Rp 50.000", "-Rp 2.900.000", "-Rp 2.802.000"):
        assert cash in page


def test_a_calculation_by_itself_knows_no_product(plan, mentor_client):
    answer = mentor_client.get("/pasar/hitung", query_string={**RED, "produk": str(plan)})

    assert answer.status_code == 200
    assert "Rp 5.693.333" not in text_of(answer)


@pytest.mark.parametrize("version", ["9" * 30, "9" * 5000, "²", "x", "-1"])
def test_a_tampered_version_is_one_that_nobody_saw(plan, mentor_client, version):
    answer = mentor_client.post(f"/kanal/{plan}/mulai", data={"version": version})

    assert answer.status_code == 409
    assert channel_of().opened_on is None


def test_a_green_channel_is_begun_by_the_mentor(plan, mentor_client):
    saved = mentor_client.post(f"/kanal/{plan}/uji", data=GREEN)
    begun = mentor_client.post(f"/kanal/{plan}/mulai", data={"version": channel_of().version})

    assert (saved.status_code, begun.status_code) == (303, 303)
    assert channel_of().opened_on == local_today()
    assert channel_of().verdict == "hijau"


def test_a_red_channel_needs_the_reason_of_an_officer(plan, mentor_client, officer_client):
    mentor_client.post(f"/kanal/{plan}/uji", data=RED)
    version = channel_of().version
    by_mentor = mentor_client.post(f"/kanal/{plan}/mulai", data={"version": version})
    not_theirs = mentor_client.post(
        f"/kanal/{plan}/izinkan", data={"version": version, "reason": "Ingin mencoba saja"}
    )
    without = officer_client.post(f"/kanal/{plan}/izinkan", data={"version": version})
    assert (by_mentor.status_code, not_theirs.status_code, without.status_code) == (403, 403, 422)
    assert channel_of().opened_on is None

    allowed = officer_client.post(
        f"/kanal/{plan}/izinkan",
        data={"version": channel_of().version, "reason": "Toko menalangi modal dua bulan"},
    )

    assert allowed.status_code == 303
    assert channel_of().opened_on == local_today()
    assert "menalangi" in text_of(mentor_client.get(f"/kanal/{plan}"))
    assert "menalangi" in text_of(officer_client.get("/pasar/kanal?keadaan=diizinkan"))


def test_consignment_of_an_ill_enterprise_needs_the_same(
    factories, enterprise, plan, mentor_client, officer_client
):
    factories.assessment(enterprise=enterprise, health_class="sakit")
    mentor_client.post(f"/kanal/{plan}/uji", data=GREEN)
    refused = mentor_client.post(f"/kanal/{plan}/mulai", data={"version": channel_of().version})

    assert refused.status_code == 403
    assert "sakit" in text_of(mentor_client.get(f"/kanal/{plan}"))
    assert "Toko Sari Rasa" in text_of(officer_client.get("/pasar/kanal?keadaan=menunggu"))


def test_a_calculation_is_kept_once_and_shown_again(plan, mentor_client):
    said = {**RED, "number": "01890000-0000-7000-8000-0000000000aa"}
    for _ in range(2):
        mentor_client.post(f"/kanal/{plan}/uji", data=said)

    kept = db.session.scalars(select(ConsignmentTrial)).one()
    assert kept.result["profit"] == 98_000
    assert "Rp 98.000" in text_of(mentor_client.get(f"/kanal/uji/{kept.id}"))


def test_a_running_channel_may_not_turn_into_consignment(
    factories, enterprise, mentor, mentor_client
):
    key = factories.sales_channel(enterprise, mentor, payment_days=0).id
    answer = mentor_client.post(f"/kanal/{key}/ubah", data={**CONSIGNMENT, "version": "1"})

    assert answer.status_code == 409
    assert not channel_of().is_consignment


def test_rows_are_noted_put_right_and_taken_back(factories, enterprise, mentor, mentor_client):
    key = factories.sales_channel(enterprise, mentor, payment_days=7).id
    day = tanggal(local_today())
    mentor_client.post(f"/kanal/{key}/kiriman", data={"day": day, "value": "500.000"})
    mentor_client.post(f"/kanal/{key}/pembayaran", data={"day": day, "amount": "200.000"})
    mentor_client.post(
        f"/kanal/{key}/kembali", data={"day": day, "value": "50.000", "reason": "rusak"}
    )
    mentor_client.post(f"/kanal/{key}/laku", data={"day": day, "value": "0"})
    assert channel_of().tied_up == 250_000

    old = db.session.scalars(select(Delivery)).one().id
    address = f"/kanal/{key}/kiriman?betulkan={old}"
    assert "500.000" in text_of(mentor_client.get(address))
    mentor_client.post(address, data={"day": day, "value": "400.000"})
    assert channel_of().tied_up == 150_000
    assert mentor_client.get(address).status_code == 404

    new = db.session.scalars(select(Delivery.id).where(Delivery.corrects_id == old)).one()
    mentor_client.post(
        f"/kanal/{key}/kiriman?betulkan={new}",
        data={"day": day, "value": "400.000", "note": "Salah toko", "batalkan": "ya"},
    )
    assert channel_of().tied_up == -250_000
    page = text_of(mentor_client.get(f"/usaha/{enterprise.id}/pasar"))
    assert "Dibayar lebih atau di muka" in page


def test_numbers_lead_to_their_rows(factories, enterprise, mentor, mentor_client):
    key = enterprise.id
    channel = factories.sales_channel(enterprise, mentor, payment_days=14)
    factories.delivered_to(channel, mentor, 40, 500_000)
    factories.paid_by(channel, mentor, 10, 100_000)

    page = text_of(mentor_client.get(f"/usaha/{key}/pasar"))
    late = text_of(mentor_client.get(f"/usaha/{key}/pasar/catatan?angka=terlambat"))
    aged = text_of(mentor_client.get(f"/usaha/{key}/pasar/catatan?angka=tertahan&umur=31-45"))
    fresh = text_of(mentor_client.get(f"/usaha/{key}/pasar/catatan?angka=tertahan&umur=0-7"))
    waited = text_of(mentor_client.get(f"/usaha/{key}/pasar/catatan?angka=dibayar"))
    sales = text_of(mentor_client.get(f"/usaha/{key}/pasar/catatan?angka=penjualan"))

    assert "Rp 400.000" in page
    assert "Rp 400.000" in late
    assert "Rp 400.000" in aged
    assert "Tidak ada catatan" in fresh
    assert "30 hari" in waited
    assert "Pembayaran" in sales


def test_an_office_sees_who_owes_longest_and_takes_it_along(
    factories, enterprise, mentor, officer_client
):
    for name, days in (("Warung Baru", 3), ("Toko Lama", 70)):
        channel = factories.sales_channel(enterprise, mentor, name=name, payment_days=14)
        factories.delivered_to(channel, mentor, days, 100_000)

    page = text_of(officer_client.get("/pasar/kanal"))
    home = text_of(officer_client.get("/pasar"))
    sheet = openpyxl.load_workbook(
        BytesIO(officer_client.get("/pasar/kanal/unduh?keadaan=terlambat").data)
    ).active

    aged = text_of(officer_client.get("/pasar/kanal?umur=61&jenis=toko_oleh_oleh"))
    other = text_of(officer_client.get("/pasar/kanal?umur=61&jenis=ekspor"))

    assert page.index("Toko Lama") < page.index("Warung Baru")
    assert "Toko Lama" in aged
    assert "Warung Baru" not in aged
    assert "Toko Lama" not in other
    assert "Rp 200.000" in home
    names = [row[0] for row in sheet.iter_rows(min_row=5, values_only=True)]
    assert "Toko Lama" in names
    assert "Warung Baru" not in names


def test_an_overview_counts_what_its_lists_hold(factories, enterprise, mentor, officer_client):
    for name, kind, days in (
        ("Baru", "warung", 7), ("Sebulan", "warung", 8), ("Batas", "warung", 30),
        ("Tua", "toko_modern", 46), ("Lama", "toko_modern", 61), ("Kelak", "pasar", 0),
    ):  # fmt: skip
        channel = factories.sales_channel(enterprise, mentor, name=name, kind=kind)
        factories.delivered_to(channel, mentor, days, 100_000 + days)
    factories.delivered_to(channel, mentor, 40, 1_000)

    seen = overview(everywhere(mentor))

    assert seen.counts == {
        stand: line_count(everywhere(mentor), DeskFilter(stand=stand)) for stand in seen.counts
    }
    assert seen.counts["berutang"] == 6
    assert {one.code: one.amount for one in seen.ages} == {
        "0-7": 200_007, "8-30": 200_038, "31-45": 1_000, "46-60": 100_046, "61": 100_061,
    }  # fmt: skip
    assert [(one.code, one.channels, one.amount) for one in seen.kinds] == [
        ("warung", 3, 300_045), ("toko_modern", 2, 200_107), ("pasar", 1, 101_000),
    ]  # fmt: skip
    assert seen.owed == 601_152


def test_nobody_reaches_channels_of_another_area(factories, enterprise, mentor, as_role):
    channel = factories.sales_channel(enterprise, mentor, name="Toko Jauh")
    factories.delivered_to(channel, mentor, 70, 100_000)
    key = channel.id
    stranger = as_role(Role.LABOUR_OFFICER, "35.07")

    assert stranger.get(f"/kanal/{key}").status_code == 404
    assert stranger.post(f"/kanal/{key}/pembayaran", data={}).status_code == 404
    assert "Toko Jauh" not in text_of(stranger.get("/pasar/kanal"))


def test_a_village_officer_reads_and_writes_nothing(factories, enterprise, mentor, as_role):
    key = factories.sales_channel(enterprise, mentor).id
    reader = as_role(Role.VILLAGE_OFFICER, enterprise.village_code)

    assert reader.get(f"/kanal/{key}").status_code == 200
    assert "Catat kiriman" not in text_of(reader.get(f"/kanal/{key}"))
    assert reader.post(f"/kanal/{key}/kiriman", data={}).status_code == 403
    assert reader.post(f"/kanal/{key}/izinkan", data={}).status_code == 403
