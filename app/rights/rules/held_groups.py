"""What is held on a person, in words that everybody knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.core.clock import local_date

# What protects those who visit is told to nobody who was not meant to read it.
NEVER_TOLD = frozenset({"safety_note"})
OTHER = "Catatan kantor lainnya"
# Tables whose rows only tell how others came about: they are in the copy, and no number apart.
_GROUPS: dict[str, tuple[str, ...]] = {
    "Data diri": ("owner",),
    "Usaha": ("enterprise",),
    "Produk": (
        "product",
        "product_photo",
        "product_card",
        "unit_cost",
        "label_check",
        "curation_check",
    ),
    "Izin dan sertifikat": ("certificate", "certificate_step", "certificate_document"),
    "Penjualan lewat toko dan pameran": (
        "sales_channel",
        "consignment_trial",
        "delivery",
        "channel_count",
        "channel_payment",
        "channel_return",
        "receivable",
        "event_participant",
    ),
    "Buku kas": ("cash_entry", "cash_count", "diary_month", "book_habit"),
    "Penilaian usaha": (
        "health_assessment",
        "assessment_draft",
        "assessment_objection",
        "settled_class",
        "answer_correction",
        "class_span",
    ),
    "Kunjungan dan janji": (
        "visit",
        "visit_photo",
        "visit_check",
        "visit_confirmation",
        "promise",
        "assignment",
    ),
    "Terapi, alat, dan pelatihan": (
        "intervention",
        "referral",
        "training_attendance",
        "aid_case",
        "aid_gate_finding",
        "aid_step",
        "tool",
        "tool_check",
        "tool_handover",
        "tool_holding",
    ),
    "Simpanan": ("member", "saving_row"),
    "Pinjaman dan utang": (
        "loan",
        "loan_step",
        "loan_decision",
        "instalment",
        "repayment",
        "repayment_part",
        "loan_refund",
        "informal_debt",
    ),
    "Izin pemakaian data": ("consent", "lender_consent"),
    "Pesan dan permintaan Anda": ("owner_message", "person_request"),
    "Kartu masuk": ("owner_card",),
}
_GROUP_OF = {table: group for group, tables in _GROUPS.items() for table in tables}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """How many rows of one kind are held, and the last day one of them speaks of."""

    label: str
    count: int
    last_on: date | None


def groups(held: Mapping[str, Iterable[Mapping[str, Any]]], *, today: date) -> list[Group]:
    """The rows of tables as groups, in a fixed order; empty ones are left out."""
    counts: dict[str, int] = {}
    days: dict[str, list[date]] = {}
    for table, rows in held.items():
        if table in NEVER_TOLD:
            continue
        label = _GROUP_OF.get(table, OTHER)
        for row in rows:
            counts[label] = counts.get(label, 0) + 1
            days.setdefault(label, []).extend(_days(row, today))
    return [
        Group(label=label, count=counts[label], last_on=max(days[label], default=None))
        for label in (*_GROUPS, OTHER)
        if label in counts
    ]


def _days(row: Mapping[str, Any], today: date) -> list[date]:
    """The days of a row that have been: what is due or ends later says nothing of the last one."""
    found = [
        local_date(value) if isinstance(value, datetime) else value
        for value in row.values()
        if isinstance(value, date)
    ]
    return [day for day in found if day <= today]
