"""The gates of the needs assessment: all must be met, each with a reason and a proof.

Source: domain reference, chapter 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.core.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One thing that must be true before a tool is given."""

    code: str
    name: str
    question: str
    example: str


GATES = (
    Gate(
        code="hambatan",
        name="Langkah yang menghambat",
        question="Langkah kerja mana yang menghambat, dan berapa jam atau barang hilang karenanya?",
        example="Contoh: menutup kemasan dengan lilin, 3 jam sehari, 40 bungkus rusak seminggu",
    ),
    Gate(
        code="permintaan",
        name="Permintaan pembeli",
        question="Apakah ada pesanan yang tidak terpenuhi, atau kanal jual yang sudah diuji layak?",
        example="Contoh: 2 toko minta 100 bungkus seminggu, baru sanggup 40",
    ),
    Gate(
        code="tempat",
        name="Listrik, air, ruang, dan orang",
        question="Cukupkah daya listrik (VA), air, dan ruang, dan siapa yang menjalankan alat?",
        example="Contoh: 900 VA, alat 300 watt; ruang 2×3 m; dijalankan Bu Sari, sudah dilatih",
    ),
    Gate(
        code="biaya",
        name="Biaya jalan dan servis",
        question="Apakah biaya jalan per barang tidak lebih besar dari hematnya, dan ada suku "
        "cadang atau servis di kabupaten?",
        example="Contoh: listrik Rp 50 per bungkus, hemat Rp 200; servis di Purwokerto",
    ),
    Gate(
        code="pilihan_lain",
        name="Jalan lain sudah dicoba",
        question="Apakah alat bersama, sewa, BUMDes, atau rumah kemasan sudah dicoba atau ditanya?",
        example="Contoh: rumah kemasan terdekat 25 km, antre 2 minggu",
    ),
    Gate(
        code="sumbangan",
        name="Sumbangan pemilik",
        question="Apa yang disumbangkan pemilik: ruang, waktu, atau paling sedikit 10% nilai alat?",
        example="Contoh: menyiapkan meja dan stopkontak, ikut latihan 2 hari",
    ),
    Gate(
        code="kesediaan",
        name="Setuju alat menganggur dipindahkan",
        question="Apakah pemilik setuju tertulis bahwa alat yang dipakai kurang dari 4 hari dalam "
        "60 hari boleh dipindahkan?",
        example="Contoh: surat pernyataan 3 November 2026, ditandatangani pemilik",
    ),
)
GATE_CODES = tuple(gate.code for gate in GATES)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateAnswer:
    """What was found at one gate; `evidence` says how anybody can see that it is so."""

    is_met: bool
    reason: str
    evidence: str


def check_answers(answers: Mapping[str, GateAnswer]) -> None:
    """Refuse an assessment that leaves a gate out, or says one is met without reason or proof.

    Raises:
        InvalidInput: at the field of the gate.
    """
    refusals = [_refusal(gate, answers.get(gate.code)) for gate in GATES]
    found = [one for one in refusals if one is not None]
    if found:
        found[0].values["also"] = found[1:]
        raise found[0]


def unmet(answers: Mapping[str, GateAnswer]) -> tuple[Gate, ...]:
    """The gates that are closed or were not answered."""
    return tuple(
        gate for gate in GATES if gate.code not in answers or not answers[gate.code].is_met
    )


def are_all_met(codes: Iterable[str]) -> bool:
    """Whether these met gates are all there are."""
    return set(codes) == set(GATE_CODES)


def _refusal(gate: Gate, answer: GateAnswer | None) -> InvalidInput | None:
    if answer is None:
        return _missing(gate, "is_met", "Pilih ya atau belum")
    if not answer.reason:
        return _missing(gate, "reason", "Isi alasannya")
    if answer.is_met and not answer.evidence:
        return _missing(gate, "evidence", "Isi buktinya")
    return None


def _missing(gate: Gate, part: str, words: str) -> InvalidInput:
    return InvalidInput(
        f"gate_{part}_missing", field=f"{gate.code}_{part}", message=f"{gate.name}: {words}."
    )
