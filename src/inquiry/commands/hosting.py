"""What `build` and `serve` share: MkDocs, its words on the terminal, and its ways to fail."""

from __future__ import annotations

import logging
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from mkdocs.exceptions import Abort, MkDocsException

from inquiry.site.telling import log as ours

if TYPE_CHECKING:
    from collections.abc import Iterator


class Voice(logging.Handler):
    """Prints what MkDocs and its plugins say, on standard error and in the voice of this program.

    MkDocs logs an error and then stops without saying which; so an error is held back until it is known whether it
    is the reason to stop.  Once MkDocs has begun to report news, or we findings, it runs and nothing is held back.
    """

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self._held: list[str] = []
        self._running = False

    def emit(self, record: logging.LogRecord) -> None:
        """Print one message with its level, which for plain news goes without saying."""
        self._running = self._running or record.levelno <= logging.INFO or record.name == ours.name
        if record.levelno >= logging.ERROR and not self._running:
            self._held.append(record.getMessage())
            return
        level = "" if record.levelno <= logging.INFO else f"{record.levelname.lower()}: "
        click.echo(f"{level}{record.getMessage()}", err=True)

    def take_held(self) -> list[str]:
        """Give up the errors that were held back."""
        held, self._held = self._held, []
        return held


@contextmanager
def hosted(level: int) -> Iterator[None]:
    """Run MkDocs: print what it says from this level on, and turn its failures into one line each."""
    log = logging.getLogger("mkdocs")
    voice, before = Voice(level), log.level
    log.addHandler(voice)
    log.setLevel(min(level, logging.WARNING))
    try:
        yield
    except Abort as fault:
        raise click.ClickException("; ".join(voice.take_held()) or fault.format_message()) from fault
    except MkDocsException as fault:
        raise click.ClickException(" ".join([*voice.take_held(), fault.format_message()])) from fault
    except Exception as fault:
        place = _place(fault)
        if not place:
            raise
        raise click.ClickException(f"{place}: {fault}") from fault
    finally:
        log.removeHandler(voice)
        log.setLevel(before)
        for error in voice.take_held():
            click.echo(f"error: {error}", err=True)


def _place(fault: Exception) -> str:
    """Say where the author's own code or settings failed; empty for a fault of ours.

    MkDocs raises what a library makes of a setting.
    """
    frames = traceback.extract_tb(fault.__traceback__)
    if isinstance(fault, RecursionError) and any(frame.name == "yaml_load" for frame in frames):
        return "mkdocs.yml inherits from itself"
    if isinstance(fault, UnicodeDecodeError) and any(frame.name == "read_source" for frame in frames):
        return "a page is not UTF-8"  # MkDocs has said which
    converting = any(Path(frame.filename).parts[-2:] == ("markdown", "core.py") for frame in frames)
    if converting and "inquiry" not in Path(frames[-1].filename).parts:
        return f"a Markdown extension of `mkdocs.yml` fails with {type(fault).__name__}"
    settings = any(frame.filename.endswith("config_options.py") for frame in frames)
    return "mkdocs.yml" if settings and isinstance(fault, ValueError) else ""
