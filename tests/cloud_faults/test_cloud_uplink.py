"""What a process had sent of a large piece is not sent again, and a limit holds for all of it."""

import hashlib
import random
import time
from decimal import Decimal

import pytest

from orchestrator.fleet.ec2.store import JobStore
from orchestrator.fleet.ec2.upload import PART_BYTES
from orchestrator.transfer.bandwidth import LINE
from remote_worker.errors import StoreUnavailable
from remote_worker.stores.s3 import Bucket
from tests.cloud_faults.rig import Rig

pytestmark = pytest.mark.timeout(60)
KEY = "blobs/piece"


@pytest.fixture
def rig(region):
    return Rig(region).set_up()


@pytest.fixture
def store(rig):
    bucket = Bucket(name=rig.account.bucket, prefix="jobs/one/", region="us-east-1")
    return JobStore(bucket, rig.clients("s3"))


@pytest.fixture
def piece(tmp_path):
    path = tmp_path / "piece"
    path.write_bytes(random.Random(5).randbytes(3 * PART_BYTES + 12_345))
    return path


def uploaded(rig):
    return [call for call in rig.region.calls() if call["action"] == "UploadPart"]


def test_a_piece_goes_on_where_it_broke_off(rig, store, piece, tmp_path):
    rig.region.lose_request("s3.CompleteMultipartUpload", 50)
    with pytest.raises(StoreUnavailable):
        store.put_file(KEY, piece)
    rig.region.heal_api()
    assert not store.has(KEY)
    before = len(uploaded(rig))
    assert before == 4
    store.put_file(KEY, piece)
    assert len(uploaded(rig)) == before, "sent again what was there"
    digest = hashlib.sha256(piece.read_bytes()).hexdigest()
    store.fetch(KEY, tmp_path / "back", digest)
    assert not [left for left in rig.region.left_behind() if left.kind == "upload"]


def test_a_piece_that_is_there_is_replaced(store, piece, tmp_path):
    store.put_file(KEY, piece)
    data = bytes(2 * PART_BYTES + 1)
    piece.write_bytes(data)
    store.put_file(KEY, piece)
    store.fetch(KEY, tmp_path / "back", hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("way", ["up", "down"])
def test_a_limit_holds_for_what_is_sent_and_for_what_comes(store, tmp_path, way):
    data = random.Random(7).randbytes(1_500_000)
    path = tmp_path / "file"
    path.write_bytes(data)
    store.put_file(KEY, path)
    LINE.limit(*((Decimal(8), None) if way == "up" else (None, Decimal(8))))
    try:
        began_s = time.monotonic()
        if way == "up":
            store.put_file(KEY, path)
        else:
            store.fetch(KEY, tmp_path / "back", hashlib.sha256(data).hexdigest())
        took_s = time.monotonic() - began_s
    finally:
        LINE.limit(None, None)
    assert took_s >= 1.2, "a million bytes a second, of which a fifth may be saved up"
