"""A file that is no page: what programs read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file for programs, made when it is written."""

    name: str
    """Its name: beside the page that it belongs to, or at the site's root when it belongs to all."""
    make: Callable[[], bytes]
    make_stamp: Callable[[], bytes] | None = None
    """Makes a hash of what it depends on; a file beside a page goes by the page's."""
