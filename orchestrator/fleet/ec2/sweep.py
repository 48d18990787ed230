"""Find what is left of jobs in an account and remove it, whatever became of who made it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from botocore.exceptions import ClientError

from orchestrator.cloud_errors import CloudError, CloudUnreachable
from orchestrator.errors import SecondUnitError
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.expiry import Expiry
from orchestrator.fleet.ec2.faults import code_of, named
from orchestrator.fleet.ec2.ledger import EndedInstance, Ledger, alive
from orchestrator.fleet.ec2.patience import wait_until
from orchestrator.fleet.ec2.setup import Account, remove_profile
from orchestrator.fleet.ec2.termination import terminate
from orchestrator.fleet.ec2.things import Inventory, Kind, Thing, look
from orchestrator.home import Home
from orchestrator.jobs import is_open, list_jobs, lock_path, read_state
from orchestrator.journal import is_driven
from remote_worker.contract.records import JobId

Verdict = Literal["living", "another's", "left over"]
"""``living``: of a job of this machine that is not over.  ``another's``: of a job that this
machine does not know, and that may run for somebody else's."""
LATE_S = 120.0
"""An instance that is still there so long after its end has outlived all other layers."""
FORGOTTEN = timedelta(days=3)
"""After this an unknown job's things are left over, as its staged media have expired."""
BAKE = "-bake"
"""How the id of what is no job, but an image on its way, ends."""
_GONE_S = 120.0
_BATCH = 50
_KEY_LETTERS = 15
_MISSING = (
    "InvalidInstanceID.NotFound", "InvalidVolume.NotFound", "InvalidKeyPair.NotFound",
    "InvalidLaunchTemplateId.NotFound", "InvalidPermission.NotFound", "NoSuchUpload",
    "AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist", "NoSuchBucket",
    "InvalidFleetId.NotFound",
)  # fmt: skip
_ORDER = {kind: number for number, kind in enumerate(get_args(Kind))}
Share = Callable[[int, int, str], None]
"""Hears how many of how many things are done, and which is next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A thing that a sweep left alone, and why."""

    thing: Thing
    why: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A thing that could not be removed."""

    thing: Thing
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepReport:
    """What a sweep found and did."""

    at: str
    regions: tuple[str, ...]
    removed: tuple[Thing, ...]
    failed: tuple[Failed, ...]
    kept: tuple[Kept, ...]
    set_up: tuple[Thing, ...]
    unseen: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing is left but what is in use, as far as everything could be seen."""
        return not self.failed and not self.unseen


def verdict(
    thing: Thing, living: Mapping[str, bool], now: datetime, *, busy: frozenset[str] = frozenset()
) -> Verdict:
    """Return whose a thing is.

    ``living`` tells of each job of this machine whether it is open; ``busy`` are the unknown
    jobs that have an instance.
    """
    if thing.kind == "instance" and thing.ends_at and _is_past(thing.ends_at, now):
        return "left over"  # whatever its job is: no layer ended it
    known = living.get(thing.job_id)
    if known is not None:
        return "living" if known else "left over"
    if thing.kind == "instance":
        return "another's" if thing.ends_at else "left over"
    if thing.kind == "schedule" and not thing.job_id:
        return "left over"  # its instance is gone
    if thing.job_id in busy:
        return "another's"
    made = _made_at(thing.job_id)
    return "left over" if made is not None and now - made > FORGOTTEN else "another's"


def jobs_here(home: Home) -> dict[str, bool]:
    """Return of each job of this machine whether it is open; one that is unreadable is.

    Images that are being made count as jobs for as long as somebody makes them.
    """
    baking = {
        path.name: is_driven(lock_path(home, JobId(path.name)))
        for path in home.jobs.glob(f"*{BAKE}")
        if not (path / "job.json").exists()
    }
    return {**baking, **{job_id: _is_living(home, job_id) for job_id in list_jobs(home)}}


def sweep(
    clients: Clients,
    account: Account,
    regions: Iterable[str],
    living: Mapping[str, bool],
    *,
    everything: bool = False,
    share: Share | None = None,
) -> SweepReport:
    """Remove what is left over; with ``everything`` what no job of this machine has as well.

    Safe while jobs run, here or elsewhere.  What cannot be removed is in the report.
    """
    found = look(clients, account, regions)
    sentences = judged(found, living, datetime.now(UTC), everything=everything)
    doomed = sorted(
        (thing for thing, why in sentences if why == "left over"), key=lambda t: _ORDER[t.kind]
    )
    removed, failed = _remove_all(clients, account, doomed, share or _unheard)
    return SweepReport(
        at=found.at,
        regions=found.regions,
        removed=removed,
        failed=failed,
        kept=kept_of(sentences),
        set_up=found.set_up,
        unseen=found.unseen,
    )


def kept_of(each: Iterable[tuple[Thing, Verdict]]) -> tuple[Kept, ...]:
    """Return what a sweep leaves alone."""
    return tuple(Kept(thing=thing, why=why) for thing, why in each if why != "left over")


def judged(
    found: Inventory, living: Mapping[str, bool], now: datetime, *, everything: bool = False
) -> tuple[tuple[Thing, Verdict], ...]:
    """Return each thing with whose it is; with ``everything`` nothing is another's."""
    busy = frozenset(
        thing.job_id
        for thing in found.things
        if thing.kind == "instance" and verdict(thing, living, now) == "another's"
    )
    each = ((thing, verdict(thing, living, now, busy=busy)) for thing in found.things)
    return tuple(
        (thing, "left over" if everything and why == "another's" else why) for thing, why in each
    )


def note_swept(home: Home, report: SweepReport) -> None:
    """Write into the ledgers of jobs at rest which of their instances were swept.

    Raises:
        OSError: a ledger cannot be written to.
        JournalBroken: one cannot be read.
    """
    swept = {thing.id for thing in report.removed if thing.kind == "instance"}
    for job_id in {t.job_id for t in report.removed if t.kind == "instance"} & set(list_jobs(home)):
        path = home.job(JobId(job_id)) / "launches.jsonl"
        if not path.exists() or is_driven(lock_path(home, JobId(job_id))):
            continue  # whoever drives the job writes down what becomes of its instances
        ledger = Ledger(path)
        try:
            for launched in alive(ledger.lines):
                if launched.instance_id in swept:
                    ledger.write(
                        EndedInstance(instance_id=launched.instance_id, how="swept", at=report.at)
                    )
        finally:
            ledger.close()


def _remove_all(
    clients: Clients, account: Account, doomed: list[Thing], share: Share
) -> tuple[tuple[Thing, ...], tuple[Failed, ...]]:
    removed: list[Thing] = []
    failed: list[Failed] = []
    for number, batch in enumerate(batches := _batches(doomed)):
        share(number, len(batches), f"{batch[0].kind} {batch[0].id}")
        try:
            _remove(clients.elsewhere(batch[0].region or clients.region), account, batch)
            removed += batch
        except CloudError as error:
            failed += [Failed(thing=t, sentence=f"{error.sentence} {error.advice}") for t in batch]
    share(len(batches), len(batches), "")
    return tuple(removed), tuple(failed)


def _unheard(done: int, total: int, what: str) -> None:
    del done, total, what


def _batches(doomed: list[Thing]) -> list[list[Thing]]:
    """Return the things one by one, but instances of a region together: they end sooner so."""
    batches: list[list[Thing]] = []
    for thing in doomed:
        last = batches[-1] if batches else []
        fits = last and thing.kind == "instance" == last[0].kind and thing.region == last[0].region
        if fits and len(last) < _BATCH:
            last.append(thing)
        else:
            batches.append([thing])
    return batches


def _remove(clients: Clients, account: Account, batch: list[Thing]) -> None:
    thing = batch[0]
    if thing.kind == "instance":
        terminate(clients, tuple(each.id for each in batch))
        return
    if thing.kind == "role":
        with named("removing a job's role"):
            remove_profile(clients, thing.id, thing.id)
        return
    if thing.kind == "schedule":
        Expiry(clients, account).remove(thing.id)
        return
    own = Account(account_id=account.account_id, arn=account.arn, region=thing.region)
    with named(f"removing a {thing.kind}"):
        _REMOVALS[thing.kind](clients, own, thing)


def _unless_missing(call: Callable[[], Any]) -> None:
    try:
        call()
    except ClientError as error:
        if code_of(error) not in _MISSING:
            raise


def _remove_fleet(clients: Clients, account: Account, thing: Thing) -> None:
    del account
    ec2 = clients("ec2")
    _unless_missing(lambda: ec2.delete_fleets(FleetIds=[thing.id], TerminateInstances=True))


def _remove_volume(clients: Clients, account: Account, thing: Thing) -> None:
    """Delete a volume, once the instance that goes has let go of it."""
    del account
    ec2 = clients("ec2")

    def is_gone() -> bool:
        try:
            ec2.delete_volume(VolumeId=thing.id)
        except ClientError as error:
            if code_of(error) == "VolumeInUse":
                return False
            return code_of(error) in _MISSING or _again(error)
        return True

    wait_until(is_gone, _GONE_S)


def _again(error: ClientError) -> bool:
    raise error


def _remove_template(clients: Clients, account: Account, thing: Thing) -> None:
    del account
    ec2 = clients("ec2")
    _unless_missing(lambda: ec2.delete_launch_template(LaunchTemplateId=thing.id))


def _remove_key(clients: Clients, account: Account, thing: Thing) -> None:
    del account
    _unless_missing(lambda: clients("ec2").delete_key_pair(KeyName=thing.id))


def _close_door(clients: Clients, account: Account, thing: Thing) -> None:
    del account
    ranges = [{"CidrIp": thing.id}]
    rule = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": ranges}
    _unless_missing(
        lambda: clients("ec2").revoke_security_group_ingress(
            GroupId=thing.detail, IpPermissions=[rule]
        )
    )


def _remove_queue(clients: Clients, account: Account, thing: Thing) -> None:
    del account
    _unless_missing(lambda: clients("sqs").delete_queue(QueueUrl=thing.detail))


def _abort_upload(clients: Clients, account: Account, thing: Thing) -> None:
    which = {"Bucket": account.bucket, "Key": thing.id, "UploadId": thing.detail}
    _unless_missing(lambda: clients("s3").abort_multipart_upload(**which))


def _remove_media(clients: Clients, account: Account, thing: Thing) -> None:
    s3, bucket = clients("s3"), account.bucket
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=thing.id)
    for page in pages:
        keys = [{"Key": each["Key"]} for each in page.get("Contents", ())]
        if keys:
            answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": keys, "Quiet": True})
            if answer.get("Errors"):
                raise CloudUnreachable(
                    f"Staged media of {thing.id} could not be deleted.",
                    "They expire in days; sweep again to be sure.",
                )


_REMOVALS: Mapping[Kind, Callable[[Clients, Account, Thing], None]] = {
    "fleet": _remove_fleet,
    "volume": _remove_volume,
    "launch template": _remove_template,
    "key": _remove_key,
    "open door": _close_door,
    "queue": _remove_queue,
    "upload": _abort_upload,
    "staged media": _remove_media,
}


def _is_past(ends_at: str, now: datetime) -> bool:
    try:
        end = datetime.fromisoformat(ends_at)
    except ValueError:
        return True  # nobody can tell when it is to end: an instance of ours always can
    return now > (end if end.tzinfo else end.replace(tzinfo=UTC)) + timedelta(seconds=LATE_S)


def _made_at(job_id: str) -> datetime | None:
    """Return when a job was made, which its id begins with; None where it does not."""
    try:
        return datetime.strptime(job_id[:_KEY_LETTERS], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _is_living(home: Home, job_id: JobId) -> bool:
    try:
        return is_open(read_state(home, job_id)) or is_driven(lock_path(home, job_id))
    except SecondUnitError:
        return True
