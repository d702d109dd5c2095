"""Figures of an engine: how many decimals doubles were written with, and the whole units that they stand for.

x was written with d decimals if it is the double nearest to n / 10^d for a whole n: n = round(x * 10^d), and dividing
it again gives x. One rounding each way, so it holds on every engine for up to 15 digits, all that a double keeps.
"""

from typing import Final

import ibis
import ibis.expr.types as ir

from reportgen.sources.figures import MOST_DECIMALS, Scale

_LARGEST: Final = 10**12
_NOISE: Final = 1e-15
"""Relative; less is a trace of binary arithmetic."""


def decimals(figure: ir.FloatingValue) -> ir.IntegerValue:
    """The fewest decimals that write `figure`; one more than the most that are held if they don't, null if none do."""
    tried = ((_written(figure, count), ibis.literal(count, "int8")) for count in range(MOST_DECIMALS + 1))
    return _guarded(figure, ibis.cases(*tried, else_=ibis.literal(MOST_DECIMALS + 1, "int8")))


def units(figure: ir.FloatingValue, scale: Scale) -> ir.IntegerValue:
    """`figure` in units of the scale; null where it can't be held exactly."""
    held = _written(figure, min(scale.decimals, scale.most))
    return _guarded(figure, ibis.ifelse(held, _whole(figure, scale.decimals), ibis.null("int64")))


def reason(figure: ir.FloatingValue, scale: Scale) -> ir.StringValue:
    """Why `figure` can't be held in units of the scale, if it can't."""
    return ibis.cases(
        (figure.isnull(), "is missing"),
        (figure.isnan() | figure.isinf(), "is not a finite number"),
        (figure.abs() >= _LARGEST, "is too large"),
        else_=f"has more than {scale.most} decimals",
    )


def _guarded(figure: ir.FloatingValue, value: ir.Value) -> ir.Value:
    """`value` where `figure` is finite and of a size that integers hold: engines fail where they don't."""
    return ibis.ifelse(figure.abs() < _LARGEST, value, ibis.null(value.type()))


def _written(figure: ir.FloatingValue, count: int) -> ir.BooleanValue:
    again = _whole(figure, count).cast("float64") / ibis.literal(float(10**count))
    return (again - figure).abs() <= figure.abs() * _NOISE


def _whole(figure: ir.FloatingValue, count: int) -> ir.IntegerValue:
    return (figure * ibis.literal(float(10**count))).round().cast("int64")
