"""Describe what is said over HTTP; this is what OpenAPI is written from."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from orchestrator.serve.place_shapes import (
    Flag,
    HereWish,
    MachinesShown,
    ReceiptShown,
    WhereShown,
    WhereWish,
)
from orchestrator.sources import Basis

UploadId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="As the server named it.")]
FaceId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="As the server named it.")]
JobId = Annotated[str, Field(pattern=r"^[0-9a-f]{24}$", description="As the server named it.")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Title = Annotated[
    str,
    Field(
        min_length=1,
        max_length=200,
        pattern=r"^[^\x00-\x1f\x7f/\\]+$",
        description="For people; it names no file.",
    ),
]
Seconds = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False, strict=True)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class UploadWish(_Shape):
    """A file that is about to be sent."""

    kind: Literal["video", "photo"]
    title: Title
    size_bytes: Annotated[int, Field(ge=1, le=1 << 50, strict=True)]
    sha256: Sha256


class UploadState(_Shape):
    """How much of a file is here."""

    id: UploadId
    kind: Literal["video", "photo"]
    title: str
    size_bytes: int
    received_bytes: int
    state: Literal["receiving", "whole"]
    part_bytes: int
    """Most that one part may have."""


class Wording(_Shape):
    """A statement of consent, word for word."""

    basis: Basis
    statement: str


class ConsentWish(_Shape):
    """A person's statement that a face may be used, in the words of ``GET /v1/consent``."""

    basis: Basis
    statement: Annotated[str, Field(min_length=1, max_length=1000)]
    stated_by: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
    note: Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")] = ""


class FaceWish(_Shape):
    """A source face; without consent there is none."""

    name: Title
    photos: Annotated[list[UploadId], Field(min_length=1, max_length=12)]
    consent: ConsentWish
    take_largest: Flag = False
    """Whether the largest is meant where a photo shows several faces."""


class Face(_Shape):
    """A source face that can be cast."""

    id: FaceId
    name: str
    photos: int
    stated_by: str
    basis: Basis
    stated_at: str


class CastWish(_Shape):
    """Whose face goes on whom, and when."""

    face: FaceId
    person: Annotated[str, Field(pattern=r"^(p[0-9]{1,4}|largest|longest|leftmost)$")]
    """An id of ``GET …/people``; or whose face is the largest, who is seen longest, most left."""
    start: Seconds | None = None
    end: Seconds | None = None


class LookWish(_Shape):
    """Which engine renders, and how."""

    engine: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")] = "classic"
    settings: Annotated[
        dict[
            Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")],
            Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")],
        ],
        Field(max_length=100),
    ] = Field(default={})


class OutputWish(_Shape):
    """What kind of file is made."""

    container: Literal["mp4", "mov", "mkv"] = "mp4"
    codec: Literal["h264", "h265", "av1"] = "h264"
    quality: Annotated[int, Field(ge=0, le=63, strict=True)] | None = None
    preset: Annotated[str, Field(pattern=r"^[a-z0-9]{1,20}$")] | None = None
    hardware: Flag = False


class JobWish(_Shape):
    """A video to be rendered.

    With ``render`` false it is only looked at; then the people are known, and who is cast can
    be set by ``PUT …/casts`` before ``POST …/render``.
    """

    source: UploadId
    casts: Annotated[list[CastWish], Field(max_length=50)] = Field(default=[])
    look: LookWish = LookWish()
    output: OutputWish = OutputWish()
    trim_in: Seconds | None = None
    trim_out: Seconds | None = None
    render: Flag = True
    urgent: Flag = False
    """Whether it goes before all waiting jobs that are not."""
    where: Annotated[
        WhereWish, Field(description="On which machines; `GET /v1/places` says which there are.")
    ] = HereWish(kind="here")

    @model_validator(mode="after")
    def _one_kind_of_cast(self) -> JobWish:
        check_casts(self.casts)
        return self


class CastsWish(_Shape):
    """All casts of a job; those before go."""

    casts: Annotated[list[CastWish], Field(max_length=50)]


class PlaceWish(_Shape):
    """Where a job is to be rendered."""

    where: WhereWish


class Trouble(_Shape):
    """What went wrong."""

    code: str
    sentence: str
    advice: str


class Progress(_Shape):
    """What is being done."""

    work: str
    done: int
    total: int
    """0 while nobody knows."""
    frames_per_s: float | None = None
    left_s: float | None = None
    interruptions: int = 0


class Cast(_Shape):
    """Who is cast."""

    face: str
    person: str
    start: float | None
    end: float | None


class JobResult(_Shape):
    """A finished video."""

    frames: int
    missed_frames: int
    """Frames that kept a cast person's own face, which was not found there."""
    seconds: float
    sha256: str
    size_bytes: int
    finished_at: str


class Job(_Shape):
    """A job as it stands."""

    id: JobId
    title: str
    source: str
    state: Literal[
        "new", "refused", "ready", "queued", "rendering", "stopped", "failed", "cancelled", "done"
    ]
    """``new``: it is being looked at; ``ready``: it can be cast; the rest says what it is."""
    is_over: bool
    """Whether nothing more happens by itself."""
    paused: bool
    """Whether the queue rests, so that nothing begins."""
    ahead: int | None
    """Jobs before it in the line; None when it does not wait."""
    made_at: str
    people: int | None
    casts: list[Cast]
    progress: Progress | None
    trouble: Trouble | None
    result: JobResult | None
    usd: Decimal | None
    """What it has cost so far; None while nothing was rented, or nobody says."""
    where: WhereShown
    machines: MachinesShown | None
    """None unless it renders elsewhere now."""
    receipt: ReceiptShown | None
    """Of its last render on rented machines, however that ended."""


class Person(_Shape):
    """Somebody who was found in a job's source."""

    id: str
    unsure: bool
    seconds: float
    appearances: int
    has_picture: bool


class Health(_Shape):
    """That the server runs."""

    status: Literal["ok"]


class Problem(BaseModel):
    """What went wrong, by RFC 9457."""

    type: str
    title: str
    status: int
    code: str
    """Stable name of the fault."""
    detail: str
    """What happened, in a sentence."""
    advice: str
    """What to do about it."""


def check_casts(casts: list[CastWish]) -> None:
    """Return when the casts can be told apart.

    Raises:
        ValueError: somebody is meant by a rule beside others, or a part has no length.
    """
    by_rule = [each for each in casts if not each.person.startswith("p")]
    if by_rule and (len(casts) > 1 or by_rule[0].start is not None or by_rule[0].end is not None):
        raise ValueError("a person that is meant by a rule is cast alone and for the whole video")
    if any(c.start is not None and c.end is not None and c.start >= c.end for c in casts):
        raise ValueError("the end of a cast comes after its start")
