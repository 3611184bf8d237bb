"""Drafting a version of the instrument: what may be changed, and what must hold to publish it.

A draft is the parsed YAML of a version. Weights of dimensions follow from their indicators, so
that nobody has to keep two sums. Rules of the program read some questions by name (the permits of
KO-5, the records of KO-8); those stay.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from app.core.errors import InvalidInput
from app.health.rules.instrument import Code, Indicator, Instrument
from app.health.rules.instrument_file import parse_instrument, read_yaml

Source = dict[str, Any]
WHOLE_WEIGHT = 100
MOST_BYTES = 200_000
MOST_INDICATORS = 100
MOST_ENTRIES = 10_000
# Read by name in knock-out rules, by the questions with a number, or required for a result.
_READ_BY_NAME = frozenset({"LGL2", "LGL3", "MNJ1", "PSR2", "MDL1", "MDL2", "KEU2", "PRD5"})
_FLOORS = ("KEU", "PSR", "MDL")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorWording:
    """What a form says of one question. `options` are texts by points, only the offered ones."""

    name: str
    question: str
    help: str
    options: Mapping[int, str]
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing in which two versions differ, in words."""

    what: str
    before: str
    after: str


def as_text(source: Source) -> str:
    """The YAML text that is stored; the same source gives the same text."""
    return yaml.dump(source, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100)


class _Plain(yaml.SafeDumper):
    """Writes what is shared in full, so that a person can change one place alone."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never point back."""
        return True


def _count(part: Any, most: int) -> int:
    """How many entries a source has, counted no further than `most`."""
    entries = 0
    waiting = [part]
    while waiting and entries < most:
        one = waiting.pop()
        entries += 1
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return entries


def hash_of(text: str) -> str:
    """What tells two contents apart."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def source_of_text(text: str) -> Source:
    """The source in a text that came from outside, whole and checked by `faults`.

    Raises:
        InvalidInput: it is no instrument; the message says what to mend.
    """
    if len(text.encode("utf-8")) > MOST_BYTES:
        raise _refused("Berkas terlalu besar. Instrumen paling besar 200 KB.")
    try:
        source = read_yaml(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" di baris {mark.line + 1}" if mark is not None else ""
        raise _refused(
            f"Berkas tidak terbaca{line}. Unduh rancangan, ubah isinya, unggah lagi."
        ) from error
    if not isinstance(source, dict):
        raise _refused("Berkas ini bukan berkas instrumen.")
    # A few lines of aliases can stand for billions of entries.
    if _count(source, MOST_ENTRIES) >= MOST_ENTRIES:
        raise _refused("Berkas ini berisi terlalu banyak isian.")
    with_sums = with_weight_sums(source)
    instrument_of(with_sums)
    return with_sums


def instrument_of(source: Source) -> Instrument:
    """The draft as it would be scored.

    Raises:
        InvalidInput: a part is missing or of the wrong kind.
    """
    try:
        instrument = parse_instrument(source, dated={})
        _check_kinds(instrument)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise _refused(
            f"Ada bagian yang hilang atau salah bentuk: {str(error)[:80]}. "
            "Bandingkan dengan berkas yang diunduh."
        ) from error
    return instrument


def _check_kinds(instrument: Instrument) -> None:
    """Raises TypeError for a value that parsing takes over as it stands."""
    whole = [*instrument.valid_days.values(), instrument.startup_months]
    limits = instrument.limits
    whole += [limits.no_sale_days, limits.off_season_days, limits.loss_months]
    whole += [limits.arrears_cap_days, limits.arrears_sick_days]
    words = [text for one in instrument.indicators for text in (one.name, one.question, one.help)]
    for kind, values in ((int, whole), (str, words), (date, [instrument.halal_required_from])):
        for value in values:
            if not isinstance(value, kind):
                raise TypeError(f"{value!r}")


def with_weight_sums(source: Source) -> Source:
    """The source with the weight of each dimension made the sum of its questions."""
    changed = copy.deepcopy(source)
    try:
        changed["bobot_dimensi"] = {
            code: sum(int(fields["bobot"]) for fields in part["indikator"].values())
            for code, part in changed["dimensi"].items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _refused("Bagian “dimensi” tidak lengkap.") from error
    return changed


def with_numbers(
    source: Source, *, weights: Mapping[Code, int], healthy: str, less_healthy: str
) -> Source:
    """The source with other weights and class bounds (texts such as "70.0")."""
    changed = copy.deepcopy(source)
    for _, code, fields in _indicators(changed):
        fields["bobot"] = weights.get(code, fields["bobot"])
    changed["batas_kelas"] = {"sehat": float(healthy), "kurang_sehat": float(less_healthy)}
    return with_weight_sums(changed)


def with_wording(source: Source, code: Code, wording: IndicatorWording) -> Source:
    """The source with other words, options or sectors for one question.

    Raises:
        InvalidInput: there is no such question.
    """
    changed = copy.deepcopy(source)
    fields = _fields(changed, code)
    fields["nama"], fields["tanya"] = wording.name, wording.question
    fields.pop("bantuan", None)
    if wording.help:
        fields["bantuan"] = wording.help
    fields["pilihan"] = dict(sorted(wording.options.items()))
    fields.pop("sektor", None)
    if set(wording.sectors) != set(changed["sektor"]):
        fields["sektor"] = sorted(wording.sectors)
    return changed


def with_indicator(source: Source, dimension: Code, wording: IndicatorWording) -> Source:
    """The source with one more question, without weight yet, at the end of a dimension."""
    changed = copy.deepcopy(source)
    part = changed["dimensi"].get(dimension)
    if part is None:
        raise _refused("Pilih dimensinya.", field="dimension")
    taken = [code for _, code, _ in _indicators(changed)]
    if len(taken) >= MOST_INDICATORS:
        raise _refused("Pertanyaan sudah 100. Hapus satu lebih dulu.")
    number = 1
    while (code := f"{dimension}{number}") in taken:
        number += 1
    part["indikator"][code] = {"bobot": 0, "nama": "", "tanya": "", "pilihan": {}}
    return with_wording(changed, code, wording)


def without_indicator(source: Source, code: Code) -> Source:
    """The source without one question.

    Raises:
        InvalidInput: there is no such question, or the rules need it.
    """
    if code in _READ_BY_NAME:
        raise _refused("Pertanyaan ini dipakai aturan pembatas, jadi tidak dapat dihapus.")
    changed = copy.deepcopy(source)
    _fields(changed, code)
    for part in changed["dimensi"].values():
        part["indikator"].pop(code, None)
    return with_weight_sums(changed)


def faults(source: Source) -> tuple[str, ...]:
    """What must be mended before the draft can be tried or published, in words."""
    try:
        instrument = instrument_of(source)
    except InvalidInput as problem:
        return (problem.message,)
    return (*_number_faults(instrument), *_question_faults(instrument))


def changes(before: Instrument, after: Instrument) -> tuple[Change, ...]:
    """In what two versions differ: bounds, weights, questions, words."""
    found = [
        Change(what=f"Batas {words}", before=_tenths(old), after=_tenths(new))
        for words, old, new in (
            ("sehat", before.healthy_tenths, after.healthy_tenths),
            ("kurang sehat", before.less_healthy_tenths, after.less_healthy_tenths),
        )
        if old != new
    ]
    old_ones = {one.code: one for one in before.indicators}
    new_ones = {one.code: one for one in after.indicators}
    for code in [*old_ones, *(code for code in new_ones if code not in old_ones)]:
        found.extend(_indicator_changes(old_ones.get(code), new_ones.get(code)))
    return tuple(found)


def _indicator_changes(old: Indicator | None, new: Indicator | None) -> Iterable[Change]:
    if old is None:
        if new is not None:
            what = f"Pertanyaan “{new.name}”"
            yield Change(what=what, before="tidak ada", after=f"baru, bobot {new.weight}")
        return
    if new is None:
        what = f"Pertanyaan “{old.name}”"
        yield Change(what=what, before=f"bobot {old.weight}", after="dihapus")
        return
    if old.weight != new.weight:
        yield Change(what=f"Bobot “{new.name}”", before=str(old.weight), after=str(new.weight))
    if old.sectors != new.sectors:
        yield Change(
            what=f"Sektor “{new.name}”",
            before=", ".join(sorted(old.sectors)),
            after=", ".join(sorted(new.sectors)),
        )
    for words, one, other in (
        ("Nama", old.name, new.name),
        ("Pertanyaan", old.question, new.question),
        ("Bantuan", old.help, new.help),
        ("Jawaban", " · ".join(old.options.values()), " · ".join(new.options.values())),
    ):
        if one != other:
            yield Change(what=f"{words} “{old.name}”", before=one or "–", after=other or "–")


def _number_faults(instrument: Instrument) -> Iterable[str]:
    total = sum(one.weight for one in instrument.indicators)
    if total != WHOLE_WEIGHT:
        yield f"Jumlah semua bobot harus 100, sekarang {total}."
    if any(one.weight < 1 for one in instrument.indicators):
        names = ", ".join(f"“{one.name}”" for one in instrument.indicators if one.weight < 1)
        yield f"Beri bobot paling sedikit 1 untuk {names}."
    if not 0 < instrument.less_healthy_tenths < instrument.healthy_tenths <= 1000:
        yield "Batas sehat harus di atas batas kurang sehat, keduanya antara 0,1 dan 100."
    shares = (
        instrument.dimension_coverage,
        instrument.provisional_coverage,
        instrument.final_coverage,
    )
    if not all(0 < share <= 1 for share in shares) or shares[1] > shares[2]:
        yield "Bagian “cakupan” harus di atas 0 sampai 1, dan “sementara” tidak di atas “final”."
    if any(days < 1 for days in instrument.valid_days.values()):
        yield "Masa berlaku paling sedikit 1 hari."


def _question_faults(instrument: Instrument) -> Iterable[str]:
    codes = [one.code for one in instrument.indicators]
    if len(set(codes)) != len(codes):
        yield "Ada kode pertanyaan yang dipakai dua kali."
    missing = sorted(_READ_BY_NAME - set(codes))
    if missing:
        yield f"Pertanyaan {', '.join(missing)} dipakai aturan pembatas dan harus ada."
    dimensions = {one.code for one in instrument.dimensions if one.indicators}
    if not dimensions.issuperset(_FLOORS):
        yield "Dimensi keuangan, penjualan, dan permodalan harus ada."
    for one in instrument.indicators:
        yield from _faults_of(one, instrument)


def _faults_of(one: Indicator, instrument: Instrument) -> Iterable[str]:
    if not one.name or not one.question:
        yield f"Isi nama dan pertanyaan {one.code}."
    for options in (one.options, *one.options_by_sector.values()):
        points = set(options)
        if not points <= {0, 1, 2, 3, 4} or not {0, 4} <= points:
            yield f"Jawaban “{one.name}” harus punya yang 0 poin dan yang 4 poin."
    if not one.sectors or not one.sectors <= set(instrument.sectors):
        yield f"Pilih paling sedikit satu sektor untuk “{one.name}”."


def _indicators(source: Source) -> Iterable[tuple[Code, Code, dict[str, Any]]]:
    for dimension, part in source["dimensi"].items():
        for code, fields in part["indikator"].items():
            yield dimension, code, fields


def _fields(source: Source, wanted: Code) -> dict[str, Any]:
    for _, code, fields in _indicators(source):
        if code == wanted:
            return fields
    raise _refused("Pertanyaan ini tidak ada dalam rancangan.")


def _tenths(tenths: int) -> str:
    return f"{tenths // 10},{tenths % 10}"


def _refused(message: str, *, field: str | None = None) -> InvalidInput:
    return InvalidInput("instrument_refused", field=field, message=message)
