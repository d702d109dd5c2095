"""The real file in the formats a shop exports."""

from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import xlsxwriter

BATCH = 50_000


def write(parquet: Path, file: Path) -> None:
    """Write the rows of `parquet` to `file`, a .csv, .xlsx or .parquet, unless it is there."""
    if not file.exists():
        {".csv": _csv, ".xlsx": _xlsx, ".parquet": _same}[file.suffix](parquet, file)


def _same(parquet: Path, file: Path) -> None:
    file.symlink_to(parquet)


def _csv(parquet: Path, file: Path) -> None:
    duckdb.sql(f"copy (from read_parquet('{parquet}')) to '{file}' (header, delimiter ',')")


def _xlsx(parquet: Path, file: Path) -> None:
    """One sheet, row by row: half a million rows take about a minute."""
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss", "strings_to_formulas": False}
    with xlsxwriter.Workbook(file, {**options, "strings_to_urls": False}) as book:
        sheet, source = book.add_worksheet("Transactions"), pq.ParquetFile(parquet)
        sheet.write_row(0, 0, source.schema_arrow.names)
        row = 1
        for batch in source.iter_batches(BATCH):
            for cells in zip(*batch.to_pydict().values(), strict=True):
                sheet.write_row(row, 0, cells)
                row += 1
