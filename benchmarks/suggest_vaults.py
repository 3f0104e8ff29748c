"""Vaults with some of their links hidden, and how well a ranking finds these again.

Two tasks.  `cite`: a fifth of the links of every document with three or more is hidden, in both directions, and the
link's words, the target's title and its aliases are taken out of the text.  `lines`: documents with most links
are taken for lines, all links among them are hidden likewise, and those from notes to them dropped, so that a line
is known by its text and by what it cites.
"""

from __future__ import annotations

import math
import random
import re
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from inquiry.commands.reading import read_knowledge_base
from inquiry.graph.inputs import suggest_inputs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from inquiry.graph.suggestion import Key, SuggestInput

SHARE = 0.2
"""Links of a document that are hidden."""
FEWEST_LINKS = 3
"""Links without which nothing of a document is hidden."""
LINE_LINKS, LINE_PERCENTILE = 6, 85
"""A line has at least so many links, and more than this percentage of the documents that have any."""
SHORTEST_NAME = 3
"""Letters of a name that is taken out of a text."""
TOP = 10
"""Places that count."""
FIRST = 5
"""Places that a page shows."""

Edge = tuple["Key", "Key"]


@dataclass(frozen=True)
class Vault:
    """A knowledge base as suggestions see it, and beside it what its links say."""

    name: str
    inputs: tuple[SuggestInput, ...]
    words: Mapping[Edge, tuple[str, ...]]
    """The words of every link."""
    dates: Mapping[Key, str]


@dataclass(frozen=True)
class Puzzle:
    """A vault with hidden links, and where they led."""

    inputs: tuple[SuggestInput, ...]
    wanted: Mapping[Key, frozenset[Key]]
    kind: str
    """What is asked for: `cite` or `next`."""
    dates: Mapping[Key, str]

    @property
    def candidates(self) -> list[Key]:
        """What may be suggested: lines for lines, else anything."""
        return [each.key for each in self.inputs if self.kind == "cite" or each.is_line]


@dataclass(frozen=True)
class Marks:
    """How well a ranking did."""

    hit: float
    recall: float
    ndcg: float
    coverage: float
    diversity: float


def read_vault(folder: Path) -> Vault:
    """Read a knowledge base, or a folder of notes as others keep them."""
    with tempfile.TemporaryDirectory() as temporary:
        config = folder / "mkdocs.yml"
        if not config.is_file():
            config = Path(temporary, "mkdocs.yml")
            config.write_text("site_name: vault\nplugins: [inquiry]\n", encoding="utf-8")
            shutil.copytree(folder / "notes" if (folder / "notes").is_dir() else folder, Path(temporary, "notes"))
        graph = read_knowledge_base(config).graph
        inputs = suggest_inputs(graph)
    words = {
        (document.key, mention.document.key): tuple(one.link.text for one in mention.occurrences)
        for document in graph.documents
        for mention in graph.mentions(document)
    }
    dates = {one.key: str(one.head.created or one.head.updated or "") for one in graph.documents}
    return Vault(folder.name, inputs, words, dates)


def hide_citations(vault: Vault, seed: int) -> Puzzle:
    """Hide a fifth of the links of every document that has enough."""
    chance = random.Random(f"{vault.name}-{seed}")  # noqa: S311 - nothing secret about it
    known = {each.key for each in vault.inputs}
    wanted: dict[Key, frozenset[Key]] = {}
    for each in vault.inputs:
        links = sorted({*each.links} & known - {each.key})
        if len(links) >= FEWEST_LINKS:
            wanted[each.key] = frozenset(chance.sample(links, max(1, round(SHARE * len(links)))))
    hidden = {(one, other) for one, others in wanted.items() for other in others}
    inputs = _without(vault, hidden | {(other, one) for one, other in hidden})
    as_notes = {each.key: ("note", "/".join(each.key)) for each in inputs}
    return _renamed(Puzzle(inputs, wanted, "cite", vault.dates), as_notes)


def hide_lines(vault: Vault) -> Puzzle:
    """Take documents with most links for lines, and hide the links among them."""
    known = {each.key for each in vault.inputs}
    links = {each.key: {*each.links} & known - {each.key} for each in vault.inputs}
    counts = [len(found) for found in links.values() if found]
    least = max(LINE_LINKS, float(np.percentile(counts, LINE_PERCENTILE)) if counts else 0)
    lines = {key for key, found in links.items() if len(found) >= least}
    hidden = {(one, other) for one in lines for other in links[one] & lines}
    hidden |= {(other, one) for one, other in hidden}
    wanted = {
        one: frozenset(other for first, other in hidden if first == one)
        for one in lines
        if len(links[one] - lines) >= FEWEST_LINKS
    }
    inputs = tuple(
        each if each.key in lines else replace(each, links=tuple(key for key in each.links if key not in lines))
        for each in _without(vault, hidden)
    )
    renamed = {key: ("line" if key in lines else "note", "/".join(key)) for key in known}
    return _renamed(Puzzle(inputs, {key: keys for key, keys in wanted.items() if keys}, "next", vault.dates), renamed)


def _without(vault: Vault, hidden: set[Edge]) -> tuple[SuggestInput, ...]:
    """Take links and their words out of the documents that have them, and out of what their targets are called."""
    by_key = {each.key: each for each in vault.inputs}
    gone: dict[Key, list[Key]] = {}
    uncalled: dict[Key, Counter[str]] = {}
    for here, there in sorted(hidden):
        gone.setdefault(here, []).append(there)
        uncalled.setdefault(there, Counter()).update(vault.words.get((here, there), ()))
    found = []
    for each in vault.inputs:
        names = [
            name
            for there in gone.get(each.key, ())
            for name in (by_key[there].title, *by_key[there].aliases, *vault.words.get((each.key, there), ()))
        ]
        found.append(
            replace(
                each,
                text=_scrubbed(each.text, names),
                links=tuple(key for key in each.links if key not in gone.get(each.key, ())),
                relations=tuple(one for one in each.relations if one[1] not in gone.get(each.key, ())),
                anchors=tuple((Counter(each.anchors) - uncalled.get(each.key, Counter())).elements()),
                next=(),
            )
        )
    return tuple(found)


def _scrubbed(text: str, names: Iterable[str]) -> str:
    """Take names out of a text, the longest first, in any case and in the plural."""
    wanted = sorted({" ".join(n.split()) for n in names if len(n.strip()) >= SHORTEST_NAME}, key=len, reverse=True)
    if not wanted:
        return text
    either = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in wanted)
    return re.sub(rf"(?<!\w)(?:{either})(?:s|es)?(?!\w)", "", text, flags=re.IGNORECASE)


def _renamed(puzzle: Puzzle, names: Mapping[Key, Key]) -> Puzzle:
    """Call the documents of a puzzle otherwise."""
    inputs = tuple(
        replace(
            each,
            key=names[each.key],
            links=tuple(names[key] for key in each.links if key in names),
            relations=tuple((kind, names[key]) for kind, key in each.relations if key in names),
        )
        for each in puzzle.inputs
    )
    wanted = {names[key]: frozenset(names[one] for one in found) for key, found in puzzle.wanted.items()}
    dates = {names[key]: date for key, date in puzzle.dates.items()}
    return Puzzle(tuple(sorted(inputs, key=lambda each: each.key)), wanted, puzzle.kind, dates)


def mark(puzzle: Puzzle, lists: Mapping[Key, Sequence[Key]], alike: Mapping[tuple[Key, Key], float]) -> Marks:
    """Compare lists with what was hidden; `alike` says how similar two documents are."""
    hits, recalls, gains, spreads = [], [], [], []
    for key, wanted in puzzle.wanted.items():
        listed = lists[key][:TOP]
        found = [place for place, one in enumerate(listed) if one in wanted]
        best = sum(1 / math.log2(place + 2) for place in range(min(TOP, len(wanted))))
        hits.append(any(place < FIRST for place in found))
        recalls.append(len(found) / min(TOP, len(wanted)))
        gains.append(sum(1 / math.log2(place + 2) for place in found) / best)
        shown = listed[:FIRST]
        pairs = [alike[one, other] for n, one in enumerate(shown) for other in shown[:n]]
        spreads.extend([1 - sum(pairs) / len(pairs)] if pairs else [])
    seen = {one for key in puzzle.wanted for one in lists[key][:FIRST]}
    means = [float(np.mean(each)) if each else 0.0 for each in (hits, recalls, gains, spreads)]
    return Marks(means[0], means[1], means[2], len(seen) / max(1, len(puzzle.candidates)), means[3])
