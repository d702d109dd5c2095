import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from reportgen.errors import GateError, MachineError
from reportgen.render import fonts
from reportgen.render.charts import blank
from reportgen.render.pdf import pdf
from reportgen.render.typesetter import Typesetter

PAGE = "<html lang=en><title>T</title><h1>One</h1><img src=charts/a.svg alt=square></html>"
CHART = {
    "charts/a.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
}

ORPHAN = """
import time
from reportgen.render.typesetter import Typesetter
if __name__ == "__main__":
    with Typesetter() as typesetter:
        print(typesetter._process.pid, flush=True)
        time.sleep(60)
"""


PLACE = {name: blank({"data": [], "layout": {"width": 9, "height": 9}}) for name in CHART}


def test_charts_may_come_after_the_page():
    with fonts.pinned(fonts.shipped()):
        with Typesetter() as typesetter:
            typesetter.start(PAGE, PLACE, "A4")
            typesetter.bring(CHART)
            made = typesetter.finish()
        assert made == pdf(PAGE, CHART, paper="A4")


def test_what_goes_wrong_there_is_raised_here():
    with Typesetter() as typesetter:
        typesetter.start(PAGE, {}, "A4")
        typesetter.bring({})
        with pytest.raises(GateError, match=r"not one of the brief's files"):
            typesetter.finish()


def test_a_process_that_died_is_told():
    with Typesetter() as typesetter:
        os.kill(typesetter._process.pid, signal.SIGKILL)
        typesetter.start(PAGE, {}, "A4")
        typesetter.bring(CHART)
        with pytest.raises(MachineError, match="ended early"):
            typesetter.finish()


def test_it_ends_with_a_parent_that_was_killed(tmp_path):
    script = tmp_path / "orphan.py"
    script.write_text(ORPHAN)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
    for _ in range(200):
        if not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    pytest.fail("it goes on without its parent")
