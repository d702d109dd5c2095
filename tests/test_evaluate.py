"""`reportgen evaluate` as a user meets it."""

import json

import pytest

from reportgen.evaluation import decode
from tests.choosing import rest_slow
from tests.processes import reportgen, write_shop

OPTIONS = ("--period", "2024-12", "--now", "2025-01-15")


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    folder = tmp_path_factory.mktemp("evaluate")
    write_shop(folder / "shop.csv")
    process = reportgen(
        "evaluate", "--recipe", "strategic", "--recipe", "grid-rf", "--input", "shop.csv", *OPTIONS, cwd=folder
    )
    assert process.returncode == 0, process.stderr
    return folder, process


def test_the_table_in_a_log(done):
    _, process = done
    assert process.stderr.splitlines() == [
        "Reading the input", "Judging strategic", "Judging grid-rf", "Laying out the page", "Writing the files",
    ]  # fmt: skip
    assert "strategic is the steadiest" in process.stdout or "grid-rf is the steadiest" in process.stdout
    assert "\x1b" not in process.stdout
    last = "Created output/evaluation/evaluation.pdf, output/evaluation/index.html, output/evaluation/evaluation.json"
    assert process.stdout.splitlines()[-1] == last


def test_what_is_published(done):
    folder, _ = done
    target = folder / "output" / "evaluation"
    found = decode((target / "evaluation.json").read_bytes())
    assert [judgement.recipe for judgement in found.judgements] == ["strategic", "grid-rf"]
    manifest = json.loads((target / "manifest.json").read_text())
    assert manifest["recipe"] == "strategic, grid-rf"
    assert {"evaluation.pdf", "index.html", "evaluation.json"} <= set(manifest["files"])


MISTAKES = [
    (("--recipe", "nosuch"), 2, "there is no recipe `nosuch`"),
    (("--recipe", "strategic", "--recipe", "strategic"), 2, "two recipes have the id `strategic`"),
    (("--recipe", "strategic", "--period", "2030-01"), 3, "2030-01 lies in the future"),
    (("--recipe", "strategic", "--format", "docx"), 2, "docx"),
]


@pytest.mark.parametrize(("arguments", "code", "message"), rest_slow(MISTAKES, *MISTAKES[2:]))
def test_bad_input(done, arguments, code, message):
    folder, _ = done
    before = (folder / "output" / "evaluation" / "manifest.json").read_bytes()
    process = reportgen("evaluate", "--input", "shop.csv", "--now", "2025-01-15", *arguments, cwd=folder)
    assert process.returncode == code
    assert message in process.stderr
    assert "Traceback" not in process.stderr
    assert (folder / "output" / "evaluation" / "manifest.json").read_bytes() == before


def test_a_later_brief_carries_it_with_its_date(done):
    folder, _ = done
    process = reportgen("run", "--input", "shop.csv", *OPTIONS, "--format", "json", cwd=folder)
    assert process.returncode == 0, process.stderr
    carried = json.loads((folder / "output/2024-12/brief.json").read_text())["method"]["evaluation"]
    full = decode((folder / "output/evaluation/evaluation.json").read_bytes()).judgements[0]
    assert carried["through"] == "2024-12-31"
    assert [part["stability"] for part in carried["segments"]] == [segment.stability for segment in full.segments]


def test_a_brief_is_made_without_an_evaluation_that_can_not_be_read(tmp_path):
    write_shop(tmp_path / "shop.csv")
    (tmp_path / "output" / "evaluation").mkdir(parents=True)
    (tmp_path / "output" / "evaluation" / "evaluation.json").write_text("{")
    process = reportgen("run", "--input", "shop.csv", *OPTIONS, "--format", "json", cwd=tmp_path)
    assert process.returncode == 0, process.stderr
    assert "Left out: output/evaluation/evaluation.json: the last evaluation can't be read" in process.stderr
    assert json.loads((tmp_path / "output/2024-12/brief.json").read_text())["method"]["evaluation"] is None


@pytest.mark.slow
def test_fixed_cut_points_are_judged_as_a_brief_uses_them(tmp_path):
    write_shop(tmp_path / "shop.csv")
    (tmp_path / "config.toml").write_text('[input]\npath = "shop.csv"\n')
    for verb in (("calibrate",), ("evaluate", "--format", "json"), ("run", "--format", "json")):
        process = reportgen(*verb, *OPTIONS, cwd=tmp_path)
        assert process.returncode == 0, process.stderr
    carried = json.loads((tmp_path / "output/2024-12/brief.json").read_text())["method"]["evaluation"]
    assert carried["through"] == "2024-12-31"


@pytest.mark.slow
def test_an_error_while_judging_names_the_file(done):
    folder, _ = done
    head = 'id = "own"\ntitle = "Own"\nsummary = "s"\nsource = "s"\nclean = [{ step = "guests" }]\n'
    (folder / "many.toml").write_text(f"{head}[clusters]\nk = 5000\n")
    process = reportgen("evaluate", "--recipe", "many.toml", "--input", "shop.csv", *OPTIONS, cwd=folder)
    assert process.returncode == 2
    assert "many.toml: recipe own, clusters.k: 5000 clusters of" in process.stderr
