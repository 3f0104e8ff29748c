"""What programs find on a built site, read by parsers that others wrote."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import shutil
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree as ET

import feedparser
import jsonschema  # type: ignore[import-untyped] # no stubs
import pytest
import rispy
import yaml
from PIL import Image
from pybtex.database import parse_string
from pyld import jsonld

from inquiry.config import load_project
from inquiry.corpus.load import Loading
from inquiry.graph.build import build_graph
from inquiry.graph.published import published, site_urls
from inquiry.graph.resolve import Resolver
from inquiry.site import card_image
from pages import Page
from small_sites import EPOCH, place, run_build, tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOT = "https://bread.example/kb/"
LINE = "lines/why-rise"
DATE_TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": "^https://"}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "language": TEXT,
        "authors": {"type": "array", "items": {"type": "object", "properties": {"name": TEXT}, "minProperties": 1}},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_text"],
                "properties": {
                    "id": TEXT,
                    "url": ADDRESS,
                    "title": TEXT,
                    "content_text": {"type": "string"},
                    "summary": {"type": "string"},
                    "date_published": DATE_TIME,
                    "date_modified": DATE_TIME,
                    "tags": {"type": "array", "items": TEXT},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
"""JSON Feed 1.1 as its specification has it, so far as we use it."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Build the site that has everything."""
    root = tmp_path_factory.mktemp("machine") / "full"
    place("full", root)
    (root / "docs/guide/dated.md").write_text("---\nupdated: 2024-05-06\n---\n# Dated\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        run_build(root)
        yield root / "site"


def page(site: Path, path: str) -> Page:
    return Page((site / path / "index.html").read_text(encoding="utf-8"))


def links(page: Page, rel: str) -> dict[str, str]:
    """Give what a page points to in its head, by media type."""
    found = [
        attributes for tag, attributes in page.tags if tag == "link" and attributes.get("rel", "").split() == [rel]
    ]
    return {attributes.get("type", ""): attributes["href"] for attributes in reversed(found)}


def metas(page: Page, name: str) -> list[str]:
    found = (attributes for tag, attributes in page.tags if tag == "meta")
    return [one["content"] for one in found if name in {one.get("name"), one.get("property")}]


# -- feeds -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "topics/fermentation/", f"{LINE}/"])
def test_a_feed_is_atom_and_json_alike(site: Path, path: str) -> None:
    atom = feedparser.parse((site / path / "feed.xml").read_bytes())
    assert not atom.bozo, atom.get("bozo_exception")
    assert atom.version == "atom10"
    assert atom.feed.id == f"{ROOT}{path}feed.xml"
    assert {link.rel: link.href for link in atom.feed.links} == {
        "self": f"{ROOT}{path}feed.xml",
        "alternate": f"{ROOT}{path}",
    }
    items = json.loads((site / path / "feed.json").read_bytes())
    jsonschema.validate(items, JSON_FEED)
    assert [entry.id for entry in atom.entries] == [item["id"] for item in items["items"]]
    assert [entry.updated for entry in atom.entries] == [item["date_modified"] for item in items["items"]]
    assert atom.feed.updated == atom.entries[0].updated
    assert [entry.updated for entry in atom.entries] == sorted((e.updated for e in atom.entries), reverse=True)


def test_an_entry_has_the_document_s_own_facts(site: Path) -> None:
    atom = feedparser.parse((site / "feed.xml").read_bytes())
    (entry,) = [one for one in atom.entries if one.id == f"{ROOT}{LINE}/"]
    assert (entry.title, entry.published, entry.updated) == (
        "Why does dough rise?",
        "2025-02-10T00:00:00Z",
        "2025-03-20T00:00:00Z",
    )
    assert entry.summary == "This explores who makes the gas & who holds it."
    assert [tag.term for tag in entry.tags] == ["fermentation"]


def test_every_page_points_to_the_feeds_of_the_site_and_to_its_own(site: Path) -> None:
    for path in ("", "notes/starter", LINE, "topics/fermentation", "lines", "sources/rye2011", "guide/baking"):
        html = (site / path / "index.html").read_text(encoding="utf-8")
        for name in ("feed.xml", "feed.json"):
            found = re.findall(rf'<link rel="alternate ?"[^>]* href="([^"]*{name})"', html)
            targets = {urljoin(f"{ROOT}{path}/" if path else ROOT, href) for href in found}
            own = {f"{ROOT}{path}/{name}"} if path in {LINE, "topics/fermentation"} else set()
            assert targets == {f"{ROOT}{name}"} | own, path


# -- linked data and tags ----------------------------------------------------------------------------------------------


def expanded(page: Page) -> list[dict[str, Any]]:
    """Read a page's JSON-LD as its processing algorithm has it; the vocabulary is not fetched from anywhere."""
    (script,) = [text for text in page.scripts if '"@context"' in text]

    def loader(url: str, _options: dict[str, Any]) -> dict[str, Any]:
        assert url == "https://schema.org"
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": {"@vocab": "https://schema.org/"}}}

    nodes: list[dict[str, Any]] = jsonld.expand(json.loads(script), {"documentLoader": loader, "base": ROOT})
    return nodes


def value(node: dict[str, Any], name: str) -> Any:
    (found,) = node[f"https://schema.org/{name}"]
    return found.get("@value", found)


def of_type(nodes: list[dict[str, Any]], name: str) -> dict[str, Any]:
    (found,) = [node for node in nodes if node.get("@type") == [f"https://schema.org/{name}"]]
    return found


def test_a_line_is_an_article_that_cites_works_and_rests_on_notes(site: Path) -> None:
    nodes = expanded(page(site, LINE))
    article = of_type(nodes, "ScholarlyArticle")
    assert article["@id"] == f"{ROOT}{LINE}/"
    assert value(article, "headline") == "Why does dough rise?"
    assert (value(article, "datePublished"), value(article, "dateModified")) == ("2025-02-10", "2025-03-20")
    cited = {value(work, "name") for work in article["https://schema.org/citation"]}
    assert len(cited) == len(metas(page(site, LINE), "citation_reference")) > 0
    notes = {note["@id"] for note in article["https://schema.org/isBasedOn"]}
    assert {f"{ROOT}notes/starter/", f"{ROOT}notes/crumb/", f"{ROOT}notes/steam/"} <= notes


def test_a_note_is_a_work_based_on_its_source(site: Path) -> None:
    note = of_type(expanded(page(site, "notes/rye")), "CreativeWork")
    assert note["@id"] == f"{ROOT}notes/rye/"
    assert all("https://schema.org/name" in work for work in note["https://schema.org/isBasedOn"])


@pytest.mark.parametrize("path", [LINE, "notes/starter", "topics/fermentation", "sources/rye2011", "lines"])
def test_breadcrumbs_lead_from_the_home_page_to_the_page(site: Path, path: str) -> None:
    crumbs = of_type(expanded(page(site, path)), "BreadcrumbList")
    steps = crumbs["https://schema.org/itemListElement"]
    assert [value(step, "position") for step in steps] == list(range(1, len(steps) + 1))
    targets = [value(step, "item") for step in steps]
    assert targets[0] == ROOT
    assert targets[-1] == f"{ROOT}{path}/"
    assert all((site / target.removeprefix(ROOT) / "index.html").is_file() for target in targets)


def test_the_home_page_is_a_web_site(site: Path) -> None:
    home = of_type(expanded(page(site, "")), "WebSite")
    assert value(home, "description") == "Questions about dough."
    assert metas(page(site, ""), "og:title") == ["Bread & water"]


def test_scholars_find_a_line_by_its_tags(site: Path) -> None:
    line = page(site, LINE)
    assert metas(line, "citation_title") == ["Why does dough rise?"]
    assert metas(line, "citation_publication_date") == ["2025/02/10"]
    assert metas(line, "citation_author") == ["Bread & water"]
    assert all(one.startswith("citation_title=") for one in metas(line, "citation_reference"))
    assert metas(page(site, "notes/starter"), "citation_title") == []


# -- pictures ----------------------------------------------------------------------------------------------------------


def test_a_line_has_a_picture_for_link_previews(site: Path) -> None:
    line = page(site, LINE)
    (address,) = metas(line, "og:image")
    path = site / address.removeprefix(ROOT)
    with Image.open(path) as picture:
        picture.load()
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
        assert len(set(picture.convert("L").tobytes())) > 2
    assert (metas(line, "og:image:width"), metas(line, "og:image:height")) == (["1200"], ["630"])
    assert metas(page(site, "notes/starter"), "og:image") == metas(page(site, ""), "og:image") == [f"{ROOT}card.png"]
    with Image.open(site / "card.png") as picture:
        assert picture.size == (1200, 630)


def test_a_second_build_draws_no_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place("full", tmp_path / "full")
    run_build(tmp_path / "full")
    first = tree(tmp_path / "full/site")
    shutil.rmtree(tmp_path / "full/site")
    monkeypatch.setattr("inquiry.site.card_image._drawn", lambda *_: pytest.fail("drawn again"))
    run_build(tmp_path / "full")
    cards = [name for name in first if name.endswith("card.png")]
    second = tree(tmp_path / "full/site")
    assert cards
    assert [second[name] for name in cards] == [first[name] for name in cards]


@pytest.mark.parametrize(("setting", "expected"), [(False, 0), ("all", 2)], ids=["none", "all"])
def test_an_author_decides_what_has_pictures(tmp_path: Path, setting: object, expected: int) -> None:
    plugins = [{"inquiry": {"bibliography": ["sources.bib", "more.json", "more.yaml"], "cards": setting}}]
    place("full", tmp_path / "full", {"plugins": plugins})
    run_build(tmp_path / "full")
    folders = [tmp_path / "full/site" / name for name in (LINE, "notes/starter")]
    assert sum((folder / "card.png").is_file() for folder in folders) == expected


def test_a_title_that_the_font_cannot_spell_has_no_picture(tmp_path: Path) -> None:
    place("unicode", tmp_path / "unicode", {"site_url": "https://a.example/"})
    run_build(tmp_path / "unicode")
    html = (tmp_path / "unicode/site/lines/なぜ/index.html").read_text(encoding="utf-8")
    assert "なぜ/card.png" not in html
    assert not (tmp_path / "unicode/site/lines/なぜ/card.png").exists()


def test_an_endless_title_is_cut() -> None:
    picture = card_image._drawn(str(card_image.packaged_font()), "x" * 100_000, "", "y" * 100_000)  # noqa: SLF001
    assert picture.size == (1200, 630)


def test_pictures_of_titles_that_are_gone_do_not_pile_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_image, "MOST_KEPT", 4)
    for number in range(6):
        images = card_image.CardImages(tmp_path / "cards", card_image.packaged_font())
        images.png(f"Title {number}", "", "")
        for picture in (tmp_path / "cards").iterdir():
            os.utime(picture, (picture.stat().st_mtime - 10,) * 2)
    names = {path.name for path in (tmp_path / "cards").iterdir()}
    kept = [number for number in range(6) if f"{images._name(f'Title {number}', '', '')}.png" in names]  # noqa: SLF001
    assert kept == [2, 3, 4, 5]


# -- exports, Markdown, overviews --------------------------------------------------------------------------------------


def test_a_line_s_exports_lie_beside_it(site: Path) -> None:
    folder = site / LINE
    cited = parse_string((folder / "cite.bib").read_text(encoding="utf-8"), "bibtex").entries
    sources = parse_string((folder / "sources.bib").read_text(encoding="utf-8"), "bibtex").entries
    assert list(cited) == ["why-rise", *sources]
    assert len(rispy.loads((folder / "cite.ris").read_text(encoding="utf-8"))) == len(cited)
    assert [item["id"] for item in json.loads((folder / "cite.json").read_bytes())] == list(cited)
    described = links(page(site, LINE), "describedby")
    assert described == {
        "application/x-bibtex": "cite.bib",
        "application/x-research-info-systems": "cite.ris",
        "application/vnd.citationstyles.csl+json": "cite.json",
    }
    assert {"cite.bib", "cite.ris", "cite.json", "sources.bib"} <= set(page(site, LINE).addresses)


def test_every_note_and_line_has_its_markdown(site: Path) -> None:
    for folder in (*site.glob("notes/*/"), *site.glob("lines/*/"), *site.glob("lines/method/*/")):
        html = folder / "index.html"
        if not html.is_file() or "http-equiv" in html.read_text(encoding="utf-8"):
            continue
        assert links(Page(html.read_text(encoding="utf-8")), "alternate")["text/markdown"] == "index.md"
        _, head, body = (folder / "index.md").read_text(encoding="utf-8").split("---\n", 2)
        facts = yaml.safe_load(head)
        assert facts["title"]
        address = unquote(facts["url"].removeprefix(ROOT))
        assert address == f"{folder.relative_to(site).as_posix()}/"
        prose = re.sub(r"```.*?```|`[^`]*`|\n    [^\n]*", "", body, flags=re.DOTALL)
        assert "%%" not in prose
        assert not re.search(r"\[\[[^\]]*\]\]", prose)


def test_markdown_is_left_out_where_an_author_says_so(tmp_path: Path) -> None:
    plugins = [{"inquiry": {"bibliography": ["sources.bib", "more.json", "more.yaml"], "markdown": False}}]
    place("full", tmp_path / "full", {"plugins": plugins})
    run_build(tmp_path / "full")
    assert not list((tmp_path / "full/site").rglob("index.md"))
    assert "text/markdown" not in links(page(tmp_path / "full/site", LINE), "alternate")
    text = (tmp_path / "full/site/llms.txt").read_text(encoding="utf-8")
    assert f"({ROOT}{LINE}/)" in text


def test_a_large_site_has_the_markdown_of_its_lines_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inquiry.site.machine_files.MOST_TEXTS", 3)
    place("full", tmp_path / "full")
    run_build(tmp_path / "full")
    site = tmp_path / "full/site"
    assert not list(site.glob("notes/*/index.md"))
    text = (site / LINE / "index.md").read_text(encoding="utf-8")
    assert "(../../notes/starter/)" in text
    assert f"({ROOT}notes/starter/)" in (site / "llms.txt").read_text(encoding="utf-8")
    assert "text/markdown" not in links(page(site, "notes/starter"), "alternate")


def test_markdown_names_nothing_that_is_not_published(tmp_path: Path) -> None:
    place("full", tmp_path / "full")
    (tmp_path / "full/lines/crust.md").write_text(
        "---\ntitle: Crust\n---\nHeat [[zz-draft-secret|and more]], [b][ref], [c](../notes/draft.md).\n\n"
        "![[zz-draft-secret]]\n\n[ref]: ../notes/draft.md\n\n```\n[ref]: code\n```\n<!-- hidden -->\n",
        encoding="utf-8",
    )
    run_build(tmp_path / "full")
    body = (tmp_path / "full/site/lines/crust/index.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    assert "Heat and more, b, c." in body
    assert "draft.md" not in body
    assert "hidden" not in body
    assert "```\n[ref]: code\n```" in body


def test_markdown_links_to_markdown(site: Path) -> None:
    text = (site / LINE / "index.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)]+)\)", text)
    assert "../../notes/starter/index.md" in {target.partition("#")[0] for target in targets}
    for target in targets:
        path = unquote(target.partition("#")[0])
        assert not path or (site / LINE / path).exists(), target


def test_llms_txt_lists_what_is_public(site: Path) -> None:
    text = (site / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# Bread & water\n\n> Questions about dough.\n")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Lines", "Topics", "Optional"]
    targets = re.findall(r"\]\((\S+)\)", text)
    assert f"{ROOT}{LINE}/index.md" in targets
    assert all((site / unquote(target.removeprefix(ROOT))).exists() for target in targets)
    assert "unlisted" not in text


def test_the_graph_has_the_address_of_each_page(site: Path) -> None:
    graph = json.loads((site / "graph.json").read_bytes())
    nodes = {node["id"]: node for node in graph["nodes"]}
    assert nodes["line:why-rise"]["url"] == f"{ROOT}{LINE}/"
    for node in nodes.values():
        assert not node["url"] or (site / unquote(node["url"].removeprefix(ROOT)) / "index.html").is_file()
    assert all(edge["source"] in nodes and edge["target"] in nodes for edge in graph["edges"])
    assert not [name for name in nodes if "unlisted" in name or "draft" in name]


# -- the sitemap -------------------------------------------------------------------------------------------------------


def sitemap(raw: bytes) -> dict[str, str]:
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    rows = ET.parse(io.BytesIO(raw)).getroot().findall("s:url", names)  # noqa: S314 - our own file
    return {row.findtext("s:loc", "", names): row.findtext("s:lastmod", "", names) for row in rows}


def test_the_sitemap_has_the_dates_of_documents_and_never_that_of_the_build(site: Path) -> None:
    listed = sitemap((site / "sitemap.xml").read_bytes())
    assert listed[f"{ROOT}{LINE}/"] == "2025-03-20"
    assert listed[f"{ROOT}guide/dated/"] == "2024-05-06"
    assert listed[f"{ROOT}guide/baking/"] == ""
    assert "2025-06-15" not in listed.values()
    assert not [address for address in listed if "unlisted" in address or "draft" in address]
    assert sitemap(gzip.decompress((site / "sitemap.xml.gz").read_bytes())) == listed


def test_the_day_of_the_build_changes_nothing(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place("full", tmp_path / "full")
    (tmp_path / "full/docs/guide/dated.md").write_text("---\nupdated: 2024-05-06\n---\n# Dated\n", encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    run_build(tmp_path / "full")
    first, second = (
        {name: raw for name, raw in tree(one).items() if not name.startswith("pagefind/")}
        for one in (site, tmp_path / "full/site")
    )
    assert second == first


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("notes/starter/starter.md", "updated: 2025-02-01", "updated: 2025-02-03"),
        ("notes/crumb.md", "title: ", "title: Really, "),
        ("mkdocs.yml", "Questions about dough", "Doubts about dough"),
        ("mkdocs.yml", "bread.example", "toast.example"),
    ],
    ids=["date", "title", "description", "address"],
)
def test_files_for_programs_follow_an_edit(tmp_path: Path, path: str, old: str, new: str) -> None:
    place("full", tmp_path / "full")
    run_build(tmp_path / "full")
    edited = tmp_path / "full" / path
    text = edited.read_text(encoding="utf-8")
    assert old in text
    edited.write_text(text.replace(old, new, 1), encoding="utf-8")
    run_build(tmp_path / "full")
    again = tree(tmp_path / "full/site")
    shutil.rmtree(tmp_path / "full/site")
    shutil.rmtree(tmp_path / "full/.cache")
    run_build(tmp_path / "full")
    fresh = tree(tmp_path / "full/site")
    wanted = {name: raw for name, raw in fresh.items() if not name.startswith("pagefind/")}
    assert {name: raw for name, raw in again.items() if not name.startswith("pagefind/")} == wanted


def test_the_checker_knows_every_file_for_programs(site: Path) -> None:
    """So that an address of the site in a note is not called lost."""
    project = load_project(site.parent / "mkdocs.yml")
    corpus = Loading(project).corpus()
    graph = build_graph(corpus, Resolver(corpus))
    known = published(corpus, graph, site_urls(project, graph), ["docs/index.md"])
    names = {"index.md", "card.png", "cite.bib", "cite.ris", "cite.json", "sources.bib", "feed.xml", "feed.json"}
    made = {path for path in tree(site) if path.rpartition("/")[2] in names | {"llms.txt", "graph.json"}}
    assert len(made) > len(names)
    assert not [path for path in made if not known.leads_somewhere(path)]
    assert not known.leads_somewhere("nowhere/cite.bib")


# -- a site that does not know its address -----------------------------------------------------------------------------


def test_without_an_address_what_needs_one_is_left_out(tmp_path: Path) -> None:
    place("full", tmp_path / "full", {"site_url": ""})
    run_build(tmp_path / "full")
    site = tmp_path / "full/site"
    assert not list(site.rglob("feed.*"))
    assert not list(site.rglob("card.png"))
    line = page(site, LINE)
    assert "application/atom+xml" not in links(line, "alternate")
    assert metas(line, "og:image") == metas(line, "citation_public_url") == []
    article = of_type(expanded(line), "ScholarlyArticle")
    assert "@id" not in article
    assert value(article, "headline") == "Why does dough rise?"
    assert "(lines/why-rise/index.md)" in (site / "llms.txt").read_text(encoding="utf-8")
    assert '"url":"lines/why-rise/"' in (site / "graph.json").read_text(encoding="utf-8")


def test_a_file_of_the_author_s_takes_the_place_of_ours(tmp_path: Path) -> None:
    place("full", tmp_path / "full")
    (tmp_path / "full/docs/llms.txt").write_text("mine\n", encoding="utf-8")
    run_build(tmp_path / "full")
    assert (tmp_path / "full/site/llms.txt").read_text(encoding="utf-8") == "mine\n"
