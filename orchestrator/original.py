"""Hold a job to the source it was planned for, byte for byte, for as long as it runs."""

from __future__ import annotations

from pathlib import Path

from orchestrator.errors import SourceChanged
from orchestrator.media.report import SourceReport
from remote_worker.digests import digest_of_file


class Original:
    """The source as it was probed; use from any thread.

    Size and time tell that it is the same; its bytes are only read when those have changed.
    """

    def __init__(self, report: SourceReport) -> None:
        self._path, self._digest = Path(report.path), report.digest
        self._size_bytes = report.size_bytes
        self._known = frozenset({report.modified_ns})

    def require(self) -> None:
        """Return when the source is byte for byte the file that was probed.

        Raises:
            SourceChanged: it is not, or it is not there.
        """
        try:
            same = self._is_same()
        except OSError as error:
            raise SourceChanged(
                f"The source {self._path} cannot be read: {error.strerror}.",
                "Put it back where it was, then resume the job.",
            ) from error
        if not same:
            raise SourceChanged(
                f"{self._path} is not the file this job was made for.",
                "Put the original back, or render the new file as a job of its own.",
            )

    def _is_same(self) -> bool:
        found = self._path.stat()
        if found.st_size != self._size_bytes:
            return False
        if found.st_mtime_ns in self._known:
            return True
        if digest_of_file(self._path) != self._digest:
            return False
        self._known |= {found.st_mtime_ns}  # touched: it need not be read again
        return True
