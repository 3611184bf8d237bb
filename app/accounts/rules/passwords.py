"""What a password must be."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from app.core.errors import InvalidInput
from app.core.text import search_text

PASSWORD_MIN = 12
PASSWORD_MAX = 200
# Words that an attacker of this system would try first.
CONTEXT_WORDS = (
    "pulih",
    "desmigratif",
    "disnaker",
    "dinas tenaga kerja",
    "pendamping",
    "koperasi",
    "migran",
    "password",
    "katasandi",
    "kata sandi",
    "rahasia",
    "indonesia",
)
_SEQUENCES = ("0123456789012", "abcdefghijklmnop", "qwertyuiopasdf")
_COMMON = Path(__file__).parent.parent / "bundled" / "common_passwords.txt.gz"
# What people write for letters.
_LEET = str.maketrans("013457@$!", "oieastasi")
# What people write around a word to make it longer.
_AROUND = "0123456789 !@#$%^&*()-_=+.,?/\\'\"~`"
_LEAST_SECRET = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordPolicy:
    """What is asked of a password beyond length and not being guessable.

    `asvs` asks for nothing more (ASVS 5.0, 6.2); `bssn` for four kinds of characters and a new
    one after half a year (BSSN 4/2021). They contradict each other: an office chooses.
    """

    name: str
    needs_classes: bool
    valid_for: timedelta | None

    @property
    def hint(self) -> str:
        """What to write, for the form."""
        if self.needs_classes:
            return (
                f"Paling sedikit {PASSWORD_MIN} tanda: huruf besar, huruf kecil, angka, dan tanda "
                "baca. Beberapa kata lebih mudah diingat."
            )
        return f"Paling sedikit {PASSWORD_MIN} huruf. Beberapa kata lebih mudah diingat."


POLICIES: dict[str, PasswordPolicy] = {
    policy.name: policy
    for policy in (
        PasswordPolicy(name="asvs", needs_classes=False, valid_for=None),
        PasswordPolicy(name="bssn", needs_classes=True, valid_for=timedelta(days=180)),
    )
}


def check_password(
    password: str, *, names: tuple[str, ...] = (), policy: PasswordPolicy = POLICIES["asvs"]
) -> None:
    """Refuse a password that is short, known from breaches, or made of the person's own names.

    Any character counts and nothing is cut. `names` are the person's names, and places they work
    in.

    Raises:
        InvalidInput: field "password", with what to do.
    """
    if len(password) < PASSWORD_MIN:
        raise _refusal(
            "password_short",
            f"Kata sandi paling sedikit {PASSWORD_MIN} huruf. Pakai kalimat pendek.",
        )
    if len(password) > PASSWORD_MAX:
        raise _refusal("password_long", f"Kata sandi paling panjang {PASSWORD_MAX} huruf.")
    if policy.needs_classes and not _has_all_classes(password):
        raise _refusal(
            "password_classes",
            "Kata sandi perlu huruf besar, huruf kecil, angka, dan tanda baca.",
        )
    if _is_known(password) or _is_guessable(password, names):
        raise _refusal(
            "password_guessable",
            "Kata sandi ini mudah ditebak. Pakai beberapa kata yang tidak berhubungan.",
        )


def _refusal(code: str, message: str) -> InvalidInput:
    return InvalidInput(code, field="password", message=message)


def _has_all_classes(password: str) -> bool:
    kinds = (str.isupper, str.islower, str.isdigit)
    has_sign = any(not one.isalnum() and not one.isspace() for one in password)
    return has_sign and all(any(kind(one) for one in password) for kind in kinds)


def _is_known(password: str) -> bool:
    """Whether it was found in breaches: as it is, with figures and signs around, or repeated."""
    known = common_passwords()
    folded = password.casefold()
    core = folded.strip(_AROUND)
    forms = {folded, core, *(form.translate(_LEET) for form in (core, folded.rstrip(_AROUND)))}
    return any(form in known or _repeated(form) in known for form in forms)


def _repeated(text: str) -> str:
    """The part that makes up the text when it is written several times.

    >>> _repeated("sayangsayang"), _repeated("sayang")
    ('sayang', '')
    """
    place = (text + text).find(text, 1)
    return text[:place] if 0 < place < len(text) else ""


@cache
def common_passwords() -> frozenset[str]:
    """Passwords known from breaches, in small letters; see NOTICE for where they are from."""
    with gzip.open(_COMMON, "rt", encoding="utf-8") as lines:
        return frozenset(line.strip() for line in lines)


def _is_guessable(password: str, names: tuple[str, ...]) -> bool:
    plain = search_text(password).replace(" ", "")
    if len(set(plain)) < 5 or any(plain in sequence * 3 for sequence in _SEQUENCES):
        return True
    rest = plain
    for word in _guessable_words(names):
        rest = rest.replace(word, "")
    # What is left when the guessable words are taken out must still be a secret.
    return len(re.sub(r"[\d]", "", rest)) < _LEAST_SECRET


def _guessable_words(names: tuple[str, ...]) -> list[str]:
    """Context words and names, whole and word by word, the longest first."""
    wholes = [search_text(text) for text in (*CONTEXT_WORDS, *names)]
    words = {word for whole in wholes for word in (whole.replace(" ", ""), *whole.split())}
    return sorted((word for word in words if len(word) >= 4), key=lambda word: (-len(word), word))
