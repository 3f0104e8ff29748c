"""Memory: for work that makes many objects and drops few, and for work on large arrays."""

from __future__ import annotations

import atexit
import ctypes
import gc
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""`M_TRIM_THRESHOLD` and `M_MMAP_THRESHOLD` of glibc's mallopt(3)."""
_LARGE, _KEPT = 4 << 20, 64 << 20
"""Bytes of an array that goes back to the system on its own, and of what is kept for those that are smaller."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Make objects without looking for garbage: almost all of them stay, and looking takes a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def leave_garbage_at_the_end() -> None:
    """Have the interpreter end without looking for garbage, as no memory is needed any more.

    Otherwise `mkdocs build` takes 1.6 s to take a site of 10,000 pages apart that is long on disk.
    """
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)


def give_large_arrays_back() -> None:
    """Have memory of large arrays go back to the system when they are freed.

    Left alone, glibc takes each that is freed as a sign that larger ones should be kept, and at 10,000 documents the
    suggestions leave 120 MB that nobody uses.  What smaller ones had is kept until `give_back`, for asking the system
    again and again takes a sixth longer.
    """
    _call_libc("mallopt", _MMAP_THRESHOLD, _LARGE)
    _call_libc("mallopt", _TRIM_THRESHOLD, _KEPT)


def give_back() -> None:
    """Give memory back that is free but not yet the system's, once much has been freed."""
    _call_libc("malloc_trim", 0)


def _call_libc(name: str, *numbers: int) -> None:
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            getattr(ctypes.CDLL(None), name)(*numbers)
