"""A new owner and their first enterprise on one page."""

from __future__ import annotations

from typing import Any

from wtforms import Field

from app.enterprises.forms.confirming import DoubtsForm
from app.enterprises.forms.enterprises import EnterpriseFields, enterprise_facts
from app.enterprises.forms.owners import ConsentFields, OwnerFields, owner_facts
from app.enterprises.rules.facts import EnterpriseFacts, OwnerFacts


class RegistrationForm(OwnerFields, EnterpriseFields, ConsentFields, DoubtsForm):
    """Both, so that no owner stays behind without an enterprise."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # As on the page: the list of what is to be mended is read from the top.
        ordered = sorted(self, key=lambda field: not hasattr(OwnerFields, field.short_name))
        self._fields: dict[str, Field] = {field.short_name: field for field in ordered}

    def owner_facts(self) -> OwnerFacts:
        """The owner as stated."""
        return owner_facts(self.values())

    def enterprise_facts(self) -> EnterpriseFacts:
        """The enterprise as stated."""
        return enterprise_facts(self.values())
