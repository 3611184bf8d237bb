"""Shapes of the accounts' forms."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from app.accounts.services import policy
from app.core.permissions import ROLE_LABELS, Role
from app.web.forms import BaseForm, ChoiceField, TextField


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
        render_kw={"autocomplete": "new-password"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.description = policy().hint


class ConfirmForm(BaseForm):
    """The present password, before something sensitive."""

    present = PasswordField(
        "Kata sandi",
        [InputRequired()],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class CodeForm(BaseForm):
    """The code of the app, or a recovery code."""

    code = TextField(
        "Kode",
        [InputRequired(), Length(max=40)],
        render_kw={
            "autocomplete": "one-time-code",
            "autocapitalize": "characters",
            "spellcheck": "false",
        },
    )


class ForgotForm(BaseForm):
    """A new password by a code that an officer handed over."""

    name = TextField(
        "E-mail atau nomor HP",
        [InputRequired()],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    code = TextField(
        "Kode dari petugas",
        [InputRequired(), Length(max=40)],
        description="Contoh: AB2C-D3EF-GH4J",
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
        },
    )
    password = PasswordField(
        "Kata sandi baru",
        [InputRequired()],
        render_kw={"autocomplete": "new-password"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.password.description = policy().hint


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
