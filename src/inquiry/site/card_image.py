"""The picture that stands for a page where a link to it is shown: 1200 by 630 pixels, the question in large letters.

Drawn with Pillow, which is imported only when a picture is drawn, and kept by content: a second build reads files.
The font is Roboto Slab (Apache License), which MkDocs carries in one of its themes: Latin, Greek, Cyrillic and
Vietnamese.  A title with letters that the font lacks gets no picture rather than one of empty boxes; a site in another
script names a font of its own.
"""

from __future__ import annotations

import io
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from inquiry.replacing import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
"""What OpenGraph's readers show uncut."""
MOST_KEPT = 2_000
"""Pictures in the cache, of some 20 kB each, above which the older half goes."""
_DESIGN = 2
"""Raised with every change of the drawing, so that no old picture is taken for a new one."""
_MARGIN = 88
_SIZES = (74, 66, 58, 50, 44)
"""Sizes of a title, in pixels; the first at which it fits is taken."""
_LEADING = 1.22
_LONGEST = 400
"""Characters that are looked at: more have no room, and measuring them takes long."""
_SMALL = 30
_TOP, _BOTTOM = 140, 500
"""Where a title may stand."""
_PAPER, _INK, _ACCENT = (255, 253, 248), (29, 27, 24), (20, 86, 107)
_SHADES = 15
"""Shades between paper and ink; with the accent they make 16 colours, which PNG packs into half a byte each."""
_MUTED = 8
"""Shade of the small letters."""
_RUN_LENGTHS = 3
"""zlib's strategy for pictures that are mostly one colour: half the time for a tenth more bytes."""
_COVERED = re.compile("[\x20-\x7e\xa0-\u017f\u0410-\u044f\u2013\u2014\u2018-\u201d\u2026]*")
"""Letters that the packaged font is known to have, so that most titles need no look into it."""
_FONT = "themes/readthedocs/css/fonts/Roboto-Slab-Regular.woff"


@dataclass(frozen=True)
class CardImages:
    """Draws the pictures of one site, and keeps them."""

    folder: Path
    """Where they are kept."""
    font: Path
    """A TrueType, OpenType or WOFF file."""
    is_packaged: bool = True
    """Whether the font is the one that comes with MkDocs."""

    def can_draw(self, title: str) -> bool:
        """Tell whether the font has every letter of a title."""
        if not self.font_state:
            return False
        if self.is_packaged and _COVERED.fullmatch(title):
            return True
        return all(
            _has_letter(str(self.font), letter) for letter in sorted(set(title[:_LONGEST])) if not letter.isspace()
        )

    def png(self, title: str, kicker: str, foot: str) -> bytes:
        """Give a picture, drawn now or at an earlier build: a title between two lines of small letters."""
        path = self.folder / f"{self._name(title, kicker, foot)}.png"
        try:
            return path.read_bytes()
        except OSError:
            drawn = _packed(_drawn(str(self.font), title, kicker, foot))
            self._keep(path, drawn)
            return drawn

    def _name(self, title: str, kicker: str, foot: str) -> str:
        state = repr((self._state, title, kicker, foot))
        return blake2b(state.encode(errors="surrogatepass"), digest_size=16).hexdigest()

    @cached_property
    def font_state(self) -> str:
        """Name the font by what is in it; empty when it is not there."""
        return blake2b(self.font.read_bytes(), digest_size=16).hexdigest() if self.font.is_file() else ""

    @cached_property
    def _state(self) -> tuple[object, ...]:
        """Name what a drawing depends on beside its words."""
        return (_DESIGN, version("pillow"), self.font_state)

    def _keep(self, path: Path, drawn: bytes) -> None:
        """Keep a picture; a folder that cannot be written to costs time at the next build, and nothing else."""
        with suppress(OSError):
            replace_file(self._emptied_folder / path.name, drawn)

    @cached_property
    def _emptied_folder(self) -> Path:
        """The folder, without the older half of its pictures where these are many: titles change, pictures stay."""
        self.folder.mkdir(parents=True, exist_ok=True)
        pictures = sorted(self.folder.glob("*.png"), key=lambda path: path.stat().st_mtime)
        for path in pictures[: len(pictures) // 2] if len(pictures) > MOST_KEPT else ():
            path.unlink(missing_ok=True)  # another process does the same
        return self.folder


def packaged_font() -> Path:
    """Find the font that MkDocs carries, without importing it."""
    spec = find_spec("mkdocs")
    folders = spec.submodule_search_locations if spec else None
    return Path(folders[0] if folders else "") / _FONT


def _drawn(font: str, title: str, kicker: str, foot: str) -> Image:
    from PIL import ImageDraw  # noqa: PLC0415 - a tenth of a second that a build without new titles saves

    picture = _sheet(font, kicker, foot).copy()
    draw = ImageDraw.Draw(picture)
    size, rows = _laid_out(font, title[:_LONGEST])
    step = round(size * _LEADING)
    top = _TOP + max(0, (_BOTTOM - _TOP - step * len(rows)) // 2)
    for number, row in enumerate(rows):
        draw.text((_MARGIN, top + number * step), row, font=_font(font, size), fill=_SHADES - 1)
    picture.putpalette(list(_palette()))
    return picture


@lru_cache(maxsize=16)
def _sheet(font: str, kicker: str, foot: str) -> Image:
    """Draw the bar and the small letters once for all titles between them: they take a third of the time."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - see above

    sheet = Image.new("L", (WIDTH, HEIGHT), 0)
    draw, small = ImageDraw.Draw(sheet), _font(font, _SMALL)
    draw.rectangle((0, 0, WIDTH, 11), fill=_SHADES)
    draw.text((_MARGIN, _MARGIN - 20), kicker.upper(), font=small, fill=_MUTED)
    draw.text((_MARGIN, HEIGHT - _MARGIN), _cut(foot[:_LONGEST], small), font=small, fill=_MUTED)
    return sheet


def _palette() -> Iterator[int]:
    for shade in range(_SHADES):
        part = shade / (_SHADES - 1)
        yield from (round(paper + (ink - paper) * part) for paper, ink in zip(_PAPER, _INK, strict=True))
    yield from _ACCENT


def _packed(picture: Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", bits=4, compress_level=6, compress_type=_RUN_LENGTHS)
    return out.getvalue()


def _laid_out(font: str, title: str) -> tuple[int, list[str]]:
    """Break a title into rows, as large as it fits; one that never fits ends in an ellipsis."""
    for size in _SIZES:
        rows = list(_rows(title, _font(font, size)))
        most = int((_BOTTOM - _TOP) / (size * _LEADING))
        if len(rows) <= most:
            return size, rows
    kept = rows[:most]
    return size, [*kept[:-1], _cut(f"{kept[-1]} {rows[most]}", _font(font, size))]


def _rows(title: str, font: FreeTypeFont) -> Iterator[str]:
    row = ""
    for word in title.split():
        longer = f"{row} {word}" if row else word
        if _fits(longer, font):
            row = longer
            continue
        if row:
            yield row
        while not _fits(word, font):  # a script without spaces, or a word as long as a row
            kept = next(end for end in range(len(word) - 1, 0, -1) if end == 1 or _fits(word[:end], font))
            yield word[:kept]
            word = word[kept:]  # noqa: PLW2901 - what is left of it
        row = word
    if row:
        yield row


def _fits(text: str, font: FreeTypeFont) -> bool:
    return len(text) == 1 or font.getlength(text) <= WIDTH - 2 * _MARGIN


def _cut(text: str, font: FreeTypeFont) -> str:
    if _fits(text, font):
        return text
    while text and not _fits(f"{text}…", font):
        text = text[:-1].rstrip()
    return f"{text}…"


@lru_cache(maxsize=16)
def _font(path: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415 - see above

    return ImageFont.truetype(path, size)


@lru_cache(maxsize=4096)
def _has_letter(path: str, letter: str) -> bool:
    """Tell whether a font has a letter: those it lacks all look like a code point that no font has."""
    font = _font(path, _SMALL)
    return _shape(font, letter) != _shape(font, "\U0010fffe")


def _shape(font: FreeTypeFont, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter)
    return mask.size, bytes(mask)
