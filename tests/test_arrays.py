"""numpy and scipy come without what is not used, and whole to whoever asks for the rest."""

from __future__ import annotations

import subprocess
import sys

_LEAN = """
import sys
from inquiry.arrays import import_arrays
import_arrays()
assert "scipy.sparse" in sys.modules
assert not {"numpy.f2py", "numpy.testing"} & set(sys.modules)
"""
_WHOLE = """
import numpy
numpy.testing.assert_allclose([1.0], [1.0])
import numpy.f2py
assert numpy.f2py.run_main
"""
_REFUSING = """
import sys
class Refusing:
    def find_spec(self, name, path=None, target=None):
        if name == "scipy.sparse":
            raise AttributeError("'NoneType' object has no attribute 'assert_equal'")
sys.meta_path.insert(0, Refusing())
from inquiry.arrays import import_arrays
import_arrays()
sys.meta_path.pop(0)
import scipy.sparse
assert scipy.sparse.eye_array(2).nnz == 2
"""


def _run(program: str) -> None:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


def test_what_nobody_uses_is_not_imported() -> None:
    _run(_LEAN)


def test_what_was_spared_can_be_had_afterwards() -> None:
    _run(_LEAN + _WHOLE)


def test_a_scipy_that_needs_what_was_spared_gets_it() -> None:
    _run(_REFUSING + _WHOLE)
