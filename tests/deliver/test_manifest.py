"""The manifest names everything by what it holds."""

import json
from datetime import UTC, datetime
from hashlib import sha256

from reportgen.deliver import manifest


def test_manifest(tmp_path):
    (tmp_path / "r.csv").write_bytes(b"a,b\n")
    document = manifest.Manifest(
        made=datetime(2011, 12, 1, 6, tzinfo=UTC),
        inputs=(manifest.fingerprint(tmp_path / "r.csv"),),
        recipe="strategic",
        recipe_sha256="r",
        config_sha256="c",
        versions=manifest.installed(("plotly",)),
        files=manifest.digests({"b": b"2", "a": b"1"}),
    )
    read = json.loads(manifest.encode(document))
    assert read["made"] == "2011-12-01T06:00:00Z"
    assert read["inputs"] == [{"name": "r.csv", "size": 4, "sha256": sha256(b"a,b\n").hexdigest()}]
    assert list(read["files"]) == ["a", "b"]
    assert read["files"]["a"] == sha256(b"1").hexdigest()
    assert set(read["versions"]) == {"reportgen", "python", "plotly"}
    assert str(tmp_path) not in manifest.encode(document).decode()
