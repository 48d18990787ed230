"""FaceFusion's options: one spelling, only what counts, and the models and labels that follow."""

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from remote_worker.engines.facefusion.licences import (
    LICENCES,
    is_commercial,
    label_of,
    licences_of,
    restrictions_of,
)
from remote_worker.engines.facefusion.option_kinds import Choice, Number, Several, Whole
from remote_worker.engines.facefusion.options import (
    OPTIONS,
    PIXEL_BOOSTS,
    PROCESSORS,
    check,
    command_line,
    differing,
    halo_frames,
    models_needed,
    needs_photos,
    selects_itself,
    uses_faces,
)


def a_value(option):
    match option:
        case Choice(_, choices, _):
            return st.sampled_from(choices)
        case Several(_, choices, _):
            return st.lists(st.sampled_from(choices), min_size=1, unique=True).map(" ".join)
        case Number(_, low, high, _):
            return st.floats(low, high, allow_nan=False).map(repr)
        case Whole(_, low, high, _):
            numbers = st.integers(low, high)
            return st.lists(numbers, min_size=option.count, max_size=option.count).map(
                lambda given: " ".join(map(str, given))
            )
    return st.just("")


_FREE = {
    name: option
    for name, option in OPTIONS.items()
    if name not in ("face_swapper_pixel_boost", "face_detector_size", "face_selector_age_start",
                    "face_selector_age_end", "face_selector_mode")
}  # fmt: skip
settings_of_any_kind = st.fixed_dictionaries(
    {}, optional={name: a_value(option) for name, option in _FREE.items()}
)


@examples(max_examples=40, deadline=None)
@given(settings_of_any_kind)
def test_what_was_checked_stays_as_it_is(settings):
    checked = check(settings)
    assert check(checked) == checked
    assert check(differing(settings)) == checked
    assert set(models_needed(settings)) <= set(LICENCES)
    assert {"nsfw_1", "nsfw_2", "nsfw_3"} <= set(models_needed(settings))


@examples(max_examples=40, deadline=None)
@given(settings_of_any_kind)
def test_a_command_line_names_each_option_that_counts_once(settings):
    flags = [word for word in command_line(settings) if word.startswith("--")]
    assert len(flags) == len(set(flags))
    names = {flag[2:].replace("-", "_") for flag in flags}
    assert names <= set(check(settings))


def test_an_option_of_what_is_not_done_makes_no_other_segment():
    plain = check({})
    assert check({"frame_enhancer_blend": "10", "face_mask_areas": "mouth"}) == plain
    assert "face_enhancer_model" not in plain
    assert check({"processors": "face_swapper face_enhancer"})["face_enhancer_model"] == (
        "gfpgan_1.4"
    )
    with pytest.raises(ValueError, match="frame_enhancer_blend is from 0 to 100"):
        check({"frame_enhancer_blend": "101"})


def test_the_order_of_work_counts_and_that_of_masks_does_not():
    assert check({"processors": "face_enhancer face_swapper"}) != check(
        {"processors": "face_swapper face_enhancer"}
    )
    assert check({"face_mask_types": "region box"}) == check({"face_mask_types": "box region"})


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"sharpness": "1"}, "no setting 'sharpness'"),
        ({"processors": "deep_swapper"}, "not 'deep_swapper'"),
        ({"processors": " "}, "not nothing"),
        ({"face_swapper_model": "roop"}, "is one of"),
        ({"face_swapper_pixel_boost": "384x384"}, "hyperswap_1a_256 is one of"),
        ({"face_detector_model": "yunet", "face_detector_size": "320x320"}, "yunet is one of"),
        ({"face_mask_padding": "1 2"}, "has 4 numbers"),
        ({"face_mask_blur": "soft"}, "is a number"),
        ({"face_mask_blur": "nan"}, "is from"),
        ({"face_selector_mode": "reference"}, "needs a reference_photo"),
        (
            {
                "face_selector_mode": "many",
                "face_selector_age_start": "40",
                "face_selector_age_end": "20",
            },
            "above",
        ),
        ({"voice": "../sound.wav"}, "SHA-256"),
        ({"execution_providers": "cuda"}, "no setting"),
    ],
)
def test_what_is_no_setting_is_refused_with_a_reason(settings, told):
    with pytest.raises(ValueError, match=told):
        check(settings)


def test_neighbours_are_only_looked_at_when_faces_are_followed():
    assert halo_frames({}) == 0
    assert halo_frames({"target_frame_amount": "7"}) == 0
    assert halo_frames({"face_tracker_score": "0.3"}) == 2
    assert halo_frames({"face_tracker_score": "0.3", "target_frame_amount": "7"}) == 7


def test_every_swapper_has_its_own_resolution_and_its_label():
    for model, boosts in PIXEL_BOOSTS.items():
        values = check({"face_swapper_model": model})
        assert values["face_swapper_pixel_boost"] == boosts[0]
        label = label_of("face_swapper_model", model)
        assert label is not None
        assert label.model in models_needed(values)


def test_no_default_swap_is_free_for_commercial_use():
    labels = restrictions_of({})
    assert labels == ("Non-Commercial (InsightFace)", "ResearchRAIL (FaceFusion)")
    assert not is_commercial({})
    # The swapper's own label allows it; the model that recognises faces does not.
    assert restrictions_of({"face_swapper_model": "ghost_1_256"}) == (
        "Non-Commercial (InsightFace)",
    )


def test_work_on_whole_frames_needs_no_face_and_may_be_commercial():
    frames_only = {"processors": "frame_colorizer background_remover"}
    values = check(frames_only)
    assert not uses_faces(values)
    assert not needs_photos(values)
    assert not selects_itself(values)
    assert is_commercial(frames_only)
    assert {each.label for each in licences_of(frames_only)} == {"Apache-2.0", "MIT"}


@pytest.mark.parametrize("processor", PROCESSORS)
def test_every_processor_names_its_models_and_where_faces_count_the_finders(processor):
    models = models_needed({"processors": processor})
    assert ("yoloface_8n" in models) == uses_faces({"processors": processor})
    assert len(models) > 3
