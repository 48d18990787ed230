"""Command lines as people published them, of 2.x and 3.x, and what is made of them here."""

import pytest

from orchestrator.errors import RequestRefused
from orchestrator.facefusion_line import Reference, translate
from orchestrator.facefusion_words import DROPPED, FLAGS
from remote_worker.engines.facefusion.options import check, command_line

LINES = {
    "2.x with a person chosen in a frame": (
        "python run.py --source /videos/Ham.jpg --target /videos/cut.mp4 --output /videos/out.mp4"
        " --output-video-encoder libx265 --headless --execution-providers {cuda,cpu}"
        " --reference-frame-number 868 --reference-face-distance 1.25 --reference-face-position 3"
        " --temp-frame-quality 100 --keep-temp --temp-frame-format png --output-video-quality 100"
        " --keep-fps --frame-processors face_swapper",
        {},
    ),
    "2.x from a service": (
        "python run.py -s face.jpg -t media.mp4 -o ./out.mp4 --execution-providers cuda --headless"
        " --face-selector-mode many --face-analyser-order best-worst --output-video-encoder libx264"
        " --face-mask-types occlusion",
        {
            "face_selector_mode": "many",
            "face_selector_order": "best-worst",
            "face_mask_types": "occlusion",
        },
    ),
    "2.x swapping and enhancing": (
        "venv/bin/python run.py --frame-processors face_swapper face_enhancer"
        " --frame-enhancer-model real_esrgan_x4 --execution-device-id 0 --execution-providers gpu"
        " --source resource/source.jpg --target resource/target-240p.mp4 --output out/1.mp4"
        " --headless",
        {"processors": "face_swapper face_enhancer"},
    ),
    "2.x with many threads": (
        "python3 /workspace/run.py --headless --execution-providers cuda --execution-thread-count"
        " 128 --execution-queue-count 32 --video-memory-strategy tolerant --frame-processors"
        " face_swapper face_enhancer --reference-face-distance 1.5 --output-video-preset ultrafast"
        " --source a.jpg --source b.jpg --target c.mp4 -o d.mp4",
        {"processors": "face_swapper face_enhancer"},
    ),
    "2.x by age and gender": (
        "python run.py --headless -s me.png -t t.mp4 -o o.mp4 --face-selector-mode one"
        " --face-analyser-age adult --face-analyser-gender female --face-swapper-model"
        " simswap_512_unofficial --face-detector-model yoloface",
        {
            "face_selector_mode": "one",
            "face_selector_age_start": "19",
            "face_selector_age_end": "60",
            "face_selector_gender": "female",
            "face_selector_order": "left-right",
            "face_swapper_model": "simswap_unofficial_512",
        },
    ),
    "3.0 on a Mac": (
        "python facefusion.py headless-run --keep-temp --log-level warn --execution-providers cpu"
        " --execution-thread-count 16 --execution-queue-count 2 --temp-frame-format png"
        " --face-selector-mode many --face-mask-types box occlusion --processors face_swapper"
        " face_enhancer --face-enhancer-model gfpgan_1.4 --face-enhancer-blend 80"
        " --face-swapper-model inswapper_128 --face-detector-model retinaface -s source.png"
        " -t fixed.mp4 -o result.mp4",
        {
            "processors": "face_swapper face_enhancer",
            "face_selector_mode": "many",
            "face_mask_types": "box occlusion",
            "face_swapper_model": "inswapper_128",
            "face_detector_model": "retinaface",
        },
    ),
    "3.x with everything about masks": (
        "cd /app && python facefusion.py headless-run --source-paths refs/1.png refs/2.png"
        " --target-path in.mp4 --output-path out.mp4 --processors face_swapper face_enhancer"
        " --face-swapper-model inswapper_128_fp16 --face-enhancer-model gfpgan_1.4"
        " --face-selector-mode reference --reference-face-distance 0.4 --face-mask-types occlusion"
        " box region --face-mask-blur 0.35 --face-mask-padding 5 10 --face-swapper-pixel-boost"
        " 512x512 --face-mask-regions skin nose mouth",
        {
            "processors": "face_swapper face_enhancer",
            "face_swapper_model": "inswapper_128_fp16",
            "face_swapper_pixel_boost": "512x512",
            "face_mask_types": "box occlusion region",
            "face_mask_blur": "0.35",
            "face_mask_padding": "5 10 5 10",
            "face_mask_regions": "skin nose mouth",
        },
    ),
    "3.x, other work only": (
        "python facefusion.py headless-run --processors frame_colorizer frame_enhancer"
        " --frame-colorizer-model deoldify --frame-enhancer-model real_esrgan_x2_fp16"
        " --frame-enhancer-blend 60 -t old.mp4 -o new.mp4 --workflow-strategy disk",
        {
            "processors": "frame_colorizer frame_enhancer",
            "frame_colorizer_model": "deoldify",
            "frame_enhancer_model": "real_esrgan_x2_fp16",
            "frame_enhancer_blend": "60",
        },
    ),
    "3.8, editing a face": (
        "python facefusion.py headless-run --processors face_editor --face-editor-mouth-smile -0.4"
        " --face-editor-head-yaw=0.25 --face-editor-model live_portrait -t a.mp4 -o b.mp4"
        " --face-tracker-score 0.3 --target-frame-amount 4",
        {
            "processors": "face_editor",
            "face_editor_mouth_smile": "-0.4",
            "face_editor_head_yaw": "0.25",
            "face_tracker_score": "0.3",
            "target_frame_amount": "4",
        },
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_published_command_lines_become_settings(name):
    line, expected = LINES[name]
    made = translate(line)
    assert dict(made.settings) == expected
    check(dict(made.settings))
    assert made.target
    assert made.output


@pytest.mark.parametrize("name", LINES)
def test_what_is_taken_over_is_told_to_facefusion_again(name):
    line, expected = LINES[name]
    again = command_line(dict(translate(line).settings))
    for setting, value in expected.items():
        flag = "--" + setting.replace("_", "-")
        at = again.index(flag)
        assert again[at + 1 : at + 1 + len(value.split())] == value.split()


def test_every_flag_that_is_not_taken_over_is_told_in_words():
    made = translate(LINES["2.x with a person chosen in a frame"][0])
    told = {note.flag: note.told for note in made.notes}
    assert set(told) == {
        "--headless",
        "--execution-providers",
        "--reference-face-distance",
        "--temp-frame-quality",
        "--keep-temp",
        "--temp-frame-format",
        "--keep-fps",
    }
    assert all(words.endswith(".") for words in told.values())


def test_the_person_of_a_reference_frame_is_remembered_in_the_order_of_its_version():
    old = translate(LINES["2.x with a person chosen in a frame"][0])
    assert old.reference == Reference(frame=868, position=3, order="left-right")
    new = translate("facefusion.py headless-run -s a.jpg -t b.mp4 -o c.mp4")
    assert new.reference == Reference(frame=0, position=0, order="large-small")
    assert translate(LINES["2.x from a service"][0]).reference is None
    assert translate(LINES["3.x, other work only"][0]).reference is None


def test_the_encoder_is_ours_with_the_same_meaning():
    made = translate(LINES["2.x with a person chosen in a frame"][0])
    assert (made.codec, made.hardware, made.quality, made.preset) == ("h265", False, 1, None)
    card = translate(
        "facefusion.py headless-run -s a.jpg -t b.mp4 -o c.mp4 --output-video-encoder h264_nvenc"
        " --output-video-quality 80 --output-video-preset veryslow"
    )
    assert (card.codec, card.hardware, card.quality, card.preset) == ("h264", True, 10, "p6")
    foreign = translate("facefusion.py headless-run --output-video-encoder libvpx-vp9")
    assert foreign.codec == "av1"
    assert "VP9" in foreign.notes[0].told


@pytest.mark.parametrize(
    "flag",
    ["--skip-nsfw", "--no-nsfw-filter", "--nsfw-check off", "--disable-content-analyser",
     "--skip-content-check", "--no-content-filter"],
)  # fmt: skip
def test_a_flag_that_would_leave_out_the_content_check_is_refused(flag):
    with pytest.raises(RequestRefused, match="content check") as caught:
        translate(f"facefusion.py headless-run -s a.jpg -t b.mp4 -o c.mp4 {flag}")
    assert "cannot be turned off" in caught.value.advice


def test_faces_of_named_people_without_consent_are_not_offered():
    line = "facefusion.py headless-run --processors {} -s a.jpg -t b.mp4 -o c.mp4"
    with pytest.raises(RequestRefused, match="deep_swapper") as caught:
        translate(line.format("deep_swapper"))
    assert "consent" in caught.value.advice
    both = translate(line.format("deep_swapper face_enhancer"))
    assert dict(both.settings) == {"processors": "face_enhancer"}
    assert "consent" in both.notes[0].told


@pytest.mark.parametrize("command", ["batch-run", "job-run", "force-download", "benchmark"])
def test_commands_that_render_no_single_video_say_so(command):
    with pytest.raises(RequestRefused, match=command):
        translate(f"python facefusion.py {command} --jobs-path x")


def test_paths_of_windows_and_lines_that_go_on_are_understood():
    made = translate(
        'python facefusion.py headless-run -s "C:\\My Faces\\a b.jpg" ^\r\n'
        " -t D:\\in.mp4 -o D:\\out.mp4"
    )
    assert made.photos == ("C:\\My Faces\\a b.jpg",)
    assert (made.target, made.output) == ("D:\\in.mp4", "D:\\out.mp4")
    lines = translate(
        "python run.py --headless \\\n -s 'my face.jpg' \\\n -t in.mp4 \\\n -o out.mp4"
    )
    assert lines.photos == ("my face.jpg",)
    assert lines.target == "in.mp4"


def test_a_beginning_of_a_flag_is_taken_as_facefusion_takes_it():
    made = translate(
        "facefusion.py headless-run --execution-provider cuda --face-swapper-mod inswapper_128"
    )
    assert dict(made.settings)["face_swapper_model"] == "inswapper_128"
    assert [note.flag for note in made.notes] == ["--execution-provider"]


def test_what_is_gone_or_wrong_is_told_and_the_rest_is_kept():
    made = translate(
        "facefusion.py headless-run -s a.jpg voice.mp3 -t b.mp4 -o c.mp4 --processors face_swapper"
        " frame_enhancer --frame-enhancer-model lsdir_x4 --face-swapper-pixel-boost 384x384"
        " --face-enhancer-blend 400 --wow 3 --trim-frame-start 10 --trim-frame-end 90"
    )
    assert (made.trim_start, made.trim_end) == (10, 90)
    assert dict(made.settings) == {"processors": "face_swapper frame_enhancer"}
    told = {note.flag: note.told for note in made.notes}
    assert "lsdir_x4 is not known" in told["--frame-enhancer-model"]
    assert "cannot be run at 384x384" in told["--face-swapper-pixel-boost"]
    assert "from 0 to 100" in told["--face-enhancer-blend"]
    assert "no flag of FaceFusion" in told["--wow"]
    assert "voice.mp3" in told["-s"]


def test_no_line_is_more_than_words(monkeypatch):
    made = translate("facefusion.py headless-run -s $(touch /tmp/never) -t `id`; rm -rf x")
    assert "$(touch" in made.photos
    with pytest.raises(RequestRefused, match="cannot be read"):
        translate("facefusion.py headless-run -s 'a.jpg")


def test_every_flag_that_is_known_is_either_taken_over_or_explained():
    for flag in FLAGS:
        made = translate(f"facefusion.py headless-run {flag}")
        unknown = [note for note in made.notes if "no flag of FaceFusion" in note.told]
        assert not unknown, flag
    assert all(words.endswith(".") for words in DROPPED.values())
