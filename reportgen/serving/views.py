"""The pages of the desk: a template, its context, and where the archive's folder is from there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse

from reportgen.config import Config
from reportgen.hosting.feed import FILE as FEED
from reportgen.hosting.pages import DESK, SHEET
from reportgen.names import PAGE
from reportgen.render.edition import house, screen_files, screen_links
from reportgen.render.site import CSP
from reportgen.render.templates import environment, resource
from reportgen.serving.labels import Labels, labels
from reportgen.wording import Words

SCRIPT: Final = "desk.js"
DRAFTS: Final = "Drafts"
WAYS: Final = (
    (PAGE, "← All issues"), (DESK, DRAFTS), (f"{DESK}compare", "Compare"), (f"{DESK}audiences", "Audiences"),
)  # fmt: skip
"""Address, from the archive's folder, and name of what the navigation leads to; the first is for everybody."""


@dataclass(frozen=True)
class Views:
    """Renders pages in the house's look; `assets` are their files by relative path."""

    config: Config
    env: Environment
    assets: Mapping[str, bytes]
    labels: Labels
    _links: Mapping[str, Any] = field(repr=False)

    def page(self, request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401
        """The page of `template`; `root` leads to the archive, `desk` to the analysts' first page.

        `context` has the page's `title`, and `here` where it stands in the navigation if that is called otherwise.
        """
        root = "../" * (request.url.path.count("/") - 1)
        person = request.scope.get("person")
        around = {
            "brand": self.config.brand,
            "lang": "en",
            "csp": CSP,
            "feed": FEED,
            "labels": self.labels,
            "desk": f"{root}desk/",
            "ways": WAYS if person and person.analyst else WAYS[:1],
            "here": context["title"],
            "root": root,
            "person": person,
            "styles": [f"{root}desk/{style}" for style in (*self._links["styles"], f"assets/{SHEET}")],
            "logo": f"{root}desk/{self._links['logo']}",
            "script": f"{root}desk/assets/{SCRIPT}",
        }
        html = self.env.get_template(template).render({**around, **context})
        return HTMLResponse(html, status, {"Cache-Control": "no-store"})


def views(config: Config) -> Views:
    """The pages in the configured brand. Raises `UsageError` for looks that are not there."""
    made = house(config.brand)
    own = {f"assets/{name}": resource("assets", name).read_bytes() for name in (SHEET, SCRIPT)}
    env = environment(Words(config.shop.locale, None, 2).filters())
    return Views(config, env, {**screen_files(made), **own}, labels(config), screen_links(made))
