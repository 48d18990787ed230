"""Every odd file is rendered exactly or refused at the door, and none opens another address."""

import socket
import threading
from fractions import Fraction

import av
import pytest

from orchestrator.errors import SourceRefused
from orchestrator.home import Home
from orchestrator.job import (
    Phase,
)
from orchestrator.jobs import list_jobs, read_index, read_record
from orchestrator.media.guarded import probe_source
from orchestrator.prepare import Wish, prepare
from orchestrator.runner import drive
from tests.clips import barcodes_of, make_clip, times_of
from tests.corpus import Refused, Renders, corpus
from tests.corpus.hostile import PLAYLIST

ENTRIES = corpus()
REFUSED = [entry for entry in ENTRIES if isinstance(entry.outcome, Refused)]
RENDERED = [entry for entry in ENTRIES if isinstance(entry.outcome, Renders)]


def test_the_corpus_is_as_large_as_it_is_said_to_be():
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES) >= 80


@pytest.mark.parametrize("entry", REFUSED, ids=lambda entry: entry.name)
def test_what_cannot_be_rendered_is_refused_before_any_work(entry, tmp_path):
    home = Home(tmp_path / "home")
    with pytest.raises(SourceRefused) as refused:
        prepare(home, Wish(source=entry.make(tmp_path), output=tmp_path / "out.mp4"))
    assert refused.value.code == entry.outcome.code
    assert refused.value.sentence.endswith(".")
    assert refused.value.advice.endswith(".")
    assert list_jobs(home) == ()
    assert not (tmp_path / "out.mp4").exists()


@pytest.mark.parametrize("entry", RENDERED, ids=lambda entry: entry.name)
def test_what_is_odd_is_rendered_exactly(entry, tmp_path):
    sources, home, out = tmp_path / "s", Home(tmp_path / "home"), tmp_path / "out.mp4"
    sources.mkdir()
    wish = Wish(
        source=entry.make(sources), output=out, engine="identity", workers=1, segment_frames=20
    )
    job_id = prepare(home, wish)
    outcome = drive(home, job_id)
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    record, index = read_record(home, job_id), read_index(home, job_id)
    told = {notice.code for notice in record.report.notices}
    assert entry.outcome.notices <= told
    check_frames(entry.outcome, out, index)
    assert outcome.finished.video.stamp_error == 0
    assert outcome.finished.concealed_frames <= entry.outcome.concealed


def check_frames(wanted, out, index):
    count = len(index.pts) if wanted.frames == -1 else wanted.frames
    assert 0 < count == len(index.pts)
    first = index.pts[0] * index.time_base
    began = times_of(out)[0]
    assert [time - began for time in times_of(out)] == [
        Fraction(pts) * index.time_base - first for pts in index.pts
    ]
    with av.open(str(out)) as media:
        size = (media.streams.video[0].width, media.streams.video[0].height)
    assert wanted.size in (None, size)
    if wanted.coded:
        codes = barcodes_of(out)
        right = [wanted.first_code + place for place in range(count)]
        wrong = [place for place in range(count) if codes[place] != right[place]]
        assert len(wrong) <= wanted.concealed, (wrong, codes)


def test_a_list_that_names_an_address_connects_to_nothing(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        visitors = []
        server.settimeout(0.2)
        over = threading.Event()

        def listen():
            while not over.is_set():
                try:
                    visitors.append(server.accept()[1])
                except TimeoutError:
                    continue

        listener = threading.Thread(target=listen)
        listener.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.ts"
        for name, text in {
            "a.m3u8": PLAYLIST.format(address=address),
            "a.mp4": PLAYLIST.format(address=address),
            "a.ffconcat": f"ffconcat version 1.0\nfile {address}\n",
            "a.sdp": "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=video 9 RTP/AVP 96\r\n",
            "a.txt": address,
        }.items():
            (tmp_path / name).write_text(text)
            with pytest.raises(SourceRefused):
                probe_source(tmp_path / name)
        over.set()
        listener.join(timeout=10)
    assert visitors == []


def test_a_clip_with_everything_beside_it_is_refused_for_none_of_it(tmp_path):
    clip = make_clip(tmp_path / "c.mp4", frames=12, audio_tracks=2)
    (tmp_path / "c.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nhello\n")
    report, _ = probe_source(clip)
    assert [track.kind for track in report.others] == ["audio", "audio"]
