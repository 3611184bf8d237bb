"""The life of one therapy in a plan: states, who is let in by the limit, results."""

from __future__ import annotations

from app.core.errors import Conflict, WrongState

PROPOSED = "usulan"
APPROVED = "disetujui"
RUNNING = "berjalan"
DONE = "selesai"
REFUSED = "ditolak"
CANCELLED = "batal"
STATES = (PROPOSED, APPROVED, RUNNING, DONE, REFUSED, CANCELLED)
STATE_LABELS = {
    PROPOSED: "Usulan",
    APPROVED: "Disetujui",
    RUNNING: "Berjalan",
    DONE: "Selesai",
    REFUSED: "Ditolak",
    CANCELLED: "Batal",
}
ACTIVE_STATES = (APPROVED, RUNNING)
OPEN_STATES = (PROPOSED, APPROVED, RUNNING)
RESULTS = ("berhasil", "sebagian", "tidak", "belum_terukur")
UNMEASURED = "belum_terukur"
RESULT_LABELS = {
    "berhasil": "Berhasil",
    "sebagian": "Berhasil sebagian",
    "tidak": "Tidak berhasil",
    "belum_terukur": "Belum terukur",
}
# From which states each step may be taken.
_STEPS = {
    "approve": (PROPOSED,),
    "refuse": (PROPOSED,),
    "change": OPEN_STATES,
    "start": (APPROVED,),
    "close": ACTIVE_STATES,
    "cancel": OPEN_STATES,
    "settle": (DONE,),
}
_REFUSALS = {
    "approve": "Hanya usulan yang dapat disetujui.",
    "refuse": "Hanya usulan yang dapat ditolak.",
    "change": "Terapi ini sudah berakhir dan tidak diubah lagi.",
    "start": "Hanya terapi yang disetujui yang dapat dimulai.",
    "close": "Hanya terapi yang disetujui atau berjalan yang dapat diselesaikan.",
    "cancel": "Terapi ini sudah berakhir.",
    "settle": "Hasil hanya dinilai pada terapi yang sudah selesai.",
}


def check_step(step: str, state: str) -> None:
    """Refuse a step that the state doesn't allow.

    Raises:
        WrongState: see above; somebody else may have been faster.
    """
    if state not in _STEPS[step]:
        raise WrongState(
            f"intervention_not_to_{step}",
            message=f"{_REFUSALS[step]} Keadaannya sekarang: {STATE_LABELS[state].lower()}.",
        )


def check_room(*, active_count: int, limit: int, health_class: str | None) -> None:
    """Refuse one more approved therapy than the class bears.

    Raises:
        Conflict: the limit is reached.
    """
    if active_count >= limit:
        wording = "sakit " if health_class == "sakit" else ""
        raise Conflict(
            "interventions_full",
            message=f"Usaha {wording}ini sudah menjalani {active_count} terapi, paling banyak "
            f"{limit}. Selesaikan satu terapi dulu, atau simpan usulan ini.",
            limit=limit,
        )
