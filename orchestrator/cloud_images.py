"""Keep machine images of the user's own, from which instances begin sooner."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from orchestrator.cloud import OwnImage
from orchestrator.cloud_choice import WORKER_LOCK, choice_to_bake, staged_packages
from orchestrator.fleet.ec2.account import Signed, note_region
from orchestrator.fleet.ec2.address import my_address
from orchestrator.fleet.ec2.bakery import Cancelled, Oven, bake_image
from orchestrator.fleet.ec2.image import PYTHON, USD_PER_GIB_MONTH, Image, baked_images
from orchestrator.fleet.ec2.wheelhouse import lock_name
from orchestrator.home import Home
from orchestrator.licences import require_accepted

if TYPE_CHECKING:
    from orchestrator.cloud import Share

_MIB = 1 << 20


def own_images(signed: Signed) -> tuple[OwnImage, ...]:
    """Return the account's own images in its region, the newest first.

    Raises:
        CloudError: AWS does not answer.
    """
    return tuple(_shown(each) for each in baked_images(signed.clients))


def bake(
    home: Home, signed: Signed, share: Share, cancelled: threading.Event, *, engine: str = ""
) -> OwnImage | None:
    """Make an image that has all that a worker needs; None: it was cancelled.

    Raises:
        LicencesNotAccepted: nobody has agreed to the licences of the engine's models.
        SecondUnitError: it could not be made; nothing of it is left.
    """
    if engine:
        require_accepted(home, engine, ())
    note_region(home, signed.account.region)
    packages = staged_packages(signed, home, _uploading(share))
    choice = choice_to_bake(home, signed, packages, engine)
    oven = Oven(
        clients=signed.clients,
        account=signed.account,
        home=home,
        choice=choice,
        my_address=my_address,
        lock=lock_name(WORKER_LOCK, PYTHON),
    )
    try:
        return _shown(bake_image(oven, share, cancelled))
    except Cancelled:
        return None


def _uploading(share: Share) -> Callable[[int, int], None]:
    return lambda done, total: share(done // _MIB, total // _MIB, "uploading packages")


def _shown(image: Image) -> OwnImage:
    return OwnImage(
        image_id=image.image_id,
        made_at=image.made_at,
        disk_gib=image.disk_gib,
        fits=image.lock == lock_name(WORKER_LOCK, PYTHON),
        has_engine=bool(image.engine),
        usd_per_month=USD_PER_GIB_MONTH * Decimal(image.disk_gib),
    )
