"""Templates escape, know no undefined names, and are found in checkout and wheel."""

import pytest
from jinja2 import UndefinedError, nodes
from jinja2.filters import FILTERS

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
    text = unbroken("more buyers (+£215k) <b> fewer items (−JP¥1,200) in 2011 of Low-Engagement - or so")
    assert text == (
        'more buyers (<span class="unbroken">+£215k</span>) &lt;b&gt; fewer items '
        '(<span class="unbroken">−JP¥1,200</span>) in 2011 of <span class="unbroken">Low-Engagement</span> - or so'
    )


def test_templates_are_compiled_once(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = environment({}).get_template("macros.html.j2")
    kept = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*") if file.is_file()}
    assert kept
    again = environment({}).get_template("macros.html.j2")
    assert {file: file.stat().st_mtime_ns for file in kept} == kept
    assert set(vars(again.module)) == set(vars(made.module))


def test_a_cache_that_cannot_be_used_is_none(tmp_path, monkeypatch):
    (tmp_path / "reportgen").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert environment({}).get_template("macros.html.j2")


def test_no_template_formats_a_constant():
    """What can be told at compiling is: one currency's text would be kept for all."""
    env = environment({})
    names = [entry.name for entry in resource("templates").iterdir() if entry.name.endswith(".j2")]
    assert names
    for name in names:
        found = env.parse(resource("templates", name).read_text(encoding="utf-8")).find_all(nodes.Filter)
        own = [one for one in found if one.name not in FILTERS]
        assert not [one for one in own if isinstance(one.node, nodes.Const | nodes.TemplateData)], name
