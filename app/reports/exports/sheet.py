"""A report as a printed sheet: tagged, titled, with the letterhead of the office."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from app.core.errors import NotFound
from app.files.queries import open_photo
from app.printing import render_pdf
from app.reports.rules.document import (
    MONEY,
    SHARE,
    TEXT,
    Chart,
    Document,
    Section,
    Table,
    Value,
)
from app.reports.rules.office import shown_nip
from app.web.charts import BarChart, bar_chart
from app.web.drawings import bar_drawing, chart_file
from app.web.filters import angka, persen, rupiah, tanggal, tanggal_pendek

_TEMPLATE = Path(__file__).parents[1] / "prints" / "report.typ"
_LOGO = "lambang"


def report_pdf(document: Document, *, logo_id: UUID | None) -> bytes:
    """The report as PDF."""
    pictures = _logo(logo_id)
    for section in document.sections:
        if section.chart is not None:
            pictures[section.chart.name] = _drawn(section.chart)
    content = {
        "subject": document.subject,
        "facts": [list(fact) for fact in document.facts],
        "span": document.span_label,
        "maker": f"{document.made_by}, nomor {document.number}",
        "office": _office(document),
        "sections": [_section(section) for section in document.sections],
    }
    title = f"{document.title}: {document.subject}, {document.span_label}"
    return render_pdf(_TEMPLATE, content, title=title, made_at=document.made_at, pictures=pictures)


def _office(document: Document) -> dict[str, Any]:
    office = document.office
    signed = ", ".join(part for part in (office.place, tanggal(document.made_at)) if part)
    nip = f"NIP {shown_nip(office.signer_nip)}" if office.signer_nip else ""
    return {
        "heading": document.title,
        "above": office.above,
        "name": office.name,
        "address": office.address,
        "signed": signed,
        "signer": [office.signer_post, office.signer_name, nip] if office.signer_name else [],
    }


def _logo(logo_id: UUID | None) -> dict[str, bytes]:
    try:
        return {_LOGO: open_photo(logo_id).read_bytes()} if logo_id is not None else {}
    except NotFound:
        # A logo that was lost on disk must not keep the report from being printed.
        return {}


def report_charts(document: Document) -> dict[str, bytes]:
    """The charts as SVG files of their own, by their names."""
    source = (
        f"{document.subject}, {document.span_label}. Dibuat {tanggal(document.made_at)} oleh "
        f"{document.made_by}, nomor {document.number}."
    )
    charts = [section.chart for section in document.sections if section.chart is not None]
    return {one.name: chart_file(_bars(one), told=_spoken(one), source=source) for one in charts}


def _drawn(chart: Chart) -> bytes:
    return bar_drawing(_bars(chart))


def _bars(chart: Chart) -> BarChart:
    return bar_chart(chart_id=chart.name, title=chart.title, values=chart.bars)


def _section(section: Section) -> dict[str, Any]:
    chart = section.chart
    return {
        "heading": section.heading,
        "sentences": list(section.sentences),
        "tables": [_table(table) for table in section.tables],
        "chart": [chart.name, _spoken(chart)] if chart is not None else None,
        "chart_title": chart.title if chart is not None else "",
    }


def _table(table: Table) -> dict[str, Any]:
    kinds = [column.kind for column in table.columns]
    return {
        "title": table.title,
        "headings": [column.label for column in table.columns],
        "texts": [place for place, kind in enumerate(kinds) if kind == TEXT],
        "rows": [
            [shown(value, kind) for value, kind in zip(row, kinds, strict=True)]
            for row in table.rows
        ],
        "total": table.has_total,
        "remark": table.remark,
    }


def shown(value: Value, kind: str) -> str:
    """A value in words, as the pages write it."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return tanggal_pendek(value)
    if kind == MONEY:
        return rupiah(int(value))
    return persen(value) if kind == SHARE else angka(value)


def _spoken(chart: Chart) -> str:
    told = ", ".join(f"{label} {angka(value)}" for label, value, _ in chart.bars)
    return f"{chart.title}: {told}"
