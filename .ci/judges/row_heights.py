#!/usr/bin/env python3
"""Judges the row heights of xlsx files: no text is cut, and no row has more than one line of white.

LibreOffice fits no row of an xlsx file when it loads it. So its own import tells the widths, fonts and texts; then every
cell is laid out once more, alone in a row of a flat sheet, as wide as the columns it is merged over and with optimal row
height. That height is compared with the rows the cell stands in.

usage: row_heights.py FOLDER [--work FOLDER]
"""

import argparse
import html
import re
import sys
import time
from pathlib import Path

from office import NS, ROOT, Book, a1, books, convert, q

# Rounding on the way through LibreOffice, in points.
TOLERANCE = 0.4
# What of a cell's style decides its layout.
KEPT = [
    *(f"style:font-name{script}" for script in ("", "-asian", "-complex")),
    *(f"{p}:font-size{s}" for p, s in (("fo", ""), ("style", "-asian"), ("style", "-complex"))),
    *(f"{p}:font-weight{s}" for p, s in (("fo", ""), ("style", "-asian"), ("style", "-complex"))),
    *(f"{p}:font-style{s}" for p, s in (("fo", ""), ("style", "-asian"), ("style", "-complex"))),
    *(f"{p}:language{s}" for p, s in (("fo", ""), ("style", "-asian"), ("style", "-complex"))),
    *(f"{p}:country{s}" for p, s in (("fo", ""), ("style", "-asian"), ("style", "-complex"))),
]


class Trial:
    """Cells to lay out, each in a row of its own."""

    def __init__(self):
        self.faces, self.styles, self.widths, self.rows = {}, {}, {}, []

    def style(self, book, name, is_text):
        """The number of a style in the trial, and whether it wraps (numbers never do)."""
        properties = book.properties(name)
        kept = []
        for attribute in KEPT:
            value = properties.get(q(attribute))
            if value and "font-name" in attribute:
                value = self.faces.setdefault(tuple(sorted(book.faces[value].items())), f"F{len(self.faces)}")
            if value:
                kept.append(f'{attribute}="{html.escape(value)}"')
        wraps = is_text and properties.get(q("fo:wrap-option")) == "wrap"
        cell = f'fo:wrap-option="{"wrap" if wraps else "no-wrap"}"'
        indent = f'fo:margin-left="{properties.get(q("fo:margin-left"), "0pt")}"'
        key = (cell, indent, " ".join(kept))
        return self.styles.setdefault(key, len(self.styles)), wraps

    def add(self, style, width, paragraphs):
        """Puts a cell on trial; gives the number of its row."""
        column = self.widths.setdefault(round(width, 4), len(self.widths))
        self.rows.append((style, column, paragraphs))
        return len(self.rows) - 1

    def write(self, path):
        spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NS.items())
        out = [
            f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {spaces} office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:font-face-decls>'
        ]
        prefixes = {uri: prefix for prefix, uri in NS.items()}
        for face, name in self.faces.items():
            attributes = {**dict(face), q("style:name"): name}
            texts = []
            for attribute, value in attributes.items():
                uri, local = attribute[1:].split("}")
                if uri in prefixes:
                    texts.append(f'{prefixes[uri]}:{local}="{html.escape(value)}"')
            out.append(f"<style:font-face {' '.join(texts)}/>")
        out.append(
            '</office:font-face-decls><office:styles><style:style style:name="Default" style:family="table-cell"/>'
            '</office:styles><office:automatic-styles><style:style style:name="row" style:family="table-row">'
            '<style:table-row-properties style:use-optimal-row-height="true"/></style:style>'
        )
        for width, column in self.widths.items():
            out.append(
                f'<style:style style:name="co{column}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{width}pt"/></style:style>'
            )
        for (cell, indent, text), style in self.styles.items():
            out.append(
                f'<style:style style:name="ce{style}" style:family="table-cell" style:parent-style-name="Default">'
                f'<style:table-cell-properties {cell} style:text-align-source="fix"/>'
                f'<style:paragraph-properties fo:text-align="start" {indent}/>'
                f"<style:text-properties {text}/></style:style>"
            )
        out.append('</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="trial">')
        out += [f'<table:table-column table:style-name="co{column}"/>' for column in range(len(self.widths))]
        for style, column, paragraphs in self.rows:
            before = f'<table:table-cell table:number-columns-repeated="{column}"/>' if column else ""
            texts = "".join(f"<text:p>{marked_up(p)}</text:p>" for p in paragraphs)
            out.append(
                f'<table:table-row table:style-name="row">{before}<table:table-cell table:style-name="ce{style}" '
                f'office:value-type="string">{texts}</table:table-cell></table:table-row>'
            )
        out.append("</table:table></office:spreadsheet></office:body></office:document>")
        path.write_text("\n".join(out), encoding="utf-8")


def marked_up(text):
    """A paragraph with the spaces that XML would drop."""
    text = html.escape(text).replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")
    return re.sub(r"^ +| +$| {2,}", lambda found: f'<text:s text:c="{len(found[0])}"/>', text)


def judge(folder, work):
    """The faults found, and the numbers of files, cells and rows looked at."""
    files = books(folder)
    trial = Trial()
    asked = []  # (file, sheet, row, column, cell, number of its trial, numbers of its style's first two lines)
    samples = {}
    for file, flat in zip(files, convert(files, "fods", work, "row_heights"), strict=True):
        book = Book(flat)
        styles = {}
        for sheet in book.sheets:
            for (row, column), cell in sheet.cells.items():
                if not cell.text.strip():
                    continue
                key = (cell.style, cell.type == "string")
                if key not in styles:
                    styles[key] = trial.style(book, *key)
                style, wraps = styles[key]
                width = sum(sheet.widths[column : column + cell.columns])
                number = trial.add(style, width, cell.paragraphs if wraps else [cell.text.replace("\n", " ")])
                if style not in samples:
                    samples[style] = [trial.add(style, 2000.0, ["文"] * lines) for lines in (1, 2)]
                asked.append((file.name, sheet, row, column, cell, number, samples[style]))
    source = work / "trial.fods"
    trial.write(source)
    (result,) = convert([source], "fods", work / "result", "row_heights")
    heights = Book(result).sheets[0].heights
    return faults(asked, heights), len(files), len(asked)


# The tallest row that Excel allows, and the tallest that LibreOffice computes, in points.
TALLEST = 409.5
UNMEASURED = 1415.0


def faults(asked, heights):
    """Compares the optimal heights with the stored ones."""
    found = []
    white = {}  # (file, sheet, row): the least white of the cells in that row, in lines
    for file, sheet, row, column, cell, number, (one, two) in asked:
        stored = sum(sheet.heights[row : row + cell.rows])
        if stored == 0.0:
            continue  # hidden
        wanted, line = heights[number], heights[two] - heights[one]
        where = f"{file}:{sheet.name}!{a1(row, column)}"
        lines = 1 + round((wanted - heights[one]) / line)
        if stored < wanted - TOLERANCE:
            found.append(f"{where}: text is cut: {lines} lines want {wanted:.1f} pt, got {stored:.1f} pt")
        # A label beside many rows stands in the white that the rows need. LibreOffice measures no row beyond its tallest.
        if (cell.rows > 1 and wanted < TALLEST) or wanted >= UNMEASURED:
            continue
        extra = int((stored - wanted + TOLERANCE) / line)
        for covered in range(row, row + cell.rows):
            key = (file, sheet.name, covered)
            if key not in white or extra < white[key][0]:
                white[key] = (extra, where, lines, wanted, stored)
    told = set()
    for extra, where, lines, wanted, stored in white.values():
        if extra > 1 and where not in told:
            told.add(where)
            found.append(
                f"{where}: {extra} lines of white: {lines} lines want {wanted:.1f} pt, got {stored:.1f} pt"
            )
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--work", type=Path, default=ROOT / "target" / "judged" / "row_heights")
    arguments = parser.parse_args()
    begun = time.monotonic()
    found, files, cells = judge(arguments.folder, arguments.work.resolve())
    for fault in found[:200]:
        print(fault)
    verdict = f"{len(found)} faults" if found else "all rows fit"
    print(f"row heights: {verdict}; {files} files, {cells} cells, {time.monotonic() - begun:.1f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
