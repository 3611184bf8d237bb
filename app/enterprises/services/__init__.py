"""Writes of the register."""

from app.enterprises.services.becoming_one import (
    drop_twice_given,
    keep_way_in,
    know_consent,
    know_words,
)
from app.enterprises.services.consents import give_consent, withdraw_consent
from app.enterprises.services.enterprises import (
    change_life_cycle,
    register_enterprise,
    set_nib,
    set_photo,
    update_enterprise,
)
from app.enterprises.services.exports import EXPORT_JOB, ask_export, begin_writing, finish_export
from app.enterprises.services.owners import open_nik, register_owner, update_owner
from app.enterprises.services.registration import register

__all__ = [
    "EXPORT_JOB",
    "ask_export",
    "begin_writing",
    "change_life_cycle",
    "drop_twice_given",
    "finish_export",
    "give_consent",
    "keep_way_in",
    "know_consent",
    "know_words",
    "open_nik",
    "register",
    "register_enterprise",
    "register_owner",
    "set_nib",
    "set_photo",
    "update_enterprise",
    "update_owner",
    "withdraw_consent",
]
