"""Whatever the knowledge base, a renaming brings no fault with it and leaves every name with its meaning."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from desks import desk_of, made, write
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from inquiry.author.editor.renamable import CannotRenameError
from inquiry.author.editor.renaming import rename
from inquiry.commands.judging import judge
from inquiry.commands.reading import read_knowledge_base
from inquiry.commands.renamed import follow
from strategies import STEMS, corpora, written

if TYPE_CHECKING:
    from inquiry.corpus.model import Corpus
    from inquiry.diagnostics import Diagnostic

BIBLIOGRAPHY = "@article{kung2023, title={Do models read?}}\n@article{okafor2019, title={Shade}}\n"
PAGE = "# Home\n\nSee [[naps]], [[desk/naps|words]], [@sampling] and [a file](../notes/sleep-debt.md#method).\n"
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
"""All but the explanation of a failure, which takes minutes when every example is a knowledge base on disk."""
NAMES = (*STEMS, "New name", "new-name", "kung2023", "Hot pavements", "2024", "null", "true", "a/b", "nap", "index")


def faults(root: Path, moved: tuple[str, str] | None = None) -> Counter[tuple[str, str]]:
    """Count the findings of a check by rule and file, a moved file under its new name."""
    found = judge(read_knowledge_base(root / "mkdocs.yml")).diagnostics

    def path(one: Diagnostic) -> str:
        return moved[1] if moved and one.path == moved[0] else one.path

    return Counter((one.rule.name, path(one)) for one in found)


@given(corpora(), st.data())
@settings(max_examples=100, phases=PHASES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_renaming_brings_no_new_fault_and_keeps_the_old_address(corpus: Corpus, data: st.DataObject) -> None:
    texts = {**written(corpus), "sources.bib": BIBLIOGRAPHY, "docs/index.md": PAGE}
    with TemporaryDirectory() as folder:
        root = Path(folder)
        desk = desk_of(root, texts)
        archive = desk.archive()
        assert archive is not None
        documents = archive.reading.corpus.documents
        if not documents:
            return
        document = data.draw(st.sampled_from(documents))
        name, moves = data.draw(st.sampled_from(NAMES)), data.draw(st.booleans())
        reason = ""
        try:
            renaming = rename(archive, document, name, moves=moves)
            edits = made(desk, (*renaming.replacements, *follow(archive, renaming)))
        except CannotRenameError as refusal:
            reason = str(refusal)
        assert not re.search("no alias can be put|cannot be edited here", reason), "these heads are plain"
        if reason:
            return
        before = faults(root, renaming.moved)
        write(root, edits)
        if renaming.moved:
            (root / renaming.moved[0]).rename(root / renaming.moved[1])
        assert faults(root) - before == Counter()
        after = read_knowledge_base(root / "mkdocs.yml")
        others = {one.path: one.id for one in documents if one.path != document.path}
        assert others.items() <= {one.path: one.id for one in after.corpus.documents}.items()
        found = next(one for one in after.corpus.documents if one.path == renaming.renamed.after.path)
        assert found.id == renaming.renamed.after.id
        assert document.id in {found.id, *(alias.value for alias in found.head.aliases)}
