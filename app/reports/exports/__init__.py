"""A report put together once and written as a printed sheet and as a workbook."""

from app.reports.exports.documents import report_document
from app.reports.exports.files import file_path, forget_old_files, keep_file
from app.reports.exports.sheet import report_charts, report_pdf
from app.reports.exports.workbook import report_workbook

__all__ = [
    "file_path",
    "forget_old_files",
    "keep_file",
    "report_charts",
    "report_document",
    "report_pdf",
    "report_workbook",
]
