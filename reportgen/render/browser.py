"""One Chromium that shows a page with plotly.js and kaleido's renderer: loaded once, all figures drawn in one call.

kaleido's own `calc_fig` reloads the page after each figure: ten figures take 1.4 s instead of 0.25 s. Its import alone
takes 0.2 s, hence choreographer below it.
"""

import asyncio
import contextlib
import json
import logging
import os
import signal
import tempfile
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Any, TypeVar

from reportgen.errors import GateError, MachineError

T = TypeVar("T")

REMEDY = "Install Chromium (Debian: `apt install chromium-headless-shell`) or set BROWSER_PATH to its executable."
QUIET = (
    "--disable-background-networking",
    "--disable-default-apps",
    "--disable-extensions",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
"""The browser draws local figures and has no business on the network."""
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><style id="head-style"></style>
<script src="{plotly}"></script><script src="{kaleido}"></script></head><body><img id="kaleido-image"></body></html>
"""
SHOWN = """new Promise(done => {
  const tell = () => done(location.href);
  document.readyState === "complete" ? tell() : addEventListener("load", tell);
})"""
"""Which page is there, once it is there whole."""
LONGEST = 48
"""Characters of a temporary folder's path that leave enough of the 107 of a socket's, with a name of 10 in it."""
GRACE = 5.0
"""Seconds that a browser gets to close by itself."""


class BrowserGoneError(Exception):
    """The browser didn't start, hung or died: a fresh one may do."""


class Browser:
    """A Chromium that starts in the background at construction; `close` it in any case."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="b-", dir=_short_place(), ignore_cleanup_errors=True)
        self._loop = asyncio.new_event_loop()
        # What fails is raised by `call`; the rest is choreographer's own loose ends, no traceback for the user.
        self._loop.set_exception_handler(lambda _loop, _context: None)
        self._thread = threading.Thread(target=self._loop.run_forever, name="reportgen-browser", daemon=True)
        self._thread.start()
        self._chromium: Any = None
        self._started = self._submit(self._start())

    def call(self, function: str, argument: object, limit: float) -> Any:  # noqa: ANN401 - whatever JSON it returns
        """What the JavaScript `function(argument)` resolves to, as JSON data, within `limit` seconds.

        Raises `MachineError` without a browser, `BrowserGoneError` if it fails, `GateError` if the script throws.
        """
        expression = f"({function})({json.dumps(argument)})"
        answer = self._submit(self._evaluate(expression))
        try:
            return _value(answer.result(limit))
        except TimeoutError as error:
            answer.cancel()
            raise BrowserGoneError(f"no answer within {limit:g} s") from error

    def close(self) -> None:
        """End Chromium, by force if it doesn't go by itself, and remove its temporary folder."""
        try:
            self._submit(self._end()).result(GRACE)
        except Exception:  # noqa: BLE001 - whatever keeps it from closing, it goes
            self.kill()
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(GRACE)
            if not self._thread.is_alive():
                self._loop.close()
            self._folder.cleanup()

    def kill(self) -> None:
        """End a browser that doesn't answer any more; `close` it all the same."""
        process = getattr(self._chromium, "subprocess", None)
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _start(self) -> None:
        # Imported here, in the background: 0.1 s that the reading of data hides.
        import choreographer
        from choreographer.browsers import Chromium

        logging.getLogger("choreographer").addHandler(logging.NullHandler())
        folder = self._folder.name

        class QuietChromium(Chromium):  # type: ignore[misc] # untyped library
            def get_cli(self) -> list[str]:
                # With a page to begin with: choreographer waits 2 s for one before it opens its own.
                return [*super().get_cli(), *QUIET, "about:blank"]

            def get_env(self) -> dict[str, str]:
                return {**super().get_env(), "TMPDIR": folder}

        self._chromium = choreographer.Browser(path=executable(), browser_cls=QuietChromium, tmp_dir=folder)
        await self._chromium.open()
        tab = self._chromium.get_tab() or await self._chromium.create_tab()
        page = _page(Path(folder))
        await tab.send_command("Page.navigate", params={"url": page.as_uri()})
        # The first answer may still be the empty page's, or an error of its going.
        while not (await self._shown(tab)).endswith(f"/{page.name}"):  # noqa: ASYNC110 - the page itself makes us wait
            await asyncio.sleep(0.01)

    async def _shown(self, tab: Any) -> str:  # noqa: ANN401 - untyped library
        parameters = {"expression": SHOWN, "awaitPromise": True, "returnByValue": True}
        answer = await tab.send_command("Runtime.evaluate", params=parameters)
        return str(answer.get("result", {}).get("result", {}).get("value", ""))

    async def _evaluate(self, expression: str) -> dict[str, Any]:
        await self._ready()
        tab = self._chromium.get_tab()
        if tab is None:
            raise BrowserGoneError("it shows no page")
        parameters = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        try:
            return dict(await tab.send_command("Runtime.evaluate", params=parameters))
        except (Exception, asyncio.CancelledError) as error:  # choreographer cancels what is left unanswered
            raise BrowserGoneError("it died while drawing") from error

    async def _ready(self) -> None:
        from choreographer.errors import ChromeNotFoundError

        try:
            await asyncio.wrap_future(self._started)
        except ChromeNotFoundError as error:
            sought = os.environ.get("BROWSER_PATH")
            where = f"BROWSER_PATH is {sought!r}, which is not a file" if sought else "none is installed"
            raise MachineError(f"Charts need the browser Chromium: {where}.", REMEDY) from error
        except (Exception, asyncio.CancelledError) as error:
            raise BrowserGoneError("it doesn't start") from error

    async def _end(self) -> None:
        # Half-started, it has no process yet that could be ended.
        await asyncio.gather(asyncio.wrap_future(self._started), return_exceptions=True)
        if self._chromium is not None:
            await self._chromium.close()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)


def executable() -> str | None:
    """Where the browser is: BROWSER_PATH, Debian's headless shell, kaleido's own download, or any; None without one.

    The headless shell draws the same and starts in half the processor time: it has no windows, no profile, no menus.
    """
    if path := os.environ.get("BROWSER_PATH") or which("chromium-headless-shell"):
        return path
    from choreographer.browsers import Chromium

    try:
        found = Chromium.find_browser(skip_local=False)
    except OSError:  # a home folder that isn't this user's, as after `su` or in a cron job
        found = Chromium.find_browser(skip_local=True)
    return str(found) if found else None


def _page(folder: Path) -> Path:
    """Writes the page into `folder`."""
    scripts = {
        "plotly": plotly_js(),
        "kaleido": _installed("kaleido") / "vendor" / "kaleido_scopes.js",
    }
    page = folder / "page.html"
    page.write_text(PAGE.format_map({name: file.as_uri() for name, file in scripts.items()}), encoding="utf-8")
    return page


def plotly_js() -> Path:
    """The plotly.js that draws, and that hosted pages bring along."""
    return _installed("plotly") / "package_data" / "plotly.min.js"


def _installed(package: str) -> Path:
    """The folder of `package`, which is not imported for it."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise MachineError(f"The Python package {package} is missing.", "Install reportgen again.")
    return Path(found.origin).parent


def _short_place() -> str | None:
    """Where the browser's folder goes: it makes a socket there, and a path to one has little room. None = as usual."""
    return "/tmp" if len(tempfile.gettempdir()) > LONGEST and Path("/tmp").is_dir() else None  # noqa: S108


def _value(answer: dict[str, Any]) -> Any:  # noqa: ANN401
    """The value in an answer of the DevTools protocol."""
    result = answer.get("result", {})
    if "error" in answer:
        raise BrowserGoneError(str(answer["error"]))
    if "exceptionDetails" in result:
        raise GateError(f"plotly.js: {result['exceptionDetails'].get('exception', {}).get('description', 'error')}")
    return result["result"].get("value")
