"""The configuration of docs/hosting.md in a real nginx: accepted, under a sub-path, behind a password."""

import base64
import re
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import bcrypt
import pytest

from reportgen import hosting
from tests.hosting.archives import config, put
from tests.serving.conftest import Client, serving, settle

NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else None)
PAGE = Path(__file__).parents[2] / "docs/hosting.md"
FRAME = """daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1; {user}
events {{}}
http {{ access_log off; include /etc/nginx/mime.types; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;
fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
{config} }}"""

pytestmark = [pytest.mark.slow, pytest.mark.skipif(NGINX is None, reason="no nginx here")]


def blocks():
    return re.findall(r"```nginx\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def settled(text, folder, port):
    """The documented configuration on a port of this machine, without TLS."""
    text = re.sub(r"\n *ssl_certificate.*", "", text).replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    return text.replace("/etc/nginx/briefs.htpasswd", f"{folder}/htpasswd").replace("/srv/www", f"{folder}/www")


@pytest.fixture
def port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def address(tmp_path, port):
    put(tmp_path / "output", "2011-11")
    hosting.rebuild(config(tmp_path / "output", site=str(tmp_path / "www/briefs")))
    hashed = bcrypt.hashpw(b"secret", bcrypt.gensalt(4)).decode()
    (tmp_path / "htpasswd").write_text(f"ann:{hashed}\n")
    for folder in (tmp_path, *tmp_path.parents):
        if "pytest-" in folder.as_posix():  # pytest's own, not the system's
            folder.chmod(0o755)  # for nginx's worker, which is another user
    file = tmp_path / "nginx.conf"
    file.write_text(FRAME.format(folder=tmp_path, user="", config=settled(blocks()[0], tmp_path, port)))
    with running(file, port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(file, port):
    server = subprocess.Popen([NGINX, "-c", str(file)])
    try:
        while not answers(port):
            assert server.poll() is None, "nginx did not start"
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait(10)


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask(url, password="secret", method="GET"):  # noqa: S107
    token = base64.b64encode(f"ann:{password}".encode()).decode()
    request = urllib.request.Request(url, headers={"Authorization": f"Basic {token}"}, method=method)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, b""


def test_nginx_serves_the_archive_under_a_path(address):
    status, headers, body = ask(f"{address}/briefs/")
    assert (status, b"November 2011" in body) == (200, True)
    assert headers["Cache-Control"] == "private, no-cache"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert ask(f"{address}/briefs/2011-11/brief.pdf")[0] == 200
    plotly = re.search(rb"plotly-\w+\.min\.js", ask(f"{address}/briefs/2011-11/assets/charts.js")[2])[0].decode()
    assert "immutable" in ask(f"{address}/briefs/assets/{plotly}")[1]["Cache-Control"]


def test_nginx_asks_who_it_is_and_changes_nothing(address):
    assert ask(f"{address}/briefs/", password="guess")[0] == 401
    assert ask(f"{address}/briefs/index.html", method="DELETE")[0] in {403, 405}
    assert ask(f"{address}/briefs/2011-11/customers.csv")[0] == 404
    assert ask(f"{address}/briefs/../htpasswd")[0] in {400, 404}


def test_the_login_of_the_company_is_accepted_too(tmp_path, port):
    first, second = blocks()[:2]
    inside = settled(first, tmp_path, port).rstrip().rstrip("}") + second + "}"
    inside = re.sub(r"auth_basic .*;\n.*auth_basic_user_file.*", "auth_request /oauth2/auth;", inside)
    file = tmp_path / "nginx.conf"
    file.write_text(FRAME.format(folder=tmp_path, user="", config=inside))
    done = subprocess.run([NGINX, "-t", "-c", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


class Login(BaseHTTPRequestHandler):
    """Stands in for the company's login: a cookie names the user, whose group is his or her team."""

    def do_GET(self):
        who = (self.headers.get("Cookie") or "").removeprefix("who=")
        self.send_response(200 if who else 401)
        self.send_header("X-Auth-Request-User", who)
        self.send_header("X-Auth-Request-Groups", f"team-{who}")
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def login():
    with ThreadingHTTPServer(("127.0.0.1", 0), Login) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_the_desk_behind_the_login_of_the_company(tmp_path, port):
    put(tmp_path / "output", "2011-11")
    configured = settle(tmp_path, 'proxies = ["127.0.0.1"]').read_text()
    (tmp_path / "config.toml").write_text(configured.replace('"analysts"]', '"team-ann"]'))
    file = tmp_path / "nginx.conf"
    with serving(tmp_path / "config.toml") as desk, login() as gate:
        inside = "".join(blocks()[1:3]).replace("127.0.0.1:4180", f"127.0.0.1:{gate}")
        inside = inside.replace("127.0.0.1:8321", f"127.0.0.1:{desk.port}")
        text = f"server {{ listen 127.0.0.1:{port}; {inside} }}"
        file.write_text(FRAME.format(folder=tmp_path, user="", config=text))
        with running(file, port):
            through = Client(port)
            forged = {"X_Forwarded_User": "ann", "X_Forwarded_Groups": "team-ann"}
            assert through.ask("/briefs/", None, **forged).status == 401
            assert through.ask("/briefs/", None, Cookie="who=bob").status == 200
            assert through.ask("/briefs/desk/", None, Cookie="who=bob", **forged).status == 403
            assert through.ask("/briefs/desk/", None, Cookie="who=ann").status == 200
            sent = {"Cookie": "who=ann", "Origin": f"http://127.0.0.1:{port}"}
            assert through.ask("/briefs/desk/regenerate", None, "POST", "period=x", **sent).status == 422
            foreign = {"Cookie": "who=ann", "Origin": "https://evil.example"}
            assert through.ask("/briefs/desk/regenerate", None, "POST", "period=x", **foreign).status == 403
