"""Say a line where a process's words are kept: a host's console, the server's log."""

import os


def tell(line: str) -> None:
    """Write it at once and whole; what cannot be said is not worth an end."""
    try:
        os.write(2, f"{line}\n".encode())
    except OSError:
        return
