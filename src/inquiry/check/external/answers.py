"""What was asked and what came back, as values: made by `client`, kept by `memory`, judged by `verdicts`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inquiry.check.external.addresses import Address


class Trouble(StrEnum):
    """Why no usable answer came."""

    NONE = ""
    """One came."""
    NAME = "name"
    """The host's name does not exist."""
    LOOKUP = "lookup"
    """The name could not be looked up, perhaps because this machine has no network."""
    CONNECT = "connect"
    """The connection was refused, or there is no way to the host."""
    HERE = "here"
    """This machine has no way there, or no room for another connection."""
    SILENCE = "silence"
    """No answer came in time."""
    BROKEN_OFF = "broken-off"
    """The connection was closed or reset before an answer was complete."""
    GARBLED = "garbled"
    """What came is not HTTP."""
    CERTIFICATE = "certificate"
    """The certificate does not hold."""
    ISSUER = "issuer"
    """Who issued the certificate is not known on this machine."""
    TLS = "tls"
    """No secure connection could be agreed on."""
    LOOP = "loop"
    """The redirects never end."""
    NOWHERE = "nowhere"
    """A redirect does not say where to."""
    PRIVATE = "private"
    """It, or what it redirects to, points into a private network."""
    UNASKED = "unasked"
    """The run was over before its turn came."""


class Presence(StrEnum):
    """Whether what a fragment names is on the page."""

    THERE = "there"
    MISSING = "missing"
    UNKNOWN = "unknown"
    """The page makes its anchors by a script, was not read to its end, or is no page."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect."""

    status: int
    """301, 302, …; 200 for a page that sends its reader on by itself."""
    target: str
    """Where it leads, absolute, with its fragment."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """What became of one fragment."""

    written: str
    """As in the address, without `#`."""
    presence: Presence
    near: str = ""
    """An id of the page that was perhaps meant."""
    words: bool = False
    """Whether it is the words of a text fragment that are not there."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address came to, all redirects followed."""

    url: str
    """The address that answered last."""
    status: int = 0
    """Its status; 0 when no answer came."""
    trouble: Trouble = Trouble.NONE
    detail: str = ""
    """The trouble in its own words, as the end of a sentence."""
    hops: tuple[Hop, ...] = ()
    media: str = ""
    """Content type without parameters, lower case."""
    title: str = ""
    """What the page calls itself; empty when it was not read."""
    fragments: tuple[Fragment, ...] = ()
    """What became of each fragment that was asked for, in order."""
    wait: float = 0.0
    """Seconds that the server asked to wait before the next try; 0 for none."""


@dataclass(frozen=True, slots=True)
class Question:
    """One address with everything that somebody wants to know of it."""

    address: Address
    fragments: tuple[str, ...] = ()
    """Fragments to look for, in order; empty when only the page as such is linked."""
    picture: bool = False
    """Whether it is shown as a picture somewhere."""
