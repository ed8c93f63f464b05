"""What Word documents are put together of, beyond what python-docx does by itself."""

from __future__ import annotations

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from icc_data.files.report.document import web_address
from icc_data.files.workbook import CONTROL, MISFIT


def clean(text: str) -> str:
    """A text on one line that XML can hold."""
    return " ".join(CONTROL.sub(MISFIT, text).split())


def linked(paragraph: Paragraph, address: str, words: str) -> None:
    """An address that opens where it is one of the web; else the words alone."""
    run = paragraph.add_run(clean(words))
    run.font.size = Pt(8.5)
    if not web_address(address):
        return
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def counted(paragraph: Paragraph, instruction: str, words: str) -> None:
    """Something that the word processor counts, such as pages (``PAGE``), and what stands there until it has."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = paragraph.add_run(words)
    if paragraph.style is None or paragraph.style.name != "Caption":
        run.font.size = Pt(8)
    field.append(run._r)
    paragraph._p.append(field)
