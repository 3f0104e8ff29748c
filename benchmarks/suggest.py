"""How good suggestions are beside TF-IDF, BM25, PageRank and Hugo's related content, and what they cost.

    python benchmarks/suggest.py quality VAULTS [--seeds 3] [--only NAME]
    python benchmarks/suggest.py cost [--size 1000 --size 10000 --size 100000] [--runs 3] [--cite]

VAULTS is a folder of knowledge bases, or of folders of Markdown notes; links are hidden and asked for again, see
`suggest_vaults.py`.  Cost is measured on made-up documents, each run in a process of its own, sizes in turn so that
a busy machine is busy for all of them; best of the runs, without reading files and without imports.  What a document
costs is told in processor time, which other programs disturb least.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np
from suggest_rivals import METHODS, tfidf
from suggest_vaults import Marks, Puzzle, hide_citations, hide_lines, mark, read_vault

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from inquiry.graph.suggestion import Key

LISTED = 20
"""Places of a list that are kept."""
NAMES = ("hit@5", "recall@10", "nDCG@10", "coverage", "diversity")
BARS = {10_000: (3, 600), 100_000: (60, 4096)}
"""Seconds and megabytes that should not be passed."""
RATIO_BAR = 2
"""How much dearer a document may get from one size to the next."""


@click.group()
def main() -> None:
    """Measure suggestions."""


@main.command()
@click.argument("vaults", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--seeds", default=1, show_default=True)
@click.option("--only", multiple=True, help="Names of vaults.")
def quality(vaults: Path, seeds: int, only: tuple[str, ...]) -> None:
    """Hide links of real vaults and ask for them back."""
    results: dict[str, dict[str, dict[str, list[Marks]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for folder in sorted(each for each in vaults.iterdir() if each.is_dir()):
        if only and folder.name not in only:
            continue
        vault = read_vault(folder)
        for puzzle in (hide_lines(vault), *(hide_citations(vault, seed) for seed in range(seeds))):
            if puzzle.wanted:
                for name, marks in solve(puzzle).items():
                    results[puzzle.kind][name][vault.name].append(marks)
    for kind, methods in results.items():
        show(kind, methods)


def solve(puzzle: Puzzle) -> dict[str, Marks]:
    """Let every method rank, and mark it."""
    keys = [each.key for each in puzzle.inputs]
    cosine = tfidf(puzzle)
    alike = {(one, other): float(cosine[n, m]) for n, one in enumerate(keys) for m, other in enumerate(keys)}
    return {name: mark(puzzle, ranked(puzzle, method(puzzle)), alike) for name, method in METHODS.items()}


def ranked(puzzle: Puzzle, scores: NDArray[np.float64]) -> dict[Key, list[Key]]:
    """List the best candidates of every question: not itself, not what it is linked with."""
    keys = [each.key for each in puzzle.inputs]
    index = {key: n for n, key in enumerate(keys)}
    closed = np.eye(len(keys), dtype=np.bool_)
    for each in puzzle.inputs:
        for key in each.links:
            if key in index:
                closed[index[each.key], index[key]] = closed[index[key], index[each.key]] = True
    outside = np.ones(len(keys), np.bool_)
    outside[[index[key] for key in puzzle.candidates]] = False
    lists = {}
    for key in puzzle.wanted:
        row = np.where(closed[index[key]] | outside, 0, np.round(scores[index[key]], 9))
        best = np.lexsort((np.arange(len(keys)), -row))[:LISTED]
        lists[key] = [keys[n] for n in best.tolist() if row[n] > 0]
    return lists


def show(kind: str, methods: dict[str, dict[str, list[Marks]]]) -> None:
    """Print the means over all vaults, then nDCG@10 of each."""
    print(f"\n{kind}, mean of the vaults\n{'':12}" + "".join(f"{name:>11}" for name in NAMES))
    means = {
        method: {vault: np.mean([astuple(each) for each in marks], axis=0) for vault, marks in vaults.items()}
        for method, vaults in methods.items()
    }
    for method, vaults in means.items():
        print(f"{method:12}" + "".join(f"{value:11.3f}" for value in np.mean(list(vaults.values()), axis=0)))
    place = NAMES.index("nDCG@10")
    print(f"\n{kind}, nDCG@10\n{'':20}" + "".join(f"{method:>11}" for method in means))
    for vault in means["inquiry"]:
        print(f"{vault:20}" + "".join(f"{means[method][vault][place]:11.3f}" for method in means))


@main.command()
@click.option("--size", "sizes", multiple=True, type=int, default=(1000, 10000, 100000), show_default=True)
@click.option("--runs", default=3, show_default=True)
@click.option("--cite", is_flag=True, help="Look for notes to cite too, which no page shows.")
def cost(sizes: tuple[int, ...], runs: int, cite: bool) -> None:
    """Measure time and memory on made-up documents, as a build of the site asks for suggestions."""
    script = str(Path(__file__).with_name("suggest_cost.py"))
    measured: dict[int, list[dict[str, float]]] = {size: [] for size in sizes}
    for _ in range(runs):
        for size in sizes:
            command = [sys.executable, script, str(size), *(["cite"] if cite else [])]
            run = subprocess.run(command, check=True, capture_output=True, text=True)
            measured[size].append(json.loads(run.stdout))
    print(f"{'documents':>10}{'wall s':>9}{'CPU s':>9}{'CPU ms':>9}{'ratio':>8}{'peak MB':>9}{'documents MB':>14}")
    before = 0.0
    for size, made in measured.items():
        best = min(made, key=lambda one: one["wall"])
        each = min(one["processor"] for one in made) / size * 1000
        print(f"{size:10,}{best['wall']:9.2f}{best['processor']:9.2f}{each:9.3f}", end="")
        print(f"{each / before if before else 1:8.2f}{best['peak']:9.0f}{best['before']:14.0f}", end="")
        print("   bars: {} s, {} MB, ratio {}".format(*BARS[size], RATIO_BAR) if size in BARS else "")
        before = each


if __name__ == "__main__":
    main()
