"""The tables of a configuration, frozen."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias
from urllib.parse import parse_qsl, urlsplit

import msgspec
from msgspec import Meta

from reportgen.config._folders import beside, nested, refuse_file
from reportgen.errors import UsageError
from reportgen.mistakes import like

Text: TypeAlias = Annotated[str, Meta(min_length=1)]
Count: TypeAlias = Annotated[int, Meta(ge=0)]
Format: TypeAlias = Literal["pdf", "html", "json", "csv"]

NON_MERCHANDISE = (
    "POST", "DOT", "C2", "M", "D", "S", "B", "CRUK", "AMAZONFEE", "BANK CHARGES", "PADS", "GIFT_*",
)  # fmt: skip
"""Postage, fees, manual lines and vouchers of the UCI data; compared in upper case, `*` at the end matches the rest."""

IN_A_FILE: Final = "duckdb://"
"""What stands before the path of an engine that is a file."""
A_SESSION: Final = "spark://"
"""Before a cluster of Spark; alone, the url of a session that a factory gives."""


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every table of the file: unknown keys are refused."""


class Columns(Table):
    """Names of the input's columns, where they are not recognised by themselves; a `till` never is."""

    customer: str | None = None
    date: str | None = None
    quantity: str | None = None
    price: str | None = None
    amount: str | None = None
    invoice: str | None = None
    code: str | None = None
    description: str | None = None
    country: str | None = None
    till: str | None = None


class Input(Table):
    """What to read, and what to know about its text. None = detect.

    `path`: a file, folder or glob, or several. `url`: an engine that holds the transactions, instead, with `table`
    (perhaps "schema.table") or `query`; its password comes from the environment, from `password_env` if that is named.
    `factory`: the function that gives the session of Spark, as "package.module:function", with url = "spark://".
    `memory`: what DuckDB may take, such as "4 GiB"; beyond, it works on disk.
    `sheet`: of a workbook, one or several; without it all that have the columns of transactions.
    `decimals`: of prices; more than that is a bad row, never rounded.
    `round_prices`: to so many decimals, those that have more, as prices have that were computed.
    `leave_out`: by column, values whose rows are no sales; "*" is any value, () settles that none is left out.
    `returns`: by column, values whose rows take back what others sold, whatever the signs of their figures.
    `leave_out_orders`: rows that say nothing there go with those of their invoice: some mark its first row only.
    `no_customer`: ids that stand for nobody, beside those that `texts` knows; () settles that there are none.
    `customers`: whether a row without one is nobody's ("rows"), or belongs to that of its invoice ("orders").
    `customer_ids`: each is one customer, though names beside them differ.
    `invoices`: whether their numbers are "unique", or begin anew each day ("daily").
    `amounts`: whether each row has its own ("rows"), its order's total, which counts once ("orders"), or is worth
    quantity times price, whatever another column says ("price").
    `both_negative`: what rows are whose quantity and price are negative.
    `negative_quantity`: what rows are whose quantity is negative and whose amount isn't, where amounts are read.
    `overlap`: whether a line in the time that files share counts "once", or as often as it is there ("all").
    `max_bad_rows`, `max_bad_share`: more unparseable rows than either are an error; up to that they are rejects.
    """

    path: tuple[Text, ...] | Text = ()
    url: Annotated[str, like(r"^[a-z][a-z0-9+]*://", 'Such as "postgres://host/database".')] | None = None
    table: Text | None = None
    query: Text | None = None
    password_env: Text | None = None
    factory: Annotated[str, like(r"^[\w.]+:\w+$", 'Such as "package.module:function".')] | None = None
    sheet: tuple[Text, ...] | Text | None = None
    delimiter: Annotated[str, Meta(min_length=1, max_length=1)] | None = None
    decimal: Literal[".", ","] | None = None
    encoding: str | None = None
    date_format: str | None = None
    decimals: Annotated[int, Meta(ge=0, le=6)] | None = None
    round_prices: Annotated[int, Meta(ge=0, le=6)] | None = None
    memory: Annotated[str, like(r"^[1-9][0-9]{0,6} ?[KMGT]i?B$", 'Such as "4 GiB".')] | None = None
    leave_out: dict[Text, tuple[Text, ...]] = {}
    leave_out_orders: bool = False
    returns: dict[Text, tuple[Text, ...]] = {}
    no_customer: tuple[Text, ...] | None = None
    customers: Literal["rows", "orders"] | None = None
    customer_ids: Literal["unique"] | None = None
    invoices: Literal["unique", "daily"] | None = None
    amounts: Literal["rows", "orders", "price"] | None = None
    both_negative: Literal["sales", "returns"] | None = None
    negative_quantity: Literal["sales", "returns"] | None = None
    overlap: Literal["once", "all"] = "once"
    max_bad_rows: Count = 100
    max_bad_share: Annotated[float, Meta(ge=0, le=1)] = 0.001

    def paths(self) -> tuple[str, ...]:
        """`path` as a tuple."""
        return (self.path,) if isinstance(self.path, str) else self.path

    @property
    def named(self) -> bool:
        """Whether anything is to be read."""
        return bool(self.path or self.url)

    def given(self, names: tuple[str, ...]) -> "Input":
        """What `names` say instead: files, or one engine as `url` or `url#table`. Raises `UsageError`."""
        replace, engines = msgspec.structs.replace, [name for name in names if "://" in name]
        if not engines:
            return replace(self, path=names, url=None, table=None, query=None, password_env=None, factory=None)
        if len(names) > 1:
            raise UsageError(f"{engines[0]}: an engine is read alone", "Name one input.")
        url, _, table = names[0].partition("#")
        made = replace(self, path=(), url=url, table=table, query=None) if table else replace(self, path=(), url=url)
        made.check()
        return made

    def bad_row_limit(self, rows: int) -> int:
        """How many bad rows of so many are acceptable."""
        return int(min(self.max_bad_rows, self.max_bad_share * rows))

    def check(self) -> None:
        """Refuses contradictions, and a password that everybody could read. Raises `UsageError`."""
        if self.decimals is not None and self.round_prices is not None:
            raise UsageError(
                "[input] decimals refuses prices with more of them, round_prices rounds them",
                "Leave one of the two out.",
            )
        if self.url is None:
            if self.table or self.query or self.password_env or self.factory:
                raise UsageError(
                    "[input] table, query, password_env and factory belong to an engine", "Name its [input] url."
                )
            return
        if self.factory and self.url != A_SESSION:
            raise UsageError(
                f"[input] names a factory and {self.url}", f'A factory gives a session of Spark: url = "{A_SESSION}".'
            )
        if self.path:
            raise UsageError("[input] names a path and a url", "Leave out the one that isn't to be read.")
        if bool(self.table) == bool(self.query):
            raise UsageError(
                f"[input] url: {'both a table and a query are' if self.table else 'neither table nor query is'} named",
                'Name one: table = "schema.table" or query = "SELECT …"; behind --input, URL#schema.table.',
            )
        self._check_for_files()
        if _holds_password(self.url):
            raise UsageError(
                "[input] url: it holds a password, which everybody who may read this file would know",
                'Leave it out, and name a variable of the environment: password_env = "SHOP_PASSWORD".',
            )

    def _check_for_files(self) -> None:
        """Refuses what a query says better than a key. Raises `UsageError`."""
        asked = {
            "leave_out": (bool(self.leave_out), 'Leave the rows out: [input] query = "SELECT … WHERE …".'),
            "returns": (
                bool(self.returns),
                'Negate their quantity: [input] query = "SELECT CASE WHEN … END AS quantity, …".',
            ),
            "round_prices": (self.round_prices is not None, 'Round them: [input] query = "SELECT round(price, 4), …".'),
            'amounts = "orders"': (
                self.amounts == "orders",
                'Select one row of each order: [input] query = "SELECT DISTINCT …", without its products.',
            ),
        }
        for key, (given, remedy) in asked.items():
            if given:
                raise UsageError(f"[input] {key} is for files", remedy)


def _holds_password(url: str) -> bool:
    parts = urlsplit(url.replace("[", "").replace("]", ""))  # spark://local[2] is no address
    account = parts.netloc.rpartition("@")[0]
    return ":" in account or any("pass" in key.lower() or "token" in key.lower() for key, _ in parse_qsl(parts.query))


class Shop(Table):
    """Facts about the shop. `currency`: ISO 4217 code; `timezone`: IANA name, for instants that carry an offset."""

    currency: str | None = None
    locale: str = "en_GB"
    timezone: str | None = None
    non_merchandise: tuple[str, ...] = NON_MERCHANDISE


class Report(Table):
    """Which brief to make, and where. `customers_in_html`: whether readers of the page can look up customers."""

    recipe: str = "strategic"
    period: str = "last"
    output: Text = "output"
    formats: Annotated[tuple[Format, ...], Meta(min_length=1)] = ("pdf", "html", "json", "csv")
    paper: Literal["A4", "Letter"] = "A4"
    max_gap_days: Count = 3
    customers_in_html: bool = False


class Cuts(Table):
    """Cut points that `reportgen calibrate` fixed: they hold for every month, instead of the recipe's quantiles.

    `recipe`: whose they are; `period`: what they were computed on. `values`: by name, in days, orders or currency;
    `scores`: by axis, the upper end of each part but the last, ascending.
    """

    recipe: str
    period: str = ""
    values: dict[str, Decimal] = {}
    scores: dict[str, tuple[Decimal, ...]] = {}


class Task(Table):
    """Who carries out the action of a segment, by when, and in which words.

    `due`: "14 days" after the period's end, or "day 10" of the month after it. `title` and `text` replace the recipe's;
    they may name facts of the segment in braces: {customers}, see `brief.playbook.PLACEHOLDERS`.
    """

    owner: str = ""
    due: Annotated[str, like(r"^(\d{1,3} days?|day ([1-9]|1\d|2[0-8]))$", 'Say "14 days", "day 10".')] | None = None
    title: str = ""
    text: str = ""


class Brand(Table):
    """The house's looks. `logo`: an SVG or PNG file; `colors` overrides tokens of `assets/tokens.css` by name."""

    name: str = ""
    unit: str = ""
    title: str = "Customer Segments Brief"
    classification: str = ""
    logo: str | None = None
    colors: dict[str, str] = {}
    fonts: str | None = None
    """A folder of TTF files that replaces the shipped family."""
    font_family: str | None = None


class Ledger(Table):
    """Where the record of runs and deliveries lies: a folder, never inside the output. `wait`: seconds if it's busy."""

    path: str | None = None
    wait: Annotated[float, Meta(ge=0)] = 30

    def folder(self, output: str) -> Path:
        """The folder of the ledger: beside `output` unless told otherwise. Raises `UsageError`."""
        place = Path(self.path) if self.path else beside(output, "-ledger")
        if place.resolve().is_relative_to(Path(output).resolve()):
            raise UsageError(
                f"the ledger {place} lies inside the output {output}, which a web server may show",
                "Name another folder: [ledger] path, or [report] output.",
            )
        return place


class Archive(Table):
    """Where the hosted archive lies: a folder beside the output, rebuilt after each run. `base_url`: its address."""

    site: str | None = None
    base_url: str | None = None

    def folder(self, output: str) -> Path:
        """The folder to host: `OUTPUT-site` unless told otherwise. Raises `UsageError`."""
        place = Path(self.site) if self.site else beside(output, "-site")
        if nested(place, Path(output)):
            raise UsageError(
                f"the site {place} and the output {output} must lie apart: not everything in the output is for every "
                "reader",
                "Name another folder: [archive] site, or [report] output.",
            )
        return place


class Serve(Table):
    """Who may use `reportgen serve`, and what analysts may ask for.

    Either `proxies` (addresses or networks of a reverse proxy that knows who it is, and says so in `user_header` and
    `groups_header`) or `htpasswd` (a file with bcrypt or argon2 hashes). `readers` and `analysts` are groups, under
    htpasswd users; without `readers`, everybody who is logged in may read. `inputs`: by name, what a brief may be made
    from, beside [input] path. `audience`: columns of an audience's CSV by header;
    without it, customer and segment.
    """

    host: Text = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535)] = 8321
    proxies: tuple[Text, ...] = ()
    user_header: Text = "X-Forwarded-User"
    groups_header: Text = "X-Forwarded-Groups"
    htpasswd: str | None = None
    readers: tuple[Text, ...] = ()
    analysts: tuple[Text, ...] = ()
    inputs: dict[str, tuple[Text, ...] | Text] = {}
    audience: dict[str, Literal["customer", "segment", "recency", "frequency", "monetary"]] = {}


class Mail(Table, kw_only=True):
    """How the brief is sent, and to whom.

    `security`: "tls" from the first byte, "starttls", or "none" (to this machine alone). The password comes from the
    environment variable `password_env` or the file `password_file`. `management` gets the brief, `operators` get
    everything else. `allowed_domains`: of recipients, the sender's if empty. `attachment_limit`: MB of the PDF.
    `retry_waits`: seconds before each new attempt at those who were refused for now. `timeout`: seconds.
    """

    host: Text
    port: Annotated[int, Meta(ge=1, le=65535)] | None = None
    security: Literal["tls", "starttls", "none"] = "starttls"
    user: str | None = None
    password_env: str | None = None
    password_file: str | None = None
    ca_file: str | None = None
    timeout: Annotated[float, Meta(gt=0)] = 30
    sender: Text
    reply_to: str | None = None
    management: Annotated[tuple[Text, ...], Meta(min_length=1)]
    operators: Annotated[tuple[Text, ...], Meta(min_length=1)]
    allowed_domains: tuple[Text, ...] = ()
    attachment_limit: Annotated[float, Meta(ge=0)] = 10
    subject: Text = "{title}: {period}"
    base_url: str | None = None
    approve: bool = False
    retry_waits: tuple[Annotated[float, Meta(ge=0)], ...] = (60, 300, 900)


class Gate(Table):
    """What a brief must fulfil before it is sent.

    `max_age_days`: since its period ended, when it is sent for the first time. `min_volume`, `max_volume`: revenue and
    orders as a multiple of the median of the trailing months. `max_restatement`: by how much last month's figures may
    differ from the issue that told them, as a share. `min_customers`, `min_months`: what claims must rest on.
    """

    max_age_days: Count = 27
    min_volume: Annotated[float, Meta(ge=0)] = 0.4
    max_volume: Annotated[float, Meta(gt=0)] = 2.5
    max_restatement: Annotated[float, Meta(ge=0)] = 0.02
    min_customers: Count = 300
    min_months: Count = 3

    def __post_init__(self) -> None:
        if self.min_volume > self.max_volume:
            raise ValueError(f"min_volume {self.min_volume} is above max_volume {self.max_volume}")


class Config(Table):
    """A whole configuration file."""

    input: Input = Input()
    columns: Columns = Columns()
    shop: Shop = Shop()
    report: Report = Report()
    brand: Brand = Brand()
    cuts: Cuts | None = None
    playbook: dict[str, Task] = {}
    """By id of a segment of the configured recipe."""
    ledger: Ledger = Ledger()
    archive: Archive = Archive()
    serve: Serve = Serve()
    mail: Mail | None = None
    gate: Gate = Gate()

    def check_folders(self) -> None:
        """Refuses an output that is a file, and output, ledger and site that don't lie apart. Raises `UsageError`."""
        refuse_file(self.report.output)
        ledger, site = self.ledger.folder(self.report.output), self.archive.folder(self.report.output)
        if nested(ledger, site):  # the site is exchanged as a whole: what it holds beside its own files would go
            raise UsageError(
                f"[ledger] path: the ledger {ledger} and the site {site} must lie apart: the site is made anew by each "
                "run, and a web server may show it",
                "Name another folder: [ledger] path or [archive] site.",
            )
