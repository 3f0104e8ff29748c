"""The hand that `--fix` writes with: files are replaced whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from inquiry.check.fix import edits_by_file, mend

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inquiry.check.fix import Mended
    from inquiry.diagnostics import Diagnostic


def mended_files(root: Path, findings: Iterable[Diagnostic]) -> tuple[Mended, ...]:
    """Make the edits of findings in memory; files that cannot be read as UTF-8 are left alone."""
    mended = []
    for path, edits in edits_by_file(findings).items():
        with suppress(UnicodeDecodeError, OSError):
            mended.append(mend(path, (root / path).read_bytes().decode(), edits))
    return tuple(one for one in mended if one.before != one.after)


def write_mended(root: Path, mended: Iterable[Mended]) -> None:
    """Write mended files, each with the permissions it had.

    Raises:
        OSError: A file cannot be replaced; it is as it was then.
    """
    for one in mended:
        replace_file(root / one.path, one.after.encode())


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in the place of another in one step, so that no reader ever sees half of it.

    A symbolic link stays one: what it leads to is replaced.
    """
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
