"""Printed sheets: a template and plain values become a tagged PDF.

The only place that knows typst. A feature keeps its templates as `*.typ` in its own folder
`prints/`, begins them with `#import "/layouts/sheet.typ": *` and calls

    render_pdf(template, content, title=…, made_at=…, pictures={"foto": jpeg_bytes})

`content` is what `json.dumps` takes; the template finds it as `content`. Every text in it stays
text, whatever signs it has. Pages show values already worded ("Rp 1.250.000", "22 November 2026").
At most `ROWS_AT_ONCE` rows are printed while somebody waits; larger sheets belong into a job.
"""

from app.printing.rendering import ROWS_AT_ONCE, render_pdf

__all__ = ["ROWS_AT_ONCE", "render_pdf"]
