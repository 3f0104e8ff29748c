"""What the server does for each request and each piece of news: one short function for each, and no more than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from inquiry.author.editor.completion import complete
from inquiry.author.editor.fixes import fixes
from inquiry.author.editor.hover import hover
from inquiry.author.editor.places import Place, definition, references
from inquiry.author.editor.renamable import CannotRenameError, renamable
from inquiry.author.editor.renaming import rename
from inquiry.author.editor.symbols import documents_named, outline
from inquiry.author.editor.text import Text
from inquiry.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inquiry.author.editor.desk import Sheet
    from inquiry.author.editor.fixes import Replacement
    from inquiry.author.editor.lookout import Lookout
    from inquiry.author.editor.renaming import Archive, Renaming
    from inquiry.author.editor.server import Server
    from inquiry.corpus.model import Document
    from inquiry.diagnostics import Position

_WATCHED = "**/*.{md,yml,yaml,bib,bibtex,json,lock}"
_ALL_FILES = lsp.FileOperationRegistrationOptions([lsp.FileOperationFilter(lsp.FileOperationPattern("**/*"))])


def add_features(server: Server) -> None:
    """Have a server answer."""
    _add_life(server)
    _add_texts(server)
    _add_files(server)
    _add_completion(server)
    _add_places(server)
    _add_symbols(server)
    _add_fixes(server)
    _add_renaming(server)


def _add_life(server: Server) -> None:
    @server.feature(lsp.INITIALIZED)
    def initialized(_: lsp.InitializedParams) -> None:
        server.begin()
        workspace = server.client_capabilities.workspace
        watched = workspace.did_change_watched_files if workspace else None
        if watched and watched.dynamic_registration:
            options = lsp.DidChangeWatchedFilesRegistrationOptions([lsp.FileSystemWatcher(_WATCHED)])
            wish = lsp.Registration("inquiry-files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(lsp.RegistrationParams([wish]))

    @server.feature(lsp.SHUTDOWN)
    def shutdown(_: None) -> None:
        server.was_shut_down = True


def _add_texts(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        new = params.text_document
        server.put(new.uri, Text(new.text), new.version, typed=False)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        uri, version = params.text_document.uri, params.text_document.version
        if (found := server.find(uri)) is not None and (buffer := found[0].desk.buffers.get(found[1])) is not None:
            text = server.dialect.changed(buffer.text, params.content_changes)
            server.put(uri, text, version, typed=True)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(_: lsp.DidSaveTextDocumentParams) -> None:
        server.look_again()

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        server.close(params.text_document.uri)


def _add_files(server: Server) -> None:
    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(_: lsp.DidChangeWatchedFilesParams) -> None:
        server.look_again()

    @server.feature(lsp.WORKSPACE_DID_CREATE_FILES, _ALL_FILES)
    def created(_: lsp.CreateFilesParams) -> None:
        server.look_again()

    @server.feature(lsp.WORKSPACE_DID_DELETE_FILES, _ALL_FILES)
    def deleted(_: lsp.DeleteFilesParams) -> None:
        server.look_again()

    @server.feature(lsp.WORKSPACE_DID_RENAME_FILES, _ALL_FILES)
    def moved(_: lsp.RenameFilesParams) -> None:
        server.look_again()


def _add_completion(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=["[", "#", "^", "@"]))
    async def completed(params: lsp.CompletionParams) -> lsp.CompletionList | None:
        sheet = await server.sheet(params.text_document.uri)
        if sheet is None:
            return None
        return server.dialect.completions(sheet.text, complete(sheet, _position(server, sheet, params.position)))

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        sheet = await server.sheet(params.text_document.uri)
        shown = hover(sheet, _position(server, sheet, params.position)) if sheet else None
        return server.dialect.hover(sheet.text, shown) if sheet and shown else None


def _add_places(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    async def defined(params: lsp.DefinitionParams) -> list[lsp.Location]:
        sheet, found = await server.sheet(params.text_document.uri), server.find(params.text_document.uri)
        if sheet is None or found is None:
            return []
        places = definition(sheet, _position(server, sheet, params.position))
        return [server.location(found[0], place) for place in places]

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    async def referred(params: lsp.ReferenceParams) -> list[lsp.Location]:
        uri = params.text_document.uri
        sheet, found = await server.sheet(uri), server.find(uri)
        if sheet is None or found is None:
            return []
        position = _position(server, sheet, params.position)
        places = references(sheet, position, declaration=params.context.include_declaration)
        return [server.location(found[0], place) for place in places]


def _add_symbols(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def headings(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        sheet = await server.sheet(params.text_document.uri)
        return server.dialect.symbols(sheet.text, outline(sheet)) if sheet else []

    @server.feature(lsp.WORKSPACE_SYMBOL)
    async def documents(params: lsp.WorkspaceSymbolParams) -> list[lsp.WorkspaceSymbol]:
        found = []
        for lookout in server.lookouts:
            await lookout.ready.wait()
            reading = lookout.desk.current()
            for one in documents_named(reading, params.query) if reading else ():
                where = server.location(lookout, Place(one.path, Span.at(1)))
                kind = lsp.SymbolKind.Event if one.is_line else lsp.SymbolKind.File
                found.append(lsp.WorkspaceSymbol(where, one.title, kind, container_name=one.id))
        return found


def _add_fixes(server: Server) -> None:
    options = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, options)
    async def mendable(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        found = server.find(params.text_document.uri)
        if found is None or found[1] not in found[0].desk.buffers:
            return []
        lookout, path = found
        span = server.dialect.span(lookout.desk.text_of(path), params.range)
        mine = lookout.found.get(path, ())
        return [
            lsp.CodeAction(
                title=fix.title,
                kind=lsp.CodeActionKind.QuickFix,
                diagnostics=[server.diagnostic(lookout, fix.finding)],
                is_preferred=True,
                edit=_edit(server, lookout, fix.replacements),
            )
            for fix in fixes(mine, span, lookout.desk.text_of, server.checks.mend)
        ]


def _add_renaming(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepared(params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder:
        sheet = await server.sheet(params.text_document.uri)
        if sheet is None:
            raise server.refuse("this is neither a note nor a line")
        try:
            found = renamable(sheet, _position(server, sheet, params.position))
        except CannotRenameError as refusal:
            raise server.refuse(str(refusal)) from refusal
        return lsp.PrepareRenamePlaceholder(server.dialect.range(sheet.text, found.span), found.document.id)

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    async def renamed(params: lsp.RenameParams) -> lsp.WorkspaceEdit:
        uri = params.text_document.uri
        sheet, found = await server.sheet(uri, current=True), server.find(uri)
        archive = found[0].desk.archive() if found else None
        if sheet is None or found is None or archive is None:
            raise server.refuse("this is neither a note nor a line")
        try:
            document = renamable(sheet, _position(server, sheet, params.position)).document
            before = dict(found[0].desk.buffers)
            made, beside = await server.apart(_renamed, archive, document, params.new_name, server)
        except CannotRenameError as refusal:
            raise server.refuse(str(refusal)) from refusal
        edits = (*made.replacements, *beside)
        if any(found[0].desk.buffers.get(one.path) is not before.get(one.path) for one in edits):
            raise server.refuse("a text has changed meanwhile; rename again")
        return _edit(server, found[0], edits, made.moved)


def _renamed(
    archive: Archive, document: Document, name: str, server: Server
) -> tuple[Renaming, tuple[Replacement, ...]]:
    """Work out a renaming, and what it does beside notes and lines."""
    made = rename(archive, document, name, moves=_can_move(server))
    return made, tuple(server.checks.follow(archive, made))


def _position(server: Server, sheet: Sheet, place: lsp.Position) -> Position:
    return server.dialect.position(sheet.text, place)


def _can_move(server: Server) -> bool:
    """Tell whether the editor can give a file another name."""
    workspace = server.client_capabilities.workspace
    edit = workspace.workspace_edit if workspace else None
    return lsp.ResourceOperationKind.Rename in ((edit.resource_operations if edit else None) or ())


def _takes_steps(server: Server) -> bool:
    """Tell whether the editor takes an edit as steps; Neovim moves files and forgets to say that it does."""
    workspace = server.client_capabilities.workspace
    edit = workspace.workspace_edit if workspace else None
    return edit is not None and bool(edit.document_changes or edit.resource_operations)


def _edit(
    server: Server, lookout: Lookout, made: Iterable[Replacement], moved: tuple[str, str] | None = None
) -> lsp.WorkspaceEdit:
    """Spell what an editor has to do: texts first, under their old names, then the move."""
    by_path: dict[str, list[lsp.TextEdit]] = {}
    for one in made:
        where = server.dialect.range(lookout.desk.text_of(one.path), one.span)
        by_path.setdefault(one.path, []).append(lsp.TextEdit(where, one.text))
    if not _takes_steps(server):
        return lsp.WorkspaceEdit(changes={server.uri(lookout, path): edits for path, edits in by_path.items()})
    steps: list[lsp.TextDocumentEdit | lsp.CreateFile | lsp.RenameFile | lsp.DeleteFile] = []
    for path, edits in by_path.items():
        buffer = lookout.desk.buffers.get(path)
        version = buffer.version if buffer else None
        which = lsp.OptionalVersionedTextDocumentIdentifier(server.uri(lookout, path), version)
        steps.append(lsp.TextDocumentEdit(which, edits))
    if moved is not None:
        old, new = (server.uri(lookout, path) for path in moved)
        steps.append(lsp.RenameFile(old, new))
    return lsp.WorkspaceEdit(document_changes=steps)
