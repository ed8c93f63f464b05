"""A pack as a file of any of its four kinds."""

from __future__ import annotations

from icc_data.errors import AtlasError
from icc_data.files.export import DOCUMENTS, FORMATS, Format
from icc_data.files.pack.model import Pack
from icc_data.i18n import translate as _

PACKS: dict[str, Format] = {name: (DOCUMENTS | FORMATS)[name] for name in ("pdf", "pptx", "xlsx", "docx")}
PAPERS = ("a4", "16:9")


def write(pack: Pack, form: str, paper: str = "a4") -> bytes:
    """A pack as a file.

    Args:
        pack: what stands in it.
        form: a key of ``PACKS``.
        paper: of a PDF, one of ``PAPERS``.

    Raises:
        AtlasError: there is no such form or paper.
    """
    _one_of(form, tuple(PACKS), _("There is no format “{name}”."))
    _one_of(paper, PAPERS, _("There is no paper “{name}”."))
    # Each is loaded only where it is written: together they take longer to load than a page takes to come.
    if form == "pptx":
        from icc_data.files.pack.slides import pack_slides

        return pack_slides(pack)
    if form == "docx":
        from icc_data.files.pack.word import pack_document

        return pack_document(pack)
    if form == "xlsx":
        from icc_data.files.pack.sheets import pack_workbook

        return pack_workbook(pack)
    from icc_data.files.pack.pdf import pack_pdf

    return pack_pdf(pack, wide=paper == "16:9")


def _one_of(name: str, among: tuple[str, ...], refused: str) -> None:
    if name not in among:
        raise AtlasError(
            refused.format(name=name[:40]), _("Choose one of: {formats}.").format(formats=", ".join(among))
        )
