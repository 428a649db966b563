"""Documents to draw: one that holds every kind of block, and a text that tries to be more than a text."""

from __future__ import annotations

from pushpull.document import (
    Bar,
    Bars,
    Bullets,
    Cell,
    Document,
    Facts,
    Heading,
    Item,
    Note,
    Paragraph,
    Room,
    Rooms,
    Table,
)

NASTY = (
    "[bold red]x[/] [/nope] \x1b[31mred\x1b[0m \x1b]8;;http://example.org\x07link\x1b]8;;\x07 \x9b2J \u202eevil\u202c "
    "\u2066in\u2069 <script>alert(1)</script> &lt; | * _ # ` ~ \\ ``` :smile: \"q\" 'a' 👩‍👩‍👧 مرحبا end"
)
"""Every part of it must be shown, and none of it may act."""


def sample(text: str = "", *, footer: bool = True) -> Document:
    """Every kind of block; `text` is put into every place that takes one."""

    def said(word: str) -> str:
        return f"{word} {text}".strip()

    return Document(
        title=said("Sample"),
        kind="paper",
        footer=(said("Foot one"), said("Foot two")) if footer else (),
        blocks=(
            Heading(said("Title"), level=1, aside=said("aside one")),
            Note(said("Draft"), said("The note.")),
            Paragraph(said("The paragraph, as it is."), lead=said("Lead.")),
            Heading(said("Second"), level=2, aside=said("aside two")),
            Paragraph(said("Small print."), quiet=True),
            Bars(
                (Bar(said("case one"), 8, "8"), Bar(said("case two"), 11, "11"), Bar(said("case none"), 0, said("0"))),
                words=said("Eight against eleven."),
            ),
            Heading(said("Third"), level=3),
            Bullets((Item(said("plain item"), tail=said("plain tail")), Item(said("next item")))),
            Bullets((Item(said("counted item"), tail=said("tail")), Item(said("counted next"))), numbered=True),
            Bullets((Item(said("marked item"), mark=said("met")), Item(said("lacking item"), mark="missing"))),
            Facts(((said("Minutes"), said("120 a week")), (said("Share"), said("6.2%")))),
            Table(
                caption=said("The caption"),
                heads=(said("Topic"), said("Here"), said("There")),
                weights=(1, 3, 3),
                rows=(
                    (Cell((said("row one"),)), Cell((said("here one"), said("here two"))), Cell((said("there one"),))),
                    (Cell((said("row two"),)), Cell((said("here listed"),), listed=True), Cell(())),
                ),
            ),
            Room(said("Room to write"), lines=3),
            Room(said("Room filled"), written=said("what was written")),
            Rooms((Room(said("Room beside"), lines=2), Room(said("Room beyond"), written=said("written beside")))),
            Bars(
                (Bar(said("share one"), 40, "40"), Bar(said("share two"), 90, "90")),
                words=said("Two shares."),
                whole=100,
            ),
            Bullets((Item(said("short one"), mark="S1"), Item(said("short two"), mark="S2")), columns=2),
        ),
    )


WORDS = (
    "Title", "aside one", "Draft", "The note.", "Lead.", "The paragraph, as it is.", "Second", "aside two",
    "Small print.", "case one", "8", "case two", "11", "case none", "Third", "plain item", "plain tail", "next item",
    "counted item", "met", "marked item", "missing", "lacking item", "Minutes", "120 a week", "Share", "6.2%",
    "The caption", "Here", "There", "row one", "here one", "here two", "there one", "row two", "here listed",
    "Room to write", "Room filled", "what was written", "Room beside", "Room beyond", "written beside", "share one",
    "share two", "short one", "short two", "Foot one", "Foot two",
)  # fmt: skip
"""What every format must show of the sample, in whatever shape."""
