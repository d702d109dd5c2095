"""The floor: PDF and hosted page of a brief that is computed already, as a process of its own.

Run as `python -m benchmarks.floor BRIEF.json`.
"""

import sys
from pathlib import Path

from reportgen.brief import decode
from reportgen.config import Brand
from reportgen.render.edition import Studio

FORMATS = ("html", "pdf")


def main(file: Path) -> None:
    with Studio(Brand(), "en_GB", "A4") as studio:
        studio.open(FORMATS)
        studio.prepare_paper(FORMATS)
        studio.render(decode(file.read_bytes()), FORMATS, {})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
