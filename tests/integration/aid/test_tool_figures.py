"""The figures over the register of tools: counted within the filter, and leading to that list."""

from __future__ import annotations

import re
from html import unescape

import pytest

FIGURE = re.compile(
    r'<a class="pulih-figure__link" href="([^"]+)"><span class="pulih-figure__value">(\d+)<'
)
COUNTED = re.compile(r"<strong>(\d+) alat</strong>")


@pytest.fixture
def world(factories, enterprise, officer):
    """Four tools, three of 2021, one of them stored, one broken since its check of today."""
    factories.old_tool(enterprise, officer, name="Oven besar")
    factories.old_tool(None, officer, name="Oven kecil")
    broken = factories.old_tool(enterprise, officer, name="Mesin jahit")
    factories.tool_check(broken, officer, days_used=0, condition="rusak_berat")
    factories.old_tool(enterprise, officer, name="Oven listrik", funded_year=2022)


@pytest.mark.parametrize(
    "address",
    ["/alat", "/alat?cari=oven&tahun=2021&wilayah=33.02", "/alat?keadaan=rusak&tahun=2021"],
)
def test_every_figure_leads_to_as_many_tools(world, officer_client, address):
    page = officer_client.get(address).get_data(as_text=True)

    links = [(unescape(href), number) for href, number in FIGURE.findall(page)]

    assert len(links) == 3
    for href, number in links:
        shown = officer_client.get(href).get_data(as_text=True)
        assert (href, COUNTED.search(shown)[1]) == (href, number)


def test_the_words_of_the_filter_stay(world, officer_client):
    page = officer_client.get("/alat?cari=oven&keadaan=rusak&tahun=2021&wilayah=33.02")

    hrefs = [unescape(href) for href, _ in FIGURE.findall(page.get_data(as_text=True))]

    assert [("cari=oven" in href, "tahun=2021" in href) for href in hrefs] == [(True, True)] * 3
    assert ["keadaan=rusak" in href for href in hrefs] == [False] * 3
