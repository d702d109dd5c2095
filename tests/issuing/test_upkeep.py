"""Upkeep of the archive: what is erased and removed, and that it is on record; what runs by itself."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace
from getpass import getuser
from pathlib import Path

import pytest

from reportgen import archive
from reportgen.archive import reading
from reportgen.deliver.spool import digest
from reportgen.errors import GateError, HostingError, MachineError, UsageError
from reportgen.issuing import erasing, scheduling, verifying
from reportgen.issuing.scheduling import Plan
from tests.processes import ROOT
from tests.shops import call

pytestmark = pytest.mark.slow


def test_a_customers_rows_are_erased_everywhere_and_that_is_on_record(office):
    output = office.folder / "output"
    shutil.copytree(output / "2024-12", output / "2024-11")
    draft = office.folder / "output-drafts/7/2024-12"
    shutil.copytree(output / "2024-12", draft)
    before = (output / "2024-12/customers.csv").read_text()
    assert "\nC001," in before
    with office.desk() as table:
        said = erasing.forget(table, "C001", "ticket 7")
        acts = table.ledger.acts()
    assert "3 rows in 2024-11, 2024-12, draft 7 of 2024-12" in said
    for edition in (*archive.editions(output), *archive.editions(draft.parent)):
        after = (edition.folder / "customers.csv").read_text()
        assert "C001" not in after
        assert len(after.splitlines()) == len(before.splitlines()) - 1
        assert reading.about(edition).erased == ("customers.csv",)
    where = "3 rows in 2024-11, 2024-12, draft 7 of 2024-12"
    assert [(act.act, act.detail) for act in acts] == [("forget", f"{where}; reference: ticket 7")]
    assert "C001" not in "".join(f"{act}" for act in acts)


def test_a_brief_that_names_the_customer_is_told_however_the_address_is_typed(office):
    brief = office.folder / "output/2024-12/brief.json"
    brief.write_text(brief.read_text().replace('"C001"', '"Ann@Shop.de"'))
    assert "Ann@Shop.de" in brief.read_text()
    with office.desk() as table:
        assert "The brief itself names the customer in 2024-12" in erasing.forget(table, "ann@shop.DE", "")
        assert "names the customer" not in erasing.forget(table, "c001", "")


def test_a_figure_of_the_brief_is_no_customer(office):
    """Counts and amounts are texts in it, too."""
    brief = office.folder / "output/2024-12/brief.json"
    amount = json.loads(brief.read_text())["period_totals"]["revenue"]
    with office.desk() as table:
        assert "names the customer" not in erasing.forget(table, amount, "")


def test_a_damaged_edition_stops_no_erasing(office):
    output, drafts = office.folder / "output", office.folder / "output-drafts"
    for place in (output / "2024-11", drafts / "2024-12"):
        shutil.copytree(output / "2024-12", place)
    shutil.copytree(output / "2024-12", output / "2024-10")
    (output / "2024-10/customers.csv").write_bytes(b"customer,segment\r\nM\xfcller,Best\r\n")
    (output / "2024-11/brief.json").write_text("{")
    with office.desk() as table:
        with pytest.raises(
            MachineError,
            match=r"(?s)Erased 3 rows in 2024-11, 2024-12, draft 2024-12.*2024-10: .*customers\.csv.*2024-11: .*brief",
        ):
            erasing.forget(table, "C001", "")
        (act,) = table.ledger.acts()
    assert act.detail.startswith("3 rows in 2024-11, 2024-12, draft 2024-12; not all of 2024-10, 2024-11 could be read")
    assert "C001" not in (drafts / "2024-12/customers.csv").read_text()


def test_erasing_nobody_touches_nothing(office):
    before = (office.folder / "output/2024-12/manifest.json").stat()
    with office.desk() as table:
        assert "0 rows in no edition" in erasing.forget(table, "=C001", "")
    assert (office.folder / "output/2024-12/manifest.json").stat().st_ino == before.st_ino


def test_the_archive_stays_bounded(office):
    output = office.folder / "output"
    for name in ("2024-11", "2024-11~r2", "2024-10", "2024-12~kmeans-4", "all"):
        shutil.copytree(output / "2024-12", output / name)
    (output / ".removing-2023-01").mkdir()
    with office.desk() as table:
        assert erasing.prune(table, 2) == "Removed 2024-10."
        assert erasing.prune(table, 1) == "Removed 2024-11, 2024-11~r2."
        assert erasing.prune(table, 1) == "Nothing to remove: the archive holds 1 month."
        with pytest.raises(UsageError):
            erasing.prune(table, 0)
        assert [act.detail for act in table.ledger.acts()] == ["2024-10", "2024-11, 2024-11~r2"]
    assert sorted(path.name for path in output.iterdir()) == ["2024-12", "2024-12~kmeans-4", "all"]


def test_what_was_done_is_told_where_the_hosted_archive_fails(office):
    output = office.folder / "output"
    shutil.copytree(output / "2024-12", output / "2024-11")
    shutil.rmtree(office.folder / "output-site")
    (office.folder / "output-site/of-somebody-else").mkdir(parents=True)
    with office.desk() as table:
        with pytest.raises(HostingError, match=r"(?s)Erased 2 rows in .* its hosted copy is not"):
            erasing.forget(table, "C001", "")
        with pytest.raises(HostingError, match=r"Removed 2024-11\. .* its hosted copy is not"):
            erasing.prune(table, 1)
        assert [act.act for act in table.ledger.acts()] == ["forget", "prune"]


def test_damage_is_found(office):
    edition = archive.needed(office.folder / "output", "2024-12")
    (edition.folder / "customers.csv").write_text("customer\n")
    about, files = reading.about(edition), reading.files(edition)
    report = verifying._compared("On disk", about.files, {name: digest(files[name]) for name in files})
    assert report.different == ("customers.csv",)
    with pytest.raises(GateError, match=r"DIFFERENT are customers\.csv\nRestore the edition"):
        verifying.conclude((report,))
    with pytest.raises(GateError, match=r"DIFFERENT are customers\.csv\nThe files are as they were made"):
        verifying.conclude((verifying.Compared("On disk"), report))


def test_an_edition_is_verified_by_its_own_name(office):
    output = office.folder / "output"
    shutil.copytree(output / "2024-12", output / "2024-12~r2")
    assert [verifying.find(output, name).revision for name in ("2024-12", "2024-12~r2")] == [1, 2]
    with pytest.raises(UsageError, match=r"no edition 2024-12~r3\n.*2024-12, 2024-12~r2"):
        verifying.find(output, "2024-12~r3")


def test_other_versions_are_not_comparable(office):
    edition = archive.needed(office.folder / "output", "2024-12")
    about = reading.about(edition)
    here = {**about.versions, "plotly": "99"}
    here.pop("browser")
    assert "plotly" in verifying._other_versions(about, office.config, here)
    office.configure(name=('"Test & Sons"', '"Others"'))
    assert verifying._other_versions(about, office.config, {}) == "the configuration has changed since"


@pytest.fixture
def plan(tmp_path):
    folder = tmp_path / "100% 'odd' $HOME"
    folder.mkdir()
    return Plan(6, 17, folder / "config.toml", folder / "logs/runs.log", ("ops@example.com",))


def test_a_crontab_line_works_without_an_environment(plan):
    """As cron runs it: `%` unescaped, /bin/sh, no environment; it fails here, and says why."""
    *_, line, after, _ = crontab = scheduling.crontab(plan).splitlines()
    assert crontab[1] == "MAILTO=ops@example.com"
    assert after == f"MAILTO={getuser()}"  # what others are to get is none of the lines below
    assert " --period last " in line
    assert line.startswith("17 6 1-5 * * mkdir -p '/")
    command = line.split(" ", 5)[5].replace("\\%", "%")
    environment = {"PATH": "/usr/bin:/bin", "HOME": "/", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["/bin/sh", "-c", command], cwd="/", env=environment, capture_output=True, text=True,
                          check=False)  # fmt: skip
    assert f"{plan.config}: there is no such configuration file" in done.stdout
    assert plan.log.read_text().count("there is no such configuration file") == 2


CRONTAB = """#!/bin/sh
if [ "$1" = -l ]; then cat "$HOME/tab" 2>/dev/null || { echo "no crontab" >&2; exit 1; }; else cat >"$HOME/tab"; fi
"""


def test_installing_twice_leaves_one_block_and_what_was_there(plan, tmp_path, monkeypatch):
    program = tmp_path / "bin/crontab"
    program.parent.mkdir()
    program.write_text(CRONTAB)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "tab").write_text("0 1 * * * backup")
    for _ in range(2):
        scheduling.install_crontab(plan)
    assert (tmp_path / "tab").read_text() == "0 1 * * * backup\n" + scheduling.crontab(plan)


def test_without_cron_it_says_so(plan, monkeypatch):
    monkeypatch.setattr(scheduling.shutil, "which", lambda *_a, **_k: None)
    with pytest.raises(MachineError, match="no crontab"):
        scheduling.install_crontab(plan)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze")
def test_systemd_understands_the_units(plan, tmp_path):
    folder = tmp_path / "units"
    folder.mkdir()
    for name, text in scheduling.units(plan).items():
        (folder / name).write_text(text)
    files = sorted(map(str, folder.iterdir()))
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if str(folder) in line] == []
    service = scheduling.units(plan)["reportgen.service"]
    assert "100%% 'odd' $$HOME/config.toml" in service
    assert "Persistent=true" in scheduling.units(plan)["reportgen.timer"]
    calendar = subprocess.run(["systemd-analyze", "calendar", "*-*-01..05 06:17:00"], capture_output=True, check=False)
    assert calendar.returncode == 0


def test_units_of_another_configuration_stay(plan, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))  # no systemctl
    scheduling.install_units(plan, tmp_path, user=False)
    other = replace(plan, config=plan.config.with_name("other.toml"))
    before = (tmp_path / "reportgen.service").read_text()
    with pytest.raises(UsageError, match=r"reportgen.service runs something else than .*other.toml\n.*--unit"):
        scheduling.install_units(other, tmp_path, user=False)
    assert "Wrote shop-b.service" in scheduling.install_units(replace(other, unit="shop-b"), tmp_path, user=False)
    assert "OnFailure=shop-b-failed.service" in (tmp_path / "shop-b.service").read_text()
    assert (tmp_path / "reportgen.service").read_text() == before
    assert "Wrote reportgen.service" in scheduling.install_units(replace(plan, hour=7), tmp_path, user=False)


def test_a_timer_that_ends_with_the_session_is_told(plan, tmp_path, monkeypatch):
    """On servers where only an administrator lets timers of users run on. Real programs would change this machine."""
    programs = {"systemctl": "exit 0", "loginctl": 'test "$1 $2" = "enable-linger nobody-knows"'}
    for name, script in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("LOGNAME", "nobody-knows")
    assert scheduling.install_units(plan, tmp_path / "units", user=True).endswith("The timer is on.")
    (tmp_path / "loginctl").write_text("#!/bin/sh\nexit 1\n")
    told = scheduling.install_units(plan, tmp_path / "units", user=True)
    assert told.endswith("on while nobody-knows is logged in. For always: sudo loginctl enable-linger nobody-knows")


@pytest.mark.parametrize("name", ["", "../x", "a b", "-x"])
def test_names_that_no_unit_has(plan, tmp_path, name):
    with pytest.raises(UsageError, match="no name of a unit"):
        scheduling.install_units(replace(plan, unit=name), tmp_path, user=False)


@pytest.mark.parametrize("time", ["6:5", "25:00", "noon", "06:60"])
def test_no_time_of_day(time):
    with pytest.raises(UsageError, match="no time of day"):
        scheduling.at(time)


def test_the_command_line_schedules_with_absolute_paths(office):
    done = call(office.folder, "schedule", "--at", "7:05", now=())
    line = next(line for line in done.stdout.splitlines() if line.startswith("5 7 1-5 * * "))
    assert f"; {Path(sys.executable).parent}/" in line
    words = shlex.split(line.replace(r"\%", "%"))  # as cron hands it to the shell
    assert words[5:8] == ["mkdir", "-p", f"{office.folder}/output-ledger;"]
    assert words.count(f"{office.folder}/config.toml") == 2
