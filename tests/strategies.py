"""Knowledge bases out of thin air: makers for one document, and Hypothesis strategies for small corpora.

The names are few and alike on purpose (other case, blanks for hyphens, one stem in two folders), so that
random corpora collide, dangle and point at drafts as real ones do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import yaml
from hypothesis import strategies as st

from inquiry.corpus.body import Body, Heading, Link, LinkKind, Passage
from inquiry.corpus.keys import FIELDS
from inquiry.corpus.model import (
    Bibliography,
    Corpus,
    Document,
    FrontMatter,
    Kind,
    Reference,
    RelationKind,
    Source,
    Visibility,
)
from inquiry.corpus.places import Places
from inquiry.corpus.slugs import document_slug, heading_slug, unique_slug
from inquiry.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SPAN = Span.at(1)
PLACES = Places("", (), 1)
STEMS = ("sleep-debt", "Sleep debt", "naps", "a.b.c", "café", "sampling", "Überblick", "読書")
FOLDERS = ("", "desk/", "field/", "desk/deep/")
WORDS = ("Known limits", "Method", "Überblick", "Result", "結果")
TAGS = ("sleep", "Sleep", "method/field", "naps")
FILES = (
    "notes/img/crown.png",
    "docs/index.md",
    "docs/guide/about.md",
    "lines/Plan.pdf",
    "notes/desk/naps.csv",
)
SOURCES = (
    Source(key="kung2023", title="Do models read?"),
    Source(key="okafor2019", title="Shade"),
    Source(doi="10.1000/182", title="Lamps"),
)


def make_link(
    target: str, kind: LinkKind = LinkKind.WIKILINK, *, fragment: str = "", text: str = "", sentence: str = ""
) -> Link:
    """Make a link as if it stood at the top of a file."""
    return Link(kind, target, fragment, text, PLACES, 0, 0, 0, 0, sentence, 1)


def make_body(
    links: Iterable[Link] = (), headings: Iterable[str] = (), passages: Iterable[str] = (), title: str = ""
) -> Body:
    """Make a body whose headings are all of level 2 and have the ids that Python-Markdown gives them."""
    taken: set[str] = set()
    top = {unique_slug(heading_slug(title), taken)} if title else set()
    made = tuple(Heading(2, text, unique_slug(heading_slug(text), taken), PLACES, 0, 0, 0) for text in headings)
    marked = tuple(Passage(name, SPAN, (), "") for name in passages)
    anchors = top | {heading.id for heading in made} | {f"^{passage.id}" for passage in marked}
    return Body(
        links=tuple(links),
        headings=made,
        passages=marked,
        anchors=frozenset(anchors),
        title=title,
        text=title,
    )


def make_document(
    path: str,
    *,
    id: str = "",  # noqa: A002 -- the model's name
    title: str = "",
    body: Body | None = None,
    links: Sequence[Link] = (),
    aliases: Sequence[str] = (),
    tags: Sequence[str] = (),
    relations: Sequence[tuple[RelationKind, str]] = (),
    next_lines: Sequence[str] = (),
    source_notes: Sequence[str] = (),
    sources: Sequence[Source] = (),
    visibility: Visibility = Visibility.PUBLIC,
) -> Document:
    """Make a note or line of what matters in a test; `lines/` at the head of its path makes it a line."""
    stem = path.rpartition("/")[2].removesuffix(".md")
    head = FrontMatter(
        aliases=tuple(Reference(alias, SPAN) for alias in aliases),
        tags=tuple(tags),
        relations=tuple((kind, Reference(name, SPAN)) for kind, name in relations),
        next=tuple(Reference(name, SPAN) for name in next_lines),
        source_notes=tuple(Reference(name, SPAN) for name in source_notes),
        visibility=visibility,
    )
    return Document(
        id=id or document_slug(stem),
        kind=Kind.LINE if path.startswith("lines/") else Kind.NOTE,
        path=path,
        head=head,
        body=body or make_body(links),
        title=title or stem,
        sources=tuple(sources),
    )


def make_corpus(*documents: Document, files: Iterable[str] = (), bibliography: Iterable[Source] = ()) -> Corpus:
    """Make a corpus of these documents, in the order of their ids as the loader gives it."""
    ordered = sorted(documents, key=lambda document: document.id)
    return Corpus(
        notes=tuple(document for document in ordered if not document.is_line),
        lines=tuple(document for document in ordered if document.is_line),
        bibliography=Bibliography({source.key: source for source in bibliography}),
        files=frozenset(files),
    )


def targets() -> st.SearchStrategy[str]:
    """Draw what may stand in a link: names that exist, names that nearly do, paths, URLs, rubbish."""
    names = st.sampled_from((*STEMS, "SLEEP-DEBT", "sleep-dept", "Hot pavements", "kung2023", "crown.png"))
    folders = st.sampled_from((*FOLDERS, "notes/", "lines/", "../", "../../", "./", "/", "/notes/desk/"))
    endings = st.sampled_from(("", ".md", ".html", "/", "?x=1"))
    paths = st.builds("{}{}{}".format, folders, names, endings)
    urls = st.sampled_from(
        (
            "https://example.org/x",
            "//host/x",
            "mailto:a@b.c",
            "javascript:alert(1)",
            "data:image/png,",
            "C:\\x",
        )
    )
    return st.one_of(names, paths, urls, st.sampled_from(FILES), st.text(max_size=8))


def fragments() -> st.SearchStrategy[str]:
    """Draw what may follow a target's `#`."""
    named = st.sampled_from((*WORDS, "method", "known-limits", "^evidence", "Method#Result", ":~:text=x", "top"))
    return st.one_of(st.just(""), named, st.text(max_size=5))


def links() -> st.SearchStrategy[Link]:
    """Draw a link of any kind."""
    return st.builds(
        make_link,
        targets(),
        st.sampled_from(list(LinkKind)),
        fragment=fragments(),
        text=st.one_of(st.just(""), st.sampled_from(STEMS)),
        sentence=st.sampled_from(("", "Short nights add up.", "See there.")),
    )


def bodies() -> st.SearchStrategy[Body]:
    """Draw a body with links, headings (repeats among them) and passages."""
    return st.builds(
        make_body,
        st.lists(links(), max_size=4),
        st.lists(st.sampled_from(WORDS), max_size=3),
        st.lists(st.sampled_from(("evidence", "gauge")), max_size=2, unique=True),
        st.sampled_from(("", "Method")),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a note or line; ids of several are made distinct by `corpora`."""
    folder, stem = draw(st.sampled_from(FOLDERS)), draw(st.sampled_from(STEMS))
    names = st.lists(st.sampled_from(STEMS), max_size=2)
    relation = st.tuples(st.sampled_from(list(RelationKind)), st.sampled_from(STEMS))
    return make_document(
        f"{draw(st.sampled_from(('notes', 'lines')))}/{folder}{stem}.md",
        title=draw(st.sampled_from(("Sleep debt", "Hot pavements", "naps", "What is owed?"))),
        body=draw(bodies()),
        aliases=draw(st.lists(st.sampled_from(("Hot pavements", "nap", "naps")), max_size=2)),
        tags=draw(st.lists(st.sampled_from(TAGS), max_size=2)),
        relations=draw(st.lists(relation, max_size=2)),
        next_lines=draw(names),
        source_notes=draw(names),
        sources=draw(st.lists(st.sampled_from(SOURCES), max_size=2)),
        visibility=draw(st.sampled_from((Visibility.PUBLIC, Visibility.PUBLIC, *Visibility))),
    )


@st.composite
def corpora(draw: st.DrawFn, *, max_size: int = 6) -> Corpus:
    """Draw a small corpus: paths are unique, and ids are unique among documents of a kind."""
    drawn = draw(st.lists(documents(), max_size=max_size, unique_by=lambda document: document.path))
    taken: dict[Kind, set[str]] = {kind: set() for kind in Kind}
    named = [replace(d, id=unique_slug(d.id, taken[d.kind])) for d in drawn]
    return make_corpus(*named, files=FILES, bibliography=[source for source in SOURCES if source.key])


TEXTS = (
    *(
        "",
        " ",
        "a",
        "a b",
        "Naps.md",
        "..md",
        ".md",
        "..",
        "a/b",
        "a#b",
        "50%",
        "[[naps]]",
        "[[a/b]]",
        "see [[naps#H|x]]",
    ),
    *("[[ ]]", "[[..|x]]", "[[a\\|b]]", "[[a]] [[b/c]]", "[[b/c]] [[a]]", "/notes/a/", "/notes/a.html", "a/index.html"),
    *(
        "/",
        "index.html",
        "//index.html",
        "/.html",
        "..html",
        ".html/index.html",
        "/a?b",
        "a/ /",
        "true",
        "YES",
        " off\n",
        "n",
    ),
    *("maybe", "2026", "0000", "2026-01", "2026-13", "2026-1-5", "2026-01-05", "2026-02-29", "2024-2-29", "1900/02/29"),
    *("2000.02.29", "2026-01/05", "0000-01-01", "2026-04-31", "2026-01-05T23:30:00-08:00", "2026-01-05 9:30 +0800 x"),
    *("2026-01-05x", "20260105", "20260431", "20240229", "1608518909864", "soon", "10.1000/182", "doi: 10.1000/182."),
    *("10.1/182", "https://DOI.org/10.1000%2F182", "10.1000%2F182", "https://doi.org/10.48550/arXiv.2305.11383 x"),
    *("2305.11383v2", "arXiv:cs/0112017 [cs.CL]", "2305.113", "https://arxiv.org/pdf/2305.11383v2.pdf", "@kung2023"),
    *("https://example.org/x", "HTTP://x", "https:///x", "https://x y", "/path/", "[text](https://example.org/)"),
)
"""What a value of a head may say: well, nearly well and badly, for each kind of value."""
NUMBERS = (0, 7, -3, 999, 2026, 20260105, 1608518909864, 2305.11383, -0.5, 12345.5)
"""None whose spelling tells more than the number: `2026.0`, `2305.1130`, eight digits that are no day."""
INNER_KEYS = (
    *("key", "Title", "author", "issued", "journal", "doi", "eprint", "link", "type", "given", "family", "mood"),
    *("created", "updated", "exclude", "supports", "EXTENDS", "suports", "likes"),
)
"""Keys of mappings within a head, one spelling of each field of a work among them."""


def head_values() -> st.SearchStrategy[object]:
    """Draw what may stand behind a key of a head: a scalar, a list of them, a mapping, or such within a list."""
    letters = st.text(alphabet="aZ09.,;:-/\\#[]|?%^ \n@", max_size=8)
    scalars = st.one_of(st.none(), st.booleans(), st.sampled_from(NUMBERS), st.sampled_from(TEXTS), letters)
    lists = st.lists(st.one_of(scalars, st.lists(scalars, max_size=2)), max_size=3)
    mappings = st.dictionaries(st.sampled_from(INNER_KEYS), st.one_of(scalars, lists), max_size=3)
    return st.one_of(scalars, scalars, lists, mappings, st.lists(st.one_of(scalars, mappings), max_size=3))


@st.composite
def heads(draw: st.DrawFn) -> dict[str, object]:
    """Draw a head with one spelling of each of a few fields, in any case, and perhaps a key that nobody reads."""
    fields = draw(st.lists(st.sampled_from(list(FIELDS.values())), max_size=3, unique_by=lambda field: field.name))
    names = [draw(st.sampled_from(field.spellings)) for field in fields] + draw(st.lists(st.just("mood"), max_size=1))
    cases = st.sampled_from((str.lower, str.lower, str.title, str.upper))
    return {draw(cases)(name): draw(head_values()) for name in names}


def written(corpus: Corpus) -> dict[str, str]:
    """Write every document of a corpus as its author might have: text by path."""
    return {document.path: _head_of(document) + _body_of(document.body) for document in corpus.documents}


def _head_of(document: Document) -> str:
    head = document.head
    relations: dict[str, list[str]] = {}
    for kind, reference in head.relations:
        relations.setdefault(kind.value, []).append(reference.value)
    fields = {
        "title": document.title,
        "tags": list(head.tags),
        "aliases": [alias.value for alias in head.aliases],
        "relations": relations,
        "next": [reference.value for reference in head.next] if document.is_line else [],
        "sources": [reference.value for reference in head.source_notes] if document.is_line else [],
        "source": [source.key for source in document.sources if source.key],
        "draft": head.visibility is Visibility.DRAFT,
        "unlisted": head.visibility is Visibility.UNLISTED,
    }
    given = {key: value for key, value in fields.items() if value}
    return f"---\n{yaml.safe_dump(given, allow_unicode=True, sort_keys=False)}---\n"


def _body_of(body: Body) -> str:
    parts = [f"# {body.title}\n"] if body.title else []
    parts += [f"So it {_spelled(link)} goes.\n" for link in body.links]
    parts += [f"## {heading.text}\n\nWords.\n" for heading in body.headings]
    parts += [f"A passage. ^{passage.id}\n" for passage in body.passages]
    return "\n".join(parts)


def _spelled(link: Link) -> str:
    part = f"#{link.fragment}" if link.fragment else ""
    words = f"|{link.text}" if link.text else ""
    match link.kind:
        case LinkKind.WIKILINK | LinkKind.EMBED:
            return f"{'!' if link.kind is LinkKind.EMBED else ''}[[{link.target}{part}{words}]]"
        case LinkKind.CITATION:
            return f"[@{link.target}]"
        case LinkKind.IMAGE:
            return f"![{link.text}](<{link.target}{part}>)"
        case LinkKind.HTML:
            return f'<a href="{link.target}{part}">{link.text}</a>'
        case _:
            return f"[{link.text}](<{link.target}{part}>)"
