"""Name FaceFusion's options in plain words; its models keep the names that people know."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from remote_worker.engines.facefusion.licences import label_of

translate = QCoreApplication.translate
_SIZE = re.compile(r"^(\d+)x(\d+)$")


def setting_name(name: str) -> str:
    """Return the name of an option of FaceFusion."""
    return {
        "face_swapper": translate("FaceFusion", "Swap faces"),
        "face_swapper_model": translate("FaceFusion", "Swapper model"),
        "face_swapper_pixel_boost": translate("FaceFusion", "Resolution of the face"),
        "face_swapper_weight": translate("FaceFusion", "Own likeness kept"),
        "face_enhancer": translate("FaceFusion", "Enhance faces"),
        "face_enhancer_model": translate("FaceFusion", "Enhancer model"),
        "face_enhancer_blend": translate("FaceFusion", "Strength of the enhancement"),
        "face_enhancer_weight": translate("FaceFusion", "Faithfulness of CodeFormer"),
        "face_mask_types": translate("FaceFusion", "Kinds of mask"),
        "face_mask_blur": translate("FaceFusion", "Softness of the edge"),
        "face_mask_padding": translate("FaceFusion", "Left off: top, right, bottom, left"),
        "face_mask_areas": translate("FaceFusion", "Areas that are put on"),
        "face_mask_regions": translate("FaceFusion", "Parts that are put on"),
        "face_occluder_model": translate("FaceFusion", "What covers a face is seen by"),
        "face_parser_model": translate("FaceFusion", "Parts of a face are seen by"),
        "face_selector_mode": translate("FaceFusion", "Worked on"),
        "face_selector_order": translate("FaceFusion", "Order"),
        "face_selector_gender": translate("FaceFusion", "Gender, as estimated"),
        "face_selector_race": translate("FaceFusion", "Appearance, as estimated"),
        "face_selector_age_start": translate("FaceFusion", "Age from, as estimated"),
        "face_selector_age_end": translate("FaceFusion", "Age to, as estimated"),
        "face_detector_model": translate("FaceFusion", "Detector"),
        "face_detector_size": translate("FaceFusion", "Size that is looked at"),
        "face_detector_margin": translate("FaceFusion", "Margin: top, right, bottom, left"),
        "face_detector_angles": translate("FaceFusion", "Turned pictures, too"),
        "face_detector_score": translate("FaceFusion", "How sure a face must be"),
        "face_landmarker_model": translate("FaceFusion", "Landmarks"),
        "face_landmarker_score": translate("FaceFusion", "How sure landmarks must be"),
        "face_tracker_score": translate("FaceFusion", "Follow faces over gaps"),
        "target_frame_amount": translate("FaceFusion", "Frames looked at around each"),
        "expression_restorer": translate("FaceFusion", "Restore the expression"),
        "expression_restorer_factor": translate("FaceFusion", "How far it is restored"),
        "expression_restorer_areas": translate("FaceFusion", "Where it is restored"),
        "age_modifier": translate("FaceFusion", "Change the age"),
        "age_modifier_model": translate("FaceFusion", "Age model"),
        "age_modifier_direction": translate("FaceFusion", "Younger or older"),
        "face_editor": translate("FaceFusion", "Edit the face"),
        "lip_syncer": translate("FaceFusion", "Move lips to the sound"),
        "lip_syncer_model": translate("FaceFusion", "Lip model"),
        "lip_syncer_weight": translate("FaceFusion", "How far lips move"),
        "voice_extractor_model": translate("FaceFusion", "Model that hears the voice"),
        "frame_colorizer": translate("FaceFusion", "Colour black and white"),
        "frame_colorizer_model": translate("FaceFusion", "Colour model"),
        "frame_colorizer_size": translate("FaceFusion", "Size at which colours are made"),
        "frame_colorizer_blend": translate("FaceFusion", "Strength of the colours"),
        "frame_enhancer": translate("FaceFusion", "Enhance the whole picture"),
        "frame_enhancer_model": translate("FaceFusion", "Picture model"),
        "frame_enhancer_blend": translate("FaceFusion", "Strength"),
        "background_remover": translate("FaceFusion", "Replace the background"),
        "background_remover_model": translate("FaceFusion", "Background model"),
        "background_remover_fill_color": translate("FaceFusion", "Colour of the background"),
        "background_remover_despill_color": translate(
            "FaceFusion", "Colour cast removed: red, green, blue, strength"
        ),
        **_edits(),
    }.get(name, name)


def _edits() -> dict[str, str]:
    return {
        "face_editor_eyebrow_direction": translate("FaceFusion", "Eyebrows"),
        "face_editor_eye_gaze_horizontal": translate("FaceFusion", "Gaze, sideways"),
        "face_editor_eye_gaze_vertical": translate("FaceFusion", "Gaze, up and down"),
        "face_editor_eye_open_ratio": translate("FaceFusion", "Eyes open"),
        "face_editor_lip_open_ratio": translate("FaceFusion", "Lips open"),
        "face_editor_mouth_grim": translate("FaceFusion", "Grim mouth"),
        "face_editor_mouth_pout": translate("FaceFusion", "Pout"),
        "face_editor_mouth_purse": translate("FaceFusion", "Pursed lips"),
        "face_editor_mouth_smile": translate("FaceFusion", "Smile"),
        "face_editor_mouth_position_horizontal": translate("FaceFusion", "Mouth, sideways"),
        "face_editor_mouth_position_vertical": translate("FaceFusion", "Mouth, up and down"),
        "face_editor_head_pitch": translate("FaceFusion", "Head, nodding"),
        "face_editor_head_yaw": translate("FaceFusion", "Head, turning"),
        "face_editor_head_roll": translate("FaceFusion", "Head, tilting"),
    }


def setting_hint(name: str) -> str:
    """Return what an option does; empty where its name says it."""
    return {
        "face_swapper_model": translate(
            "FaceFusion",
            "Which model makes the new face. Its licence, as FaceFusion labels it, stands beside"
            " it.",
        ),
        "face_swapper_pixel_boost": translate(
            "FaceFusion", "A face close to the camera needs more; each step takes longer."
        ),
        "face_swapper_weight": translate(
            "FaceFusion", "More of it keeps some of the person's own face."
        ),
        "face_enhancer": translate(
            "FaceFusion", "Draws each face anew, sharper than the swap leaves it. Takes longer."
        ),
        "face_enhancer_weight": translate(
            "FaceFusion", "More keeps to what is there; less invents more detail."
        ),
        "face_mask_types": translate(
            "FaceFusion",
            "Box fades the edges. Occlusion leaves hands and hair in front of a face. Area and"
            " region put on only what is chosen.",
        ),
        "face_mask_padding": translate(
            "FaceFusion", "How much is left off at each side of the face, as a percentage."
        ),
        "face_selector_mode": translate(
            "FaceFusion",
            "Second Unit follows the people that you cast. The others let FaceFusion choose in"
            " each frame, and put the first face that you cast on them.",
        ),
        "face_selector_race": translate(
            "FaceFusion", "FaceFusion's own words, and a guess from a picture; it is often wrong."
        ),
        "face_detector_angles": translate(
            "FaceFusion", "Finds faces that lie on their side or upside down. Takes longer."
        ),
        "face_tracker_score": translate(
            "FaceFusion", "Above zero, a face that is lost for a few frames is filled in."
        ),
        "expression_restorer": translate(
            "FaceFusion", "Brings back the expression that the person had before the swap."
        ),
        "lip_syncer": translate(
            "FaceFusion", "Lips follow the sound of the video, such as a dubbed one."
        ),
        "frame_enhancer": translate(
            "FaceFusion", "Sharpens the whole picture; the video keeps its size."
        ),
        "background_remover": translate(
            "FaceFusion", "Puts one colour behind the people, to be keyed out later."
        ),
    }.get(name, "")


def choice_name(name: str, choice: str) -> str:
    """Return one choice of an option; a model with the label of its licence."""
    licensed = label_of(name, choice)
    if licensed is not None:
        return translate("FaceFusion", "{0} – {1}").format(choice, licensed.label)
    return {
        ("face_selector_mode", "casting"): translate("FaceFusion", "The people that are cast"),
        ("face_selector_mode", "many"): translate("FaceFusion", "Every face"),
        ("face_selector_mode", "one"): translate("FaceFusion", "One face in each frame"),
        ("face_selector_gender", "any"): translate("FaceFusion", "Any"),
        ("face_selector_gender", "auto"): translate("FaceFusion", "As the source face"),
        ("face_selector_gender", "female"): translate("FaceFusion", "Female"),
        ("face_selector_gender", "male"): translate("FaceFusion", "Male"),
        ("face_selector_race", "any"): translate("FaceFusion", "Any"),
        ("face_selector_race", "auto"): translate("FaceFusion", "As the source face"),
        ("face_selector_order", "left-right"): translate("FaceFusion", "Leftmost first"),
        ("face_selector_order", "right-left"): translate("FaceFusion", "Rightmost first"),
        ("face_selector_order", "top-bottom"): translate("FaceFusion", "Topmost first"),
        ("face_selector_order", "bottom-top"): translate("FaceFusion", "Lowest first"),
        ("face_selector_order", "small-large"): translate("FaceFusion", "Smallest first"),
        ("face_selector_order", "large-small"): translate("FaceFusion", "Largest first"),
        ("face_selector_order", "best-worst"): translate("FaceFusion", "Surest first"),
        ("face_selector_order", "worst-best"): translate("FaceFusion", "Least sure first"),
        ("face_detector_model", "many"): translate("FaceFusion", "All of them"),
        ("face_landmarker_model", "many"): translate("FaceFusion", "Both of them"),
        ("face_occluder_model", "many"): translate("FaceFusion", "All of them"),
    }.get((name, choice)) or _plain(name, choice)


def _plain(name: str, choice: str) -> str:
    said = {
        "box": translate("FaceFusion", "Box"),
        "occlusion": translate("FaceFusion", "Occlusion"),
        "area": translate("FaceFusion", "Area"),
        "region": translate("FaceFusion", "Region"),
        "upper-face": translate("FaceFusion", "Upper face"),
        "lower-face": translate("FaceFusion", "Lower face"),
        "mouth": translate("FaceFusion", "Mouth"),
        "skin": translate("FaceFusion", "Skin"),
        "left-eyebrow": translate("FaceFusion", "Left eyebrow"),
        "right-eyebrow": translate("FaceFusion", "Right eyebrow"),
        "left-eye": translate("FaceFusion", "Left eye"),
        "right-eye": translate("FaceFusion", "Right eye"),
        "glasses": translate("FaceFusion", "Glasses"),
        "nose": translate("FaceFusion", "Nose"),
        "upper-lip": translate("FaceFusion", "Upper lip"),
        "lower-lip": translate("FaceFusion", "Lower lip"),
    }.get(choice)
    if said is not None:
        return said
    if name == "face_detector_angles":
        return translate("FaceFusion", "{0}°").format(choice)
    return _SIZE.sub(r"\1 × \2", choice)


def group_name(group: str) -> str:
    """Return the heading of a group of options."""
    return {
        "swap": translate("FaceFusion", "Swap"),
        "enhance": translate("FaceFusion", "Enhancement"),
        "mask": translate("FaceFusion", "Masks"),
        "who": translate("FaceFusion", "Whose faces"),
        "find": translate("FaceFusion", "How faces are found"),
        "work": translate("FaceFusion", "What is done, in this order"),
    }.get(group, "")
