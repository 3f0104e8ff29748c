"""Findings about addresses: what an address of the own site leads to, and what no address may look like.

Notes, lines, ordinary pages and mkdocs.yml all word them here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from inquiry.check.addresses import address_fault
from inquiry.check.own_site import Nowhere, SentOn
from inquiry.check.wording import did_you_mean, quoted
from inquiry.diagnostics import Edit, finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from inquiry.check.own_site import Landing
    from inquiry.diagnostics import Diagnostic, Span


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an address is written, and how."""

    path: str
    """File, relative to the folder of mkdocs.yml."""
    span: Span
    written: str
    """As the message quotes it."""


def landing_fault(spot: Spot, landing: Landing, spelled: Callable[[str], str]) -> Iterator[Diagnostic]:
    """Report an address of the own site that nothing answers, or only a redirect.

    Args:
        spot: Where it is written.
        landing: What it leads to.
        spelled: Writes a path from the site's root as the author would have here.
    """
    name = quoted(spot.written)
    match landing:
        case SentOn(right, why):
            hint = did_you_mean((spelled(right),))
            message = f"{name} is not the page's own address: {why}"
            yield finding("redirected-link", spot.path, spot.span, message, hint=hint)
        case Nowhere(hidden=hidden) if hidden:
            message = f"{name} is the address of {quoted(hidden)}, which is not published"
            hint = "publish it, or take the link out"
            yield finding("unpublished-target", spot.path, spot.span, message, hint=hint)
        case Nowhere(right, case=True):
            edits = (Edit(spot.path, spot.span, spot.written, spelled(right[0])),)
            message = f"{name} differs in case from the address {quoted(spelled(right[0]))}"
            hint = did_you_mean((spelled(right[0]),))
            yield finding("wrong-case", spot.path, spot.span, message, hint=hint, edits=edits)
        case Nowhere(right):
            hint = did_you_mean(tuple(map(spelled, right)))
            yield finding("dangling-link", spot.path, spot.span, f"the site has nothing at {name}", hint=hint)
        case _:
            return


def outside_the_site(spot: Spot, prefix: str, right: str) -> Diagnostic:
    """Report a path from the host that leads out of the site; `right` is what was meant, as far as one can tell."""
    message = f"{quoted(spot.written)} does not begin with {quoted(prefix)}, where the site lies"
    return finding("dangling-link", spot.path, spot.span, message, hint=did_you_mean((right,)) if right else "")


def written_fault(spot: Spot, url: str) -> Iterator[Diagnostic]:
    """Report an address that is wrong as it is written."""
    fault = address_fault(url)
    if fault is not None:
        yield finding(fault.rule, spot.path, spot.span, fault.message, hint=fault.hint)


def encoded(path: str) -> str:
    """Percent-encode a path as an author would write it: letters of every script stay as they are."""
    return "".join(char if char.isalnum() else quote(char, safe="/-_.~!$&'()*+,;=:@") for char in path)
