"""What an officer says when a therapy is sent to another office, and what that office answers."""

from __future__ import annotations

from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from app.interventions.forms.therapies import VersionForm
from app.interventions.rules.referrals import OFFICES
from app.interventions.rules.states import RESULT_LABELS
from app.interventions.services import Wish
from app.web.forms import BaseForm, ChoiceField, DateField, NoteField, RadiosField
from app.web.forms import TextField as Line


class ReferralForm(VersionForm):
    """To whom, what is asked for, until when."""

    office = ChoiceField("Kantor tujuan", [InputRequired()], choices=OFFICES)
    office_name = Line(
        "Nama kantor", [Length(max=160)], description="Contoh: Dinas Kesehatan Kabupaten Banyumas"
    )
    phone = Line(
        "Nomor WhatsApp kantor",
        [Length(max=20)],
        description="Boleh kosong; tautan dapat dikirim dengan cara lain",
    )
    request = NoteField(
        "Yang diminta",
        [InputRequired(), Length(max=500)],
        description="Jangan menulis NIK, keuangan, atau keadaan keluarga pemilik",
    )
    answer_due_on = DateField(
        "Jawaban paling lambat", may_be_future=True, description="Biasanya satu minggu"
    )

    def wish(self) -> Wish:
        """What was asked for."""
        said = self.values()
        del said["version"]
        return Wish(**said)


class CodeForm(BaseForm):
    """The code of a link, where it did not come along by itself."""

    code = Line("Kode rujukan", [InputRequired(), Length(max=120)])


class AcceptForm(BaseForm):
    """Who takes it on, and which referral stood on the page: others may have been opened since."""

    referral = HiddenField()
    person = Line("Nama dan jabatan Anda", [InputRequired(), Length(max=120)])


class DeclineForm(AcceptForm):
    """Who does not take it on, and why."""

    reason = NoteField("Alasan", [InputRequired(), Length(max=500)])


class OutcomeForm(AcceptForm):
    """What came of it."""

    result = RadiosField("Hasil", [InputRequired()], choices=RESULT_LABELS)
    result_note = NoteField("Yang sudah dikerjakan", [InputRequired(), Length(max=500)])
