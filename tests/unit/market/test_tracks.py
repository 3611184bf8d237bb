"""The state machines: every pair of states goes where the domain says, and nowhere else."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import yaml

from app.core.errors import InvalidInput, WrongState
from app.market.rules.certificates import (
    check_days,
    commitments_due,
    expiry,
    nib_state,
    review_on,
    shown_state,
    standing_on,
)
from app.market.rules.dated_rules import rule_kinds
from app.market.rules.tracks import FILE, check_move, read_tracks, tracks, ways

# By hand from domain reference 4.1, not from the file: whence (and what a date makes of it) to.
EXPECTED = {
    "nib": "belum>data_siap data_siap>akun_oss akun_oss>terbit terbit>perubahan_data,dicabut "
    "perubahan_data>terbit,dicabut dicabut>",
    "spp_irt": "belum>cek_kelayakan cek_kelayakan>nib_ok,tidak_layak nib_ok>rancangan_label "
    "rancangan_label>diajukan_oss diajukan_oss>terbit_komitmen,rancangan_label,tidak_layak "
    "terbit_komitmen>pkp_lulus,sarana_diperiksa,dibekukan,dicabut "
    "pkp_lulus>komitmen_lengkap,dibekukan,dicabut "
    "sarana_diperiksa>komitmen_lengkap,dibekukan,dicabut "
    "komitmen_lengkap>aktif,dibekukan,dicabut komitmen_terlambat>dibekukan,dicabut "
    "aktif>dibekukan,dicabut akan_habis>perpanjangan kedaluwarsa>perpanjangan "
    "perpanjangan>aktif,tidak_layak,dicabut dibekukan>aktif,terbit_komitmen,dicabut "
    "tidak_layak> dicabut>",
    "halal_sd": "belum>cek_kelayakan_sd cek_kelayakan_sd>nib_ok,dialihkan_reguler "
    "nib_ok>akun_sihalal akun_sihalal>pilih_pendamping_pph "
    "pilih_pendamping_pph>data_bahan_proses data_bahan_proses>verifikasi_pph,dialihkan_reguler "
    "verifikasi_pph>diajukan,data_bahan_proses,dialihkan_reguler "
    "diajukan>pemeriksaan_bpjph,dikembalikan,ditolak "
    "pemeriksaan_bpjph>sidang_komite_fatwa,dikembalikan,dialihkan_reguler,ditolak "
    "sidang_komite_fatwa>ketetapan,terbit,dikembalikan,ditolak ketetapan>terbit "
    "terbit>pembaruan,dicabut pembaruan>terbit,dialihkan_reguler,dicabut "
    "dikembalikan>data_bahan_proses,diajukan,dialihkan_reguler dialihkan_reguler> ditolak> "
    "dicabut>",
    "halal_reguler": "belum>dokumen_sjph dokumen_sjph>diajukan "
    "diajukan>pilih_lph,dikembalikan,ditolak pilih_lph>audit_lph,dikembalikan "
    "audit_lph>sidang_fatwa,dikembalikan,ditolak "
    "sidang_fatwa>ketetapan,terbit,dikembalikan,ditolak ketetapan>terbit "
    "terbit>pembaruan,dicabut pembaruan>terbit,dicabut dikembalikan>dokumen_sjph,diajukan "
    "ditolak> dicabut>",
    "md": "belum>sarana sarana>akun_ereg akun_ereg>diajukan "
    "diajukan>tambahan_data,terbit,ditolak tambahan_data>terbit,ditolak terbit> "
    "akan_habis>perpanjangan perpanjangan>terbit,ditolak kedaluwarsa>perpanjangan ditolak>",
    "laik_higiene": "belum>pelatihan_penjamah pelatihan_penjamah>inspeksi_ikl "
    "inspeksi_ikl>uji_sampel,ditolak uji_sampel>terbit,ditolak terbit>perpanjangan "
    "perpanjangan>terbit,ditolak kedaluwarsa>perpanjangan ditolak>",
    "merek": "belum>penelusuran_pdki penelusuran_pdki>surat_umk,belum surat_umk>diajukan "
    "diajukan>formalitas formalitas>pengumuman,ditolak "
    "pengumuman>pemeriksaan_substantif,keberatan keberatan>pemeriksaan_substantif,ditolak "
    "pemeriksaan_substantif>terdaftar,ditolak terdaftar>perpanjangan "
    "perpanjangan>terdaftar,ditolak kedaluwarsa>perpanjangan ditolak>",
}
LIMITS = {code: kind.first for code, kind in rule_kinds().items()}
TODAY = date(2026, 11, 22)


@dataclass
class Paper:
    """A certificate as the rules read it."""

    track: str
    state: str
    state_on: date = TODAY
    issued_on: date | None = None
    expires_on: date | None = None
    committed_on: date | None = None


@pytest.mark.parametrize("code", EXPECTED)
def test_every_pair_of_states_goes_as_the_domain_says_and_all_others_are_refused(code: str) -> None:
    of = tracks()[code]
    wanted = {
        here: set(filter(None, there.split(",")))
        for here, there in (pair.split(">") for pair in EXPECTED[code].split())
    }

    allowed: dict[str, set[str]] = {here: set() for here in of.states}
    for here in of.states:
        for there in [*of.states, "tidak_ada"]:
            with suppress(WrongState):
                allowed[here].add(check_move(of, here, there).code)

    assert allowed == wanted


def test_what_a_date_brought_opens_its_own_ways_beside_those_of_before() -> None:
    of = tracks()["spp_irt"]

    assert ways(of, "aktif", shown="akan_habis") == ("dibekukan", "dicabut", "perpanjangan")
    assert check_move(of, "pkp_lulus", "komitmen_lengkap", shown="komitmen_terlambat")
    with pytest.raises(WrongState) as caught:
        check_move(of, "aktif", "kedaluwarsa", shown="akan_habis")
    assert "dari “Akan habis” ke “Kedaluwarsa”" in caught.value.message


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("keadaan", "belum", "ke"), ["bulan"]),
        (("keadaan", "belum", "ke"), []),
        (("keadaan", "diajukan", "ke"), ["akan_habis"]),
        (("keadaan", "terbit", "berkas"), ["ijazah"]),
        (("keadaan", "terbit", "pemegang"), "tetangga"),
        (("keadaan", "terbit", "berdiri"), "kadang"),
        (("keadaan", "diajukan", "perlu"), ["tanda_tangan"]),
        (("keadaan", "ditolak", "hari"), 3),
        (("keadaan", "belum", "warna"), "merah"),
        (("berlaku",), "selamanya"),
        (("nomor",), "sepatu"),
        (("milik",), ["desa"]),
    ],
)
def test_a_file_that_names_what_is_not_there_stops_the_program(
    path: tuple[str, ...], value: Any
) -> None:
    source = deepcopy(yaml.safe_load(FILE.read_text("utf-8")))
    place = source["md"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    with pytest.raises(ValueError, match=r"md|belum"):
        read_tracks(source)


@pytest.mark.parametrize(
    ("paper", "state", "standing"),
    [
        (Paper("spp_irt", "aktif"), "aktif", "aktif"),
        (Paper("spp_irt", "aktif", expires_on=date(2027, 5, 22)), "aktif", "aktif"),
        (Paper("spp_irt", "aktif", expires_on=date(2027, 5, 21)), "akan_habis", "aktif"),
        (Paper("spp_irt", "aktif", expires_on=TODAY), "akan_habis", "aktif"),
        (Paper("spp_irt", "aktif", expires_on=date(2026, 11, 21)), "kedaluwarsa", "habis"),
        (Paper("spp_irt", "perpanjangan", expires_on=TODAY), "perpanjangan", "aktif"),
        (Paper("spp_irt", "perpanjangan", expires_on=date(2026, 1, 1)), "perpanjangan", "habis"),
        (
            Paper("spp_irt", "pkp_lulus", committed_on=date(2026, 8, 22)),
            "pkp_lulus",
            "komitmen",
        ),
        (
            Paper("spp_irt", "pkp_lulus", committed_on=date(2026, 8, 21)),
            "komitmen_terlambat",
            "komitmen",
        ),
        (Paper("laik_higiene", "terbit", expires_on=date(2026, 11, 21)), "kedaluwarsa", "habis"),
        (Paper("halal_sd", "terbit", issued_on=date(2019, 1, 1)), "terbit", "aktif"),
        (Paper("halal_sd", "ketetapan"), "ketetapan", "ketetapan"),
        (Paper("merek", "keberatan"), "keberatan", "proses"),
        (Paper("md", "belum"), "belum", "belum"),
        (Paper("md", "ditolak"), "ditolak", "habis"),
    ],
)
def test_dates_bring_states_by_themselves(paper: Paper, state: str, standing: str) -> None:
    assert shown_state(paper, on=TODAY, limits=LIMITS).code == state
    assert standing_on(paper, on=TODAY, limits=LIMITS) == standing


def test_deadlines_follow_the_rule_that_is_in_force() -> None:
    committed = Paper("spp_irt", "terbit_komitmen", committed_on=date(2026, 8, 31))
    halal = Paper("halal_sd", "terbit", issued_on=date(2024, 2, 29))

    assert commitments_due(committed, limits=LIMITS) == date(2026, 11, 30)
    assert commitments_due(committed, limits={**LIMITS, "spp_irt_komitmen_bulan": 6}) == date(
        2027, 2, 28
    )
    assert review_on(halal, limits=LIMITS) == date(2028, 2, 29)
    assert commitments_due(halal, limits=LIMITS) is review_on(committed, limits=LIMITS) is None


def test_an_expiry_is_the_papers_or_marked_as_worked_out() -> None:
    pirt, halal = tracks()["spp_irt"], tracks()["halal_sd"]

    def found(of: Any, **said: Any) -> tuple[date, bool] | None:
        told = {"issued_on": None, "said": None, "number_year": None, **said}
        one = expiry(of, limits=LIMITS, **told)
        return None if one is None else (one.on, one.is_estimate)

    assert found(pirt, said=date(2029, 3, 1), number_year=2030) == (date(2029, 3, 1), False)
    assert found(pirt, issued_on=date(2024, 2, 29)) == (date(2029, 2, 28), True)
    assert found(pirt, number_year=2029) == (date(2029, 1, 1), True)
    assert found(pirt) is None
    assert found(halal, issued_on=date(2024, 2, 29)) is None


def test_days_of_a_paper_are_refused_or_asked_about() -> None:
    of = tracks()["spp_irt"]

    def check(issued_on: date | None, expires_on: date | None) -> list[str]:
        doubts = check_days(
            of, issued_on=issued_on, expires_on=expires_on, today=TODAY, limits=LIMITS
        )
        return [one.code for one in doubts]

    assert check(date(2024, 3, 1), date(2029, 3, 1)) == check(date(2024, 3, 1), None) == []
    assert check(date(2024, 3, 1), date(2027, 3, 1)) == ["validity_differs"]
    for wrong in ((date(2026, 11, 23), None), (date(2024, 3, 1), date(2024, 3, 1))):
        with pytest.raises(InvalidInput):
            check(*wrong)


@pytest.mark.parametrize(
    ("stored", "nib", "state"),
    [
        (None, None, None),
        (None, "1", "terbit"),
        ("belum", None, "belum"),
        ("akun_oss", "1", "terbit"),
        ("terbit", "1", "terbit"),
        ("perubahan_data", "1", "perubahan_data"),
        ("terbit", None, "akun_oss"),
        ("dicabut", None, "dicabut"),
    ],
)
def test_the_nib_of_the_register_and_its_way_never_contradict(
    stored: str | None, nib: str | None, state: str | None
) -> None:
    assert nib_state(stored, nib) == state
