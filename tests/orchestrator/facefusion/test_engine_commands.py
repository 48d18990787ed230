"""``secondunit engine`` installs, checks, removes and locks, with an exit status for scripts."""

import json
import zipfile
import zlib

import pytest

from orchestrator import health
from orchestrator.cli.main import main
from orchestrator.facefusion import bucket, install, tensorrt
from orchestrator.home import Home
from orchestrator.settings_file import load
from remote_worker.engines.facefusion.environment import child_environ, site_packages
from remote_worker.engines.facefusion.installation import VARIABLE, Installation
from tests.fakes import engine_mirror as small
from tests.fakes.engine_mirror import PINNED, UNPINNED, model_bytes, sha256


@pytest.fixture
def mirror(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "engine"))
    monkeypatch.setenv("SECONDUNIT_HOME", str(tmp_path / "home"))
    with small.engine_mirror() as held:
        small.apply(small.pins(held.url, tmp_path / "pinned"), monkeypatch.setattr)
        small.apply_on_desktop(held, monkeypatch.setattr)
        monkeypatch.setattr("orchestrator.cli.engine.manifest", small.manifest.manifest)
        yield held


@pytest.fixture
def home(tmp_path):
    return Installation(tmp_path / "engine")


def run(capsys, *words):
    status = main(["engine", *words])
    told = capsys.readouterr()
    return status, told.out + told.err


def test_nothing_is_fetched_before_the_licences_are_accepted(mirror, capsys):
    status, said = run(capsys, "install")
    assert status == 2
    assert f"{PINNED} (finds faces) by us: Non-Commercial" in said
    assert "--accept-licences" in said
    assert mirror.asked == []


def test_licences_that_are_accepted_are_noted_and_not_asked_for_again(mirror, home, capsys):
    status, said = run(capsys, "install", "--accept-licences")
    assert status == 0
    assert "This was noted" in said
    assert load(Home.default()).accepted_licences == ("Non-Commercial (us)",)
    run(capsys, "remove", "--yes")
    status, said = run(capsys, "install")
    assert (status, home.state().flavour) == (0, "cpu")
    assert "not for commercial use" not in said


def test_it_is_installed_checked_and_removed(mirror, home, capsys):
    assert run(capsys, "check")[0] == 5
    status, said = run(capsys, "install", "--accept-licences")
    assert (status, home.state().flavour) == (0, "cpu")
    status, said = run(capsys, "check")
    assert status == 0
    assert "runs on CPU" in said
    (home.models / f"{PINNED}.onnx").write_bytes(b"rotten")
    status, said = run(capsys, "check")
    assert status == 5
    assert "damaged" in said
    # What is installed needs no new consent, and only what is damaged is fetched.
    mirror.asked.clear()
    assert run(capsys, "install", "--accept-licences")[0] == 0
    assert mirror.paths() == [f"/models/{PINNED}.onnx"]
    status, said = run(capsys, "remove")
    assert (status, home.folder.exists()) == (0, True)
    assert "add --yes" in said
    assert run(capsys, "remove", "--yes")[0] == 0
    assert not home.folder.exists()
    assert run(capsys, "remove", "--yes")[0] == 5


def test_the_doctor_tells_whether_it_is_installed(mirror, home, capsys):
    (before,) = health._facefusion()
    assert (before.state, before.found) == ("note", "not installed")
    run(capsys, "install", "--accept-licences")
    (whole,) = health._facefusion()
    assert (whole.state, whole.found) == ("good", "cpu, onnxruntime 1.28.0, 2 models")
    (home.models / f"{PINNED}.onnx").unlink()
    (partly,) = health._facefusion()
    assert partly.state == "note"
    assert PINNED in partly.advice


def test_removing_leaves_what_is_not_ours(mirror, home, capsys):
    run(capsys, "install", "--accept-licences")
    (home.folder / "mine.txt").write_text("a note of the user's")
    (home.folder / ".mine").write_text("another")
    run(capsys, "remove", "--yes")
    assert sorted(path.name for path in home.folder.iterdir()) == [".mine", "mine.txt"]


def test_a_machine_is_told_in_json(mirror, home, capsys):
    run(capsys, "install", "--accept-licences")
    status, said = run(capsys, "check", "--json")
    told = json.loads(said.splitlines()[-1])["result"]
    assert (status, told["ready"], told["folder"]) == (0, True, str(home.folder))
    assert {part["name"]: part["commercial"] for part in told["parts"]}[PINNED] is False


def test_a_mirror_and_a_folder_are_taken(mirror, home, capsys, tmp_path):
    given = tmp_path / "given"
    given.mkdir()
    small.lay_out(given / "clone")
    (given / small.WHEEL).write_bytes(small.wheel())
    for name in (PINNED, UNPINNED):
        data = model_bytes(name)
        (given / f"{name}.onnx").write_bytes(data)
        (given / f"{name}.hash").write_text(format(zlib.crc32(data), "08x"))
    (given / f"{UNPINNED}.hash").write_text("00000000")
    status, said = run(capsys, "install", "--accept-licences", f"--from={given}")
    assert status == 1
    assert "does not have the checksum" in said
    (given / f"{UNPINNED}.hash").unlink()
    assert run(capsys, "install", "--accept-licences", f"--from={given}")[0] == 0
    assert mirror.asked == []
    assert run(capsys, "install", "--accept-licences", "--from=/no/such/folder")[0] == 1


def test_what_a_folder_lacks_is_fetched_unless_one_is_offline(mirror, home, capsys, tmp_path):
    given = tmp_path / "given"
    given.mkdir()
    small.lay_out(given / "facefusion")
    (given / f"{PINNED}.onnx").write_bytes(model_bytes(PINNED))
    status, said = run(capsys, "install", "--accept-licences", f"--from={given}", "--offline")
    assert (status, mirror.asked) == (1, [])
    assert f"{small.WHEEL} is not in {given}" in said
    assert run(capsys, "install", "--accept-licences", "--offline")[0] == 1
    assert run(capsys, "install", "--accept-licences", f"--from={given}")[0] == 0
    assert f"/packages/{small.WHEEL}" in mirror.paths()
    assert f"/models/{PINNED}.onnx" not in mirror.paths()


def test_what_fails_is_said_with_its_status(mirror, capsys):
    del mirror.lies[f"/models/{PINNED}.onnx"]
    status, said = run(capsys, "install", "--accept-licences")
    assert status == 1
    assert "engine_not_there" in said
    assert run(capsys, "install", "--accept-licences", "--model=nonsense")[0] == 1
    assert run(capsys, "install", "--set=nonsense")[0] == 2


def test_the_publisher_gets_the_digests_of_a_folder(mirror, capsys, tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    assert run(capsys, "lock", str(folder))[0] == 5
    (folder / f"{UNPINNED}.onnx").write_bytes(model_bytes(UNPINNED))
    (folder / "holiday.onnx").write_bytes(b"not ours")
    status, said = run(capsys, "lock", str(folder))
    assert status == 0
    assert f"{sha256(model_bytes(UNPINNED))}  {UNPINNED}  (not in the manifest)" in said
    assert "holiday" not in said
    (folder / f"{PINNED}.onnx").write_bytes(b"another")
    assert run(capsys, "lock", str(folder))[0] == 1


def tensorrt_wheel(folder, library="tensorrt_libs/libnvinfer.so.10"):
    wheel = folder / "tensorrt_cu12_libs-10.9.0.34-py2.py3-none-manylinux_2_28_x86_64.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(library, b"NVIDIA's")
    return wheel


def test_tensorrt_that_the_user_brings_is_installed_and_ordered_for_instances(
    mirror, home, capsys, tmp_path, monkeypatch
):
    monkeypatch.setattr(tensorrt, "FLAVOUR", "cpu")
    monkeypatch.setattr(install, "system_here", lambda: "linux-x86_64")
    wheel = tensorrt_wheel(tmp_path)
    assert run(capsys, "install", "--accept-licences", f"--tensorrt={wheel}")[0] == 0
    library = site_packages(home) / "tensorrt_libs" / "libnvinfer.so.10"
    assert library.read_bytes() == b"NVIDIA's"
    assert str(library.parent) in child_environ(home)["LD_LIBRARY_PATH"]
    monkeypatch.setattr(tensorrt, "FLAVOUR", "cuda12")
    order = bucket.host_order([PINNED], {}, home)
    assert order.packages[-1].digest == sha256(wheel.read_bytes())
    assert order.packages[-1].url == ""


@pytest.mark.parametrize("name", ["tensorrt_cu12_libs-11.0.0-py2.py3-none-win_amd64.whl", "a.whl"])
def test_what_is_no_such_wheel_is_refused(name, mirror, home, capsys, tmp_path):
    renamed = tensorrt_wheel(tmp_path).rename(tmp_path / name)
    assert run(capsys, "install", "--accept-licences", f"--tensorrt={renamed}")[0] == 1
    empty = tensorrt_wheel(tmp_path, "something/else.so")
    assert run(capsys, "install", "--accept-licences", f"--tensorrt={empty}")[0] == 1
    assert mirror.asked == []
