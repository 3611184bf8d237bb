"""From which state of a loan to which it may go, until the money is given, and who may not do it.

After that the repayments move it (`services.repayments`, `services.restructuring`).
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from app.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from app.credit.rules.loan_states import (
    APPROVED,
    CANCELLED,
    CHECKED,
    COMMITTEE,
    DISBURSED,
    DRAFT,
    REFUSED,
    RUNNING,
    STATES,
    SUBMITTED,
)

MOVES = {
    DRAFT: (SUBMITTED, CANCELLED),
    SUBMITTED: (CHECKED, DRAFT, REFUSED, CANCELLED),
    CHECKED: (COMMITTEE, DRAFT, REFUSED, CANCELLED),
    COMMITTEE: (APPROVED, REFUSED, CANCELLED),
    APPROVED: (DISBURSED, CANCELLED),
    DISBURSED: (RUNNING,),
}
_SHORTEST_REASON = 10


def check_move(state: str, to_state: str) -> None:
    """Refuse what can't follow.

    Raises:
        WrongState: with the words of where the loan stands.
    """
    if to_state not in MOVES.get(state, ()):
        raise WrongState(
            "loan_state",
            message=f"Pengajuan ini sekarang: {STATES[state].lower()}. Muat ulang halamannya.",
        )


def kept_reason(text: str) -> str:
    """A reason as it is kept.

    Raises:
        InvalidInput: it says nothing.
    """
    reason = text.strip()
    if len(reason) < _SHORTEST_REASON:
        message = "Tulis alasannya, paling sedikit satu kalimat pendek."
        raise InvalidInput("reason_short", field="reason", message=message)
    return reason


def check_not_own(owner_account_id: UUID | None, by: UUID) -> None:
    """Refuse to judge one's own loan.

    Raises:
        NotAllowed: it is theirs.
    """
    if owner_account_id == by:
        message = "Ini pinjaman Anda sendiri. Orang lain yang memeriksa dan memutuskannya."
        raise NotAllowed("own_loan", message=message)


def check_second(first: UUID, second: UUID, prepared: Collection[UUID]) -> None:
    """Refuse that one person decides twice, or that those who prepared it decide it alone.

    Raises:
        Conflict: the same person again.
        NotAllowed: both prepared it.
    """
    if first == second:
        raise Conflict("decided_already", message="Anda sudah memutuskan. Perlu orang kedua.")
    if {first, second} <= set(prepared):
        message = (
            "Yang mengajukan dan yang memeriksa tidak memutuskan berdua. "
            "Minta orang lain di lembaga ini memutuskan."
        )
        raise NotAllowed("prepared_by_both", message=message)
