"""Nothing that only one system has is needed on the others."""

import ast
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
OF_ONE_SYSTEM = {"fcntl", "grp", "msvcrt", "pwd", "resource", "termios", "winreg", "_winapi"}
ON_RENTED_HOSTS_ONLY = {"remote_worker/follow.py"}
SOURCES = [
    path
    for package in ("gui", "orchestrator", "remote_worker")
    for path in sorted((PROJECT / package).rglob("*.py"))
    if path.relative_to(PROJECT).as_posix() not in ON_RENTED_HOSTS_ONLY
]


def imported_at_once(tree):
    """Yield what importing a module imports: not what stands in its functions."""
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_a_module_can_be_imported_on_every_system(path):
    found = set(imported_at_once(ast.parse(path.read_text(encoding="utf-8")))) & OF_ONE_SYSTEM
    assert not found, f"{path.name} needs {found} to be imported"


def test_what_the_desktop_imports_leaves_out_what_only_hosts_have():
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
        assert "remote_worker.follow" not in modules, path
