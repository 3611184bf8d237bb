"""Recording what was changed and what was seen, and checking that the past stands."""

from app.history.services.anchoring import write_anchor
from app.history.services.forgetting import forget_reads, forget_words
from app.history.services.reading import note_read, note_seen, note_slowed
from app.history.services.recording import Change, append, record, record_many
from app.history.services.verifying import Verdict, verify

__all__ = [
    "Change",
    "Verdict",
    "append",
    "forget_reads",
    "forget_words",
    "note_read",
    "note_seen",
    "note_slowed",
    "record",
    "record_many",
    "verify",
    "write_anchor",
]
