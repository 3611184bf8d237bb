import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.interventions.models import Intervention
from app.web.filters import tanggal

TODAY = local_today()
DUE = TODAY + timedelta(days=45)
QUEUE = "/terapi/persetujuan"


def waiting(factories, *codes, name="Keripik Bu Sri", health_class="kurang_sehat", **where):
    enterprise = factories.enterprise(name=name, **where)
    factories.assessment(enterprise=enterprise, health_class=health_class)
    return [
        factories.intervention(enterprise=enterprise, therapy_code=code, indicators=["MNJ1"]).id
        for code in codes
    ]


def posted(*ids, ticked=(), step="setujui", reason="", **changed):
    """A page as the browser sends it: every row with its fields, some of them ticked."""
    form = {"baris": [str(key) for key in ids], "langkah": step, "reason": reason}
    for key in ids:
        values = {
            "version": "1",
            "responsible": "",
            "responsible_name": "Ibu Sri",
            "provider": "PLUT",
            "due_on": tanggal(DUE),
            "cost": "",
            "funding_source": "tanpa_biaya",
            **changed.get(key.hex, {}),
        }
        form |= {f"u{key.hex}-{field}": value for field, value in values.items()}
        if key in ticked:
            form[f"u{key.hex}-chosen"] = "y"
    return form


def states(*ids):
    db.session.rollback()
    rows = {row.id: row.state for row in db.session.scalars(select(Intervention))}
    return [rows[key] for key in ids]


def test_queue_tells_class_answers_and_gate_of_each_proposal(officer_client, factories):
    waiting(factories, "T01")
    waiting(factories, "T22", name="Jahit Bu Wati", health_class="sakit")

    page = officer_client.get(QUEUE).text

    assert "Persetujuan terapi (2)" in page
    assert "Catatan buku kas: 2 dari 4 poin" in page
    assert "Sakit" in page
    assert "Kurang sehat" in page
    assert "Modal kerja" in page
    assert page.index("Keripik Bu Sri") < page.index("Jahit Bu Wati")
    assert 'value="Pendamping"' in page


def test_ten_are_approved_by_one_press(officer_client, factories):
    ids = [waiting(factories, "T01", name=f"Usaha {number}")[0] for number in range(10)]

    ticked = officer_client.get(f"{QUEUE}?centang=semua").text
    answer = officer_client.post(QUEUE, data=posted(*ids, ticked=ids))

    assert len(re.findall(r"<input checked[^>]*-chosen", ticked)) == 10
    assert answer.status_code == 303
    assert states(*ids) == ["disetujui"] * 10
    row = db.session.get(Intervention, ids[0])
    assert (row.responsible_name, row.provider, row.due_on) == ("Ibu Sri", "PLUT", DUE)
    assert "10 usulan disetujui." in officer_client.get(QUEUE).text


def test_each_row_is_decided_by_itself_and_faults_come_back_with_what_was_typed(
    officer_client, factories
):
    good, bad, blank = (waiting(factories, "T01", name=name)[0] for name in ("Satu", "Dua", "Tiga"))
    changed = {
        bad.hex: {"cost": "250.000", "provider": "Dinas Koperasi"},
        blank.hex: {"provider": "BUMDes Losari"},
    }

    answer = officer_client.post(
        QUEUE, data=posted(good, bad, blank, ticked=(good, bad), **changed)
    )

    assert answer.status_code == 409
    assert states(good, bad, blank) == ["disetujui", "usulan", "usulan"]
    assert "1 usulan disetujui." in answer.text
    assert "Pilih sumber dana untuk biaya ini." in answer.text
    assert 'value="250.000"' in answer.text
    assert 'value="Dinas Koperasi"' in answer.text
    assert 'value="BUMDes Losari"' in answer.text
    assert "Satu" not in re.sub(r"(?s)<header.*?</header>", "", answer.text)


def test_limit_of_the_class_holds_inside_one_batch(officer_client, factories):
    sick = waiting(factories, "T01", "T02", "T04", health_class="sakit")
    others = waiting(factories, "T01", "T02", "T04", "T13", name="Lain")

    answer = officer_client.post(QUEUE, data=posted(*sick, *others, ticked=(*sick, *others)))

    assert answer.status_code == 409
    assert states(*sick) == ["disetujui", "disetujui", "usulan"]
    assert states(*others) == ["disetujui", "disetujui", "disetujui", "usulan"]
    assert "paling banyak 2" in answer.text
    assert "paling banyak 3" in answer.text


def test_ticking_all_stops_at_the_room_that_each_plan_has(officer_client, factories):
    waiting(factories, "T01", "T02", "T04", health_class="sakit")

    page = officer_client.get(f"{QUEUE}?centang=semua").text

    assert len(re.findall(r"<input checked[^>]*-chosen", page)) == 2


def test_gate_that_people_judge_is_confirmed_in_the_row(officer_client, factories):
    (group,) = waiting(factories, "T28")
    changed = {group.hex: {"cost": "2.500.000", "funding_source": "dana_desa"}}

    without = officer_client.post(QUEUE, data=posted(group, ticked=[group], **changed))
    changed[group.hex]["gates_checked"] = "y"
    confirmed = officer_client.post(QUEUE, data=posted(group, ticked=[group], **changed))

    assert (without.status_code, confirmed.status_code) == (409, 303)
    assert "sudah diperiksa" in without.text
    assert db.session.get(Intervention, group).gates_confirmed == ["cukup_pemilik"]


def test_equipment_is_not_approved_among_others(officer_client, factories):
    (tool,) = waiting(factories, "T18")
    changed = {tool.hex: {"cost": "2.500.000", "funding_source": "dana_desa", "gates_checked": "y"}}

    answer = officer_client.post(QUEUE, data=posted(tool, ticked=[tool], **changed))

    assert answer.status_code == 409
    assert "lewat halaman Bantuan alat" in answer.text
    assert states(tool) == ["usulan"]


def test_ticked_proposals_are_refused_with_one_reason(officer_client, factories):
    ids = [waiting(factories, "T01", name=name)[0] for name in ("Satu", "Dua")]

    silent = officer_client.post(QUEUE, data=posted(*ids, ticked=ids, step="tolak"))
    told = officer_client.post(
        QUEUE, data=posted(*ids, ticked=ids[:1], step="tolak", reason="Dana habis")
    )

    assert (silent.status_code, told.status_code) == (422, 303)
    assert "Isi alasannya" in silent.text
    assert states(*ids) == ["ditolak", "usulan"]
    assert db.session.get(Intervention, ids[0]).decision_reason == "Dana habis"


def test_what_somebody_else_decided_or_changed_meanwhile_is_told(officer_client, factories):
    decided = waiting(factories, "T01", name="Satu")[0]
    changed = waiting(factories, "T02", name="Dua")[0]
    officer_client.post(
        f"/terapi/{decided}/tolak", data={"version": "1", "reason": "Sudah ada bukunya"}
    )
    officer_client.post(
        f"/terapi/{changed}/ubah",
        data={
            "version": "1",
            "responsible_name": "Pak Dar",
            "due_on": tanggal(DUE),
            "funding_source": "tanpa_biaya",
        },
    )

    answer = officer_client.post(QUEUE, data=posted(decided, changed, ticked=(decided, changed)))

    assert answer.status_code == 409
    assert states(decided, changed) == ["ditolak", "usulan"]
    assert "sudah diputuskan orang lain (ditolak)" in answer.text
    assert "baru saja diubah orang lain" in answer.text
    assert 'value="Pak Dar"' in answer.text


def test_nothing_ticked_changes_nothing(officer_client, factories):
    (one,) = waiting(factories, "T01")

    answer = officer_client.post(QUEUE, data=posted(one))

    assert answer.status_code == 303
    assert states(one) == ["usulan"]


def test_filters_and_pages_show_what_was_asked_for(officer_client, factories):
    for number in range(21):
        waiting(factories, "T01", name=f"Usaha ke-{number:02d}")
    waiting(factories, "T13", name="Warung NIB", health_class="sakit")

    first = officer_client.get(QUEUE).text
    following = re.search(r'href="(/terapi/persetujuan\?sesudah=[^"]+)"', first)
    second = officer_client.get(following[1].replace("&amp;", "&")).text
    sick = officer_client.get(f"{QUEUE}?kelas=sakit").text
    permit = officer_client.get(f"{QUEUE}?terapi=T13").text

    assert "Usaha ke-19" in first
    assert "Usaha ke-20" not in first
    assert "Usaha ke-20" in second
    assert "Warung NIB" in second
    assert officer_client.get(f"{QUEUE}?sesudah=bukan").status_code == 422
    for page in (sick, permit):
        assert "Persetujuan terapi (1)" in page
        assert "Usaha ke-" not in page


@pytest.mark.parametrize("role", [Role.MENTOR, Role.VILLAGE_OFFICER, Role.ENTREPRENEUR])
def test_only_officers_decide(as_role, factories, role):
    (one,) = waiting(factories, "T01")
    client = as_role(role)

    assert client.get(QUEUE).status_code == 403
    assert client.post(QUEUE, data=posted(one, ticked=[one])).status_code == 403
    assert states(one) == ["usulan"]


def test_proposals_elsewhere_are_neither_seen_nor_decided(officer_client, factories):
    (foreign,) = waiting(factories, "T01", name="Jauh Sekali", village_code="35.07.10.2003")

    page = officer_client.get(QUEUE).text
    answer = officer_client.post(QUEUE, data=posted(foreign, ticked=[foreign]))

    assert "Jauh Sekali" not in page
    assert "Jauh Sekali" not in answer.text
    assert states(foreign) == ["usulan"]


def test_two_officers_with_the_same_queue_do_not_pass_the_limit(app, as_role, factories):
    ids = waiting(factories, "T01", "T02", "T04", "T13", health_class="sakit")
    clients = [as_role(Role.LABOUR_OFFICER), as_role(Role.LABOUR_OFFICER)]
    db.session.rollback()
    together = Barrier(len(clients))

    def press(client):
        with app.app_context():
            together.wait(timeout=20)
            return client.post(QUEUE, data=posted(*ids, ticked=ids)).status_code

    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(press, clients))

    approved = db.session.scalar(
        select(func.count()).where(Intervention.state.in_(("disetujui", "berjalan")))
    )
    assert answers == [409, 409]
    assert approved == 2
