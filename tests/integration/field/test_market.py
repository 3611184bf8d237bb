"""Goods, money, labels and permits that were noted without signal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.accounts.models import Account
from app.core.clock import local_today
from app.core.ids import new_id
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.field.models import InboxItem
from app.field.services.deciding import decide
from app.market.models import (
    Certificate,
    CertificateStep,
    ChannelPayment,
    ChannelReturn,
    Delivery,
    LabelCheck,
    SalesChannel,
)
from app.market.services import terms

TODAY = local_today()


@pytest.fixture
def by(phone):
    return db.session.get_one(Account, phone.account_id)


@pytest.fixture
def channel(cared, factories, by):
    return factories.sales_channel(cared, by)


def delivery(factories, channel, *, enterprise_id=None, **said):
    data = {
        "channel_id": str(channel.id),
        "delivered_on": TODAY.isoformat(),
        "value": 240_000,
        "pieces": 20,
        **said,
    }
    return factories.operation("channel.delivery", enterprise_id or channel.enterprise_id, data)


def card(phone, enterprise):
    changes = phone.get("/api/v1/sync/pull").get_json()["changes"]
    return next(one["record"] for one in changes if one["enterprise_id"] == str(enterprise.id))


def test_goods_and_money_are_kept_once_however_often_they_are_sent(
    phone, cared, factories, channel
):
    product = factories.product(cared)
    given = delivery(factories, channel, product_id=str(product.id), note="Dua dus")
    paid = factories.operation(
        "channel.payment",
        cared.id,
        {"channel_id": str(channel.id), "paid_on": TODAY.isoformat(), "amount": 100_000},
    )
    back = factories.operation(
        "channel.return",
        cared.id,
        {
            "channel_id": str(channel.id),
            "returned_on": TODAY.isoformat(),
            "value": 24_000,
            "pieces": 2,
            "reason": "rusak",
        },
    )

    first = phone.results(given, paid, back)
    again = phone.results(back, given, paid)
    # The same work under another number, as after a phone was set up anew.
    renewed = phone.results({**given, "op_id": str(new_id())})

    assert {one["status"] for one in first} == {"ok"}
    assert {one["status"] for one in again} == {"duplicate"}
    assert renewed[0]["status"] == "ok"
    row = db.session.query(Delivery).one()
    assert str(row.id) == given["record_id"]
    assert (row.pieces, row.value, row.note) == (20, 240_000, "Dua dus")
    assert row.recorded_by == phone.account_id
    assert db.session.query(ChannelPayment).one().amount == 100_000
    assert db.session.query(ChannelReturn).one().reason == "rusak"
    assert db.session.get_one(SalesChannel, channel.id).tied_up == 116_000


def test_what_can_not_be_meant_so_is_refused_and_leaves_nothing(phone, cared, factories, channel):
    other = factories.enterprise()
    elsewhere = factories.sales_channel(other, db.session.get_one(Account, phone.account_id))
    wrong = [
        delivery(factories, channel, value=0),
        delivery(factories, channel, value="banyak"),
        delivery(factories, channel, delivered_on=None),
        delivery(factories, channel, pieces=-3),
        delivery(factories, channel, product_id=str(new_id())),
        delivery(factories, channel, channel_id=str(new_id())),
        delivery(factories, elsewhere, enterprise_id=cared.id),
    ]

    told = phone.results(*wrong)

    assert [one["status"] for one in told] == ["rejected"] * len(wrong)
    assert [told[5]["code"], told[6]["code"]] == ["channel_unknown"] * 2
    assert db.session.query(Delivery).count() == 0


def test_goods_for_a_channel_closed_meanwhile_wait_for_a_person(
    phone, cared, factories, channel, by
):
    with transaction():
        terms.close(
            channel_id=channel.id,
            version=channel.version,
            closed_on=TODAY - timedelta(days=2),
            scope=everywhere(),
            by=by.id,
        )

    (told,) = phone.results(delivery(factories, channel))
    (item,) = db.session.query(InboxItem).all()
    with transaction():
        decide(
            scope=everywhere(), item_id=item.id, version=item.version, decision="tolak", by=by.id
        )

    assert (told["status"], told["code"]) == ("review", "channel_closed")
    assert db.session.query(Delivery).count() == 0


def test_a_day_that_has_not_come_is_the_phones_clock(phone, cared, factories, channel):
    op = delivery(factories, channel, delivered_on=(TODAY + timedelta(days=2)).isoformat())

    (told,) = phone.results(op)

    assert (told["status"], told["labels"]) == ("ok", ["tanggal_dibetulkan"])
    assert db.session.query(Delivery).one().delivered_on == TODAY


def test_a_mentor_of_elsewhere_changes_nothing(phone, factories, by):
    foreign = factories.enterprise(village_code="35.07.10.2003")
    channel = factories.sales_channel(foreign, by)

    (told,) = phone.results(delivery(factories, channel))

    assert told["status"] in ("review", "rejected")
    assert db.session.query(Delivery).count() == 0


def test_the_card_names_products_and_channels_that_run(phone, cared, factories, channel, by):
    product = factories.product(cared, price=12_000)
    factories.product(cared, name="Sale pisang", is_active=False)
    factories.sales_channel(cared, by, name="Rencana mal", opened_on=None)

    told = card(phone, cared)

    (label,) = [one["label"] for one in told["products"]]
    assert {"L1", "L7", "L12"} <= set(label["needs"])
    assert (label["last"], label["on"]) == (None, None)
    assert [(one["id"], one["price"]) for one in told["products"]] == [(str(product.id), 12_000)]
    assert [(one["id"], one["kind"]) for one in told["channels"]] == [
        (str(channel.id), "Toko oleh-oleh")
    ]


def label_check(factories, product, **said):
    data = {
        "product_id": str(product.id),
        "checked_on": TODAY.isoformat(),
        # What the phone took for needless or forgot is missing; a halal sign is a fault.
        "elements": {"L1": "ada", "L2": "ada", "L5": "ada", "L7": "tidak_perlu"},
        "has_brand": True,
        "has_contact": False,
        **said,
    }
    return factories.operation("label.check", product.enterprise_id, data)


def test_a_label_is_checked_once_and_prefills_the_next_assessment(phone, cared, factories):
    product = factories.product(cared)
    op = label_check(factories, product)

    first = phone.results(op)
    again = phone.results({**op, "op_id": str(new_id())})

    assert [first[0]["status"], again[0]["status"]] == ["ok", "ok"]
    row = db.session.query(LabelCheck).one()
    assert str(row.id) == op["record_id"]
    assert (row.elements["L1"], row.elements["L5"], row.elements["L7"]) == (
        "ada",
        "dilarang",
        "tidak",
    )
    assert (row.present, row.has_brand, row.has_contact) == (2, True, False)
    told = card(phone, cared)
    known = {one["code"]: (one["points"], one["evidence"]) for one in told["known"]}
    assert known["KMS3"] == (2, "dilihat")
    assert known["KMS2"][0] == 0
    (label,) = [one["label"] for one in told["products"]]
    assert (label["on"], label["last"]["L2"]) == (TODAY.isoformat(), "ada")


def test_a_label_of_somebody_elses_product_is_refused(phone, cared, factories):
    foreign = factories.product(factories.enterprise())
    broken = factories.product(cared)

    told = phone.results(
        {**label_check(factories, foreign), "enterprise_id": str(cared.id)},
        label_check(factories, broken, elements={"L1": "mungkin"}),
    )

    assert [one["code"] for one in told] == ["product_unknown", "choice_unknown"]
    assert db.session.query(LabelCheck).count() == 0


def step(factories, certificate, to_state, **said):
    data = {
        "certificate_id": str(certificate.id),
        "to_state": to_state,
        "on": TODAY.isoformat(),
        **said,
    }
    return factories.operation("certificate.step", certificate.enterprise_id, data)


def test_steps_of_a_permit_are_taken_once_and_move_the_answer(phone, cared, factories):
    product = factories.product(cared)
    row = factories.certificate(
        cared, "spp_irt", "cek_kelayakan", "nib_ok", "rancangan_label", product=product
    )
    number = f"2153302010001-{(TODAY.year + 5) % 100:02}"
    filed = step(factories, row, "diajukan_oss", note="Lewat balai desa")
    issued = step(factories, row, "terbit_komitmen", number=number, issued_on=TODAY.isoformat())

    first = phone.results(filed, issued)
    again = phone.results(filed, {**issued, "op_id": str(new_id())})

    assert [one["status"] for one in first] == ["ok", "ok"]
    assert [one["status"] for one in again] == ["duplicate", "ok"]
    kept = db.session.get_one(Certificate, row.id)
    assert (kept.state, kept.state_on, kept.issued_on) == ("terbit_komitmen", TODAY, TODAY)
    assert db.session.query(CertificateStep).filter_by(to_state="terbit_komitmen").count() == 1
    told = card(phone, cared)
    assert {one["code"]: one["points"] for one in told["known"]}["LGL2"] == 2
    (shown,) = told["certificates"]
    assert (shown["state"], shown["product"]) == ("terbit_komitmen", "Keripik tempe")
    assert "aktif" not in shown["ways"]
    assert {"pkp_lulus", "sarana_diperiksa"} <= set(shown["ways"])


def test_an_odd_number_is_kept_and_marked(phone, cared, factories):
    product = factories.product(cared)
    row = factories.certificate(
        cared, "spp_irt", "cek_kelayakan", "nib_ok", "rancangan_label", "diajukan_oss",
        product=product,
    )  # fmt: skip

    # Another kind of food than the product is.
    (told,) = phone.results(
        step(
            factories,
            row,
            "terbit_komitmen",
            number="2013302010001-31",
            issued_on=TODAY.isoformat(),
        )
    )

    assert (told["status"], told["labels"]) == ("ok", ["perlu_dilihat"])
    kept = db.session.get_one(Certificate, row.id)
    assert kept.state == "terbit_komitmen"
    assert kept.confirmed_warnings


def test_a_step_that_is_no_longer_possible_waits_for_a_person(phone, cared, factories):
    row = factories.certificate(cared, "nib", "data_siap", "akun_oss")

    gone, unknown, foreign = phone.results(
        step(factories, row, "data_siap"),
        step(factories, row, "terbit", number="12"),
        {
            **step(factories, factories.certificate(factories.enterprise(), "nib"), "data_siap"),
            "enterprise_id": str(cared.id),
        },
    )

    assert (gone["status"], gone["code"]) == ("review", "certificate_move")
    assert unknown["status"] == "rejected"
    assert (foreign["status"], foreign["code"]) == ("rejected", "certificate_unknown")
    assert db.session.get_one(Certificate, row.id).state == "akun_oss"


def test_the_card_and_the_reference_know_the_same_states(phone, cared, factories):
    factories.certificate(cared, "nib", "data_siap")
    reference = phone.get("/api/v1/sync/reference").get_json()

    (one,) = card(phone, cared)["certificates"]

    states = reference["tracks"][one["track"]]["states"]
    assert one["number"] is None
    assert {one["state"], *one["ways"]} <= set(states)
    assert states["terbit"]["needs"] == ["nomor"]
    assert {element["code"] for element in reference["label_elements"]} >= {"L1", "L12"}
