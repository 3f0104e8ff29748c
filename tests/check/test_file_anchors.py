"""Places in files that are no notes: pages of PDFs however they are packed, ids of pictures however they are quoted."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry.check.file_anchors import pdf_pages, svg_ids

TREE = b"<</Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3>> <</Type/Page>> <</Type /Page>> <</Type/Page/Parent 2 0 R>>"


def packed(content: bytes) -> bytes:
    return b"7 0 obj <</Type/ObjStm/Filter/FlateDecode>>\nstream\r\n" + zlib.compress(content) + b"\nendstream endobj"


@pytest.mark.parametrize(
    ("raw", "pages"),
    [
        (b"%PDF-1.4\n" + TREE, 3),
        (b"%PDF-1.5\n" + packed(TREE), 3),
        (b"%PDF-1.5\n<</Type/Pages/Count 2/Kids[]>>" + packed(b"<</Count 9 /Kids [] /Type /Pages>>"), 9),
        (b"%PDF-1.5\n<</Type/Pages/Kids[]/Parent 1 0 R/Count 1>>" + b"<</Type/Page>>" * 4, 4),
        (b"%PDF-1.5\n" + packed(b"x")[:-20], None),
        (b"%PDF-1.4\n<</Encrypt 9 0 R>>" + TREE, None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_pages_of_a_pdf_are_counted_or_not_known(raw: bytes, pages: int | None) -> None:
    assert pdf_pages(raw) == pages


@given(st.binary())
def test_no_bytes_break_the_count(noise: bytes) -> None:
    pdf_pages(b"%PDF-1.7\n" + noise)
    pdf_pages(b"%PDF-1.7\nstream\n" + noise + b"endstream")


def test_ids_of_a_picture_are_found_as_written() -> None:
    assert svg_ids('<svg id="a&amp;b"><g id = \'c d\'/><g data-id="no"/></svg>') == {"a&b", "c d"}
