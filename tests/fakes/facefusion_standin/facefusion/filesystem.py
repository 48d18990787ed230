"""Find files beside the source."""

from pathlib import Path


def resolve_relative_path(path):
    return str(Path(__file__).parent.joinpath(path).resolve())
