"""The frame around every page: title, menu, way out."""

from __future__ import annotations

import re

from app.core.permissions import Role
from app.web.menu import MENU


def test_the_heading_of_a_page_is_its_title(client):
    page = client.get("/masuk").text

    title = re.search(r"<title>(.*?) – Pulih</title>", page)
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert title
    assert heading
    assert heading[1].strip() == title[1]


def test_a_stranger_sees_neither_menu_nor_way_out(client):
    page = client.get("/masuk").text

    assert "Menu utama" not in page
    assert "/keluar" not in page


def test_the_menu_shows_only_what_a_role_may_open(as_role):
    officer = as_role(Role.LABOUR_OFFICER).get("/akun-saya").text
    owner = as_role(Role.ENTREPRENEUR).get("/akun-saya").text

    assert 'href="/akun"' in officer
    assert 'href="/akun"' not in owner


def test_many_entries_stand_in_groups_few_side_by_side(as_role):
    officer = as_role(Role.LABOUR_OFFICER).get("/peta").text
    mentor = as_role(Role.MENTOR).get("/peta").text

    groups = re.findall(r'<summary class="pulih-menu__link"([^>]*)>([^<]+)</summary>', officer)
    assert [label for _, label in groups] == ["Data usaha", "Pendampingan", "Angka", "Pengaturan"]
    # The group of the page that is shown says so, as its link does.
    assert [label for mark, label in groups if "aria-current" in mark] == ["Angka"]
    assert officer.count('href="/peta" aria-current="page"') == 2
    # What a mentor opens every day stays outside the groups.
    assert 'href="/hari-ini"' in mentor.partition("pulih-menu__group")[0]
    few = as_role(Role.COOPERATIVE_OFFICER).get("/akun-saya").text
    assert "pulih-menu__group" not in few


def test_every_page_lets_one_skip_to_the_content_and_leave(as_role):
    page = as_role(Role.MENTOR).get("/akun-saya").text

    assert 'href="#isi"' in page
    assert 'id="isi"' in page
    assert re.search(r'<form method="post" action="/keluar">\s*<input type="hidden"', page)


def test_every_entry_of_the_menu_leads_somewhere(app):
    known = set(app.view_functions)

    assert [entry.endpoint for entry in MENU if entry.endpoint not in known] == []
