"""Charts are drawn by one browser, the same in every process, and a broken browser is said in time."""

import asyncio
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import kaleido
import psutil
import pytest
from choreographer.browsers import Chromium

from reportgen.errors import GateError, MachineError
from reportgen.render.browser import executable
from reportgen.render.charts import Press, stable


@pytest.fixture
def only_place(monkeypatch):
    """The folder for temporary files, watched. Its path is short: Chromium makes a socket in it."""
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children(recursive=True) if _alive(child)]


def _alive(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_same_name_same_bytes(press, figures):
    once, again = press.draw(figures), press.draw(figures)
    assert once == again
    assert all(ET.fromstring(svg).tag.endswith("svg") for svg in once.values())  # noqa: S314


def test_two_charts_share_no_id(press, figures):
    drawn = press.draw({"value-wide": figures["bar"], "value": figures["bar"], "value-narrow": figures["sankey"]})
    ids = [identifier for svg in drawn.values() for identifier in re.findall(rb'\bid="([^"]+)"', svg)]
    assert len(ids) == len(set(ids)) > 0
    for svg in drawn.values():
        assert set(re.findall(rb"url\([^#]*#([^'\")]+)", svg)) <= set(re.findall(rb'\bid="([^"]+)"', svg))


@pytest.mark.skipif(not Chromium.find_browser(skip_local=False), reason="kaleido alone wants a whole Chromium")
def test_kaleido_draws_the_same(press, figures):
    async def reference() -> bytes:
        async with kaleido.Kaleido(n=1, mathjax=False) as browser:
            return await browser.calc_fig(traced, {"format": "svg"})

    figure = figures["bar"]
    traced = {**figure, "data": [{**figure["data"][0], "uid": "bar_0"}]}
    assert press.draw({"bar": figure})["bar"] == stable(asyncio.run(asyncio.wait_for(reference(), 120)).decode(), "bar")


def test_a_long_path_of_temporary_files_does_no_harm(figures, tmp_path, monkeypatch):
    """A socket's path has 107 characters at most."""
    folder = tmp_path / ("d" * 150)
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    with Press() as press:
        assert press.draw({"bar": figures["bar"]})["bar"].startswith(b"<svg")


def test_a_home_folder_that_cannot_be_looked_into_does_no_harm(monkeypatch):
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    before = executable()
    monkeypatch.setenv("HOME", "/" + "x" * 5000)
    assert executable() == before


def test_only_attributes_lose_the_random_id():
    svg = '<svg><defs id="defs-123456"/><g y="1" clip-path="url(#clip123456x)"><text>123456</text></g></svg>'
    assert stable(svg, "a") == (
        b'<svg xmlns="http://www.w3.org/2000/svg"><defs id="defs-a_"></defs>'
        b'<g clip-path="url(#clipa_x)" y="1"><text>123456</text></g></svg>'
    )


@pytest.mark.parametrize("svg", ["<svg></svg>", '<svg><defs id="defs-123456">'])
def test_a_drawing_of_another_kind_is_refused(svg):
    with pytest.raises(GateError, match="Chart a"):
        stable(svg, "a")


def test_a_figure_that_wants_the_network_is_refused(press, figures):
    world = {**figures["bar"], "data": [{"type": "scattergeo", "lon": [1], "lat": [1]}]}
    with pytest.raises(GateError, match="Chart world"):
        press.draw({"world": world})


def test_version(press):
    assert re.fullmatch(r"\w+/[\d.]+", press.version())


SCRIPT = """
import json, sys
from hashlib import sha256
from reportgen.render import charts, fonts, pdf
figures = json.load(sys.stdin)
with fonts.pinned(fonts.shipped()), charts.Press() as press:
    drawn = press.draw(figures)
    body = "".join(f'<img src="{name}.svg" alt="{name}">' for name in drawn)
    html = f'<html lang="en"><head><title>T</title></head><body><h1>Größe</h1>{body}</body></html>'
    made = pdf.pdf(html, {f"{name}.svg": svg for name, svg in drawn.items()})
    font = fonts.web_fonts(fonts.shipped()[:1])
print([sha256(part).hexdigest() for part in (*drawn.values(), made, *font.values())])
"""


def in_process(figures, prefix=(), **environment) -> str:
    return subprocess.run(
        [*prefix, sys.executable, "-c", SCRIPT],
        input=json.dumps(figures), env={**os.environ, **environment}, cwd=Path.cwd(),
        capture_output=True, text=True, check=True, timeout=120,
    ).stdout  # fmt: skip


def test_two_processes_and_no_network_give_the_same_bytes(figures):
    offline = ("unshare", "-n")
    if subprocess.run([*offline, "true"], capture_output=True, check=False).returncode:
        pytest.skip("can't take the network away here")
    one = in_process(figures, TZ="Asia/Tokyo", LANG="de_DE.UTF-8", PYTHONHASHSEED="1")
    other = in_process(figures, offline, TZ="America/New_York", LANG="C", PYTHONHASHSEED="2")
    assert one == other
    assert one.count(",") == len(figures) + 1


def test_nothing_is_left_behind(figures, only_place):
    before = children()
    with Press() as press:
        press.draw({"bar": figures["bar"]})
        assert len(children()) > len(before)
    assert set(children()) <= set(before)  # the browser of other tests may drop a helper meanwhile
    assert not list(only_place.iterdir())


def test_nothing_is_left_behind_by_an_interrupt(only_place):
    before = children()
    with pytest.raises(KeyboardInterrupt), Press():
        raise KeyboardInterrupt
    assert set(children()) <= set(before)  # the browser of other tests may drop a helper meanwhile
    assert not list(only_place.iterdir())


@pytest.mark.slow
def test_a_browser_that_dies_is_replaced(figures):
    before = children()
    with Press() as press:
        press.version()
        for child in set(children()) - set(before):
            with contextlib.suppress(psutil.NoSuchProcess):  # a helper may end by itself meanwhile
                if "chrom" in child.name():
                    child.kill()
        assert press.draw({"bar": figures["bar"]})["bar"].startswith(b"<svg")


def test_no_browser(monkeypatch, figures):
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    with pytest.raises(MachineError, match="/nowhere/chromium") as caught, Press() as press:
        press.draw(figures)
    assert "BROWSER_PATH" in caught.value.remedy
    assert caught.value.exit_code == 6


@pytest.mark.slow
@pytest.mark.parametrize("script", ["sleep 100", "exit 1"])
def test_a_browser_that_hangs_or_fails_is_said_in_time(only_place, monkeypatch, figures, script):
    fake = only_place / "chromium"
    fake.write_text(f"#!/bin/sh\n{script}\n")
    fake.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(fake))
    before, start = children(), time.monotonic()
    with pytest.raises(MachineError, match="failed twice"), Press(limit=1.0) as press:
        press.draw(figures)
    assert time.monotonic() - start < 12
    assert set(children()) <= set(before)  # the browser of other tests may drop a helper meanwhile
    assert list(only_place.iterdir()) == [fake]
