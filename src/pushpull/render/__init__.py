"""Documents to text and to files. Every format has a module of its own, imported only when it is asked for.

`render` gives text; `render_file` gives the bytes of a Word or PDF file, whose libraries are extras.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, assert_never, get_args

from pushpull.document import Document

Format = Literal["table", "plain", "md", "html"]
FileFormat = Literal["docx", "pdf"]
TEXT_FORMATS: tuple[Format, ...] = get_args(Format)
FILE_FORMATS: tuple[FileFormat, ...] = get_args(FileFormat)


def render(document: Document, format: Format, *, width: int = 80, color: bool = False) -> str:
    """The document in a format, ending in one newline. Width and colour matter to `table` alone."""
    match format:
        case "table":
            from pushpull.render import terminal

            drawn = terminal.draw(document, width=width, color=color)
        case "plain":
            from pushpull.render import plain

            drawn = plain.draw(document)
        case "md":
            from pushpull.render import markdown

            drawn = markdown.draw(document)
        case "html":
            from pushpull.render import html

            drawn = html.draw(document)
        case _:
            assert_never(format)
    return drawn.strip("\n") + "\n"


def render_file(document: Document, format: FileFormat, *, template: Path | None = None) -> bytes:
    """The document as the bytes of a file; a Word `template` lends its styles, header and footer.

    Raises `PushpullError` with the line to install when the extra is missing, or when the file would not be accessible.
    """
    from pushpull import extras

    with extras.needed(format):
        match format:
            case "docx":
                from pushpull.render import docx

                return docx.draw(document, template=template)
            case "pdf":
                from pushpull.render import pdf

                return pdf.draw(document)
            case _:
                assert_never(format)
