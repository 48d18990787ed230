"""The worker's packages are one file: the same bytes each time, sent once, unpacked to import."""

import hashlib
import io
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from orchestrator.cloud_errors import CloudUnreachable
from orchestrator.fleet.ec2 import upload
from orchestrator.fleet.ec2.wheelhouse import (
    Wheelhouse,
    WheelhouseFailed,
    make_wheelhouse,
    pack,
    stage_wheelhouse,
)
from remote_worker.contract.records import Digest
from remote_worker.wheels import unpack_all
from tests.cloud_faults.rig import Rig

LOCKS = Path(__file__).parents[2] / "resources" / "worker"


def wheels(folder, count=3):
    folder.mkdir()
    for number in range(count):
        path = folder / f"part{number}-1.0-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(zipfile.ZipInfo(f"part{number}.py"), f"N = {number}")
    return sorted(folder.glob("*.whl"))


def test_the_same_wheels_make_the_same_bytes(tmp_path):
    made = wheels(tmp_path / "wheels")
    pack(made, tmp_path / "one.tar")
    for wheel in made:
        os.utime(wheel, (1, 1))
    pack(list(reversed(made)), tmp_path / "two.tar")
    assert (tmp_path / "one.tar").read_bytes() == (tmp_path / "two.tar").read_bytes()
    with tarfile.open(tmp_path / "one.tar") as tar:
        assert tar.getnames() == [wheel.name for wheel in made]


def test_packages_that_cannot_be_had_are_told_with_the_reason(tmp_path):
    lock = tmp_path / "x.lock"
    lock.write_text("x==1\n")
    pip = (sys.executable, "-c", "import sys; sys.exit('no such package')")
    with pytest.raises(WheelhouseFailed, match="no such package"):
        make_wheelhouse(lock, "3.12", tmp_path / "made", pip=pip)


def test_what_was_made_is_not_made_again(tmp_path):
    (tmp_path / "pip.py").write_text(
        "import sys, zipfile\n"
        "to = next(a for a in sys.argv if a.startswith('--dest=')).removeprefix('--dest=')\n"
        "zipfile.ZipFile(to + '/x-1-py3-none-any.whl', 'w').close()\n"
        "open(sys.argv[0] + '.runs', 'a').write('1')\n"
    )
    lock = tmp_path / "x.lock"
    lock.write_text("x==1\n")
    pip = (sys.executable, str(tmp_path / "pip.py"))
    first = make_wheelhouse(lock, "3.12", tmp_path / "made", pip=pip)
    assert make_wheelhouse(lock, "3.12", tmp_path / "made", pip=pip) == first
    assert make_wheelhouse(lock, "3.11", tmp_path / "made", pip=pip).path != first.path
    assert (tmp_path / "pip.py.runs").read_text() == "11"


class Line:
    """S3 over a line that breaks at the third part, once."""

    def __init__(self, s3):
        self._s3, self.sent, self._broken = s3, [], False

    def __getattr__(self, name):
        return getattr(self._s3, name)

    def upload_part(self, **asked):
        if len(self.sent) == 2 and not self._broken:
            self._broken = True
            answer = {"Error": {"Code": "x"}, "ResponseMetadata": {"HTTPStatusCode": 503}}
            raise ClientError(answer, "UploadPart")
        self.sent.append(asked["PartNumber"])
        return self._s3.upload_part(**asked)


def test_an_upload_goes_on_where_the_line_broke_and_is_made_once(region, tmp_path, monkeypatch):
    monkeypatch.setattr(upload, "PART_BYTES", 5 << 20)
    rig = Rig(region).set_up()
    data = os.urandom(18 << 20)
    (tmp_path / "big.tar").write_bytes(data)
    wheelhouse = Wheelhouse(tmp_path / "big.tar", Digest(hashlib.sha256(data).hexdigest()))
    line, seen = Line(rig.clients("s3")), []

    def clients(service):
        assert service == "s3"
        return line

    with pytest.raises(CloudUnreachable):
        stage_wheelhouse(clients, rig.account, wheelhouse, lambda done, total: None)
    assert stage_wheelhouse(
        clients, rig.account, wheelhouse, lambda done, total: seen.append((done, total))
    )
    assert sorted(line.sent) == [1, 2, 3, 4]
    assert seen[-1] == (len(data), len(data))
    assert not stage_wheelhouse(clients, rig.account, wheelhouse, lambda done, total: None)
    stored = io.BytesIO()
    rig.clients("s3").download_fileobj(rig.account.bucket, wheelhouse.key, stored)
    assert stored.getvalue() == data
    assert not [each for each in region.left_behind() if each.kind == "multipart upload"]


@pytest.mark.nightly
@pytest.mark.timeout(900)
def test_the_real_worker_runs_from_its_wheelhouse_alone(tmp_path):
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    lock = LOCKS / f"worker-{version}.lock"
    wheelhouse = make_wheelhouse(lock, version, tmp_path / "made")
    with tarfile.open(wheelhouse.path) as tar:
        tar.extractall(tmp_path / "wheels", filter="data")
    unpack_all(tmp_path / "wheels", tmp_path / "environment")
    code = Path(__file__).parents[2]
    asked = "import remote_worker.agent, remote_worker.stores.s3, remote_worker.engines.registry"
    base = Path(sys.base_prefix) / "bin" / f"python{version}"
    subprocess.run(
        [str(base), "-S", "-c", f"{asked}; print(remote_worker.agent.worker_digest())"],
        env={"PYTHONPATH": f"{code}:{tmp_path / 'environment'}"},
        check=True,
        timeout=300,
    )
