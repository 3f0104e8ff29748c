"""Files that are replaced whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in the place of another in one step, so that no reader ever sees half of it.

    A symbolic link stays one: what it leads to is replaced.
    """
    import tempfile  # noqa: PLC0415 - takes a moment, and most runs replace nothing

    target = Path(os.path.realpath(path))
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).chmod(_mode(target))
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """Take a file's permissions, or those that a new file gets; the user's mask can only be read by setting it."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0o022)
    os.umask(mask)
    return 0o666 & ~mask
