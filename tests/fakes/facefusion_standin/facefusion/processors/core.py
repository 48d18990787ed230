"""Load processors by name."""

import importlib


def get_processors_modules(names):
    return [importlib.import_module(f"facefusion.processors.modules.{name}.core") for name in names]
