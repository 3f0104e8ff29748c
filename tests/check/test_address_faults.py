"""Addresses as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.check.addresses import address_fault


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("htp://example.org", "malformed-address"),
        ("hhtps://example.org", "malformed-address"),
        ("mialto:anna@example.org", "malformed-address"),
        ("http://http://example.org", "malformed-address"),
        ("https://https//example.org", "malformed-address"),
        ("http://example.org:99999/", "malformed-address"),
        ("http://example.org:0/", "malformed-address"),
        ("http://[::bad/", "malformed-address"),
        ("https://", "malformed-address"),
        ("//", "malformed-address"),
        ("https://two words.example/", "malformed-address"),
        ("https://example..org/", "malformed-address"),
        ("file:///home/anna/x.pdf", "local-address"),
        ("obsidian://open?vault=x", "program-address"),
        ("https://anna:secret@example.org/", "exposed-password"),
        ("mailto:anna@", "incomplete-mailbox"),
        ("mailto:", "incomplete-mailbox"),
        ("mailto:anna@x.org,bert", "incomplete-mailbox"),
    ],
)
def test_a_faulty_address_breaks_one_rule(url: str, rule: str) -> None:
    fault = address_fault(url)
    assert fault is not None
    assert fault.rule == rule


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "HTTP://EXAMPLE.ORG:8080/?a=b#c",
        "http://[2001:db8::1]:80/",
        "//example.org/x",
        "https://http.example.org/",
        "https://bücher.example/",
        "https://web.archive.org/web/2020/https://example.org/",
        "https://anna@example.org/",
        "mailto:anna@example.org?subject=a@b",
        "mailto:?subject=x",
        "tel:+123",
        "doi:10.1000/182",
        "data:image/gif;base64,xx",
        "notes/tea.md",
    ],
)
def test_a_good_address_breaks_none(url: str) -> None:
    assert address_fault(url) is None


@given(st.text(max_size=40) | st.from_regex(r"(https?|ftp|mailto)://?[\[\]:@/%.a-z0-9]{0,20}", fullmatch=True))
def test_no_address_is_too_strange(url: str) -> None:
    address_fault(url)
