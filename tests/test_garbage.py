"""What work on much memory leaves to the interpreter and the system."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from inquiry.garbage import uncollected

_AT_THE_END = """
import atexit, gc
from inquiry.garbage import leave_garbage_at_the_end
atexit.register(lambda: print(gc.get_freeze_count() > 0))
for _ in range(3):
    leave_garbage_at_the_end()
print(gc.get_freeze_count())
"""

_LARGE = 16 << 20
_ARRAYS = """
import numpy
from inquiry.garbage import give_back, give_large_arrays_back

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096

BEFORE
for size in (1 << 20, 2 << 20):
    numpy.ones(size)
began, arrays, between = resident(), [], []
for _ in range(8):
    arrays.append(numpy.ones(1 << 20))
    between.append(numpy.ones(1 << 12))
del arrays
AFTER
print(resident() - began)
"""


def test_garbage_is_left_when_the_interpreter_ends_and_not_before() -> None:
    found = subprocess.run([sys.executable, "-c", _AT_THE_END], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["0", "True"]


@pytest.mark.parametrize("enabled", [True, False])
def test_garbage_is_looked_for_afterwards_as_before(*, enabled: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        with uncollected():
            assert not gc.isenabled()
        assert gc.isenabled() == enabled
    finally:
        (gc.enable if was else gc.disable)()


@pytest.mark.skipif(sys.platform != "linux", reason="the C library of other systems is left as it is")
def test_large_arrays_go_back_to_the_system_when_they_are_freed() -> None:
    assert _left_of_arrays("give_large_arrays_back()") < _LARGE


@pytest.mark.skipif(sys.platform != "linux", reason="likewise")
def test_what_is_free_is_given_back() -> None:
    assert _left_of_arrays("pass", "give_back()") < _LARGE


def _left_of_arrays(before: str, after: str = "pass") -> int:
    """Say how many bytes stay when eight large arrays are freed between small ones that are not."""
    script = _ARRAYS.replace("BEFORE", before).replace("AFTER", after)
    return int(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout)
