"""The sound that lips follow begins with the first frame, whatever the file's own times are."""

import wave
from fractions import Fraction

import av
import numpy as np
import pytest

from orchestrator.errors import SourceRefused
from orchestrator.media.guarded import make_voice
from orchestrator.media.voice import RATE_HZ, VoiceRequest
from remote_worker.digests import digest_of_file
from tests.clips import make_clip


def a_sound(path, *, begins_s, lasts_s, rate=44_100, channels="mono"):
    """Write one steady tone that begins at ``begins_s``."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=rate, layout=channels)
        tone = np.full((1, int(lasts_s * rate)), 9000, np.int16)
        for start in range(0, tone.shape[1], 1024):
            part = np.ascontiguousarray(tone[:, start : start + 1024])
            frame = av.AudioFrame.from_ndarray(part, format="s16", layout=channels)
            frame.sample_rate, frame.time_base = rate, Fraction(1, rate)
            frame.pts = int(begins_s * rate) + start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def heard(path):
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE_HZ, 2, 2)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16).reshape(-1, 2)


def made(path, to, *, start=Fraction(0), duration=Fraction(2)):
    request = VoiceRequest(path=str(path), start=start, duration=duration, to=str(to))
    assert make_voice(request, lambda done, total: None).digest == digest_of_file(to)
    return heard(to)


def test_a_sound_that_begins_later_is_silent_until_then(tmp_path):
    source = a_sound(tmp_path / "late.mkv", begins_s=0.5, lasts_s=1)
    samples = made(source, tmp_path / "voice.wav")
    begin = int(np.argmax(np.abs(samples[:, 0]) > 4000))
    assert abs(begin - RATE_HZ // 2) < RATE_HZ // 100
    assert abs(len(samples) - RATE_HZ * 3 // 2) < RATE_HZ // 50


def test_what_sounds_before_the_first_frame_is_left_out(tmp_path):
    source = a_sound(tmp_path / "early.mkv", begins_s=0, lasts_s=1)
    samples = made(source, tmp_path / "voice.wav", start=Fraction(1, 4))
    assert abs(samples[10, 0]) > 4000
    assert abs(len(samples) - RATE_HZ * 3 // 4) < RATE_HZ // 50


def test_what_sounds_after_the_last_frame_is_left_out(tmp_path):
    source = a_sound(tmp_path / "long.mkv", begins_s=0, lasts_s=3)
    assert len(made(source, tmp_path / "voice.wav", duration=Fraction(1))) == RATE_HZ


def test_a_video_without_sound_says_so(tmp_path):
    silent = make_clip(tmp_path / "silent.mp4", frames=5, width=96, height=64)
    with pytest.raises(SourceRefused, match="no sound") as caught:
        made(silent, tmp_path / "voice.wav")
    assert caught.value.code == "no_sound"
