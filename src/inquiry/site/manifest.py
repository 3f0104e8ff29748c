"""What the last build wrote: which page had which stamp, and what its file was like then.

Kept in the cache folder.  A manifest that is missing, of other code or settings, or that cannot be read makes a
build slow, never wrong; a page counts as written only while its file is what the build left.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from inquiry.installed import code_state, ignore
from inquiry.replacing import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from inquiry.config import Project
    from inquiry.site.shell import Shell

FILE = "pages.json"
PREVIEW = "preview.json"
"""The same for the preview, whose site is another."""
VERSION = 1
"""Version of the file's shape and of how stamps are made."""


class Judgement(NamedTuple):
    """What is to become of a page's file and those beside it, all or none."""

    names: Sequence[str]
    """Relative to the site."""
    stamp: str
    """Empty for what is made in each build."""
    kept: bool
    """Whether they may stay as they are."""


@dataclass(slots=True)
class Manifest:
    """The pages of a site: what they were, and what they are after this build."""

    path: Path
    """Where it is kept."""
    site: Path
    """The folder of the pages."""
    key: str
    """All that every page depends on: code, settings, templates, the theme's page."""
    before: dict[str, list[object]] = field(default_factory=dict)
    """Stamp, size and time of change of each page, by its file relative to the site."""
    after: dict[str, str] = field(default_factory=dict)
    """Stamps of the pages of this build."""
    kept: set[str] = field(default_factory=set)
    """Files that this build leaves as they are."""

    @classmethod
    def read(cls, path: Path, site: Path, key: str) -> Manifest:
        """Read what the last build of this site with this very key wrote; nothing where there was none."""
        manifest = cls(path, site, key)
        with suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
            held = json.loads(path.read_bytes())
            if (held["version"], held["site"], held["key"]) == (VERSION, str(site), key):
                manifest.before = held["pages"]
        return manifest

    def judge(self, names: Sequence[str], make_stamp: Callable[[], bytes] | None) -> Judgement:
        """Tell whether a page's file and those beside it may stay."""
        if make_stamp is None:
            return Judgement(names, "", kept=False)
        stamp = make_stamp().hex()
        return Judgement(names, stamp, all(self._is_as_left(name, stamp) for name in names))

    def settle(self, judged: Judgement) -> None:
        """Remember a judgement, whichever process it comes from."""
        if judged.stamp:
            self.after.update(dict.fromkeys(judged.names, judged.stamp))
        if judged.kept:
            self.kept.update(judged.names)

    def _is_as_left(self, name: str, stamp: str) -> bool:
        known = self.before.get(name)
        return known is not None and known[0] == stamp and known[1:] == _state(f"{self.site}/{name}")

    def write(self) -> None:
        """Keep what this build wrote, for the next; a folder that cannot be written is none of the user's concern."""
        pages = {name: [stamp, *_state(f"{self.site}/{name}")] for name, stamp in self.after.items()}
        held = {"version": VERSION, "site": str(self.site), "key": self.key, "pages": pages}
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self.path, json.dumps(held, separators=(",", ":")).encode())
            ignore(self.path.parent, [self.path.name])


def _state(file: str) -> list[object]:
    try:
        found = os.stat(file)  # noqa: PTH116 - one of thousands
    except OSError:
        return []
    return [found.st_size, found.st_mtime_ns]


def key_of(
    project: Project, site_url: str | None, machine: object, shells: Iterable[Shell], folders: Iterable[Path]
) -> str:
    """Name all that every page depends on.

    Args:
        project: The settings.
        site_url: Where the site will be.
        machine: What programs read on every page.
        shells: The theme's page at each place.
        folders: Where templates are.
    """
    templates = [(str(path), path.read_bytes()) for folder in folders for path in sorted(folder.rglob("*.html"))]
    pieces = [repr(shell.pieces) for shell in shells]
    state = (code_state(), replace(project, site_dir=Path()), pieces, templates, site_url, machine)
    return blake2b(repr(state).encode(errors="surrogatepass"), digest_size=16).hexdigest()
