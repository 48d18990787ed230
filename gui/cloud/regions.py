"""Name the regions that have GPU instances, as people know them; plain values."""

from __future__ import annotations

REGIONS: tuple[tuple[str, str], ...] = (
    ("us-east-1", "N. Virginia"),
    ("us-east-2", "Ohio"),
    ("us-west-2", "Oregon"),
    ("ca-central-1", "Canada"),
    ("eu-central-1", "Frankfurt"),
    ("eu-west-1", "Ireland"),
    ("eu-west-2", "London"),
    ("eu-north-1", "Stockholm"),
    ("eu-south-2", "Spain"),
    ("ap-northeast-1", "Tokyo"),
    ("ap-northeast-2", "Seoul"),
    ("ap-southeast-1", "Singapore"),
    ("ap-southeast-2", "Sydney"),
    ("ap-south-1", "Mumbai"),
    ("sa-east-1", "São Paulo"),
)
_NAMES = dict(REGIONS)
USUAL = "us-east-2"
"""Where GPU spot instances are cheap and there are many of them."""


def called(region: str) -> str:
    """Return a region as people know it; by its own name where it has no other."""
    return _NAMES.get(region, region)
