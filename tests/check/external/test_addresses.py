"""What an address is, and which of them are nobody's business."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.check.external.addresses import Address, Malformed, followed, is_private_ip, read_address


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://Example.ORG", "https://example.org/"),
        ("https://example.edu:443/a?b=c#d", "https://example.edu/a?b=c"),
        ("http://example.edu:8080/ü b", "http://example.edu:8080/%C3%BC%20b"),
        ("http://example.edu/a%20b?x=[1]", "http://example.edu/a%20b?x=[1]"),
        ("https://bücher.example.edu/", "https://xn--bcher-kva.example.edu/"),
        ("http://BÜCHER。example.edu/", "http://xn--bcher-kva.example.edu/"),
        ("https://straße.example.edu/", "https://xn--strae-oqa.example.edu/"),
        ("https://🎉.example.edu/", "https://xn--dk8h.example.edu/"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("http://anna:secret@example.edu/", "http://example.edu/"),
        ("https://exam\nple.edu/", "https://example.edu/"),
        ("doi:10.1000/182", "https://doi.org/10.1000/182"),
        ("http://dx.doi.org/10.1000/182", "https://doi.org/10.1000/182"),
        ("https://arxiv.org/pdf/2305.11383v2.pdf", "https://arxiv.org/abs/2305.11383v2"),
        ("http://www.arxiv.org/abs/2305.11383", "https://arxiv.org/abs/2305.11383"),
    ],
)
def test_an_address_is_asked_in_one_spelling(written: str, asked: str) -> None:
    read = read_address(written)
    assert isinstance(read, Address)
    assert read.url == asked


@pytest.mark.parametrize(
    "written",
    [
        "http://[::bad/",
        "http://host:99999/",
        "http://",
        "https:///path",
        "http://a..b/",
        f"http://{'a' * 64}.edu/",
        f"http://{'a.' * 127}edu/",
        "http://x y/",
        "doi:x",
    ],
)
def test_what_is_no_address_is_said_to_be_none(written: str) -> None:
    assert isinstance(read_address(written), Malformed)


@pytest.mark.parametrize("written", ["mailto:a@example.org", "notes/a.md", "/path", "tel:1", "ftp://example.edu/", ""])
def test_what_is_not_of_the_web_is_passed_over(written: str) -> None:
    assert read_address(written) is None


def test_a_relative_scheme_is_that_of_the_site() -> None:
    read = read_address("//example.edu/x", relative_scheme="http")
    assert isinstance(read, Address)
    assert read.url == "http://example.edu/x"


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "a.localhost", "printer", "nas.local", "wiki.internal", "box.home.arpa", "127.0.0.1", "10.1.2.3",
        "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "[::1]", "[fe80::1]", "[fd00::1]",
        "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1",
    ],
)  # fmt: skip
def test_hosts_of_private_networks_are_known_by_sight(host: str) -> None:
    read = read_address(f"http://{host}/")
    assert isinstance(read, Address)
    assert read.is_private


@pytest.mark.parametrize(
    "host", ["example.edu", "8.8.8.8", "[2606:4700::1111]", "internal.example.edu", "localhost.com"]
)
def test_public_hosts_are_not_private(host: str) -> None:
    read = read_address(f"http://{host}/")
    assert isinstance(read, Address)
    assert not read.is_private


def test_a_name_is_no_ip_address() -> None:
    with pytest.raises(ValueError, match="does not appear"):
        is_private_ip("example.edu")


def test_a_redirect_is_read_from_where_it_stands() -> None:
    read = read_address("https://example.edu/a/b?c")
    assert isinstance(read, Address)
    onward, fragment = followed(read, "../d#e")
    assert isinstance(onward, Address)
    assert (onward.url, fragment) == ("https://example.edu/d", "e")


@given(st.text() | st.text().map("http://".__add__) | st.text().map("https://example.edu/".__add__))
def test_no_text_makes_reading_fail(text: str) -> None:
    read = read_address(text)
    if isinstance(read, Address):
        assert read.url.isascii()
        assert not set(read.url) & set(" \r\n\t")
        assert isinstance(read_address(read.url), Address)
