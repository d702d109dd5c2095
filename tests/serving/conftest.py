import threading
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import bcrypt
import pytest
import uvicorn

from reportgen import config, hosting
from reportgen.issuing import desk
from reportgen.serving.app import application
from reportgen.serving.office import clock
from tests.hosting.archives import put

CONFIG = """
[input]
path = "shop.csv"
[shop]
currency = "GBP"
timezone = "Europe/London"
[report]
period = "2024-12"
[serve]
analysts = ["ann", "eve", "analysts"]
{more}
"""
HTPASSWD = 'htpasswd = "htpasswd"'
PASSWORDS = {"ann": "secret", "bob": "pass", "eve": "other"}
PEOPLE = (
    b"customer,segment,recency,frequency,monetary\r\n"
    b"C1,Best,3,4,1200.50\r\n'=2+2,Best,9,2,80.00\r\nC3,Lost,300,1,9.99\r\n"
)
MOVED = PEOPLE.replace(b"C3,Lost,300", b"C3,Best,3")


class Client:
    """Speaks to a server as somebody, word for word."""

    def __init__(self, port):
        self.port, self.origin = port, f"http://127.0.0.1:{port}"

    def ask(self, path, who="ann", method="GET", body=None, **headers):
        import base64

        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if who:
            token = base64.b64encode(f"{who}:{PASSWORDS.get(who, 'guess')}".encode()).decode()
            sent["Authorization"] = f"Basic {token}"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        answer.text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer

    def post(self, path, who="ann", origin=None, **fields):
        headers = {"Origin": origin or self.origin, "Content-Type": "application/x-www-form-urlencoded"}
        return self.ask(path, who, "POST", urlencode(fields), **headers)


def settle(folder, more=HTPASSWD):
    """A configuration and its passwords in `folder`."""
    (folder / "config.toml").write_text(CONFIG.format(more=more))
    lines = [f"{name}:{bcrypt.hashpw(word.encode(), bcrypt.gensalt(4)).decode()}" for name, word in PASSWORDS.items()]
    (folder / "htpasswd").write_text("\n".join(lines) + "\n")
    return folder / "config.toml"


@contextmanager
def serving(file):
    """A client of the server of the configuration `file`."""
    chosen = config.load(file)
    with desk.taken(chosen, clock()):  # as `serve` does
        hosting.rebuild(chosen)
    quiet = uvicorn.Config(
        application(chosen, file), port=0, proxy_headers=False, server_header=False, log_level="error",
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(quiet)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        threading.Event().wait(0.02)
    try:
        yield Client(server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("serving")
    put(folder / "output", "2011-10", customers__csv=PEOPLE)
    put(folder / "output", "2011-11", customers__csv=MOVED)
    settle(folder)
    return folder


@pytest.fixture(scope="module")
def client(place):
    with serving(place / "config.toml") as found:
        yield found
