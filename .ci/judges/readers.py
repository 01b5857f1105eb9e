#!/usr/bin/env python3
"""Judges that no cell of a binary workbook is lost or changed on its way in: every .xls and .et that xlrd opens and every
.xlsb that pyxlsb opens holds the same cells for both readers. Over the fixtures and, where it is at hand, ../shared/corpus.

Runs in the virtual environment that has xlrd and pyxlsb. CELLS is the example `cells`, which prints cells as JSON.

usage: readers.py CELLS
"""

import io
import json
import math
import subprocess
import sys
import warnings
from pathlib import Path

import pyxlsb
import xlrd

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [ROOT / "tests" / "fixtures" / "containers", ROOT / "samples", ROOT.parent / "shared" / "corpus"]
MOST_BYTES = 8 << 20
# A sheet of our own, which is known by a mark and not read.
OURS = "合计核对"
# Where the other reader is wrong: pyxlsb finds no shared texts and gives their number.
WRONG = {"issue_419.xlsb"}
ERRORS = xlrd.error_text_from_code


def old(path):
    """The cells of a BIFF workbook, and whether its texts are in UTF-16."""
    book = xlrd.open_workbook(path, logfile=io.StringIO(), on_demand=True)
    cells = {}
    for name in book.sheet_names():
        sheet = book.sheet_by_name(name)
        for row in range(sheet.nrows):
            for col in range(sheet.row_len(row)):
                kind, value = sheet.cell_type(row, col), sheet.cell_value(row, col)
                if kind == xlrd.XL_CELL_TEXT and value.strip():
                    cells[name, row, col] = value
                elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                    cells[name, row, col] = float(value)
                elif kind == xlrd.XL_CELL_BOOLEAN:
                    cells[name, row, col] = bool(value)
                elif kind == xlrd.XL_CELL_ERROR:
                    cells[name, row, col] = ERRORS.get(value, "#N/A")
        book.unload_sheet(name)
    return cells, book.biff_version >= 80


def binary(path):
    """The cells of an xlsb workbook."""
    cells = {}
    with pyxlsb.open_workbook(str(path)) as book:
        for name in book.sheets:
            with book.get_sheet(name) as sheet:
                for row in sheet.rows(sparse=True):
                    for cell in row:
                        value = cell.v
                        if isinstance(value, str) and value.strip() or isinstance(value, (bool, int, float)):
                            cells[name, cell.r, cell.c] = value if isinstance(value, (str, bool)) else float(value)
    return cells, True


def same(theirs, kind, value):
    """Whether two readers mean the same by a cell."""
    if kind == "formula":
        return theirs in (0.0, "")
    if isinstance(theirs, bool) or kind == "truth":
        return isinstance(theirs, (bool, float)) and float(theirs) == float(value)
    if isinstance(theirs, float):
        return kind == "number" and math.isclose(theirs, value, rel_tol=1e-14)
    if kind == "error":
        return True  # The other one calls some of them by a number.
    return str(value).replace("\r\n", "\n").strip() == theirs.replace("\r\n", "\n").strip()


def in_order(cells):
    """The names of the sheets that hold something, in order."""
    return list(dict.fromkeys(name for name, _, _ in cells))


def faults(theirs, ours, wide):
    """Cells that are not the same."""
    names, known = in_order(theirs), in_order(ours)
    if set(names).isdisjoint(known) and len(names) == len(known):
        # A sheet without a workbook has no name, and a name may be in an encoding that one of the two takes for another.
        order = dict(zip(known, names))
        ours = {(order[name], row, col): value for (name, row, col), value in ours.items()}
    for (name, row, col), value in theirs.items():
        if name == OURS:
            continue
        found = ours.get((name, row, col))
        if found is None:
            yield f"{name}!R{row + 1}C{col + 1}: {value!r} is missing"
        elif not same(value, *found) and (wide or not isinstance(value, str)):
            yield f"{name}!R{row + 1}C{col + 1}: {value!r} became {found!r}"


def main(program):
    warnings.simplefilter("ignore")
    counts = {"files": 0, "cells": 0, "not opened by the other": 0, "refused": 0}
    wrong = 0
    files = [path for folder in FOLDERS if folder.is_dir() for path in sorted(folder.rglob("*"))]
    for path in files:
        reader = {".xls": old, ".et": old, ".xlsb": binary}.get(path.suffix.lower())
        if reader is None or path.name in WRONG or not path.is_file() or path.stat().st_size > MOST_BYTES:
            continue
        try:
            theirs, wide = reader(path)
        except Exception:  # noqa: BLE001  Broken files make it raise anything.
            counts["not opened by the other"] += 1
            continue
        said = subprocess.run([program, path], capture_output=True, check=False, timeout=120)
        lines = [json.loads(line) for line in said.stdout.splitlines()]
        if said.returncode != 0 or any(len(line) == 2 for line in lines):
            counts["refused"] += 1
            print(f"{path.name}: refused: {lines[-1][1] if lines else said.stderr.decode()[-200:]}")
            continue
        ours = {(name, row, col): (kind, value) for _, name, row, col, kind, value in lines}
        counts["files"] += 1
        counts["cells"] += len(theirs)
        found = list(faults(theirs, ours, wide))
        if found:
            wrong += 1
            print(f"{path.relative_to(ROOT.parent)}: {len(found)} of {len(theirs)} cells differ")
            for fault in found[:5]:
                print(f"  {fault}"[:300])
    print(", ".join(f"{count} {what}" for what, count in counts.items()))
    return 1 if wrong or counts["files"] == 0 else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    sys.exit(main(sys.argv[1]))
