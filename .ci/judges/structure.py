#!/usr/bin/env python3
"""Judges what no validator looks at: openpyxl opens each workbook, no merged blocks overlap, no cell hidden below a merge
has content, rows and cells stand in order, and every formula names only cells and sheets that are there.

Runs in the virtual environment that has openpyxl.

usage: structure.py FOLDER
"""

import re
import sys
import xml.etree.ElementTree as ET
import zipfile
from itertools import pairwise

import openpyxl
from openpyxl.utils import cell as cells

from office import books

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def order(path):
    """Rows or cells that do not ascend."""
    with zipfile.ZipFile(path) as book:
        for part in book.namelist():
            if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", part):
                continue
            places = []
            for row in ET.fromstring(book.read(part)).iter(f"{MAIN}row"):
                places.append((int(row.get("r")), 0))
                for cell in row.iter(f"{MAIN}c"):
                    at, column = cells.coordinate_from_string(cell.get("r"))[::-1]
                    places.append((at, cells.column_index_from_string(column)))
            for before, after in pairwise(places):
                if after <= before:
                    yield f"{part}: row {after[0]}, column {after[1]} stands behind {before[0]}, {before[1]}"


def faults(path):
    """What is wrong with one workbook."""
    yield from order(path)
    book = openpyxl.load_workbook(path)
    for sheet in book:
        owners = {}
        for block in sheet.merged_cells.ranges:
            for at in block.cells:
                if at in owners:
                    yield f"{sheet.title}: {block} overlaps {owners[at]}"
                owners[at] = block
        for row in sheet.iter_rows():
            for cell in row:
                block = owners.get((cell.row, cell.column))
                if block and (cell.row, cell.column) != (block.min_row, block.min_col) and cell.value is not None:
                    yield f"{sheet.title}!{cell.coordinate}: content below the merge {block}"
                if isinstance(cell.value, str) and cell.data_type == "f":
                    for name in re.findall(r"'((?:[^']|'')+)'!", cell.value):
                        if name.replace("''", "'") not in book.sheetnames:
                            yield f"{sheet.title}!{cell.coordinate}: no sheet `{name}`"


def main():
    found = []
    files = books(sys.argv[1])
    for path in files:
        try:
            found += [f"{path.name}: {fault}" for fault in faults(path)]
        except Exception as error:  # openpyxl raises whatever it stumbles over
            found.append(f"{path.name}: openpyxl cannot open it: {type(error).__name__}: {error}")
    for fault in found[:200]:
        print(fault)
    print(f"structure: {len(found)} faults; {len(files)} files")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
