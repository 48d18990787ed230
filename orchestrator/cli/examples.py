"""Show for each command how it is typed; every line here is one that works."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "probe": ("probe holiday.mp4", "probe holiday.mp4 --json"),
    "faces": ("faces holiday.mp4 --crops people/", "faces part-1.mp4 part-2.mp4"),
    "add-face": (
        "add-face grace grace.jpg --consent permission",
        "add-face me front.jpg side.jpg --consent self --stated-by 'Ada Lovelace'",
    ),
    "remove-face": ("remove-face grace",),
    "render": (
        "render holiday.mp4 --cast p1=grace",
        "render holiday.mp4 --cast p1=grace --cast p2=ada@10-18.5 --from 0:05 --to 1:10",
        "render holiday.mp4 --cast p1=grace --codec h265 --quality 20 --output out.mkv",
        "render holiday.mp4 --cast p1=grace --on aws --budget-usd 5 --deadline 2h30m",
    ),
    "resume": ("resume", "resume 20260101-120000-1a2b"),
    "cancel": ("cancel last",),
    "watch": ("watch last", "watch 's3://my-bucket/second-unit#20260101-120000-1a2b'"),
    "queue": (
        "queue add *.mp4",
        "queue cast 1 p1=grace",
        "queue set 1 2 --codec h265 --folder finished/",
        "queue render",
        "queue run",
    ),
    "settings": ("settings", "settings set appearance dark", "settings reset appearance"),
    "presets": ("presets", "presets export Balanced mine", "presets import mine.secondunit-preset"),
    "diagnostics": ("diagnostics --output fault.zip",),
    "clean": ("clean", "clean --yes"),
    "demo": ("demo --folder demo-out",),
}
"""By the name of a command, what follows ``secondunit``."""
