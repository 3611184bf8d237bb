"""Forms of one or two fields."""

from __future__ import annotations

from wtforms import BooleanField
from wtforms.validators import InputRequired, Length

from app.enterprises.rules.labels import LIFE_CYCLE_LABELS
from app.web.forms import BaseForm, NoteField, PhotoField, RadiosField, TextField


class LifeCycleForm(BaseForm):
    """The state that follows, and why. Its choices are the moves that the present state allows."""

    life_cycle = RadiosField("Keadaan usaha sekarang", [InputRequired()])
    reason = NoteField(
        "Alasan",
        [Length(max=300)],
        description="Wajib, kecuali usaha mulai berjalan. Contoh: bahan baku mahal sejak Juni",
    )

    def offer(self, moves: tuple[str, ...]) -> None:
        """Offer these states."""
        self.life_cycle.offer([(move, LIFE_CYCLE_LABELS[move]) for move in moves])


class PhotoForm(BaseForm):
    """A photo of the premises."""

    photo = PhotoField("Foto tempat usaha", [InputRequired()])


class OpenNikForm(BaseForm):
    """Why somebody wants to see a whole NIK."""

    reason = TextField(
        "Alasan membuka NIK",
        [InputRequired(), Length(max=300)],
        description="Nama Anda, waktu, dan alasan ini dicatat. Contoh: mendaftarkan NIB di OSS",
    )


class ExportForm(BaseForm):
    """How a list is taken along."""

    with_nik = BooleanField("Sertakan NIK lengkap")
    reason = TextField(
        "Alasan memerlukan NIK lengkap",
        [Length(max=300)],
        description="Wajib bila NIK disertakan. Nama Anda, waktu, dan alasan ini dicatat.",
    )
