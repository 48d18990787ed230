"""Print, as JSON, what FaceFusion's own parser and model tables say; run by its interpreter."""

from __future__ import annotations

import importlib
import json
import sys

MODULES = (
    "content_analyser", "face_classifier", "face_detector", "face_landmarker", "face_masker",
    "face_recognizer", "voice_extractor",
    *(
        f"processors.modules.{name}.core"
        for name in (
            "age_modifier", "background_remover", "expression_restorer", "face_editor",
            "face_enhancer", "face_swapper", "frame_colorizer", "frame_enhancer", "lip_syncer",
        )
    ),
)  # fmt: skip


def main() -> None:
    """Parse each command line that stands on stdin; print what became of it, and the tables."""
    from facefusion.program import create_program

    lines = json.load(sys.stdin)
    parsed, actions = [], {}
    for line in lines:
        sys.argv = ["facefusion.py", "headless-run", *line]
        program = create_program()
        given = vars(program.parse_args(sys.argv[1:]))
        parsed.append({name: value for name, value in given.items() if value is not None})
        commands = next(a for a in program._actions if a.dest == "command")
        for action in commands.choices["headless-run"]._actions:
            if action.choices is not None:
                actions[action.dest] = [str(choice) for choice in action.choices]
    print(json.dumps({"parsed": parsed, "choices": actions, "labels": labels()}))  # noqa: T201  # it is the answer


def labels() -> dict[str, list[str]]:
    """Return vendor and licence of each model file."""
    found: dict[str, list[str]] = {}
    for name in MODULES:
        module = importlib.import_module(f"facefusion.{name}")
        vars(module)["resolve_download_url"] = lambda *_: ""  # it would ask the network
        for model in module.create_static_model_set("full").values():
            told = model["__metadata__"]
            for source in model["sources"].values():
                stem = source["path"].rsplit("/", 1)[-1].removesuffix(".onnx")
                found.setdefault(stem, [told["vendor"], told["license"]])
    return found


if __name__ == "__main__":
    main()
