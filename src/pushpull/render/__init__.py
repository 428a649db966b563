"""Documents to text. `render` is the door; every format has a module of its own, imported only when it is asked for."""

from __future__ import annotations

from typing import Literal, assert_never, get_args

from pushpull.document import Document

Format = Literal["table", "plain", "md", "html"]
TEXT_FORMATS: tuple[Format, ...] = get_args(Format)


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
