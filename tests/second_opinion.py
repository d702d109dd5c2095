"""A second opinion: what a brief by the recipe `strategic` says, in plain pandas and from the definitions alone.

Nothing of reportgen is used here. Money is whole thousandths of a pound.
"""

import math
from collections import defaultdict, deque

import numpy as np
import pandas as pd

NEVER = pd.Timestamp("2262-01-01")
KEY = ["customer", "code", "size", "worth"]
MONTH = pd.offsets.MonthBegin(1)


def ledger(file):
    """The lines of the UCI file; `until`: when a purchase was cancelled in full."""
    raw = pd.read_parquet(file)
    lines = pd.DataFrame({
        "invoice": raw["InvoiceNo"].astype(str).str.strip(),
        "code": raw["StockCode"].astype(str).str.strip(),
        "quantity": raw["Quantity"].astype("int64"),
        "price": (raw["UnitPrice"] * 1000).round().astype("int64"),
        "at": pd.to_datetime(raw["InvoiceDate"]),
        "customer": raw["CustomerID"].astype("Int64"),
    })  # fmt: skip
    lines["amount"] = lines["quantity"] * lines["price"]
    lines["until"] = _cancelled(lines, raw["Country"], raw["Description"].fillna("").str.strip())
    return lines


def _cancelled(lines, country, description):
    """Each cancellation takes back the oldest purchase of the same customer, product, size and price that stands."""
    events = lines.assign(
        size=lines["quantity"].abs(), worth=lines["price"].abs(), country=country, description=description,
        back=lines["amount"] < 0, line=lines.index,
    )  # fmt: skip
    events = events[events["customer"].notna() & (events["amount"] != 0)]
    events = events.merge(events.loc[events["back"], KEY].drop_duplicates())
    order = [*KEY, "at", "back", "invoice", "country", "description", "quantity"]
    until = pd.Series(NEVER, index=lines.index)
    for _, group in events.sort_values(order).groupby(KEY):
        open_ = deque()
        for line, back, at in zip(group["line"], group["back"], group["at"], strict=True):
            if not back:
                open_.append(line)
            elif open_:
                until[open_.popleft()] = at
    return until


def inside(lines, start, end):
    """Lines of [start, end)."""
    return lines[(lines["at"] >= start) & (lines["at"] < end)]


def bought(lines, start, end, by=None):
    """Purchases of identified customers in [start, end) that stand at `by`, the end unless told."""
    found = inside(lines, start, end)
    return found[(found["amount"] > 0) & found["customer"].notna() & (found["until"] >= (end if by is None else by))]


def buyers(lines, start, end, by=None):
    return set(bought(lines, start, end, by)["customer"])


def revenue(lines, start, end):
    """Net revenue of each customer."""
    return inside(lines, start, end).groupby("customer")["amount"].sum()


def customers(lines, start, end):
    """R, F, M and T of who has a purchase left in the window [start, end), those without a net included."""
    purchases, on_file = bought(lines, start, end), bought(lines, pd.Timestamp.min, end)
    return pd.DataFrame({
        "R": (end - purchases.groupby("customer")["at"].max()).dt.days,
        "F": purchases.groupby("customer")["invoice"].nunique(),
        "M": revenue(lines, start, end).reindex(purchases["customer"].unique()),
        "T": (end - on_file.groupby("customer")["at"].min()).dt.days.reindex(purchases["customer"].unique()),
    })  # fmt: skip


def cut_points(table):
    """Spend of the top 1, 20 and 40 %, rounded up to two digits of pounds."""
    found = {}
    for name, quantile in (("top", 0.99), ("high", 0.8), ("mid", 0.6)):
        spend = np.quantile(table["M"], quantile) / 1000
        unit = 10 ** (math.floor(math.log10(spend)) - 1)
        found[name] = math.ceil(spend / unit) * unit
    return found


def segments(table, cuts):
    """The segment of each customer: the first rule that fits."""
    r, f, m, t = (table[name] for name in "RFMT")
    pounds = m / 1000
    rules = {
        "big-spenders": (r <= 180) & (pounds >= cuts["top"]),
        "new": (t <= 90) & (f <= 2),
        "best": (r <= 60) & (f >= 5) & (pounds >= cuts["high"]),
        "loyal": (r <= 90) & (f >= 3),
        "at-risk": (r > 60) & (r <= 180) & ((f >= 3) | (pounds >= cuts["mid"])),
        "lost": r > 180,
    }
    return pd.Series(np.select(list(rules.values()), list(rules), "low-engagement"), index=table.index)


def bridge(now, before, came, went, first):
    """Customers and change of revenue by kind; `came`, `went`: who bought now, before; `first`: for the first time."""
    kinds = defaultdict(lambda: [0, 0])
    for customer in {*now.index, *before.index}:
        change = int(now.get(customer, 0) - before.get(customer, 0))
        kind = _kind(customer in came, customer in went, customer in first, change)
        kinds[kind][0] += 1
        kinds[kind][1] += change
    return kinds


def _kind(came, went, first, change):
    if came and went:
        return "expansion" if change > 0 else "contraction" if change < 0 else "same"
    if came:
        return "new" if first else "reactivated"
    return "lapsed" if went else "returns-only"


def effects(now, before):
    """The logarithmic mean Divisia index (Ang 2005) of customers, orders, items and value, in pounds."""
    pounds, then = now["amount"].sum() / 1000, before["amount"].sum() / 1000
    mean = (pounds - then) / math.log(pounds / then)
    return [mean * math.log(a / b) for a, b in zip(_factors(now), _factors(before), strict=True)]


def _factors(purchases):
    people, orders = purchases["customer"].nunique(), purchases["invoice"].nunique()
    items = int(purchases["quantity"].sum())
    return people, orders / people, items / orders, purchases["amount"].sum() / items


def overdue(purchases, last_day):
    """(customer, days since, median gap, longest gap) of regular customers who are late; how many are regular."""
    days = purchases.assign(day=purchases["at"].dt.normalize()).groupby("customer")["day"].unique()
    regular, late = 0, []
    for customer, found in days.items():
        if len(found) < 5:
            continue
        regular += 1
        ordered = np.sort(found)
        gaps = np.diff(ordered) / np.timedelta64(1, "D")
        since = (last_day - ordered[-1]).days
        if since > 1.5 * np.median(gaps) and since > gaps.max():
            late.append((customer, since, float(np.median(gaps)), int(gaps.max())))
    return regular, late


def pairs(purchases, prices, fees):
    """(cross-sell, up-sell) of a segment: the strongest (code, offered) among its 100 most bought products.

    prices: the lower median of all lines of a product; what is dearer costs half as much again
    """
    goods = purchases[~purchases["code"].str.upper().isin(fees)]
    reach = (
        goods.groupby("code")["customer"].nunique().reset_index().sort_values(["customer", "code"], ascending=[0, 1])
    )
    popular = reach["code"].head(100)
    orders = purchases["invoice"].nunique()
    some = goods[goods["code"].isin(popular)].drop_duplicates(["invoice", "code"])
    held = pd.crosstab(some["invoice"], some["code"])
    both = held.T.dot(held)
    table = both.rename_axis(index="code", columns="offered").reset_index()
    found = table.melt("code", var_name="offered", value_name="both").query("code != offered")
    alone = pd.Series(np.diag(both), index=both.index)
    found["lift"] = (found["both"] * orders / (found["code"].map(alone) * found["offered"].map(alone))).round(4)
    found["confidence"] = found["both"] / found["code"].map(alone)
    telling = found[
        (found["both"] >= max(20, math.ceil(orders / 100))) & (found["lift"] >= 1.5) & (found["confidence"] >= 0.1)
    ].sort_values(["lift", "both", "confidence", "code", "offered"], ascending=[False, False, False, True, True])
    ordered = list(zip(telling["code"], telling["offered"], strict=True))
    cross = _once(ordered, 3)
    shown = [set(pair) for pair in cross]
    dearer = [pair for pair in ordered if prices[pair[1]] >= 1.5 * prices[pair[0]] and set(pair) not in shown]
    return cross, _once(dearer, 2)


def _once(ordered, most):
    taken = []
    for pair in ordered:
        if len(taken) < most and not set(pair) & {code for each in taken for code in each}:
            taken.append(pair)
    return taken
