"""Reading XLSX and CSV files that come from outside: bounded, with the types of cells kept."""

from app.enterprises.sheet_reader.confined import read_sheets
from app.enterprises.sheet_reader.shapes import Book, Limits, Oddity, Sheet, SheetRow

__all__ = ["Book", "Limits", "Oddity", "Sheet", "SheetRow", "read_sheets"]
