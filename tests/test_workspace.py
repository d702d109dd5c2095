"""The folder of temporary files: what killed runs left is swept, and nothing of anybody else's."""

import os
import tempfile

import pytest

from reportgen import workspace

NOBODY = 65534


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def left(folder):
    """What a run that is no more left behind."""
    folder.mkdir(parents=True)
    (folder / "figures").write_text("1")
    return folder


def run():
    with workspace.temporary() as folder:
        assert tempfile.gettempdir() == str(folder)
        return folder


def test_what_a_killed_run_left_is_swept_and_the_own_folder_goes(place):
    left(place / "reportgen-run-dead")
    other = left(place / "somebody")
    assert not run().exists()
    assert list(place.iterdir()) == [other]


def test_a_run_that_lives_keeps_its_folder(place):
    folder, descriptor = workspace.locked(place, workspace.PREFIX)
    run()
    assert folder.is_dir()
    os.close(descriptor)
    run()
    assert not folder.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root could remove it at all")
def test_another_users_folder_stays(place):
    folder = left(place / "reportgen-run-theirs")
    os.chown(folder, NOBODY, NOBODY)
    run()
    assert (folder / "figures").exists()


def test_a_link_leads_nowhere(place):
    """Whoever may write into /tmp could let a run of root's remove what he names."""
    target = left(place / "kept/house")
    link = place / "reportgen-run-link"
    link.symlink_to(target)
    run()
    assert link.is_symlink()
    assert (target / "figures").exists()
