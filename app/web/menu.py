"""The main menu and the tabs of an enterprise: data only.

An entry whose endpoint is not registered, or which the person may not use, is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import current_app, request, url_for

from app.core.permissions import Permission
from app.web.access import may


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry; pages whose endpoint begins with one of `parts` belong to it."""

    label: str
    endpoint: str
    permission: Permission
    parts: tuple[str, ...] = ()
    # A place on the page, where the page has several.
    anchor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry as it is shown."""

    label: str
    href: str
    is_current: bool


# In the order of the day's work. What has no word of its own stands beside the groups.
GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "",
        (
            Entry(
                label="Koperasi",
                endpoint="cooperative.home",
                permission=Permission.COOPERATIVE_PAGE,
                parts=("cooperative.", "lender_loans."),
            ),
            Entry(
                label="Pengajuan",
                endpoint="loan_applications.index",
                permission=Permission.LENDER_WORK,
                parts=("loan_applications.",),
            ),
            Entry(
                label="Hari ini", endpoint="mentoring.today", permission=Permission.CASELOAD_READ
            ),
            Entry(
                label="Aplikasi lapangan",
                endpoint="field.shell",
                permission=Permission.CASELOAD_READ,
            ),
            Entry(
                label="Laporan",
                endpoint="mentoring.own_reports",
                permission=Permission.MENTOR_REPORT_WRITE,
            ),
            Entry(
                label="Daftar kerja",
                endpoint="dashboard.work_lists",
                permission=Permission.MENTOR_MANAGE,
            ),
        ),
    ),
    (
        "Data usaha",
        (
            Entry(
                label="Usaha",
                endpoint="enterprises.index",
                permission=Permission.ENTERPRISE_READ,
                parts=(
                    "enterprises.",
                    "enterprise_forms.",
                    "enterprise_exports.",
                    "kbli.",
                    "consents.",
                    "health.",
                    "owners.",
                    "products.",
                    "unit_costs.",
                    "product_photos.",
                    "labels.",
                    "cards.",
                    "cash_book.",
                    "cash_quick.",
                    "cash_paper.",
                    "cash_import.",
                    "curation.",
                ),
            ),
            Entry(
                label="Impor",
                endpoint="enterprise_imports.index",
                permission=Permission.ENTERPRISE_IMPORT,
                parts=("enterprise_imports.",),
            ),
            Entry(
                label="Permintaan",
                endpoint="rights.index",
                permission=Permission.PERSON_REQUEST,
                parts=("rights.", "breach."),
            ),
            Entry(
                label="Pesan pemilik",
                endpoint="owner_inbox.index",
                permission=Permission.OWNER_MESSAGE,
                parts=("owner_inbox.",),
            ),
        ),
    ),
    (
        "Pendampingan",
        (
            Entry(
                label="Terapi",
                endpoint="interventions.index",
                permission=Permission.INTERVENTION_DECIDE,
                parts=("interventions.",),
            ),
            Entry(
                label="Alat",
                endpoint="aid.tools",
                permission=Permission.AID_READ,
                parts=("aid.",),
            ),
            Entry(
                label="Izin & sertifikat",
                endpoint="certificate_board.home",
                permission=Permission.MARKET_READ,
                parts=("certificate_board.", "certificate_batches.", "certificates."),
            ),
            Entry(
                label="Pasar",
                endpoint="market.home",
                permission=Permission.MARKET_READ,
                parts=(
                    "market.",
                    "market_events.",
                    "buyers.",
                    "channels.",
                    "channel_ledger.",
                    "trials.",
                ),
            ),
            Entry(
                label="Pinjaman",
                endpoint="loan_calculator.show",
                permission=Permission.CREDIT_READ,
                parts=(
                    "loan_calculator.",
                    "loan_offers.",
                    "lenders.",
                    "lender_people.",
                    "loan_candidates.",
                    "loan_totals.",
                    "loans.",
                    "loan_rules.",
                ),
            ),
            Entry(
                label="Pelatihan",
                endpoint="trainings.index",
                permission=Permission.TRAINING_READ,
                parts=("trainings.",),
            ),
            Entry(
                label="Pendamping",
                endpoint="mentoring.mentors",
                permission=Permission.MENTOR_READ,
                parts=("mentoring.",),
            ),
        ),
    ),
    (
        "Angka",
        (
            Entry(
                label="Dasbor",
                endpoint="dashboard.overview",
                permission=Permission.DASHBOARD_READ,
                parts=("dashboard.", "reports."),
            ),
            Entry(
                label="Program",
                endpoint="programme.home",
                permission=Permission.PROGRAMME_READ,
                parts=("programme.",),
            ),
            Entry(
                label="Peta",
                endpoint="dashboard.area_map",
                permission=Permission.ENTERPRISE_READ,
            ),
        ),
    ),
    (
        "Pengaturan",
        (
            Entry(
                label="Instrumen",
                endpoint="instruments.index",
                permission=Permission.INSTRUMENT_READ,
                parts=("instruments.", "instrument_trials.", "calibration."),
            ),
            Entry(
                label="Aturan",
                endpoint="dated_rules.index",
                permission=Permission.RULE_MANAGE,
                parts=("dated_rules.",),
            ),
            Entry(
                label="Wilayah",
                endpoint="places.index",
                permission=Permission.PLACE_PROGRAM,
                parts=("places.", "decrees."),
            ),
            Entry(
                label="Akun",
                endpoint="people.index",
                permission=Permission.ACCOUNT_MANAGE,
                parts=("people.", "audit."),
            ),
        ),
    ),
)
MENU = tuple(entry for _, entries in GROUPS for entry in entries)
# So many entries still stand side by side; more are put into groups.
_SIDE_BY_SIDE = 7

ENTERPRISE_TABS = (
    Entry(label="Ringkasan", endpoint="enterprises.show", permission=Permission.ENTERPRISE_READ),
    Entry(label="Kesehatan", endpoint="health.enterprise", permission=Permission.HEALTH_READ),
    Entry(
        label="Terapi",
        endpoint="interventions.enterprise",
        permission=Permission.INTERVENTION_READ,
    ),
    Entry(label="Produk", endpoint="products.enterprise", permission=Permission.MARKET_READ),
    Entry(label="Izin", endpoint="certificates.enterprise", permission=Permission.MARKET_READ),
    Entry(label="Pasar", endpoint="channels.enterprise", permission=Permission.MARKET_READ),
    Entry(label="Buku kas", endpoint="cash_book.enterprise", permission=Permission.CASHBOOK_READ),
    Entry(
        label="Pinjaman",
        endpoint="loans.enterprise",
        permission=Permission.LOAN_READ,
    ),
    Entry(label="Utang", endpoint="informal_debts.enterprise", permission=Permission.DEBT_READ),
    Entry(label="Alat", endpoint="aid.enterprise", permission=Permission.AID_READ),
    Entry(
        label="Kunjungan",
        endpoint="mentoring.enterprise_visits",
        permission=Permission.VISIT_READ,
    ),
    Entry(label="Riwayat", endpoint="enterprises.timeline", permission=Permission.HISTORY_READ),
)
# The owner's own menu; each page hangs itself in by its endpoint.
OWN_MENU = tuple(
    Entry(
        label=label,
        endpoint=endpoint,
        permission=Permission.OWN_PAGE,
        parts=(f"{endpoint.partition('.')[0]}.",),
        anchor=anchor,
    )
    for label, endpoint, anchor in (
        ("Usaha saya", "portal.home", None),
        ("Buku kas", "own_book.home", None),
        ("Catatan bulanan", "own_diary.show", None),
        ("Izin", "portal.home", "izin"),
        ("Janji", "portal.home", "janji"),
        ("Bantuan", "own_help.home", None),
        ("Data saya", "own_data.home", None),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries under one word; without a word they stand by themselves."""

    label: str
    links: tuple[Link, ...]

    @property
    def is_current(self) -> bool:
        """Whether the page that is shown belongs to it."""
        return any(link.is_current for link in self.links)


def main_menu() -> list[Group]:
    """What the person may open: few entries side by side, many in groups."""
    found = [Group(label=label, links=tuple(_links(entries))) for label, entries in GROUPS]
    filled = [group for group in found if group.links]
    if sum(len(group.links) for group in filled) <= _SIDE_BY_SIDE:
        return [Group(label="", links=group.links) for group in filled]
    # A group of one would only be a door before the door.
    return [
        group if len(group.links) > 1 else Group(label="", links=group.links) for group in filled
    ]


def _links(entries: tuple[Entry, ...]) -> list[Link]:
    exact = {entry.endpoint for entry in MENU}
    here = request.endpoint or ""
    return [
        Link(
            label=entry.label,
            href=url_for(entry.endpoint),
            is_current=here == entry.endpoint
            or (here not in exact and any(here.startswith(part) for part in entry.parts)),
        )
        for entry in entries
        if _is_open(entry)
    ]


def own_menu() -> list[Link]:
    """The pages of an owner that there are."""
    here = request.endpoint or ""
    return [
        Link(
            label=entry.label,
            href=url_for(entry.endpoint, _anchor=entry.anchor),
            is_current=not entry.anchor and any(here.startswith(one) for one in entry.parts),
        )
        for entry in OWN_MENU
        if _is_open(entry)
    ]


def enterprise_tabs(enterprise_id: UUID) -> list[Link]:
    """The tabs of one enterprise that the person may open."""
    return [
        Link(
            label=entry.label,
            href=url_for(entry.endpoint, enterprise_id=enterprise_id),
            is_current=request.endpoint == entry.endpoint,
        )
        for entry in ENTERPRISE_TABS
        if _is_open(entry)
    ]


def _is_open(entry: Entry) -> bool:
    return entry.endpoint in current_app.view_functions and may(entry.permission)
