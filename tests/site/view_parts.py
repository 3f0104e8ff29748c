"""The parts that the sample views are made of: cards, references, suggestions and an essay."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from markupsafe import Markup

from inquiry.site import views

MENU = views.MenuView(
    home="../../",
    lines="../../lines/",
    notes="../../notes/",
    topics="../../topics/",
    sources="../../sources/",
    open_questions="../../open-questions/",
    changes="../../changes/",
    random="../../lines/#random",
    map="../../map/",
)
TOPICS = (
    views.TopicLink("format-vs-substance", "../../topics/format-vs-substance/", 14),
    views.TopicLink("instruction-tuning", "../../topics/instruction-tuning/", 9),
    views.TopicLink("rl-post-training", "../../topics/rl-post-training/", 11),
)
EXPORTS = views.ExportsView(
    text="“Do instruction-tuned models learn tasks?” Inquiry, 3 Nov 2026. https://example.org/x/",
    bibtex="@misc{tasks-or-format,\n  title = {Do tuned models learn tasks?},\n  year = {2026}\n}",
    ris="TY  - WEB\nTI  - Do instruction-tuned models learn tasks?\nPY  - 2026\nER  -",
    csl_json='[{"id": "tasks-or-format", "type": "webpage", "title": "Do they learn tasks?"}]',
)
NO_EXPORTS = views.ExportsView(text="", bibtex="", ris="", csl_json="")
PICTURE = Markup(
    '<svg viewBox="0 0 320 240" role="group" aria-label="Neighbourhood of this page">'
    '<path class="nb-edge" d="M160 120L80 60M160 120L240 70M160 120L90 190M160 120L230 185"/>'
    '<rect class="nb-node nb-line nb-centre" x="153" y="113" width="14" height="14" rx="3"/>'
    '<a href="../../notes/empty-turn/"><circle class="nb-node nb-note" cx="80" cy="60" r="4"/>'
    '<text class="nb-label" x="72" y="64" text-anchor="end">An empty user turn</text></a>'
    '<a href="../../notes/rl-habit/"><circle class="nb-node nb-note" cx="240" cy="70" r="4"/>'
    '<text class="nb-label" x="248" y="74">Pretraining habit</text></a>'
    '<a href="../../lines/data/"><rect class="nb-node nb-line" x="84" y="184" width="12" height="12" rx="3"/>'
    '<text class="nb-label" x="78" y="194" text-anchor="end">Own data?</text></a>'
    '<a href="../../sources/kung2023/"><path class="nb-node nb-paper" d="M230 180l5 5l-5 5l-5-5z"/>'
    '<text class="nb-label" x="240" y="189">Kung 2023</text></a></svg>'
)
ESSAY = Markup((Path(__file__).parent / "essay.html").read_text(encoding="utf-8"))  # noqa: S704 (written by us)


def page(kind: str, title: str) -> views.PageView:
    """Make what every page has."""
    return views.PageView(
        kind=kind,
        title=title,
        description="",
        url=f"{kind}/",
        canonical=f"https://example.org/{kind}/",
        menu=MENU,
        language="en",
    )


def reference(title: str = "Do Models Really Learn to Follow Instructions?") -> views.ReferenceView:
    """Make a paper with a page of its own."""
    return views.ReferenceView(
        text="Kung and Peng, 2023. ACL 2023",
        title=title,
        link="https://arxiv.org/abs/2305.11383",
        link_label="arXiv:2305.11383",
        href="../../sources/kung2023/",
    )


def note_card(
    note_id: str = "empty-instructions",
    title: str | Markup = "How much of the gain of instruction tuning survives when the instructions mean nothing?",
    summary: str = (
        "With few training examples an instruction-tuned model scores 43% where guessing inside the right"
        " set of labels scores 42.6%; knowing the output space accounts for most of the gain."
    ),
) -> views.NoteCard:
    """Make a note as lists show it."""
    return views.NoteCard(
        id=note_id,
        title=Markup.escape(title),
        href=f"../../notes/{note_id}/",
        summary=summary,
        references=(reference(),),
        date="1 Feb 2026",
        topics=TOPICS[:2],
        cited_by=2,
    )


NOTES = (
    note_card(),
    note_card(
        "empty-turn",
        "What does an aligned model say when it is handed an empty user turn?",
        "Given its chat template up to the slot of the user, Llama-3-Instruct writes the request itself: four"
        " million pairs were collected that way and 300,000 kept.",
    ),
    note_card(
        "rl-habit",
        "Which pretraining habit does reinforcement learning turn up, and what decides it?",
        "Models of known pretraining converge under RL to one of its formats within an epoch; which depends"
        " on scale, mixture and the KL coefficient, and the less accurate one can win.",
    ),
)


def line_card(line_id: str, title: str, sources: int = 8) -> views.LineCard:
    """Make a line as lists show it."""
    return views.LineCard(
        id=line_id,
        title=Markup.escape(title),
        href=f"../../lines/{line_id}/",
        summary="Whether tuning teaches a model where its answer belongs or how to find it.",
        takeaway="Format is the cheap thing that every stage installs; some signals go further.",
        sources=sources,
        date="3 Nov 2026",
        topics=TOPICS[:1],
    )


LINES = (
    line_card("tasks-or-format", "Do instruction-tuned models learn tasks or just where the answer goes?"),
    line_card("own-data", "Can a model be its own best teacher, and when does that loop go stale?", 6),
    line_card("rewards", "What would a reward have to see in order not to be fooled by the surface?", 11),
    line_card("density", "How many instructions can a prompt carry before some of them are dropped?", 1),
    line_card("solvers", "Does a language model that reasons about constraints ever satisfy them?", 5),
)


def suggestion(role: str, label: str, title: str, *reasons: str) -> views.SuggestionView:
    """Make a suggestion with its reasons."""
    return views.SuggestionView(
        title=Markup.escape(title),
        href="../../lines/own-data/",
        summary="When synthetic data helps, and when it narrows.",
        role=role,
        role_label=label,
        reasons=reasons,
    )


NEXT = (
    suggestion(
        "closest",
        "Closest",
        "Can a model be its own best teacher, and when does that loop go stale?",
        "both cite “What does an aligned model say when it is handed an empty user turn?”",
        "both about instruction-tuning",
    ),
    suggestion(
        "disagrees",
        "Disagrees",
        "Does a language model that reasons about constraints ever satisfy them?",
        "rests on a note that contradicts “Which pretraining habit does reinforcement learning turn up?”",
    ),
    suggestion(
        "unexplored",
        "Unexplored",
        "How many instructions can a prompt carry before some of them are dropped?",
        "similar wording: instructions, compliance, density",
    ),
)
BACKLINKS = (
    views.BacklinkView(
        kind="line",
        title=Markup("Can a model be its own best teacher?"),
        href="../../lines/own-data/",
        sentences=("Handed nothing but its own template, the model writes questions as good as collected ones.",),
    ),
    views.BacklinkView(
        kind="note", title=Markup("What a checklist rewards"), href="../../notes/checklists/", sentences=()
    ),
)


def peek(note: views.NoteCard, number: int = 0, **changes: Any) -> views.PeekView:
    """Make the card of a note."""
    card = views.PeekView("note", note.title, note.href, note.summary, note.references[0].text)
    return dataclasses.replace(card, number=number, above=max(0, number - 1), **changes)


PEEKS = (
    peek(NOTES[0], 1, relation="Contradicts “Which pretraining habit does reinforcement learning turn up?”"),
    peek(NOTES[1], 2, summary="", passage="Four million pairs were collected that way.", href="../../notes/x/#^pairs"),
    peek(NOTES[2]),
)
