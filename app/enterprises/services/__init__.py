"""Writes of the register."""

from app.enterprises.services.enterprises import (
    change_life_cycle,
    register_enterprise,
    set_photo,
    update_enterprise,
)
from app.enterprises.services.exports import note_export
from app.enterprises.services.owners import open_nik, register_owner, update_owner

__all__ = [
    "change_life_cycle",
    "note_export",
    "open_nik",
    "register_enterprise",
    "register_owner",
    "set_photo",
    "update_enterprise",
    "update_owner",
]
