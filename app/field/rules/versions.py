"""Forms of what phones send: each released one is brought into the present one, step by step.

Version 1 was tried in the field before photos had entries of their own; 2 told outcomes and
practices apart; 4 brought the operations of channels, labels and certificates, 5 those of the cash
book, 6 those of instalments and savings, and these changed none of the others. Recorded operations
of each lie in `tests/cases/sync`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

SCHEMA_VERSION = 6
OLDEST_VERSION = 1
Data = dict[str, Any]

# What version 1 called a visit that met nobody.
_OUTCOMES_OF_1 = {
    "bertemu": "bertemu",
    "tidak_bertemu": "tidak_bisa_dikunjungi",
    "menolak": "menolak_didata",
    "minta_imbalan": "minta_imbalan",
}
_STEPS_OF_2 = {"start": "mulai", "done": "selesai", "note": "catatan"}


def upgraded(kind: str, version: int, data: Mapping[str, Any]) -> Data:
    """The data of an operation in the present form; what a step doesn't know stays as it is."""
    found = dict(data)
    for step in range(version, SCHEMA_VERSION):
        found = _STEPS.get((kind, step), dict)(found)
    return found


def _renamed(data: Data, names: Mapping[str, str]) -> Data:
    return {names.get(name, name): value for name, value in data.items()}


def _visit_from_1(data: Data) -> Data:
    found = _renamed(data, {"date": "visited_on", "notes": "findings", "next_on": "next_visit_on"})
    outcome = found.get("outcome")
    if isinstance(outcome, str):
        found["outcome"] = _OUTCOMES_OF_1.get(outcome, outcome)
    # One promise, as a text and a day.
    text, due_on = found.pop("promise", None), found.pop("promise_due_on", None)
    if text:
        found["promises"] = [{"text": text, "due_on": due_on}]
    return found


def _visit_from_2(data: Data) -> Data:
    found = _renamed(data, {"place": "place_kind", "minutes": "duration_minutes"})
    point = found.pop("gps", None)
    if isinstance(point, dict):
        found["lat"], found["lng"] = point.get("lat"), point.get("lng")
    kept, broken = found.pop("promises_kept", None), found.pop("promises_broken", None)
    if isinstance(kept, list) or isinstance(broken, list):
        found["settled"] = {
            **{str(key): "ditepati" for key in kept or ()},
            **{str(key): "tidak_ditepati" for key in broken or ()},
        }
    return found


def _assessment_from_1(data: Data) -> Data:
    return _renamed(data, {"date": "assessed_on", "points": "answers", "problem": "main_problem"})


def _assessment_from_2(data: Data) -> Data:
    found = _renamed(data, {"version": "instrument_version"})
    score = found.pop("score", None)
    if isinstance(score, dict):
        found["computed"] = score
    return found


def _register_from_2(data: Data) -> Data:
    found = _renamed(data, {"checked": "confirmed"})
    owner = found.get("owner")
    if isinstance(owner, dict):
        found["owner"] = _renamed(owner, {"gender": "sex"})
    return found


def _edit_from_2(data: Data) -> Data:
    return _renamed(data, {"new": "changes", "old": "base"})


def _therapy_from_2(data: Data) -> Data:
    found = _renamed(data, {"therapy_id": "intervention_id", "note": "result_note"})
    step = found.get("step")
    if isinstance(step, str):
        found["step"] = _STEPS_OF_2.get(step, step)
    return found


_STEPS: dict[tuple[str, int], Callable[[Data], Data]] = {
    ("visit.create", 1): _visit_from_1,
    ("visit.create", 2): _visit_from_2,
    ("assessment.create", 1): _assessment_from_1,
    ("assessment.create", 2): _assessment_from_2,
    ("enterprise.register", 2): _register_from_2,
    ("enterprise.edit", 2): _edit_from_2,
    ("therapy.report", 2): _therapy_from_2,
}
