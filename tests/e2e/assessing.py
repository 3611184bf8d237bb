"""Answering the questionnaire of an enterprise in a browser, through all pages of the form."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import Page, expect

from tests.e2e.survey import judge

SICK, BETTER = 0, 2


def assess(page: Page, enterprise: str, points: int, on: date) -> str:
    """Answer every question near `points`, through all pages of the form; give what they asked."""
    asked = []
    page.goto(f"{enterprise}/kesehatan")
    page.get_by_role("link", name="Nilai sekarang").click()
    page.get_by_label("Tanggal penilaian").fill(on.strftime("%d/%m/%Y"))
    while "periksa" not in page.url:
        asked.append(page.locator("main").inner_text())
        _answer_all(page, points)
        before = page.url
        page.get_by_role("button", name="Simpan dan lanjut").click()
        assert page.url != before, page.locator("main").inner_text()[:600]
    judge(page)
    page.get_by_role("button", name="Catat dan lihat hasil").click()
    expect(page).to_have_url(re.compile(r"/penilaian/[0-9a-f-]{36}$"))
    judge(page)
    return "\n".join(asked)


def assess_from_known(page: Page, enterprise: str, **lower: int) -> dict[str, str]:
    """Answer what isn't known already, near 3 but for `lower`; give what stood there beforehand."""
    known: dict[str, str] = {}
    page.goto(f"{enterprise}/kesehatan")
    page.get_by_role("link", name="Nilai sekarang").click()
    page.locator("input[name=incident][value=tidak]").check()
    while "periksa" not in page.url:
        if page.get_by_text("Dari data:").count():
            judge(page)
        known |= _answer_unknown(page, lower)
        page.get_by_role("button", name="Simpan dan lanjut").click()
    judge(page)
    page.get_by_role("button", name="Catat dan lihat hasil").click()
    expect(page).to_have_url(re.compile(r"/penilaian/[0-9a-f-]{36}$"))
    judge(page)
    return known


def _answer_unknown(page: Page, lower: dict[str, int]) -> dict[str, str]:
    known = {}
    for name in page.eval_on_selector_all(
        "input[type=radio]", "all => [...new Set(all.map((one) => one.name))]"
    ):
        if not re.fullmatch(r"[A-Z]{3}\d", name):
            continue
        chosen = page.locator(f"input[name={name}]:checked")
        value = chosen.get_attribute("value") if chosen.count() else None
        if value and value.isdigit():
            known[name] = value
            continue
        wanted = lower.get(name, 3)
        values = page.eval_on_selector_all(
            f"input[name={name}]", "all => all.map((one) => one.value)"
        )
        numbers = [one for one in values if one.isdigit()]
        best = min(numbers, key=lambda one: abs(int(one) - wanted))
        page.locator(f"input[name={name}][value='{best}']").check()
    return known


def _answer_all(page: Page, points: int) -> None:
    names = page.eval_on_selector_all(
        "input[type=radio]", "inputs => [...new Set(inputs.map(i => i.name))]"
    )
    for name in names:
        values = page.eval_on_selector_all(
            f"input[type=radio][name='{name}']", "inputs => inputs.map(i => i.value)"
        )
        numbers = sorted(int(value) for value in values if value.isdigit())
        if numbers:
            best = min(numbers, key=lambda number: abs(number - points))
            page.locator(f"input[name='{name}'][value='{best}']").check()
    for name, text in NUMBERS[points].items():
        box = page.locator(f"input[name='{name}']")
        if box.count():
            box.fill(text)


# The exact numbers that a worst answer asks for: liquidity, days without a sale, the share of the
# surplus that goes into instalments, days in arrears.
NUMBERS: dict[int, dict[str, str]] = {
    SICK: {"KEU2_angka": "0,3", "PSR2_angka": "75", "MDL1_angka": "80", "MDL2_angka": "100"},
    BETTER: {},
}
