"""Addresses: what is spelled in one place must hold everywhere."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.graph.published import redirects
from inquiry.graph.urls import SLUG_LENGTH, Urls
from strategies import make_document

URLS = Urls("https://example.org/kb/")
FLAT = Urls("https://example.org/kb", use_directory_urls=False)


def test_a_document_lies_under_its_kind_and_id() -> None:
    assert URLS.line("why-sleep") == "lines/why-sleep/"
    assert URLS.note("sleep-debt") == "notes/sleep-debt/"
    assert URLS.destination("notes/sleep-debt/") == "notes/sleep-debt/index.html"


def test_letters_outside_ascii_are_encoded_in_the_path_and_plain_on_disk() -> None:
    path = URLS.note("schlaf-für-alle")
    assert path == "notes/schlaf-f%C3%BCr-alle/"
    assert URLS.destination(path) == "notes/schlaf-für-alle/index.html"


def test_an_id_cannot_climb_out_of_the_site() -> None:
    assert posixpath.normpath(URLS.destination(URLS.note("../../etc"))).startswith("notes/")


@pytest.mark.parametrize(
    ("urls", "to", "page", "href"),
    [
        (URLS, "lines/x/", "notes/y/", "../../lines/x/"),
        (URLS, "notes/y/", "notes/", "../notes/y/"),
        (URLS, "notes/", "", "notes/"),
        (URLS, "", "lines/x/", "../../"),
        (URLS, "", "", "./"),
        (URLS, "notes/img/a.png", "notes/y/", "../../notes/img/a.png"),
        (FLAT, "lines/x/", "notes/y/", "../../lines/x/index.html"),
        (FLAT, "", "notes/y/", "../../index.html"),
        (FLAT, "about.html", "notes/y/", "../../about.html"),
        (FLAT, "notes/img/a.png", "about.html", "notes/img/a.png"),
    ],
)
def test_a_relative_link_reaches_its_target(urls: Urls, to: str, page: str, href: str) -> None:
    assert urls.relative(to, page) == href


@given(st.lists(st.text(max_size=80), max_size=30, unique=True))
def test_distinct_topics_never_share_a_page(names: list[str]) -> None:
    urls = Urls.allocated("", use_directory_urls=True, topics=names)
    destinations = {urls.destination(urls.topic(name)).casefold() for name in names}
    assert len(destinations) == len(names)


@given(st.text(max_size=300))
def test_a_topic_or_source_of_any_name_has_a_writable_file(name: str) -> None:
    urls = Urls.allocated("", use_directory_urls=True, topics=[name], sources=[name])
    for path in (urls.topic(name), urls.source(name)):
        parts = urls.destination(path).split("/")
        assert len(parts) == 3
        assert all(part not in {"", ".", ".."} for part in parts)
        assert len(parts[1]) <= SLUG_LENGTH


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40), st.booleans())
def test_following_a_link_arrives_at_the_file_that_was_written(
    origin: str, target: str, use_directory_urls: bool
) -> None:
    urls = Urls(use_directory_urls=use_directory_urls)
    page, to = urls.topic(origin), urls.note(target)
    arrived = posixpath.normpath(unquote(posixpath.join(posixpath.dirname(page), urls.relative(to, page))))
    wanted = urls.destination(to)
    expected = wanted if not use_directory_urls else posixpath.dirname(wanted)
    assert arrived == posixpath.normpath(expected)


def test_the_first_of_two_colliding_topics_keeps_the_plain_address() -> None:
    urls = Urls.allocated("", use_directory_urls=True, topics=["health/sleep", "Health sleep"])
    assert urls.topic("health/sleep") == "topics/health-sleep/"
    assert urls.topic("Health sleep") == "topics/health-sleep-2/"


def test_a_source_is_found_by_key_and_by_identity() -> None:
    urls = Urls.allocated("", use_directory_urls=True, sources=["key:DBLP:conf/acl/1", "doi:10.1/x"])
    assert urls.source("key:DBLP:conf/acl/1") == "sources/DBLP-conf-acl-1/"
    assert urls.source("DBLP:conf/acl/1") == urls.source("key:DBLP:conf/acl/1")
    assert urls.source("doi:10.1/x") == "sources/doi-10.1-x/"


@pytest.mark.parametrize(
    ("path", "pretty", "flat"),
    [
        ("docs/about.md", "about/", "about.html"),
        ("docs/index.md", "", "index.html"),
        ("docs/guide/README.md", "guide/", "guide/index.html"),
        ("docs/guide/new notes.md", "guide/new%20notes/", "guide/new%20notes.html"),
    ],
)
def test_ordinary_pages_follow_the_rules_of_mkdocs(path: str, pretty: str, flat: str) -> None:
    assert URLS.doc(path) == pretty
    assert FLAT.doc(path) == flat


def test_assets_keep_their_place_and_those_of_docs_lose_the_folder() -> None:
    assert URLS.asset("notes/img/x.png") == "notes/img/x.png"
    assert URLS.asset("docs/img/x y.png") == "img/x%20y.png"


def test_the_canonical_address_needs_a_site_url() -> None:
    assert URLS.canonical("notes/x/") == "https://example.org/kb/notes/x/"
    assert FLAT.canonical("") == "https://example.org/kb/index.html"
    assert Urls().canonical("notes/x/") == ""


@pytest.mark.parametrize(
    ("alias", "paths"),
    [
        ("Night air", ["notes/night-air/"]),
        ("Night_Air", ["notes/Night_Air/", "notes/night-air/"]),
        ("night-air", ["notes/night-air/"]),
        ("/posts/night-air/", ["notes/night-air/", "posts/night-air/"]),
        ("/posts/Luft.html", ["notes/Luft.html/", "notes/luft.html/", "posts/Luft.html"]),
        ("/über/", ["notes/%C3%BCber/", "%C3%BCber/"]),
        ("/feed.xml", ["notes/feed.xml/"]),
        ("/../posts/x/", ["notes/x/"]),
        ("/posts//x/", ["notes/x/"]),
        ("/404.html", ["notes/404.html/"]),
        ("/index.html", ["notes/index-html/"]),
        ("/notes/", ["notes/notes/"]),
        ("cooling", []),
        ("COOLING", []),
        ("/notes/Cooling/", []),
        ("/", []),
    ],
)
def test_an_alias_is_an_old_address_and_takes_none_that_is_in_use(alias: str, paths: list[str]) -> None:
    note = make_document("notes/cooling.md", aliases=[alias, alias])
    assert list(redirects([note], Urls())) == [(path, note) for path in paths]


def test_of_two_that_ask_for_an_old_address_the_first_has_it() -> None:
    first = make_document("notes/a.md", aliases=["Luft"])
    second = make_document("notes/b.md", aliases=["luft", "b2"])
    found = [(path, document.id) for path, document in redirects([first, second], Urls())]
    assert found == [("notes/Luft/", first.id), ("notes/luft/", first.id), ("notes/b2/", second.id)]
