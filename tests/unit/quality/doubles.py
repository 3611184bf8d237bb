"""An invented register with planted doubles, with the slips of lists that offices keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from app.core.text import search_text
from app.quality.rules.matching import Record

FIRST_NAMES = """
Siti; Sri; Ani; Nur; Dewi; Rina; Yuli; Wati; Endah; Tuti; Sumi; Lilis; Eka;
Indah; Ratna; Maya; Fitri; Wahyu; Ahmad; Budi; Joko; Agus; Slamet; Darto; Hadi;
Eko; Tri; Dwi; Bambang; Sugeng; Yanto; Karman; Rohman; Udin; Sutrisno; Paijo;
Marsudi; Imam; Kasiman; Tarno
"""
SECOND_NAMES = """
Rahayu; Lestari; Handayani; Wulandari; Aminah; Khasanah; Maryam; Astuti;
Susanti; Hidayati; Purwanti; Setiawati; Kurniasih; Mulyani; Susilowati; Santoso;
Prasetyo; Wibowo; Nugroho; Hidayat; Saputra; Riyadi; Subagyo; Hartono; Widodo;
Suryanto; Firmansyah; Maulana; Utomo; Supriyadi
"""
PRODUCT_NAMES = """
Keripik Singkong; Keripik Tempe; Batik Tulis; Jahit Baju; Kue Kering; Gula
Semut; Warung Sembako; Ayam Geprek; Telur Asin; Anyaman Bambu; Sale Pisang; Abon
Lele; Kerupuk Rambak; Laundry; Es Dawet; Tahu Bakso; Rempeyek; Kopi Bubuk;
Minyak Kelapa; Tas Rajut
"""
BRAND_NAMES = """
Barokah; Berkah; Sumber; Rejeki; Makmur; Jaya; Lestari; Mandiri; Sari; Mekar;
Melati; Anugerah
"""
THIRD = ["", "", "", "", "Binti Karto", "Putri", "Jaya", "Al Amin", "Kusuma", "Dwi", "Ningrum"]


def names(text: str) -> list[str]:
    """The names of a list that is parted by semicolons."""
    return [name.strip() for name in text.replace("\n", " ").split(";")]


FIRST, SECOND = names(FIRST_NAMES), names(SECOND_NAMES)
PRODUCTS, BRANDS = names(PRODUCT_NAMES), names(BRAND_NAMES)
SECTORS = "AACCACEBACAAADBAAAFC"


def owner_name(chance: Random) -> str:
    parts = (chance.choice(FIRST), chance.choice(SECOND), chance.choice(THIRD))
    return " ".join(part for part in parts if part)


def enterprise_name(chance: Random, product: str, owner: str) -> str:
    """Half of them are called after their product and a brand, others after their owner."""
    kind = chance.random()
    if kind < 0.5:
        return f"{product} {chance.choice(BRANDS)} {chance.choice(BRANDS)}"
    if kind < 0.8:
        return f"{product} Bu {owner.split(maxsplit=1)[0]}"
    return f"UD {chance.choice(BRANDS)} {owner.rsplit(maxsplit=1)[-1]}"


def original(chance: Random, number: int) -> Record:
    place = chance.randrange(len(PRODUCTS))
    owner = owner_name(chance)
    regency, district = chance.randrange(1, 4), chance.randrange(1, 11)
    village = f"33.{regency:02}.{district:02}.{chance.randrange(2001, 2009)}"
    return Record(
        id=UUID(int=number),
        owner_id=UUID(int=10**6 + number),
        name=search_text(enterprise_name(chance, PRODUCTS[place], owner)),
        owner_name=search_text(owner),
        village_code=village,
        nik_index=f"nik{number}" if chance.random() < 0.8 else None,
        phone_index=f"hp{number}" if chance.random() < 0.75 else None,
        born_on=date(1965, 1, 1) + timedelta(chance.randrange(13_000))
        if chance.random() < 0.7
        else None,
        sex=chance.choice("LP"),
        sector=SECTORS[place],
        product=search_text(PRODUCTS[place]),
    )


def slip(chance: Random, text: str) -> str:
    """One slip of the finger: a letter left out, doubled, swapped or another."""
    if len(text) < 4:
        return text
    at = chance.randrange(1, len(text) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2:
        return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
    return text[:at] + chance.choice("aiueonrst") + text[at + 1 :]


def written_again(chance: Random, text: str) -> str:
    """The same name as somebody else would write it down."""
    words = text.split()
    if len(words) > 2 and chance.random() < 0.25:
        words = words[:-1]
    elif len(words) > 1 and chance.random() < 0.15:
        words[-1] = words[-1][:1]
    if chance.random() < 0.15:
        chance.shuffle(words)
    text = " ".join(words)
    return slip(chance, text) if chance.random() < 0.45 else text


def double(chance: Random, one: Record, number: int) -> Record:
    """The same enterprise entered a second time, from another list."""
    has_nik = one.nik_index is not None and chance.random() < 0.15
    return replace(
        one,
        id=UUID(int=number),
        owner_id=UUID(int=10**6 + number),
        name=written_again(chance, one.name),
        owner_name=written_again(chance, one.owner_name),
        # A NIK is unique in the register: the second entry has none, or one with a wrong digit.
        nik_index=f"slip{number}" if has_nik else None,
        phone_index=one.phone_index
        if chance.random() < 0.6
        else (f"baru{number}" if chance.random() < 0.5 else None),
        born_on=one.born_on if chance.random() < 0.7 else None,
        village_code=one.village_code
        if chance.random() < 0.92
        else f"{one.village_code[:9]}{chance.randrange(2001, 2009)}",
        sex=one.sex if chance.random() < 0.95 else None,
        sector=one.sector if chance.random() < 0.9 else None,
        product=one.product if chance.random() < 0.7 else "",
    )


def register(
    seed: int, *, count: int = 5_000, planted: int = 500
) -> tuple[list[Record], set[frozenset[UUID]]]:
    """Records, and the pairs of them that are one enterprise."""
    chance = Random(seed)  # noqa: S311
    records = [original(chance, number) for number in range(1, count - planted + 1)]
    pairs = set()
    for number, one in enumerate(chance.sample(records, planted), start=len(records) + 1):
        records.append(double(chance, one, number))
        pairs.add(frozenset({one.id, UUID(int=number)}))
    chance.shuffle(records)
    return records, pairs
