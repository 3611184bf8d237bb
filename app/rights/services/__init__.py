"""Writes: requests and their answers, restriction, erasure, retention."""

from app.rights.services.erasing import erase, remove_files
from app.rights.services.requests import (
    fulfil,
    lift_restriction,
    note_copy,
    record_request,
    refuse,
)
from app.rights.services.retention import Kept, keep_no_longer

__all__ = [
    "Kept",
    "erase",
    "fulfil",
    "keep_no_longer",
    "lift_restriction",
    "note_copy",
    "record_request",
    "refuse",
    "remove_files",
]
