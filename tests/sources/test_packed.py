"""Packed files: read as what is in them, and refused in words where that isn't one text."""

import gzip
from zipfile import ZipFile

import pytest

from reportgen.errors import InputError

LINES = b"date,customer,amount\n2011-01-13,7,1.50\n2011-01-14,8,2.25\n"


def _zip(path, *names, content=LINES):
    with ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return path


def _gzip(path, content=LINES):
    path.write_bytes(gzip.compress(content))
    return path


def test_reads_as_unpacked(tmp_path, read, rows):
    plain = tmp_path / "a.csv"
    plain.write_bytes(LINES)
    expected = rows(read(plain))
    assert len(expected) == 2
    assert rows(read(_gzip(tmp_path / "b.csv.gz"))) == expected
    assert rows(read(_gzip(tmp_path / "C.TXT.GZ", LINES.decode().encode("utf-16")))) == expected
    assert rows(read(_gzip(tmp_path / "d.csv.gz", b"Sales\n\n" + LINES))) == expected
    assert rows(read(_zip(tmp_path / "e.zip", "x/sales.csv", "__MACOSX/x/._sales.csv", ".hidden"))) == expected


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        ((), "it holds no files; one is needed"),
        (("a.csv", "b.csv"), "it holds 2 files; one is needed"),
        (("a.xlsx",), "in it is a.xlsx; of what is packed, only .csv, .tsv, .txt can be read"),
    ],
)
def test_an_archive_of_another_kind(tmp_path, read, names, reason):
    with pytest.raises(InputError) as caught:
        read(_zip(tmp_path / "a.zip", *names))
    assert reason in caught.value.message
    assert caught.value.remedy.startswith("Unpack it")


@pytest.mark.parametrize("name", ["a.csv.gz", "a.zip"])
def test_a_damaged_archive(tmp_path, read, name):
    path = _gzip(tmp_path / name) if name.endswith("gz") else _zip(tmp_path / name, "a.csv")
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(InputError, match=rf"{name}: it can't be unpacked \("):
        read(path)


def test_an_archive_with_a_password(tmp_path, read):
    path = _zip(tmp_path / "a.zip", "a.csv")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(InputError, match="a password protects it"):
        read(path)
