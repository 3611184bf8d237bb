"""Forms whose content counts once, however often a hurried thumb sends it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from wtforms import HiddenField

from app.core.ids import new_id
from app.web.forms.base import BaseForm


class OnceForm(BaseForm):
    """A form that has a number of its own: what is kept under it is kept once."""

    number = HiddenField(default=lambda: str(new_id()))

    @property
    def key(self) -> UUID:
        """The number; a new one where the page sent none."""
        try:
            return UUID(self.number.data or "")
        except ValueError:
            return new_id()

    def values(self) -> dict[str, Any]:
        """What was said, without the number."""
        return {name: value for name, value in super().values().items() if name != "number"}
