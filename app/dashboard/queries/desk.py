"""What waits on an officer's desk beside the lists of enterprises, feature by feature."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.aid.queries import idle_count, stranded_count, waiting_count
from app.cashbook.queries.runway import runway_count
from app.core.clock import local_today, utc_now
from app.core.permissions import Permission
from app.core.scope import Scope
from app.credit.queries.arrears import arrears_count
from app.field.queries.inbox import (
    conflict_count,
    oldest_conflict,
    oldest_review,
    review_count,
)
from app.field.queries.phones import late_phone_count
from app.health.queries import open_objection_count, open_settlement_count
from app.interventions.queries import open_referral_count, proposal_count
from app.market.queries.certificate_board import (
    commitment_count,
    expiring_count,
    lapsed_count,
    stuck_count,
)
from app.market.queries.market_desk import late_count, red_count, untried_count
from app.market.queries.market_desk import waiting_count as waiting_channel_count
from app.market.rules.reminders import COMMITMENT, EXPIRING, LAPSED, STUCK
from app.mentoring.queries.checks import waiting_count as unchecked_count
from app.mentoring.queries.reports import submitted_count
from app.portal.queries.messages import oldest_unanswered, unanswered_count
from app.quality.queries.findings import contradiction_count, outlier_count
from app.quality.queries.pairs import open_pair_count
from app.quality.rules.facts import CONTRADICTION, OUTLIER


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One pile: `count` says how many wait within a reach; the list stands at `endpoint`."""

    label: str
    endpoint: str
    permission: Permission
    count: Callable[[Scope], int]
    tone: str = "bad"
    # The words of the address that narrow the list to what was counted.
    words: Mapping[str, str] = field(default_factory=dict)
    # Since when the oldest waits, for piles where that counts.
    oldest_at: Callable[[Scope], datetime | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """One pile as it is shown."""

    label: str
    endpoint: str
    count: int
    tone: str
    words: Mapping[str, str]
    # How long the oldest has waited, in words.
    note: str | None = None


WAITING = (
    Waiting(
        label="Usulan terapi menunggu keputusan",
        endpoint="interventions.queue",
        permission=Permission.INTERVENTION_DECIDE,
        count=proposal_count,
        tone="warn",
    ),
    Waiting(
        label="Rujukan belum selesai",
        endpoint="interventions.referrals",
        permission=Permission.INTERVENTION_DECIDE,
        count=open_referral_count,
        tone="warn",
    ),
    Waiting(
        label="Kunjungan menunggu diperiksa",
        endpoint="mentoring.check_queue",
        permission=Permission.VISIT_VERIFY,
        count=unchecked_count,
        tone="warn",
    ),
    Waiting(
        label="Isian dari ponsel yang bertentangan",
        endpoint="field_inbox.conflicts",
        permission=Permission.FIELD_MANAGE,
        count=conflict_count,
        oldest_at=oldest_conflict,
    ),
    Waiting(
        label="Kiriman ponsel menunggu diperiksa",
        endpoint="field_inbox.reviews",
        permission=Permission.FIELD_MANAGE,
        count=review_count,
        tone="warn",
        oldest_at=oldest_review,
    ),
    Waiting(
        label="Ponsel belum mengirim lebih dari 3 hari",
        endpoint="field_phones.index",
        permission=Permission.FIELD_MANAGE,
        count=late_phone_count,
        tone="warn",
        words={"keadaan": "terlambat"},
    ),
    Waiting(
        label="Laporan bulanan menunggu diperiksa",
        endpoint="mentoring.submitted_reports",
        permission=Permission.MENTOR_REPORT_DECIDE,
        count=submitted_count,
        tone="warn",
    ),
    Waiting(
        label="Pesan pemilik belum dijawab",
        endpoint="owner_inbox.index",
        permission=Permission.OWNER_MESSAGE,
        count=unanswered_count,
        oldest_at=oldest_unanswered,
    ),
    Waiting(
        label="Keberatan belum dijawab",
        endpoint="objections.index",
        permission=Permission.HEALTH_SETTLE,
        count=open_objection_count,
    ),
    Waiting(
        label="Usulan kelas menunggu orang kedua",
        endpoint="settlements.index",
        permission=Permission.HEALTH_SETTLE,
        count=open_settlement_count,
        tone="warn",
    ),
    Waiting(
        label="Pasang usaha mungkin ganda",
        endpoint="quality.index",
        permission=Permission.QUALITY_MANAGE,
        count=open_pair_count,
        tone="warn",
    ),
    Waiting(
        label="Data saling bertentangan",
        endpoint="findings.index",
        permission=Permission.QUALITY_MANAGE,
        count=contradiction_count,
        tone="warn",
        words={"jenis": CONTRADICTION},
    ),
    Waiting(
        label="Angka jauh dari yang biasa",
        endpoint="findings.index",
        permission=Permission.QUALITY_MANAGE,
        count=outlier_count,
        tone="warn",
        words={"jenis": OUTLIER},
    ),
    Waiting(
        label="Alat menganggur lebih dari 60 hari",
        endpoint="aid.tools",
        permission=Permission.AID_DECIDE,
        count=idle_count,
        words={"keadaan": "menganggur"},
    ),
    Waiting(
        label="Alat pada usaha yang berhenti",
        endpoint="aid.tools",
        permission=Permission.AID_DECIDE,
        count=stranded_count,
        words={"keadaan": "pemegang_berhenti"},
    ),
    Waiting(
        label="Bantuan alat menunggu langkah kantor",
        endpoint="aid.cases",
        permission=Permission.AID_DECIDE,
        count=waiting_count,
        tone="warn",
        words={"keadaan": "menunggu_kantor"},
    ),
    Waiting(
        label="Izin yang macet",
        endpoint="certificate_board.lines",
        permission=Permission.CERTIFICATE_BATCH,
        count=stuck_count,
        tone="warn",
        words={"keadaan": STUCK},
    ),
    Waiting(
        label="Izin yang sudah habis",
        endpoint="certificate_board.lines",
        permission=Permission.CERTIFICATE_BATCH,
        count=lapsed_count,
        words={"keadaan": LAPSED},
    ),
    Waiting(
        label="Izin habis dalam waktu dekat",
        endpoint="certificate_board.lines",
        permission=Permission.CERTIFICATE_BATCH,
        count=expiring_count,
        tone="warn",
        words={"keadaan": EXPIRING},
    ),
    Waiting(
        label="Komitmen SPP-IRT mendekati batas",
        endpoint="certificate_board.lines",
        permission=Permission.CERTIFICATE_BATCH,
        count=commitment_count,
        tone="warn",
        words={"keadaan": COMMITMENT},
    ),
    Waiting(
        label="Rencana kanal menunggu alasan petugas",
        endpoint="market.channels",
        permission=Permission.CHANNEL_ALLOW,
        count=waiting_channel_count,
        tone="warn",
        words={"keadaan": "menunggu"},
    ),
    Waiting(
        label="Kanal merah berjalan tanpa alasan petugas",
        endpoint="market.channels",
        permission=Permission.CHANNEL_ALLOW,
        count=red_count,
        words={"keadaan": "merah"},
    ),
    Waiting(
        label="Kanal terlambat membayar",
        endpoint="market.channels",
        permission=Permission.CHANNEL_ALLOW,
        count=late_count,
        words={"keadaan": "terlambat"},
    ),
    Waiting(
        label="Kas usaha kurang dari 14 hari",
        endpoint="cash_facts.thin",
        permission=Permission.CASHBOOK_READ,
        count=lambda scope: runway_count(scope, on=local_today()),
    ),
    Waiting(
        label="Angsuran tertunggak 30 hari atau lebih",
        endpoint="loan_arrears.index",
        permission=Permission.LOAN_READ,
        count=lambda scope: arrears_count(scope, on=local_today()),
    ),
    Waiting(
        label="Titip jual berjalan belum diuji",
        endpoint="market.channels",
        permission=Permission.CHANNEL_ALLOW,
        count=untried_count,
        tone="warn",
        words={"keadaan": "belum_diuji"},
    ),
)


# What features above this one add; it has a clock, so it stands in front.
_IN_FRONT: list[Waiting] = []


def stand_in_front(pile: Waiting) -> None:
    """Let a feature that this one does not know put a pile on the desk."""
    _IN_FRONT.append(pile)


def piles(
    may: Callable[[Permission], bool], scope_for: Callable[[Permission], Scope]
) -> list[Pile]:
    """The piles that a person may open, counted within the reach that each permission gives."""
    shown = []
    for one in (*_IN_FRONT, *WAITING):
        if may(one.permission):
            count = one.count(scope_for(one.permission))
            tone = one.tone if count else ""
            shown.append(
                Pile(
                    label=one.label,
                    endpoint=one.endpoint,
                    count=count,
                    tone=tone,
                    words=one.words,
                    note=_age(one, scope_for(one.permission)) if count else None,
                )
            )
    return shown


def _age(one: Waiting, scope: Scope) -> str | None:
    since = one.oldest_at(scope) if one.oldest_at else None
    return None if since is None else f"Tertua {(utc_now() - since).days} hari"
