"""Finished videos hold every rendered frame at the source's own time, and all else of it."""

import dataclasses
import hashlib
import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import pytest
from av.stream import Disposition
from made_videos import (
    Sound,
    SourcePlan,
    jpeg,
    make_source,
    numbers_of,
    payload_digest,
    picture,
    segments,
    stamps_of,
    table_of,
)

from orchestrator.media import stitch
from orchestrator.media.assemble import (
    AssemblyFailed,
    AssemblyRequest,
    SegmentRefused,
    assemble,
    container_holds,
)
from orchestrator.media.label import AI_COMPOSITE, Label, container_tags, read_label
from remote_worker.contract.coding import canonical, from_text
from remote_worker.contract.records import Colour

LABEL = Label(tool="Second Unit", version="0.1.0", made_at="2026-01-02T03:04:05+00:00")
CODECS = ("h264", "h265", "av1")
CONTAINERS = ("mp4", "mov", "mkv")
PAIRS = [(c, k) for c in CODECS for k in CONTAINERS if container_holds(k, c)]
NTSC = SourcePlan([n * 1001 for n in range(138)], Fraction(1, 30000))
FEW = SourcePlan([n * 1001 for n in range(12)], Fraction(1, 30000), sounds=(Sound(length=0.5),))
SUFFIX = {"matroska": "mkv"}


class Job:
    """A made source, its segments, and the request that puts them together."""

    def __init__(self, folder, plan, kind="mp4", **request):
        self.folder, self.plan = Path(folder), plan
        self.source = self.folder / f"source.{SUFFIX.get(kind, kind)}"
        make_source(self.source, plan, kind)
        time_base, pts = table_of(self.source)
        pts = tuple(stamp + request.pop("moved", 0) for stamp in pts)
        codec, container = request.pop("codec", "h264"), request.pop("container", "mp4")
        start, end = request.pop("frames", (0, len(pts)))
        cuts = request.pop("cuts", (start, (start + end) // 2, end))
        ending = pts[end] if end < len(pts) else 2 * pts[-1] - (pts[-2] if pts[1:] else 0)
        self.request = AssemblyRequest(
            source_path=str(self.source),
            video_stream=0,
            time_base=time_base,
            pts=pts,
            start_frame=start,
            end_frame=end,
            end_pts=ending,
            segments=segments(folder, codec, pts, time_base, cuts, preset=_PRESETS[codec]),
            output_path=str(self.folder / f"finished.{container}"),
            container=container,
            label=LABEL,
        )

    def run(self, **changes):
        self.request = dataclasses.replace(self.request, **changes)
        self.result = assemble(self.request)
        return Path(self.request.output_path)

    def wanted_times(self):
        request = self.request
        shown = request.pts[request.start_frame : request.end_frame]
        return [stamp * request.time_base + self.result.shift for stamp in shown]

    def check_frames(self):
        """Hold that the decoded frames are the rendered ones, at their times."""
        output = Path(self.request.output_path)
        assert numbers_of(output) == list(range(self.request.start_frame, self.request.end_frame))
        allowed = Fraction(1, 2000) if self.request.container == "mkv" else 0
        times, wanted = stamps_of(output), self.wanted_times()
        assert len(times) == len(wanted)
        assert max(abs(a - b) for a, b in zip(times, wanted, strict=True)) <= allowed

    def leftovers(self):
        return [p.name for p in self.folder.iterdir() if "finished" in p.name]


_PRESETS = {"h264": "veryfast", "h265": "ultrafast", "av1": "8"}


@pytest.mark.parametrize(("codec", "container"), PAIRS)
def test_segments_of_100_and_37_and_1_frames_join_exactly(tmp_path, codec, container):
    job = Job(tmp_path, NTSC, codec=codec, container=container, cuts=(0, 100, 137, 138))
    output = job.run()
    job.check_frames()
    assert job.result.frame_count == 138
    assert payload_digest(output, 1) == payload_digest(job.source, 1)


UNEVEN = (0, 33, 34, 400, 433, 434, 435, 2000, 2001, 2500, 2600, 2700, 2701, 2702, 3000)


@pytest.mark.parametrize(("codec", "container"), PAIRS)
def test_a_variable_rate_is_kept(tmp_path, codec, container):
    plan = SourcePlan(UNEVEN, Fraction(1, 1000))
    job = Job(tmp_path, plan, "matroska", codec=codec, container=container, cuts=(0, 1, 2, 9, 15))
    job.run()
    job.check_frames()
    assert job.result.shift == 0


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("kind", ["mp4", "matroska", "mpegts"])
def test_a_late_start_keeps_sound_and_picture_together(tmp_path, container, kind):
    sound = Sound(codec="mp2", start=Fraction(10) + Fraction(1, 4), length=0.6)
    plan = SourcePlan([900_000 + n * 3003 for n in range(30)], Fraction(1, 90000), sounds=(sound,))
    job = Job(tmp_path, plan, kind, container=container)
    output = job.run()
    job.check_frames()
    assert (job.result.shift == 0) == (kind != "mpegts")
    before = stamps_of(job.source, 1)[0] - stamps_of(job.source)[0]
    after = stamps_of(output, 1)[0] - stamps_of(output)[0]
    assert abs(after - before) <= Fraction(1, 1000)


@pytest.mark.parametrize("container", CONTAINERS)
def test_times_below_zero_move_up_with_the_sound(tmp_path, container):
    job = Job(tmp_path, FEW, container=container, moved=-2002)
    output = job.run()
    job.check_frames()
    assert job.result.shift == Fraction(2002, 30000)
    moved = stamps_of(output, 1)[0] - stamps_of(job.source, 1)[0]
    assert abs(moved - job.result.shift) <= Fraction(1, 1000)


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("frames", [(0, 60), (31, 138), (31, 75), (137, 138)])
def test_a_trimmed_video_starts_at_zero_with_its_sound(tmp_path, container, frames):
    job = Job(tmp_path, NTSC, container=container, frames=frames, cuts=frames)
    output = job.run()
    job.check_frames()
    if frames == (137, 138):  # the sound ends before this frame
        assert [notice.code for notice in job.result.notices] == ["track_empty"]
        return
    if frames[0] > 0:
        assert stamps_of(output)[0] == 0
    packet = Fraction(1024, 48000)
    heard = [t for t in stamps_of(output, 1) if t > -packet]
    length = (frames[1] - frames[0]) * Fraction(1001, 30000)
    if frames[0] > 0:
        assert heard[0] < packet
    if frames[1] < 120:
        length += max(0, job.result.shift)
        assert length - packet <= heard[-1] + packet <= length + packet
    # each packet of sound is at its own source time, shifted as the frames are
    source = [t + job.result.shift for t in stamps_of(job.source, 1)]
    assert all(min(abs(t - s) for s in source) <= Fraction(1, 1000) for t in heard)


@pytest.mark.parametrize("container", CONTAINERS)
def test_titles_and_chapters_are_cut_where_the_video_is(tmp_path, container):
    titles = ((500, 1000, "cut"), (1500, 2000, "both"), (4000, 300, "gone"))
    chapters = ((0, 900, "gone"), (900, 2000, "Dawn"), (2000, 4600, "Dusk"))
    plan = dataclasses.replace(NTSC, subtitles=titles, chapters=chapters)
    job = Job(tmp_path, plan, "matroska", container=container, frames=(30, 90))
    start = job.request.pts[30] * job.request.time_base
    end = job.request.end_pts * job.request.time_base
    with av.open(str(job.run())) as opened:
        said = [
            (p.pts * p.time_base + start, p.duration * p.time_base)
            for p in opened.demux(opened.streams.subtitles[0])
            if p.size > 2
        ]
        kept = [
            (c["start"] * c["time_base"] + start, c["end"] * c["time_base"] + start)
            for c in opened.chapters()
        ]
    near = Fraction(1, 1000)
    begins = zip(said, (start, Fraction(3, 2)), strict=True)
    assert all(abs(t - at) <= near for (t, _), at in begins)
    assert abs(said[0][1] - (Fraction(3, 2) - start)) <= near
    assert abs(said[1][1] - (end - Fraction(3, 2))) <= near
    assert len(kept) == 2
    assert max(abs(kept[0][0] - start), abs(kept[0][1] - 2), abs(kept[1][1] - end)) <= near
    assert "sound_overhangs" in [notice.code for notice in job.result.notices]


def rich_plan():
    return dataclasses.replace(
        NTSC,
        sounds=(Sound(), Sound("ac3", "deu", Fraction(1, 2), 2.0, 660.0), Sound("aac", "jpn")),
        chapters=((0, 2000, "Dawn"), (2000, 4600, "Dusk")),
        tags={"title": "A day", "comment": "Shot on film"},
    )


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("kind", ["mp4", "matroska"])
def test_all_sound_languages_chapters_and_tags_survive_bit_by_bit(tmp_path, container, kind):
    job = Job(tmp_path, rich_plan(), kind, container=container)
    output = job.run()
    job.check_frames()
    assert job.result.notices == ()
    for index in (1, 2, 3):
        assert payload_digest(output, index) == payload_digest(job.source, index)
        before = stamps_of(job.source, index)[0]
        moved = stamps_of(output, index)[0] - before - job.result.shift
        assert abs(moved) <= Fraction(1, 1000)
    with av.open(str(output)) as container_:
        languages = [s.language for s in container_.streams.audio]
        tags = {name.lower(): value for name, value in container_.metadata.items()}
        chapters = [
            (c["start"] * c["time_base"], c["metadata"]["title"]) for c in container_.chapters()
        ]
    assert languages == ["eng", "ger" if container == "mov" else "deu", "jpn"]
    assert tags["title"] == "A day"
    assert tags["comment"].splitlines() == ["Shot on film", LABEL.sentence]
    shift = job.result.shift if container == "mkv" else 0
    assert [title for _, title in chapters] == ["Dawn", "Dusk"]
    assert abs(chapters[1][0] - 2 - shift) <= Fraction(1, 1000)


@pytest.mark.parametrize("container", CONTAINERS)
def test_subtitles_survive_and_attachments_where_they_can(tmp_path, container):
    titles = ((500, 800, "Bonjour <i>toi</i>"), (2000, 700, "Salut\nà tous"))
    plan = dataclasses.replace(NTSC, subtitles=titles, attachment=b"font" * 99)
    job = Job(tmp_path, plan, "matroska", container=container)
    output = job.run()
    with av.open(str(output)) as container_:
        (subtitle,) = container_.streams.subtitles
        said = [
            (p.pts * p.time_base, p.duration * p.time_base, bytes(p))
            for p in container_.demux(subtitle)
            if p.size > 2
        ]
        fonts = [s.data for s in container_.streams if s.type == "attachment"]
        language = subtitle.language
    assert language == "fra"
    assert [(t, d) for t, d, _ in said] == [
        (Fraction(1, 2), Fraction(4, 5)),
        (Fraction(2), Fraction(7, 10)),
    ]
    codes = [notice.code for notice in job.result.notices]
    if container == "mkv":
        assert [text for *_, text in said] == [t.encode() for *_, t in titles]
        assert (fonts, codes) == ([b"font" * 99], [])
    else:
        texts = [text[2:].decode() for *_, text in said]
        assert texts == ["Bonjour toi", "Salut\nà tous"]
        assert codes == ["subtitle_markup_dropped", "track_left_out"] or codes == [
            "track_left_out",
            "subtitle_markup_dropped",
        ]


def test_a_track_that_the_container_cannot_hold_is_left_out_and_named(tmp_path):
    plan = dataclasses.replace(FEW, sounds=(Sound("wavpack", length=0.5), Sound(length=0.5)))
    job = Job(tmp_path, plan, "matroska")
    output = job.run()
    (notice,) = job.result.notices
    assert notice.code == "track_left_out"
    assert "audio track 1 (wavpack)" in notice.text
    assert payload_digest(output, 1) == payload_digest(job.source, 2)


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize(
    ("codec", "kind"),
    [
        ("flac", "matroska"),
        ("libopus", "matroska"),
        ("pcm_s24le", "matroska"),
        ("pcm_s24le", "mov"),
        ("alac", "matroska"),
        ("libmp3lame", "mov"),
        ("aac", "mpegts"),
    ],
)
def test_sound_of_any_kind_is_copied_or_named_as_left_out(tmp_path, codec, kind, container):
    job = Job(
        tmp_path,
        dataclasses.replace(FEW, sounds=(Sound(codec, length=0.5),)),
        kind,
        container=container,
    )
    output = job.run()
    job.check_frames()
    if container == "mov" and codec in ("flac", "libopus"):
        assert [notice.code for notice in job.result.notices] == ["track_left_out"]
        return
    assert job.result.notices == ()
    if kind != "mpegts":  # there each packet loses its transport header
        assert payload_digest(output, 1) == payload_digest(job.source, 1)
    moved = stamps_of(output, 1)[0] - stamps_of(job.source, 1)[0] - job.result.shift
    assert abs(moved) <= Fraction(1, 1000)


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_cover_survives_where_it_can(tmp_path, container):
    plan = dataclasses.replace(FEW, cover=jpeg())
    job = Job(tmp_path, plan, container=container)
    with av.open(str(job.run())) as opened:
        covers = [s for s in opened.streams.video if s.disposition & Disposition.attached_pic]
        found = [bytes(p) for p in opened.demux(covers) if p.size] if covers else []
    if container == "mov":
        assert [notice.code for notice in job.result.notices] == ["track_left_out"]
    else:
        assert found == [plan.cover]
        assert job.result.notices == ()


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_timecode_track_is_left_out_and_named(tmp_path, container):
    plan = dataclasses.replace(FEW, video_tags={"timecode": "01:00:00:00"})
    job = Job(tmp_path, plan, "mov", container=container)
    job.run()
    job.check_frames()
    assert "timecode" in job.result.notices[0].text


@pytest.mark.parametrize(("codec", "container"), PAIRS)
def test_colours_and_the_shape_of_pixels_survive(tmp_path, codec, container):
    shape = Fraction(64, 45)
    look = picture(
        sample_aspect_ratio=shape,
        colour=Colour(9, 16, 9, full_range=False),
        pixel_format="yuv420p10le",
    )
    job = Job(tmp_path, FEW, codec=codec, container=container)
    request = job.request
    made = segments(tmp_path, codec, request.pts, request.time_base, (0, 6, 12), look=look)
    with av.open(str(job.run(segments=made))) as opened:
        found_shape = opened.streams.video[0].sample_aspect_ratio
        frame = next(opened.decode(video=0))
    tags = (frame.color_primaries, frame.color_trc, frame.colorspace, frame.color_range)
    assert tags == (9, 16, 9, 1)
    assert frame.format.name == "yuv420p10le"
    if (codec, container) == ("av1", "mkv"):
        assert [notice.code for notice in job.result.notices] == ["pixel_shape_lost"]
    else:
        assert found_shape == shape


def test_a_nasty_output_name_is_only_a_name(tmp_path):
    folder = tmp_path / "a b%d é;$(x) 'q'"
    folder.mkdir()
    job = Job(tmp_path, FEW)
    output = job.run(output_path=str(folder / ("concat:ü%03d|" + "n" * 60 + ".mp4")))
    job.check_frames()
    assert [p.name for p in folder.iterdir()] == [output.name]


def test_a_source_without_sound_makes_a_video_without_sound(tmp_path):
    job = Job(tmp_path, dataclasses.replace(FEW, sounds=()))
    with av.open(str(job.run())) as container:
        assert [stream.type for stream in container.streams] == ["video"]


def test_the_index_comes_first_and_the_mark_last(tmp_path):
    output = Job(tmp_path, FEW).run()
    data, boxes, at = output.read_bytes(), [], 0
    while at < len(data):
        boxes.append(data[at + 4 : at + 8])
        at += int.from_bytes(data[at : at + 4], "big")
    assert boxes[:2] == [b"ftyp", b"moov"]
    assert boxes[-1] == b"uuid"


@pytest.mark.parametrize("container", CONTAINERS)
def test_the_same_request_makes_the_same_bytes_and_says_their_digest(tmp_path, container):
    job = Job(tmp_path, FEW, container=container)
    first = job.run().read_bytes()
    assert job.result.digest == hashlib.sha256(first).hexdigest()
    assert job.result.output_bytes == len(first)
    again = job.run(output_path=str(tmp_path / f"again.{container}")).read_bytes()
    assert again == first


@pytest.mark.parametrize("container", CONTAINERS)
def test_every_finished_video_says_that_it_is_ai_made(tmp_path, container):
    output = Job(tmp_path, FEW, container=container).run()
    assert read_label(output) == LABEL
    assert AI_COMPOSITE.encode() in output.read_bytes()
    with av.open(str(output)) as container_:
        tags = {name.lower(): value for name, value in container_.metadata.items()}
    assert LABEL.sentence in tags["comment"]
    assert tags["creation_time"].startswith("2026-01-02T03:04:05")


def test_a_video_without_the_mark_has_no_label(tmp_path):
    job = Job(tmp_path, FEW)
    assert read_label(job.source) is None
    (tmp_path / "empty").write_bytes(b"")
    assert read_label(tmp_path / "empty") is None


def test_a_label_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        Label(tool="Second Unit", version="1", made_at="2026-01-02T03:04:05")


def test_marks_with_letters_that_xml_minds_are_read_back(tmp_path):
    label = dataclasses.replace(LABEL, tool="Tom & <Jerry>")
    output = Job(tmp_path, FEW).run(label=label)
    assert read_label(output) == label
    assert container_tags(label, "mp4")["comment"] == label.sentence


def test_progress_is_told_up_to_the_last_frame(tmp_path):
    job, heard = Job(tmp_path, NTSC), []
    assemble(job.request, lambda done, total: heard.append((done, total)))
    assert heard == [(100, 138), (138, 138)]


def test_a_request_travels_as_json(tmp_path):
    request = Job(tmp_path, FEW).request
    assert from_text(AssemblyRequest, canonical(request)) == request
    assert json.loads(canonical(request))["time_base"] == "1/30000"


def spoiled(job, number, change):
    """Return the job's segments with one replaced by what ``change`` makes of it."""
    made = list(job.request.segments)
    made[number] = change(made[number])
    return tuple(made)


def missing(segment):
    Path(segment.path).unlink()
    return segment


def flipped(segment):
    data = bytearray(Path(segment.path).read_bytes())
    data[len(data) // 2] ^= 1
    Path(segment.path).write_bytes(data)
    return segment


def cut_short(segment):
    data = Path(segment.path).read_bytes()[:-200]
    Path(segment.path).write_bytes(data)
    return dataclasses.replace(segment, blob=hashlib.sha256(data).hexdigest())


def not_a_video(segment):
    Path(segment.path).write_bytes(b"text" * 100)
    return dataclasses.replace(segment, blob=hashlib.sha256(b"text" * 100).hexdigest())


@pytest.mark.parametrize("change", [missing, flipped, cut_short, not_a_video])
@pytest.mark.parametrize("number", [0, 1])
def test_a_spoiled_segment_is_refused_by_name_and_leaves_nothing(tmp_path, change, number):
    job = Job(tmp_path, FEW)
    segment = job.request.segments[number]
    with pytest.raises(SegmentRefused) as refusal:
        job.run(segments=spoiled(job, number, change))
    frames = f"frames {segment.start_frame} to {segment.end_frame}"
    assert frames in str(refusal.value)
    assert Path(segment.path).name in refusal.value.sentence
    assert job.leftovers() == []


def remade(job, folder, *, codec="h264", start=6, end=12, offset=0, look=None):
    """Return a segment that claims frames 6 to 12 and was made of others or otherwise."""
    (tmp := folder / "other").mkdir(exist_ok=True)
    pts = [stamp + offset * (n % 3) for n, stamp in enumerate(job.request.pts)]
    (made,) = segments(tmp, codec, pts, job.request.time_base, (start, end), look=look)
    return dataclasses.replace(made, start_frame=6, end_frame=12)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"end": 11}, "holds 5 frames, not 6"),
        ({"offset": 5}, "other times than the source"),
        ({"codec": "h265"}, "other settings than the first"),
        ({"look": picture(sample_aspect_ratio=Fraction(4, 3))}, "other settings than the first"),
    ],
)
def test_a_foreign_segment_is_refused_by_name(tmp_path, other, why):
    job = Job(tmp_path, FEW)
    foreign = remade(job, tmp_path, **other)
    with pytest.raises(SegmentRefused, match=f"frames 6 to 12 .*{why}"):
        job.run(segments=(job.request.segments[0], foreign))
    assert job.leftovers() == []


@pytest.mark.parametrize("kept", [(0,), (1,), (1, 0), (0, 0, 1), ()])
def test_segments_that_do_not_cover_the_frames_are_refused(tmp_path, kept):
    job = Job(tmp_path, FEW)
    with pytest.raises(SegmentRefused):
        job.run(segments=tuple(job.request.segments[n] for n in kept))
    assert job.leftovers() == []


def test_a_container_that_cannot_hold_the_codec_is_refused(tmp_path):
    job = Job(tmp_path, FEW, codec="av1")
    with pytest.raises(AssemblyFailed, match="mov cannot hold av1"):
        job.run(container="mov", output_path=str(tmp_path / "finished.mov"))
    assert job.leftovers() == []


class LosingStitch(stitch.Stitch):
    """Loses the third packet."""

    def packets(self):
        for at, packet in enumerate(super().packets()):
            if at != 2:
                yield packet


class LateStitch(stitch.Stitch):
    """Shows the last packet a tick late."""

    def packets(self):
        for at, packet in enumerate(super().packets()):
            packet.pts += at == 11
            yield packet


@pytest.mark.parametrize("broken", [LosingStitch, LateStitch])
def test_a_video_that_reads_back_otherwise_is_not_kept(tmp_path, monkeypatch, broken):
    job = Job(tmp_path, FEW)
    monkeypatch.setattr("orchestrator.media.assemble.Stitch", broken)
    with pytest.raises(AssemblyFailed):
        job.run()
    assert job.leftovers() == []


def test_an_older_finished_video_stays_when_a_new_one_fails(tmp_path):
    job = Job(tmp_path, FEW)
    before = job.run().read_bytes()
    with pytest.raises(SegmentRefused):
        job.run(segments=spoiled(job, 1, flipped))
    assert Path(job.request.output_path).read_bytes() == before


ASSEMBLE_WITH_LITTLE_ROOM = """
import resource, sys
sys.path[:0] = {paths!r}
from orchestrator.media.assemble import AssemblyRequest, assemble
from remote_worker.contract.coding import from_text
from remote_worker.errors import DiskFull
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
try:
    assemble(from_text(AssemblyRequest, {request!r}))
except DiskFull as error:
    print("full:", error.sentence)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on file size")
@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("part", [0.0, 0.3, 0.97])
def test_a_full_disk_is_named_and_leaves_nothing(tmp_path, container, part):
    job = Job(tmp_path, NTSC, container=container)
    size = job.run().stat().st_size
    Path(job.request.output_path).unlink()
    code = ASSEMBLE_WITH_LITTLE_ROOM.format(
        paths=[str(Path(__file__).parents[3])],
        room=int(size * part),
        request=canonical(job.request),
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.startswith("full:"), done.stderr
    assert done.stderr == ""
    assert job.leftovers() == []
