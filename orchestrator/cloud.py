"""Put the pieces of the user's AWS account together for whoever shows or uses them.

Nothing of the SDK is imported before something is asked of the account; every method that asks
can take seconds, and raises the app's own errors by name.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from orchestrator.cloud_errors import (
    CloudError,
    CloudUnreachable,
    CredentialsExpired,
    CredentialsMissing,
)
from orchestrator.desk.entries import Entry, Where
from orchestrator.errors import SecondUnitError
from orchestrator.home import Home
from orchestrator.secrets import Secret, Secrets

if TYPE_CHECKING:
    from orchestrator.cloud_regions import Heard, RegionQuote
    from orchestrator.desk.elsewhere import Elsewhere
    from orchestrator.fleet.ec2.account import CloudSettings, Signed
    from orchestrator.fleet.ec2.fire_drill import DrillReport
    from orchestrator.fleet.ec2.offers import Offer
    from orchestrator.fleet.ec2.quota import Quota
    from orchestrator.fleet.ec2.quote import Quote as OneQuote
    from orchestrator.fleet.ec2.sign_in import KnownProfile, Way
    from orchestrator.fleet.ec2.sweep import SweepReport
    from orchestrator.health import Finding

MOST_INSTANCES = 32
"""More side by side are not fed by any home's uplink."""
_MARKET_S = 240.0
"""Spot prices are believed for so long."""
_FILE = "cloud.json"
"""Where the choice of account lies; looked for by name so that the SDK stays unread without it."""
ConnectionState = Literal["none", "ready", "not set up", "signed out", "away", "refused"]
"""``none``: no account was chosen.  ``signed out``: the sign-in is over or does not work.
``away``: AWS does not answer.  ``refused``: anything else; the sentence says what."""
Step = Callable[[str], None]
"""Hears the name of what is done next."""
Counted = Callable[[int, int], None]
Share = Callable[[int, int, str], None]
"""Hears how many of how many things are done, and which is next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """What may be spent, and what videos begin with that are to be rendered there."""

    job_usd: Decimal | None = None
    month_usd: Decimal | None = None
    instances: int = 2
    fall_back: bool = False
    up_mbit_per_s: Decimal | None = None
    down_mbit_per_s: Decimal | None = None
    """What this machine may send and receive for it; None: all that the line takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GpuQuota:
    """How many GPU spot instances the account may have in its region at the same time."""

    region: str
    vcpus: int
    instances: int
    """That so many of the smallest GPU instances have; 0: none can be had."""
    asked_vcpus: int = 0
    """What was asked for last; 0: nothing was."""
    status: str = ""
    """AWS's word for that request, such as ``PENDING``."""
    is_open: bool = False
    """Whether AWS has still to decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteFor:
    """The same for another number of instances."""

    instances: int
    least_s: float
    most_s: float
    least_usd: Decimal
    most_usd: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What renders would take and cost; what they will lies in between."""

    least_s: float
    most_s: float
    least_usd: Decimal
    most_usd: Decimal
    on_demand_usd: Decimal
    """At most, at the full price."""
    budget_usd: Decimal | None
    """Most that they may cost; None where one of them has no cap."""
    others: tuple[QuoteFor, ...] = ()
    """For one instance, two, and so on, as long as one more is worth it; for one video only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnImage:
    """A machine image that the account keeps for quicker starts."""

    image_id: str
    made_at: str
    """UTC, ISO 8601."""
    disk_gib: int
    fits: bool
    """Whether it has what this version's workers need; else instances begin from a plain one."""
    has_engine: bool
    """Whether FaceFusion is installed on it."""
    usd_per_month: Decimal
    """Most that keeping it costs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """How things stand with the account."""

    state: ConnectionState = "none"
    kind: str = ""
    """How one signs in: ``default``, ``profile``, ``role`` or ``keys``."""
    way: str = ""
    """The same in words."""
    profile: str = ""
    """Which profile, where one is used."""
    account_id: str = ""
    arn: str = ""
    region: str = ""
    caps: Caps = Caps()
    code: str = ""
    sentence: str = ""
    advice: str = ""
    """Why it is not ready; empty when it is."""

    @property
    def is_chosen(self) -> bool:
        """Whether an account was chosen, even if it does not answer now."""
        return self.state != "none"

    def where(self) -> Where:
        """Return where a video is rendered whose user has just chosen the account."""
        caps = self.caps
        return Where(
            kind="aws",
            instances=caps.instances,
            budget_usd=caps.job_usd,
            fall_back=caps.fall_back,
        )


class Cloud:
    """The account as one process uses it; every method can be called from any thread."""

    def __init__(self, home: Home, secrets: Secrets | None = None) -> None:
        """Prepare; nothing is read or asked."""
        self._home, self._given = home, secrets
        self._lock = threading.Lock()
        self._offers: dict[tuple[str, bool, int], tuple[float, Offer]] = {}

    @property
    def secrets(self) -> Secrets:
        """The password store; one for the process, as some keys live only as long as it does."""
        with self._lock:
            if self._given is None:
                self._given = Secrets()
            return self._given

    # -- how things stand ------------------------------------------------------------------

    @property
    def is_chosen(self) -> bool:
        """Whether an account was ever chosen; quick, and asks nobody."""
        return (self._home.root / _FILE).exists()

    def connection(self) -> Connection:
        """Return how things stand now, asking AWS; what is wrong is in it."""
        if not self.is_chosen:
            return Connection()
        from orchestrator.fleet.ec2.account import load_cloud
        from orchestrator.fleet.ec2.sign_in import words_of

        try:
            cloud = load_cloud(self._home)
        except SecondUnitError as error:
            return _with_error(Connection(), "refused", error)
        if cloud.way is None:
            return Connection(region=cloud.settings.region, caps=_caps(cloud.settings))
        known = Connection(
            state="refused",
            kind=cloud.way.kind,
            way=words_of(cloud.way),
            profile=str(getattr(cloud.way, "profile", "")),
            region=cloud.settings.region,
            caps=_caps(cloud.settings),
        )
        return self._asked(known)

    def _asked(self, known: Connection) -> Connection:
        from orchestrator.fleet.ec2.setup import SetUp

        try:
            signed = self.sign_in()
            who = signed.account
            known = replace(known, account_id=who.account_id, arn=who.arn, region=who.region)
            if not SetUp(signed.clients, who).is_made():
                return replace(known, state="not set up")
        except (CredentialsExpired, CredentialsMissing) as error:
            return _with_error(known, "signed out", error)
        except CloudUnreachable as error:
            return _with_error(known, "away", error)
        except SecondUnitError as error:
            return _with_error(known, "refused", error)
        return replace(known, state="ready")

    def sign_in(self, region: str = "") -> Signed:
        """Return the account of the chosen sign-in.

        Raises:
            CloudError: nobody is signed in, or AWS does not answer.
            SettingsRefused, SecretsUnavailable: the choice or the keys cannot be read.
        """
        from orchestrator.fleet.ec2.account import sign_in

        return sign_in(self._home, self.secrets, region=region)

    # -- choosing --------------------------------------------------------------------------

    def profiles(self) -> tuple[KnownProfile, ...]:
        """Return the profiles that this user has on this machine."""
        from orchestrator.fleet.ec2.sign_in import known_profiles

        return known_profiles()

    def choose_profile(self, profile: str, region: str) -> Connection:
        """Sign in by a profile, or without a name by what the SDK finds, and keep that choice.

        Raises:
            CloudError: it does not work; what was chosen before stays.
        """
        from orchestrator.fleet.ec2.sign_in import ByDefault, ByProfile

        return self._choose(ByProfile(profile) if profile else ByDefault(), region)

    def open_portal(
        self, profile: str, show: Callable[[str, str], None], is_given_up: Callable[[], bool]
    ) -> None:
        """Have the user sign in to a profile's portal in the browser; see ``fleet.ec2.sso``.

        Raises:
            CredentialsMissing: the profile signs in otherwise.
            CredentialsExpired: the user did not sign in in time, or gave up.
            CloudError: the portal does not answer.
        """
        from orchestrator.fleet.ec2.sso import portal_of, sign_in_by_browser

        portal = portal_of(profile)
        if portal is None:
            raise CredentialsMissing(
                f"The profile {profile} has no page to sign in at.",
                "Sign in with the AWS tools, then try again.",
            )
        sign_in_by_browser(portal, show, is_given_up)

    def choose_role(self, role_arn: str, profile: str, external_id: str, region: str) -> Connection:
        """Sign in by a role that a profile assumes; see :meth:`choose_profile`."""
        from orchestrator.fleet.ec2.sign_in import ByRole

        return self._choose(ByRole(role_arn.strip(), profile, external_id.strip()), region)

    def choose_keys(self, key_id: str, secret_key: Secret, region: str) -> Connection:
        """Sign in by access keys, which the password store keeps; see :meth:`choose_profile`."""
        from orchestrator.fleet.ec2.sign_in import keep_keys

        return self._choose(keep_keys(self.secrets, key_id, secret_key), region)

    def _choose(self, way: Way, region: str) -> Connection:
        from orchestrator.fleet.ec2.account import Cloud as Kept
        from orchestrator.fleet.ec2.account import load_cloud, save_cloud, signed_by

        before = load_cloud(self._home)
        signed = signed_by(way, replace(before.settings, region=region), self.secrets)
        save_cloud(self._home, Kept(signed.settings, way))
        return self.connection()

    def forget(self) -> Connection:
        """Forget the sign-in, and keys that are kept; limits and regions stay known.

        Raises:
            SecretsUnavailable: the keys could not be deleted; nothing was forgotten.
        """
        from orchestrator.fleet.ec2.account import load_cloud, save_cloud
        from orchestrator.fleet.ec2.sign_in import ByKeys, forget_keys

        cloud = load_cloud(self._home)
        if isinstance(cloud.way, ByKeys):
            forget_keys(self.secrets)
        save_cloud(self._home, replace(cloud, way=None))
        return self.connection()

    def set_caps(self, caps: Caps) -> None:
        """Keep what may be spent, and what may be sent: that holds at once.

        Raises:
            SettingsRefused, NotSaved: it could not be kept.
        """
        from orchestrator.fleet.ec2.account import Limits, change
        from orchestrator.transfer.bandwidth import LINE

        limits = Limits(
            job_usd=caps.job_usd,
            month_usd=caps.month_usd,
            instances=caps.instances,
            fall_back=caps.fall_back,
            up_mbit_per_s=caps.up_mbit_per_s,
            down_mbit_per_s=caps.down_mbit_per_s,
        )
        change(self._home, lambda now: replace(now, limits=limits))
        LINE.limit(caps.up_mbit_per_s, caps.down_mbit_per_s)

    def spent_usd(self) -> Decimal:
        """Return what videos have cost this month (UTC), those that render so far; asks nobody.

        Raises:
            JournalBroken: a job's ledger cannot be read, so that nobody knows.
        """
        from orchestrator.fleet.ec2.receipt import spent_usd

        now = datetime.now(UTC)
        return spent_usd(self._home, f"{now:%Y-%m}", now)

    # -- what lasts in the account -----------------------------------------------------------

    def set_up(self, step: Step, region: str = "") -> Connection:
        """Make what every render needs, once in each region; by default in the account's own.

        Raises:
            CloudError: AWS does not let us; what was made is found the next time.
        """
        from orchestrator.fleet.ec2.account import note_region
        from orchestrator.fleet.ec2.setup import SetUp

        signed = self.sign_in(region)
        note_region(self._home, signed.account.region)
        for name in SetUp(signed.clients, signed.account).make():
            step(name)
        return self.connection()

    def remove_set_up(self, step: Step) -> Connection:
        """Take away all that :meth:`set_up` made.

        Raises:
            CloudError: AWS does not let us, or instances are alive.
        """
        from orchestrator.fleet.ec2.setup import SetUp

        signed = self.sign_in()
        for name in SetUp(signed.clients, signed.account).remove():
            step(name)
        return self.connection()

    def examine(self, share: Counted | None = None) -> tuple[Finding, ...]:
        """Return what a render in the account needs, and whether that is there.

        Raises:
            CloudError: nobody is signed in.
            SettingsRefused, SecretsUnavailable: the choice or the keys cannot be read.
        """
        from orchestrator.fleet.ec2.doctor import examine

        return examine(self.sign_in().clients, share)

    def quota(self) -> GpuQuota:
        """Return how many GPU spot instances the account may have.

        Raises:
            CloudError: AWS does not answer, or this sign-in may not ask.
        """
        from orchestrator.fleet.ec2.quota import GPU_SPOT, read_quota

        return _shown(read_quota(self.sign_in().clients, GPU_SPOT))

    def ask_for(self, instances: int) -> GpuQuota:
        """Ask AWS to let the account have so many instances side by side.

        Raises:
            RequestRefused: it may already.
            CloudError: AWS does not take the request.
        """
        from orchestrator.fleet.ec2.quota import GPU_SPOT, ask_for, vcpus_for

        return _shown(ask_for(self.sign_in().clients, GPU_SPOT, vcpus_for(instances)))

    def case_text(self, instances: int) -> str:
        """Return what to write to AWS, should it ask what so many instances are for."""
        from orchestrator.fleet.ec2.account import load_cloud
        from orchestrator.fleet.ec2.quota import GPU_SPOT, case_text, vcpus_for

        region = load_cloud(self._home).settings.region
        return case_text(GPU_SPOT, region, vcpus_for(instances))

    def policy(self) -> str:
        """Return the policy that this sign-in needs, to be pasted into AWS's console.

        Raises:
            CloudError: nobody is signed in.
        """
        from orchestrator.fleet.ec2.policy import user_policy

        return user_policy(self.sign_in().account)

    def sweep(self, share: Share) -> SweepReport:
        """Remove what is left over in every region that was ever used.

        Raises:
            CloudError: nobody is signed in, or AWS does not answer.
        """
        from orchestrator.fleet.ec2.sweep import jobs_here, note_swept, sweep

        signed = self.sign_in()
        regions = dict.fromkeys((*signed.settings.regions_used, signed.account.region))
        here = jobs_here(self._home)
        report = sweep(signed.clients, signed.account, regions, here, share=share)
        note_swept(self._home, report)
        return report

    # -- rendering ---------------------------------------------------------------------------

    def places(self, where: Where) -> Elsewhere:
        """Return the account's machines for one video, or a cluster's; see ``PlacesFor``.

        Raises:
            SecondUnitError: nobody is signed in, no cluster is set up, or AWS does not answer.
        """
        if where.kind == "kubernetes":
            from orchestrator.fleet.kubernetes.machines import Pods

            return Pods(self._home, self.secrets, where)
        from orchestrator.cloud_machines import Machines

        return Machines(self, where)

    def quote(self, entries: Sequence[Entry]) -> Quote:
        """Return what videos would take and cost, one after the other.

        Raises:
            CloudError: nothing can be had, or AWS does not answer.
        """
        from orchestrator.cloud_choice import quotes_of

        told = [quotes_of(self._home, self._offer(each.where), each) for each in entries]
        wanted = [
            each[min(len(each), entry.where.instances) - 1]
            for each, entry in zip(told, entries, strict=True)
        ]
        budgets = [entry.where.budget_usd for entry in entries]
        known = [budget for budget in budgets if budget is not None]
        return Quote(
            least_s=sum(each.seconds[0] for each in wanted),
            most_s=sum(each.seconds[1] for each in wanted),
            least_usd=sum((each.usd[0] for each in wanted), Decimal(0)),
            most_usd=sum((each.usd[1] for each in wanted), Decimal(0)),
            on_demand_usd=sum((each.on_demand_usd[1] for each in wanted), Decimal(0)),
            budget_usd=sum(known, Decimal(0)) if len(known) == len(budgets) else None,
            others=tuple(_shown_quote(each) for each in told[0]) if len(told) == 1 else (),
        )

    def compare(
        self, entry: Entry, regions: Sequence[str], tell: Heard, cancelled: threading.Event
    ) -> tuple[RegionQuote, ...]:
        """Return a video's quote in each region; see :func:`orchestrator.cloud_regions.compare`."""
        from orchestrator.cloud_regions import compare

        return compare(self._home, self.sign_in, entry, regions, tell, cancelled)

    def _offer(self, where: Where) -> Offer:
        """Return the best offer of now; the market is asked again after some minutes."""
        from orchestrator.cloud_choice import offered

        key = (where.region, where.fall_back, where.instances)
        with self._lock:
            found = self._offers.get(key)
        if found is None or time.monotonic() - found[0] > _MARKET_S:
            found = (time.monotonic(), offered(self.sign_in(where.region), where)[0])
            with self._lock:
                self._offers[key] = found
        return found[1]

    def images(self) -> tuple[OwnImage, ...]:
        """Return the account's own images in its region, the newest first.

        Raises:
            CloudError: nobody is signed in, or AWS does not answer.
        """
        from orchestrator.cloud_images import own_images

        return own_images(self.sign_in())

    def bake(
        self, share: Share, cancelled: threading.Event, *, engine: str = ""
    ) -> OwnImage | None:
        """Make an image that has all that a worker needs; minutes.  None: it was cancelled.

        Raises:
            SecondUnitError: it could not be made; nothing of it is left.
        """
        from orchestrator.cloud_images import bake

        return bake(self._home, self.sign_in(), share, cancelled, engine=engine)

    def forget_image(self, image_id: str) -> None:
        """Remove an image that Second Unit made, and what is billed for it.

        Raises:
            CloudError: AWS does not answer, or it is none of ours.
        """
        from orchestrator.fleet.ec2.image import forget_image

        forget_image(self.sign_in().clients, image_id)

    def drill(self, share: Share, cancelled: threading.Event) -> DrillReport:
        """Show on the smallest instances that each layer ends what it has to; takes minutes.

        Raises:
            CloudError: nothing could be launched, or AWS does not answer; nothing is left.
        """
        from orchestrator.fleet.ec2.account import note_region
        from orchestrator.fleet.ec2.fire_drill import FireDrill
        from orchestrator.fleet.ec2.sweep import jobs_here

        signed = self.sign_in()
        note_region(self._home, signed.account.region)
        drill = FireDrill(
            signed.clients, signed.account, jobs_here(self._home), endpoint_url=endpoint_url()
        )
        drill.cancelled = cancelled
        return drill.run(share)


def endpoint_url() -> str:
    """Return where hosts find AWS, when it is another one than AWS itself."""
    return os.environ.get("AWS_ENDPOINT_URL", "")


def _caps(settings: CloudSettings) -> Caps:
    limits = settings.limits
    return Caps(
        job_usd=limits.job_usd,
        month_usd=limits.month_usd,
        instances=limits.instances,
        fall_back=limits.fall_back,
        up_mbit_per_s=limits.up_mbit_per_s,
        down_mbit_per_s=limits.down_mbit_per_s,
    )


def _shown(quota: Quota) -> GpuQuota:
    asked = quota.request
    return GpuQuota(
        region=quota.region,
        vcpus=quota.vcpus,
        instances=quota.instances,
        asked_vcpus=asked.vcpus if asked is not None else 0,
        status=asked.status if asked is not None else "",
        is_open=asked is not None and asked.is_open,
    )


def _shown_quote(quote: OneQuote) -> QuoteFor:
    return QuoteFor(
        instances=quote.instances,
        least_s=quote.seconds[0],
        most_s=quote.seconds[1],
        least_usd=quote.usd[0],
        most_usd=quote.usd[1],
    )


def _with_error(
    known: Connection, state: ConnectionState, error: SecondUnitError | CloudError
) -> Connection:
    return replace(
        known, state=state, code=error.code, sentence=error.sentence, advice=error.advice
    )
