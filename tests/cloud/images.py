"""Name the machine images that every region of the test cloud has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

_AMAZON, _CANONICAL = "898082745236", "099720109477"
_MADE = datetime(2026, 10, 6, 4, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Image:
    """One image and the public parameters that name its newest version."""

    name: str
    architecture: str
    owner_id: str
    parameters: tuple[str, ...]
    made_at: datetime = _MADE

    def image_id(self, region: str) -> str:
        """Its id, another one in each region."""
        digest = hashlib.sha256(f"{region} {self.name} {self.architecture}".encode()).hexdigest()
        return f"ami-{digest[:17]}"


def _deep_learning() -> Iterator[Image]:
    systems = (
        ("ubuntu-24.04", "Ubuntu 24.04"),
        ("ubuntu-22.04", "Ubuntu 22.04"),
        ("amazon-linux-2023", "Amazon Linux 2023"),
    )
    for short, long in systems:
        for architecture in ("x86_64", "arm64"):
            arm = "ARM64 " if architecture == "arm64" else ""
            name = f"Deep Learning {arm}Base OSS Nvidia Driver GPU AMI ({long}) 20261006"
            where = f"/aws/service/deeplearning/ami/{architecture}"
            path = f"{where}/base-oss-nvidia-driver-gpu-{short}/latest/ami-id"
            yield Image(name, architecture, _AMAZON, (path,))


def _plain() -> Iterator[Image]:
    for ours, theirs in (("x86_64", "amd64"), ("arm64", "arm64")):
        ubuntu = f"ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-{theirs}-server-20261001"
        path = f"/aws/service/canonical/ubuntu/server/24.04/stable/current/{theirs}/hvm/ebs-gp3"
        yield Image(ubuntu, ours, _CANONICAL, (f"{path}/ami-id",))
        names = ("al2023-ami-kernel-default", "al2023-ami-kernel-6.1", "al2023-ami-kernel-6.12")
        paths = tuple(f"/aws/service/ami-amazon-linux-latest/{one}-{ours}" for one in names)
        yield Image(f"al2023-ami-2023.9 Amazon Linux ({ours})", ours, _AMAZON, paths)


IMAGES = (*_deep_learning(), *_plain())
