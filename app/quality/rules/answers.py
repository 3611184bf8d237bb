"""Contradictions between the answers of an assessment and what else is known."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from app.core.day_words import long_day
from app.health.rules.evidence import SEEN
from app.health.rules.questionnaire import points_for
from app.quality.rules.facts import (
    ASSESSMENT,
    CONTRADICTION,
    ENTERPRISE,
    HEALTH,
    LIFE_CYCLE,
    TOOL,
    Around,
    Assessed,
    Facts,
    Rule,
    Seen,
    Side,
)
from app.quality.rules.sides import day_of, own

FROM_BOOKS = "buku"
NO_BOOKS, HALF_BOOKED = 0, 3
USED_WELL, HARDLY_USED = 9, 3


def _answer(assessed: Assessed, code: str, label: str = "") -> Side:
    name = label or assessed.instrument.indicator(code).name
    return _of(assessed, f"{name}, {long_day(assessed.assessed_on)}", assessed.said(code))


def _of(assessed: Assessed, label: str, text: str) -> Side:
    return Side(label=label, text=text, page=ASSESSMENT, subject_id=assessed.id)


def _assessed_before_start(facts: Facts, _: Around) -> Seen | None:
    started_on, first_on = facts.started_on, facts.first_assessed_on
    if started_on is None or first_on is None or started_on <= first_on:
        return None
    return (
        day_of(facts, "Mulai usaha", started_on),
        Side(
            label="Penilaian pertama",
            text=long_day(first_on),
            page=HEALTH,
            subject_id=facts.enterprise_id,
        ),
    )


def _sold_before_start(facts: Facts, _: Around) -> Seen | None:
    assessed = facts.assessment
    days = assessed.context.get("days_since_last_sale") if assessed else None
    if assessed is None or days is None or facts.started_on is None:
        return None
    sold_on = assessed.assessed_on - timedelta(days=days)
    if sold_on >= facts.started_on or facts.started_on > assessed.assessed_on:
        return None
    return (
        day_of(facts, "Mulai usaha", facts.started_on),
        _of(assessed, "Penjualan terakhir menurut penilaian", long_day(sold_on)),
    )


def _assessed_after_end(facts: Facts, _: Around) -> Seen | None:
    assessed, ended_on = facts.assessment, facts.life_cycle_on
    if facts.life_cycle != "tutup" or assessed is None or ended_on is None:
        return None
    if assessed.assessed_on <= ended_on:
        return None
    return (
        own(facts, "Keadaan usaha", f"Tutup sejak {long_day(ended_on)}"),
        _of(assessed, "Penilaian", long_day(assessed.assessed_on)),
    )


def _number_against_answer(facts: Facts, _: Around) -> Seen | None:
    """The answer to a question that has a number beside it, against that number."""
    assessed = facts.assessment
    if assessed is None:
        return None
    for indicator in assessed.instrument.indicators:
        scale, points = indicator.raw, assessed.answer(indicator.code)
        value = assessed.context.get(scale.name) if scale else None
        if scale is None or value is None or points is None:
            continue
        if points_for(scale, Decimal(str(value))) != points:
            return (
                _answer(assessed, indicator.code),
                _of(assessed, scale.question, _number(scale.name, value)),
            )
    return None


def _number(name: str, value: float) -> str:
    if name == "debt_service_ratio":
        return f"{float(value) * 100:.0f}%"
    unit = " hari" if name.endswith("_days") or name.startswith("days_") else ""
    return f"{float(value):g}{unit}".replace(".", ",")


def _books(facts: Facts, _: Around) -> Seen | None:
    """No book of cash, yet an answer that was read from books."""
    assessed = facts.assessment
    if assessed is None or assessed.answer("MNJ1") != NO_BOOKS:
        return None
    for code in ("KEU1", "KEU2", "KEU3", "PSR1", "PSR2"):
        position = assessed.instrument.indicator(code).position
        if assessed.evidence[position] == FROM_BOOKS and assessed.answer(code) is not None:
            label = assessed.instrument.indicator(code).name
            return (
                _answer(assessed, "MNJ1"),
                _of(assessed, f"{label}, buktinya", f"dari buku: {assessed.said(code)}"),
            )
    return None


def _targets_without_books(facts: Facts, _: Around) -> Seen | None:
    """Sales compared with a written target each month, but nothing is written down."""
    assessed = facts.assessment
    if assessed is None or assessed.answer("MNJ1") != NO_BOOKS:
        return None
    if assessed.answer("MNJ3") != 4:
        return None
    return _answer(assessed, "MNJ1"), _answer(assessed, "MNJ3")


def _book_share(facts: Facts, _: Around) -> Seen | None:
    """No book of cash, yet a share of days with an entry."""
    assessed = facts.assessment
    share = assessed.context.get("book_coverage") if assessed else None
    if assessed is None or not share or assessed.answer("MNJ1") != NO_BOOKS:
        return None
    return (
        _answer(assessed, "MNJ1"),
        _of(assessed, "Hari buka yang dicatat, tiga bulan terakhir", f"{float(share) * 100:.0f}%"),
    )


def _arrears_without_loan(facts: Facts, _: Around) -> Seen | None:
    """Arrears, but no instalment that could be late."""
    assessed = facts.assessment
    if assessed is None:
        return None
    days, ratio = (assessed.context.get(name) for name in ("arrears_days", "debt_service_ratio"))
    if not days or ratio is None or float(ratio) > 0:
        return None
    if assessed.context.get("installments_without_surplus"):
        return None
    return (
        _of(assessed, "Tunggakan terlama", f"{days} hari"),
        _of(assessed, "Cicilan sebulan dibagi surplus", "0%, tanpa cicilan"),
    )


def _nib_denied(facts: Facts, _: Around) -> Seen | None:
    assessed = facts.assessment
    if assessed is None or facts.nib is None or assessed.answer("LGL1") != 0:
        return None
    return own(facts, "NIB tercatat", facts.nib), _answer(assessed, "LGL1")


def _nib_claimed(facts: Facts, _: Around) -> Seen | None:
    assessed = facts.assessment
    if assessed is None or facts.nib is not None or assessed.answer("LGL1") != 4:
        return None
    position = assessed.instrument.indicator("LGL1").position
    if assessed.evidence[position] not in (FROM_BOOKS, SEEN):
        return None
    return own(facts, "NIB tercatat", "tidak ada"), _answer(assessed, "LGL1")


def _season(facts: Facts, _: Around) -> Seen | None:
    assessed = facts.assessment
    if assessed is None or facts.is_seasonal or not assessed.context.get("off_season"):
        return None
    return (
        own(facts, "Usaha musiman", "tidak"),
        _of(assessed, f"Penilaian {long_day(assessed.assessed_on)}", "sedang di luar musim"),
    )


def _use_against_check(facts: Facts, _: Around) -> Seen | None:
    """The tool was never used by the answer, and used by the check, or the other way round."""
    assessed, tool = facts.assessment, facts.tool
    points = assessed.answer("PRD5") if assessed else None
    if assessed is None or tool is None or tool.days_used is None or points is None:
        return None
    if tool.on is None or abs((tool.on - assessed.assessed_on).days) > _SAME_TIME:
        return None
    is_used, is_idle = tool.days_used >= USED_WELL, tool.days_used <= HARDLY_USED
    if not ((points == 0 and is_used) or (points >= HALF_BOOKED and is_idle)):
        return None
    return (
        _answer(assessed, "PRD5"),
        Side(
            label=f"{tool.name}, dicek {_on(tool.on)}",
            text=f"dipakai {tool.days_used} hari dalam 30 hari",
            page=TOOL,
            subject_id=tool.id,
        ),
    )


_SAME_TIME = 45


def _on(day: date) -> str:
    return long_day(day)


_ASK_AGAIN = (
    "Penilaian yang sudah disimpan tidak diubah. Bila jawabannya keliru, buat penilaian baru."
)

ANSWER_RULES = (
    Rule(
        code="mulai_dinilai",
        kind=CONTRADICTION,
        name="Dinilai sebelum usaha mulai",
        why="Penilaian pertama lebih dahulu daripada tanggal mulai usaha.",
        advice="Betulkan tanggal mulai usaha.",
        mend=ENTERPRISE,
        look=_assessed_before_start,
        weight=3,
    ),
    Rule(
        code="mulai_dijual",
        kind=CONTRADICTION,
        name="Berjualan sebelum usaha mulai",
        why="Menurut penilaian sudah ada penjualan sebelum tanggal mulai usaha.",
        advice="Betulkan tanggal mulai usaha.",
        mend=ENTERPRISE,
        look=_sold_before_start,
    ),
    Rule(
        code="tutup_dinilai",
        kind=CONTRADICTION,
        name="Sudah tutup, tetapi dinilai setelahnya",
        why="Penilaian dibuat setelah usaha dinyatakan tutup.",
        advice="Bila usaha berjalan lagi, ubah keadaannya. Bila tidak, betulkan tanggal tutupnya.",
        mend=LIFE_CYCLE,
        look=_assessed_after_end,
        weight=3,
    ),
    Rule(
        code="angka_jawaban",
        kind=CONTRADICTION,
        name="Angka tidak cocok dengan jawaban yang dipilih",
        why="Pada satu pertanyaan penilaian, angkanya masuk pilihan lain.",
        advice=_ASK_AGAIN,
        mend=HEALTH,
        look=_number_against_answer,
        weight=3,
    ),
    Rule(
        code="buku_bukti",
        kind=CONTRADICTION,
        name="Tanpa catatan, tetapi ada jawaban dari buku",
        why="Buku kas dinyatakan tidak ada, sedangkan jawaban lain katanya dibaca dari buku.",
        advice=_ASK_AGAIN,
        mend=HEALTH,
        look=_books,
    ),
    Rule(
        code="buku_target",
        kind=CONTRADICTION,
        name="Tanpa catatan, tetapi target dibandingkan tiap bulan",
        why="Penjualan tidak dapat dibandingkan dengan target bila tidak ada yang dicatat.",
        advice=_ASK_AGAIN,
        mend=HEALTH,
        look=_targets_without_books,
    ),
    Rule(
        code="buku_hari",
        kind=CONTRADICTION,
        name="Tanpa catatan, tetapi ada hari yang dicatat",
        why="Buku kas dinyatakan tidak ada, sedangkan bagian hari yang dicatat lebih dari nol.",
        advice=_ASK_AGAIN,
        mend=HEALTH,
        look=_book_share,
    ),
    Rule(
        code="tunggakan_pinjaman",
        kind=CONTRADICTION,
        name="Menunggak, tetapi tanpa cicilan",
        why="Tunggakan hanya mungkin bila ada pinjaman yang dicicil.",
        advice=_ASK_AGAIN,
        mend=HEALTH,
        look=_arrears_without_loan,
    ),
    Rule(
        code="nib_disangkal",
        kind=CONTRADICTION,
        name="NIB tercatat, tetapi dijawab belum punya",
        why="Data usaha memuat NIB, sedangkan penilaian terakhir menyebut belum ada.",
        advice="Lihat surat NIB. Bila bukan milik usaha ini, hapus dari data usaha.",
        mend=ENTERPRISE,
        look=_nib_denied,
    ),
    Rule(
        code="nib_belum_dicatat",
        kind=CONTRADICTION,
        name="NIB sudah dilihat pendamping, tetapi belum tercatat",
        why="Penilaian menyebut NIB ada dan sesuai; data usaha tidak memuatnya.",
        advice="Isi NIB pada data usaha.",
        mend=ENTERPRISE,
        look=_nib_claimed,
        weight=1,
    ),
    Rule(
        code="musim",
        kind=CONTRADICTION,
        name="Di luar musim, tetapi bukan usaha musiman",
        why="Penilaian memberi keringanan luar musim; data usaha menyebut tidak musiman.",
        advice="Tandai usaha sebagai musiman dengan bulan ramainya, atau buat penilaian baru.",
        mend=ENTERPRISE,
        look=_season,
    ),
    Rule(
        code="pakai_alat",
        kind=CONTRADICTION,
        name="Pemakaian alat tidak cocok dengan hasil pengecekan",
        why="Jawaban penilaian dan pengecekan alat pada masa yang sama jauh berbeda.",
        advice=_ASK_AGAIN,
        mend=HEALTH,
        look=_use_against_check,
    ),
)
