"""The hand that `--fix` writes with: files are replaced whole or not at all."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from inquiry.check.fix import edits_by_file, mend
from inquiry.replacing import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

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
