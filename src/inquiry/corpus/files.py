"""Files as text: what lies in a folder, and what a file says or why it cannot be read."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import PurePath
from typing import TYPE_CHECKING

from inquiry.diagnostics import Diagnostic, Span, finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def files_below(root: Path, folder: str) -> Iterator[str]:
    """List files below a folder, relative to the root, hidden ones left out, in order.

    Links to folders are followed, but never back to a folder that they stand in.

    Raises:
        OSError: A folder that is there cannot be read: what it holds must not be passed over in silence.
    """
    top = root / folder
    for where, folders, names in os.walk(top, followlinks=True, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _leads_back(where, name))
        below = os.path.relpath(where, root).replace(os.sep, "/")
        for name in sorted(names):
            if not name.startswith("."):
                yield f"{below}/{name}"


def _refuse(fault: OSError) -> None:
    if not isinstance(fault, FileNotFoundError | NotADirectoryError):
        raise fault


def _leads_back(where: str, name: str) -> bool:
    """Tell whether a folder is a link to one that it stands in, which would never end."""
    link = os.path.join(where, name)  # noqa: PTH118 - os.walk speaks in texts, and this runs for every folder
    if not os.path.islink(link):  # noqa: PTH114 - likewise
        return False
    return PurePath(os.path.realpath(where)).is_relative_to(os.path.realpath(link))


def read_file(root: str, path: str) -> tuple[str | None, Diagnostic | None]:
    """Read a file as UTF-8, without byte order mark, with LF line ends.

    Returns:
        The text, None if that is impossible, and what was wrong: letters that are no UTF-8 are replaced.
    """
    try:
        raw = _bytes_of(os.path.join(root, path))  # noqa: PTH118 - one of thousands, and `path` may be absolute
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return None, finding("undecodable-file", path, Span.at(1), f"the file cannot be read: {reason}")
    fault = None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault = _undecodable(raw, error, path)
        text = raw.decode("utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text, fault


def _undecodable(raw: bytes, error: UnicodeDecodeError, path: str) -> Diagnostic:
    before = raw[: error.start].decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    message = f"the file is not UTF-8: byte 0x{raw[error.start]:02x} cannot be read here"
    return finding("undecodable-file", path, Span.at(line, column, 1), message, hint="save the file as UTF-8")


def _bytes_of(file: str) -> bytes:
    """Read a file, but nothing that may never end, such as a pipe."""
    if not stat.S_ISREG(os.stat(file).st_mode):  # noqa: PTH116 - this runs for every file, and paths take long
        raise OSError(errno.EINVAL, "it is no ordinary file")
    with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 - likewise
        return opened.read()
