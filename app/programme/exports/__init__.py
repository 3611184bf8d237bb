"""The programme as workbooks: its figures, and the lists behind them."""

from app.programme.exports.figures import XLSX, workbook
from app.programme.exports.lists import amounts_workbook, enterprises_workbook

__all__ = ["XLSX", "amounts_workbook", "enterprises_workbook", "workbook"]
