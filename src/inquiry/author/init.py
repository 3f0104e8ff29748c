"""Begin a knowledge base: the files of the starter, with the site's name and the day filled in.

The starter is a knowledge base of its own, beside this module; what it says is said nowhere in code.  All that could
be in the way is looked for before the first file is written, no file is ever opened that is there, and a failure takes
back what was written before it.
"""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from inquiry.author.new import CannotBeginError
from inquiry.corpus.files import files_below

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

STARTER = Path(__file__).with_name("starter")
"""Where the starter's files are."""
CONFIG = "mkdocs.yml"
IGNORED = ".gitignore"
_PACKAGED_AS = {"gitignore": IGNORED}
"""Names that would do something where the starter itself lies."""
BIBLIOGRAPHY = "sources.bib"
EXAMPLES = ("notes/", "lines/", BIBLIOGRAPHY)
"""How the paths of the examples begin."""
_RIVALS = {CONFIG: ("mkdocs.yaml",), "docs/index.md": ("docs/README.md", "docs/index.html")}
"""What MkDocs would take in the place of a file, or have two of a kind."""
_HINT = "; `plugins: [search, inquiry]` in it makes it a knowledge base"
_NAMELESS = "Knowledge base"
"""Name of a site whose folder has none that could be read."""


class StarterFile(NamedTuple):
    """A file to be written."""

    path: str
    """Relative to the knowledge base, with forward slashes."""
    text: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A knowledge base that was begun."""

    config: Path
    """Its mkdocs.yml, below the folder as it was named."""
    written: tuple[str, ...]
    """Its new files, relative to the folder, in order."""
    unignored: tuple[str, ...]
    """Rows that the .gitignore lacks, which was there before."""


def begin(folder: Path, name: str, today: date) -> Begun:
    """Make a folder a knowledge base; where it has notes, lines or references already, without the examples.

    Raises:
        CannotBeginError: Something is in the way, which is left as it is.
        OSError: The folder cannot be written to.
    """
    if not _is_utf8(folder.absolute()):
        raise CannotBeginError(f"the path of `{folder}` is not UTF-8, and no search can be made there")
    files = _starter({"site_name": name, "created": today})
    kept = [path for path in (IGNORED, BIBLIOGRAPHY) if os.path.lexists(folder / path)]
    for file in files:
        if file.path not in kept:
            _refuse_what_is_in_the_way(folder, file.path)
    unignored = _unignored(folder, files) if IGNORED in kept else ()
    passed_over = (*kept, *EXAMPLES) if BIBLIOGRAPHY in kept or _has_documents(folder) else tuple(kept)
    files = [file for file in files if not file.path.startswith(passed_over)]
    with _taken_back_on_failure() as made:
        for file in files:
            _write(folder / file.path, file.text, made)
    return Begun(folder / CONFIG, tuple(file.path for file in files), unignored)


def site_name(text: str) -> str:
    r"""Clean a site's name of what no page can show; empty when nothing is left.

    >>> site_name("Tea \n notebook")
    'Tea notebook'
    """
    shown = "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in text)
    return " ".join(shown.split())


def name_of_folder(folder: Path) -> str:
    """Make a site's name of its folder's.

    >>> name_of_folder(Path("tea_notebook/")), name_of_folder(Path("iPhone-less days")), name_of_folder(Path("/"))
    ('Tea notebook', 'iPhone-less days', 'Knowledge base')
    """
    name = Path(os.path.abspath(folder)).name  # noqa: PTH100 - resolve() would take the name of what a link leads to
    words = site_name(name if " " in name else name.replace("-", " ").replace("_", " "))
    return (words[:1].upper() + words[1:] if words == words.lower() else words) or _NAMELESS


def frame(name: str) -> dict[str, str]:
    """Give what a knowledge base of this name begins with beside the examples: text by path."""
    return {file.path: file.text for file in _starter({"site_name": name}) if not file.path.startswith(EXAMPLES)}


def _starter(values: dict[str, object]) -> list[StarterFile]:
    """Read the starter, the settings first, and fill in what differs from one knowledge base to the next."""
    found = [path.relative_to(STARTER).as_posix() for path in STARTER.rglob("[!.]*") if path.is_file()]
    ordered = sorted(found, key=lambda path: (path != CONFIG, path))
    return [
        StarterFile(_PACKAGED_AS.get(path, path), _filled((STARTER / path).read_text(encoding="utf-8"), values))
        for path in ordered
    ]


def _filled(text: str, values: dict[str, object]) -> str:
    """Give the first `key: value` of each of these keys its value."""
    for key, value in values.items():
        row = yaml.safe_dump({key: value}, allow_unicode=True, width=float("inf")).rstrip("\n")
        found = re.search(rf"^{key}: .*$", text, re.MULTILINE)
        text = f"{text[: found.start()]}{row}{text[found.end() :]}" if found else text
    return text


def _is_utf8(path: Path) -> bool:
    """Tell whether all programs can read a path; Python makes half a pair of a byte that is no letter."""
    return not any(unicodedata.category(char) == "Cs" for char in str(path))


def _has_documents(folder: Path) -> bool:
    """Tell whether the folder has notes or lines."""
    return any(path.endswith(".md") for below in ("notes", "lines") for path in files_below(folder, below))


def _unignored(folder: Path, files: Sequence[StarterFile]) -> tuple[str, ...]:
    """List the rows that the folder's .gitignore lacks."""
    text = (folder / IGNORED).read_text(encoding="utf-8", errors="replace")
    rows = {row.strip().strip("/") for row in text.splitlines()}
    wanted = next(file.text for file in files if file.path == IGNORED).splitlines()
    return tuple(row for row in wanted if row.strip("/") not in rows)


def _refuse_what_is_in_the_way(folder: Path, path: str) -> None:
    """Look whether a file can be written without touching another.

    Raises:
        CannotBeginError: It is there, or one that MkDocs takes for it, or something is no folder that should be one.
    """
    for taken in (path, *_RIVALS.get(path, ())):
        if os.path.lexists(folder / taken):
            raise CannotBeginError(f"`{folder / taken}` exists already{_HINT if path == CONFIG else ''}")
    for above in (folder / path).parents:
        if os.path.lexists(above) and not above.is_dir():
            raise CannotBeginError(f"`{above}` is not a folder")


def _write(path: Path, text: str, made: list[Path]) -> None:
    """Write a file and the folders that it needs, and note down each."""
    missing = [above for above in path.parents if not above.is_dir()]
    for above in reversed(missing):
        above.mkdir()
        made.append(above)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        made.append(path)
        file.write(text)


@contextmanager
def _taken_back_on_failure() -> Iterator[list[Path]]:
    """Give a list of what is made, and take all of it away again when not all of it can be."""
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        _take_back(made)
        raise


def _take_back(made: Sequence[Path]) -> None:
    for path in reversed(made):
        with suppress(OSError):  # what others have put there meanwhile stays, and the first failure is the one to tell
            path.rmdir() if path.is_dir() else path.unlink()
