"""Wheels are unpacked to be imported, and nothing lands outside the folder."""

import subprocess
import sys
import zipfile

import pytest

from remote_worker.wheels import WheelRefused, unpack, unpack_all


def wheel(folder, name, files):
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    return path


def test_unpacked_wheels_can_be_imported(tmp_path):
    wheel(tmp_path / "wheels", "one", {"one/__init__.py": "", "one/part.py": "VALUE = 7"})
    wheel(tmp_path / "wheels", "two", {"two-1.0.data/platlib/two.py": "from one.part import VALUE"})
    unpack_all(tmp_path / "wheels", tmp_path / "made")
    asked = [sys.executable, "-c", "import two; print(two.VALUE)"]
    said = subprocess.run(
        asked, env={"PYTHONPATH": str(tmp_path / "made")}, capture_output=True, check=True
    )
    assert said.stdout.strip() == b"7"


def test_commands_and_headers_are_left_out(tmp_path):
    files = {"x-1.0.data/scripts/x": "#!python", "x-1.0.data/headers/x.h": "", "x.py": ""}
    unpack(wheel(tmp_path, "x", files), tmp_path / "made")
    assert [path.name for path in (tmp_path / "made").rglob("*")] == ["x.py"]


@pytest.mark.parametrize(
    "name", ["../x.py", "/etc/x.py", "a/../../x.py", "x-1.0.data/purelib/../../../x.py", "a\\..\\x"]
)
def test_a_name_that_leads_outside_is_refused(tmp_path, name):
    with pytest.raises(WheelRefused, match="which is not in it"):
        unpack(wheel(tmp_path / "wheels", "x", {name: ""}), tmp_path / "made")
    assert not list((tmp_path / "made").rglob("*.py"))


def test_a_damaged_wheel_is_refused(tmp_path):
    path = wheel(tmp_path, "x", {"x.py": "a = 1\n" * 100})
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(WheelRefused, match="cannot be unpacked"):
        unpack(path, tmp_path / "made")
