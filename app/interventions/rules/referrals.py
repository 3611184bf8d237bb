"""Sending a therapy to another office: who, what may be answered when, and the clock."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import quote

from app.core.errors import InvalidInput, WrongState

OFFICES = {
    "dinkes": "Dinas Kesehatan",
    "plut": "PLUT",
    "lp3h": "LP3H",
    "koperasi": "Koperasi",
    "blk": "BLK",
    "lain": "Kantor lain",
}
SENT = "menunggu"
ACCEPTED = "diterima"
DECLINED = "ditolak"
FINISHED = "selesai"
REVOKED = "dicabut"
REFERRAL_STATES = (SENT, ACCEPTED, DECLINED, FINISHED, REVOKED)
OPEN_REFERRALS = (SENT, ACCEPTED)
REFERRAL_LABELS = {
    SENT: "Menunggu jawaban",
    ACCEPTED: "Diterima",
    DECLINED: "Ditolak",
    FINISHED: "Selesai",
    REVOKED: "Dicabut",
}
ANSWER_WITHIN = timedelta(days=7)
# Long enough for the result of most therapies; a new link can be made at any time.
LINK_LIFE = timedelta(days=90)

_STEPS = {
    "accept": (SENT,),
    "decline": (SENT,),
    "finish": (ACCEPTED,),
    "renew": OPEN_REFERRALS,
    "revoke": OPEN_REFERRALS,
}
_REFUSALS = {
    "accept": "Rujukan ini sudah dijawab.",
    "decline": "Rujukan ini sudah dijawab.",
    "finish": "Hasil hanya dapat ditulis untuk rujukan yang diterima dan belum selesai.",
    "renew": "Rujukan ini sudah berakhir.",
    "revoke": "Rujukan ini sudah berakhir.",
}


def check_referral_step(step: str, state: str) -> None:
    """Refuse a step that the state doesn't allow.

    Raises:
        WrongState: see above.
    """
    if state not in _STEPS[step]:
        raise WrongState(
            f"referral_not_to_{step}",
            message=f"{_REFUSALS[step]} Keadaannya sekarang: {REFERRAL_LABELS[state].lower()}.",
        )


def check_answer_day(answer_due_on: date | None, *, today: date) -> date:
    """The day until which an answer is awaited; a week from today when nobody said one.

    Raises:
        InvalidInput: it lies before today, or after the link has ended.
    """
    if answer_due_on is None:
        return today + ANSWER_WITHIN
    if not today <= answer_due_on <= today + LINK_LIFE:
        raise InvalidInput(
            "answer_day_impossible",
            field="answer_due_on",
            message=f"Pilih hari mulai hari ini sampai {LINK_LIFE.days} hari lagi.",
        )
    return answer_due_on


def is_overdue(state: str, *, answer_due_on: date, result_due_on: date | None, today: date) -> bool:
    """Whether the answer, or after it the result, is later than was asked for."""
    if state == SENT:
        return today > answer_due_on
    return state == ACCEPTED and result_due_on is not None and today > result_due_on


def invitation(
    *, office: str, therapy: str, enterprise: str, address: str, code: str, answer_by: str
) -> str:
    """The message that goes with the link, for WhatsApp or e-mail."""
    return (
        f"Yth. {office},\n"
        f"kami merujuk {enterprise} untuk {therapy}. Mohon jawabannya paling lambat {answer_by}.\n"
        f"Buka: {address}#{code}\n"
        f"Bila diminta kode: {code}\n"
        "Tautan ini hanya untuk kantor Anda, jangan diteruskan."
    )


def whatsapp_address(phone: str | None, message: str) -> str:
    """The address that opens WhatsApp with the message written; a chat is chosen there without
    a phone."""
    number = re.sub(r"\D", "", phone or "")
    return f"https://wa.me/{number}?text={quote(message)}"
