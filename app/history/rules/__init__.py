"""What is said of the past, how its rows are chained, and what a reading is."""

from app.history.rules.chain import GENESIS, ChainedRow, row_hash
from app.history.rules.reading import READ_KINDS, pack, unpack
from app.history.rules.wording import (
    FieldWording,
    action_label,
    action_labels,
    field_wording,
    is_registered,
    register_actions,
    register_fields,
    untold_actions,
)
from app.history.rules.words import joined, parted, words_hash

__all__ = [
    "GENESIS",
    "READ_KINDS",
    "ChainedRow",
    "FieldWording",
    "action_label",
    "action_labels",
    "field_wording",
    "is_registered",
    "joined",
    "pack",
    "parted",
    "register_actions",
    "register_fields",
    "row_hash",
    "unpack",
    "untold_actions",
    "words_hash",
]
