"""What the cells of messy lists mean, and what is refused, asked or passed over."""

from collections import Counter
from datetime import date

import pytest

from app.core.errors import InvalidInput
from app.enterprises.rules.sheet.header_words import meaning_of
from app.enterprises.rules.sheet.repeats import find_repeats
from app.enterprises.rules.sheet.sectors import sector_of
from app.enterprises.rules.sheet.sheets import SheetFacts, read_sheet
from app.enterprises.rules.sheet.values import Around
from app.enterprises.sheet_reader.child import opened
from app.enterprises.sheet_reader.shapes import Limits
from tests.cases import messy_sheets

AROUND = Around(today=date(2026, 11, 22))


def readings_of(content, file_name="a.xlsx", choices=None):
    book = opened(content, file_name, Limits())
    readings = {}
    for sheet in book.sheets:
        rows = list(sheet.rows)
        readings[sheet.name] = read_sheet(
            SheetFacts(
                name=sheet.name,
                merges=sheet.merges,
                hidden_rows=sheet.hidden_rows,
                hidden_columns=sheet.hidden_columns,
                oddities={(odd.row, odd.column): odd.kind for odd in sheet.oddities},
            ),
            rows,
            choices=choices or {},
            around=AROUND,
            recall=dict(rows).__getitem__,
        )
    return readings


def reading_of(content, file_name="a.xlsx", choices=None):
    return next(iter(readings_of(content, file_name, choices).values()))


def columns_of(reading):
    return {column.field: column.header for column in reading.header.columns if column.field}


def codes_of(reading):
    """Row number → codes of what is wrong with it."""
    return {
        row.row: [problem.code for problem in row.problems if problem.level == "error"]
        for row in reading.rows
        if row.is_faulty
    }


def notes_of(reading):
    remarks = [*reading.problems, *(problem for row in reading.rows for problem in row.problems)]
    return {problem.code for problem in remarks if problem.level == "note"}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("NIB (13 digit)", "nib"),
        ("No. KTP (16 digit)", "nik"),
        ("Nama Lengkap", "owner_name"),
        ("No. HP", "phone"),
        ("Tanggal Input", None),
        ("Duplikat NIB", None),
        ("nama_perusahaan", "name"),
        ("no_nik", "nik"),
        ("nomor_telefon_irtp", "phone"),
        ("nama_dagang", None),
        ("tanggal_pemberian_pirt", None),
        ("assets", None),
        ("modal_sendiri", None),
        ("totaltenagakerjaperempuan", "workers_paid_female"),
        ("kode_kabupaten_kota", None),
        ("jumlah_umkm", None),
        ("Modal/Investasi", "capital"),
        ("Pendapatan Tahun Ini", "yearly_sales"),
        ("Pendapatan Tahun Lalu", None),
        ("Total Biaya", None),
        ("nama_umkm", "name"),
        ("produkdesa", "product_line"),
        ("Omset/bln", "monthly_sales"),
        ("Omzet (Rp/bulan)", "monthly_sales"),
        ("Omset", "sales"),
        ("Jenis Usaha", "business_kind"),
        ("Alamat Usaha", "address"),
        ("Klasifikasi", None),
        ("Nama Pendamping", None),
        ("Nama Ibu Kandung", None),
    ],
)
def test_real_headers_mean_what_offices_mean(header, field):
    meaning = meaning_of(header)

    assert (meaning.field, meaning.is_near) == (field, False)


@pytest.mark.parametrize(
    ("header", "field"),
    [("Nama Usahaa", "name"), ("nama pemlik", "owner_name"), ("Kecamtan", "district")],
)
def test_misspelt_headers_are_found_and_marked(header, field):
    meaning = meaning_of(header)

    assert (meaning.field, meaning.is_near) == (field, True)


def test_a_plain_list_is_read_whole():
    reading = reading_of(messy_sheets.clean())

    assert reading.header.rows == (1,)
    assert [row.values["yearly_sales"] for row in reading.rows] == [30_000_000, 15_000_000,
                                                                    21_000_000]  # fmt: skip
    assert reading.rows[0].values["phone"] == "+6281234567801"
    assert codes_of(reading) == {}


def test_titles_numbering_blanks_totals_and_signatures_are_passed_over_with_a_reason():
    reading = reading_of(messy_sheets.titles_above_and_total_below())

    assert reading.header.rows == (4,)
    assert [row.row for row in reading.rows] == [6, 8]
    assert Counter(problem.code for problem in reading.problems) == {
        "row_title": 2,
        "row_numbering": 1,
        "row_blank": 3,
        "row_total": 1,
        "row_not_enterprise": 1,
    }


def test_a_merged_header_of_two_lines_is_read_as_one():
    reading = reading_of(messy_sheets.two_line_header())

    assert reading.header.rows == (1, 2)
    assert columns_of(reading) == {
        "name": "Nama Usaha",
        "owner_name": "Pemilik Nama",
        "nik": "Pemilik NIK",
        "village": "Alamat Desa",
        "district": "Alamat Kecamatan",
        "workers_paid_male": "Tenaga Kerja L",
        "workers_paid_female": "Tenaga Kerja P",
    }


def test_order_case_and_wording_of_headers_do_not_matter():
    reading = reading_of(messy_sheets.shouting_headers_in_other_order())

    assert set(columns_of(reading)) == {
        "name", "owner_name", "nik", "phone", "village", "district", "monthly_sales"
    }  # fmt: skip
    assert reading.rows[0].values["name"] == "Keripik Tempe Sari"


def test_a_sheet_without_headers_gives_no_rows():
    assert readings_of(messy_sheets.several_sheets())["Catatan"].header is None


def test_a_doubled_header_stops_with_the_addresses():
    with pytest.raises(InvalidInput) as refusal:
        reading_of(messy_sheets.doubled_header())

    assert refusal.value.code == "header_doubled"
    assert "E1 dan I1" in refusal.value.message


def test_hidden_rows_and_columns_are_announced():
    assert {"rows_hidden", "column_hidden"} <= notes_of(
        reading_of(messy_sheets.hidden_rows_and_column())
    )


def test_a_nik_typed_as_number_is_refused_and_texts_are_taken():
    reading = reading_of(messy_sheets.numeric_identity())

    assert codes_of(reading) == {
        2: ["nik_as_number"],
        3: ["nik_as_number"],
        4: ["nik_wrong_length"],
    }
    assert reading.rows[3].values["nik"] == "3302045908850001"
    assert reading.rows[3].values["phone"] == "+6281234567803"
    assert "leading_zero" in notes_of(reading)


def test_amounts_are_read_flagged_or_asked():
    reading = reading_of(messy_sheets.odd_money())

    assert codes_of(reading) == {
        4: ["rupiah_ambiguous"],
        5: ["rupiah_range"],
        8: ["rupiah_ambiguous"],
        9: ["rupiah_unreadable"],
    }
    sales = [row.values.get("yearly_sales") for row in reading.rows if not row.is_faulty]
    assert sales == [6_000_000, 18_000_000, None, 0]
    assert "rupiah_estimate" in notes_of(reading)


def test_one_month_first_day_stops_all_days_that_rest_on_the_order():
    reading = reading_of(messy_sheets.month_first_column())

    assert codes_of(reading) == {2: ["date_column_stopped"], 3: ["date_month_first"]}
    assert [row.values.get("returned_on") for row in reading.rows[2:]] == [date(2023, 8, 17)] * 2


def test_days_as_numbers_are_noted():
    reading = reading_of(messy_sheets.odd_days([45155, "2019", "20230817"]))

    assert [row.values["returned_on"] for row in reading.rows] == [
        date(2023, 8, 17),
        date(2019, 1, 1),
        date(2023, 8, 17),
    ]
    assert {"date_read_from_number", "date_year_only"} <= notes_of(reading)


def test_broken_and_merged_cells_are_refused_with_their_address():
    reading = reading_of(messy_sheets.broken_cells())

    assert codes_of(reading) == {
        2: ["formula_without_value"],
        3: ["cell_error"],
        5: ["cell_merged"],
        6: ["cell_merged"],
    }
    messages = " ".join(problem.message for row in reading.rows for problem in row.problems)
    assert "sel B2" in messages
    assert "Sel H3" in messages
    assert "Sel F5:F6" in messages


def test_formula_like_texts_stay_texts():
    reading = reading_of(messy_sheets.formula_texts())

    assert reading.rows[0].values["name"] == '=HYPERLINK("http://x","Sari")'


def test_decisions_of_an_office_go_before_our_own():
    reading = reading_of(messy_sheets.clean(), choices={"nomor hp": "", "desa": "hamlet"})

    assert columns_of(reading)["hamlet"] == "Desa"
    assert "phone" not in columns_of(reading)


def sheet(*rows):
    return messy_sheets.workbook(("Data", rows))


def test_sales_without_a_period_are_asked_and_not_taken():
    reading = reading_of(
        sheet(("Nama Usaha", "Nama Pemilik", "Omset"), ("Sari", "Siti", 5_000_000))
    )

    assert "sales_period_unknown" in notes_of(reading)
    assert "yearly_sales" not in reading.rows[0].values


def test_the_scale_of_a_header_holds_for_bare_numbers():
    reading = reading_of(
        sheet(("Nama Usaha", "Nama Pemilik", "Modal (juta)"), ("Sari", "Siti", 2.5))
    )

    assert reading.rows[0].values["capital"] == 2_500_000


def test_whole_rupiah_under_a_header_in_millions_are_asked():
    reading = reading_of(
        sheet(("Nama Usaha", "Nama Pemilik", "Modal (juta)"), ("Sari", "Siti", 12_500_000))
    )

    assert codes_of(reading) == {2: ["rupiah_ambiguous"]}
    assert "atau Rp 12.500.000. " in reading.rows[0].problems[0].message


def test_an_amount_that_seems_to_lack_its_zeros_is_told():
    reading = reading_of(
        sheet(("Nama Usaha", "Nama Pemilik", "Omset/bln"), ("Sari", "Siti", 500), ("Ani", "Ina", 0))
    )

    assert [row.values["yearly_sales"] for row in reading.rows] == [6000, 0]
    assert [
        problem.code for row in reading.rows for problem in row.problems if problem.column == "C"
    ] == ["rupiah_small"]


@pytest.mark.parametrize(
    ("value", "field"), [("Kuliner", "sector"), ("PMI Purna", "category"), ("XYZ", None)]
)
def test_a_header_with_two_meanings_is_decided_by_its_values_and_marked(value, field):
    reading = reading_of(sheet(("Nama Usaha", "Nama Pemilik", "Kategori"), ("Sari", "Siti", value)))

    column = reading.header.columns[2]
    assert (column.field, column.is_near) == (field, field is not None)


def test_a_row_without_owner_is_refused_at_its_cell():
    reading = reading_of(sheet(("Nama Usaha", "Nama Pemilik", "Desa"), ("Sari", "", "Losari")))

    problem = reading.rows[0].problems[0]
    assert (problem.code, problem.row, problem.column) == ("owner_name_missing", 2, "B")


def test_texts_with_broken_letters_are_refused():
    reading = reading_of(sheet(("Nama Usaha", "Nama Pemilik"), ("Sari", "Nurâ€™aini")))

    assert codes_of(reading) == {2: ["text_garbled"]}


def test_two_numbers_in_one_cell_are_asked():
    reading = reading_of(
        sheet(("Nama Usaha", "Nama Pemilik", "HP"), ("Sari", "Siti", "081234567801/081234567802"))
    )

    assert codes_of(reading) == {2: ["phone_several"]}


def test_the_same_row_twice_is_written_once_and_other_contents_are_refused():
    header = ("Nama Usaha", "Nama Pemilik", "NIK", "Modal")
    sari = ("Sari", "Siti", "3302045908850001", 1_000_000)
    reading = reading_of(
        sheet(
            header,
            sari,
            sari,
            ("Sari", "Siti", "3302045908850001", 2_000_000),
            ("Maju", "Budi", "3302045908850001", 1_000_000),
            ("Toko Siti", "Siti", "3302045908850001", 3_000_000),
        )
    )

    find_repeats(reading.rows)

    assert codes_of(reading) == {4: ["row_repeated_otherwise"], 5: ["nik_repeated"]}
    assert reading.rows[1].values["repeat_of"] == 2


@pytest.mark.parametrize(
    ("texts", "sector"),
    [
        (("Kuliner", None, "Keripik pisang"), "A"),
        (("Kuliner",), None),
        (("Jasa Boga",), "B"),
        (("Kerajinan", "batik"), "C"),
        (("Pertanian",), "F"),
        (("Toko kelontong",), "E"),
        (("D",), "D"),
        (("Kerajinan", None, "Keripik"), None),
        ((None, None), None),
    ],
)
def test_sectors_come_from_words_that_agree(texts, sector):
    assert sector_of(*texts) == sector
