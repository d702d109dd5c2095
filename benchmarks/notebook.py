<<<<<<< HEAD
"""The usual notebook: `notebook.ipynb` run by nbconvert, and printed to PDF by the browser that draws our charts.

Run as `python -m benchmarks.notebook FILE.csv`; writes notebook.html and notebook.pdf into the working folder.
"""

import os
import subprocess
import sys
from pathlib import Path

from reportgen.render.browser import executable

NOTEBOOK = Path(__file__).with_suffix(".ipynb")
PRINT = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=notebook.pdf")


def main(file: Path) -> None:
    convert = [sys.executable, "-m", "nbconvert", "--execute", "--to", "html", "--output-dir", ".", str(NOTEBOOK)]
    subprocess.run(convert, check=True, env=os.environ | {"TRANSACTIONS": str(file.resolve())})
    browser = executable()
    if browser is None:
        raise SystemExit("There is no browser to print the notebook with; `make ready` installs one.")
    subprocess.run([browser, *PRINT, Path("notebook.html").resolve().as_uri()], check=True)
=======
"""What a user would write instead, without its charts: read_csv, RFM scores, an elbow of k-means, a table to disk.

Run as `python benchmarks/notebook.py FILE.csv`.
"""

import sys
from pathlib import Path

import pandas as pd
from sklearn.cluster import KMeans
from sklearn.preprocessing import StandardScaler


def main(file: Path) -> None:
    lines = pd.read_csv(file)
    lines["InvoiceDate"] = pd.to_datetime(lines["InvoiceDate"])
    lines = lines.dropna(subset=["CustomerID"])
    lines = lines[(lines["Quantity"] > 0) & (lines["UnitPrice"] > 0)].copy()
    lines["Total"] = lines["Quantity"] * lines["UnitPrice"]
    as_of = lines["InvoiceDate"].max() + pd.Timedelta(days=1)
    customers = lines.groupby("CustomerID").agg(
        R=("InvoiceDate", lambda dates: (as_of - dates.max()).days), F=("InvoiceNo", "nunique"), M=("Total", "sum")
    )
    for axis in "RFM":
        customers[axis + "_score"] = pd.qcut(customers[axis].rank(method="first"), 5, labels=False) + 1
    scaled = StandardScaler().fit_transform(customers[["R", "F", "M"]])
    elbow = {k: KMeans(k, random_state=42, n_init=10).fit(scaled).inertia_ for k in range(1, 11)}
    customers["cluster"] = KMeans(4, random_state=42, n_init=10).fit_predict(scaled)
    table = customers.groupby("cluster").agg(["mean", "count"])
    Path("notebook.html").write_text(table.to_html() + pd.Series(elbow).to_frame().to_html(), encoding="utf-8")
>>>>>>> parent of ea70e84 (Kept lines are a conjunction, and fees are told apart after they are added up: two passes less over each line)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
