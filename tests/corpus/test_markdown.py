"""One parse of a body: HTML, links with their places, headings, passages, plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.corpus.body import Body, Link, LinkKind, Slot, SlotKind
from inquiry.corpus.markdown import parse_body
from inquiry.corpus.sentences import link_mark
from inquiry.diagnostics import Position


def html(body: Body) -> str:
    """Show slots as `{kind:link}`."""
    return "".join(
        f"{{{piece.kind.value}:{piece.link}}}" if isinstance(piece, Slot) else piece for piece in body.pieces
    )


def parse(text: str, first_line: int = 1) -> Body:
    return parse_body(text, "notes/x.md", first_line=first_line)


def only_link(text: str) -> Link:
    (link,) = parse(text).links
    return link


_DONE = '<li class="task-list-item"><input type="checkbox" disabled checked aria-label="done" />'


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a ==b *c*== d", "<p>a <mark>b <em>c</em></mark> d</p>\n"),
        ("==*a*==", "<p><mark><em>a</em></mark></p>\n"),
        ("a == b == c", "<p>a == b == c</p>\n"),
        (r"\==a==", "<p>==a==</p>\n"),
        ("==a", "<p>==a</p>\n"),
        ("*==a* b==", "<p><em>==a</em> b==</p>\n"),
        ("`==a==` %%gone%%", "<p><code>==a==</code></p>\n"),
        ("~~a~~", "<p><del>a</del></p>\n"),
        ('"a" -- b...', "<p>“a” – b…</p>\n"),
        ("- [x] a", f"<ul>\n{_DONE} a</li>\n</ul>\n"),
        ("a http://b.c/d_(e). f", '<p>a <a href="http://b.c/d_(e)">http://b.c/d_(e)</a>. f</p>\n'),
        ("[a](http://b.c 'd')", '<p><a href="http://b.c" title="d">a</a></p>\n'),
        ("[a](javascript:b)", "<p><a>a</a></p>\n"),
        ("<b onclick='a()'>b</b> <script>c</script>", "<p><b>b</b> c</p>\n"),
        ("a <!-- b --> c", "<p>a  c</p>\n"),
    ],
)  # fmt: skip
def test_a_construct_becomes_this_html(markdown: str, expected: str) -> None:
    assert html(parse(markdown)) == expected


def test_a_wikilink_without_words_leaves_room_for_the_title() -> None:
    assert html(parse("see [[x]].")) == "<p>see {open:0}{text:0}{close:0}.</p>\n"


def test_a_wikilink_with_words_keeps_their_markup() -> None:
    assert html(parse("see [[x|the *y*]].")) == "<p>see {open:0}the <em>y</em>{close:0}.</p>\n"
    assert only_link("see [[x|the *y*]].").text == "the y"


def test_an_embed_alone_in_its_paragraph_stands_outside_of_it() -> None:
    assert html(parse("![[x]]")) == "{embed:0}\n"


def test_an_embed_amid_words_ends_the_paragraph_and_opens_another() -> None:
    assert html(parse("a ![[x]] b")) == "<p>a </p>\n{embed:0}\n<p> b</p>\n"


def test_an_embedded_picture_stays_in_its_paragraph() -> None:
    assert html(parse("a ![[x.png|300]] b")) == "<p>a {embed:0} b</p>\n"


@pytest.mark.parametrize(
    ("markdown", "kind", "target", "fragment", "start", "end"),
    [
        ("é [[x#H|y]]", LinkKind.WIKILINK, "x", "H", 3, 12),
        ('𝔸\t[a](b%20c.md#d "t")', LinkKind.MARKDOWN, "b c.md", "d", 3, 22),
        ("| a |\n|---|\n| [[x\\|y]] |", LinkKind.WIKILINK, "x", "", 3, 11),
        ("![a](b.png)", LinkKind.IMAGE, "b.png", "", 1, 12),
        ("![[b#^c]]", LinkKind.EMBED, "b", "^c", 1, 10),
        ("<http://a.b/c#d>", LinkKind.AUTOLINK, "http://a.b/c#d", "", 1, 17),
        ("a [@k, p. 3] b", LinkKind.CITATION, "k", "", 4, 6),
        ("> [!note] a [[b]]", LinkKind.WIKILINK, "b", "", 13, 18),
        ("- a\n  - [[b]]", LinkKind.WIKILINK, "b", "", 5, 10),
        ('x <a href="b.md">c</a>', LinkKind.HTML, "b.md", "", 12, 16),
    ],
)  # fmt: skip
def test_a_link_knows_its_target_and_its_columns_in_characters(
    markdown: str, kind: LinkKind, target: str, fragment: str, start: int, end: int
) -> None:
    link = only_link(markdown)
    assert (link.kind, link.target, link.fragment) == (kind, target, fragment)
    assert (link.span.start.column, link.span.end.column) == (start, end)


def test_lines_count_from_the_first_line_of_the_body() -> None:
    assert parse("a\n\nb [[c]]\n", first_line=10).links[0].span.start == Position(12, 3)


def test_a_comment_that_is_cut_out_moves_no_link() -> None:
    link = only_link("%%é\n\nb%% c [[d]]")
    assert link.span.start == Position(3, 7)


def test_each_key_of_a_group_is_a_link_of_its_own() -> None:
    first, second = parse("a [@k, p. 3; @l].").links
    assert (first.target, first.locator, second.target, second.locator) == ("k", "p. 3", "l", "")
    assert second.span.start.column == 14


@pytest.mark.parametrize(
    "markdown",
    [
        "`[[a]]`",
        "```\n[[a]]\n```",
        "<!-- [[a]] -->",
        "%%[[a]]%%",
        "$h[t](a.md)$",
        r"\[[a\]]",
        "me@x.y and @k",
        "    [[a]]",
    ],
)
def test_code_comments_and_formulas_hold_no_links(markdown: str) -> None:
    assert parse(markdown).links == ()


def test_a_sentence_marks_a_citation_and_keeps_the_words() -> None:
    first, second = parse("One is so [[a]]. Two, e.g. this [[b|thing here]], is not. Three.").links
    assert first.sentence == f"One is so{link_mark(0)}."
    assert second.sentence == "Two, e.g. this thing here, is not."


def test_no_text_can_pass_for_a_mark_of_a_link() -> None:
    assert only_link("a \0 9 \0 b [[x]]").sentence == f"a \ufffd 9 \ufffd b {link_mark(0)}"


def test_a_sentence_of_a_note_marks_its_links() -> None:
    body = parse_body("See [[the-starter]], [[feeding it]] and [@k].", "notes/x.md", cites=False)
    assert body.links[0].sentence == f"See {link_mark(0)}, {link_mark(1)} and{link_mark(2)}."
    assert body.text == "See the starter, feeding it and."


def test_words_before_a_citation_stay() -> None:
    body = parse("So it is [see @k, p. 2; cf. @l].")
    assert html(body) == "<p>So it is see {open:0}{text:0}{close:0}; cf. {open:1}{text:1}{close:1}.</p>\n"


def test_a_heading_does_not_take_the_id_of_a_section_of_the_page() -> None:
    body = parse("[a](#sources)\n\n## Sources\n")
    assert body.headings[0].id == "sources"
    assert '<h2 id="sources-in-text">' in html(body)


def test_paragraphs_and_items_are_counted_and_headings_are_not() -> None:
    body = parse("a [[x]]\n\n## h [[x]]\n\nb [[x]]\n\n- c [[x]]\n")
    assert [link.block for link in body.links] == [1, 1, 2, 3]


def test_headings_have_the_anchors_of_python_markdown() -> None:
    body = parse("## Überblick\n\n## Result\n\n## Result\n\n## Own {#mine}\n\n## ???\n")
    assert [heading.id for heading in body.headings] == ["uberblick", "result", "result_1", "mine", "_1"]


def test_the_first_heading_of_level_one_is_the_title_and_not_in_the_body() -> None:
    body = parse("# A *b*\n\ntext\n\n# C\n")
    assert (body.title, body.title_html) == ("A b", "A <em>b</em>")
    assert html(body) == '<p>text</p>\n<h2 id="c">C</h2>\n'
    assert "A b" not in body.text


def test_levels_begin_below_the_page_s_own_title() -> None:
    assert html(parse("### a\n\n#### b\n")) == '<h2 id="a">a</h2>\n<h3 id="b">b</h3>\n'


def test_a_heading_knows_the_piece_that_it_begins() -> None:
    body = parse("a [[x]]\n\n## b\n\nc\n")
    piece = body.pieces[body.headings[0].piece]
    assert isinstance(piece, str)
    assert piece.startswith('<h2 id="b">')


def test_a_passage_gives_its_block_an_id_and_can_stand_alone() -> None:
    body = parse("a *b* [[c]]. ^evidence\n\nd\n")
    assert html(body).startswith('<p id="^evidence">a <em>b</em> ')
    (passage,) = body.passages
    assert passage.text == "a b."
    assert passage.pieces[-1] == ".</p>\n"
    assert "^evidence" in body.anchors
    assert "^evidence" not in body.text


def test_an_item_with_a_list_below_it_is_a_passage_too() -> None:
    body = parse("- a ^first\n  - b ^second\n- c\n")
    assert [(one.id, one.text) for one in body.passages] == [("first", "a"), ("second", "b")]
    assert html(body).startswith('<ul>\n<li id="^first">a\n<ul>\n<li id="^second">b</li>')


def test_of_two_blocks_with_one_id_the_first_keeps_it() -> None:
    body = parse("a ^x\n\nb ^x\n")
    assert html(body) == '<p id="^x">a</p>\n<p>b</p>\n'
    assert [one.text for one in body.passages] == ["a"]


def test_raw_html_of_the_title_goes_through_the_allow_list() -> None:
    body = parse('# A <b onclick="p()">b</b> <script>p()</script><img src=x onerror=p()>\n')
    assert body.title_html == "A <b>b</b> p()"


@pytest.mark.parametrize("tex", [r"\text{<script>}", r"\unicode{<script>}", r"\tag{<script>}", r"\mbox{<script>}"])
def test_no_formula_holds_markup_of_its_own(tex: str) -> None:
    assert "<script" not in html(parse(f"${tex}$\n"))


def test_no_formula_links_anywhere() -> None:
    assert "href" not in html(parse(r"$\href{javascript:p()}{x}$"))


def test_raw_html_cannot_name_what_is_ours() -> None:
    body = parse_body("[a](b.md)\n\n<div>\ufdd0L0\ufdd1\ufdd0C9\ufdd1</div>\n", "notes/x.md", trusted=True)
    assert [one for one in body.pieces if isinstance(one, Slot) and one.kind is SlotKind.SOURCE] == []


def test_a_lone_marker_names_the_block_above_it() -> None:
    body = parse("> a\n\n^quoted\n")
    assert html(body) == '<blockquote id="^quoted">\n<p>a</p>\n</blockquote>\n'
    assert body.passages[0].text == "a"


def test_a_callout_has_a_title_and_a_body_with_links() -> None:
    expected = (
        '<div class="admonition note">\n<p class="admonition-title">T {open:0}{text:0}{close:0}</p>\n<p>b</p>\n</div>\n'
    )
    assert html(parse("> [!NOTE] T [[x]]\n> b\n")) == expected


def test_a_callout_without_title_is_called_by_its_type() -> None:
    assert '<p class="admonition-title">Warning</p>\n<p>b</p>' in html(parse("> [!warning]\n> b\n"))


def test_a_callout_folds_as_obsidian_folds_it() -> None:
    assert html(parse("> [!tip]- T\n> b\n")) == '<details class="tip">\n<summary>T</summary>\n<p>b</p>\n</details>\n'
    assert '<details class="tip" open>' in html(parse("> [!tip]+ T\n> b\n"))


def test_the_takeaway_stands_apart_from_the_essay() -> None:
    body = parse("a\n\n> [!takeaway]\n> b [[c]] d.\n")
    assert html(body) == "<p>a</p>\n"
    assert body.takeaway_text == "b d."
    assert [type(piece) for piece in body.takeaway].count(Slot) == 3


def test_footnotes_are_gathered_with_links_back() -> None:
    text = html(parse("a[^1] b[^1]\n\n[^1]: c\n"))
    assert '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>' in text
    assert 'href="#fnref:1"' in text
    assert 'href="#fnref2:1"' in text


def test_raw_html_keeps_its_ids_as_anchors_and_its_addresses_as_links() -> None:
    body = parse('<p id="a&amp;b"><img src="c.png" alt=""></p>\n')
    assert "a&b" in body.anchors
    assert html(body) == '<p id="a&amp;b"><img src="{source:0}" alt=""></p>\n'


def test_raw_html_that_swallows_text_goes_and_the_text_stays() -> None:
    assert "all of this" in html(parse("a <script> all of this\n\n[[b]]\n"))


def test_tables_scroll_and_align() -> None:
    text = html(parse("| a | b |\n|---|--:|\n| c | d |\n"))
    assert text.startswith('<div class="table-scroll">\n<table>\n<thead>')
    assert '<td style="text-align: right">d</td>' in text


def test_code_is_marked_up_by_language_and_formulas_are_mathml() -> None:
    assert '<span class="mi">1</span>' in html(parse("```python\nx = 1\n```\n"))
    assert "<math" in html(parse("$x^2$"))
    assert html(parse("```unheard\nx\n```\n")) == '<pre><code class="language-unheard">x\n</code></pre>\n'


@pytest.mark.parametrize(
    ("markdown", "rule", "line", "column"),
    [
        ("a [b][c]", "undefined-reference", 1, 3),
        ("é\na[^b]", "undefined-reference", 2, 2),
        ("a [[b and so on", "unclosed-link", 1, 5),
        ("a\n%% b", "unclosed-comment", 2, 1),
    ],
)
def test_a_fault_of_the_body_is_reported_where_it_stands(markdown: str, rule: str, line: int, column: int) -> None:
    (found,) = parse(markdown).diagnostics
    assert (found.rule.name, found.span.start) == (rule, Position(line, column))


@pytest.mark.parametrize("markdown", ["[sic]", "[[1,2],[3]]", r"\[^a]", "a [^b c]", "50 %% of", "x[i][j] = 1", "[[x]]"])
def test_brackets_that_mean_nothing_are_no_fault(markdown: str) -> None:
    assert [found.rule.name for found in parse(markdown).diagnostics if found.rule.name != "undefined-reference"] == []


def test_an_allowance_covers_the_next_block_only() -> None:
    body = parse("z\n\n<!-- inquiry: allow dangling-link -->\na\nb\n\nc <!-- inquiry: allow wrong-case, x -->\n")
    first, second = body.allowances
    assert (first.rules, first.first_line, first.last_line) == (("dangling-link",), 4, 5)
    assert (second.rules, second.first_line, second.last_line) == (("wrong-case", "x"), 7, 7)


@pytest.mark.parametrize(
    ("text", "last"), [("", 9), ("\n# a\n\nb\n", 11), ("\n<div>\n</div>\n\nb\n", 12), ("<!-- -->\na\nb\n\nc\n", 12)]
)
def test_an_allowance_above_everything_covers_the_head_too(text: str, last: int) -> None:
    body = parse_body(f"<!-- inquiry: allow orphan-note -->\n{text}", "notes/a.md", first_line=9)
    assert [(one.first_line, one.last_line) for one in body.allowances] == [(1, last)]


_MARKUP = st.sampled_from(
    ["[[", "]]", "![[", "|", "#", "^a", "\n", "\n\n", "> ", "> [!note] ", "- ", "==", "%%", "`", "```\n", "<b>", "</b>",
     "<!-- ", "-->", "$", "[^1]", "[^1]: ", "[@k]", "](", ")", "*", "| a |\n|---|\n", "é", "𝔸", "\t",
     "[!takeaway]", "x"]
)  # fmt: skip


@given(st.lists(_MARKUP | st.text(max_size=8), max_size=40))
def test_any_text_is_parsed_and_every_place_lies_in_the_file(parts: list[str]) -> None:
    text = "".join(parts).replace("\r", "")
    body = parse(text)
    lines = text.split("\n")
    for link in body.links:
        for span in (link.span, link.target_span):
            assert 1 <= span.start.line <= span.end.line <= len(lines) + 1
            assert 1 <= span.start.column <= len(lines[span.start.line - 1]) + 1
    for piece in body.pieces:
        if isinstance(piece, Slot):
            assert 0 <= piece.link < len(body.links)


@pytest.mark.parametrize("text", ["Right![@k]", "Right![@k] Yes.", "Right![so][@k]"])
def test_an_exclamation_before_a_citation_makes_no_picture(text: str) -> None:
    body = parse(text)
    assert [(link.kind, link.target) for link in body.links] == [(LinkKind.CITATION, "k")]
    assert "Right!" in "".join(piece for piece in body.pieces if isinstance(piece, str))


def test_an_exclamation_before_the_mark_of_ones_own_stays() -> None:
    assert "".join(map(str, parse("Right![.own]").pieces)) == "<p>Right!</p>\n"


def test_words_in_brackets_before_a_path_make_a_link_and_no_wikilink() -> None:
    body = parse("See [[3]](#part), [[4]](gone.md).\n\n## Part")
    assert [(link.kind, link.target, link.fragment, link.text) for link in body.links] == [
        (LinkKind.MARKDOWN, "", "part", "[3]"),
        (LinkKind.MARKDOWN, "gone.md", "", "[4]"),
    ]
    assert body.links[1].target_span.start.column == 25
    assert body.text.startswith("See [3], [4].")


def test_an_address_pattern_is_no_link() -> None:
    assert parse("Ask https://{user}.example.org/x now.").links == ()
