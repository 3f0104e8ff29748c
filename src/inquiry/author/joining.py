"""The notes of a vault read together with the knowledge base that they are going to be part of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inquiry.author.vault import VaultLinks
from inquiry.corpus.ids import Parsed, identified
from inquiry.corpus.model import Corpus, Kind
from inquiry.graph.resolve import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from inquiry.author.splicing import Lines
    from inquiry.author.vault import Settled
    from inquiry.corpus.model import Document
    from inquiry.settings import Settings


def settled(
    parsed: Sequence[Parsed],
    files: Iterable[str],
    corpus: Corpus,
    settings: Settings,
    docs: str,
    lines: dict[str, Lines],
) -> Iterator[tuple[str, Settled]]:
    """Settle the links of every note of a vault, by path.

    Args:
        parsed: The notes, at the paths that they will have.
        files: The vault's other files, likewise.
        corpus: What the knowledge base has; what it has of the vault already does not count twice.
        settings: Those of the knowledge base.
        docs: The folder of its ordinary pages.
        lines: The texts of the notes by path.
    """
    paths = {one.path for one in parsed}
    others = [_parsed(one, settings) for one in corpus.documents if one.path not in paths]
    vault = _corpus(parsed, replace(corpus, files=frozenset(files)))
    whole = _corpus([*parsed, *others], replace(corpus, files=corpus.files | vault.files))
    within, here = (Resolver(one, docs=docs, notes=settings.notes, lines=settings.lines) for one in (vault, whole))
    links = VaultLinks(within, here, settings.notes, paths)
    outer = {one.path: one for one in whole.documents}
    for inner in sorted(vault.notes, key=lambda one: one.path):
        yield inner.path, links.settle(inner, outer[inner.path], lines[inner.path])


def _parsed(document: Document, settings: Settings) -> Parsed:
    """Make of a document what it was before it had an id."""
    folder = settings.lines if document.is_line else settings.notes
    return Parsed(document.path, document.path[len(folder) + 1 :], document.kind, document.head, document.body)


def _corpus(parsed: Iterable[Parsed], like: Corpus) -> Corpus:
    """Give files their ids; what is wrong with them is the check's to say."""
    documents = identified(parsed, like.bibliography, [])
    return replace(
        like,
        notes=tuple(one for one in documents if one.kind is Kind.NOTE),
        lines=tuple(one for one in documents if one.kind is Kind.LINE),
    )
