"""Whatever is sent to the API, it answers as it describes itself and never with a fault."""

from __future__ import annotations

import hashlib
import queue
import random
import threading
from dataclasses import dataclass
from decimal import Decimal

import httpx
import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from orchestrator.cloud_errors import CapacityRefused
from orchestrator.fleet.ec2.account import Cloud, CloudSettings, save_cloud
from orchestrator.fleet.ec2.sign_in import ByDefault
from orchestrator.fleet.kubernetes.cluster import Cluster, save_clusters
from orchestrator.home import Home
from orchestrator.serve.limits import Limits
from orchestrator.serve.places import Terms, typed_places
from orchestrator.serve.server import Running, Where, serve
from orchestrator.serve.tokens import Tokens
from tests.clips import make_clip
from tests.fakes.rentals import Rentals

EVERYTHING = Limits(
    requests_per_s=1e6,
    burst=10**6,
    guesses_per_s=1e6,
    guess_burst=10**6,
    uploads=10**6,
    jobs=10**6,
    video_bytes=1 << 20,
    photo_bytes=1 << 20,
    kept_bytes=1 << 60,
)
"""Nothing is refused for its number: what is fuzzed is what lies behind that."""
TERMS = Terms(places=typed_places("here,aws,kubernetes"), most_usd=Decimal(1000), most_instances=32)
DEADLINE_S = 60.0
EACH = settings(
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@dataclass
class Served:
    """A server in this process, and what there is at it."""

    url: str
    headers: dict[str, str]
    home: Home
    job: str = ""
    upload: str = ""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("orchestrator.cloud.Cloud.quote", _no_offer)
        yield from _served(tmp_path_factory)


def _no_offer(self, entries):
    raise CapacityRefused("No GPU instance is to be had now.", "Choose another region.")


def _served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzzed")
    home = Home(folder / "home")
    save_cloud(home, Cloud(CloudSettings(region="us-east-2"), ByDefault()))
    save_clusters(home, (Cluster(context="studio"),))
    headers = {"Authorization": f"Bearer {Tokens(home).make('fuzzer').reveal()}"}
    ready: queue.SimpleQueue[Running] = queue.SimpleQueue()
    thread = threading.Thread(
        target=lambda: serve(
            home,
            Where(port=0),
            EVERYTHING,
            workers=1,
            ready=ready.put,
            terms=TERMS,
            places=Rentals(),
        )
    )
    thread.start()
    running = ready.get(timeout=DEADLINE_S)
    made = Served(running.url, headers, home)
    try:
        _furnish(made, make_clip(folder / "a.mp4", frames=12))
        yield made
    finally:
        running.end()
        thread.join(DEADLINE_S)
    assert not thread.is_alive()


def _furnish(served, clip):
    """Have a job at rest and an upload, so that not everything that is asked for is missing."""
    data = clip.read_bytes()
    about = {
        "kind": "video", "title": "a", "size_bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }  # fmt: skip
    with httpx.Client(base_url=f"{served.url}/v1", headers=served.headers, timeout=60) as client:
        served.upload = client.post("/uploads", json=about).json()["id"]
        sent = client.patch(
            f"/uploads/{served.upload}", content=data, headers={"upload-offset": "0"}
        )
        assert sent.json()["state"] == "whole"
        wish = {"source": served.upload, "render": False, "look": {"engine": "identity"}}
        served.job = client.post("/jobs", json=wish).json()["id"]


def _ask(case, served, mode):
    """Send one request, half of the right ones about what is there; the answer is as described."""
    ids = {"job_id": served.job, "upload_id": served.upload}
    for name, there in ids.items():
        told = str((case.path_parameters or {}).get(name, ""))
        is_right = mode is GenerationMode.POSITIVE and case.method != "DELETE"
        if is_right and told[:1] in tuple("01234567"):
            case.path_parameters[name] = there
    # What is right by its shape can still be wrong: a cast may begin after it ends.
    case.call_and_validate(
        headers=served.headers, timeout=30, excluded_checks=[positive_data_acceptance]
    )


def _fuzz(served, examples):
    schema = schemathesis.openapi.from_url(f"{served.url}/openapi.json")
    seed = random.randrange(10**6)
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            if mode is GenerationMode.POSITIVE or _can_be_wrong(operation):
                _fuzz_one(served, operation, mode, seed, examples)


def _fuzz_one(served, operation, mode, seed, examples):
    @hypothesis.seed(seed)
    @settings(EACH, max_examples=examples)
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        _ask(case, served, mode)

    try:
        ask()
    except Exception as error:
        error.add_note(f"{operation.label}, {mode}, seed {seed}")
        raise


def _can_be_wrong(operation):
    return bool(operation.path_parameters or operation.headers or operation.body)


def test_the_api_answers_as_it_describes_itself(served):
    _fuzz(served, 4)


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_the_api_answers_as_it_describes_itself_for_long(served):
    _fuzz(served, 300)


def test_fuzzing_left_no_report_of_a_fault(served):
    assert list(served.home.crashes.iterdir()) == []
    with httpx.Client(base_url=f"{served.url}/v1", headers=served.headers) as client:
        assert client.get("/health").json() == {"status": "ok"}
