"""The gates of therapies: what must be true before one may be proposed or approved.

Source: domain reference, chapter 3; protocol by class.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.core.errors import InvalidInput, WrongState
from app.interventions.rules.catalogue import Catalogue, Code
from app.interventions.rules.diagnosis import HEALTHY, SICK, Diagnosis, PlanFacts

# The share of the surplus that instalments may take after a debt has moved to a cooperative.
_LIGHT_DEBT_SERVICE = 0.35
_WRITTEN_DOWN_POINTS = 3
_SICK_ASSESSMENTS = 2
_COOPERATIVE_OWNERS = 9
# Equipment aid: needs assessment, field check and a second person come before its approval.
OWN_PROCESS = frozenset({"T18"})
_DEBT_TROUBLE = frozenset({"KO-2", "KO-3", "KO-4"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One condition of a therapy; `reason` says what is missing while it is closed.

    A confirmable one rests on facts that only people know: an officer may say it was checked.
    """

    name: str
    is_open: bool
    is_confirmable: bool
    reason: str


def gates_of(
    catalogue: Catalogue, code: Code, diagnosis: Diagnosis, facts: PlanFacts
) -> tuple[Gate, ...]:
    """Every gate of a therapy, open or closed."""
    return tuple(
        Gate(
            name=name,
            is_open=_RULES[name](diagnosis, facts),
            is_confirmable=name in catalogue.confirmable_gates,
            reason=catalogue.gate_texts[name],
        )
        for name in catalogue.therapies[code].gates
    )


def check_gates(gates: tuple[Gate, ...], *, is_checked: bool) -> tuple[str, ...]:
    """The names of the closed gates that an officer confirms.

    Raises:
        WrongState: a gate is closed that nobody can confirm.
        InvalidInput: a confirmable gate is closed and not confirmed.
    """
    closed = [gate for gate in gates if not gate.is_open]
    for gate in closed:
        if not gate.is_confirmable:
            raise WrongState("gate_closed", message=f"Belum dapat disetujui. {gate.reason}")
    if closed and not is_checked:
        reasons = " ".join(gate.reason for gate in closed)
        raise InvalidInput(
            "gate_unchecked",
            field="gates_checked",
            message=f"Nyatakan bahwa syarat ini sudah diperiksa: {reasons}",
        )
    return tuple(gate.name for gate in closed)


def check_own_process(code: Code, *, is_done: bool) -> None:
    """Refuse to approve by hand what is approved at the end of a process of its own.

    Raises:
        WrongState: the process was not gone through.
    """
    if code in OWN_PROCESS and not is_done:
        raise WrongState(
            "own_process",
            message="Bantuan alat disetujui lewat halaman Bantuan alat usaha ini, sesudah analisis "
            "kebutuhan dan pemeriksaan lapangan.",
        )


def _is_not_sick(diagnosis: Diagnosis, _facts: PlanFacts) -> bool:
    return diagnosis.health_class != SICK


def _is_sick(diagnosis: Diagnosis, _facts: PlanFacts) -> bool:
    return diagnosis.health_class == SICK


def _is_healthy(diagnosis: Diagnosis, _facts: PlanFacts) -> bool:
    return diagnosis.health_class == HEALTHY


def _has_needs_analysis(_diagnosis: Diagnosis, facts: PlanFacts) -> bool:
    return facts.has_needs_analysis


def _may_declare_halal(_diagnosis: Diagnosis, facts: PlanFacts) -> bool:
    # Free and meant for the smallest: tried first unless somebody found it impossible.
    return facts.halal_self_declare is not False


def _may_not_declare_halal(_diagnosis: Diagnosis, facts: PlanFacts) -> bool:
    return facts.halal_self_declare is False


def _has_light_debt_service(diagnosis: Diagnosis, _facts: PlanFacts) -> bool:
    ratio = diagnosis.debt_service_ratio
    return ratio is not None and ratio <= _LIGHT_DEBT_SERVICE


def _is_free_of_debt_trouble(diagnosis: Diagnosis, _facts: PlanFacts) -> bool:
    return not _DEBT_TROUBLE.intersection(diagnosis.knockouts)


def _is_written_down(diagnosis: Diagnosis, _facts: PlanFacts) -> bool:
    points = diagnosis.points.get("MNJ1")
    return points is not None and points >= _WRITTEN_DOWN_POINTS


def _was_sick_twice(_diagnosis: Diagnosis, facts: PlanFacts) -> bool:
    return facts.sick_in_a_row >= _SICK_ASSESSMENTS


def _has_enough_owners(_diagnosis: Diagnosis, facts: PlanFacts) -> bool:
    return (facts.willing_owner_count or 0) >= _COOPERATIVE_OWNERS


_RULES: dict[str, Callable[[Diagnosis, PlanFacts], bool]] = {
    "bukan_sakit": _is_not_sick,
    "sedang_sakit": _is_sick,
    "sudah_sehat": _is_healthy,
    "analisis_kebutuhan": _has_needs_analysis,
    "pernyataan_halal": _may_declare_halal,
    "bukan_pernyataan_halal": _may_not_declare_halal,
    "cicilan_ringan": _has_light_debt_service,
    "tanpa_masalah_utang": _is_free_of_debt_trouble,
    "tercatat": _is_written_down,
    "sakit_dua_kali": _was_sick_twice,
    "cukup_pemilik": _has_enough_owners,
}
