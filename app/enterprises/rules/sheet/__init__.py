"""What the cells of an office's spreadsheet mean: headers, values, rows that are no enterprise."""
