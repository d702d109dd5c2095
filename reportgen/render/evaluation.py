"""The page of an evaluation: takes an Evaluation, gives the bytes of PDF and HTML; no chart, so no browser."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

import msgspec
from markupsafe import Markup

from reportgen.config import Config
from reportgen.evaluation import Evaluation, decode, encode
from reportgen.names import LABELS, VERDICT
from reportgen.render import fonts
from reportgen.render.edition import (
    Files,
    House,
    drawn_text,
    house,
    print_files,
    print_links,
    print_styles,
    screen_files,
    screen_links,
)  # fmt: skip
from reportgen.render.pdf import pdf, sheet
from reportgen.render.site import site
from reportgen.render.templates import environment
from reportgen.verdict import TITLE, Verdict, verdict
from reportgen.wording import Words


def pages(evaluation: Evaluation, config: Config, formats: Collection[str], beside: Files) -> Files:
    """`evaluation.pdf` and, for "html", the hosted folder, which offers the files `beside` it for download.

    Raises `UsageError` for a brand without its files, `GateError` for a broken page, `MachineError` without Pango.
    """
    made = house(config.brand)
    words = Words(config.shop.locale, evaluation.currency, evaluation.scale)
    files: Files = {}
    if "pdf" in formats:
        drawable = made.letters
        plain = decode(drawn_text(encode(evaluation).decode(), drawable).encode())
        html = _html(verdict(plain, words), made, words, "print", paper=config.report.paper, **print_links(made))
        with fonts.pinned(made.faces):
            files[VERDICT] = pdf(html, print_files(made), styles=sheet(print_styles(made)), paper=config.report.paper)
    if "html" in formats:
        links = tuple((file, label) for file, label in LABELS.items() if file in {**beside, **files})
        html = _html(verdict(evaluation, words), made, words, "screen", **screen_links(made), downloads=links)
        files |= site(html, (), {**screen_files(made), **beside, **files})
    return files


def _html(found: Verdict, made: House, words: Words, medium: str, **more: Any) -> str:  # noqa: ANN401
    env = environment(words.filters())
    body = env.get_template("evaluation.html.j2").render(verdict=found, medium=medium, svg=None)
    context = {
        "brand": msgspec.structs.replace(made.brand, title=TITLE),
        "frame": {**asdict(found), "summary": found.title},
        "sections": ({"id": "evaluation", "name": "Evaluation", "html": Markup(body)},),  # noqa: S704  our own template
        "lang": words.language,
        "medium": medium,
        "paper": "",
        "downloads": (),
        "search": None,
        **more,
    }
    return env.get_template({"print": "pdf.html.j2", "screen": "site.html.j2"}[medium]).render(context)
