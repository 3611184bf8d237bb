"""Shapes of the accounts' forms."""

from __future__ import annotations

from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from app.accounts.rules import PASSWORD_MIN
from app.core.permissions import ROLE_LABELS, Role
from app.web.forms import BaseForm, ChoiceField, TextField

_PASSWORD_HINT = f"Paling sedikit {PASSWORD_MIN} huruf. Beberapa kata lebih mudah diingat."


class SignInForm(BaseForm):
    """E-mail or phone, and password."""

    name = TextField(
        "E-mail atau nomor HP",
        [InputRequired()],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        "Kata sandi", [InputRequired()], render_kw={"autocomplete": "current-password"}
    )
    next = HiddenField()


class PasswordForm(BaseForm):
    """The present password and the new one."""

    present = PasswordField(
        "Kata sandi sekarang",
        [InputRequired()],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        "Kata sandi baru",
        [InputRequired()],
        description=_PASSWORD_HINT,
        render_kw={"autocomplete": "new-password"},
    )


class ResetForm(BaseForm):
    """A first password that an officer hands over; the person must change it."""

    password = PasswordField(
        "Kata sandi sementara",
        [InputRequired()],
        description=f"{_PASSWORD_HINT} Orang ini harus menggantinya saat masuk.",
        render_kw={"autocomplete": "new-password"},
    )


class MembershipForm(BaseForm):
    """A role in a place."""

    role = ChoiceField(
        "Peran", [InputRequired()], choices=[(role.value, ROLE_LABELS[role]) for role in Role]
    )
    area = TextField(
        "Wilayah",
        [Length(max=80)],
        description="Nama atau kode, contoh: Kabupaten Banyumas, atau 33.02. "
        "Kosongkan hanya untuk admin seluruh Indonesia.",
    )


class AccountForm(MembershipForm):
    """A new person with a first role."""

    name = TextField("Nama", [InputRequired(), Length(max=120)])
    email = TextField(
        "E-mail", [Length(max=200)], render_kw={"type": "email", "autocomplete": "off"}
    )
    phone = TextField(
        "Nomor HP",
        [Length(max=30)],
        description="Contoh: 0812 3456 7890",
        render_kw={"inputmode": "tel", "autocomplete": "off"},
    )
    password = PasswordField(
        "Kata sandi sementara",
        [InputRequired()],
        description=f"{_PASSWORD_HINT} Orang ini harus menggantinya saat masuk.",
        render_kw={"autocomplete": "new-password"},
    )
