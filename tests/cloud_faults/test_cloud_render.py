"""A render on instances that may vanish gives the bytes of one that nobody disturbed."""

import json
import threading
import time
from dataclasses import replace
from datetime import datetime

import pytest

from orchestrator import events
from orchestrator.fleet.ec2.lease import Patience
from orchestrator.fleet.ec2.ledger import Asked, EndedInstance, Launched, Ledger, RefusedLaunch
from orchestrator.job import Phase
from orchestrator.jobs import journal_path
from orchestrator.journal import Journal
from orchestrator.runner import drive
from orchestrator.transfer.ssh import new_key_pair
from remote_worker.contract.records import Digest
from remote_worker.stores.s3 import S3Store
from tests.cloud_faults.rig import Rig, write_words
from tests.cloud_faults.tales import App, check_whole
from tests.faults.stories import identity_original, twin

pytestmark = pytest.mark.timeout(240)
SEGMENTS = 12
DETECTED_S = 30.0
HELLO_S = 10.0
REPLACED_S = 2.0


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("original") / "one"
    return identity_original(folder, frames=10 * SEGMENTS, segment_frames=10, seed=7)


@pytest.fixture
def rig(region):
    return Rig(region).set_up()


class Trouble:
    """Watches a render and makes trouble when enough frames are done, so often as told."""

    def __init__(self, rig, make, *, at=(20,)):
        self._rig, self._make, self._at = rig, make, list(at)
        self.made_at_s = []
        self.ready_at_s = None

    def __call__(self, seen):
        if seen.phase is Phase.RENDERING and self.ready_at_s is None:
            self.ready_at_s = time.monotonic()
        if self._at and seen.frames_done >= self._at[0] and seen.phase is Phase.RENDERING:
            self._at.pop(0)
            self.made_at_s.append(time.monotonic())
            for host in self._rig.region.alive():
                self._make(self._rig.region, host.instance_id)

    @property
    def made(self):
        return len(self.made_at_s)


class Told:
    """What a render left behind on the desktop: its outcome, events, and list of launches."""

    def __init__(self, home, record, outcome):
        self.last = outcome.last
        with_journal = Journal(journal_path(home, record.job_id))
        self.events = with_journal.events
        with_journal.close()
        ledger = Ledger(home.job(record.job_id) / "launches.jsonl")
        self.launches = ledger.lines
        ledger.close()

    def kinds(self, kind):
        return [line for line in self.launches if isinstance(line, kind)]

    def rendered(self):
        finished = [each for each in self.events if isinstance(each, events.SegmentFinished)]
        return sum(not each.reused for each in finished)


def render(rig, original, folder, watch=None, *, workers=1, **options):
    """Render a twin of ``original`` in the account; check its bytes and that nothing is left."""
    home, record = twin(original, folder, workers=workers)
    place_for = rig.place_for(original, **options)
    outcome = drive(home, record.job_id, place_for=place_for, watch=watch)
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    check_whole(rig, original, home, record)
    return Told(home, record, outcome)


def test_a_video_is_rendered_on_an_instance_and_nothing_is_left(rig, original, tmp_path):
    told = render(rig, original, tmp_path / "twin")
    assert told.last.interruptions == 0
    assert len(rig.region.hosts()) == 1
    assert told.rendered() == SEGMENTS


def test_with_a_notice_no_finished_frame_is_lost_and_the_replacement_comes_before_the_end(
    rig, original, tmp_path
):
    trouble = Trouble(rig, lambda region, instance: region.interrupt(instance, notice_s=5))
    told = render(rig, original, tmp_path / "twin", trouble)
    assert trouble.made == 1
    assert told.last.interruptions == 1
    assert told.rendered() == SEGMENTS, "a segment was rendered twice"
    second = told.kinds(Launched)[1]
    first_end = told.kinds(EndedInstance)[0]
    assert first_end.how == "interrupted"
    assert told.launches.index(second) < told.launches.index(first_end)
    calls = [call["action"] for call in rig.region.calls()]
    assert "TerminateInstances" not in calls[: _nth(calls, "CreateFleet", 2)]
    noticed = [isinstance(each, events.LeaseNoticed) for each in told.events].index(True)
    assert isinstance(told.events[noticed], events.LeaseNoticed)


def _nth(calls, action, number):
    return [at for at, name in enumerate(calls) if name == action][number - 1]


@pytest.mark.parametrize(
    ("how", "told_as"), [("terminate", "terminated"), ("kill", "interrupted"), ("crash", "lost")]
)
def test_without_a_notice_one_segment_at_most_is_rendered_again(
    rig, original, tmp_path, how, told_as
):
    make = {
        "terminate": lambda _, instance: rig.clients("ec2").terminate_instances(
            InstanceIds=[instance]
        ),
        "kill": lambda region, instance: region.kill(instance),
        "crash": lambda region, instance: region.crash(instance),
    }[how]
    trouble = Trouble(rig, make)
    told = render(rig, original, tmp_path / "twin", trouble)
    assert trouble.made == 1
    assert told.last.interruptions == 1
    assert len(rig.region.hosts()) == 2
    assert told.rendered() <= SEGMENTS + 1
    assert told.last.gone == (("lease-1", told_as),)
    assert told.kinds(EndedInstance)[0].how == told_as


@pytest.mark.nightly
@pytest.mark.parametrize("how", ["crash", "freeze", "cut"])
def test_a_silent_death_is_known_within_half_a_minute(rig, original, tmp_path, how):
    make = {
        "crash": lambda region, instance: region.crash(instance),
        "freeze": lambda region, instance: region.freeze(instance),
        "cut": lambda region, instance: region.cut(instance),
    }[how]
    trouble, seen = Trouble(rig, make), []

    def watch(snapshot):
        trouble(snapshot)
        if snapshot.interruptions and not seen:
            seen.append(time.monotonic())

    render(rig, original, tmp_path / "twin", watch, choice={"patience": Patience()})
    assert seen[0] - trouble.made_at_s[0] < DETECTED_S


@pytest.mark.nightly
def test_a_replacement_is_asked_for_within_two_seconds_of_a_notice(rig, original, tmp_path):
    """Also the figures of a start: how long until a worker is heard, beside the host's own boot."""
    trouble = Trouble(rig, lambda region, instance: region.interrupt(instance, notice_s=20))
    asked_at_s, over = [], threading.Event()

    def look():
        while not over.wait(0.02):
            launches = sum(each["action"] == "CreateFleet" for each in rig.region.calls())
            if launches > len(asked_at_s):
                asked_at_s.append(time.monotonic())

    looker = threading.Thread(target=look)
    looker.start()
    began_s = time.monotonic()
    try:
        render(rig, original, tmp_path / "twin", trouble)
    finally:
        over.set()
        looker.join()
    hello_s = trouble.ready_at_s - asked_at_s[0]
    replaced_s = asked_at_s[1] - trouble.made_at_s[0]
    figures = f"asked after {asked_at_s[0] - began_s:.2f} s, hello {hello_s:.2f} s after that"
    print(f"{figures}, replacement {replaced_s:.2f} s after the notice")  # noqa: T201  # for the log
    assert replaced_s < REPLACED_S
    assert hello_s < HELLO_S


def test_the_replacement_may_be_taken_too(rig, original, tmp_path):
    make = lambda region, instance: region.interrupt(instance, notice_s=3)  # noqa: E731
    trouble = Trouble(rig, make, at=(20, 70))
    told = render(rig, original, tmp_path / "twin", trouble)
    assert trouble.made == 2
    assert told.last.interruptions == 2
    assert told.rendered() == SEGMENTS


def test_a_replacement_that_is_refused_three_times_comes_the_fourth(rig, original, tmp_path):
    def make(region, instance):
        for pool in rig.zones():
            region.run_out(*pool)
        region.interrupt(instance, notice_s=2)

    trouble = Trouble(rig, make)
    home_of = tmp_path / "twin"

    def watch(seen):
        trouble(seen)
        ledger = next(home_of.glob("home/jobs/*/launches.jsonl"))
        if ledger.read_text().count('"RefusedLaunch"') >= 3:
            for pool in rig.zones():
                rig.region.give(*pool)

    told = render(rig, original, home_of, watch)
    refused = told.kinds(RefusedLaunch)
    assert len(refused) >= 3
    assert len({line.token for line in told.kinds(Asked)}) == len(told.kinds(Asked))
    assert len(rig.region.hosts()) == 2


def test_when_spot_cannot_be_had_an_instance_on_demand_is_taken_if_that_is_wished(
    rig, original, tmp_path
):
    for pool in rig.zones():
        rig.region.run_out(*pool)
    told = render(rig, original, tmp_path / "twin", patience_s=1.0, fall_back=True)
    assert [line.market for line in told.kinds(Launched)] == ["on-demand"]


def test_instances_are_launched_when_the_first_pieces_want_them(rig, original, tmp_path):
    told = render(rig, original, tmp_path / "twin", workers=2, launch_after_s=(0.0, 4.0))
    first, second = told.kinds(Launched)
    apart = datetime.fromisoformat(second.at) - datetime.fromisoformat(first.at)
    assert apart.total_seconds() >= 3


@pytest.mark.parametrize("how", ["cut desktop", "freeze"])
def test_a_short_break_of_the_line_costs_no_instance(rig, original, tmp_path, how):
    healed = []

    def make(region, instance):
        region.cut(instance, only="desktop") if how == "cut desktop" else region.freeze(instance)

    trouble = Trouble(rig, make)

    def watch(seen):
        trouble(seen)
        if trouble.made and not healed and time.monotonic() - trouble.made_at_s[0] > 1.5:
            for host in rig.region.alive():
                healed.append(host)
                rig.region.heal(host.instance_id)
                if how == "freeze":
                    rig.region.thaw(host.instance_id)

    told = render(rig, original, tmp_path / "twin", watch)
    assert healed
    assert len(rig.region.hosts()) == 1
    assert told.last.interruptions == 0


def test_a_launch_whose_answer_is_lost_is_not_made_again(rig, original, tmp_path):
    rig.region.lose_answer("CreateFleet", 7)  # more often than the SDK asks
    told = render(rig, original, tmp_path / "twin")
    assert len(rig.region.hosts()) == 1
    assert len(told.kinds(Asked)) == 1


def test_a_sign_in_that_ends_in_the_middle_is_waited_for(rig, original, tmp_path):
    trouble = Trouble(rig, lambda region, instance: region.expire_credentials())

    def watch(seen):
        trouble(seen)
        if trouble.made and time.monotonic() - trouble.made_at_s[0] > 6:
            rig.region.revive_credentials()

    told = render(rig, original, tmp_path / "twin", watch)
    assert trouble.made
    assert len(rig.region.hosts()) == 1
    assert told.last.interruptions == 0


def test_an_instance_whose_disk_is_full_is_replaced_and_blames_no_chunk(rig, original, tmp_path):
    trouble = Trouble(rig, lambda region, instance: region.fill_disk(instance))
    told = render(rig, original, tmp_path / "twin", trouble)
    assert trouble.made
    assert len(rig.region.hosts()) == 2
    assert not [each for each in told.events if isinstance(each, events.ChunkBuried)]


def test_another_worker_on_every_instance_fails_the_job_after_the_second(
    rig, original, tmp_path, monkeypatch
):
    monkeypatch.setattr("orchestrator.fleet.ec2.run.worker_digest", lambda: "ab" * 32)
    home, record = twin(original, tmp_path / "twin", workers=1)
    last = drive(home, record.job_id, place_for=rig.place_for(original)).last
    assert last.phase is Phase.FAILED
    assert last.fault.reason == "worker_unfit"
    assert "another worker" in last.fault.sentence
    assert len(rig.region.hosts()) == 2, "one more may be another, a third is the same"
    rig.wait_until_all_ended()


def test_packages_that_are_damaged_fail_the_job_in_the_hosts_own_words(rig, original, tmp_path):
    home, record = twin(original, tmp_path / "twin", workers=1)
    choice = {"wheelhouse_digest": Digest("ab" * 32)}  # is not that of what lies there
    last = drive(home, record.job_id, place_for=rig.place_for(original, choice=choice)).last
    assert last.phase is Phase.FAILED
    assert "damaged" in last.fault.sentence
    assert len(rig.region.hosts()) == 2
    rig.wait_until_all_ended()


@pytest.mark.parametrize("what", ["another key", "another instance", "no key"])
def test_a_host_key_that_is_not_right_is_never_spoken_to(
    rig, original, tmp_path, monkeypatch, what
):
    plain, spoilt = S3Store.get, []

    def get(store, key, **how):
        told = plain(store, key, **how)
        if key.startswith("hosts/") and (not spoilt or key in spoilt):
            spoilt.append(key)
            if what == "no key":
                raise ValueError("never told")
            fields = json.loads(told)
            if what == "another instance":
                fields["instance_id"] = "i-0123456789abcdef0"
            else:
                fields["host_key"] = new_key_pair().public_line
            return json.dumps(fields).encode()
        return told

    monkeypatch.setattr(S3Store, "get", get)
    render(rig, original, tmp_path / "twin")
    first, second = rig.region.hosts()
    assert "Accepted publickey" not in rig.region.console(first.instance_id)
    assert "Accepted publickey" in rig.region.console(second.instance_id)


def test_the_door_follows_a_laptop_that_moves(rig, original, tmp_path):
    doors = []

    def make(region, instance):
        region.move_client(drop=True)

    trouble = Trouble(rig, make)

    def watch(seen):
        trouble(seen)
        new = [f"{rig.region.client_address()}/32"]
        if trouble.made and doors[-1:] != [new]:
            groups = rig.clients("ec2").describe_security_groups()["SecurityGroups"]
            now = [
                each["CidrIp"]
                for group in groups
                for permission in group["IpPermissions"]
                for each in permission["IpRanges"]
            ]
            if now and now not in doors:
                doors.append(now)

    told = render(rig, original, tmp_path / "twin", watch)
    assert trouble.made
    assert len(rig.region.hosts()) == 1
    assert told.last.interruptions == 0
    assert doors[-1] == [f"{rig.region.client_address()}/32"]


@pytest.mark.parametrize("when", ["launched", "rendering"])
def test_an_app_that_is_killed_finds_its_instance_again(rig, original, tmp_path, when):
    home, record = twin(original, tmp_path / "twin", workers=1)
    rig.key_of(record)
    write_words(rig, tmp_path / "words.json")
    app = App(tmp_path / "words.json", home, record, tmp_path / "app.log")
    ledger = home.job(record.job_id) / "launches.jsonl"
    seen = {
        "launched": lambda: '"Launched"' in _text(ledger),
        "rendering": lambda: "SegmentFinished" in _text(journal_path(home, record.job_id)),
    }[when]
    try:
        while not seen():
            assert app.process.poll() is None, (tmp_path / "app.log").read_text()
            time.sleep(0.02)
        app.live((0.0,))
    finally:
        app.end()
    check_whole(rig, original, home, record)
    assert len(rig.region.hosts()) == 1
    journal = Journal(journal_path(home, record.job_id))
    staged = [each.chunk_id for each in journal.events if isinstance(each, events.ChunkStaged)]
    journal.close()
    if when == "rendering":
        assert len(staged) == len(set(staged)), "staged again what was in the queue"


def _text(path):
    return path.read_text() if path.exists() else ""


def test_a_stop_while_no_instance_can_be_had_rests_at_once(rig, original, tmp_path):
    from orchestrator.runner import StopSignal

    for pool in rig.zones():
        rig.region.run_out(*pool)
    home, record = twin(original, tmp_path / "twin", workers=1)
    stop, began_s = StopSignal(), time.monotonic()

    def watch(seen):
        if seen.phase is Phase.LEASING and not stop.stops:
            stop.stop()

    place_for = rig.place_for(patience_s=600.0, again_s=60.0)
    assert drive(home, record.job_id, place_for=place_for, watch=watch, stop=stop).last.phase is (
        Phase.STOPPED
    )
    assert time.monotonic() - began_s < 50, "it waited until it would ask again"
    for pool in rig.zones():
        rig.region.give(*pool)
    outcome = drive(home, record.job_id, place_for=rig.place_for(original))
    assert replace(outcome.last, frames_done=0).phase is Phase.DONE
    check_whole(rig, original, home, record)
