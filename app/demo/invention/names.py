"""Names as they are common in each region, put together at random. Nobody real is meant."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from app.demo.arrays import Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class NameStock:
    """First and last parts; `title` stands before an enterprise's name ("Warung Bu Sri")."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    women_last: tuple[str, ...]
    men_last: tuple[str, ...]
    woman_title: str
    man_title: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


JAVA = NameStock(
    women=_words(
        "Sri Siti Endang Tri Dwi Eka Rini Wati Yuni Sulis Tutik Umi Nur Lestari Kasmi Sumiyati "
        "Suryani Rohmah Ngatini Karsih Tarwiyah Kuswati Partini Ratna Ika Dewi Puji Titik Warsini "
        "Mugiarti Rusmini Sarinah Tumini Wagiyem Erna Indah Khotimah Muslimah Daryati Supriyati"
    ),
    men=_words(
        "Slamet Agus Sugeng Bambang Tri Dwi Eko Budi Joko Suparno Sutrisno Karto Darto Wahyu Arif "
        "Kusno Rasim Tarmin Sukirno Hadi Edi Imam Mukhlis Nur Purwanto Sarwono Tohirin Warsito "
        "Yanto Rohmat Dasuki Sudarso Kasidi Parjo Rudi Hendro Triyono Mujiono Supardi Basuki"
    ),
    women_last=_words(
        "Wahyuni Rahayu Lestari Handayani Astuti Ningsih Utami Setyowati Wulandari Purwanti "
        "Susanti Hidayati Fatimah Aminah Rahmawati Yulianti Kurniasih Widayati Mulyani Hartati "
        "Nurjanah Maesaroh Sulastri Pratiwi Winarsih Rokhayah Kusumawati Indriyani Solikhah Arum"
    ),
    men_last=_words(
        "Santoso Riyadi Prasetyo Wibowo Setiawan Nugroho Hidayat Susilo Widodo Utomo Raharjo "
        "Purnomo Saputra Kurniawan Maryanto Haryanto Mulyono Sulistyo Subagyo Wijaya Pranoto "
        "Suharto Rahman Fauzi Sudarmo Waluyo Cahyono Hartono Sumarno Gunawan"
    ),
    woman_title="Bu",
    man_title="Pak",
)
SUNDA = NameStock(
    women=_words(
        "Euis Neneng Cucu Imas Iis Yeti Nani Entin Lilis Tuti Ai Elis Ipah Mimin Nining Rina Wiwin "
        "Dedeh Enung Cicih Siti Casinih Tarini Kaswen Daryunah Rokayah Titi Nunung Ela Yoyoh"
    ),
    men=_words(
        "Asep Dadang Ujang Cecep Dede Iwan Jajang Endang Ade Maman Tatang Usep Wawan Yayan Encep "
        "Rohendi Carsim Tarsono Wasja Kasdi Suherman Oman Didin Agus Entis Aep Nanang Dudung Sarja"
    ),
    women_last=_words(
        "Sumiati Rohaeni Nurhayati Kurniasih Suryani Komariah Rosmiati Mulyati Nuraeni Hayati "
        "Juariah Sutinah Aisah Karlina Sopiah Maryati Hasanah Rohimah Karwati Daniah"
    ),
    men_last=_words(
        "Hidayat Supriatna Suhendar Sutisna Kosasih Permana Mulyana Ruhiat Sunarya Gunawan "
        "Nugraha Saepudin Hermawan Ramdani Kusnadi Sudrajat Wiharja Suparman Rustandi Firmansyah"
    ),
    woman_title="Ceu",
    man_title="Mang",
)
LOMBOK = NameStock(
    women=_words(
        "Baiq Siti Nurul Inaq Mariam Rauhun Zaenab Sakinah Hikmah Fitriani Rukiah Masnah "
        "Saknah Suhaeni Jumaidah Raehan Maknah Sahnep Nurmala"
    ),
    men=_words(
        "Lalu Muhammad Ahmad Amaq Sahrul Mahsun Zainul Saparudin Jumadil Hamzan Sahdan Nasrudin "
        "Muksin Rizal Suhaili Mawardi Hirpan Jalaludin Burhan Samsul"
    ),
    women_last=_words(
        "Hidayati Rohani Aini Mahyuni Sulastri Wardani Hasanah Sumarni Apriani Zohriah Haerani "
        "Kartini Jannah Mawarni Sapitri Nuraini"
    ),
    men_last=_words(
        "Hadi Anwar Iskandar Wirajaya Hamdani Jayadi Mahendra Rusdi Sahnan Hasbi Munawir Fikri "
        "Azhari Wahyudi Suparman Mustiadi"
    ),
    woman_title="Inaq",
    man_title="Amaq",
)
EAST = NameStock(
    women=_words(
        "Maria Yohana Theresia Kristina Agustina Yuliana Martha Rosalia Veronika Elisabeth "
        "Petronela Margaretha Fransiska Bernadeta Katarina Antonia Emirensiana Yasinta Adriana"
    ),
    men=_words(
        "Yohanes Petrus Paulus Antonius Fransiskus Markus Yosef Stefanus Benediktus Dominikus "
        "Gabriel Yakobus Kornelis Aloysius Marselinus Simon Thomas Melkianus Frederik Bernardus"
    ),
    women_last=_words(
        "Lamanepa Tukan Koten Kedang Kleden Boro Nogo Lein Wea Mbulu Sare Nenabu Tefa Nubatonis "
        "Bani Seran Lopo Ndun Tallo Hurint"
    ),
    men_last=_words(
        "Lamatokan Tukan Kelen Hayon Sogen Doren Beda Maran Wangge Ndona Rasi Senda Baun Nitbani "
        "Taneo Lona Sabuna Manafe Fanggidae Kabosu"
    ),
    woman_title="Mama",
    man_title="Bapa",
)
STOCKS = {"32": SUNDA, "33": JAVA, "35": JAVA, "52": LOMBOK, "53": EAST}


def stock_of(area_code: str) -> NameStock:
    """The names of an area; those of Java where nothing else is known."""
    return STOCKS.get(area_code[:2], JAVA)


def draw_names(rng: Generator, area_codes: list[str], is_woman: Bools) -> list[str]:
    """A full name per person, by region and sex."""
    picks = rng.integers(0, 1 << 30, (len(area_codes), 2))
    names = []
    for code, woman, (first, last) in zip(area_codes, is_woman, picks.tolist(), strict=True):
        stock = stock_of(code)
        given = stock.women if woman else stock.men
        family = stock.women_last if woman else stock.men_last
        names.append(f"{given[first % len(given)]} {family[last % len(family)]}")
    return names


def called(name: str, area_code: str, *, is_woman: bool) -> str:
    """How people call the owner: title and first name, with the last where the first is a rank.

    >>> called("Sri Wahyuni", "33.02", is_woman=True)
    'Bu Sri'
    """
    stock = stock_of(area_code)
    first, _, last = name.partition(" ")
    ranks = {"Baiq", "Lalu", "Siti", "Muhammad", "Nur", stock.woman_title, stock.man_title}
    title = stock.woman_title if is_woman else stock.man_title
    return f"{title} {last if first in ranks and last else first}"


def shuffled_numbers(rng: Generator, size: int) -> list[int]:
    """The numbers 0 to size - 1 in a random order."""
    return [int(number) for number in np.argsort(rng.random(size), kind="stable")]
