"""A scratch build without the unique key: every delivery of an operation is a new one.

It is served only to show that the torture finds what it looks for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.core.ids import new_id
from app.factory import app_or_exit
from app.field import importing
from app.field.rules.operation import Operation, parse_operation


def _forgetful(value: Any) -> Operation:
    return replace(parse_operation(value), op_id=new_id(), record_id=new_id())


importing.parse_operation = _forgetful
app = app_or_exit()
