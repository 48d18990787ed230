"""Choose instances, image, packages and budget for a job, and say beforehand what it comes to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import resources
from orchestrator.cloud import endpoint_url
from orchestrator.cloud_errors import (
    BudgetReached,
    CapacityRefused,
    CloudError,
    PermissionMissing,
    QuotaTooSmall,
)
from orchestrator.cloud_pasts import read_pasts
from orchestrator.desk.entries import Entry, Where
from orchestrator.facefusion.bucket import HOST_BOOT_S, HOST_GIB, stage_order
from orchestrator.facefusion.install import installation_here
from orchestrator.fleet.ec2.account import Signed
from orchestrator.fleet.ec2.budget import job_budget
from orchestrator.fleet.ec2.deadline import Deadline, Rest, due, require_full_price
from orchestrator.fleet.ec2.fleet import Wanted
from orchestrator.fleet.ec2.image import PYTHON, USER, best_image, newest_image
from orchestrator.fleet.ec2.lease import Patience
from orchestrator.fleet.ec2.market import look_at_market
from orchestrator.fleet.ec2.offers import Need, Offer, fitting, known_types, offers, pools
from orchestrator.fleet.ec2.quota import GPU_SPOT, read_quota
from orchestrator.fleet.ec2.quote import Learned, Line, Quote, Work, launch_times_s, learn, quotes
from orchestrator.fleet.ec2.receipt import spent_usd
from orchestrator.fleet.ec2.run import Choice
from orchestrator.fleet.ec2.upload import Share
from orchestrator.fleet.ec2.wheelhouse import Wheelhouse, make_wheelhouse, stage_wheelhouse
from orchestrator.home import Home
from orchestrator.jobs import JobRecord
from orchestrator.plan import SEGMENT_FRAMES, chunk_sizes_for_travel
from orchestrator.transfer.stage import stored_segments
from remote_worker.contract.records import Digest, EngineSpec
from remote_worker.stores.folder import FolderStore

LINES = (Line(up_bps=40e6, down_bps=200e6), Line(up_bps=10e6, down_bps=40e6))
"""A quick and a slow connection: a quote says what lies between them."""
WORKER_LOCK = Path(resources.__file__).parent / "worker" / f"worker-{PYTHON}.lock"
_LONGEST_S = 12 * 3600.0
"""No instance lives longer, even where there is no budget."""
_IDLE_S = 900.0
_BAKE_S = 2 * 3600.0
"""The instance of which an image is made is gone after so long, whatever became of us."""
_BAKED_GIB = 4
"""For a worker's packages, in an image of its own."""
_ROOM_GIB = 16
"""For pieces and segments, beside what the image has."""
_FOUND_OUT_S = 30.0
"""Until a host that died in silence is known to be dead."""
_BYTES_A_PIXEL_FRAME = 0.02
"""About what a rendered frame takes, a pixel."""


def budget_of(home: Home, signed: Signed, where: Where, job_id: str) -> Decimal | None:
    """Return what a job may cost by its own cap and the month's; None: there is none.

    Raises:
        BudgetReached: the month's budget is used up.
        JournalBroken: nobody knows what was spent.
    """
    limits, now = signed.settings.limits, datetime.now(UTC)
    spent = Decimal(0)
    if limits.month_usd is not None:
        spent = spent_usd(home, f"{now:%Y-%m}", now, but=job_id)
    budget = job_budget(where.budget_usd, limits.month_usd, spent)
    if budget is not None and budget <= 0:
        raise BudgetReached(
            f"This month’s budget of ${limits.month_usd} is used up.",
            "Raise it in the settings, or wait for the next month.",
        )
    return budget


def offered(signed: Signed, where: Where) -> tuple[Offer, ...]:
    """Return what can be had in the account, the cheapest for its work first.

    Raises:
        QuotaTooSmall: the account may have no GPU spot instance.
        CapacityRefused: nothing that fits is offered in the region.
        CloudError: AWS does not answer.
    """
    types = fitting(known_types(), Need(most_vcpus=_vcpus(signed, where)))
    names = [each.instance_type for each in types]
    found = offers(types, look_at_market(signed.clients, names, wanted=where.instances))
    if not where.fall_back:
        found = tuple(each for each in found if each.spot_usd_per_hour is not None)
    if not found:
        raise CapacityRefused(
            f"No GPU instance is to be had in {signed.account.region} now.",
            "Choose another region, or allow on-demand instances.",
        )
    return found


def _vcpus(signed: Signed, where: Where) -> int | None:
    """Return what the quota of spot instances allows; None where it cannot be read."""
    try:
        quota = read_quota(signed.clients, GPU_SPOT)
    except PermissionMissing:
        return None
    if quota.instances:
        return quota.vcpus
    if where.fall_back:
        return None
    raise QuotaTooSmall(
        f"This account may have no GPU spot instance in {quota.region} yet.",
        "Ask AWS for more in the account’s settings, or choose another region.",
    )


def staged_packages(signed: Signed, home: Home, share: Share) -> Wheelhouse:
    """Have the worker's packages in the bucket; the first time this takes minutes.

    Raises:
        WheelhouseFailed: they cannot be fetched.
        CloudError: AWS does not answer; what was sent is found next time.
    """
    folder = home.cache / "wheelhouses"
    folder.mkdir(parents=True, exist_ok=True)
    made = make_wheelhouse(WORKER_LOCK, PYTHON, folder)
    stage_wheelhouse(signed.clients, signed.account, made, share)
    return made


def choice_of(
    home: Home, signed: Signed, where: Where, record: JobRecord, packages: Wheelhouse
) -> Choice:
    """Return what a job's instances are launched with.

    Raises:
        CloudError: nothing can be had, the budget is used up, or AWS does not answer.
        EngineInstallFailed: this machine's lock of FaceFusion's models cannot be read.
    """
    budget = budget_of(home, signed, where, record.job_id)
    found = offered(signed, where)
    asked = record.plan.work.engine
    engine = stage_order(signed.clients, signed.account, asked, installation_here())
    image = best_image(signed.clients, packages.digest, engine=engine)
    rest = _rest(home, where, record, HOST_BOOT_S if engine else 0.0, found)
    return Choice(
        wanted=Wanted(
            pools=pools(found),
            fall_back=where.fall_back,
            launch_after_s=_launch_after_s(home, record, found[0], where.instances),
            deadline=_deadline(signed, where, record, rest),
            rest=None if where.keep_going else rest,
        ),
        image_id=image.image_id,
        user=USER,
        disk_gib=image.disk_gib + _ROOM_GIB + (HOST_GIB if engine else 0),
        root_device=image.root_device,
        life_s=_LONGEST_S,
        budget_usd=budget,
        instances=where.instances,
        idle_s=_IDLE_S,
        keep_going=where.keep_going,
        wheelhouse_digest=packages.digest,
        wheelhouse_key=packages.key,
        engine=engine,
        patience=Patience(boot_s=HOST_BOOT_S) if engine else Patience(),
        endpoint_url=endpoint_url(),
    )


def choice_to_bake(home: Home, signed: Signed, packages: Wheelhouse, engine: str) -> Choice:
    """Return what an instance is launched with, of which an image is made.

    Raises:
        CloudError: nothing can be had, the month's budget is used up, or AWS does not answer.
        EngineInstallFailed: this machine's lock of FaceFusion's models cannot be read.
    """
    where = Where(kind="aws", instances=1, fall_back=True)
    budget = budget_of(home, signed, where, "")
    found, image = offered(signed, where), newest_image(signed.clients)
    spec = EngineSpec(name=engine, digest=Digest(""), halo_frames=0)
    order = stage_order(signed.clients, signed.account, spec, installation_here())
    return Choice(
        wanted=Wanted(pools=pools(found)),
        image_id=image.image_id,
        user=USER,
        disk_gib=image.disk_gib + (HOST_GIB if order else _BAKED_GIB),
        root_device=image.root_device,
        life_s=_BAKE_S,
        budget_usd=budget,
        idle_s=_BAKE_S,
        wheelhouse_digest=packages.digest,
        wheelhouse_key=packages.key,
        engine=order,
        patience=Patience(boot_s=HOST_BOOT_S) if order else Patience(),
        endpoint_url=endpoint_url(),
    )


def _deadline(signed: Signed, where: Where, record: JobRecord, rest: Rest) -> Deadline | None:
    """Return what a launch is held to; None where there is no deadline."""
    if where.within_s is None or where.keep_going:
        return None  # with the latter AWS itself launches, and asks nobody
    if where.fall_back:
        require_full_price(signed.clients, where.instances)
    return Deadline(
        at=due(datetime.fromisoformat(record.made_at), where.within_s),
        frames=rest.frames,
        stored=rest.stored,
        frames_per_s=rest.frames_per_s,
        boot_s=rest.boot_s,
        instances=rest.instances,
        pays_in_full=where.fall_back,
    )


def _rest(
    home: Home, where: Where, record: JobRecord, boot_s: float, found: Sequence[Offer]
) -> Rest:
    """Return what is to be rendered, and how fast that is expected to go."""
    pasts, plan = read_pasts(home), record.plan
    learned = {
        each.type.instance_type: learn(pasts, each.type.instance_type, each.type.speed)
        for each in found
    }
    here = FolderStore(home.store)
    return Rest(
        frames={
            ref.segment_id: ref.end_frame - ref.start_frame
            for chunk in plan.chunks
            for ref in chunk.segments
        },
        stored=stored_segments(plan, here, here),
        frames_per_s={kind: each.frames_per_s[0] for kind, each in learned.items()},
        boot_s=_slowest_boot_s(learned.values(), boot_s) + _FOUND_OUT_S,
        instances=where.instances,
    )


def _slowest_boot_s(learned: Collection[Learned], first_s: float) -> float:
    """Return what a boot may take: as seen, or ``first_s`` for the first of an account."""
    longest_s = max(each.boot_s[1] for each in learned)
    return longest_s if any(each.samples for each in learned) else max(longest_s, first_s)


def _launch_after_s(
    home: Home, record: JobRecord, offer: Offer, instances: int
) -> tuple[float, ...]:
    """Return when each instance is launched: in time for its first piece by a quick line."""
    plan = record.plan
    frames = sum(chunk.frame_count for chunk in plan.chunks)
    share = frames / max(1, plan.work.frame_count)
    source = Path(record.request.source_path)
    work = Work(
        frames=frames,
        pieces=len(plan.chunks),
        upload_bytes=round(_size_of(source) * share),
        download_bytes=0,
    )
    learned = learn(read_pasts(home), offer.type.instance_type, offer.type.speed)
    rate, boot_s = learned.frames_per_s[1], learned.boot_s[0]
    starts = launch_times_s(work, LINES[0], rate, boot_s, instances)
    return (*starts, *(starts[-1:] * (instances - len(starts))))


def quotes_of(home: Home, offer: Offer, entry: Entry) -> tuple[Quote, ...]:
    """Return a quote for one instance, two, and so on, as long as one more is worth it.

    The connection's speed is not known: a quick one gives the low ends, a slow one the high.
    """
    work = work_of(entry)
    learned = learn(read_pasts(home), offer.type.instance_type, offer.type.speed)
    quick, slow = (quotes(work, line, offer, learned) for line in LINES)
    return tuple(_between(best, slow[min(len(slow), best.instances) - 1]) for best in quick)


def _between(best: Quote, worst: Quote) -> Quote:
    """Return the range from the best case of one quote to the worst of another."""
    return replace(
        best,
        seconds=(min(best.seconds[0], worst.seconds[0]), max(best.seconds[1], worst.seconds[1])),
        usd=(min(best.usd[0], worst.usd[0]), max(best.usd[1], worst.usd[1])),
        on_demand_usd=(
            min(best.on_demand_usd[0], worst.on_demand_usd[0]),
            max(best.on_demand_usd[1], worst.on_demand_usd[1]),
        ),
    )


def work_of(entry: Entry) -> Work:
    """Return what there is to do for a video, as far as a look at it tells."""
    facts = entry.facts
    if facts is None:
        raise CloudError("Nobody has looked at this video yet.", "Wait until it was looked at.")
    end = facts.duration if entry.trim_out is None else min(entry.trim_out, facts.duration)
    share = float((end - (entry.trim_in or 0)) / facts.duration) if facts.duration else 1.0
    frames = max(1, round(facts.frame_count * min(1.0, max(0.0, share))))
    segments = -(-frames // SEGMENT_FRAMES)
    pieces = len(chunk_sizes_for_travel(segments, entry.where.instances, SEGMENT_FRAMES))
    pixels = facts.width_px * facts.height_px
    return Work(
        frames=frames,
        pieces=pieces,
        upload_bytes=round(_size_of(Path(entry.source)) * share),
        download_bytes=round(frames * pixels * _BYTES_A_PIXEL_FRAME),
    )


def _size_of(source: Path) -> int:
    try:
        return source.stat().st_size
    except OSError:
        return 0  # a source that is away is said when it is rendered
