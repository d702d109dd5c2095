"""Workbooks for tests."""

import xlsxwriter


def write(path, sheets, hidden=(), **options):
    """Write `sheets` (name -> rows of cells) to `path`; those in `hidden` are there, but not seen."""
    with xlsxwriter.Workbook(path, {"default_date_format": "m/d/yyyy h:mm", **options}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path
