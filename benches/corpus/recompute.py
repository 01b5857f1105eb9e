"""The same job in openpyxl, one process over all files: load, compute the totals anew, save.

    python3 recompute.py OUT FILE...
"""

import os
import sys

import openpyxl

PARTS = ("基本支出", "项目支出", "财政拨款", "其他资金")
TOTALS = {"部门预算支出": PARTS[:2], "收入来源": PARTS[2:]}


def number(value):
    if isinstance(value, (int, float)):
        return float(value)
    try:
        return float(str(value).replace(",", ""))
    except ValueError:
        return 0.0


def recompute(sheet):
    """Adds up the parts beside their labels and the funding of the tasks, and writes what they come to."""
    found, funding, column = {}, 0.0, None
    for row in sheet.iter_rows():
        for cell in row:
            text = cell.value if isinstance(cell.value, str) else ""
            if text in PARTS:
                found[text] = number(sheet.cell(cell.row, cell.column + 1).value)
            elif text.startswith("拟投入的资金"):
                column = cell.column
            elif text.startswith("一级指标"):
                column = None
        if column:
            funding += number(sheet.cell(row[0].row, column).value)
    sums = {name: sum(found.get(part, 0.0) for part in parts) for name, parts in TOTALS.items()}
    last = sheet.max_row + 2
    for at, (name, value) in enumerate([*sums.items(), ("任务资金", funding)]):
        sheet.cell(last + at, 1).value = name
        sheet.cell(last + at, 2).value = value


def main():
    out, files = sys.argv[1], sys.argv[2:]
    os.makedirs(out, exist_ok=True)
    for path in files:
        book = openpyxl.load_workbook(path)
        recompute(book.worksheets[0])
        book.save(os.path.join(out, os.path.basename(path)))


main()
