"""The configuration file: what it accepts, what it says of mistakes, and that its page is complete."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from reportgen.config import Config, Cuts, Mail, Report, Task, load
from reportgen.errors import UsageError
from reportgen.issuing import desk, drafting
from reportgen.ledger.clock import Clock
from reportgen.sources import paths

NOW = datetime(2011, 12, 1, tzinfo=UTC)
DOC = Path(__file__).parents[1] / "docs/configuration.md"


def written(folder, text):
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_key_stands_on_its_page():
    page = DOC.read_text(encoding="utf-8")
    for table in msgspec.structs.fields(Config):
        assert f"`[{table.name}]`" in page
        kind = {"cuts": Cuts, "mail": Mail, "playbook": Task}.get(table.name, table.type)
        for key in msgspec.structs.fields(kind):
            assert f"`{key.name}`" in page, f"[{table.name}] {key.name}"


def test_paths_resolve_against_the_files_folder(tmp_path):
    text = '[input]\npath = "data/*.csv"\n[report]\noutput = "made"\n[brand]\nlogo = "logo.svg"\n'
    config = load(written(tmp_path, text))
    assert config.input.paths() == (str(tmp_path / "data/*.csv"),)
    assert (config.report.output, config.brand.logo) == (str(tmp_path / "made"), str(tmp_path / "logo.svg"))


@pytest.mark.parametrize(
    ("output", "ledger"),
    [
        ("output", "output-ledger"), ("output/", "output-ledger"), ("a/./b/.", "a/b-ledger"),
        (".", "../house-ledger"), ("a/..", "../house-ledger"), ("linked", "linked-ledger"),
    ],
)  # fmt: skip
def test_ledger_site_and_drafts_lie_beside_the_output_however_it_is_written(tmp_path, monkeypatch, output, ledger):
    house = tmp_path / "house"
    (house / "a").mkdir(parents=True)
    (house / "linked").symlink_to(tmp_path / "disk")
    monkeypatch.chdir(house)
    config = Config(report=Report(output=output))
    config.check_folders()
    found = [config.ledger.folder(output), config.archive.folder(output), drafting.place(config)]
    wanted = house.joinpath(ledger).resolve()
    assert [each.resolve() for each in found] == [
        wanted.with_name(wanted.name.replace("ledger", kind)) for kind in ("ledger", "site", "drafts")
    ]


def test_the_root_is_no_output():
    with pytest.raises(UsageError, match="nothing beside it"):
        Config(report=Report(output="/")).check_folders()


@pytest.mark.parametrize("output", ["file", "file/x", "file/x/y"])
def test_an_output_that_is_a_file_is_refused_before_a_folder_is_made(tmp_path, output):
    (tmp_path / "file").touch()
    config = Config(report=Report(output=str(tmp_path / output)))
    with (
        pytest.raises(UsageError, match=r"can't be a folder: .*/file is a file\nName another"),
        desk.taken(config, Clock(NOW)),
    ):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_folder_is_no_glob_whatever_it_is_called(tmp_path):
    folder = tmp_path / "Müller's [old]"
    folder.mkdir()
    for name in ("a.csv", "b [1].csv"):
        (folder / name).write_text("x")
    spec = load(written(folder, '[input]\npath = ["a*.csv", "b [1].csv"]\n')).input
    assert [file.name for file in paths.resolve(spec.paths(), [".csv"], print)] == ["a.csv", "b [1].csv"]


@pytest.mark.parametrize("text", [
    '[input]\npath = "~nosuchuser/x.csv"', '[input]\nurl = "duckdb://~nosuchuser/x.duckdb"\ntable = "t"',
    '[brand]\nlogo = "~nosuchuser/logo.svg"',
])  # fmt: skip
def test_a_home_folder_that_is_not_there_is_named(tmp_path, text):
    with pytest.raises(UsageError, match="there is no home folder ~nosuchuser here") as caught:
        load(written(tmp_path, text))
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[report]\nperod = "last"', "perod"),
        ('[report]\noutput = ""', "of length >= 1 - at `$.report.output`"),
        ("[gate]\nmin_volume = 3", "min_volume 3.0 is above max_volume 2.5 - at `$.gate`"),
        ('[report]\nperod = "last"', "Its keys are recipe, period"),
        ('[report]\npaper = "A5"', "Valid are A4, Letter"),
        ('[input]\ndelimiter = "ab"', "It is one letter or sign."),
        ('[input]\ndecimal = ";"', 'Valid are ",", ".".'),
        ("[report]\nformats = []", "Valid are csv, html, json, pdf"),
        ("[report]\nmax_gap_days = 'three'", "max_gap_days"),
        ('[report]\npaper = "A5"', "paper"),
        ("[report", "config.toml"),
        ("[reprot]", "reprot"),
        ("[input]\nmax_bad_rows = -1", "max_bad_rows"),
        ("[input]\nmax_bad_share = 5", "max_bad_share"),
        ("[input]\ndecimals = 7", "decimals"),
        ('[input]\ndelimiter = ";;"', "delimiter"),
        ('[input]\npath = ""', "path"),
        ('[shop]\ncurrency = "XYZ"', "'XYZ' is no ISO 4217 code"),
        ('[shop]\ntimezone = "Europe"', "shop.timezone 'Europe' is unknown"),
        ('[shop]\ncurrency = "£"', "shop.currency"),
        ('[shop]\nlocale = "klingon"', "shop.locale"),
        ('[shop]\nlocale = ""', "shop.locale"),
        ('[playbook.best]\ntext = "Call {orders} of them"', "playbook.best.text names {orders}"),
        ('[playbook.best]\ntitle = "Call {customers!r}"', "playbook.best.title names {customers!r}"),
        ('[playbook.best]\ntext = "Call {}"', "playbook.best.text names {}"),
        ('[playbook.best]\ntext = "Call {customers"', "playbook.best.text"),
        ('[playbook.best]\ndue = "soon"', "due"),
        ('[playbook.best]\ndue = "soon"', 'Say "14 days", "day 10".'),
        ('[input]\nmemory = "lots"', 'Such as "4 GiB".'),
        ('[input]\nmemory = "99999999999999999999 TB"', 'Such as "4 GiB".'),
        ('[input]\nurl = "shop.db"', 'Such as "postgres://host/database".'),
        ('[serve]\nhost = ""', "It can't be empty"),
        ('[playbook.best]\nowners = "CRM"', "owners"),
    ],
)
def test_a_mistake_names_file_and_key(tmp_path, text, words):
    with pytest.raises(UsageError) as caught:
        load(written(tmp_path, text))
    assert words in str(caught.value)
    assert "config.toml" in str(caught.value)


def test_the_projects_own_configuration_loads():
    assert load(DOC.parents[1] / "config.toml").brand.name


@pytest.mark.parametrize(
    ("content", "words", "remedy"),
    [
        ('[brand]\nname = "Größe"'.encode("latin-1"), "line 2: byte 0xf6 is not UTF-8", "Save the file as UTF-8."),
        (b'[input]\npath = "C:\\data"', "this is no TOML (Unescaped", "a path of Windows in single ones"),
        (b'[report]\nformats = "json"', "Expected `array`, got `str`", 'It is a list: write ["json"].'),
    ],
)
def test_what_an_editor_made_of_it_is_said(tmp_path, content, words, remedy):
    file = tmp_path / "config.toml"
    file.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        load(file)
    assert words in caught.value.message
    assert remedy in caught.value.remedy


def test_a_file_that_is_not_text_is_a_mistake(tmp_path):
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match=r"config\.toml"):
        load(file)
