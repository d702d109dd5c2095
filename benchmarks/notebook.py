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


if __name__ == "__main__":
    main(Path(sys.argv[1]))
