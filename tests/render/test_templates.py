"""Templates escape, know no undefined names, and are found in checkout and wheel."""

import pytest
from jinja2 import UndefinedError

from reportgen.errors import MachineError
from reportgen.render.templates import environment, resource, unbroken


def test_everything_is_escaped():
    env = environment({"loud": str.upper})
    assert env.from_string("{{ name|loud }}").render(name='<b>&"') == "&lt;B&gt;&amp;&#34;"


def test_an_unknown_name_is_an_error():
    with pytest.raises(UndefinedError):
        environment({}).from_string("{{ nme }}").render(name="x")


def test_resources_are_found():
    assert b"IntersectionObserver" in resource("assets", "charts.js").read_bytes()
    with pytest.raises(MachineError, match=r"assets/nothing\.css"):
        resource("assets", "nothing.css")


def test_a_signed_amount_stays_on_one_line():
    text = unbroken("more buyers (+£215k) <b> fewer items (−JP¥1,200) in 2011")
    assert text == (
        'more buyers (<span class="unbroken">+£215k</span>) &lt;b&gt; fewer items '
        '(<span class="unbroken">−JP¥1,200</span>) in 2011'
    )
