"""The map's layout, kept from one build to the next.

It depends on nothing but the graph as the map shows it, so it is kept under the name of that: whoever edits a
sentence does not wait for it.  What is kept may be missing or unreadable; then it is made again, and is the same.
"""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from inquiry.graph.coasts import Area
from inquiry.graph.layout import VERSION, Layout, lay_out
from inquiry.installed import ignore
from inquiry.replacing import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from inquiry.graph.atlas import Atlas

FILE = "map.json"


def kept_layout(atlas: Atlas, folder: Path) -> Layout:
    """Return the layout of an atlas: the one that `folder` has, else one that is made and kept there."""
    key = _key(atlas)
    path = folder / FILE
    with suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
        held = json.loads(path.read_bytes())
        if held["key"] == key:
            return _layout(held, len(atlas.nodes))
    layout = lay_out(atlas)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(path, _text(layout, key).encode())
        ignore(folder, [FILE])
    return layout


def _key(atlas: Atlas) -> str:
    """Name an atlas, and the numeric libraries, of which another version may round otherwise."""
    state = (VERSION, version("numpy"), version("scipy"), atlas)
    return blake2b(repr(state).encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _text(layout: Layout, key: str) -> str:
    areas = [[area.rings, area.middle, area.room] for area in layout.areas]
    held = {"key": key, "size": [layout.width, layout.height], "places": layout.places, "areas": areas}
    return json.dumps(held, separators=(",", ":"))


def _layout(held: dict[str, Any], count: int) -> Layout:
    width, height = held["size"]
    places = tuple((int(x), int(y)) for x, y in held["places"])
    if len(places) != count:
        raise ValueError("not the map of this graph")
    areas = tuple(
        Area(tuple(tuple((int(x), int(y)) for x, y in ring) for ring in rings), (middle[0], middle[1]), int(room))
        for rings, middle, room in held["areas"]
    )
    return Layout(int(width), int(height), places, areas)
