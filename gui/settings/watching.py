"""Put new videos of watched folders in the queue."""

from __future__ import annotations

import os
from pathlib import Path

from gui.bridge import Bridge
from gui.words.errors import told_of
from orchestrator.desk.entries import Look, Output
from orchestrator.errors import PresetRefused
from orchestrator.presets import Presets
from orchestrator.settings import WatchFolder
from orchestrator.watch import PERIOD_S, Watcher


class Watching:
    """A watcher between the settings and the desk; its work is on a thread of its own."""

    def __init__(self, bridge: Bridge, *, period_s: float = PERIOD_S) -> None:
        """Prepare; nothing is looked at before :meth:`start`."""
        self._bridge = bridge
        self._presets = Presets(bridge.home)
        self.watcher = Watcher(
            bridge.home,
            lambda: bridge.settings.watch_folders,
            self._on_found,
            is_ours=self._is_ours,
            period_s=period_s,
        )

    def start(self) -> None:
        """Begin to look; call once the desk is open."""
        self.watcher.start()

    def stop(self) -> None:
        """Look no more; safe to perform twice."""
        self.watcher.stop()

    def _on_found(self, folder: WatchFolder, paths: tuple[Path, ...]) -> None:
        here = {_same(entry.source) for entry in self._bridge.snapshot.entries}
        new = tuple(path for path in paths if _same(str(path)) not in here)
        if not new:
            return  # the user was quicker and added them by hand
        look, output = self._wished(folder)
        self._bridge.tell(lambda desk: desk.add(new, look=look, output=output))

    def _wished(self, folder: WatchFolder) -> tuple[Look, Output]:
        """Return look and output of the folder's preset, or of none when it is gone."""
        own = Output(folder=self._bridge.settings.output_folder)
        if folder.preset is None:
            return Look(), own
        try:
            preset = self._presets.get(folder.preset)
        except PresetRefused as error:
            self._bridge.troubled.emit(*told_of(error))
            return Look(), own
        return preset.look, preset.output_for(own)

    def _is_ours(self, path: Path) -> bool:
        """Whether a render writes or wrote this file."""
        ours = (entry.output_path for entry in self._bridge.snapshot.entries)
        return _same(str(path)) in {_same(each) for each in ours if each is not None}


def _same(path: str) -> str:
    """Return what two spellings of one path have in common."""
    return os.path.normcase(Path(path).absolute())
