"""Writing assessments, versions of the instrument, objections and settled classes."""

from app.health.services.passing_on import pass_drafts_on
from app.health.services.recording import (
    RECORDED,
    Findings,
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
    "pass_drafts_on",
    "record_assessment",
    "refresh_standing",
    "save_draft",
]
