"""A job that comes over HTTP renders in the account, is billed, and leaves nothing there."""

from __future__ import annotations

import hashlib
import queue
import sys
import threading
from dataclasses import replace
from decimal import Decimal

import httpx
import pytest

from orchestrator import cloud_machines
from orchestrator.cloud import Cloud
from orchestrator.fleet.ec2.wheelhouse import Wheelhouse
from orchestrator.home import Home
from orchestrator.serve.limits import Limits
from orchestrator.serve.places import Terms, typed_places
from orchestrator.serve.server import Running, Where, serve
from orchestrator.serve.tokens import Tokens
from tests.cloud_faults.rig import KEY, QUICK, Rig
from tests.faults.stories import identity_wish

pytestmark = [pytest.mark.timeout(240), pytest.mark.nightly]
DEADLINE_S = 60.0
TERMS = Terms(places=typed_places("aws"), most_usd=Decimal("2.00"), most_instances=2)


@pytest.fixture
def rig(region, monkeypatch):
    """The account, with hosts that have this machine's packages and stories told quickly."""
    made, choose = Rig(region).set_up(), cloud_machines.choice_of

    def choose_quick(*asked):
        choice = choose(*asked)
        return replace(
            choice,
            wanted=replace(choice.wanted, again_s=0.5),
            patience=QUICK,
            hold_s=4.0,
            wheelhouse_key=KEY,
            python=f"{sys.prefix}/bin/python",
        )

    monkeypatch.setattr(cloud_machines, "choice_of", choose_quick)
    monkeypatch.setattr(
        cloud_machines, "staged_packages", lambda *_: Wheelhouse(None, made.wheelhouse)
    )
    monkeypatch.setenv("SECONDUNIT_CHECK_IP_URL", region.check_ip_url)
    return made


@pytest.fixture
def client(rig, tmp_path):
    home = Home(tmp_path / "home")
    assert Cloud(home).choose_profile("", rig.account.region).state == "ready"
    token = Tokens(home).make("me").reveal()
    ready: queue.SimpleQueue[Running] = queue.SimpleQueue()
    thread = threading.Thread(
        target=lambda: serve(
            home, Where(port=0), Limits(), workers=1, ready=ready.put, terms=TERMS
        )
    )  # fmt: skip
    thread.start()
    running = ready.get(timeout=DEADLINE_S)
    headers = {"authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"{running.url}/v1", headers=headers, timeout=120) as made:
        yield made
    running.end()
    thread.join(DEADLINE_S)
    assert not thread.is_alive()


def submit(client, clip, **where):
    data = clip.read_bytes()
    about = {"kind": "video", "title": "a", "size_bytes": len(data)}
    about["sha256"] = hashlib.sha256(data).hexdigest()
    upload = client.post("/uploads", json=about).json()["id"]
    client.patch(f"/uploads/{upload}", content=data, headers={"upload-offset": "0"})
    wish = {"source": upload, "look": {"engine": "identity"}, "where": {"kind": "aws"} | where}
    answer = client.post("/jobs", json=wish)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def watch(client, job, on_told=lambda now: None):
    """Watch a job to its end and return how that was."""
    now = None
    with client.stream("GET", f"/jobs/{job}/events") as answer:
        for line in answer.iter_lines():
            if line.startswith("data: "):
                now = httpx.Response(200, content=line[6:].encode()).json()
                on_told(now)
    return now


def test_a_job_over_http_is_rendered_and_billed_and_another_is_cancelled(rig, client, tmp_path):
    clip = identity_wish(tmp_path / "clip", frames=120, seed=7).source
    job = submit(client, clip, instances=1, budget_usd="1.50", within_s=3600)
    told = []
    done = watch(client, job, told.append)
    assert done["state"] == "done", done["trouble"]
    rented = [each for each in told if each["machines"] and each["machines"]["machines"]]
    assert rented[-1]["machines"]["machines"][0]["type"]
    assert Decimal(rented[-1]["machines"]["usd_per_hour"]) >= 0
    receipt = done["receipt"]
    assert receipt["is_all_gone"], receipt
    assert Decimal(0) < Decimal(receipt["usd"]) < Decimal(receipt["on_demand_usd"])
    assert done["usd"] == receipt["usd"]
    wish = {"where": {"kind": "aws", "instances": 2}}
    quote = client.post(f"/jobs/{job}/quote", json=wish).json()
    assert 0 < Decimal(quote["least_usd"]) <= Decimal(quote["most_usd"])
    assert 0 < quote["least_s"] <= quote["most_s"]
    video = client.get(f"/jobs/{job}/video").content
    assert hashlib.sha256(video).hexdigest() == done["result"]["sha256"]
    client.delete(f"/jobs/{job}")

    other = submit(client, identity_wish(tmp_path / "other", frames=600, seed=8).source)

    def cancel(now):
        if now["state"] == "rendering" and rig.region.alive():
            client.post(f"/jobs/{other}/cancel")

    ended = watch(client, other, cancel)
    assert ended["state"] == "cancelled"
    assert ended["receipt"]["is_all_gone"]
    client.delete(f"/jobs/{other}")
    rig.wait_until_all_ended()
    rig.check_nothing_is_left()


def test_an_account_without_quota_and_one_that_was_left_are_told_in_words(rig, client, tmp_path):
    clip = identity_wish(tmp_path / "clip", frames=24, seed=9).source
    rig.region.quota("L-3819A6DF", 0)
    failed = watch(client, submit(client, clip))
    assert failed["state"] == "failed"
    assert failed["trouble"]["code"] == "quota_too_small"
    path, wish = f"/jobs/{failed['id']}/quote", {"where": {"kind": "aws"}}
    told = client.post(path, json=wish)
    assert (told.status_code, told.json()["code"]) == (409, "quota_too_small")
    Cloud(Home(tmp_path / "home")).forget()
    assert client.get("/places").json() == []
    again = client.post(f"/jobs/{failed['id']}/render")
    assert (again.status_code, again.json()["code"]) == (403, "place_not_offered")
    assert not rig.region.hosts()
    rig.check_nothing_is_left()
