"""Makes the type that is set on paper from the type of the window: TrueType outlines, figures of one width, two files.

PDF takes TrueType only, and resources/fonts holds Inter with cubic outlines (CFF). Run by hand when those change:
`uv run --no-project --with fonttools packaging/paper_fonts.py`. Installs nothing and is no part of the program.
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"
WEIGHTS = ("Regular", "Bold")
FIGURES = "0123456789+−"
# Of a thousand units to the em, so far may a curve lie beside the one it was made from: less than any printer shows.
MOST_OFF = 0.5
OWN_USE = range(0xE000, 0xF900)


def paper_font(source: Path) -> TTFont:
    font = TTFont(source)
    _one_width_for_figures(font)
    options = subset.Options(
        layout_features=[], notdef_outline=True, hinting=False, name_IDs=["*"], glyph_names=False, drop_tables=["GDEF"]
    )
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=[code for code in font.getBestCmap() if code not in OWN_USE])
    chosen.subset(font)
    _quadratic(font)
    return font


def _one_width_for_figures(font: TTFont) -> None:
    """Let the plain figures be the ones for tables: a PDF is set without asking a font for features."""
    table = font["GSUB"].table
    features = [record.Feature for record in table.FeatureList.FeatureRecord if record.FeatureTag == "tnum"]
    of_one_width = {}
    for index in features[0].LookupListIndex:
        for part in table.LookupList.Lookup[index].SubTable:
            of_one_width.update(getattr(part, "ExtSubTable", part).mapping)
    for cmap in font["cmap"].tables:
        for figure in FIGURES:
            name = cmap.cmap.get(ord(figure))
            if name is not None:
                cmap.cmap[ord(figure)] = of_one_width.get(name, name)


def _quadratic(font: TTFont) -> None:
    order = font.getGlyphOrder()
    drawn = font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, MOST_OFF * font["head"].unitsPerEm / 1000, reverse_direction=True))
        glyphs[name] = pen.glyph()
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, glyphs
    for name in order:
        glyphs[name].recalcBounds(glyf)
        width, _ = font["hmtx"].metrics[name]
        font["hmtx"].metrics[name] = (width, getattr(glyphs[name], "xMin", 0))
    most = font["maxp"]
    most.tableVersion = 0x00010000
    for name, value in {
        "maxZones": 1, "maxTwilightPoints": 0, "maxStorage": 0, "maxFunctionDefs": 0, "maxInstructionDefs": 0,
        "maxStackElements": 0, "maxSizeOfInstructions": 0, "maxComponentElements": 0,
    }.items():  # fmt: skip
        setattr(most, name, value)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"


def main() -> None:
    place = FONTS / "paper"
    place.mkdir(exist_ok=True)
    for weight in WEIGHTS:
        font = paper_font(FONTS / f"Inter-{weight}.otf")
        font.recalcTimestamp = False
        font.save(place / f"Inter-{weight}.ttf")


if __name__ == "__main__":
    main()
