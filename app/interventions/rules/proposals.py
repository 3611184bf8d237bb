"""From an assessment to therapies: which, why, in what order, and which of them now.

Source: domain reference, chapter 3: indicator → therapies, gates, order of therapies, limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.interventions.rules.catalogue import Catalogue, Code, Therapy
from app.interventions.rules.diagnosis import Diagnosis, PlanFacts
from app.interventions.rules.gates import Gate, gates_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What asks for a therapy: an indicator with its points, a knock-out rule, a dimension that
    can't be assessed, or the class itself."""

    kind: str
    code: str
    points: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A therapy with its causes. Without a closed gate it can be approved."""

    therapy: Therapy
    causes: tuple[Cause, ...]
    gates: tuple[Gate, ...]
    rank: int

    @property
    def code(self) -> Code:
        """The therapy's code."""
        return self.therapy.code

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators that asked for it."""
        return tuple(cause.code for cause in self.causes if cause.kind == "indikator")

    @property
    def closed_reasons(self) -> tuple[str, ...]:
        """Why it may not be approved yet."""
        return tuple(gate.reason for gate in self.gates if not gate.is_open)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to do `now` (within the limit), `later` (also needed, in this order), what is `closed`
    behind a gate, and reminders that are no therapies. `room` is how many may still begin."""

    now: tuple[Proposal, ...]
    later: tuple[Proposal, ...]
    closed: tuple[Proposal, ...]
    reminders: tuple[str, ...]
    room: int


@dataclass(slots=True)
class _Candidate:
    causes: list[Cause]
    rank: int


def propose(catalogue: Catalogue, diagnosis: Diagnosis, facts: PlanFacts) -> Advice:
    """The therapies that an assessment asks for, best first.

    For each failing indicator the first therapy of its list whose gates are open is taken; those
    passed over because of a gate are listed as closed. What is open in the plan already is left
    out, and what is approved or running counts against the limit of the class.
    """
    wanted: dict[Code, _Candidate] = {}
    closed: dict[Code, _Candidate] = {}
    for codes, cause, rank in _needs(catalogue, diagnosis):
        for code in codes:
            is_open = all(gate.is_open for gate in gates_of(catalogue, code, diagnosis, facts))
            _note(wanted if is_open else closed, catalogue, code, cause, rank)
            if is_open:
                break
    chosen = [
        _proposal(catalogue, code, candidate, diagnosis, facts)
        for code, candidate in wanted.items()
        if code not in facts.open_codes
    ]
    chosen.sort(key=lambda proposal: (proposal.rank, proposal.code))
    room = max(0, catalogue.limit_for(diagnosis.health_class) - facts.active_count)
    return Advice(
        now=tuple(chosen[:room]),
        later=tuple(chosen[room:]),
        closed=_closed(catalogue, closed, diagnosis, facts),
        reminders=_reminders(catalogue, diagnosis),
        room=room,
    )


def _needs(
    catalogue: Catalogue, diagnosis: Diagnosis
) -> Iterator[tuple[list[Code], Cause, int | None]]:
    """Each need with the therapies that may answer it, the first being the default."""
    for_class = catalogue.by_class.get(diagnosis.health_class or "")
    if for_class is not None:
        yield [for_class], Cause(kind="kelas", code=diagnosis.health_class or ""), None
    for knockout in diagnosis.knockouts:
        asked = catalogue.knockouts.get(knockout)
        if asked is not None:
            yield [asked.therapy], Cause(kind="pembatas", code=knockout), asked.rank
    for dimension in sorted(diagnosis.unassessed):
        if dimension in catalogue.unassessed:
            yield [catalogue.unassessed[dimension]], Cause(kind="dimensi", code=dimension), None
    for indicator, options in catalogue.options.items():
        points = diagnosis.points.get(indicator)
        if points is None:
            continue
        codes = [
            option.therapy
            for option in options
            if option.fits(points=points, sector=diagnosis.sector)
        ]
        yield codes, Cause(kind="indikator", code=indicator, points=points), None


def _note(
    candidates: dict[Code, _Candidate],
    catalogue: Catalogue,
    code: Code,
    cause: Cause,
    rank: int | None,
) -> None:
    usual = catalogue.therapies[code].rank
    found = candidates.setdefault(code, _Candidate(causes=[], rank=usual))
    found.causes.append(cause)
    # The most urgent cause decides where it stands.
    found.rank = min(found.rank, usual if rank is None else rank)


def _proposal(
    catalogue: Catalogue,
    code: Code,
    candidate: _Candidate,
    diagnosis: Diagnosis,
    facts: PlanFacts,
) -> Proposal:
    return Proposal(
        therapy=catalogue.therapies[code],
        causes=tuple(candidate.causes),
        gates=gates_of(catalogue, code, diagnosis, facts),
        rank=candidate.rank,
    )


def _closed(
    catalogue: Catalogue,
    closed: dict[Code, _Candidate],
    diagnosis: Diagnosis,
    facts: PlanFacts,
) -> tuple[Proposal, ...]:
    proposals = [
        _proposal(catalogue, code, candidate, diagnosis, facts)
        for code, candidate in closed.items()
        if code not in facts.open_codes
    ]
    return tuple(sorted(proposals, key=lambda proposal: (proposal.rank, proposal.code)))


def _reminders(catalogue: Catalogue, diagnosis: Diagnosis) -> tuple[str, ...]:
    """What is no therapy: an NPWP that is missing, the food permit of ready-made food."""
    texts = []
    if diagnosis.sector == "B" and _is_low(diagnosis, "LGL2"):
        texts.append(catalogue.reminders["LGL2"])
    # Two points are an active NPWP without a mark.
    if diagnosis.points.get("LGL4") == 0:
        texts.append(catalogue.reminders["LGL4"])
    return tuple(texts)


def _is_low(diagnosis: Diagnosis, indicator: str) -> bool:
    points = diagnosis.points.get(indicator)
    return points is not None and points <= 2
