"""Contradictions of an owner: what a person can't both be."""

from __future__ import annotations

from dataclasses import replace

from app.core.day_words import long_day
from app.core.identity import check_nik_against
from app.enterprises.rules.eligibility import RETURNED
from app.enterprises.rules.labels import CATEGORY_LABELS, SEX_LABELS
from app.quality.rules.facts import CONTRADICTION, OWNER, Around, Facts, Rule, Seen, Side
from app.quality.rules.sides import CHECK_FIRST, person

WORKING_AGE = 15
MANY_OWNERS = 3


def _left_too_young(facts: Facts, _: Around) -> Seen | None:
    if facts.category != RETURNED or not facts.returned_on or facts.years_abroad is None:
        return None
    if facts.born_on is None:
        return None
    age = facts.returned_on.year - facts.years_abroad - facts.born_on.year
    if age >= WORKING_AGE:
        return None
    left = facts.returned_on.year - facts.years_abroad
    years = f"{facts.years_abroad} tahun di luar negeri, pulang {long_day(facts.returned_on)}"
    then = f"umur {age}" if age >= 0 else "belum lahir"
    return (
        person(facts, "Lama di luar negeri dan tanggal pulang", f"{years} (berangkat {left})"),
        person(facts, "Tanggal lahir", f"{long_day(facts.born_on)} ({then} saat berangkat)"),
    )


def _returns_later(facts: Facts, _: Around) -> Seen | None:
    if facts.returned_on is None or facts.returned_on <= facts.today:
        return None
    return (
        person(facts, "Tanggal pulang", long_day(facts.returned_on)),
        Side(label="Hari diperiksa", text=long_day(facts.today), counts=False),
    )


def _still_abroad(facts: Facts, _: Around) -> Seen | None:
    if facts.category != "aktif" or facts.returned_on is None:
        return None
    return (
        person(facts, "Kategori", CATEGORY_LABELS["aktif"]),
        person(facts, "Tanggal pulang", long_day(facts.returned_on)),
    )


def _nik_birth(facts: Facts, _: Around) -> Seen | None:
    return _against_nik(facts, "nik_birth_date_differs")


def _nik_sex(facts: Facts, _: Around) -> Seen | None:
    return _against_nik(facts, "nik_sex_differs")


def _against_nik(facts: Facts, code: str) -> Seen | None:
    nik = facts.nik
    if nik is None or code in facts.confirmed:
        return None
    doubts = check_nik_against(nik, born_on=facts.born_on, sex=facts.sex)
    if code not in {doubt.code for doubt in doubts}:
        return None
    if code == "nik_sex_differs":
        return (
            person(facts, "Jenis kelamin menurut NIK", SEX_LABELS[nik.sex]),
            person(facts, "Jenis kelamin tercatat", SEX_LABELS[facts.sex or nik.sex]),
        )
    return (
        person(facts, "Tanggal lahir menurut NIK", long_day(nik.born_on)),
        person(facts, "Tanggal lahir tercatat", long_day(facts.born_on or nik.born_on)),
    )


def _phone_of_many(facts: Facts, _: Around) -> Seen | None:
    if facts.same_phone < MANY_OWNERS:
        return None
    return (
        replace(person(facts, "Nomor HP", "lihat halaman pemilik"), stamp=facts.phone_index or ""),
        Side(
            label="Nomor yang sama",
            text=f"dipakai {facts.same_phone} pemilik lain",
            counts=False,
        ),
    )


OWNER_RULES = (
    Rule(
        code="berangkat_kecil",
        kind=CONTRADICTION,
        name="Berangkat ke luar negeri saat masih anak-anak",
        why="Tanggal pulang dikurangi lamanya di luar negeri tidak cocok dengan tanggal lahir.",
        advice="Periksa tanggal pulang, lamanya di luar negeri, dan tanggal lahir.",
        mend=OWNER,
        look=_left_too_young,
        weight=3,
    ),
    Rule(
        code="pulang_nanti",
        kind=CONTRADICTION,
        name="Tanggal pulang belum tiba",
        why="Pemilik yang sudah pulang tidak mungkin pulang setelah hari ini.",
        advice=CHECK_FIRST,
        mend=OWNER,
        look=_returns_later,
        weight=3,
    ),
    Rule(
        code="masih_pergi",
        kind=CONTRADICTION,
        name="Masih di luar negeri, tetapi ada tanggal pulang",
        why="Kategori dan tanggal pulang tidak bisa keduanya benar.",
        advice="Bila pemilik sudah pulang, ubah kategorinya. Bila belum, kosongkan tanggalnya.",
        mend=OWNER,
        look=_still_abroad,
    ),
    Rule(
        code="umur_nik",
        kind=CONTRADICTION,
        name="Tanggal lahir tidak sama dengan NIK",
        why="Tanggal lahir tersimpan di dalam NIK.",
        advice="Lihat KTP: betulkan NIK atau tanggal lahirnya.",
        mend=OWNER,
        look=_nik_birth,
        weight=3,
    ),
    Rule(
        code="jenis_nik",
        kind=CONTRADICTION,
        name="Jenis kelamin tidak sama dengan NIK",
        why="Jenis kelamin tersimpan di dalam NIK.",
        advice="Lihat KTP: betulkan NIK atau jenis kelaminnya.",
        mend=OWNER,
        look=_nik_sex,
    ),
    Rule(
        code="hp_bersama",
        kind=CONTRADICTION,
        name="Satu nomor HP untuk banyak pemilik",
        why="Nomor yang sama tercatat untuk empat pemilik atau lebih.",
        advice="Tanyakan nomor pemilik sendiri. Jangan pakai nomor kantor atau pendamping.",
        mend=OWNER,
        look=_phone_of_many,
        weight=1,
        rests_on_others=True,
    ),
)
