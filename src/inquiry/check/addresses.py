"""What is wrong with an address as it is written, before anybody asks for it: scheme, host, port, password.

Pure, and never raises: an address that no parser takes is a finding like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_WEB = ("https", "http")
_NEAR_SCHEMES = ("https", "http", "mailto", "ftp")
"""What a misspelt scheme was meant to be, likeliest first."""
_FOR_ANYBODY = frozenset(
    """
    http https ftp ftps sftp mailto tel sms geo data doi urn news nntp irc ircs xmpp sip sips magnet git ssh svn ws wss
    matrix nostr gemini gopher bitcoin ethereum info hdl arxiv about blob webcal feed
    """.split()
)
"""Schemes that stand for no single program, or that other tools read."""
_DOUBLED = re.compile(r"https?:/*(https?)(?::/+|//)", re.IGNORECASE)
_PORTS = 65535
_PATTERN = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*\{")
_HOST = re.compile(r"[^\s\"<>\\^`{|}\x00-\x20]+")


@dataclass(frozen=True, slots=True)
class AddressFault:
    """What is wrong with an address."""

    rule: str
    message: str
    hint: str = ""


def address_fault(url: str) -> AddressFault | None:
    """Find what is wrong with an absolute address; None when it may be asked for.

    >>> address_fault("htp://example.org/").rule
    'malformed-address'
    >>> address_fault("https://example.org/") is None
    True
    """
    url = url.strip()
    if url.startswith("//"):
        return _web_fault(f"https:{url}", url)
    match = _SCHEME.match(url)
    if match is None:
        return None
    scheme = match[1].lower()
    if scheme in _WEB or scheme == "ftp":
        return _web_fault(url, url)
    if scheme == "mailto":
        return _mail_fault(url)
    if scheme == "file":
        message = f"`{_short(url)}` opens only on the computer of its author"
        return AddressFault("local-address", message, "put the file into the knowledge base")
    if scheme in _FOR_ANYBODY:
        return None
    return _unknown_scheme(scheme, url)


def is_pattern(url: str) -> bool:
    """Tell whether an address stands for many: its host has a part in braces, as in `https://{user}.example.org/`.

    >>> is_pattern("https://{user}.example.org/"), is_pattern("https://example.org/{user}")
    (True, False)
    """
    return bool(_PATTERN.match(url))


def _unknown_scheme(scheme: str, url: str) -> AddressFault:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - most knowledge bases never meet one

    meant = next((known for known in _NEAR_SCHEMES if OSA.distance(scheme, known) == 1), "")
    if not meant and url[len(scheme) :].startswith("://"):
        meant = next((known for known in _WEB if OSA.distance(scheme, known) <= 2 and scheme[0] == "h"), "")  # noqa: PLR2004
    if meant:
        right = f"{meant}{url[len(scheme) :]}"
        message = f"`{_short(url)}` has the scheme `{scheme}`, which does not exist"
        return AddressFault("malformed-address", message, f"did you mean `{_short(right)}`?")
    return AddressFault("program-address", f"`{scheme}:` opens in one program only, and nowhere else")


def _web_fault(url: str, written: str) -> AddressFault | None:
    doubled = _DOUBLED.match(url)
    if doubled:
        message = f"`{_short(written)}` has two schemes"
        right = f"{doubled[1]}://{url[doubled.end() :].lstrip('/')}"
        return AddressFault("malformed-address", message, f"did you mean `{_short(right)}`?")
    try:
        parts = urlsplit(url)
        host, user, password, port = parts.hostname or "", parts.username, parts.password, parts.port
    except ValueError as error:
        return AddressFault("malformed-address", f"`{_short(written)}` is no address: {_reason(error)}")
    for reason in _host_reasons(host, port):
        return AddressFault("malformed-address", f"`{_short(written)}` is no address: {reason}")
    if user is not None and password is not None:
        message = f"the address tells everybody the password of `{user}` at `{host}`"
        return AddressFault("exposed-password", message, "take the user and the password out, and change the password")
    return None


def _host_reasons(host: str, port: int | None) -> Iterator[str]:
    """Say why a host or a port cannot be asked."""
    if not host:
        yield "it names no host"
    elif not _HOST.fullmatch(host):
        yield f"`{_short(host)}` is no host"
    elif ".." in host or host.startswith("."):
        yield f"the host `{_short(host)}` has an empty part"
    if port == 0:
        yield "there is no port 0"


def _reason(error: ValueError) -> str:
    text = str(error).lower()
    if "port" in text:
        return f"ports go from 1 to {_PORTS}"
    return "its host is not closed by `]`" if "ipv6" in text else "its host cannot be read"


def _mail_fault(url: str) -> AddressFault | None:
    mailboxes = url.partition(":")[2].partition("?")[0]
    if not mailboxes and "?" in url:
        return None  # `mailto:?subject=…` leaves the receiver to the reader
    for mailbox in mailboxes.split(","):
        name, at, host = mailbox.strip().rpartition("@")
        if not (name and at and host.strip(".")) or " " in mailbox.strip():
            hint = "write it as `mailto:name@example.org`"
            return AddressFault("incomplete-mailbox", f"`{_short(url)}` names no mailbox", hint)
    return None


_SHOWN = 80
"""Characters of an address that a message quotes: enough to recognise it."""


def _short(url: str) -> str:
    flat = " ".join(url.split())
    return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…"
