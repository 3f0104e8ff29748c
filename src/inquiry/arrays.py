"""Importing numpy and scipy without what nobody here uses of them, which is half of what it takes."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module

_SPARE = ("f2py", "testing")
"""A Fortran compiler and tools for tests, which scipy has numpy import with all the rest."""


def import_arrays() -> None:
    """Import numpy and scipy's sparse matrices, so that every later import finds them.

    numpy's linear algebra starts a thread for each processor, which keeps busy for a tenth of a second with nothing to
    do, while another process could work there; nothing here uses it.  What is spared for the moment can be imported as
    ever afterwards.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    numpy = import_module("numpy")
    spared = [name for name in _SPARE if f"numpy.{name}" not in sys.modules]
    for name in spared:
        setattr(numpy, name, None)
    try:
        with suppress(AttributeError, TypeError, ImportError):  # one that needs them: the next import has them
            import_module("scipy.sparse")
    finally:
        for name in spared:
            if getattr(numpy, name) is None:
                delattr(numpy, name)
