"""The real Desmigratif villages in which the invented enterprises stand.

Codes are those of Kepmendagri 300.2.2-2430/2025; the years are those that press releases, village
sites and journals give (2016-2021), None where they give none. 41 of the 402 villages are known by
name. Weights are ours: Kabupaten Banyumas, where the story is set, gets about a third.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoVillage:
    """One village; `lat` and `lng` are its centre."""

    code: str
    name: str
    district: str
    regency: str
    since: int | None
    lat: float
    lng: float
    weight: float

    @property
    def regency_code(self) -> str:
        """The code of its regency."""
        return self.code[:5]


# fmt: off
DEMO_VILLAGES: tuple[DemoVillage, ...] = (
    DemoVillage("32.02.34.2005", "Jambenenggang", "Kebonpedes", "Kabupaten Sukabumi",
                None, -6.94963, 106.97025, 1.0),
    DemoVillage("32.09.11.2005", "Rawaurip", "Pangenan", "Kabupaten Cirebon",
                None, -6.78852, 108.66793, 1.0),
    DemoVillage("32.12.09.2003", "Singakerta", "Krangkeng", "Kabupaten Indramayu",
                2019, -6.53589, 108.49502, 1.3),
    DemoVillage("32.12.09.2004", "Dukuhjati", "Krangkeng", "Kabupaten Indramayu",
                None, -6.52679, 108.48, 1.3),
    DemoVillage("32.12.11.2003", "Juntiweden", "Juntinyuat", "Kabupaten Indramayu",
                None, -6.44631, 108.41898, 1.3),
    DemoVillage("32.12.11.2005", "Juntinyuat", "Juntinyuat", "Kabupaten Indramayu",
                None, -6.42711, 108.43907, 1.3),
    DemoVillage("32.12.16.2004", "Kenanga", "Sindang", "Kabupaten Indramayu",
                2016, -6.35507, 108.31049, 1.3),
    DemoVillage("33.02.01.2010", "Cingebul", "Lumbir", "Kabupaten Banyumas",
                2019, -7.45402, 108.91669, 7.5),
    DemoVillage("33.02.04.2001", "Losari", "Rawalo", "Kabupaten Banyumas",
                2017, -7.56627, 109.15389, 7.5),
    DemoVillage("33.02.15.2003", "Cihonje", "Gumelar", "Kabupaten Banyumas",
                2017, -7.39611, 108.99328, 7.5),
    DemoVillage("33.07.05.2002", "Lipursari", "Leksono", "Kabupaten Wonosobo",
                None, -7.43721, 109.85764, 1.0),
    DemoVillage("33.07.10.2004", "Kuripan", "Watumalang", "Kabupaten Wonosobo",
                2016, -7.34557, 109.85963, 1.0),
    DemoVillage("33.13.04.2009", "Sambirejo", "Jumantono", "Kabupaten Karanganyar",
                2019, -7.63288, 110.96544, 0.8),
    DemoVillage("33.13.05.2008", "Plosorejo", "Matesih", "Kabupaten Karanganyar",
                2018, -7.63596, 111.03774, 0.8),
    DemoVillage("33.13.14.2007", "Waru", "Kebakkramat", "Kabupaten Karanganyar",
                2019, -7.50275, 110.90731, 0.8),
    DemoVillage("33.13.15.2007", "Buntar", "Mojogedang", "Kabupaten Karanganyar",
                2018, -7.5376, 110.96254, 0.8),
    DemoVillage("33.14.09.2007", "Mojorejo", "Karangmalang", "Kabupaten Sragen",
                None, -7.46158, 111.06359, 1.0),
    DemoVillage("33.18.02.2001", "Jimbaran", "Kayen", "Kabupaten Pati",
                2018, -6.92229, 110.97555, 0.9),
    DemoVillage("33.18.02.2012", "Pasuruhan", "Kayen", "Kabupaten Pati",
                2017, -6.86831, 110.95676, 0.9),
    DemoVillage("33.18.04.2021", "Tawangrejo", "Winong", "Kabupaten Pati",
                2018, -6.79912, 111.08034, 0.9),
    DemoVillage("33.18.05.2001", "Bodeh", "Pucakwangi", "Kabupaten Pati",
                2019, -6.83459, 111.12897, 0.9),
    DemoVillage("33.18.11.2011", "Sugihrejo", "Gabus", "Kabupaten Pati",
                2017, -6.82265, 111.03932, 0.9),
    DemoVillage("33.18.13.2011", "Sitiluhur", "Gembong", "Kabupaten Pati",
                2019, -6.64055, 110.93469, 0.9),
    DemoVillage("33.18.14.2010", "Tanjungsari", "Tlogowungu", "Kabupaten Pati",
                2021, -6.64458, 110.97218, 0.9),
    DemoVillage("33.21.14.2014", "Megonten", "Kebonagung", "Kabupaten Demak",
                None, -6.98562, 110.71564, 1.0),
    DemoVillage("33.24.18.2011", "Purworejo", "Ringinarum", "Kabupaten Kendal",
                None, -6.97619, 110.12162, 1.0),
    DemoVillage("35.02.18.2015", "Paringan", "Jenangan", "Kabupaten Ponorogo",
                None, -7.83599, 111.5827, 1.0),
    DemoVillage("35.04.14.2011", "Tunggangri", "Kalidawir", "Kabupaten Tulungagung",
                2019, -8.15717, 111.9676, 1.0),
    DemoVillage("35.04.14.2016", "Betak", "Kalidawir", "Kabupaten Tulungagung",
                2019, -8.14369, 111.94168, 1.0),
    DemoVillage("35.04.14.2017", "Pagersari", "Kalidawir", "Kabupaten Tulungagung",
                2019, -8.15657, 111.92889, 1.0),
    DemoVillage("35.07.11.2008", "Arjowilangun", "Kalipare", "Kabupaten Malang",
                2017, -8.18698, 112.4246, 1.0),
    DemoVillage("35.07.33.2006", "Brongkal", "Pagelaran", "Kabupaten Malang",
                2017, -8.17897, 112.59382, 1.0),
    DemoVillage("35.24.07.2004", "Brengkok", "Brondong", "Kabupaten Lamongan",
                None, -6.89545, 112.22604, 1.0),
    DemoVillage("35.24.15.2005", "Payaman", "Solokuro", "Kabupaten Lamongan",
                None, -6.91969, 112.36669, 1.0),
    DemoVillage("52.02.12.2001", "Lantan", "Batukliang Utara", "Kabupaten Lombok Tengah",
                None, -8.52274, 116.33099, 1.6),
    DemoVillage("52.08.02.2003", "Genggelang", "Gangga", "Kabupaten Lombok Utara",
                None, -8.39679, 116.27179, 1.6),
    DemoVillage("53.06.04.2005", "Riangkemie", "Ile Mandiri", "Kabupaten Flores Timur",
                None, -8.29125, 122.94245, 1.0),
    DemoVillage("53.06.13.2006", "Helanlangowuyo", "Ile Boleng", "Kabupaten Flores Timur",
                None, -8.37929, 123.25873, 1.0),
    DemoVillage("53.08.12.2014", "Ranggatalo", "Lio Timur", "Kabupaten Ende",
                None, -8.76809, 121.93374, 1.0),
    DemoVillage("53.71.01.1001", "Namosain", "Alak", "Kota Kupang",
                None, -10.17566, 123.55335, 0.8),
    DemoVillage("53.71.02.1004", "Naimata", "Maulafa", "Kota Kupang",
                None, -10.18356, 123.64126, 0.8),
)
# fmt: on
