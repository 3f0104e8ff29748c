"""Feeds Pagefind: a small program beside the build that turns records into an index.

Run as `python search_feed.py PROGRAM RECORDS TARGET`, by path and with nothing but the standard library, so that it
starts in a moment.  Pagefind takes records as requests on its standard input, answers each, and stops when the input
ends; somebody has to keep it open until the last answer is there, and that is what this program is for.

Invariants: `TARGET` is there whole or not at all, and whatever goes wrong is said in one line on standard error.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = dict[str, Any]
    """A record, as `search_records` writes it."""

MOST_WORDS = 800_000
"""Words that Pagefind is given at most.  It needs some 600 bytes and 7 microseconds for each: these are 0.9 GiB and 9
seconds, what a site of 10,000 pages may cost."""
_NEEDLESS = ("pagefind-*ui.js", "pagefind-*ui.css", "pagefind-highlight.js", "pagefind-ui.*")
"""Files for search boxes that are not ours, half a megabyte."""
_WORD = re.compile(r"\w+")
_BLOCK = 1 << 16
"""Bytes that are read from a pipe at a time."""


class FeedError(Exception):
    """Pagefind did not make an index; the text says why."""


def requests(rows: list[Row], language: str, target: Path) -> Iterator[bytes]:
    """Write what Pagefind is to be told, one request at a time."""
    yield _request(0, {"type": "NewIndex", "config": {"write_playground": False, "force_language": language}})
    telling = telling_words(rows, MOST_WORDS)
    for number, row in enumerate(rows, start=1):
        words = telling[number - 1] if telling is not None else None
        meta = {key: row[key] for key in ("title", "summary") if row[key]}
        meta |= {key: ", ".join(row[key]) for key in ("kind", "topic", "year") if row[key]}
        if words is not None:
            meta["words"] = "some"  # the page shows no excerpt of a list of words
        payload = {
            "type": "AddRecord",
            "index_id": 0,
            "url": row["url"],
            "content": _content(row, words),
            "language": language,
            "meta": meta,
            "filters": {key: row[key] for key in ("kind", "topic", "year") if row[key]},
            "sort": None,
        }
        yield _request(number, payload)
    yield _request(len(rows) + 1, {"type": "WriteFiles", "index_id": 0, "output_path": str(target)})


def telling_words(rows: list[Row], most: int) -> list[str] | None:
    """Choose the words of each text that tell most when all would be too many: those that the fewest pages have.

    Returns:
        Words for each record, each once and none that its title, summary or headings have; `None` when all fit.

    >>> rows = [{"title": "Salt", "summary": "", "headings": [], "text": text} for text in ("a salt b c", "b d", "b a")]
    >>> telling_words(rows, 100) is None
    True
    >>> telling_words(rows, 9)
    ['c', 'd', 'a']
    """
    shown = [" ".join(_shown(row)).casefold() for row in rows]
    spent = sum(text.count(" ") + 1 for text in shown)
    if spent + sum(row["text"].count(" ") + 1 for row in rows) <= most:
        return None
    each = max(0, (most - spent) // len(rows))
    pages: Counter[str] = Counter()
    for row in rows:
        pages.update(_distinct(row))
    return [
        " ".join(sorted(_distinct(row) - set(_WORD.findall(text)), key=lambda word: (pages[word], word))[:each])
        for row, text in zip(rows, shown, strict=True)
    ]


def _content(row: Row, words: str | None) -> str:
    if words is None:  # the headings stand in the text
        return "\n".join((row["title"], row["summary"], row["text"]))
    return "\n".join((*_shown(row), words))


def _distinct(row: Row) -> set[str]:
    return set(_WORD.findall(row["text"].casefold()))


def _shown(row: Row) -> tuple[str, ...]:
    return (row["title"], row["summary"], *row["headings"])


def _request(number: int, payload: Row) -> bytes:
    written = json.dumps({"message_id": number, "payload": payload}, ensure_ascii=False)  # half a pair is no text
    return base64.b64encode(written.encode("utf-8", errors="replace")) + b","


def feed(program: str, records: Path, target: Path) -> None:
    """Make the index of the records in a file.

    Raises:
        FeedError: Pagefind complains or stops.
        OSError: It cannot be started, or a file not be written.
    """
    language, *lines = records.read_text(encoding="utf-8").splitlines()
    rows: list[Row] = [json.loads(line) for line in lines]
    draft = target.with_name(f"new-{os.getpid()}")
    with subprocess.Popen([program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as pagefind:  # noqa: S603 - the program that the wheel ships
        assert pagefind.stdin is not None  # noqa: S101 - for the type checker
        assert pagefind.stdout is not None  # noqa: S101 - likewise
        said = requests(rows, json.loads(language)["language"], draft)
        threading.Thread(target=_say, args=(pagefind.stdin, said), daemon=True).start()
        try:
            _hear(pagefind.stdout, len(rows) + 2)
        except FeedError:
            pagefind.kill()
            with suppress(OSError):  # what could not be said is lost
                pagefind.stdin.close()
            raise
        pagefind.stdin.close()
    for pattern in _NEEDLESS:
        for path in draft.glob(pattern):
            path.unlink()
    shutil.rmtree(target, ignore_errors=True)
    draft.replace(target)


def _say(into: IO[bytes], said: Iterator[bytes]) -> None:
    try:
        into.writelines(said)
        into.flush()
    except OSError:
        return  # Pagefind has stopped; whoever listens to it notices


def _hear(out: IO[bytes], count: int) -> None:
    """Wait for so many answers.

    Raises:
        FeedError: One is a complaint, or they end too early.
    """
    rest = b""
    while count:
        block = os.read(out.fileno(), _BLOCK)
        if not block:
            raise FeedError("it stopped too early")
        *answers, rest = (rest + block).split(b",")
        count -= len(answers)
        for answer in answers:
            payload = json.loads(base64.b64decode(answer))["payload"]
            if payload["type"] == "Error":
                raise FeedError(" ".join(str(payload["message"]).split()))


def main(program: str, records: str, target: str) -> int:
    """Run, and return the exit code."""
    try:
        feed(program, Path(records), Path(target))
    except (FeedError, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
