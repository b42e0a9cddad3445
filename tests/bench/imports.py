"""The same files read by Python's usual libraries: every paragraph and every cell, and nothing made of them.

Prints for each file `path TAB library TAB milliseconds`, the median. Called by imports.rs.
"""

import statistics
import sys
import time
from pathlib import Path

import docx
import lxml.html
import openpyxl


def with_docx(path):
    document = docx.Document(path)
    words = [paragraph.text for paragraph in document.paragraphs]
    # The usual advice: row.cells and table.cell() are slower still.
    return words + [cell.text for table in document.tables for cell in table._cells]


def with_openpyxl(path):
    book = openpyxl.load_workbook(path, data_only=True)
    return [value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]


def with_lxml(path):
    page = lxml.html.fromstring(Path(path).read_text(encoding="utf-8"))
    return [cell.text_content() for cell in page.iter("p", "td", "th")]


LIBRARIES = {".docx": ("python-docx", with_docx), ".xlsx": ("openpyxl", with_openpyxl), ".html": ("lxml.html", with_lxml)}


def median(times, work):
    def once():
        begun = time.perf_counter()
        work()
        return (time.perf_counter() - begun) * 1000

    return statistics.median(once() for _ in range(times))


for path in sys.argv[1:]:
    if (ending := Path(path).suffix) in LIBRARIES:
        name, read = LIBRARIES[ending]
        print(path, name, median(30, lambda: read(path)), sep="\t")
