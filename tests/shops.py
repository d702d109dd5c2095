"""A shop with a configuration that sends, for tests of delivery."""

from tests.processes import reportgen, write_shop

NOW = ("--now", "2025-01-01T06:00")
CONFIG = """
[input]
path = "shop.csv"
[shop]
currency = "GBP"
timezone = "Europe/London"
[brand]
name = "Test & Sons"
[gate]
min_customers = 50
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "Brief <brief@example.com>"
management = ["ann@example.com", "Bob <bob@example.com>"]
operators = ["ops@example.com"]
base_url = "https://intranet.example.com/briefs"
retry_waits = [0]
timeout = 3
{more}
"""


def settle(folder, port, more=""):
    """Writes a shop and its configuration into `folder`."""
    if not (folder / "shop.csv").exists():
        write_shop(folder / "shop.csv")
    (folder / "config.toml").write_text(CONFIG.format(port=port, more=more))
    return folder


def call(folder, *arguments, now=NOW, **environment):
    """`reportgen ARGUMENTS` in `folder` on New Year's morning, unless told otherwise."""
    return reportgen(*arguments, *now, cwd=folder, **environment)
