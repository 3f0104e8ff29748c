"""What an address is and whether it may be asked at all.

Pure: no name is looked up here.  Several spellings of one thing (a DOI under `doi:`, `dx.doi.org` or `doi.org`, a
paper's `abs` and `pdf` page at arXiv, anything but a fragment) come down to one `Address`, which is asked once.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit

from inquiry.corpus.identifiers import bare_doi

_PORTS = {"http": 80, "https": 443}
_IGNORED_BY_BROWSERS = re.compile(r"[\t\n\r]|^[\x00-\x20]+|[\x00-\x20]+$")
_KEPT_IN_TARGET = "!$&'()*+,;=:@/?~%-._[]|"
"""Characters that go over the wire as they were written; all others are percent-encoded."""
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?")
_ARXIV_PAGE = re.compile(r"/(?:abs|pdf|html)/((?:\d{4}\.\d{4,5}|[a-z.-]+/\d{7})(?:v\d+)?)(?:\.pdf)?/?", re.IGNORECASE)
_LONGEST_NAME, _LONGEST_LABEL = 253, 63
"""Characters that a host's name and each part of it may have (RFC 1035)."""
_DOTS = re.compile("[.\u3002\uff0e\uff61]")
"""What parts a name: also the full stops of East Asian keyboards."""
_KEPT_LETTERS = {char: char for char in "\u00df\u03c2\u200c\u200d"}
"""Letters that were folded into others once and have names of their own now (IDNA 2008)."""
_DOI_HOSTS = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})
_ARXIV_HOSTS = frozenset({"arxiv.org", "www.arxiv.org", "export.arxiv.org"})
_RESOLVERS = frozenset({"doi.org", "hdl.handle.net", "arxiv.org", "n2t.net", "purl.org", "w3id.org", "identifiers.org"})
"""Hosts whose work it is to send readers on: once they do, the address is good, whatever the publisher answers."""
_EXAMPLES = ("example.com", "example.net", "example.org")
"""Names kept for documentation (RFC 2606); nobody means a reader to follow them."""
_NEVER = ("invalid",)
"""Top-level names that are promised never to exist (RFC 2606)."""
_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "onion")
"""Ends of names that only one network knows."""


@dataclass(frozen=True, slots=True)
class Address:
    """A web address as it is asked: without fragment, its host in ASCII, its path encoded."""

    scheme: str
    """`http` or `https`."""
    host: str
    """Lower case, in ASCII; an IPv6 address without brackets."""
    port: int
    target: str
    """Path and query, percent-encoded; begins with `/`."""
    authority: str = field(init=False, repr=False, compare=False)
    """Host and port as a `Host` header has them; the scheme's own port is left out."""
    url: str = field(init=False, repr=False, compare=False)
    """The address as text: what names it in answers and on disk."""

    def __post_init__(self) -> None:
        host = f"[{self.host}]" if ":" in self.host else self.host
        authority = host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"
        object.__setattr__(self, "authority", authority)
        object.__setattr__(self, "url", f"{self.scheme}://{authority}{self.target}")

    @property
    def path(self) -> str:
        """Decoded path, without query."""
        return unquote(self.target.partition("?")[0])

    @property
    def is_resolver(self) -> bool:
        """Whether its host only sends readers on."""
        return self.host in _RESOLVERS

    @property
    def is_example(self) -> bool:
        """Whether its host is kept for documentation."""
        return _under(self.host, _EXAMPLES)

    @property
    def cannot_exist(self) -> bool:
        """Whether its host's name is promised never to exist."""
        return _under(self.host, _NEVER)

    @property
    def is_private(self) -> bool:
        """Whether its host says by itself that only some network or machine can reach it."""
        return _is_private(self.host)


@dataclass(frozen=True, slots=True)
class Malformed:
    """A text that looks like a web address and is none."""

    reason: str
    """As the end of a sentence: `it names no host`."""


def read_address(url: str, *, relative_scheme: str = "https") -> Address | Malformed | None:
    """Read an address; None for one that is not of the web (`mailto:`, `tel:`, `ftp:` …).  Never raises.

    Args:
        url: As an author wrote it, a fragment included or not.
        relative_scheme: What `//host/path` is taken to begin with.

    >>> read_address("HTTP://Example.org/a b#c").url
    'http://example.org/a%20b'
    >>> read_address("doi:10.1000/182").url
    'https://doi.org/10.1000/182'
    >>> read_address("http://host:99999/")
    Malformed(reason='its port is none')
    """
    text = _IGNORED_BY_BROWSERS.sub("", url)
    scheme, colon, rest = text.partition(":")
    if colon and scheme.lower() == "doi":
        return _doi(rest) or Malformed("it is no DOI")
    if text.startswith("//"):
        text = f"{relative_scheme}:{text}"
    elif scheme.lower() not in _PORTS or not colon:
        return None
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        return Malformed("its port is none" if "ort" in str(error) else "its host is none")
    if not host:
        return Malformed("it names no host")
    ascii_host = _in_ascii(host)
    if not ascii_host or port == 0:
        return Malformed("its host is none" if port != 0 else "its port is none")
    target = quote(parts.path or "/", safe=_KEPT_IN_TARGET, errors="replace")
    if parts.query:
        target += "?" + quote(parts.query, safe=_KEPT_IN_TARGET, errors="replace")
    address = Address(parts.scheme, ascii_host, port or _PORTS[parts.scheme], target)
    return _canonical(address)


def followed(address: Address, location: str) -> tuple[Address | Malformed | None, str]:
    """Read where a redirect leads, from the address that answered, and the fragment that it names."""
    try:
        joined = urljoin(address.url, _IGNORED_BY_BROWSERS.sub("", location))
    except ValueError:
        return Malformed("its host is none"), ""
    return read_address(joined), fragment_of(joined)


def fragment_of(url: str) -> str:
    """Give what follows `#`, as written."""
    return url.partition("#")[2]


def is_private_ip(text: str) -> bool:
    """Tell whether an IP address is not one of the public internet, however it is wrapped.

    Raises:
        ValueError: The text is no IP address.
    """
    ip = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or _nat64(ip)
        if inner is not None:
            return is_private_ip(str(inner))
    return not ip.is_global or ip.is_multicast


@lru_cache(maxsize=4096)
def _is_private(host: str) -> bool:
    try:
        return is_private_ip(host)
    except ValueError:
        name = host.rstrip(".")
        return "." not in name or _under(name, _LOCAL_NAMES)


def _nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Take the IPv4 address out of an IPv6 one of a translator (RFC 6052)."""
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in ipaddress.IPv6Network("64:ff9b::/96") else None


@lru_cache(maxsize=4096)
def _under(host: str, names: tuple[str, ...]) -> bool:
    name = host.rstrip(".")
    return any(name == one or name.endswith(f".{one}") for one in names)


def _in_ascii(host: str) -> str:
    """Spell a host as the wire wants it; empty when it cannot be one."""
    try:
        if ":" in host:
            return str(ipaddress.IPv6Address(host))
        name = host if host.isascii() else ".".join(map(_label_in_ascii, _DOTS.split(host)))
    except ValueError:
        return ""
    fits = len(name) <= _LONGEST_NAME and all(len(label) <= _LONGEST_LABEL for label in name.split("."))
    return name if fits and _HOST.fullmatch(name) else ""


def _label_in_ascii(label: str) -> str:
    """Spell one part of a name as browsers do (UTS 46), who know more letters than Python's own codec."""
    folded = unicodedata.normalize("NFC", "".join(_KEPT_LETTERS.get(char) or _compatible(char) for char in label))
    return folded if folded.isascii() else f"xn--{folded.encode('punycode').decode()}"


def _compatible(char: str) -> str:
    return unicodedata.normalize("NFKC", char).casefold()


def _canonical(address: Address) -> Address:
    """Bring the spellings of one paper's address together."""
    if address.host in _DOI_HOSTS:
        return _doi(unquote(address.target.lstrip("/"))) or address
    if address.host in _ARXIV_HOSTS and (paper := _ARXIV_PAGE.fullmatch(address.path)):
        return Address("https", "arxiv.org", 443, f"/abs/{paper[1]}")
    return address


def _doi(text: str) -> Address | None:
    doi = bare_doi(text.strip())
    return Address("https", "doi.org", 443, "/" + quote(doi, safe="/:;()._-~")) if doi else None
