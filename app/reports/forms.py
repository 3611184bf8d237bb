"""Shapes of the forms of reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from wtforms import BooleanField
from wtforms.validators import InputRequired, Length

from app.core.scope import WHOLE_COUNTRY
from app.reports.rules.limits import BOTH, KINDS
from app.reports.rules.period import quarters_until, span_named, spans_until, usual_span
from app.reports.services import LetterheadWords, Wish
from app.web.forms import BaseForm, ChoiceField, PhotoField, PlaceField, RadiosField, TextField

# An empty word of a list means that nothing was chosen.
COUNTRY_WORD = "indonesia"


class _ReportForm(BaseForm):
    """What every report is asked with."""

    span = ChoiceField("Bulan atau triwulan", [InputRequired()], blank_label=None)
    kind = RadiosField("Berkas", [InputRequired()], choices=KINDS, default=BOTH)
    with_names = BooleanField("Sertakan nama usaha")

    def offer_spans(self, today: date) -> None:
        """Set the months and quarters, the last finished month chosen."""
        self.span.offer([(one.code, one.label) for one in spans_until(today)])
        if self.span.data is None and not self.is_submitted():
            self.span.data = usual_span(today).code


class AreaReportForm(_ReportForm):
    """A report of an area, or of one village in it."""

    area = ChoiceField("Wilayah", [InputRequired()], blank_label=None)
    village = PlaceField("Satu desa saja", description="Kosongkan untuk seluruh wilayah di atas.")

    def offer_areas(self, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        """Set the areas; `chosen` is the one that the page was opened for."""
        self.area.offer([(code or COUNTRY_WORD, label) for code, label in choices])
        if self.area.data is None and not self.is_submitted():
            self.area.data = chosen or COUNTRY_WORD

    def wish(self, today: date, *, may_name: bool) -> Wish:
        """What was asked for. Only for a form that was validated."""
        area = WHOLE_COUNTRY if self.area.data == COUNTRY_WORD else self.area.data
        return Wish(
            area_code=self.village.data or area,
            span=span_named(self.span.data, today=today),
            kind=self.kind.data,
            with_names=bool(self.with_names.data and may_name),
        )


class MentorReportForm(_ReportForm):
    """A report of a mentor."""

    mentor = ChoiceField("Pendamping", [InputRequired()], coerce=UUID)

    def wish(self, today: date, *, may_name: bool) -> Wish:
        """What was asked for. Only for a form that was validated."""
        return Wish(
            mentor_id=self.mentor.data,
            span=span_named(self.span.data, today=today),
            kind=self.kind.data,
            with_names=bool(self.with_names.data and may_name),
        )


class OwnReportForm(_ReportForm):
    """A report of a mentor's own quarter."""

    span = ChoiceField("Triwulan", [InputRequired()], blank_label=None)

    def offer_spans(self, today: date) -> None:
        """Set the quarters, the last finished one chosen: months have pages of their own."""
        quarters = quarters_until(today)
        self.span.offer([(one.code, one.label) for one in quarters])
        if self.span.data is None and not self.is_submitted():
            self.span.data = next(one for one in quarters if one.is_over(today)).code

    def wish(self, today: date, *, mentor_id: UUID) -> Wish:
        """What was asked for. Only for a form that was validated."""
        return Wish(
            mentor_id=mentor_id,
            span=span_named(self.span.data, today=today),
            kind=self.kind.data,
            with_names=bool(self.with_names.data),
        )


class LetterheadForm(BaseForm):
    """What an office prints on its reports."""

    above = TextField(
        "Baris di atas nama kantor",
        [Length(max=160)],
        description="Contoh: Pemerintah Kabupaten Banyumas",
    )
    name = TextField(
        "Nama kantor",
        [InputRequired(), Length(max=160)],
        description="Contoh: Dinas Tenaga Kerja, Koperasi, dan UKM",
    )
    address = TextField(
        "Alamat kantor", [Length(max=300)], description="Jalan, kota, kode pos, telepon kantor"
    )
    logo = PhotoField("Lambang")
    drop_logo = BooleanField("Hapus lambang yang sekarang")
    place = TextField("Tempat tanda tangan", [Length(max=80)], description="Contoh: Purwokerto")
    signer_post = TextField(
        "Jabatan penanda tangan", [Length(max=160)], description="Contoh: Kepala Dinas"
    )
    signer_name = TextField("Nama penanda tangan", [Length(max=120)])
    signer_nip = TextField("NIP", [Length(max=30)], description="18 angka")

    def words(self) -> LetterheadWords:
        """What was written. Only for a form that was validated."""
        values = self.values()
        return LetterheadWords(
            **{name: values[name] for name in LetterheadWords.__dataclass_fields__}
        )
