"""Choosing between two records; filtering doubts, and saying that a value is right."""

from __future__ import annotations

from typing import Any, cast

from wtforms import HiddenField
from wtforms.validators import Length, Optional

from app.quality.models import OPEN, TRUE
from app.quality.queries.findings import FindingFilter
from app.quality.queries.pairs import Choice, Comparison
from app.quality.rules.checks import RULES
from app.quality.rules.facts import KIND_LABELS
from app.quality.rules.merging import GONE, KEPT
from app.web.forms import BaseForm, ChoiceField, NoteField, RadiosField

_ENTERPRISE, _OWNER = "usaha_", "pemilik_"


class SearchForm(BaseForm):
    """The button that begins a search."""


class FindingFilterForm(BaseForm):
    """Area, kind, rule and state of doubts."""

    class Meta(BaseForm.Meta):
        """A form of a list changes nothing."""

        csrf = False

    wilayah = ChoiceField("Wilayah", [Optional()], choices=[], blank_label="Semua wilayah Anda")
    jenis = ChoiceField("Jenis", [Optional()], choices=KIND_LABELS, blank_label="Semua")
    aturan = ChoiceField(
        "Soal",
        [Optional()],
        choices={code: rule.name for code, rule in RULES.items()},
        blank_label="Semua",
    )
    keadaan = ChoiceField(
        "Keadaan",
        [Optional()],
        choices={TRUE: "Sudah dinyatakan benar"},
        blank_label="Belum diputuskan",
    )

    def offer(self, areas: list[tuple[str, str]]) -> None:
        """Let the person choose among these areas."""
        self.wilayah.offer(areas)

    def asked(self) -> FindingFilter:
        """The filter; a word that means nothing asks for anything."""
        area, kind, rule = (self[name].data or "" for name in ("wilayah", "jenis", "aturan"))
        return FindingFilter(
            area=area[:13],
            kind=kind if kind in KIND_LABELS else "",
            rule=rule if rule in RULES else "",
            state=TRUE if self.keadaan.data == TRUE else OPEN,
        )


class TrueForm(BaseForm):
    """Why an unusual value is right."""

    fingerprint = HiddenField()
    reason = NoteField("Memang benar, karena …", [Length(max=300)])


class MergeForm(BaseForm):
    """Which values stay. Made by `merge_form`; versions are those that the person saw."""

    kept_version = HiddenField()
    gone_version = HiddenField()

    def versions(self) -> tuple[int, int]:
        """The versions that the person saw; (0, 0) for what is no number."""
        seen = (self.kept_version.data or "", self.gone_version.data or "")
        return (int(seen[0]), int(seen[1])) if all(map(str.isdigit, seen)) else (0, 0)

    def picks(self) -> dict[str, str]:
        """Which side each column of the enterprise is taken from."""
        return self._chosen(_ENTERPRISE)

    def owner_picks(self) -> dict[str, str]:
        """Which side each column of the owner is taken from."""
        return self._chosen(_OWNER)

    def _chosen(self, prefix: str) -> dict[str, str]:
        return {
            name.removeprefix(prefix): value
            for name, value in self.values().items()
            if name.startswith(prefix) and value
        }


def merge_form(found: Comparison) -> MergeForm:
    """The form with one choice for each difference."""
    fields: dict[str, Any] = {}
    for prefix, choices in ((_ENTERPRISE, found.choices), (_OWNER, found.owner_choices)):
        for choice in choices:
            fields[prefix + choice.name] = _either(choice)
    form = cast("MergeForm", type("MergeForm", (MergeForm,), fields)())
    form.kept_version.data = form.kept_version.data or str(found.kept.version)
    form.gone_version.data = form.gone_version.data or str(found.gone.version)
    return form


def _either(choice: Choice) -> RadiosField:
    return RadiosField(
        choice.label,
        choices=[(KEPT, choice.kept or "(kosong)"), (GONE, choice.gone or "(kosong)")],
        default=choice.proposed,
    )
