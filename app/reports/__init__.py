"""Reports of an area or a mentor for a month or a quarter, as PDF and as a workbook.

The figures are those of the pages: what a report says is asked of the same queries with the same
filter. One document is put together and written twice, so that both files say the same.
"""
