"""In which states an enterprise can be, and how it gets from one to another."""

from __future__ import annotations

from app.core.errors import InvalidInput, WrongState
from app.enterprises.rules.labels import LIFE_CYCLE_LABELS

FIRST = "terdaftar"
ACTIVE = "aktif"
# Nobody visits, assesses or treats these until they come back.
RESTING = frozenset({"berangkat_lagi", "tutup", "menolak_didata"})

MOVES: dict[str, tuple[str, ...]] = {
    "terdaftar": ("aktif", "tidak_aktif", "berangkat_lagi", "tutup", "menolak_didata"),
    "aktif": ("tidak_aktif", "berangkat_lagi", "tutup", "menolak_didata"),
    "tidak_aktif": ("aktif", "berangkat_lagi", "tutup", "menolak_didata"),
    "berangkat_lagi": ("aktif", "tidak_aktif", "tutup"),
    "tutup": ("aktif",),
    "menolak_didata": ("terdaftar", "aktif"),
}
# All others are visited and assessed.
SERVED_STATES = frozenset(MOVES) - RESTING
# Going on selling explains itself; every other move needs a reason.
_SELF_EVIDENT = frozenset(
    {("terdaftar", "aktif"), ("tidak_aktif", "aktif"), ("berangkat_lagi", "aktif")}
)


def moves_from(life_cycle: str) -> tuple[str, ...]:
    """The states that may follow."""
    return MOVES[life_cycle]


def needs_reason(old: str, new: str) -> bool:
    """Whether this move must be explained."""
    return (old, new) not in _SELF_EVIDENT


def check_move(old: str, new: str, reason: str | None) -> None:
    """Refuse a move that can't be, or one without its reason.

    Raises:
        WrongState: the state can't follow.
        InvalidInput: field "reason", when it is missing.
    """
    if new not in MOVES.get(old, ()):
        raise WrongState(
            "life_cycle_move",
            field="life_cycle",
            message=f"Usaha yang “{LIFE_CYCLE_LABELS.get(old, old)}” tidak dapat menjadi "
            f"“{LIFE_CYCLE_LABELS.get(new, new)}”.",
        )
    if needs_reason(old, new) and not (reason or "").strip():
        raise InvalidInput("reason_missing", field="reason", message="Tulis alasannya.")
