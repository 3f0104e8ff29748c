"""The language server: hears what an editor asks, has the functions of this room answer, and says it in the protocol.

The only module that imports pygls.  Answers are made in one thread, so they come in order; knowledge bases are read
and checked in another.  Nothing that a file holds ends the server: pygls answers a failed request with an error.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, ParamSpec, TypeVar

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidRequest
from pygls.lsp.server import LanguageServer

from inquiry import __version__
from inquiry.author.editor.desk import Desk
from inquiry.author.editor.features import add_features
from inquiry.author.editor.lookout import Lookout
from inquiry.author.editor.places import Place
from inquiry.author.editor.protocol import Dialect, file_of, refused, uri_of
from inquiry.author.editor.text import Encoding
from inquiry.config import config_above

if TYPE_CHECKING:
    from collections.abc import Callable

    from inquiry.author.editor.desk import Sheet
    from inquiry.author.editor.lookout import Checks
    from inquiry.author.editor.text import Text
    from inquiry.diagnostics import Diagnostic


P = ParamSpec("P")
T = TypeVar("T")


class Server(LanguageServer):
    """A server, the knowledge bases that it has met, and what it says of them."""

    def __init__(self, config: Path | None, checks: Checks) -> None:
        super().__init__("inquiry", __version__)
        self.was_shut_down = False
        self._config = config
        self.checks = checks
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="lookout")
        self._lookouts: dict[Path, Lookout] = {}
        self._uris: dict[str, str] = {}
        """URI of each open file as its editor spells it."""
        self._said: dict[str, lsp.PublishDiagnosticsParams] = {}
        """What the editor was told last of each file, so that it is not told twice."""
        self._refusals: dict[Path, str] = {}
        """Why a configuration could not be used, when the editor was told last."""

    @property
    def dialect(self) -> Dialect:
        """How this editor counts."""
        return Dialect(Encoding(self.workspace.position_encoding or Encoding.UTF16))

    # -- knowledge bases and files --------------------------------------------------------------------------------

    @property
    def lookouts(self) -> tuple[Lookout, ...]:
        """Everything that is looked after."""
        return tuple(self._lookouts.values())

    def begin(self) -> None:
        """Read the knowledge base of the editor's folder, before a file of it is opened."""
        folders = [one.uri for one in self.workspace.folders.values()] or [self.workspace.root_uri or ""]
        for folder in folders:
            name = file_of(folder)
            config = self._config or (config_above(Path(name)) if name else None)
            if config is not None:
                self._lookout(config)

    def _lookout(self, config: Path) -> Lookout:
        if config not in self._lookouts:
            self._lookouts[config] = Lookout(Desk(config), self.checks, self.show, self._worker)
            self._lookouts[config].soon(disk=True)
        return self._lookouts[config]

    def find(self, uri: str) -> tuple[Lookout, str] | None:
        """Find the knowledge base of a file, and the file's path in it; None for a file outside."""
        file = file_of(uri)
        config = self._config or (config_above(Path(file).parent) if file else None)
        if file is None or config is None:
            return None
        lookout = self._lookout(config)
        path = lookout.desk.path_of(file)
        return (lookout, path) if path is not None else None

    async def sheet(self, uri: str, *, current: bool = False) -> Sheet | None:
        """Give an open note or line, once its knowledge base has been read; with `current`, others as they are now."""
        found = self.find(uri)
        if found is None:
            return None
        await found[0].ready.wait()
        if current:
            found[0].desk.current()
        return found[0].desk.sheet(found[1])

    async def apart(self, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do what takes its time in the other thread, so that other questions are answered meanwhile."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, partial(do, *args, **kwargs))

    def look_again(self) -> None:
        """Look at the files on disk: some have changed."""
        for lookout in self.lookouts:
            lookout.soon(disk=True)

    def put(self, uri: str, text: Text, version: int, *, typed: bool) -> None:
        """Take in a file that was opened, or what was `typed` into one."""
        if (found := self.find(uri)) is not None:
            lookout, path = found
            self._uris[uri_of(lookout.desk.config_path.parent / path)] = uri
            lookout.desk.put(path, text, version)
            if typed:
                lookout.typed(path)
            else:
                lookout.soon(disk=True)

    def close(self, uri: str) -> None:
        """Let go of a file: the one on disk counts again, and nothing more is said of it."""
        if (found := self.find(uri)) is not None and found[1] in found[0].desk.buffers:
            found[0].desk.take(found[1])
            self._publish(*found, [])
            self._said.pop(uri, None)
            self._uris.pop(uri_of(found[0].desk.config_path.parent / found[1]), None)
            found[0].soon(disk=True)

    def uri(self, lookout: Lookout, path: str) -> str:
        """Spell the URI of a file, as its editor does where it is open."""
        uri = uri_of(lookout.desk.config_path.parent / path)
        return self._uris.get(uri, uri)

    # -- what is said ---------------------------------------------------------------------------------------------

    def show(self, lookout: Lookout, paths: frozenset[str]) -> None:
        """Tell the editor what is wrong with some open files, and with a configuration that cannot be used."""
        desk = lookout.desk
        for path in sorted(paths) if not desk.refusal else ():
            self._publish(lookout, path, [self.diagnostic(lookout, one) for one in lookout.found[path]])
        told, config = self._refusals.get(desk.config_path, ""), desk.config_path.name
        if desk.refusal:
            if desk.refusal != told:
                self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, desk.refusal))
            self._publish(lookout, config, [refused(desk.refusal, desk.text_of(config), self.dialect)])
        elif told and config not in paths:
            self._publish(lookout, config, [])
        self._refusals[desk.config_path] = desk.refusal

    def _publish(self, lookout: Lookout, path: str, found: list[lsp.Diagnostic]) -> None:
        buffer = lookout.desk.buffers.get(path)
        said = lsp.PublishDiagnosticsParams(self.uri(lookout, path), found, buffer.version if buffer else None)
        if self._said.get(said.uri) != said:
            self._said[said.uri] = said
            self.text_document_publish_diagnostics(said)

    def diagnostic(self, lookout: Lookout, found: Diagnostic) -> lsp.Diagnostic:
        """Spell a finding with the places that help to understand it."""
        related = [
            lsp.DiagnosticRelatedInformation(self.location(lookout, Place(one.path, one.span)), one.message)
            for one in found.related
        ]
        return self.dialect.diagnostic(lookout.desk.text_of(found.path), found, related)

    def location(self, lookout: Lookout, place: Place) -> lsp.Location:
        """Spell a place."""
        where = self.dialect.range(lookout.desk.text_of(place.path), place.span)
        return lsp.Location(self.uri(lookout, place.path), where)

    def refuse(self, reason: str) -> Exception:
        """Make what tells an editor that a request cannot be met."""
        return JsonRpcInvalidRequest(reason)


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """Tell a fault from a refusal, which the editor shows and the log need not."""
    return not (record.exc_info and isinstance(record.exc_info[1], JsonRpcInvalidRequest))


def serve(config: Path | None, checks: Checks, stdin: BinaryIO, stdout: BinaryIO) -> int:
    """Serve one editor until it says that it is done, and return the exit code that the protocol asks for.

    Args:
        config: The mkdocs.yml of the only knowledge base; None for the nearest one above each file.
        checks: What the checker lends.
        stdin: Where the editor speaks.
        stdout: Where it listens.
    """
    server = Server(config, checks)
    add_features(server)
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_worth_a_line)
    server.start_io(stdin, stdout)
    return 0 if server.was_shut_down else 1
