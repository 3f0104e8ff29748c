from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry.corpus.body import LinkKind
from inquiry.corpus.model import Corpus, Document, Kind, Source, Visibility
from inquiry.graph.resolution import (
    Ambiguous,
    Dangling,
    External,
    Found,
    FoundFile,
    FoundSource,
    MissingAnchor,
    Outside,
    Reached,
    Resolution,
    Unpublished,
    Unsafe,
    WrongCase,
)
from inquiry.graph.resolve import Resolver
from strategies import corpora, fragments, make_body, make_corpus, make_document, make_link, targets

if TYPE_CHECKING:
    import random

ORIGIN = make_document("notes/origin.md", title="Where links start")
DEBT = make_document(
    "notes/sleep/sleep-debt.md",
    title="How is sleep debt paid?",
    aliases=["Hot pavements", "owed sleep"],
    body=make_body(
        headings=["Known limits", "Result", "Result", "Überblick", "結果"],
        passages=["gauge-height"],
        title="How is sleep debt paid?",
    ),
)
DESK = make_document("notes/desk/sampling.md", id="desk-sampling", title="Sampling at a desk")
FIELD = make_document("notes/field/sampling.md", id="field-sampling", title="Sampling in a field")
DRAFT = make_document("notes/early-count.md", visibility=Visibility.DRAFT)
HIDDEN = make_document("notes/hidden.md", visibility=Visibility.UNLISTED)
BLANK = make_document("notes/lamp list.md", title="Lamps")
LINE = make_document("lines/water-bill.md", title="What does shade cost?")
DENDRON = make_document("notes/proj.alpha.md", title="Alpha")
CORPUS = make_corpus(
    *(ORIGIN, DEBT, DESK, FIELD, DRAFT, HIDDEN, BLANK, LINE, DENDRON),
    files=[
        "notes/img/crown.png",
        "notes/a/plan.pdf",
        "notes/b/plan.pdf",
        "docs/about.md",
        "docs/guide/index.md",
    ],
)
RESOLVER = Resolver(CORPUS)


def ask(
    target: str,
    kind: LinkKind = LinkKind.WIKILINK,
    *,
    fragment: str = "",
    text: str = "",
    origin: Document = ORIGIN,
    resolver: Resolver = RESOLVER,
) -> Resolution:
    return resolver.resolve(make_link(target, kind, fragment=fragment, text=text), origin)


def path(target: str, fragment: str = "", origin: Document = ORIGIN) -> Resolution:
    return ask(target, LinkKind.MARKDOWN, fragment=fragment, origin=origin)


@pytest.mark.parametrize(
    "name",
    [
        "sleep-debt",
        "sleep-debt.md",
        "notes/sleep/sleep-debt",
        "sleep/sleep-debt",
        "./sleep/sleep-debt.md",
        "Sleep-Debt",
        "SLEEP/Sleep-debt",
        "sleep debt",
        "Sleep/Sleep debt",
        "Hot pavements",
        "hot pavements",
        "hot-pavements",
        "How is sleep debt paid?",
        "how is sleep debt paid",
    ],
)
def test_a_wikilink_finds_a_note_by_any_of_its_names(name: str) -> None:
    assert ask(name) == Found(DEBT)


def test_a_name_without_letters_names_nothing_else() -> None:
    party = make_document("notes/🎉.md", id="party-popper", title="🎉")
    fire = make_document("notes/🔥.md", id="fire", title="...")
    resolver = Resolver(make_corpus(party, fire))
    assert [resolver.resolve(make_link(name), party) for name in ("🎉", "...")] == [Found(party), Found(fire)]
    assert isinstance(resolver.resolve(make_link("???"), party), Dangling)


def test_an_ambiguous_file_name_is_reported_with_its_candidates_by_path() -> None:
    assert ask("sampling") == Ambiguous((DESK, FIELD))


def test_a_namesake_in_the_origins_own_folder_does_not_win_silently() -> None:
    assert ask("sampling", origin=FIELD) == Ambiguous((DESK, FIELD))


@pytest.mark.parametrize("name", ["desk/sampling", "Desk/Sampling", "notes/desk/sampling.md", "desk-sampling"])
def test_the_shortest_unique_suffix_names_one_of_two_namesakes(name: str) -> None:
    assert ask(name) == Found(DESK)


def test_a_suffix_ends_at_a_folder_not_inside_its_name() -> None:
    assert isinstance(ask("esk/sampling"), Dangling)


def test_an_exact_id_beats_a_file_name_and_an_alias() -> None:
    plain = make_document("notes/x.md", id="plain")
    other = make_document("notes/deep/plain.md", id="other", aliases=["plain"])
    assert ask("plain", resolver=Resolver(make_corpus(plain, other))) == Found(plain)


def test_an_exact_path_beats_an_id_in_other_case() -> None:
    upper = make_document("notes/a.md", id="Naps")
    lower = make_document("notes/naps.md", id="short-sleep")
    assert ask("naps", resolver=Resolver(make_corpus(upper, lower))) == Found(lower)


def test_a_note_and_a_line_of_one_id_are_ambiguous_until_the_kind_is_known() -> None:
    note, line = make_document("notes/naps.md"), make_document("lines/naps.md")
    resolver = Resolver(make_corpus(note, line))
    assert ask("naps", resolver=resolver) == Ambiguous((line, note))
    assert resolver.resolve_note("naps", "lines/a.md") == Found(note)
    assert resolver.resolve_line("naps", "lines/a.md") == Found(line)


def test_the_published_one_of_several_namesakes_wins_over_drafts() -> None:
    draft = replace(DESK, head=replace(DESK.head, visibility=Visibility.DRAFT))
    assert ask("sampling", resolver=Resolver(make_corpus(draft, FIELD))) == Found(FIELD)


def test_a_name_with_its_accents_apart_finds_the_composed_one() -> None:
    cafe = make_document("notes/café.md")
    assert ask("cafe\u0301", resolver=Resolver(make_corpus(cafe))) == Found(cafe)


@pytest.mark.parametrize("kind", [LinkKind.WIKILINK, LinkKind.EMBED])
@pytest.mark.parametrize("name", ["crown.png", "img/crown.png", "notes/img/crown.png", "Crown.PNG"])
def test_a_wikilink_finds_a_picture_by_path_or_file_name(name: str, kind: LinkKind) -> None:
    assert ask(name, kind) == FoundFile("notes/img/crown.png")


def test_a_file_name_that_two_files_have_names_neither_and_offers_both() -> None:
    assert ask("plan.pdf") == Dangling(("notes/a/plan.pdf", "notes/b/plan.pdf"))
    assert ask("b/plan.pdf", fragment="page=3") == FoundFile("notes/b/plan.pdf", "page=3")


@pytest.mark.parametrize("name", ["about", "docs/about", "About.md"])
def test_a_wikilink_names_a_page_of_docs_when_no_document_has_the_name(name: str) -> None:
    assert ask(name) == FoundFile("docs/about.md")


def test_an_empty_target_with_a_fragment_is_the_page_itself() -> None:
    assert ask("", fragment="Known limits", origin=DEBT) == Found(DEBT, "known-limits")
    assert path("", "nowhere") == MissingAnchor(ORIGIN)
    assert ask("") == Dangling()


def test_dendrons_swapped_wikilink_is_understood_when_its_text_is_an_id() -> None:
    assert ask("the project", text="proj.alpha") == Found(DENDRON)
    assert isinstance(ask("the project", text="Alpha"), Dangling)


def test_a_wikilink_to_a_url_leaves_the_site() -> None:
    assert ask("https://example.org/a", fragment="b") == External("https://example.org/a#b")


@pytest.mark.parametrize(
    ("fragment", "anchor"),
    [
        ("Known limits", "known-limits"),
        ("known-limits", "known-limits"),
        ("KNOWN LIMITS", "known-limits"),
        ("Known: limits!", "known-limits"),
        ("Result", "result"),
        ("result_1", "result_1"),
        ("Überblick", "uberblick"),
        ("結果", "_1"),
        ("Anything#Known limits", "known-limits"),
        ("How is sleep debt paid?", "how-is-sleep-debt-paid"),
        ("^gauge-height", "^gauge-height"),
    ],
)
def test_a_wikilinks_fragment_finds_a_heading_by_its_words_or_a_passage(fragment: str, anchor: str) -> None:
    assert ask("sleep-debt", fragment=fragment) == Found(DEBT, anchor)


def test_a_path_of_headings_finds_the_one_below_its_parent() -> None:
    page = make_document("notes/p.md", body=make_body(headings=["A", "Limits", "B", "Limits"]))
    levels = (1, 2, 1, 2)
    headings = tuple(h._replace(level=level) for h, level in zip(page.body.headings, levels, strict=True))
    page = replace(page, body=replace(page.body, headings=headings))
    resolver = Resolver(make_corpus(page))
    assert ask("p", fragment="B#Limits", resolver=resolver) == Found(page, "limits_1")
    assert ask("p", fragment="A#Limits", resolver=resolver) == Found(page, "limits")


def test_a_missing_heading_offers_near_ones_as_they_are_written_there() -> None:
    assert ask("sleep-debt", fragment="Unknown limits") == MissingAnchor(DEBT, ("Known limits",))
    assert ask("sleep-debt", fragment="^gauge-weight") == MissingAnchor(DEBT, ("^gauge-height",))
    assert path("sleep/sleep-debt.md", "Known-Limits") == MissingAnchor(DEBT, ("known-limits",))


@pytest.mark.parametrize("fragment", ["Known limits", "Known-limits", "überblick", "gauge-height"])
def test_a_markdown_links_fragment_must_be_the_exact_id(fragment: str) -> None:
    assert isinstance(path("sleep/sleep-debt.md", fragment), MissingAnchor)


@pytest.mark.parametrize("fragment", ["", "top", ":~:text=snow drift", "known-limits", "^gauge-height"])
def test_fragments_that_browsers_follow_hold(fragment: str) -> None:
    assert path("sleep/sleep-debt.md", fragment) == Found(DEBT, fragment)


@pytest.mark.parametrize(
    "target",
    [
        "sleep/sleep-debt.md",
        "./sleep/sleep-debt.md",
        "sleep/sleep-debt",
        "sleep/sleep-debt/",
        "sleep/sleep-debt.html",
        "sleep/sleep-debt.md?sort=height",
        "notes/sleep/sleep-debt.md",
        "/notes/sleep/sleep-debt.md",
        "/sleep/sleep-debt.md",
        "../notes/sleep/sleep-debt.md",
    ],
)
def test_a_path_finds_a_note_in_the_spellings_that_editors_and_vaults_use(target: str) -> None:
    assert path(target) == Found(DEBT)


def test_a_path_counted_from_a_root_is_understood_in_any_folder() -> None:
    assert path("desk/sampling.md", origin=DEBT) == Found(DESK)


def test_a_path_with_dots_is_relative_and_nothing_else() -> None:
    assert isinstance(path("./desk/sampling.md", origin=DEBT), Dangling)


def test_a_folder_stands_for_its_index_page() -> None:
    assert path("../docs/guide/") == FoundFile("docs/guide/index.md")
    assert isinstance(path("img/"), Dangling)


def test_a_path_in_other_case_is_named_as_such() -> None:
    assert path("sleep/Sleep-Debt.md") == WrongCase("notes/sleep/sleep-debt.md", DEBT)
    assert ask("Img/crown.png", LinkKind.IMAGE) == WrongCase("notes/img/crown.png")


@pytest.mark.parametrize("target", ["../../upstairs.md", "C:\\notes\\x.md"])
def test_a_path_that_leaves_the_knowledge_base_is_outside(target: str) -> None:
    assert path(target) == Outside()


@pytest.mark.parametrize("target", ["lamp%20list.md", "img\\crown.png", "loan-slip.md"])
def test_a_path_is_taken_as_it_is_written(target: str) -> None:
    assert isinstance(path(target), Dangling)


def test_an_absolute_address_without_a_file_is_left_to_the_build() -> None:
    assert path("/kb/town-hall/") == External("/kb/town-hall/")
    assert ask("/notes/origin/", LinkKind.HTML) == External("/notes/origin/")
    assert isinstance(path("/notes/gone.md"), Dangling)


@pytest.mark.parametrize(
    "target", ["https://a.example/x?y#z", "//a.example/x", "mailto:a@b.example", "tel:+1", "htp:x"]
)
def test_an_address_with_a_scheme_leaves_the_site_as_it_is(target: str) -> None:
    assert path(target) == External(target)


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "JavaScript:x", " java\nscript:x", "vbscript:x", "data:text/html,x"]
)
@pytest.mark.parametrize("kind", [LinkKind.MARKDOWN, LinkKind.HTML, LinkKind.IMAGE])
def test_a_scheme_that_runs_code_is_unsafe(target: str, kind: LinkKind) -> None:
    assert ask(target, kind) == Unsafe()


def test_a_picture_inside_the_address_is_safe() -> None:
    assert ask("data:image/png;base64,x", LinkKind.IMAGE) == External("data:image/png;base64,x")


@pytest.mark.parametrize(
    ("target", "kind"), [("early-count", LinkKind.WIKILINK), ("early-count.md", LinkKind.MARKDOWN)]
)
def test_a_draft_is_found_by_drafts_only(target: str, kind: LinkKind) -> None:
    other_draft = replace(ORIGIN, head=replace(ORIGIN.head, visibility=Visibility.DRAFT))
    assert ask(target, kind) == Unpublished(DRAFT)
    assert ask(target, kind, origin=other_draft) == Found(DRAFT)


def test_an_unlisted_document_may_be_linked() -> None:
    assert ask("hidden") == Found(HIDDEN)
    assert path("hidden.md") == Found(HIDDEN)


def test_a_docs_page_names_a_note_by_source_path_or_as_mkdocs_sees_it() -> None:
    def from_docs(target: str, page: str = "docs/guide/index.md") -> Resolution:
        return RESOLVER.resolve_target(target, "", LinkKind.MARKDOWN, page, None)

    assert from_docs("../../notes/origin.md") == Found(ORIGIN)
    assert from_docs("../notes/origin.md") == Found(ORIGIN)
    assert from_docs("notes/origin.md", "docs/about.md") == Found(ORIGIN)
    assert from_docs("../about.md") == FoundFile("docs/about.md")
    assert RESOLVER.resolve_target("", "here", LinkKind.MARKDOWN, "docs/about.md", None) == FoundFile(
        "docs/about.md", "here"
    )


class TestCitations:
    work, shared, unread = Source(key="kung2023"), Source(key="okafor2019"), Source(key="lindh2021")
    first = make_document("notes/first.md", sources=[work, shared], aliases=["One"])
    second = make_document("notes/second.md", sources=[shared])
    draft = make_document("notes/draft.md", sources=[work], visibility=Visibility.DRAFT)
    resolver = Resolver(make_corpus(first, second, draft, bibliography=[work, shared, unread]))

    def cite(self, key: str) -> Resolution:
        return ask(key, LinkKind.CITATION, resolver=self.resolver)

    def test_a_key_that_one_public_note_rests_on_means_the_note(self) -> None:
        assert self.cite("kung2023") == Found(self.first)

    def test_a_note_that_cites_its_own_paper_means_the_paper(self) -> None:
        own = self.resolver.resolve_target("kung2023", "", LinkKind.CITATION, self.first.path, self.first)
        assert own == FoundSource(self.work)

    def test_a_key_that_several_notes_or_none_rest_on_means_the_work(self) -> None:
        assert self.cite("okafor2019") == FoundSource(self.shared)
        assert self.cite("lindh2021") == FoundSource(self.unread)

    def test_a_note_is_cited_by_id_or_alias(self) -> None:
        assert self.cite("second") == Found(self.second)
        assert self.cite("One") == Found(self.first)
        assert self.cite("draft") == Unpublished(self.draft)

    def test_an_unknown_key_offers_near_keys_and_ids(self) -> None:
        assert self.cite("kung2032") == Dangling(("kung2023",))
        assert self.cite("secnod") == Dangling(("second",))
        assert self.cite("nobody1999") == Dangling()


def test_a_dangling_name_offers_near_ids_best_first_and_at_most_three() -> None:
    names = ["sleep-debt", "sleep-debts", "sleep-depth", "sleep-dent", "root-area"]
    resolver = Resolver(make_corpus(*(make_document(f"notes/{name}.md") for name in names)))
    assert ask("sleep-dept", resolver=resolver) == Dangling(("sleep-depth", "sleep-debt", "sleep-dent"))
    assert ask("leaf-area", resolver=resolver) == Dangling()


def test_a_dangling_path_offers_paths_from_the_origins_folder() -> None:
    assert path("sleep-dept.md", origin=DESK) == Dangling(("../sleep/sleep-debt.md",))
    assert ask("img/crwon.png", LinkKind.IMAGE) == Dangling(("img/crown.png",))


def test_a_draft_is_never_offered() -> None:
    assert ask("early-cuont") == Dangling()
    assert path("early-cuont.md") == Dangling()


def test_a_reference_of_the_front_matter_names_its_kind_only() -> None:
    assert RESOLVER.resolve_note("water-bill", "lines/a.md") == Dangling()
    assert RESOLVER.resolve_line("water-bil", "lines/a.md") == Dangling(("water-bill",))
    assert RESOLVER.resolve_note("../sleep/sleep-debt.md", "notes/desk/x.md") == Found(DEBT)
    assert RESOLVER.resolve_note("early-count", "notes/origin.md") == Unpublished(DRAFT)
    assert RESOLVER.resolve_note("early-count", "notes/early-count.md") == Found(DRAFT)


@settings(deadline=None)
@given(corpora(), targets(), fragments(), st.sampled_from(list(LinkKind)), st.data())
def test_resolving_never_raises(
    corpus: Corpus, target: str, fragment: str, kind: LinkKind, data: st.DataObject
) -> None:
    resolver = Resolver(corpus)
    origins = [None, *corpus.documents]
    origin = data.draw(st.sampled_from(origins))
    origin_path = origin.path if origin else "docs/index.md"
    assert isinstance(resolver.resolve_target(target, fragment, kind, origin_path, origin), Resolution)
    assert isinstance(resolver.resolve_note(target, origin_path), Reached)
    assert isinstance(resolver.resolve_line(target, origin_path), Reached)


@settings(deadline=None)
@given(corpora())
def test_every_public_document_is_found_by_its_id_and_by_its_path(corpus: Corpus) -> None:
    resolver = Resolver(corpus)
    for document in filter(lambda document: document.is_public, corpus.documents):
        by_kind = resolver.resolve_note if document.kind is Kind.NOTE else resolver.resolve_line
        assert by_kind(document.id, "docs/index.md") == Found(document)
        assert ask(document.path, origin=document, resolver=resolver) == Found(document)
        rooted = f"/{document.path}"
        assert ask(rooted, LinkKind.MARKDOWN, origin=document, resolver=resolver) == Found(document)


@settings(max_examples=50, deadline=None)
@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_the_corpus_changes_no_result(corpus: Corpus, chance: random.Random) -> None:
    notes, lines = list(corpus.notes), list(corpus.lines)
    chance.shuffle(notes)
    chance.shuffle(lines)
    ordered, shuffled = Resolver(corpus), Resolver(replace(corpus, notes=tuple(notes), lines=tuple(lines)))
    for document in corpus.documents:
        for link in document.body.links:
            assert ordered.resolve(link, document) == shuffled.resolve(link, document)


class TestDendron:
    hooks = make_document("notes/topic.hooks.api.md", id="x7f3k", title="API", body=make_body(headings=["Try it 🧪"]))
    traits = make_document("notes/topic.traits.api.md", id="q9d2m", title="API")
    resolver = Resolver(make_corpus(hooks, traits))

    def test_a_text_that_is_a_file_name_settles_which_namesake_is_meant(self) -> None:
        assert ask("API", text="the interface", resolver=self.resolver) == Ambiguous((self.hooks, self.traits))
        assert ask("API", text="topic.traits.api", resolver=self.resolver) == Found(self.traits)

    def test_an_address_of_another_vault_is_looked_up_here(self) -> None:
        address = "dendron://other.vault/topic.hooks.api"
        assert ask("the interface", text=f"{address}#try-it-🧪", resolver=self.resolver) == Found(self.hooks, "try-it")
        assert ask(address, resolver=self.resolver) == Found(self.hooks)
        assert isinstance(ask("dendron://other.vault/gone", resolver=self.resolver), Dangling)

    def test_the_address_of_a_vault_beats_a_name_that_is_there_too(self) -> None:
        address = "dendron://other.vault/topic.hooks.api"
        assert ask("topic.hooks.api", text=address, resolver=self.resolver) == Found(self.hooks)
        assert ask("topic.concepts", text=address, resolver=self.resolver) == Found(self.hooks)

    def test_of_a_range_the_first_heading_counts(self) -> None:
        link = ask("topic.hooks.api", LinkKind.EMBED, fragment="try-it,1:#*", resolver=self.resolver)
        assert link == Found(self.hooks, "try-it")
        assert ask("topic.hooks.api", fragment="try-it,1:", resolver=self.resolver) == Found(self.hooks, "try-it")

    def test_a_range_may_begin_at_the_top(self) -> None:
        for fragment in ("^begin", "^begin:#try-it"):
            assert ask("topic.hooks.api", fragment=fragment, resolver=self.resolver) == Found(self.hooks)
        assert isinstance(ask("topic.hooks.api", fragment="^start", resolver=self.resolver), MissingAnchor)

    def test_a_repeat_is_found_as_others_count_it(self) -> None:
        twice = make_document("notes/twice.md", body=make_body(headings=["Name", "Other", "Name"]))
        resolver = Resolver(make_corpus(twice))
        assert ask("twice", fragment="name-1", resolver=resolver) == Found(twice, twice.body.headings[2].id)
        for fragment in ("name-2", "other-1"):
            assert isinstance(ask("twice", fragment=fragment, resolver=resolver), MissingAnchor)
        written = ask("notes/twice.md", LinkKind.MARKDOWN, fragment="name-1", resolver=resolver)
        assert isinstance(written, MissingAnchor)

    def test_a_hint_gives_the_file_name_where_the_id_is_no_word(self) -> None:
        assert ask("topic.hooks.apy", resolver=self.resolver) == Dangling(("topic.hooks.api",))


def test_a_missing_picture_is_never_offered_a_page() -> None:
    note, picture = make_document("notes/crown-below.md"), "notes/img/crown-above.png"
    resolver = Resolver(make_corpus(note, files=[picture]))
    assert ask("img/crown-abowe.png", LinkKind.IMAGE, resolver=resolver) == Dangling(("img/crown-above.png",))
    assert ask("crown-belov.md", LinkKind.MARKDOWN, resolver=resolver) == Dangling(("crown-below.md",))
