"""Documents made up for measuring what suggestions cost, and the measurement of one size."""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from itertools import accumulate

from inquiry.graph.suggest import suggest
from inquiry.graph.suggestion import Key, SuggestInput, shown_next, shown_related

VOCABULARY, FAMILIAR, TOPIC_WORDS = 20_000, 300, 150
"""Words in all, those too usual for a topic, and those of a topic."""
TOPIC_SHARE = 0.35
"""Words of a text that are its topic's."""
LINE_SHARE = 6
"""One document in so many is a line."""
NEAR_SHARE = 0.75
"""Links that stay within the topic."""
LIMIT = 10
"""Suggestions of a kind that a build of the site asks for."""
WARM = 100
"""Documents of a first run, which pays for what is imported."""


class Words:
    """Words as often as words are (Zipf's law), with those of topics."""

    def __init__(self, chance: random.Random, topics: int) -> None:
        parts = [one + other for one in "bcdfghklmnprstvwz" for other in "aeiou"]
        self.chance = chance
        self.every = ["".join(chance.choices(parts, k=chance.randint(1, 4))) for _ in range(VOCABULARY)]
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))
        self.topics = [chance.sample(self.every[FAMILIAR:], TOPIC_WORDS) for _ in range(topics)]
        self.topic_weights = list(accumulate(1 / (rank + 5) for rank in range(TOPIC_WORDS)))

    def text(self, count: int, topic: int) -> str:
        """Make a text about a topic."""
        special = sum(self.chance.random() < TOPIC_SHARE for _ in range(count))
        drawn = self.chance.choices(self.every, cum_weights=self.weights, k=count - special)
        drawn += self.chance.choices(self.topics[topic], cum_weights=self.topic_weights, k=special)
        self.chance.shuffle(drawn)
        return " ".join(f"{word}." if n % 13 == 0 else word for n, word in enumerate(drawn, 1))


def make(size: int) -> list[SuggestInput]:
    """Make so many documents: notes of some 200 words and 3 links, lines of some 600 words and 9 links."""
    chance = random.Random(size)  # noqa: S311 - nothing secret about it
    words = Words(chance, topics=max(8, int(size**0.5)))
    topic = [chance.randrange(len(words.topics)) for _ in range(size)]
    keys: list[Key] = [("note" if n % LINE_SHARE else "line", f"d{n}") for n in range(size)]
    near: dict[int, list[int]] = {}
    for n, (kind, _) in enumerate(keys):
        if kind == "note":
            near.setdefault(topic[n], []).append(n)
    notes = [n for found in near.values() for n in found]
    titles = [words.text(chance.randint(4, 8), each).rstrip(".") for each in topic]
    anchors: list[list[str]] = [[] for _ in keys]
    links: list[tuple[Key, ...]] = []
    for n, (kind, _) in enumerate(keys):
        count = chance.randint(2, 4) if kind == "note" else chance.randint(6, 12)
        drawn = (
            chance.choice(near.get(topic[n], notes) if chance.random() < NEAR_SHARE else notes) for _ in range(count)
        )
        found = sorted({*drawn} - {n})
        links.append(tuple(keys[each] for each in found))
        for each in found:
            anchors[each].append(titles[each])
    lengths = [chance.randint(140, 280) if kind == "note" else chance.randint(520, 730) for kind, _ in keys]
    return [
        SuggestInput(
            key=key,
            title=titles[n],
            text=words.text(lengths[n], topic[n]),
            anchors=tuple(anchors[n]),
            links=links[n],
            tags=tuple(words.topics[topic[n]][:2]),
        )
        for n, key in enumerate(keys)
    ]


def measure(size: int, *, cite: bool) -> dict[str, float]:
    """Measure one size in this process: seconds, and peak memory in megabytes, the documents included."""
    suggest(make(WARM), limit=LIMIT, cite=cite)
    documents = make(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wall, processor = time.perf_counter(), time.process_time()
    found = suggest(documents, limit=LIMIT, cite=cite)
    for key, each in found.by_key.items():
        shown = shown_next(each) if key[0] == "line" else shown_related(each)
        if any(not one.reasons for one in shown):
            raise SystemExit(f"{key} has a suggestion without a reason")
    return {
        "wall": time.perf_counter() - wall,
        "processor": time.process_time() - processor,
        "before": before,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), cite="cite" in sys.argv[2:])))
