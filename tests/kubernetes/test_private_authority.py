"""Storage and queue may have certificates that only a private authority signs."""

import datetime
import threading
from contextlib import contextmanager
from dataclasses import replace

import boto3
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from orchestrator.cloud_errors import CloudUnreachable
from orchestrator.errors import RequestRefused
from orchestrator.fleet.kubernetes.authorities import as_pem, authorities_of
from orchestrator.fleet.kubernetes.cluster import Cluster
from orchestrator.fleet.kubernetes.doctor import examine
from orchestrator.fleet.kubernetes.line import QUEUE_PASSWORD, line_of
from orchestrator.fleet.kubernetes.run import in_a_cluster
from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.runner import drive
from orchestrator.secrets import Secret
from orchestrator.watching.address import note_address, noted_address, parse_address
from remote_worker.config import open_store
from remote_worker.errors import QueueUnavailable, StoreUnavailable
from tests.fakes.rabbitmq import make_certificates
from tests.faults.stories import twin
from tests.kubernetes.rig import BUCKET, KEYS, REGION

pytestmark = pytest.mark.timeout(120)


@contextmanager
def served_by_tls(folder):
    """Serve S3 and SQS over HTTPS, with the certificate in a folder; give the address."""
    app = DomainDispatcherApplication(create_backend_app)
    files = (str(folder / "server.pem"), str(folder / "key.pem"))
    server = make_server("127.0.0.1", 0, app, threaded=True, ssl_context=files)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


@pytest.fixture
def authority(tmp_path):
    folder = tmp_path / "authority"
    folder.mkdir()
    return make_certificates(folder)


@pytest.fixture
def chosen(authority, keys):
    with served_by_tls(authority.parent) as address:
        s3 = boto3.client("s3", endpoint_url=address, region_name=REGION, verify=str(authority))
        s3.create_bucket(Bucket=BUCKET)
        yield Cluster(
            context="studio",
            bucket=BUCKET,
            region=REGION,
            store_endpoint_url=address,
            queue_endpoint_url=address,
            ca_file=str(authority),
        )


def test_a_render_whose_storage_and_queue_only_a_private_authority_knows(
    rabbit, rig, original, tmp_path
):
    home, record = twin(original, tmp_path / "run", workers=1)
    with served_by_tls(rabbit.folder) as address:
        trusted = str(rabbit.ca_file)
        s3 = boto3.client("s3", endpoint_url=address, region_name=REGION, verify=trusted)
        cluster = replace(
            rig.cluster,
            store_endpoint_url=address,
            queue="rabbitmq",
            queue_endpoint_url=rabbit.place("any", tls=True).url,
            ca_file=trusted,
        )
        password = Secret((rabbit.folder / "password").read_text())
        place_for = in_a_cluster(rig.api, cluster, {**KEYS, QUEUE_PASSWORD: password}, rig.wanted)
        outcome = drive(home, record.job_id, place_for=place_for)
        assert outcome.last.phase is Phase.DONE, outcome.last.fault
        assert not s3.list_objects_v2(Bucket=BUCKET).get("Contents")
    rig.check_whole(original, home, record)


def test_without_the_file_storage_and_queue_are_not_trusted_and_say_so(chosen):
    bare = line_of(replace(chosen, ca_file=""), "20260101-000000-abcd", KEYS, hold_s=1.0)
    with pytest.raises(StoreUnavailable, match="its certificate is not trusted"):
        bare.store.has("done/a.json")
    with pytest.raises(CloudUnreachable, match="its certificate is not trusted") as refused:
        bare.queue.make()
    assert "--ca-file" in refused.value.advice


def test_another_rabbitmq_than_the_authority_signed_is_not_trusted(rabbit, authority):
    cluster = Cluster(
        context="studio",
        bucket=BUCKET,
        region=REGION,
        queue="rabbitmq",
        queue_endpoint_url=rabbit.place("any", tls=True).url,
        ca_file=str(authority),
    )
    line = line_of(cluster, "20260101-000000-abcd", KEYS, hold_s=1.0)
    with pytest.raises(QueueUnavailable, match="its certificate is not trusted"):
        line.queue.make()


def test_this_machine_reaches_both_with_the_file_and_so_does_who_watches(chosen, tmp_path):
    job_id = "20260101-000000-abcd"
    line = line_of(chosen, job_id, KEYS, hold_s=1.0)
    line.queue.make()
    line.queue.open(quick=True).send("{}", message_id="a")
    line.store.put("done/a.json", b"{}")
    home = Home(tmp_path / "home")
    home.job(job_id).mkdir(parents=True)
    note_address(home, job_id, line.store)
    address = parse_address(noted_address(home, job_id), home)
    assert open_store(address.store).get("done/a.json") == b"{}"
    line.queue.remove()
    line.clear_store()  # what moto keeps is the whole process's


def test_the_doctor_tells_when_the_certificates_end(chosen):
    findings = {each.name: each for each in examine(None, chosen, KEYS)}
    assert findings["certificates"].state == "note", "it ends tomorrow"
    assert findings["storage"].state == findings["queue"].state == "good"


def test_what_cannot_be_trusted_is_refused_by_name(authority, tmp_path):
    now = datetime.datetime.now(datetime.UTC)
    cases = {
        "No such file": tmp_path / "nowhere.pem",
        "no certificate in PEM form": _written(tmp_path / "der.pem", b"\x30\x82\x01"),
        "is damaged": _written(
            tmp_path / "half.pem", authority.read_bytes().replace(b"MII", b"MIX")
        ),
        "private key": authority.with_name("key.pem"),
        "ended on 2020-01-02": _written(tmp_path / "old.pem", _signed(2020)),
        f"begin on {now.year + 2}": _written(tmp_path / "early.pem", _signed(now.year + 2)),
    }
    for words, path in cases.items():
        with pytest.raises(RequestRefused) as refused:
            authorities_of(str(path))
        assert words in refused.value.sentence
        assert refused.value.advice


def test_of_a_bundle_one_certificate_is_enough_and_nothing_else_travels(authority, tmp_path):
    bundle = tmp_path / "bundle.pem"
    bundle.write_bytes(b"# whose: mine\n" + authority.read_bytes() + _signed(2020))
    text = as_pem(authorities_of(str(bundle)))
    assert text.count("BEGIN CERTIFICATE") == 2
    assert "whose" not in text


def _written(path, data):
    path.write_bytes(data)
    return path


def _signed(year):
    """Return a certificate that holds for one day of a year."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "old")])
    begin = datetime.datetime(year, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)
