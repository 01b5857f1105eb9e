"""Runs LibreOffice without a window, and reads the flat OpenDocument sheets that it writes.

Only the standard library. Every judge has a profile of its own below target/, so that nothing of the user's LibreOffice
is read or changed.
"""

import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROFILES = ROOT / "target" / "judges" / "profiles"

NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
}
# A row or column repeated more often than this fills the sheet up behind the form.
FILLER = 1000


def q(name):
    """`table:table-row` as ElementTree writes it."""
    prefix, local = name.split(":")
    return f"{{{NS[prefix]}}}{local}"


def points(length):
    """A length such as `1.2in` in points."""
    units = {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1.0, "pc": 12.0, "px": 0.75}
    return float(length[:-2]) * units[length[-2:]]


def a1(row, column):
    """The name of a cell counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def books(folder):
    """The workbooks of a folder; ends the run when there is none, so that an empty folder cannot pass."""
    found = sorted(p for p in Path(folder).glob("*.xlsx") if not p.name.startswith("~"))
    if not found:
        sys.exit(f"no xlsx file in `{folder}`")
    return found


def convert(files, to, out, profile, settings=""):
    """Converts files in one start of LibreOffice; gives the paths written, in the order of the files."""
    out.mkdir(parents=True, exist_ok=True)
    home = PROFILES / profile
    if settings:
        user = home / "user"
        user.mkdir(parents=True, exist_ok=True)
        (user / "registrymodifications.xcu").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
            f"{settings}\n</oor:items>\n",
            encoding="utf-8",
        )
    written = [out / f"{Path(file).stem}.{to}" for file in files]
    for path in written:
        path.unlink(missing_ok=True)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        sys.exit("LibreOffice is missing")
    home.mkdir(parents=True, exist_ok=True)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    environment |= {"LANG": "C.UTF-8", "HOME": str(home), "SAL_USE_VCLPLUGIN": "svp"}
    command = [office, "--headless", "--norestore", f"-env:UserInstallation={home.as_uri()}"]
    command += ["--convert-to", to, "--outdir", str(out), *map(str, files)]
    run = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60 + 10 * len(files), check=False
    )
    lost = [path.name for path in written if not path.exists()]
    if lost:
        sys.exit(f"LibreOffice wrote no {', '.join(lost)}\n{run.stdout}{run.stderr}")
    return written


def repeats(element, what):
    """How often a row, column or cell is repeated."""
    times = int(element.get(q(f"table:number-{what}-repeated"), 1))
    return 0 if times > FILLER else times


class Cell:
    """A cell with content, and the block it is merged over."""

    def __init__(self, element, style):
        self.rows = int(element.get(q("table:number-rows-spanned"), 1))
        self.columns = int(element.get(q("table:number-columns-spanned"), 1))
        self.style = style
        self.formula = element.get(q("table:formula"))
        self.type = element.get(q("office:value-type"))
        self.value = element.get(q("office:value"))
        self.paragraphs = ["".join(pieces(p)) for p in element.findall("text:p", NS)]
        self.text = "\n".join(self.paragraphs)


def pieces(paragraph):
    """The text of a paragraph with its spaces and tabs."""
    yield paragraph.text or ""
    for child in paragraph:
        if child.tag == q("text:s"):
            yield " " * int(child.get(q("text:c"), 1))
        elif child.tag == q("text:tab"):
            yield "\t"
        elif child.tag == q("text:line-break"):
            yield "\n"
        else:
            yield from pieces(child)
        yield child.tail or ""


class Sheet:
    """A sheet as LibreOffice sees it; lengths in points."""

    def __init__(self, table, book):
        self.name = table.get(q("table:name"))
        self.widths, self.heights, self.cells = [], [], {}
        defaults = []
        for column in table.iter(q("table:table-column")):
            times = repeats(column, "columns")
            self.widths += [book.length(column, "column-width")] * times
            defaults += [column.get(q("table:default-cell-style-name"))] * times
        for row in table.iter(q("table:table-row")):
            times = repeats(row, "rows")
            hidden = row.get(q("table:visibility"), "visible") != "visible"
            for _ in range(times):
                self.read_row(row, defaults)
                self.heights.append(0.0 if hidden else book.length(row, "row-height"))

    def read_row(self, row, defaults):
        at = 0
        for element in row:
            times = repeats(element, "columns")
            if element.tag == q("table:table-cell") and element.get(q("office:value-type")):
                for column in range(at, at + times):
                    style = element.get(q("table:style-name")) or defaults[column]
                    self.cells[len(self.heights), column] = Cell(element, style)
            if element.tag in (q("table:table-cell"), q("table:covered-table-cell")):
                at += times


class Book:
    """A flat OpenDocument file."""

    def __init__(self, path):
        root = ET.parse(path).getroot()
        self.styles = {s.get(q("style:name")): s for s in root.iter(q("style:style"))}
        self.base = next((s for s in root.iter(q("style:default-style")) if s.get(q("style:family")) == "table-cell"), None)
        self.faces = {f.get(q("style:name")): dict(f.attrib) for f in root.iter(q("style:font-face"))}
        self.sheets = [Sheet(table, self) for table in root.iter(q("table:table"))]

    def length(self, element, name):
        style = self.styles.get(element.get(q("table:style-name")))
        for properties in style if style is not None else ():
            if properties.get(q(f"style:{name}")):
                return points(properties.get(q(f"style:{name}")))
        return 0.0

    def properties(self, name):
        """All properties of a cell style, those of its parents included, as {attribute: value}."""
        style = self.styles.get(name)
        chain = []
        while style is not None:
            chain.append(style)
            style = self.styles.get(style.get(q("style:parent-style-name")))
        if self.base is not None:
            chain.append(self.base)
        found = {}
        for style in reversed(chain):
            for properties in style:
                found.update(properties.attrib)
        return found
