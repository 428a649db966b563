"""A picture in a line of text."""

from __future__ import annotations

from docx.oxml.ns import nsmap

from pushpull.render.docx.xml import Element, make

_TWENTIETH = 635
"""Twentieths of a point, the measure of Word's text, in the measure of its pictures."""


def inline(relation: str, number: int, words: str, *, width: int, height: int) -> Element:
    """A run that holds a picture; `words` are what those hear who do not see it."""
    extent = {"cx": width * _TWENTIETH, "cy": height * _TWENTIETH}
    name = f"bar {number}"
    shape = make(
        "pic:pic",
        None,
        make(
            "pic:nvPicPr",
            None,
            make("pic:cNvPr", {"id": number, "name": name, "descr": words}),
            make("pic:cNvPicPr"),
        ),
        make("pic:blipFill", None, make("a:blip", {"r:embed": relation}), make("a:stretch", None, make("a:fillRect"))),
        make(
            "pic:spPr",
            None,
            make("a:xfrm", None, make("a:off", {"x": 0, "y": 0}), make("a:ext", extent)),
            make("a:prstGeom", {"prst": "rect"}, make("a:avLst")),
        ),
    )
    graphic = make("a:graphic", None, make("a:graphicData", {"uri": nsmap["pic"]}, shape))
    drawn = make(
        "wp:inline",
        {"distT": 0, "distB": 0, "distL": 0, "distR": 0},
        make("wp:extent", extent),
        make("wp:effectExtent", {"l": 0, "t": 0, "r": 0, "b": 0}),
        make("wp:docPr", {"id": number, "name": name, "descr": words}),
        make("wp:cNvGraphicFramePr", None, make("a:graphicFrameLocks", {"noChangeAspect": 1})),
        graphic,
    )
    return make("w:r", None, make("w:drawing", None, drawn))
