"""The fields that narrow the list. Nothing is refused: the list says what it understood."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField

from app.enterprises.rules.labels import choices
from app.enterprises.rules.list_filter import (
    HEALTH_CHOICES,
    LIFE_CYCLE_CHOICES,
    MENTOR_CHOICES,
    SECTOR_CHOICES,
    SIZE_CHOICES,
    SORT_LABELS,
    YES,
)
from app.places.rules import PROGRAM_LABELS
from app.web.forms import BaseForm, ChoiceField

_ALL = "Semua"


class FilterForm(BaseForm):
    """Names are those of the address."""

    class Meta(BaseForm.Meta):
        """It is sent by GET and changes nothing."""

        csrf = False

    wilayah = ChoiceField("Wilayah", blank_label=_ALL)
    kelas = ChoiceField("Kesehatan", choices=choices(HEALTH_CHOICES), blank_label=_ALL)
    sektor = ChoiceField("Sektor", choices=choices(SECTOR_CHOICES), blank_label=_ALL)
    pendamping = ChoiceField("Pendamping", blank_label=_ALL)
    keadaan = ChoiceField("Keadaan usaha", choices=choices(LIFE_CYCLE_CHOICES), blank_label=_ALL)
    skala = ChoiceField("Skala usaha", choices=choices(SIZE_CHOICES), blank_label=_ALL)
    program = ChoiceField("Program desa", choices=choices(PROGRAM_LABELS), blank_label=_ALL)
    terlambat = BooleanField("Kunjungan terlambat", render_kw={"value": YES})
    tanpa_rencana = BooleanField("Belum ada rencana terapi", render_kw={"value": YES})
    urut = ChoiceField("Urutkan", choices=choices(SORT_LABELS), blank_label=None)
    cari = HiddenField()
    berlaku = HiddenField()
    sakit_hari = HiddenField()
    kunjungan_sampai = HiddenField()
    terdaftar_dari = HiddenField()
    terdaftar_sampai = HiddenField()

    def offer(self, *, areas: list[tuple[str, str]], mentors: list[tuple[str, str]]) -> None:
        """Offer these areas and mentors."""
        self.wilayah.offer(areas)
        self.pendamping.offer([*MENTOR_CHOICES.items(), *mentors])
