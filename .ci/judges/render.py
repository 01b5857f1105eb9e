#!/usr/bin/env python3
"""Judges the printed pages: xlsx to PDF with LibreOffice, PDF to images with poppler.

Fails on an empty page, a page that is not A4, a form sheet (the first) that is wider than one page, and an amount shown
as ###. The images stay in the work folder below `pages`, to be looked at.

usage: render.py FOLDER [--work FOLDER]
"""

import argparse
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from office import ROOT, books, convert

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
A4 = (595.28, 841.89)
# A pixel of at most this grey is ink, and an image with less ink than this is empty.
INK, LEAST = 200, 20


def tool(*command):
    """What a command prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def sizes(pdf):
    """Width and height of each page, in points."""
    found = re.findall(r"^Page +\d+ size: +([\d.]+) x ([\d.]+) pts", tool("pdfinfo", "-l", "9999", pdf), re.M)
    return [(float(width), float(height)) for width, height in found]


def is_a4(size):
    return all(abs(side - wanted) < 2 for side, wanted in zip(sorted(size), A4, strict=True))


def ink(image):
    """Dark pixels of a binary grey map (PGM)."""
    data = image.read_bytes()
    header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    return sum(pixel <= INK for pixel in data[header.end() :])


def fits_one_page_wide(path):
    """Whether the first sheet is set to print one page wide."""
    with zipfile.ZipFile(path) as book:
        links = {link.get("Id"): link.get("Target") for link in ET.fromstring(book.read("xl/_rels/workbook.xml.rels"))}
        first = next(ET.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet"))
        target = links[first.get(RELATION)]
        sheet = ET.fromstring(book.read(target.lstrip("/") if target.startswith("/") else f"xl/{target}"))
    fit = sheet.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr")
    setup = sheet.find(f"{MAIN}pageSetup")
    is_set = fit is not None and fit.get("fitToPage") in ("1", "true")
    return is_set and (setup is None or setup.get("fitToWidth", "1") == "1")


def faults(file, pdf, pages):
    """What is wrong with one workbook's pages, and their number."""
    found = []
    if not fits_one_page_wide(file):
        found.append(f"{file.name}: the form's sheet is not set to print one page wide")
    all_sizes = sizes(pdf)
    for number, size in enumerate(all_sizes, 1):
        if not is_a4(size):
            found.append(f"{file.name}: page {number} is {size[0]:.0f} x {size[1]:.0f} pt, not A4")
    for number, text in enumerate(tool("pdftotext", "-layout", pdf, "-").split("\f"), 1):
        for line in text.splitlines():
            if "###" in line:
                found.append(f"{file.name}: page {number} shows ###: {line.strip()[:80]}")
    tool("pdftoppm", "-r", "40", "-gray", pdf, pages / f"{file.stem}-grey")
    tool("pdftoppm", "-r", "80", "-png", pdf, pages / file.stem)
    for number, image in enumerate(sorted(pages.glob(f"{file.stem}-grey-*.pgm")), 1):
        if ink(image) < LEAST:
            found.append(f"{file.name}: page {number} is empty")
        image.unlink()
    return found, len(all_sizes)


def judge(folder, work):
    """The faults found, and the numbers of files and pages looked at."""
    files = books(folder)
    pages = work / "pages"
    pages.mkdir(parents=True, exist_ok=True)
    for old in pages.glob("*.p[ng][gm]"):
        old.unlink()
    pdfs = convert(files, "pdf", work / "pdf", "render")
    with ThreadPoolExecutor(2) as threads:
        results = list(threads.map(faults, files, pdfs, [pages] * len(files)))
    return [fault for found, _ in results for fault in found], len(files), sum(count for _, count in results)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--work", type=Path, default=ROOT / "target" / "judged")
    arguments = parser.parse_args()
    begun = time.monotonic()
    found, files, count = judge(arguments.folder, arguments.work.resolve())
    for fault in found[:200]:
        print(fault)
    verdict = f"{len(found)} faults" if found else "all pages are as they should be"
    print(f"pages: {verdict}; {files} files, {count} pages, {time.monotonic() - begun:.1f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
