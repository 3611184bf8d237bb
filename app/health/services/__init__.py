"""Writing assessments, versions of the instrument, objections and settled classes."""

from app.health.rules import Findings
from app.health.services.becoming_one import know_standing
from app.health.services.known import (
    forget_known_answer,
    keep_told_corrections,
    note_known_answer,
)
from app.health.services.passing_on import pass_drafts_on
from app.health.services.recording import (
    RECORDED,
    discard_draft,
    finish_draft,
    record_assessment,
    refresh_standing,
    save_draft,
)

__all__ = [
    "RECORDED",
    "Findings",
    "discard_draft",
    "finish_draft",
    "forget_known_answer",
    "keep_told_corrections",
    "know_standing",
    "note_known_answer",
    "pass_drafts_on",
    "record_assessment",
    "refresh_standing",
    "save_draft",
]
