"""Looks: takes the design tokens and the brand's colours, gives the theme of charts and the CSS of pages."""

import re
from collections.abc import Mapping

import msgspec

from reportgen.charts import Theme
from reportgen.errors import UsageError

COLOR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
VARIABLE = re.compile(r"var\(--([\w-]+)\)")


class Look(msgspec.Struct, frozen=True):
    """`theme` for charts; `css`: the custom properties of all tokens, overrides included; `tokens`: name → value."""

    theme: Theme
    css: str
    tokens: Mapping[str, str]

    def settled(self, css: str) -> str:
        """`css` with the tokens' values in place of `var(--token)`; other properties stay variables."""
        return VARIABLE.sub(lambda found: self.tokens.get(found[1], found[0]), css)


def look(tokens: str, colors: Mapping[str, str], font_family: str) -> Look:
    """The look that the CSS `tokens` and the `[brand] colors` (token → #rrggbb) over them make.

    A segment is found in `theme.colors` as "seg-" and its id. Raises `UsageError` for an unknown token or no colour.
    """
    known = properties(tokens)
    _check(colors, known)
    brand = {"font": f'"{font_family}", sans-serif', **colors}
    palette = {name: value for name, value in {**known, **colors}.items() if COLOR.fullmatch(value)}
    rules = "".join(f"--{name}: {value};" for name, value in sorted(brand.items()))
    css = f"{tokens}\n:root {{ {rules} }}\n"
    return Look(Theme(colors=palette, font_family=font_family), css, {**known, **brand})


def properties(css: str) -> dict[str, str]:
    """Name (without `--`) → value of the custom properties that `:root` of `css` declares."""
    import tinycss2

    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    roots = [
        rule for rule in rules if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root"
    ]
    declared = [item for rule in roots for item in tinycss2.parse_declaration_list(rule.content)]
    return {
        item.name.removeprefix("--"): tinycss2.serialize(item.value).strip()
        for item in declared
        if item.type == "declaration" and item.name.startswith("--")
    }


def _check(colors: Mapping[str, str], known: Mapping[str, str]) -> None:
    palette = sorted(name for name, value in known.items() if COLOR.fullmatch(value))
    for name, value in colors.items():
        if name not in palette:
            raise UsageError(f"[brand] colors: there is no colour {name!r}.", f"There are: {', '.join(palette)}.")
        if not COLOR.fullmatch(value):
            raise UsageError(f"[brand] colors: {name} = {value!r} is no colour.", "Write it as #rrggbb.")
