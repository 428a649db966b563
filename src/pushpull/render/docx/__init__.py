"""Word: one file with real headings, lists, tables and links, that reads aloud and prints.

`look` says how a paper looks, `sheet` puts that into the styles of a file, `body` draws the blocks, `package` makes the
file around them, and `template` reads what a district's own Word file lends to it.
"""

from __future__ import annotations

from pathlib import Path

from pushpull.document import Document
from pushpull.problems import PushpullError
from pushpull.render.docx.body import Body
from pushpull.render.docx.look import COMFORTABLE, COMPACT, within
from pushpull.render.docx.package import File
from pushpull.render.docx.page import Page
from pushpull.render.docx.sheet import Lists, Sheet, size_of
from pushpull.render.docx.template import Template, open_template
from pushpull.render.docx.xml import make
from pushpull.render.text import cleaned


def draw(document: Document, *, template: Path | None = None) -> bytes:
    """The document as the bytes of a Word file, with the styles, header, footer and paper size of a template."""
    document = cleaned(document)
    if template is None:
        return _drawn(document, None)
    taken = open_template(template)
    try:
        return _drawn(document, taken)
    except (ArithmeticError, LookupError, SyntaxError, ValueError) as error:
        # Its styles, lists and sizes are used here for the first time: a number of theirs may be none.
        raise PushpullError("template_not_word", file=str(template)) from error


def _drawn(document: Document, taken: Template | None) -> bytes:
    body = make("w:body")
    file = File(make("w:document", None, body), taken)
    look = COMPACT if document.compact else COMFORTABLE
    if taken is not None and taken.styles is not None:
        look = within(look, size_of(file.styles))
    sheet = Sheet(file.styles, Lists(file.numbering), look, document.language)
    page = Page.of(document, file, sheet, taken)
    drawn = Body(file, sheet, page)
    drawn.add_all(document)
    body.extend(drawn.closed())
    return file.saved(document)
