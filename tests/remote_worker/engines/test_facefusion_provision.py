"""FaceFusion is installed whole or not at all, from wherever, over cuts, kills and lies."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import threading
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from remote_worker.contract.coding import from_text, to_plain
from remote_worker.engines.facefusion import download, environment, manifest, provision, source
from remote_worker.engines.facefusion.installation import (
    COMMIT,
    VARIABLE,
    EngineMissing,
    Installation,
    find_installation,
)
from remote_worker.engines.facefusion.origins import Given, Published
from remote_worker.errors import EngineFailed
from tests.fakes import engine_mirror as small
from tests.fakes.engine_mirror import PINNED, QUICK, UNPINNED, model_bytes, sha256

ROOT = Path(__file__).parents[3]


@pytest.fixture
def mirror(tmp_path, monkeypatch):
    with small.engine_mirror() as held:
        small.apply(small.pins(held.url, tmp_path / "pinned"), monkeypatch.setattr)
        yield held


@pytest.fixture
def home(tmp_path):
    return Installation(tmp_path / "home")


def install(order, home, origin=None, stop=None, tell=lambda told: None):
    origin = origin or Published(patience=QUICK)
    return provision.provision(order, home, origin, tell, stop or threading.Event())


def test_all_of_it_is_installed_checked_and_not_asked_for_again(mirror, home, monkeypatch):
    told = []
    state = install(mirror.order(), home, tell=told.append)
    assert (home.source / "facefusion/core.py").read_bytes() == small.SOURCE["facefusion/core.py"]
    for name in (PINNED, UNPINNED):
        data = (home.models / f"{name}.onnx").read_bytes()
        assert data == model_bytes(name)
        assert (home.models / f"{name}.hash").read_bytes() == format(
            zlib.crc32(data), "08x"
        ).encode()
    assert environment.asked(home) == {"onnxruntime": "1.28.0", "providers": "CPU"}
    assert home.state() == state
    assert sorted(path.name for path in home.folder.iterdir()) == [
        "environment", "install-lock.sqlite", "installed.json",
        "models", "models.lock.json", "source",
    ]  # fmt: skip
    assert told[-1].step == "done"
    done = [each.done_bytes for each in told]
    assert done == sorted(done)
    assert all(each.done_bytes <= each.total_bytes for each in told)
    asked = len(mirror.asked)
    install(mirror.order(), home)
    assert len(mirror.asked) == asked
    monkeypatch.setenv(VARIABLE, str(home.folder))
    assert find_installation() == home


def test_what_is_damaged_later_is_found_and_mended_alone(mirror, home):
    install(mirror.order(), home)
    (home.models / f"{PINNED}.onnx").write_bytes(b"rotten")
    (home.source / "facefusion/core.py").write_bytes(b"import evil\n")
    with pytest.raises(EngineFailed, match="not the file"):
        manifest.models_of(home, [PINNED])
    mirror.asked.clear()
    install(mirror.order(), home)
    assert mirror.paths() == [f"/source/{COMMIT}.tar.gz", f"/models/{PINNED}.onnx"]
    assert manifest.models_of(home, [PINNED, UNPINNED])[PINNED].read_bytes() == model_bytes(PINNED)
    (environment.site_packages(home) / "onnxruntime/__init__.py").write_text("import evil")
    assert environment.damaged_files(home, threading.Event()) == ("onnxruntime/__init__.py",)


def test_a_line_that_breaks_is_taken_up_where_it_broke(mirror, home):
    path = f"/models/{PINNED}.onnx"
    mirror.moods[path] = [("cut", 100_000), 503, ("cut", 50_000), "no ranges"]
    install(mirror.order(PINNED), home)
    ranges = [span for asked, span in mirror.asked if asked == path]
    assert ranges == ["", "bytes=100000-", "bytes=100000-", "bytes=150000-"]
    assert (home.models / f"{PINNED}.onnx").read_bytes() == model_bytes(PINNED)


def test_wrong_bytes_are_thrown_away_and_the_rest_is_kept(mirror, home):
    path = f"/models/{PINNED}.onnx"
    right, mirror.lies[path] = mirror.lies[path], b"x" * 1000
    with pytest.raises(download.WrongFile, match=PINNED):
        install(mirror.order(), home)
    assert not (home.models / f"{PINNED}.onnx").exists()
    with pytest.raises(EngineMissing, match=f"engine install --model {PINNED}"):
        manifest.models_of(home, [PINNED])
    assert list((home.folder / "parts").glob("*.part")) == []
    mirror.lies[path] = right
    mirror.asked.clear()
    install(mirror.order(), home)
    assert mirror.paths() == [path]
    assert manifest.models_of(home, [PINNED, UNPINNED])


def test_a_part_of_another_file_is_not_built_upon(mirror, home):
    parts = home.folder / "parts"
    parts.mkdir(parents=True)
    digest = sha256(model_bytes(PINNED))
    (parts / f"{digest}-{PINNED}.onnx.part").write_bytes(b"of another day" * 100)
    install(mirror.order(PINNED), home)
    assert (home.models / f"{PINNED}.onnx").read_bytes() == model_bytes(PINNED)


def test_another_host_is_asked_where_one_lacks_the_file(mirror, home):
    data = mirror.lies.pop(f"/models/{PINNED}.onnx")
    with pytest.raises(download.NotThere, match="404"):
        install(mirror.order(PINNED), home)
    mirror.lies[f"/other/{PINNED}.onnx"] = data
    install(mirror.order(PINNED), home)


def test_a_dead_host_is_given_up_after_bounded_tries_and_nothing_is_lost(mirror, home):
    path = f"/models/{PINNED}.onnx"
    mirror.moods[path] = [("cut", 1000), 500, 500, 500, 500, 500]
    with pytest.raises(download.NetworkFailed, match="500"):
        install(mirror.order(PINNED), home)
    assert [part.stat().st_size for part in (home.folder / "parts").glob("*.part")] == [1000]
    mirror.moods.clear()
    mirror.asked.clear()
    install(mirror.order(PINNED), home)
    assert mirror.asked == [(path, "bytes=1000-")]


def test_a_silent_server_is_asked_again(mirror, home):
    path, never = f"/models/{PINNED}.onnx", threading.Event()
    mirror.moods[path] = [never]
    quick = replace(QUICK, quiet_s=0.2)
    install(mirror.order(PINNED), home, Published(patience=quick))
    never.set()
    assert [span for asked, span in mirror.asked if asked == path][1].startswith("bytes=")


def test_an_unknown_digest_is_held_to_the_published_checksum_then_pinned(mirror, home, tmp_path):
    path = f"/models/{UNPINNED}.onnx"
    right, mirror.lies[path] = mirror.lies[path], b"tampered with"
    with pytest.raises(download.WrongFile, match=UNPINNED):
        install(mirror.order(UNPINNED), home)
    mirror.lies[path] = right
    with pytest.raises(EngineMissing, match=UNPINNED):
        manifest.known_refs([UNPINNED], home)
    install(mirror.order(UNPINNED), home)
    assert manifest.read_pins(home.lock) == {UNPINNED: sha256(right)}
    (ref,) = manifest.known_refs([UNPINNED], home)
    # Upstream now publishes another file with a checksum that fits: it is not taken any more.
    mirror.lies[path] = b"another release"
    mirror.lies[f"/models/{UNPINNED}.hash"] = format(zlib.crc32(b"another release"), "08x").encode()
    (home.models / f"{UNPINNED}.onnx").unlink()
    with pytest.raises(download.WrongFile):
        install(mirror.order(UNPINNED), home)
    # Nor by a machine that was told the digest.
    second = Installation(tmp_path / "second")
    with pytest.raises(download.WrongFile):
        install(replace(mirror.order(UNPINNED), pins={UNPINNED: ref.digest}), second)
    with pytest.raises(EngineFailed, match="another file"):
        manifest.write_pins(home.lock, {UNPINNED: sha256(b"another release")})


def test_without_a_published_checksum_nothing_unknown_is_used(mirror, home):
    del mirror.lies[f"/models/{UNPINNED}.hash"]
    with pytest.raises(download.NetworkFailed, match="checksum"):
        install(mirror.order(UNPINNED), home)
    assert not (home.models / f"{UNPINNED}.onnx").exists()


@pytest.mark.parametrize(
    "url", ["http://mirror.example/a", "ftp://127.0.0.1/a", "file:///etc/passwd"]
)
def test_an_unknown_digest_comes_over_tls_only(url, tmp_path):
    wanted = download.Wanted(file="a", urls=(url,), digest=None, crc_urls=(url,))
    with pytest.raises(download.NetworkFailed, match="not a place"):
        download.download(
            wanted, tmp_path / "a", tmp_path / "parts", lambda *told: None, threading.Event(), QUICK
        )


def test_stopped_in_the_middle_it_goes_on_from_there(mirror, home):
    stop, path = threading.Event(), f"/models/{PINNED}.onnx"
    go_on = threading.Event()
    mirror.moods[path] = [go_on]

    began = []

    def tell(told):
        if told.step == "models":
            began.append(told.done_bytes)
            if told.done_bytes > began[0]:  # the half is here
                stop.set()
                go_on.set()

    with pytest.raises(download.Stopped):
        install(mirror.order(PINNED), home, stop=stop, tell=tell)
    install(mirror.order(PINNED), home)
    spans = [span for asked, span in mirror.asked if asked == path]
    assert len(spans) == 2
    assert spans[1].startswith("bytes=")


def test_killed_in_the_middle_it_goes_on_from_there(mirror, home, tmp_path):
    path, never = f"/models/{PINNED}.onnx", threading.Event()
    mirror.moods[path] = [never]
    told = {
        "pins": small.pins(mirror.url, tmp_path / "pinned"),
        "order": to_plain(mirror.order()),
    }
    environ = {**os.environ, "SMALL_FACEFUSION": json.dumps(told), "PYTHONPATH": str(ROOT)}
    argv = [sys.executable, "-m", "tests.fakes.engine_mirror", str(home.folder)]
    child = subprocess.Popen(argv, env=environ, cwd=ROOT)
    assert mirror.halfway.wait(60)
    part = home.folder / "parts" / f"{sha256(model_bytes(PINNED))}-{PINNED}.onnx.part"
    for _ in range(1000):
        if part.exists() and part.stat().st_size:
            break
        threading.Event().wait(0.01)
    child.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    child.wait(30)
    never.set()
    held = part.stat().st_size
    assert 0 < held < len(model_bytes(PINNED))
    mirror.asked.clear()
    install(mirror.order(), home)
    assert mirror.asked == [(path, f"bytes={held}-")]
    assert manifest.models_of(home, [PINNED, UNPINNED])


def test_a_kill_while_packages_are_unpacked_leaves_no_half_environment(mirror, home, monkeypatch):
    def killed(wheel, to):
        (to / "half").write_text("")
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(environment, "unpack", killed)
        with pytest.raises(KeyboardInterrupt):
            install(mirror.order(PINNED), home)
    assert not home.environment.exists()
    mirror.asked.clear()
    install(mirror.order(PINNED), home)
    assert f"/packages/{small.WHEEL}" not in mirror.paths()
    assert not (environment.site_packages(home) / "half").exists()


def test_a_full_disk_is_named_and_loses_nothing(mirror, home, monkeypatch):
    usage = shutil.disk_usage(Path(__file__).parent)._replace(free=1 << 20)
    with monkeypatch.context() as patched:
        patched.setattr(download.shutil, "disk_usage", lambda path: usage)
        with pytest.raises(download.NoSpace, match="MiB free"):
            install(mirror.order(), home)
    assert mirror.asked == []

    def full(url, **given):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(download.urllib.request, "urlopen", full)
        with pytest.raises(download.NoSpace, match="no room"):
            install(mirror.order(), home)
    install(mirror.order(), home)


def test_one_at_a_time_installs_into_a_folder(mirror, home):
    home.folder.mkdir()
    with (
        provision.holding(home, threading.Event(), 0.0),
        pytest.raises(provision.Busy, match="Another process"),
    ):
        install(mirror.order(), home)
    install(mirror.order(), home)


def given_folder(tmp_path):
    folder = tmp_path / "given"
    (folder / "models").mkdir(parents=True)
    (folder / small.WHEEL).write_bytes(small.wheel())
    for name in (PINNED, UNPINNED):
        (folder / "models" / f"{name}.onnx").write_bytes(model_bytes(name))
    return folder


def as_archive(folder):
    (folder / f"facefusion-{COMMIT}.tar.gz").write_bytes(small.source_archive())


def as_checkout(folder):
    small.lay_out(folder / "FaceFusion")
    (folder / "FaceFusion" / ".assets").mkdir()
    (folder / "FaceFusion" / ".assets" / "left.txt").write_text("what a run leaves is no source")


@pytest.mark.parametrize("lay_source", [as_archive, as_checkout])
def test_a_folder_is_enough_without_any_network(lay_source, mirror, home, tmp_path):
    folder = given_folder(tmp_path)
    lay_source(folder)
    install(mirror.order(), home, Given(folder))
    assert mirror.asked == []
    assert manifest.models_of(home, [PINNED, UNPINNED])


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")
@pytest.mark.parametrize("bare", [False, True])
def test_a_clone_gives_its_pinned_state_whatever_is_checked_out(bare, home, tmp_path, monkeypatch):
    clone = small.lay_out(tmp_path / "given" / "clone")
    git = [shutil.which("git"), "-c", "user.name=a", "-c", "user.email=a@b", "-C", str(clone)]
    for argv in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "pinned"]):
        subprocess.run([*git, *argv], check=True)
    told = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    (clone / "facefusion.py").write_text("changed since\n")
    if bare:
        (clone / ".git").rename(tmp_path / "given" / "bare.git")
        shutil.rmtree(clone)
    small.apply(small.pins("http://127.0.0.1:1", tmp_path / "pinned"), monkeypatch.setattr)
    monkeypatch.setattr("remote_worker.engines.facefusion.origins.COMMIT", told.stdout.strip())
    folder = given_folder(tmp_path)
    with small.engine_mirror() as mirror:
        install(mirror.order(), home, Given(folder))
    assert (home.source / "facefusion.py").read_bytes() == small.SOURCE["facefusion.py"]


def test_a_folder_with_other_files_is_refused(mirror, home, tmp_path):
    folder = given_folder(tmp_path)
    small.lay_out(folder / "FaceFusion", {**small.SOURCE, "facefusion/more.py": b"import os\n"})
    with pytest.raises(download.WrongFile, match="pinned state"):
        install(mirror.order(), home, Given(folder))
    assert not home.source.exists()
    shutil.rmtree(folder / "FaceFusion")
    as_archive(folder)
    (folder / "models" / f"{PINNED}.onnx").write_bytes(b"another")
    with pytest.raises(download.WrongFile, match=PINNED):
        install(mirror.order(), home, Given(folder))
    (folder / "models" / f"{PINNED}.onnx").unlink()
    with pytest.raises(download.NotThere, match=PINNED):
        install(mirror.order(), home, Given(folder))


def test_a_mirror_is_asked_first(mirror, home):
    base = mirror.url + "/mine"
    name = f"facefusion-{COMMIT}.tar.gz"
    mirror.lies[f"/mine/source/{name}"] = small.source_archive()
    mirror.lies[f"/mine/packages/{small.WHEEL}"] = small.wheel()
    for model in (PINNED, UNPINNED):
        mirror.lies[f"/mine/models/{model}.onnx"] = model_bytes(model)
    install(mirror.order(), home, Published(base, QUICK))
    others = [path for path in mirror.paths() if not path.startswith("/mine/")]
    assert others == [f"/models/{UNPINNED}.hash"]  # upstream's own word, not the mirror's


def entry(name, kind=tarfile.REGTYPE, link=""):
    made = tarfile.TarInfo(name)
    made.type, made.linkname, made.size = kind, link, 0
    return made


@pytest.mark.parametrize(
    "bad",
    [
        entry("../outside.py"),
        entry("/etc/outside.py"),
        entry("a\\..\\outside.py"),
        entry("link.py", tarfile.SYMTYPE, "/etc/passwd"),
        entry("hard.py", tarfile.LNKTYPE, "../outside.py"),
        entry("pipe", tarfile.FIFOTYPE),
    ],
    ids=lambda made: made.name,
)
def test_an_archive_that_reaches_out_is_refused(bad, tmp_path):
    archive = tmp_path / "in" / "a.tar"
    archive.parent.mkdir()
    with tarfile.open(archive, "w") as tar:
        tar.addfile(bad, BytesIO())
    with pytest.raises(download.WrongFile, match="not in it"):
        source.unpack(archive, tmp_path / "out" / "source")
    assert list((tmp_path / "out").iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]


@pytest.mark.parametrize("data", [b"", b"no archive", small.source_archive()[:-30]])
def test_what_is_no_whole_archive_is_refused(data, tmp_path):
    (tmp_path / "a.tar.gz").write_bytes(data)
    with pytest.raises(download.WrongFile):
        source.unpack(tmp_path / "a.tar.gz", tmp_path / "source")
    assert not (tmp_path / "source").exists()


def test_an_archive_that_is_far_too_large_is_refused(tmp_path):
    huge = entry("zeros")
    huge.size = 1 << 40
    (tmp_path / "a.tar").write_bytes(huge.tobuf())
    with pytest.raises(download.WrongFile, match="far more"):
        source.unpack(tmp_path / "a.tar", tmp_path / "source")


def test_the_same_source_is_the_same_archive_wherever_it_is_packed(tmp_path):
    first = small.lay_out(tmp_path / "one")
    second = small.lay_out(tmp_path / "two", dict(reversed(small.SOURCE.items())))
    assert source.pack(first, tmp_path / "1.tar") == source.pack(second, tmp_path / "2.tar")


def test_an_order_survives_the_way_to_a_host(mirror):
    order = replace(mirror.order(), pins={UNPINNED: sha256(b"x")})
    assert from_text(provision.Order, json.dumps(to_plain(order))) == order


def test_without_an_installation_one_is_told_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none"))
    with pytest.raises(EngineMissing) as raised:
        find_installation()
    assert str(tmp_path / "none") in raised.value.sentence
    assert "secondunit engine install" in raised.value.advice
