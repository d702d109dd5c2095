"""Who it is: proxies by address alone, htpasswd by bcrypt and argon2, and nobody by accident."""

import base64

import argon2
import bcrypt
import pytest

from reportgen.config import Serve
from reportgen.errors import UsageError
from reportgen.serving import access
from reportgen.serving.access import Refused, door


def basic(name, password):
    return {"authorization": f"Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}"}


def proxied(**changed):
    return door(Serve(proxies=("10.0.0.0/24", "::1"), analysts=("Team A",), **changed))


def test_the_proxy_says_who_it_is():
    headers = {"x-forwarded-user": "ann", "x-forwarded-groups": "staff, Team A"}
    assert proxied().person("10.0.0.7", headers) == access.Person("ann", "analyst")
    assert proxied().person("::1", {"x-forwarded-user": "bob"}).role == "reader"


@pytest.mark.parametrize("peer", ["10.0.1.7", "127.0.0.1", "", "proxy.example", "::2"])
def test_nobody_else_may_say_it(peer):
    with pytest.raises(Refused) as caught:
        proxied().person(peer, {"x-forwarded-user": "ann", "x-forwarded-groups": "Team A"})
    assert caught.value.status == 403


def test_who_the_proxy_does_not_name_stays_outside():
    with pytest.raises(Refused) as caught:
        proxied().person("10.0.0.7", {"x-forwarded-groups": "Team A"})
    assert caught.value.status == 401


def test_two_names_are_no_name():
    with pytest.raises(Refused):
        proxied().person("10.0.0.7", {"x-forwarded-user": "ann\nbob"})


def test_only_groups_that_are_named_may_read():
    strict = proxied(readers=("staff",))
    assert strict.person("10.0.0.7", {"x-forwarded-user": "bob", "x-forwarded-groups": "staff"}).role == "reader"
    with pytest.raises(Refused) as caught:
        strict.person("10.0.0.7", {"x-forwarded-user": "eve", "x-forwarded-groups": "guests"})
    assert caught.value.status == 403


@pytest.fixture
def passwords(tmp_path):
    hashes = {
        "ann": bcrypt.hashpw(b"secret", bcrypt.gensalt(4)).decode().replace("$2b$", "$2y$"),
        "bob": argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("pass"),
    }
    file = tmp_path / "htpasswd"
    file.write_text("# ours\n" + "".join(f"{name}:{hashed}\n" for name, hashed in hashes.items()))
    return file


def test_bcrypt_and_argon2_open_the_door(passwords):
    entrance = door(Serve(htpasswd=str(passwords), analysts=("ann",)))
    assert entrance.person("192.0.2.1", basic("ann", "secret")) == access.Person("ann", "analyst")
    assert entrance.person("192.0.2.1", basic("bob", "pass")).role == "reader"


@pytest.mark.parametrize(
    "headers",
    [{}, basic("ann", "guess"), basic("nobody", "secret"), basic("ann", ""), {"authorization": "Basic !"},
     {"authorization": "Bearer secret"}, basic("ann", "secret\0x"), basic("", "")],
)  # fmt: skip
def test_anything_else_does_not(passwords, headers):
    with pytest.raises(Refused) as caught:
        door(Serve(htpasswd=str(passwords))).person("127.0.0.1", headers)
    assert (caught.value.status, caught.value.challenge) == (401, True)


def test_a_password_that_was_taken_away_opens_nothing(passwords):
    entrance = door(Serve(htpasswd=str(passwords)))
    entrance.person("127.0.0.1", basic("ann", "secret"))
    passwords.write_text(
        "".join(line for line in passwords.read_text().splitlines(keepends=True) if not line.startswith("ann"))
    )
    with pytest.raises(Refused):
        entrance.person("127.0.0.1", basic("ann", "secret"))


@pytest.mark.parametrize(
    ("serve", "told"),
    [
        ({"host": "0.0.0.0"}, "nobody says who may read"),  # noqa: S104
        ({"proxies": ("10.0.0.0/24",), "htpasswd": "x"}, "both"),
        ({"proxies": ("proxy.example",)}, "proxies"),
        ({"htpasswd": "/nowhere"}, "can't be read"),
    ],
)
def test_a_door_that_cannot_be_shut_is_refused(serve, told):
    with pytest.raises(UsageError, match=told):
        door(Serve(**serve))


def test_weak_hashes_are_refused_by_line(passwords):
    passwords.write_text("ann:$apr1$abc$def\n")
    with pytest.raises(UsageError, match="line 1"):
        door(Serve(htpasswd=str(passwords)))


def test_without_a_login_this_machine_may_read_and_no_more():
    assert door(Serve()).person("127.0.0.1", {}).role == "reader"
    with pytest.raises(Refused):
        door(Serve()).person("192.0.2.1", {})
