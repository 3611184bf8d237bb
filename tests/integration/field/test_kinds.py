"""Registrations, assessments and reports of therapies that were made without signal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.clock import local_today, utc_now
from app.core.errors import WrongState
from app.core.ids import new_id
from app.core.scope import everywhere
from app.db import db
from app.db.belongings import Pair
from app.db.transaction import transaction
from app.enterprises.models import Enterprise, Owner
from app.field.jobs import look_after_what_waits
from app.field.models import InboxItem, SyncOperation
from app.field.services.deciding import decide
from app.field.services.successors import remember_successor
from app.health.models import AnswerCorrection, HealthAssessment
from app.interventions.models import Intervention
from app.mentoring.models import Visit

ANSWERS = {"KEU1": 3, "KEU2": 2, "PAS1": 3, "OPS1": 2}


def count(table):
    return db.session.query(table).count()


def accept(item, by):
    with transaction():
        decide(scope=everywhere(), item_id=item.id, version=item.version, decision="terima", by=by)


def test_enterprise_is_registered_under_the_ids_of_the_phone_and_visited(phone, factories):
    factories.village_rows()
    new = factories.register_operation(owner={"nik": factories.nik()})
    key = new["enterprise_id"]
    visit = factories.visit_operation(key, depends_on=[new["op_id"]])

    told = phone.results(visit, new)
    again = phone.results(new, visit)

    assert [one["status"] for one in told] == ["ok", "ok"]
    assert [one["status"] for one in again] == ["duplicate", "duplicate"]
    row = db.session.query(Enterprise).one()
    assert (str(row.id), str(row.owner_id)) == (key, new["data"]["owner_id"])
    assert row.mentor_id == phone.account_id
    assert row.last_visit_on == local_today()


def test_known_nik_is_looked_at_without_telling_whose_it_is(phone, factories):
    nik = factories.nik()
    theirs = factories.enterprise(
        owner=factories.owner(nik=nik, name="Canary Jauh"), village_code="35.07.10.2003"
    )
    factories.village_rows()
    new = factories.register_operation(owner={"nik": nik})
    visit = factories.visit_operation(new["enterprise_id"], depends_on=[new["op_id"]])

    told = phone.results(new, visit)
    (item,) = db.session.query(InboxItem).all()
    accept(item, phone.account_id)

    assert [(one["status"], one["code"]) for one in told] == [
        ("review", "nik_taken"),
        ("held", "parent_unknown"),
    ]
    assert "NIK sama dengan usaha lain" in told[0]["pesan"]
    assert "Canary" not in str(told)
    # Accepted without the number, and what waited for it came along.
    assert {str(row.id) for row in db.session.query(Enterprise)} == {
        str(theirs.id),
        new["enterprise_id"],
    }
    assert db.session.get_one(Owner, theirs.owner_id).nik_index is not None
    assert count(Visit) == 1
    assert {row.status for row in db.session.query(SyncOperation)} == {"ok"}


def test_similar_name_is_looked_at_unless_the_mentor_did(phone, factories):
    factories.enterprise(name="Keripik Tempe Bu Sari")
    said = {"name": "Keripik Tempe Bu Sarii"}

    (doubted,) = phone.results(factories.register_operation(said=said))
    confirmed = factories.register_operation(said=said)
    confirmed["data"]["confirmed"] = ["name_near"]
    (taken,) = phone.results(confirmed)

    assert (doubted["status"], doubted["code"]) == ("review", "name_near")
    assert taken["status"] == "ok"


def test_what_is_declined_stays_declined(phone, factories):
    factories.enterprise(name="Keripik Tempe Bu Sari")
    op = factories.register_operation(said={"name": "Keripik Tempe Bu Sarii"})
    phone.results(op)
    (item,) = db.session.query(InboxItem).all()

    with transaction():
        decide(
            scope=everywhere(),
            item_id=item.id,
            version=1,
            decision="tolak",
            note="Usaha yang sama.",
            by=phone.account_id,
        )
    (again,) = phone.results(op)

    assert (again["status"], again["stored"], again["code"]) == (
        "duplicate",
        "rejected",
        "declined",
    )
    assert count(Enterprise) == 1


def test_enterprise_outside_the_mentors_area_is_refused(phone, factories):
    factories.village_rows("35.07.10.2003")

    (told,) = phone.results(factories.register_operation(said={"village_code": "35.07.10.2003"}))

    assert (told["status"], told["code"]) == ("rejected", "village_elsewhere")
    assert count(Owner) == 0


def test_ids_of_others_are_not_taken_over(phone, factories):
    foreign = factories.enterprise()
    op = factories.register_operation(enterprise_id=str(foreign.id))
    owned = factories.register_operation()
    owned["data"]["owner_id"] = str(foreign.owner_id)

    told = phone.results(op, owned)

    assert [one["code"] for one in told] == ["enterprise_taken", "owner_taken"]
    assert count(Enterprise) == 1


def test_assessment_is_scored_here_and_compared_with_the_phone(phone, cared, factories):
    op = factories.assessment_operation(
        cared.id,
        ANSWERS,
        evidence={"KEU1": "buku"},
        context={"started_on": "2020-01-05", "incident_open": False, "book_coverage": 0.5},
        computed={"class": "sehat", "tenths": 999, "low": 0, "high": 1000, "knockouts": []},
    )

    (told,) = phone.results(op)
    (again,) = phone.results(op)

    row = db.session.query(HealthAssessment).one()
    assert (told["status"], again["status"]) == ("ok", "duplicate")
    assert told["labels"] == ["hitungan_berbeda"]
    assert (str(row.id), row.assessed_by) == (op["record_id"], phone.account_id)
    extra = db.session.query(SyncOperation).one().extra
    assert extra["hitungan_ponsel"]["tenths"] == 999
    assert extra["hitungan_server"]["low"] == row.low
    enterprise = db.session.get_one(Enterprise, cared.id)
    assert enterprise.assessed_on == local_today()


def test_assessment_that_agrees_with_the_server_carries_no_label(phone, cared, factories):
    first = factories.assessment_operation(cared.id, ANSWERS)
    phone.results(first)
    row = db.session.query(HealthAssessment).one()
    second = factories.assessment_operation(
        cared.id,
        ANSWERS,
        computed={
            "class": row.final_class,
            "tenths": row.score,
            "low": row.low,
            "high": row.high,
            "knockouts": list(row.knockouts),
        },
    )

    (told,) = phone.results(second)

    assert (told["status"], told["labels"]) == ("ok", [])


def test_enterprise_without_sector_learns_it_from_its_assessment(phone, cared, factories):
    with transaction():
        db.session.get_one(Enterprise, cared.id).sector = None

    (told,) = phone.results(factories.assessment_operation(cared.id, ANSWERS))

    assert told["status"] == "ok"
    assert db.session.get_one(Enterprise, cared.id).sector == "A"


@pytest.mark.parametrize("said", [{"KEU1": 9}, {"KEU1": "3"}, {"KEU1": None}, {}])
def test_answers_that_are_none_are_refused(phone, cared, factories, said):
    (told,) = phone.results(factories.assessment_operation(cared.id, said))

    assert told["status"] == "rejected"
    assert count(HealthAssessment) == 0


def therapy_op(factories, row, step, **said):
    data = {"intervention_id": str(row.id), "version": row.version, "step": step, **said}
    return factories.operation("therapy.report", row.enterprise_id, data)


def test_therapy_is_begun_told_of_and_ended(phone, cared, factories):
    row = factories.intervention(enterprise=cared, state="disetujui")
    ops = [
        therapy_op(factories, row, "mulai"),
        therapy_op(factories, row, "catatan", result_note="Sudah tiga kali mencatat."),
        therapy_op(
            factories,
            row,
            "selesai",
            closed_on=(local_today() + timedelta(days=2)).isoformat(),
            result="berhasil",
            spent=0,
        ),
    ]

    told = phone.results(*ops)

    assert [one["status"] for one in told] == ["ok"] * 3, told
    assert "berubah_sementara" in told[1]["labels"]
    done = db.session.get_one(Intervention, row.id)
    assert (done.state, done.result, done.closed_on) == ("selesai", "berhasil", local_today())


def test_report_of_a_therapy_that_was_cancelled_meanwhile_is_looked_at(phone, cared, factories):
    row = factories.intervention(enterprise=cared, state="disetujui")
    op = therapy_op(factories, row, "mulai")
    with transaction():
        gone = db.session.get_one(Intervention, row.id)
        gone.state, gone.closed_on = "batal", local_today()

    (told,) = phone.results(op)

    assert told["status"] == "review"
    assert db.session.query(InboxItem).one().kind == "tinjau"


def test_therapy_of_another_enterprise_is_refused(phone, cared, factories):
    foreign = factories.intervention(enterprise=factories.enterprise(), state="disetujui")
    op = therapy_op(factories, foreign, "mulai") | {"enterprise_id": str(cared.id)}

    (told,) = phone.results(op)

    assert (told["status"], told["code"]) == ("rejected", "intervention_unknown")


def test_what_waits_too_long_goes_to_a_person(phone, cared, factories):
    ops = [factories.visit_operation(cared.id, depends_on=[str(new_id())]) for _ in range(2)]
    phone.results(*ops)
    with transaction():
        row = db.session.get_one(SyncOperation, db.session.query(SyncOperation).first().op_id)
        row.received_at = utc_now() - timedelta(days=6)

    look_after_what_waits()
    look_after_what_waits()
    (item,) = db.session.query(InboxItem).all()
    accept(item, phone.account_id)

    assert item.code == "parent_missing"
    assert sorted(one.status for one in db.session.query(SyncOperation)) == ["held", "ok"]
    assert count(Visit) == 1


def test_visit_of_an_enterprise_that_went_into_another_is_kept_there(phone, cared, factories):
    gone = new_id()
    with transaction():
        remember_successor(
            Pair(kept_id=cared.id, gone_id=gone, kept_owner_id=new_id(), gone_owner_id=new_id())
        )

    (told,) = phone.results(factories.visit_operation(gone))

    assert (told["status"], told["labels"]) == ("ok", ["usaha_digabung"])
    assert db.session.query(Visit).one().enterprise_id == cared.id


def test_closed_enterprise_is_visited_and_stays_closed(phone, cared, factories):
    with transaction():
        db.session.get_one(Enterprise, cared.id).life_cycle = "tutup"

    (told,) = phone.results(factories.visit_operation(cared.id))

    assert told["status"] == "ok"
    assert db.session.get_one(Enterprise, cared.id).life_cycle == "tutup"


def test_owner_who_withdrew_is_respected_and_the_visit_looked_at(phone, cared, factories):
    with transaction():
        db.session.get_one(Owner, cared.owner_id).objected_on = local_today()

    (told,) = phone.results(factories.visit_operation(cared.id))

    assert (told["status"], told["code"]) == ("review", "consent_missing")
    assert count(Visit) == 0


def test_report_of_a_neighbour_counts_once_an_officer_accepts_it(phone, factories):
    foreign = factories.enterprise()
    key = foreign.id
    op = factories.visit_operation(key)
    phone.results(op)
    (item,) = db.session.query(InboxItem).all()

    accept(item, phone.account_id)
    (again,) = phone.results(op)

    visit = db.session.query(Visit).one()
    assert (visit.enterprise_id, visit.mentor_id) == (key, phone.account_id)
    assert (again["status"], again["stored"]) == ("duplicate", "ok")
    row = db.session.query(SyncOperation).one()
    assert (row.payload_sealed, row.settled_at is None) == (None, False)


def test_what_can_not_be_applied_stays_open_for_the_officer(phone, cared, factories):
    with transaction():
        db.session.get_one(Owner, cared.owner_id).objected_on = local_today()
    phone.results(factories.visit_operation(cared.id))
    (item,) = db.session.query(InboxItem).all()

    with pytest.raises(WrongState):
        accept(item, phone.account_id)

    assert db.session.query(InboxItem).one().state == "terbuka"
    assert db.session.query(SyncOperation).one().status == "review"
    assert count(Visit) == 0


def test_of_somebody_who_was_erased_nothing_is_taken_any_more(phone, cared, factories):
    parent = factories.visit_operation(cared.id)
    phone.results(factories.visit_operation(cared.id, depends_on=[parent["op_id"]]))
    with transaction():
        db.session.query(SyncOperation).one().payload_sealed = None

    look_after_what_waits()
    (told,) = phone.results(parent)

    assert told["status"] == "ok"
    assert count(Visit) == 1


def test_reasons_for_other_answers_than_the_record_knows_come_along(phone, cared, factories):
    why = {"known_points": 4, "source": "NIB tercatat di data usaha", "reason": "Milik adiknya"}
    op = factories.assessment_operation(
        cared.id,
        {"LGL1": 0, "KEU1": 3},
        # Of one that was not answered, one without a reason, one that no question has.
        corrections={
            "LGL1": why,
            "LGL4": why,
            "KEU1": {**why, "known_points": 2, "reason": " "},
            "XYZ9": why,
        },
    )
    broken = factories.assessment_operation(cared.id, {"LGL1": 0}, corrections={"LGL1": "salah"})

    told, refused = phone.results(op, broken)

    assert (told["status"], refused["status"], refused["code"]) == ("ok", "rejected", "type_wrong")
    (row,) = db.session.query(AnswerCorrection).all()
    assert (row.indicator, row.known_points, row.given_points) == ("LGL1", 4, 0)
    assert (row.source, row.reason) == (why["source"], why["reason"])


def test_the_card_tells_what_the_record_knows_of_the_answers(phone, cared):
    with transaction():
        db.session.get_one(Enterprise, cared.id).nib = "1234567890123"

    changes = phone.get("/api/v1/sync/pull").get_json()["changes"]
    (card,) = [one["record"] for one in changes]

    (known,) = [one for one in card["known"] if one["code"] == "LGL1"]
    assert known == {
        "code": "LGL1",
        "points": 4,
        "source": "NIB tercatat di data usaha; periksa apakah KBLI-nya sesuai",
        "on": local_today().isoformat(),
        "evidence": "pengakuan",
        "until": None,
        "number": None,
    }
