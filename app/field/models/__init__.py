"""Phones, what they sent, and what waits for a person."""

from app.db.belongings import MOVES, STAYS, register_belongings
from app.field.models.devices import FieldDevice
from app.field.models.epochs import SyncEpoch
from app.field.models.inbox import InboxItem
from app.field.models.operations import OperationCounter, SyncOperation
from app.field.models.successors import EnterpriseSuccessor
from app.field.models.uploads import FileUpload

__all__ = [
    "EnterpriseSuccessor",
    "FieldDevice",
    "FileUpload",
    "InboxItem",
    "OperationCounter",
    "SyncEpoch",
    "SyncOperation",
]

register_belongings(
    {
        # What a phone sent, it sent for the enterprise that it knew.
        "sync_operation": STAYS,
        "inbox_item": MOVES,
        "file_upload": MOVES,
    }
)
