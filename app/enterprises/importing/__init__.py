"""Taking in spreadsheets: checked first, then written slice by slice."""

from app.enterprises.importing.checking import check_run
from app.enterprises.importing.parts import BAD_ROWS, PROBLEMS, items_of, store_file
from app.enterprises.importing.reading import limits
from app.enterprises.importing.writing import write_run

__all__ = [
    "BAD_ROWS",
    "PROBLEMS",
    "check_run",
    "items_of",
    "limits",
    "store_file",
    "write_run",
]
