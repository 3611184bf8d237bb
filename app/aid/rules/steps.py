"""The life of one aid: which step may follow which, and who may not take it.

Source: domain reference, chapter 3 (tools that nobody had asked for stood idle in the office).
"""

from __future__ import annotations

from datetime import date, timedelta

from app.core.errors import Conflict, InvalidInput, NotAllowed, WrongState

REQUESTED = "usul"
ASSESSED = "analisis_kebutuhan"
VERIFIED = "verifikasi_lapangan"
APPROVED = "disetujui"
HANDED_OVER = "diserahkan"
INSTALLED = "terpasang"
IN_USE = "dipakai"
CHECKED_30 = "evaluasi_30"
CHECKED_90 = "evaluasi_90"
CHECKED_180 = "evaluasi_180"
DONE = "selesai"
MOVED = "realokasi"
REFUSED = "ditolak"
CANCELLED = "batal"

STATE_LABELS = {
    REQUESTED: "Diusulkan",
    ASSESSED: "Kebutuhan dianalisis",
    VERIFIED: "Diperiksa di lapangan",
    APPROVED: "Disetujui",
    HANDED_OVER: "Diserahkan",
    INSTALLED: "Terpasang",
    IN_USE: "Dipakai",
    CHECKED_30: "Dicek hari ke-30",
    CHECKED_90: "Dicek hari ke-90",
    CHECKED_180: "Dicek hari ke-180",
    DONE: "Selesai",
    MOVED: "Dipindahkan",
    REFUSED: "Ditolak",
    CANCELLED: "Batal",
}
STATES = tuple(STATE_LABELS)
ENDED = (DONE, MOVED, REFUSED, CANCELLED)
# The owner has the tool.
HELD = (HANDED_OVER, INSTALLED, IN_USE, CHECKED_30, CHECKED_90, CHECKED_180)
CHECK_DAYS = (30, 90, 180)
CHECKED = {30: CHECKED_30, 90: CHECKED_90, 180: CHECKED_180}
# A check a few days early is that check: a mentor walks by when the road allows.
EARLY_DAYS = 3

# The steps: from which states, to which state.
STEPS: dict[str, tuple[tuple[str, ...], str]] = {
    "assess": ((REQUESTED, ASSESSED), ASSESSED),
    "verify": ((ASSESSED,), VERIFIED),
    "approve": ((VERIFIED,), APPROVED),
    "refuse": ((REQUESTED, ASSESSED, VERIFIED), REFUSED),
    "cancel": ((REQUESTED, ASSESSED, VERIFIED, APPROVED), CANCELLED),
    "hand_over": ((APPROVED,), HANDED_OVER),
    "install": ((HANDED_OVER,), INSTALLED),
    "use": ((INSTALLED,), IN_USE),
    "check_30": ((IN_USE,), CHECKED_30),
    "check_90": ((IN_USE, CHECKED_30), CHECKED_90),
    "check_180": ((IN_USE, CHECKED_30, CHECKED_90), CHECKED_180),
    "finish": ((CHECKED_180,), DONE),
    "move": (HELD, MOVED),
}
# Steps that go on with an aid for an owner; the others end it, or bring the tool back.
FOR_THE_OWNER = frozenset({"assess", "verify", "approve", "hand_over", "install", "use"})
_REFUSALS = {
    "assess": "Analisis kebutuhan hanya diisi sebelum pemeriksaan lapangan.",
    "verify": "Pemeriksaan lapangan dilakukan sesudah semua syarat kebutuhan terpenuhi.",
    "approve": "Hanya usulan yang sudah diperiksa di lapangan yang dapat disetujui.",
    "refuse": "Hanya usulan yang belum diputuskan yang dapat ditolak.",
    "cancel": "Usulan hanya dapat dibatalkan sebelum alat diserahkan.",
    "hand_over": "Alat diserahkan sesudah usulan disetujui.",
    "install": "Alat dipasang sesudah diserahkan.",
    "use": "Pemakaian dicatat sesudah alat terpasang.",
    "check_30": "Pengecekan dicatat sesudah alat dipakai.",
    "check_90": "Pengecekan dicatat sesudah alat dipakai.",
    "check_180": "Pengecekan dicatat sesudah alat dipakai.",
    "finish": "Bantuan selesai sesudah pengecekan hari ke-180.",
    "move": "Hanya alat yang sudah diserahkan yang dapat dipindahkan.",
}


def next_state(step: str, state: str) -> str:
    """The state after a step.

    Raises:
        WrongState: the step doesn't follow this state, or somebody was faster.
    """
    allowed, after = STEPS[step]
    if state not in allowed:
        raise WrongState(
            f"aid_not_to_{step}",
            message=f"{_REFUSALS[step]} Keadaannya sekarang: {STATE_LABELS[state].lower()}.",
        )
    return after


def may_take(step: str, state: str) -> bool:
    """Whether a step follows this state."""
    return state in STEPS[step][0]


def check_version(seen: int, current: int) -> None:
    """Refuse what was decided on a page that shows an older state.

    Raises:
        Conflict: somebody changed it since.
    """
    if seen != current:
        raise Conflict(
            "aid_changed",
            message="Bantuan ini baru saja diubah orang lain. Lihat isinya yang sekarang, lalu "
            "ulangi.",
        )


def check_approver(*, requested_by: object, approved_by: object) -> None:
    """Two people stand behind public money.

    Raises:
        NotAllowed: who asked for it would approve it.
    """
    if requested_by == approved_by:
        raise NotAllowed(
            "own_request",
            message="Usulan Anda sendiri harus disetujui petugas lain.",
        )


def check_day(day: date, *, not_before: date | None, today: date, field: str) -> None:
    """Refuse a day that has not come, or that lies before the step it follows.

    Raises:
        InvalidInput: at `field`.
    """
    if day > today:
        raise InvalidInput(
            "day_in_future", field=field, message="Tanggal tidak boleh setelah hari ini."
        )
    if not_before is not None and day < not_before:
        raise InvalidInput(
            "day_before_last_step",
            field=field,
            message=f"Tanggal tidak boleh sebelum langkah terakhir ({not_before:%d-%m-%Y}).",
        )


def check_due(handed_over_on: date, state: str) -> tuple[int, date] | None:
    """The next check (day 30, 90 or 180 after the handover) and its date; None after the last."""
    if state not in HELD or state == CHECKED_180:
        return None
    done = next((day for day, name in CHECKED.items() if name == state), 0)
    following = next(day for day in CHECK_DAYS if day > done)
    return following, handed_over_on + timedelta(days=following)


def check_reached(handed_over_on: date, state: str, checked_on: date) -> int | None:
    """Which check (30, 90, 180) one made on this day is; None for one in between.

    One that was missed is not made up for: on day 95 it is the check of day 90.
    """
    if state not in (IN_USE, CHECKED_30, CHECKED_90):
        return None
    age = (checked_on - handed_over_on).days + EARLY_DAYS
    done = next((day for day, name in CHECKED.items() if name == state), 0)
    reached = [day for day in CHECK_DAYS if done < day <= age]
    return reached[-1] if reached else None
