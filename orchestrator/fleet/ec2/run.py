"""Make and clear away what one job has in an account: queues, a key, a door, a template."""

from __future__ import annotations

import contextlib
import json
import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial

from botocore.exceptions import ClientError

from orchestrator.cloud_errors import CloudError
from orchestrator.events import LeaseId
from orchestrator.fleet import Fleet, Tell
from orchestrator.fleet.ec2 import names
from orchestrator.fleet.ec2.budget import extras_usd_per_hour, next_life_s
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.expiry import Expiry
from orchestrator.fleet.ec2.faults import code_of, named
from orchestrator.fleet.ec2.fleet import Ec2Fleet, Wanted
from orchestrator.fleet.ec2.kept import NOTE_KEY, KeptLauncher
from orchestrator.fleet.ec2.launch import Launcher, Outfit
from orchestrator.fleet.ec2.lease import Kit, Patience
from orchestrator.fleet.ec2.ledger import Launched, Ledger, Line, alive, unanswered
from orchestrator.fleet.ec2.policy import job_profile, remove_job_profile
from orchestrator.fleet.ec2.setup import Account, SetUp
from orchestrator.fleet.ec2.store import JobStore
from orchestrator.fleet.ec2.termination import see_off, terminate
from orchestrator.fleet.ec2.user_data import ROOT, user_data
from orchestrator.home import Home
from orchestrator.jobs import JobRecord
from orchestrator.places import Place, PlaceFor
from orchestrator.transfer.archive import Archive, pack_worker
from orchestrator.transfer.patience import PatientQueue, PatientStore
from orchestrator.transfer.ssh import KeyPair
from remote_worker.agent import worker_digest
from remote_worker.boot import BootPlan
from remote_worker.bucket import Place as BucketPlace
from remote_worker.config import AgentConfig, QueueConfig, StoreConfig
from remote_worker.contract.coding import to_plain
from remote_worker.contract.records import Digest, JobId
from remote_worker.first import FirstPlan
from remote_worker.queues.sqs import SqsPlace, SqsQueue
from remote_worker.stores.s3 import Bucket

_DELIVERIES = 20
HOLD_S = 30.0
"""A dead worker's chunk is free again after this, about when its replacement has booted."""
_GRACE_S = 100.0
_PATIENCE_S = 12 * 3600.0
"""How long this machine may be cut off before a job is given up; instances go on meanwhile."""
_ALONE_S = 120.0
"""An agent without work, and without a word from the desktop, ends after so long."""
_KEPT_S = 14 * 24 * 3600
_MISSING = (
    "AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist", "InvalidKeyPair.NotFound",
    "InvalidPermission.NotFound", "InvalidGroup.NotFound", "NoSuchUpload",
    "AWS.SimpleQueueService.PurgeQueueInProgress", "PurgeQueueInProgress",
)  # fmt: skip
_THERE = ("InvalidKeyPair.Duplicate", "InvalidPermission.Duplicate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen for one job's instances."""

    wanted: Wanted
    image_id: str
    user: str
    """Who one is on the image, such as ``ubuntu``."""
    disk_gib: int
    root_device: str = "/dev/sda1"
    life_s: float
    """No instance lives longer, whatever the budget pays for."""
    budget_usd: Decimal | None = None
    """What all instances of the job may cost in all; None: there is no cap."""
    instances: int = 1
    """How many are wanted side by side: what shares the budget."""
    idle_s: float
    """Without use for so long, an instance ends itself, whatever its agent does."""
    alone_s: float = _ALONE_S
    """Without work and without this machine for so long, an agent ends, and its instance."""
    hold_s: float = HOLD_S
    keep_going: bool = False
    """Whether AWS replaces what is taken, also while this machine is away."""
    patience: Patience = field(default_factory=Patience)
    wheelhouse_digest: Digest
    wheelhouse_key: str
    engine: str = ""
    """Digest of the order for an engine that hosts install; empty: it is part of the worker."""
    python: str = "python3"
    endpoint_url: str = ""
    """Empty: AWS itself."""


class CloudRun:
    """One job in an account; everything it makes carries the job's name and is cleared."""

    def __init__(
        self,
        clients: Clients,
        account: Account,
        home: Home,
        job_id: JobId,
        choice: Choice,
        key: KeyPair,
        my_address: Callable[[], str],
    ) -> None:
        self._clients, self._account, self._choice = clients, account, choice
        self._job_id, self._key, self._my_address = job_id, key, my_address
        self._prefix = names.job_prefix(job_id)
        self._profile = names.PROFILE
        self._expiry = Expiry(clients, account)
        self._ledger = Ledger(home.job(job_id) / "launches.jsonl")
        self._group_id = SetUp(clients, account).group_id()
        self._doors = threading.Lock()
        self._over = threading.Event()
        self._urls = self._made_queues()

    def place(self) -> Place:
        """Return where the job runs; what is not there yet is made."""
        kit = self.kit()
        sqs, quick = self._clients("sqs"), self._clients.quick("sqs")
        where = SqsPlace(url=self._urls[0], dead_url=self._urls[1], region=self._clients.region)
        fill = SqsQueue(where, client=sqs)

        def fleet(tell: Tell) -> Fleet:
            launcher = self.ready()
            return Ec2Fleet(launcher, kit, self._choice.wanted, tell, on_close=self.rest)

        return Place(
            store=PatientStore(self._store(), self._over, _PATIENCE_S),
            fill=PatientQueue(fill, self._over, _PATIENCE_S),
            look=SqsQueue(where, client=quick),
            fleet=fleet,
            keeps_queue=True,
            tidy=self.clear,
            patience_s=_PATIENCE_S,
        )

    def ready(self) -> Launcher:
        """Make what instances are launched with, and return what launches them.

        Raises:
            CloudError: AWS does not let us.
        """
        self._import_key()
        self.open_door()
        image_id = self._choice.image_id
        self._profile = job_profile(self._clients, self._account, self._job_id, image_id)
        launcher = self._launcher()
        if self._choice.keep_going:
            archive = pack_worker()
            self._store().put(_worker_key(archive), archive.data)
        launcher.prepare()
        return launcher

    def open_door(self) -> None:
        """Let this machine, and it alone, reach the job's instances; follow its address.

        Raises:
            CloudError: AWS does not let us.
        """
        address = self._my_address()
        ec2 = self._clients("ec2")
        with self._doors, named("opening the way to the instances"):
            _unless(_THERE, lambda: ec2.authorize_security_group_ingress(**self._door(address)))
            self._close_doors(but=address)

    def rest(self) -> None:
        """Let go of what only a running app needs: nobody comes through the door any more."""
        self._over.set()
        with contextlib.suppress(CloudError), named("closing the way to the instances"):
            self._close_doors(but="")  # one that stays open leads to nobody, and is closed later
        self._ledger.close()

    def cleared(self) -> tuple[Line, ...]:
        """Do as :meth:`clear`, and return all that was launched."""
        self.clear()
        return self._ledger.lines

    def clear(self) -> None:
        """Remove all that the job has in the account, instances that are left included.

        Raises:
            CloudError: AWS does not answer; it can be done again.
        """
        launcher, lines = self._launcher(), self._ledger.lines
        for asked in unanswered(lines):
            launcher.end(asked, lambda each: terminate(self._clients, (each,), hurry=self._over))
        for launched in alive(lines):
            see_off(self._clients, self._ledger, launched, self._over)
        for line in lines:
            if isinstance(line, Launched):
                self._expiry.disarm(line.instance_id)
        sqs, ec2 = self._clients("sqs"), self._clients("ec2")
        with named("clearing up after the job"):
            for url in self._urls:
                _unless(_MISSING, partial(sqs.delete_queue, QueueUrl=url))
            _unless(_MISSING, lambda: ec2.delete_key_pair(KeyName=self._key_name))
            self._close_doors(but="")
        launcher.clear()
        remove_job_profile(self._clients, self._job_id)
        self._clear_bucket()
        self._ledger.close()

    def _close_doors(self, but: str) -> None:
        """Close every door of this job, those that a killed run opened too, ``but`` one."""
        ec2, open_for = self._clients("ec2"), f"{but}/32"
        found = ec2.describe_security_groups(GroupIds=[self._group_id])["SecurityGroups"]
        doors = [
            each["CidrIp"]
            for permission in found[0]["IpPermissions"]
            for each in permission.get("IpRanges", ())
            if each.get("Description") == self._door_name
        ]
        for each in doors:
            if each != open_for:
                door = self._door(each.removesuffix("/32"))
                _unless(_MISSING, partial(ec2.revoke_security_group_ingress, **door))

    def _clear_bucket(self) -> None:
        store, s3 = self._store(), self._clients("s3")
        with named("clearing up after the job"):
            bucket = {"Bucket": self._account.bucket}
            pages = s3.get_paginator("list_multipart_uploads").paginate(
                **bucket, Prefix=self._prefix
            )
            for half in [each for page in pages for each in page.get("Uploads", ())]:
                which = {"Key": half["Key"], "UploadId": half["UploadId"]}
                _unless(_MISSING, partial(s3.abort_multipart_upload, **bucket, **which))
        for key in list(store.keys("")):
            store.delete(key)

    # -- what is made --------------------------------------------------------------------

    @property
    def _key_name(self) -> str:
        return names.template_name(self._job_id, 1)

    @property
    def _door_name(self) -> str:
        return f"Second Unit {self._job_id}"

    def _made_queues(self) -> tuple[str, str]:
        """Return the queue and that of its dead letters, as they are or made now."""
        sqs, name = self._clients("sqs"), names.queue_name(self._job_id, 1)
        tagged = {names.TAG: names.APP, names.TAG_JOB: str(self._job_id)}
        kept = {"MessageRetentionPeriod": str(_KEPT_S)}
        with named("making the job's queue"):
            dead = sqs.create_queue(QueueName=f"{name}-dead", Attributes=kept, tags=tagged)
            arn = sqs.get_queue_attributes(QueueUrl=dead["QueueUrl"], AttributeNames=["QueueArn"])[
                "Attributes"
            ]["QueueArn"]
            redrive = {"deadLetterTargetArn": arn, "maxReceiveCount": _DELIVERIES}
            own = kept | {
                "VisibilityTimeout": str(math.ceil(self._choice.hold_s)),
                "RedrivePolicy": json.dumps(redrive),
            }
            made = sqs.create_queue(QueueName=name, Attributes=own, tags=tagged)
            # What an earlier run gave up is tried again by this one.
            _unless(_MISSING, lambda: sqs.purge_queue(QueueUrl=dead["QueueUrl"]))
        return made["QueueUrl"], dead["QueueUrl"]

    def _import_key(self) -> None:
        ec2 = self._clients("ec2")
        with named("making the job's key known"):
            _unless(
                _THERE,
                lambda: ec2.import_key_pair(
                    KeyName=self._key_name,
                    PublicKeyMaterial=self._key.public_line.encode(),
                    TagSpecifications=[
                        {"ResourceType": "key-pair", "Tags": names.tags(self._job_id)}
                    ],
                ),
            )

    def _launcher(self) -> Launcher:
        kind = KeptLauncher if self._choice.keep_going else Launcher
        launcher = kind(
            self._clients,
            self._ledger,
            self._outfit(self._choice.life_s),
            life_for=self._life_for if self._choice.budget_usd is not None else None,
            dress=self._outfit,
        )
        if isinstance(launcher, KeptLauncher):
            launcher.keep(self._choice.instances, self._store())
        return launcher

    def _life_for(self, lines: tuple[Line, ...], usd_per_hour: Decimal) -> float:
        """Return how long the next instance may live by the budget."""
        held = len(alive(lines)) + len(unanswered(lines))
        return next_life_s(
            self._choice.budget_usd,
            lines,
            datetime.now(UTC),
            usd_per_hour,
            self._choice.instances - held,
            longest_s=self._choice.life_s,
            extras=extras_usd_per_hour(self._choice.disk_gib),
        )

    def _outfit(self, life_s: float, ends_at: str = "") -> Outfit:
        return Outfit(
            job_id=self._job_id,
            run=1,
            image_id=self._choice.image_id,
            user_data=user_data(self._first_plan(life_s, ends_at)),
            security_group_id=self._group_id,
            key_name=self._key_name,
            disk_gib=self._choice.disk_gib,
            root_device=self._choice.root_device,
            life_s=life_s,
            profile=self._profile,
        )

    def kit(self) -> Kit:
        """Return what all leases of the job share."""
        return Kit(
            clients=self._clients,
            ledger=self._ledger,
            store=self._store(),
            archive=pack_worker(),
            key=self._key,
            root=ROOT,
            user=self._choice.user,
            boot_plan=self._boot_plan,
            worker_digest=worker_digest(),
            open_door=self.open_door,
            expiry=self._expiry,
            patience=self._choice.patience,
            python=self._choice.python,
        )

    def _store(self) -> JobStore:
        bucket = Bucket(
            name=self._account.bucket,
            prefix=self._prefix,
            region=self._account.region,
            endpoint_url=self._choice.endpoint_url or None,
        )
        return JobStore(bucket, client=self._clients("s3"))

    # -- what hosts are told ---------------------------------------------------------------

    def _bucket_place(self) -> BucketPlace:
        return BucketPlace(
            name=self._account.bucket,
            region=self._account.region,
            endpoint_url=self._choice.endpoint_url,
        )

    def _first_plan(self, life_s: float, ends_at: str = "") -> FirstPlan:
        kept = self._choice.keep_going
        return FirstPlan(
            archive_digest=pack_worker().digest if kept else "",
            boot=to_plain(self._boot_plan(LeaseId("kept"))) if kept else None,
            python=self._choice.python if kept else "",
            alone_s=min(60.0, self._choice.alone_s),
            root=ROOT,
            owner=self._choice.user,
            prefix=self._prefix,
            place=self._bucket_place(),
            idle_s=self._choice.idle_s,
            life_s=life_s,
            ends_at=ends_at,
            publish_host_key=True,
        )

    def _boot_plan(self, lease_id: LeaseId) -> BootPlan:
        config = AgentConfig(
            agent_id=lease_id,
            queue=QueueConfig(
                kind="sqs",
                url=self._urls[0],
                dead_url=self._urls[1],
                region=self._account.region,
                endpoint_url=self._choice.endpoint_url,
            ),
            store=StoreConfig(
                kind="s3",
                bucket=self._account.bucket,
                prefix=self._prefix,
                region=self._account.region,
                endpoint_url=self._choice.endpoint_url,
            ),
            cache_folder=f"{ROOT}/cache",
            work_folder=f"{ROOT}/work",
            spool=f"{ROOT}/events.jsonl",
            orders=f"{ROOT}/orders",
            alive=f"{ROOT}/alive",
            sign=f"{ROOT}/in-use",
            notices="ec2",
            listens=False,
            hold_s=self._choice.hold_s,
            heartbeat_s=self._choice.patience.heartbeat_s,
            grace_s=_GRACE_S,
            idle_s=self._choice.alone_s,
            fleet_key=NOTE_KEY if self._choice.keep_going else "",
            leaves_when_full=True,
            job_id=self._job_id,
            log=f"{ROOT}/log.jsonl",
            deliveries_allowed=_DELIVERIES - 1,
        )
        return BootPlan(
            root=ROOT,
            place=self._bucket_place(),
            wheelhouse_digest=self._choice.wheelhouse_digest,
            wheelhouse_key=self._choice.wheelhouse_key,
            engine=self._choice.engine,
            agent=to_plain(config),
        )

    def _door(self, address: str) -> dict[str, object]:
        return {
            "GroupId": self._group_id,
            "IpPermissions": [
                {
                    "IpProtocol": "tcp",
                    "FromPort": 22,
                    "ToPort": 22,
                    "IpRanges": [{"CidrIp": f"{address}/32", "Description": self._door_name}],
                }
            ],
        }


def _worker_key(archive: Archive) -> str:
    return f"worker/{archive.digest}.tar"


def in_the_cloud(
    clients: Clients,
    account: Account,
    choice: Choice,
    key_of: Callable[[JobRecord], KeyPair],
    my_address: Callable[[], str],
) -> PlaceFor:
    """Return how to make a job's place in an account; its queue lasts over restarts."""

    def place_for(home: Home, record: JobRecord, run: int) -> Place:
        del run  # the queue, the key and the instances are those of the run before
        key = key_of(record)
        return CloudRun(clients, account, home, record.job_id, choice, key, my_address).place()

    return place_for


def _unless(codes: tuple[str, ...], call: Callable[[], object]) -> None:
    """Call, and take it for done when the answer is one of ``codes``."""
    try:
        call()
    except ClientError as error:
        if code_of(error) not in codes:
            raise
