"""Jobs that come over HTTP render where whoever runs the server offers it, and at what cost."""

from __future__ import annotations

import hashlib
import queue
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import httpx
import pytest

from orchestrator.cli.exits import Exit
from orchestrator.cli.main import main
from orchestrator.cloud import Quote
from orchestrator.cloud_errors import (
    BudgetReached,
    CloudUnreachable,
    CredentialsExpired,
    QuotaTooSmall,
)
from orchestrator.desk.entries import Where
from orchestrator.errors import RequestRefused
from orchestrator.fleet.ec2.account import Cloud, CloudSettings, Limits, save_cloud
from orchestrator.fleet.ec2.sign_in import ByDefault
from orchestrator.fleet.kubernetes.cluster import Cluster, save_clusters
from orchestrator.home import Home
from orchestrator.jobs import list_jobs
from orchestrator.serve.limits import Limits as Bounds
from orchestrator.serve.place_shapes import AwsWish, HereWish, KubernetesWish
from orchestrator.serve.places import Named, Places, Terms, chosen, typed_places
from orchestrator.serve.problems import ApiRefused
from orchestrator.serve.server import Running, serve
from orchestrator.serve.server import Where as Bound
from orchestrator.serve.shapes import JobWish
from orchestrator.serve.tokens import Tokens, served_folder
from orchestrator.serve.wishes import asked_of
from tests.fakes.fleets import FakeFleet
from tests.fakes.rentals import Leaving, Rentals, hold
from tests.faults.stories import identity_wish

pytestmark = pytest.mark.timeout(180)
DEADLINE_S = 60.0
REGION, CONTEXT = "us-east-2", "studio"
ALL = Terms(
    places=typed_places("here, aws, kubernetes"), most_usd=Decimal("2.00"), most_instances=3
)
IDENTITY = {"engine": "identity"}


def with_places(folder):
    """Return a home with an account and a cluster that were set up."""
    home = Home(folder)
    limits = Limits(instances=2, job_usd=Decimal("1.50"))
    save_cloud(home, Cloud(CloudSettings(region=REGION, limits=limits), ByDefault()))
    save_clusters(home, (Cluster(context=CONTEXT, pods=8),))
    return home


class Client:
    """One caller of a server that runs in this process."""

    def __init__(self, home, url, *places):
        token = Tokens(home).make("me", places).reveal()
        self.home = home
        self.http = httpx.Client(
            base_url=f"{url}/v1", headers={"authorization": f"Bearer {token}"}, timeout=60
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.http.close()

    def ask(self, method, path, status=200, **more):
        answer = self.http.request(method, path, **more)
        assert answer.status_code == status, (answer.status_code, answer.text)
        return answer.json() if answer.content else None

    def upload(self, clip):
        data = clip.read_bytes()
        about = {"kind": "video", "title": "a", "size_bytes": len(data)}
        about["sha256"] = hashlib.sha256(data).hexdigest()
        name = self.ask("POST", "/uploads", 201, json=about)["id"]
        self.ask("PATCH", f"/uploads/{name}", content=data, headers={"upload-offset": "0"})
        return name

    def submit(self, clip, status=201, **where):
        wish = {"source": self.upload(clip), "look": IDENTITY, "where": where}
        return self.ask("POST", "/jobs", status, json=wish)

    def until(self, job, is_so):
        until_s = time.monotonic() + DEADLINE_S
        while time.monotonic() < until_s:
            now = self.ask("GET", f"/jobs/{job}")
            if is_so(now):
                return now
            time.sleep(0.02)
        raise AssertionError(f"it never came to that: {now}")

    def video(self, job):
        return self.http.get(f"/jobs/{job}/video").content


def files_of(home):
    return [path.name for path in served_folder(home).rglob("*") if path.is_file()]


def await_so(is_so):
    until_s = time.monotonic() + DEADLINE_S
    while not is_so():
        assert time.monotonic() < until_s, "it never came to that"
        time.sleep(0.02)


@contextmanager
def served(home, rentals, terms=ALL):
    ready: queue.SimpleQueue[Running] = queue.SimpleQueue()
    thread = threading.Thread(
        target=lambda: serve(
            home, Bound(port=0), Bounds(requests_per_s=1e4, burst=10**4), workers=1,
            ready=ready.put, terms=terms, places=rentals,
        )
    )  # fmt: skip
    thread.start()
    running = ready.get(timeout=DEADLINE_S)
    try:
        yield running.url
    finally:
        running.end()
        thread.join(DEADLINE_S)
    assert not thread.is_alive()


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    return identity_wish(tmp_path_factory.mktemp("clip") / "clip", frames=24, seed=3).source


@pytest.fixture(scope="module")
def place(tmp_path_factory, clip):
    """A server that offers everything, the machines elsewhere that it has, and a job at rest.

    That one has the clip looked at once for all.
    """
    rentals = Rentals()
    home = with_places(tmp_path_factory.mktemp("served") / "home")
    with served(home, rentals) as url, Client(home, url) as client:
        wish = {"source": client.upload(clip), "look": IDENTITY, "render": False}
        client.ask("POST", "/jobs", 201, json=wish)
        yield client, rentals, url


@pytest.fixture
def api(place):
    return place[0]


@pytest.fixture
def rentals(place):
    """The machines, as they are when nothing is wrong with them."""
    used = place[1]
    used.__init__()
    return used


# -- what is offered -------------------------------------------------------------------------------


def test_places_and_what_a_job_has_there_are_told(api):
    here, account, cluster = api.ask("GET", "/places")
    assert (here["kind"], here["most_instances"], here["most_usd"]) == ("here", None, None)
    assert (account["kind"], account["region"], account["cluster"]) == ("aws", REGION, None)
    # The account's own cap is less than what the server would let a job cost.
    assert (account["most_usd"], account["most_instances"], account["instances"]) == ("1.50", 3, 2)
    assert (cluster["kind"], cluster["cluster"], cluster["most_usd"]) == (
        "kubernetes", CONTEXT, None,
    )  # fmt: skip
    assert (cluster["most_instances"], cluster["instances"]) == (3, 3)


def test_a_token_is_good_for_its_places_only(place, clip):
    _, _, url = place
    with Client(place[0].home, url, "here") as api:
        assert [each["kind"] for each in api.ask("GET", "/places")] == ["here"]
        assert api.submit(clip, 403, kind="aws")["code"] == "place_not_offered"
        job = api.submit(clip, kind="here")["id"]
        wish = {"where": {"kind": "kubernetes"}}
        assert api.ask("PUT", f"/jobs/{job}/where", 403, json=wish)["code"] == "place_not_offered"
        api.ask("DELETE", f"/jobs/{job}", 204)


@pytest.mark.parametrize(
    ("where", "status", "code"),
    [
        ({"kind": "aws", "region": "eu-west-1"}, 403, "place_not_offered"),
        ({"kind": "kubernetes", "cluster": "other"}, 403, "place_not_offered"),
        ({"kind": "aws", "instances": 4}, 403, "more_than_offered"),
        ({"kind": "kubernetes", "instances": 4}, 403, "more_than_offered"),
        ({"kind": "aws", "budget_usd": "1.51"}, 403, "more_than_offered"),
        ({"kind": "aws", "budget_usd": "0"}, 422, "not_understood"),
        ({"kind": "aws", "budget_usd": "NaN"}, 422, "not_understood"),
        ({"kind": "aws", "within_s": 1}, 422, "not_understood"),
        ({"kind": "kubernetes", "budget_usd": "1"}, 422, "not_understood"),
        ({"kind": "kubernetes", "within_s": 3600}, 422, "not_understood"),
        ({"kind": "here", "instances": 1}, 422, "not_understood"),
        ({"kind": "moon"}, 422, "not_understood"),
    ],
)
def test_what_goes_beyond_the_offer_is_refused_at_the_door(api, rentals, where, status, code):
    wish = {"source": "0" * 32, "look": IDENTITY, "where": where}
    told = api.ask("POST", "/jobs", status, json=wish)
    assert told["code"] == code
    assert told["detail"].endswith(".")
    assert told["advice"]
    assert rentals.wheres == []


def test_what_is_not_said_is_as_the_account_has_it(tmp_path):
    offers = Places(with_places(tmp_path / "home"), ALL).offers()
    assert chosen(AwsWish(kind="aws"), offers) == Where(
        kind="aws", region=REGION, instances=2, budget_usd=Decimal("1.50")
    )
    wish = AwsWish(
        kind="aws", instances=3, budget_usd=Decimal("0.40"), fall_back=True, within_s=7200
    )
    where = chosen(wish, offers)
    assert (where.instances, where.budget_usd, where.fall_back, where.within_s) == (
        3, Decimal("0.40"), True, 7200,
    )  # fmt: skip
    assert chosen(KubernetesWish(kind="kubernetes"), offers) == Where(
        kind="kubernetes", cluster=CONTEXT, instances=3
    )
    assert chosen(HereWish(kind="here"), offers) == Where()
    with pytest.raises(ApiRefused):
        chosen(HereWish(kind="here"), offers[1:])


def test_places_are_typed_with_commas_between():
    typed = "here,aws:eu-west-1, kubernetes:arn:aws:eks:x:1:cluster/a,here"
    assert typed_places(typed) == (
        Named("here"),
        Named("aws", "eu-west-1"),
        Named("kubernetes", "arn:aws:eks:x:1:cluster/a"),
    )
    assert ",".join(map(str, typed_places("aws:eu-west-1,here"))) == "aws:eu-west-1,here"
    for wrong in ("", ",", "moon", "here:x", "AWS"):
        with pytest.raises(RequestRefused):
            typed_places(wrong)


def test_a_place_that_was_taken_out_of_the_settings_is_not_offered(tmp_path):
    home = with_places(tmp_path / "home")
    save_clusters(home, ())
    assert [each.kind for each in Places(home, ALL).offers()] == ["here", "aws"]
    assert [each.kind for each in Places(home, ALL).offers(("aws:us-east-2",))] == []


def test_a_key_from_before_there_were_places_makes_no_second_job():
    wish = JobWish(source="0" * 32)
    assert '"where"' not in asked_of(wish)
    assert '"where"' in asked_of(JobWish(source="0" * 32, where=AwsWish(kind="aws")))


def test_whoever_runs_the_server_is_told_that_no_month_has_a_limit(tmp_path):
    home = with_places(tmp_path / "home")
    assert Places(home, Terms()).cautions() == ()
    (caution,) = Places(home, ALL).cautions()
    assert "$2.00" in caution
    limits = Limits(month_usd=Decimal(50))
    save_cloud(home, Cloud(CloudSettings(region=REGION, limits=limits), ByDefault()))
    assert Places(home, ALL).cautions() == ()


def test_a_place_that_was_not_set_up_is_not_served(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SECONDUNIT_HOME", str(tmp_path / "home"))
    at = ("serve", "--port", "0", "--places")
    for options, said in (
        (("aws",), "--most-usd"),
        (("aws", "--most-usd", "2"), "sign-in"),
        (("kubernetes",), "kubernetes set"),
        (("here", "--most-instances", "0"), "from 1"),
        (("aws", "--most-usd", "0"), "above 0"),
        (("moon",), "no place"),
    ):
        assert main([*at, *options]) == Exit.USAGE
        assert said in capsys.readouterr().err
    assert main(["serve", "token", "me", "--places", "moon"]) == Exit.USAGE


# -- rendering elsewhere ---------------------------------------------------------------------------


def test_a_job_elsewhere_tells_its_machines_and_what_they_cost(api, rentals, clip):
    job = api.submit(clip, kind="aws", budget_usd="0.75", fall_back=True)
    assert (job["where"]["kind"], job["where"]["budget_usd"]) == ("aws", "0.75")
    told = []
    with api.http.stream("GET", f"/jobs/{job['id']}/events") as answer:
        told = [line for line in answer.iter_lines() if line.startswith("data: ")]
    done = api.ask("GET", f"/jobs/{job['id']}")
    assert done["state"] == "done", done["trouble"]
    assert any('"usd":"0.07"' in each and '"g6.xlarge"' in each for each in told)
    assert rentals.wheres[0].budget_usd == Decimal("0.75")
    receipt = done["receipt"]
    assert (done["usd"], receipt["usd"], receipt["on_demand_usd"]) == ("0.21", "0.21", "0.60")
    assert (receipt["seconds"], receipt["interruptions"], receipt["is_all_gone"]) == (900, 1, True)
    assert receipt["machines"][0]["how"] == "released"
    assert done["machines"] is None
    assert hashlib.sha256(api.video(job["id"])).hexdigest() == done["result"]["sha256"]
    api.ask("DELETE", f"/jobs/{job['id']}", 204)
    await_so(lambda: list_jobs(api.home) == ())


def test_cancelling_ends_the_machines(api, rentals, clip):
    fleet = FakeFleet((hold, hold))
    rentals.fleets.append(fleet)
    job = api.submit(clip, kind="aws")["id"]
    api.until(job, lambda now: now["machines"])
    now = api.ask("POST", f"/jobs/{job}/cancel")
    assert (now["state"], now["usd"], now["machines"]) == ("cancelled", "0.21", None)
    assert now["receipt"]["is_all_gone"]
    assert fleet.closed == 1
    api.ask("DELETE", f"/jobs/{job}", 204)
    await_so(lambda: list_jobs(api.home) == ())


def test_what_the_account_refuses_is_told_in_words_and_another_place_can_be_taken(
    api, rentals, clip
):
    rentals.error = QuotaTooSmall("This account may have no GPU yet.", "Ask AWS for more.")
    job = api.submit(clip, kind="aws")["id"]
    failed = api.until(job, lambda now: now["is_over"])
    assert failed["state"] == "failed"
    assert failed["trouble"]["code"] == "quota_too_small"
    assert failed["trouble"]["sentence"] == "This account may have no GPU yet."
    rentals.error = BudgetReached("This month’s budget is used up.", "Raise it.")
    api.ask("POST", f"/jobs/{job}/render")
    failed = api.until(job, lambda now: now["is_over"])
    assert failed["trouble"]["code"] == "budget_reached"
    moved = api.ask("PUT", f"/jobs/{job}/where", json={"where": {"kind": "here"}})
    assert (moved["state"], moved["where"]["kind"]) == ("ready", "here")
    api.ask("POST", f"/jobs/{job}/render")
    assert api.until(job, lambda now: now["is_over"])["state"] == "done"
    wish = {"where": {"kind": "aws", "instances": 99}}
    assert api.ask("PUT", f"/jobs/{job}/where", 422, json=wish)["code"] == "not_understood"
    api.ask("DELETE", f"/jobs/{job}", 204)


def test_a_quote_is_asked_for_before_a_budget_is_set(api, clip, monkeypatch):
    (job,) = api.ask("GET", "/jobs")
    api.until(job["id"], lambda now: now["state"] == "ready")
    path, asked = f"/jobs/{job['id']}/quote", []

    def quote(self, entries):
        asked.extend(entries)
        return Quote(
            least_s=60.04, most_s=90.0, least_usd=Decimal("0.1"), most_usd=Decimal("0.23456"),
            on_demand_usd=Decimal(1), budget_usd=Decimal("1.50"),
        )  # fmt: skip

    monkeypatch.setattr("orchestrator.cloud.Cloud.quote", quote)
    wish = {"where": {"kind": "aws", "instances": 3}}
    told = api.ask("POST", path, json=wish)
    assert (told["least_s"], told["most_usd"], told["budget_usd"]) == (60.0, "0.2346", "1.50")
    assert told["instances"] == 3
    assert asked[0].where.region == REGION
    assert api.ask("GET", f"/jobs/{job['id']}") == job | {"state": "ready"}
    none = {"where": {"kind": "kubernetes"}}
    assert api.ask("POST", path, 422, json=none)["code"] == "no_prices"
    much = {"where": {"kind": "aws", "instances": 9}}
    assert api.ask("POST", path, 403, json=much)["code"] == "more_than_offered"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (CredentialsExpired("The sign-in is over.", "Sign in again."), 503),
        (CloudUnreachable("AWS does not answer.", "Check the network."), 503),
        (QuotaTooSmall("This account may have no GPU yet.", "Ask AWS for more."), 409),
    ],
)
def test_what_the_account_says_to_a_quote_is_a_problem(api, monkeypatch, error, status):
    (job,) = api.ask("GET", "/jobs")
    api.until(job["id"], lambda now: now["state"] == "ready")

    def refuse(self, entries):
        raise error

    monkeypatch.setattr("orchestrator.cloud.Cloud.quote", refuse)
    wish = {"where": {"kind": "aws"}}
    told = api.ask("POST", f"/jobs/{job['id']}/quote", status, json=wish)
    assert (told["code"], told["detail"]) == (error.code, error.sentence)


@pytest.mark.parametrize(
    ("name", "value"),
    [("fall_back", 1), ("fall_back", "yes"), ("instances", True), ("budget_usd", True),
     ("within_s", True), ("instances", "2")],
)  # fmt: skip
def test_what_only_may_pass_for_an_amount_is_refused(api, name, value):
    wish = {"source": "0" * 32, "where": {"kind": "aws", name: value}}
    assert api.ask("POST", "/jobs", 422, json=wish)["code"] == "not_understood"


def test_a_job_is_forgotten_only_when_nothing_of_it_is_left_elsewhere(api, rentals, clip):
    rentals.receipt_now = None  # nobody could look whether all is gone
    rentals.fleets.append(FakeFleet((hold, hold)))
    rentals.unclear = CloudUnreachable("AWS does not answer.", "Check the network.")
    job = api.submit(clip, kind="aws")["id"]
    api.until(job, lambda now: now["machines"])
    api.ask("DELETE", f"/jobs/{job}", 204)
    assert api.ask("GET", f"/jobs/{job}", 404)["code"] == "job_missing"
    assert job not in {each["id"] for each in api.ask("GET", "/jobs")}
    (render,) = list_jobs(api.home)
    assert rentals.cleared == []
    rentals.unclear = None
    # Another that leaves has the first tried again, too.
    rentals.fleets.append(FakeFleet((hold, hold)))
    other = api.submit(clip, kind="kubernetes")["id"]
    api.until(other, lambda now: now["machines"])
    api.ask("DELETE", f"/jobs/{other}", 204)
    await_so(lambda: not any(name.startswith((job, other)) for name in files_of(api.home)))
    assert list_jobs(api.home) == ()
    assert render in rentals.cleared


def test_a_restart_goes_on_with_what_is_elsewhere_and_with_what_was_deleted(tmp_path, clip):
    home, rentals = with_places(tmp_path / "home"), Rentals()
    fleet = Leaving((hold, hold))
    rentals.fleets, rentals.may_leave = [fleet], True
    with served(home, rentals) as url, Client(home, url) as api:
        job = api.submit(clip, kind="aws")["id"]
        api.until(job, lambda now: now["machines"] and now["machines"]["goes_on_alone"])
    assert (fleet.left, fleet.closed) == (1, 0)
    rentals.may_leave, rentals.receipt_now = False, None
    with served(home, rentals) as url, Client(home, url) as api:
        done = api.until(job, lambda now: now["is_over"])
        assert done["state"] == "done", done["trouble"]
        rentals.unclear = CloudUnreachable("AWS does not answer.", "Check the network.")
        api.ask("DELETE", f"/jobs/{job}", 204)
        assert len(list_jobs(home)) == 1
    rentals.unclear = None
    here_only = replace(ALL, places=(Named("here"),))
    with served(home, rentals, here_only) as url, Client(home, url) as api:
        assert rentals.was_cleared.wait(DEADLINE_S)
        assert api.ask("GET", "/jobs") == []
        await_so(lambda: files_of(home) == ["tokens.json"])
        assert list_jobs(home) == ()
