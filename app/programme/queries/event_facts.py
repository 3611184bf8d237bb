"""What was done: visits, therapies, referrals, trainings, tools."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from app.aid.models import Tool, ToolHolding
from app.core.clock import LOCAL_ZONE
from app.enterprises.models import Enterprise
from app.interventions.models import Intervention, Referral
from app.interventions.rules import ACTIVE_STATES, NO_COST, PROMISED_STATES
from app.interventions.rules.referrals import ACCEPTED, DECLINED, FINISHED
from app.interventions.rules.states import DONE
from app.mentoring.models import Visit
from app.mentoring.rules import MET
from app.programme.queries.fact_tables import (
    Amount,
    Around,
    Fact,
    FactTable,
    equal,
    is_named,
    is_true,
    served,
)
from app.programme.rules.kinds import PROVIDER, SESSION, THERAPY, TOOL, TRAINER, VISIT
from app.trainings.models import TrainingAttendance, TrainingSession
from app.trainings.rules import ADOPTED, TRAINING, UNSEEN

# Packaging, labels, channels, marketing; brand.
_MARKET = ("T06", "T07", "T08", "T11", "T12", "T17")
_GROUP, _CAPITAL, _DEBT = ("T28",), ("T22", "T23"), ("T20", "T21")
_COOPERATIVE_PILLAR = "4"
# Days a month; as the success of the therapy for idle tools has it.
_USED_DAYS = 9


def _in_days(column: Any, around: Around) -> ColumnElement[bool]:
    return and_(column.is_not(None), column.between(around.period.from_on, around.period.until_on))


def _in_instants(column: Any, around: Around) -> ColumnElement[bool]:
    return and_(
        column >= _midnight(around.period.from_on),
        column < _midnight(around.period.until_on + timedelta(days=1)),
    )


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL_ZONE)


def _visits(around: Around) -> Select[*tuple[Any, ...]]:
    return (
        select(Enterprise.id, Visit.id.label("row_id"))
        .select_from(Enterprise)
        .join(Visit, Visit.enterprise_id == Enterprise.id)
        .where(served(around), Visit.outcome == MET, _in_days(Visit.visited_on, around))
    )


VISITS = FactTable(
    rows=_visits,
    is_many=True,
    facts={
        "dikunjungi": Fact(
            words="Dikunjungi dan bertemu dalam masa ini", holds=lambda c: c.id.is_not(None)
        )
    },
    amounts={"kunjungan": Amount(words="Kunjungan yang bertemu dalam masa ini", kind=VISIT)},
)


def _therapies(around: Around) -> Select[*tuple[Any, ...]]:
    paid = case((Intervention.funding_source != NO_COST, Intervention.funding_source))
    return (
        select(
            Enterprise.id,
            Intervention.id.label("row_id"),
            Intervention.therapy_code,
            Intervention.pillar,
            Intervention.provider.label("pelaksana"),
            Intervention.partner.label("mitra"),
            Intervention.state.in_(ACTIVE_STATES).label("is_running"),
            and_(Intervention.state == DONE, _in_days(Intervention.closed_on, around)).label(
                "is_done"
            ),
            func.min(paid).over(partition_by=Enterprise.id).label("fund_first"),
            func.max(paid).over(partition_by=Enterprise.id).label("fund_last"),
        )
        .select_from(Enterprise)
        .join(Intervention, Intervention.enterprise_id == Enterprise.id)
        .where(served(around), Intervention.state.in_(PROMISED_STATES))
    )


def _done(words: str, codes: tuple[str, ...]) -> Fact:
    return Fact(words=words, holds=lambda c: and_(c.is_done, c.therapy_code.in_(codes)))


THERAPIES = FactTable(
    rows=_therapies,
    is_many=True,
    facts={
        "terapi_selesai": Fact(
            words="Ada terapi yang selesai dalam masa ini", holds=is_true("is_done")
        ),
        "terapi_pasar": _done("Terapi pemasaran atau kemasannya selesai", _MARKET),
        "terapi_modal": _done("Terapi modal kerja atau tabungannya selesai", _CAPITAL),
        "utang_ringan": _done("Utangnya dialihkan atau diringankan", _DEBT),
        "kelompok_selesai": _done("Terapi kelompok atau koperasinya selesai", _GROUP),
        "kelompok_berjalan": Fact(
            words="Sedang membentuk kelompok atau koperasi",
            holds=lambda c: and_(c.is_running, c.therapy_code.in_(_GROUP)),
        ),
        "koperasi_berjalan": Fact(
            words="Terapi koperasi atau lembaga keuangannya berjalan",
            holds=lambda c: and_(c.is_running, c.pillar == _COOPERATIVE_PILLAR),
        ),
        "koperasi_selesai": Fact(
            words="Terapi koperasi atau lembaga keuangannya selesai dalam masa ini",
            holds=lambda c: and_(c.is_done, c.pillar == _COOPERATIVE_PILLAR),
        ),
        "bermitra": Fact(
            words="Terapinya bermitra",
            holds=lambda c: and_(c.mitra.is_not(None), c.mitra != ""),
        ),
        "dana_bersama": Fact(
            words="Dibiayai dari dua sumber dana atau lebih",
            holds=lambda c: c.fund_first != c.fund_last,
        ),
    },
    amounts={
        "terapi_selesai_banyak": Amount(
            words="Terapi yang selesai dalam masa ini", kind=THERAPY, holds=is_true("is_done")
        ),
        "pelaksana_lembaga": Amount(
            words="Kantor dan lembaga pelaksana terapi",
            kind=PROVIDER,
            holds=is_named("pelaksana"),
            each="pelaksana",
        ),
    },
    named={"pelaksana": "Pelaksana terapi", "mitra": "Mitra terapi"},
)


def _referrals(around: Around) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Enterprise.id,
            Referral.state,
            Referral.office,
            case((Referral.state.in_((ACCEPTED, FINISHED)), Referral.office_name)).label("kantor"),
        )
        .select_from(Enterprise)
        .join(Referral, Referral.enterprise_id == Enterprise.id)
        .where(served(around), _in_instants(Referral.sent_at, around))
    )


_COOPERATIVE = equal("office", "koperasi")
REFERRALS = FactTable(
    rows=_referrals,
    is_many=True,
    facts={
        "dirujuk": Fact(
            words="Dirujuk ke kantor lain dalam masa ini", holds=lambda c: c.id.is_not(None)
        ),
        "dirujuk_dijawab": Fact(
            words="Rujukannya dijawab",
            holds=lambda c: c.state.in_((ACCEPTED, DECLINED, FINISHED)),
        ),
        "dirujuk_koperasi": Fact(words="Dirujuk ke koperasi", holds=_COOPERATIVE),
        "koperasi_menerima": Fact(
            words="Rujukannya diterima koperasi",
            holds=lambda c: and_(_COOPERATIVE(c), c.state.in_((ACCEPTED, FINISHED))),
        ),
    },
    named={"kantor": "Kantor yang menerima rujukan"},
)


def _attendance(around: Around) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Enterprise.id,
            TrainingSession.id.label("session_id"),
            TrainingSession.provider.label("pelatih"),
            TrainingAttendance.practice_state,
        )
        .select_from(Enterprise)
        .join(TrainingAttendance, TrainingAttendance.enterprise_id == Enterprise.id)
        .join(TrainingSession, TrainingSession.id == TrainingAttendance.session_id)
        .where(
            served(around),
            TrainingSession.kind == TRAINING,
            _in_days(TrainingSession.held_on, around),
        )
    )


TRAININGS = FactTable(
    rows=_attendance,
    is_many=True,
    facts={
        "berlatih": Fact(words="Ikut pelatihan dalam masa ini", holds=lambda c: c.id.is_not(None)),
        "praktik_dilihat": Fact(
            words="Penerapan pelatihannya sudah dilihat",
            holds=lambda c: c.practice_state != UNSEEN,
        ),
        "praktik_diterapkan": Fact(
            words="Menerapkan hasil pelatihan", holds=equal("practice_state", ADOPTED)
        ),
    },
    amounts={
        "pelatihan": Amount(
            words="Pelatihan yang diikuti dalam masa ini", kind=SESSION, each="session_id"
        ),
        "penyelenggara": Amount(
            words="Penyelenggara pelatihan dalam masa ini",
            kind=TRAINER,
            holds=is_named("pelatih"),
            each="pelatih",
        ),
    },
    named={"pelatih": "Penyelenggara pelatihan"},
)


def _tools(around: Around) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Enterprise.id,
            Tool.id.label("row_id"),
            Tool.value,
            func.coalesce(Tool.days_used >= _USED_DAYS, False).label("is_used"),
            Tool.idle_since_on.is_not(None).label("is_idle"),
        )
        .select_from(Enterprise)
        .join(Tool, Tool.holder_id == Enterprise.id)
        .where(served(around))
    )


TOOLS = FactTable(
    rows=_tools,
    is_many=True,
    facts={
        "alat_dipegang": Fact(words="Memegang alat bantuan", holds=lambda c: c.id.is_not(None)),
        "alat_dipakai": Fact(
            words="Alatnya dipakai 9 hari sebulan atau lebih", holds=is_true("is_used")
        ),
        "alat_menganggur": Fact(words="Alatnya menganggur", holds=is_true("is_idle")),
    },
    amounts={
        "alat": Amount(words="Alat bantuan yang dipegang usaha", kind=TOOL),
        "alat_nilai": Amount(
            words="Nilai alat bantuan yang dipegang usaha", kind=TOOL, summed=lambda c: c.value
        ),
    },
)


def _received(around: Around) -> Select[*tuple[Any, ...]]:
    return (
        select(Enterprise.id)
        .select_from(Enterprise)
        .join(ToolHolding, ToolHolding.enterprise_id == Enterprise.id)
        .where(served(around), _in_days(ToolHolding.from_on, around))
    )


RECEIVED = FactTable(
    rows=_received,
    is_many=True,
    facts={
        "alat_masa": Fact(words="Menerima alat dalam masa ini", holds=lambda c: c.id.is_not(None))
    },
)
