#!/usr/bin/env python3
"""Judges the cached results of formulas: LibreOffice recalculates them all and must come to the same.

Numbers are compared as decimals to 1e-6, texts and errors exactly. A small workbook with a wrong cached result goes
along; if LibreOffice leaves that as it is, it did not recalculate and the judgement is void.

usage: recalculate.py FOLDER [--work FOLDER]
"""

import argparse
import re
import sys
import time
import xml.etree.ElementTree as ET
import zipfile
from decimal import Decimal, InvalidOperation
from pathlib import Path

from office import ROOT, Book, a1, books, convert

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ALWAYS = (
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
    '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>'
)
NEARLY = Decimal("1e-6")


def formulas(path):
    """The formula cells of a workbook: (sheet, cell, formula, cached result or None)."""
    with zipfile.ZipFile(path) as book:
        links = ET.fromstring(book.read("xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): link.get("Target") for link in links}
        for sheet in ET.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet"):
            target = targets[sheet.get(RELATION)]
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            for cell in ET.fromstring(book.read(part)).iter(f"{MAIN}c"):
                formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
                if formula is not None:
                    yield sheet.get("name"), cell.get("r"), formula.text, None if value is None else value.text or ""


def agree(ours, theirs):
    """Whether a cached result and LibreOffice's cell say the same."""
    if theirs is None or theirs.type is None:
        return ours == ""
    if theirs.type == "string":
        return ours == theirs.text
    if theirs.type == "boolean":
        return ours == str(int(theirs.text.lower() in ("true", "1")))
    try:
        return abs(Decimal(ours) - Decimal(theirs.value)) <= NEARLY
    except InvalidOperation:
        return False


def write_control(path):
    """A workbook that claims 1 + 1 = 3."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="a" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="a" '
        f'Type="{office}/worksheet" Target="sheet1.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN[1:-1]}" xmlns:r="{office}"><sheets>'
        '<sheet name="control" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/sheet1.xml": f'<worksheet xmlns="{MAIN[1:-1]}"><sheetData><row r="1">'
        '<c r="A1"><f>1+1</f><v>3</v></c></row></sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')


def judge(folder, work):
    """The faults found, and the numbers of files and formulas looked at."""
    files = books(folder)
    work.mkdir(parents=True, exist_ok=True)
    control = work / "recalculation-control.xlsx"
    write_control(control)
    flats = convert([*files, control], "fods", work, "recalculate", ALWAYS)
    if Book(flats[-1]).sheets[0].cells[0, 0].value != "2":
        sys.exit("LibreOffice did not recalculate: no judgement")
    found, count = [], 0
    for file, flat in zip(files, flats, strict=False):
        sheets = {sheet.name: sheet for sheet in Book(flat).sheets}
        for sheet, name, formula, ours in formulas(file):
            count += 1
            where = f"{file.name}:{sheet}!{name}"
            theirs = sheets[sheet].cells.get(position(name))
            if ours is None:
                found.append(f"{where}: ={formula} has no cached result")
            elif not agree(ours, theirs):
                said = "nothing" if theirs is None else theirs.value or theirs.text
                found.append(f"{where}: ={formula} is cached as `{ours}`, LibreOffice says `{said}`")
    return found, len(files), count


def position(name):
    """Row and column, counted from 0, of a cell such as `B7`."""
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", name).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    assert a1(int(digits) - 1, column - 1) == name
    return int(digits) - 1, column - 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--work", type=Path, default=ROOT / "target" / "judged" / "recalculate")
    arguments = parser.parse_args()
    begun = time.monotonic()
    found, files, count = judge(arguments.folder, arguments.work.resolve())
    for fault in found[:200]:
        print(fault)
    verdict = f"{len(found)} faults" if found else "all results agree"
    print(f"recalculation: {verdict}; {files} files, {count} formulas, {time.monotonic() - begun:.1f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
