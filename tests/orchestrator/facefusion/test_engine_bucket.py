"""The first host of an account fetches FaceFusion from the internet, the second from the bucket."""

import json
import os
import sys
import threading
import zlib
from dataclasses import asdict, replace

import boto3
import pytest
from moto.server import ThreadedMotoServer

from orchestrator.facefusion import bucket as engine_bucket
from orchestrator.facefusion.errors import EngineInstallFailed, EngineNotInstalled
from orchestrator.fleet.ec2.setup import Account, lifecycle_rules, policy_document
from remote_worker import boot
from remote_worker.boot import BootPlan
from remote_worker.bucket import Place, read_if_there, role_credentials
from remote_worker.contract.records import Digest, EngineSpec
from remote_worker.engines.facefusion import keeping, manifest, on_host, origins, source
from remote_worker.engines.facefusion.download import WrongFile
from remote_worker.engines.facefusion.installation import EngineMissing, Installation
from remote_worker.engines.facefusion.origins import PREFIX, blob_key, pin_key
from tests.cloud.policies import Ask, allows
from tests.fakes import engine_mirror as small
from tests.fakes.engine_mirror import PINNED, UNPINNED, model_bytes, sha256
from tests.fakes.metadata import fake_metadata

ACCOUNT = Account(account_id="1" * 12, arn="arn:aws:iam::111111111111:user/a", region="us-east-1")
SPEC = EngineSpec(name="facefusion", digest=Digest("0" * 64), halo_frames=0, settings=(), models=())


@pytest.fixture(scope="module")
def service():
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


class Cloud:
    """The bucket, the hosts' metadata and the internet, all on this machine."""

    def __init__(self, url, mirror, metadata, folder):
        self.mirror, self.metadata, self.folder = mirror, metadata, folder
        self.s3 = boto3.client(
            "s3", endpoint_url=url, region_name="us-east-1",
            aws_access_key_id="a", aws_secret_access_key="b",  # noqa: S106  # a made-up one
        )  # fmt: skip
        self.place = Place(name=ACCOUNT.bucket, region="us-east-1", endpoint_url=url)
        self.desktop = Installation(folder / "desktop")
        self.said = []

    def clients(self, service):
        assert service == "s3"
        return self.s3

    def held(self):
        found = self.s3.list_objects_v2(Bucket=ACCOUNT.bucket).get("Contents", ())
        return {each["Key"].removeprefix(PREFIX) for each in found}

    def plan(self, name):
        digest = engine_bucket.stage_order(self.clients, ACCOUNT, SPEC, self.desktop)
        root = self.folder / name
        root.mkdir(exist_ok=True)
        return BootPlan(
            root=str(root), place=self.place, wheelhouse_digest="w", wheelhouse_key="w",
            agent={}, metadata_url=self.metadata.url, engine=digest,
        )  # fmt: skip

    def host(self, name):
        """Install on a fresh host; return where."""
        plan = self.plan(name)
        self.mirror.asked.clear()
        on_host.install(plan, self.said.append)
        return on_host.installation_of(plan)


@pytest.fixture
def cloud(service, tmp_path, monkeypatch):
    with small.engine_mirror() as mirror, fake_metadata() as metadata:
        small.apply(small.pins(mirror.url, tmp_path / "pinned"), monkeypatch.setattr)
        order = mirror.order()
        monkeypatch.setattr(engine_bucket, "packages_for", lambda *asked: order.packages)
        monkeypatch.setattr(engine_bucket, "models_needed", lambda settings: order.models)
        monkeypatch.setattr(engine_bucket, "manifest", manifest.manifest)
        monkeypatch.setattr(engine_bucket, "HOST_FLAVOUR", "cpu")
        monkeypatch.setattr(engine_bucket, "PYTHON", order.python_version)
        metadata.lies["iam/security-credentials/"] = "role"
        metadata.lies["iam/security-credentials/role"] = json.dumps(
            {"AccessKeyId": "ASIA1", "SecretAccessKey": "s", "Token": "t"}
        )
        made = Cloud(service, mirror, metadata, tmp_path)
        made.s3.create_bucket(Bucket=ACCOUNT.bucket)
        yield made
        for key in made.s3.list_objects_v2(Bucket=ACCOUNT.bucket).get("Contents", ()):
            made.s3.delete_object(Bucket=ACCOUNT.bucket, Key=key["Key"])


def test_the_second_host_asks_the_internet_for_nothing(cloud):
    first = cloud.host("first")
    assert len(cloud.mirror.asked) == 5  # source, wheel, two models and one checksum
    second = cloud.host("second")
    assert cloud.mirror.asked == []
    assert second.state() == first.state()
    for name in (PINNED, UNPINNED):
        assert (second.models / f"{name}.onnx").read_bytes() == model_bytes(name)
    assert source.tree_digest(second.source) == source.TREE_DIGEST
    assert manifest.read_pins(second.lock) == {UNPINNED: sha256(model_bytes(UNPINNED))}
    assert (cloud.folder / "second" / "in-use").exists()
    blobs = {
        small.WHEEL: small.wheel(),
        PINNED: model_bytes(PINNED),
        UNPINNED: model_bytes(UNPINNED),
    }
    assert cloud.held() == {
        *(f"blobs/{sha256(data)}" for data in blobs.values()),
        f"blobs/{source.ARCHIVE_DIGEST}",
        f"pins/{UNPINNED}.json",
        *(key for key in cloud.held() if key.startswith("orders/")),
    }


def test_a_damaged_copy_is_not_used_and_the_internet_is_asked(cloud):
    cloud.host("first")
    key = blob_key(sha256(model_bytes(PINNED)))
    cloud.s3.put_object(Bucket=ACCOUNT.bucket, Key=key, Body=b"squatted")
    second = cloud.host("second")
    assert cloud.mirror.paths() == [f"/models/{PINNED}.onnx"]
    assert (second.models / f"{PINNED}.onnx").read_bytes() == model_bytes(PINNED)
    assert any("damaged" in line for line in cloud.said)


def test_a_model_is_the_file_that_the_first_host_found_or_none(cloud):
    cloud.host("first")
    released = b"another release"
    cloud.mirror.lies[f"/models/{UNPINNED}.onnx"] = released
    cloud.mirror.lies[f"/models/{UNPINNED}.hash"] = b"%08x" % zlib.crc32(released)
    cloud.s3.delete_object(Bucket=ACCOUNT.bucket, Key=blob_key(sha256(model_bytes(UNPINNED))))
    with pytest.raises(WrongFile, match=UNPINNED):
        cloud.host("second")
    cloud.desktop.lock.unlink()
    cloud.s3.put_object(Bucket=ACCOUNT.bucket, Key=pin_key(UNPINNED), Body=b"{}")
    with pytest.raises(EngineInstallFailed, match="note"):
        cloud.host("third")


def test_a_bucket_that_takes_nothing_costs_the_next_host_only(cloud, monkeypatch):
    def refused(*asked):
        raise origins.BucketFailed("status 403")

    monkeypatch.setattr(origins, "put_file_if_absent", refused)
    monkeypatch.setattr(origins, "put_if_absent", refused)
    assert cloud.host("first").state() is not None
    assert sum("not kept" in line for line in cloud.said) == 5  # four files, and a digest


def test_a_desktop_that_has_it_brings_it_and_hosts_take_only_that(cloud):
    with pytest.raises(EngineNotInstalled):
        engine_bucket.seed(
            cloud.clients, ACCOUNT, cloud.desktop, lambda *told: None, threading.Event()
        )
    order = cloud.mirror.order()
    provide(cloud, order)
    heard = []
    seeded = engine_bucket.seed(
        cloud.clients, ACCOUNT, cloud.desktop, lambda *told: heard.append(told),
        threading.Event(), packages=cloud.folder / "packages",
    )  # fmt: skip
    assert sorted(seeded.sent) == sorted(["source", PINNED, UNPINNED, small.WHEEL])
    assert {name for name, done, total in heard if done == total} >= set(seeded.sent)
    cloud.host("first")
    assert cloud.mirror.asked == []
    again = engine_bucket.seed(
        cloud.clients, ACCOUNT, cloud.desktop, lambda *told: None, threading.Event()
    )
    assert (again.sent, len(again.there)) == ((), 3)


def provide(cloud, order):
    from remote_worker.engines.facefusion.provision import provision

    origin = origins.Published(patience=small.QUICK)
    provision(order, cloud.desktop, origin, lambda told: None, threading.Event())


def test_a_damaged_model_is_not_brought(cloud):
    provide(cloud, cloud.mirror.order())
    (cloud.desktop.models / f"{PINNED}.onnx").write_bytes(b"rotten")
    with pytest.raises(EngineInstallFailed, match=PINNED):
        engine_bucket.seed(
            cloud.clients, ACCOUNT, cloud.desktop, lambda *told: None, threading.Event()
        )
    assert blob_key(sha256(b"rotten")) not in cloud.held()


def test_a_desktop_learns_the_digests_that_hosts_have_found(cloud):
    names = (PINNED, UNPINNED)
    assert engine_bucket.learn_pins(cloud.clients, ACCOUNT, names, cloud.desktop) == (UNPINNED,)
    cloud.host("first")
    with pytest.raises(EngineMissing):
        manifest.known_refs(names, cloud.desktop)
    cloud.plan("second")  # the next job's desktop takes them over
    (_, ref) = sorted(
        manifest.known_refs(names, cloud.desktop), key=lambda ref: ref.name == UNPINNED
    )
    assert ref.digest == sha256(model_bytes(UNPINNED))
    # And from then on every host is told.
    order = on_host.read_order(cloud.plan("second"))
    assert order.pins == {UNPINNED: ref.digest}


def test_another_engine_asks_hosts_for_nothing(cloud):
    plain = replace(SPEC, name="classic")
    assert engine_bucket.stage_order(cloud.clients, ACCOUNT, plain, cloud.desktop) == ""


def test_parts_of_engines_do_not_expire_with_staged_media():
    rules = [rule["Filter"]["Prefix"] for rule in lifecycle_rules() if "Expiration" in rule]
    assert all(not PREFIX.startswith(prefix) for prefix in rules)


@pytest.mark.parametrize("role", ["job-policy.json", "worker-policy.json"])
def test_a_host_may_add_parts_of_engines_and_replace_or_remove_none(role):
    document = json.loads(policy_document(role, ACCOUNT, "20260101-000000-abcd"))
    part = f"arn:aws:s3:::{ACCOUNT.bucket}/{blob_key(Digest('0' * 64))}"
    once = {"s3:if-none-match": ("*",)}
    assert allows([document], Ask("s3:GetObject", part))
    assert allows([document], Ask("s3:PutObject", part, once))
    assert not allows([document], Ask("s3:PutObject", part))
    assert not allows([document], Ask("s3:DeleteObject", part, once))
    wheels = f"arn:aws:s3:::{ACCOUNT.bucket}/shared/wheelhouses/x.tar"
    assert not allows([document], Ask("s3:PutObject", wheels, once))


# -- TensorRT's engines ---------------------------------------------------------------------


def keeper(cloud, name):
    plan = cloud.plan(name)
    on_host.install(plan, cloud.said.append)
    return keeping.keeper_of(plan, "sm89"), on_host.installation_of(plan).caches / "sm89-ort1.28.0"


def test_engines_that_one_host_built_are_there_on_the_next(cloud):
    first, folder = keeper(cloud, "first")
    assert first.restore() is False
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.engine").write_bytes(b"built in minutes")
    now = (folder / "deep" / "a.engine").stat().st_mtime_ns
    assert first.keep_when_quiet(lambda: True, now_ns=lambda: now + 61 * 10**9)
    second, there = keeper(cloud, "second")
    assert second.restore()
    assert (there / "deep" / "a.engine").read_bytes() == b"built in minutes"
    assert second.keep() is False  # they are there: nothing is written over


def test_engines_are_not_kept_while_they_are_being_built(cloud):
    first, folder = keeper(cloud, "first")
    folder.mkdir(parents=True)
    (folder / "a.engine").write_bytes(b"half")
    lives = iter([True, False])
    assert not first.keep_when_quiet(lambda: next(lives), look_s=0.01)
    assert not any(key.startswith("caches/") for key in cloud.held())


def test_damaged_engines_are_not_taken(cloud):
    first, folder = keeper(cloud, "first")
    folder.mkdir(parents=True)
    (folder / "a.engine").write_bytes(b"good")
    assert first.keep()
    (key,) = (key for key in cloud.held() if key.startswith("caches/"))
    noted = read_if_there(cloud.place, PREFIX + key, role_credentials(cloud.metadata.url))
    digest = origins.read_pin(noted)
    cloud.s3.put_object(Bucket=ACCOUNT.bucket, Key=blob_key(digest), Body=b"evil")
    second, there = keeper(cloud, "second")
    with pytest.raises(origins.BucketFailed, match="damaged"):
        second.restore()
    assert not there.exists()


# -- the boot -------------------------------------------------------------------------------


@pytest.fixture
def booting(tmp_path, monkeypatch):
    """A boot whose engine is a small package that notes how it was called."""
    package = tmp_path / "environment" / "small_engine"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    for name in ("on_host", "keeping"):
        (package / f"{name}.py").write_text(
            "import os, sys\n"
            f"open(os.environ['NOTES'], 'a').write('{name} ' + ' '.join(sys.argv[1:]) + '\\n')\n"
            "print('engine: models 1 of 2 MiB', flush=True)\n"
            f"sys.exit(int(os.environ.get('FAILS', '0')) if '{name}' == 'on_host' else 0)\n"
        )
    monkeypatch.setattr(boot, "_ENGINE", "small_engine")
    monkeypatch.setenv("NOTES", str(tmp_path / "notes"))
    plan = BootPlan(
        root=str(tmp_path), place=Place(name="b", region="r"), wheelhouse_digest="w",
        wheelhouse_key="w", agent={}, engine="f" * 64,
    )  # fmt: skip
    (tmp_path / "boot.json").write_text(json.dumps(asdict(plan)))
    return plan, tmp_path


def test_a_boot_installs_the_engine_before_the_agent_and_says_how_far_it_is(booting, capfd):
    plan, root = booting
    assert boot.read_plan(root / "boot.json") == plan
    boot.install_engine(plan, root / "boot.json", root / "environment")
    told = f"--plan={root / 'boot.json'}"
    assert (root / "notes").read_text().splitlines() == [f"on_host {told}", f"keeping {told}"]
    assert "engine: models 1 of 2 MiB" in capfd.readouterr().out


def test_without_its_engine_no_agent_is_started(booting, monkeypatch, capsys):
    plan, root = booting
    monkeypatch.setenv("FAILS", "3")
    with pytest.raises(boot.EngineNotThere):
        boot.install_engine(plan, root / "boot.json", root / "environment")
    monkeypatch.setattr(boot, "_say_at_work", lambda: None)
    monkeypatch.setattr(boot, "make_environment", lambda plan: root / "environment")
    monkeypatch.setattr(boot, "start_agent", lambda *asked: pytest.fail("an agent was started"))
    assert boot.main([f"--plan={root / 'boot.json'}"]) == boot.EXIT_HOPELESS
    assert "could not be installed" in capsys.readouterr().err


def test_what_no_host_can_have_is_told_from_what_may_work_later(cloud, monkeypatch, capsys):
    plan = cloud.plan("first")
    (cloud.folder / "boot.json").write_text(json.dumps(asdict(plan)))
    told = [f"--plan={cloud.folder / 'boot.json'}"]
    monkeypatch.setattr(on_host, "Published", lambda mirror: origins.Published("", small.QUICK))
    cloud.mirror.moods[f"/models/{PINNED}.onnx"] = [500] * 3
    cloud.mirror.moods[f"/other/{PINNED}.onnx"] = [500] * 3
    assert on_host.main(told) == 1
    cloud.mirror.lies[f"/models/{PINNED}.onnx"] = b"another file"
    assert on_host.main(told) == boot.EXIT_HOPELESS
    assert "not the file it should be" in capsys.readouterr().err


def test_the_agent_is_told_where_its_engine_is(booting, monkeypatch):
    plan, root = booting
    seen = {}

    class Started:
        pid = 7

        def __init__(self, argv, **given):
            seen.update(given["env"])

    monkeypatch.setattr(boot.subprocess, "Popen", Started)
    assert boot.start_agent(plan, root / "environment") == 7
    assert seen["SECONDUNIT_FACEFUSION_HOME"] == str(root / "facefusion")
    boot.start_agent(replace(plan, engine=""), root / "environment")
    assert os.pathsep in seen["PYTHONPATH"]


def test_nothing_is_done_for_a_job_without_such_an_engine(booting):
    plan, root = booting
    boot.install_engine(replace(plan, engine=""), root / "boot.json", root / "environment")
    boot.keep_engine(replace(plan, engine=""), root / "boot.json", root / "environment", 1)
    assert not (root / "notes").exists()
    assert sys.executable
