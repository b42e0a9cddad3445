"""The same report written by python-docx and openpyxl, and the Word file turned into a PDF by LibreOffice.

Prints for each the median time of one report in milliseconds: `name number`. Called by outputs.rs.
"""

import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx
import openpyxl
import openpyxl.formatting.rule
import openpyxl.worksheet.datavalidation

report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))


def with_docx():
    document = docx.Document()
    document.add_heading(report["title"], 0)
    for block in report["blocks"]:
        if "heading" in block:
            document.add_heading(block["heading"], 1)
        elif "text" in block:
            document.add_paragraph(block["text"])
        else:
            table = document.add_table(block["rows"], block["cols"])
            table.style = "Table Grid"
            # The usual advice: look the cells up once, since table.cell() is slower still.
            cells, wide = table._cells, block["cols"]
            for row, col, rows, cols, text, *_ in block["cells"]:
                cell = cells[row * wide + col]
                if rows > 1 or cols > 1:
                    cell = cell.merge(cells[(row + rows - 1) * wide + col + cols - 1])
                cell.text = text
    document.save(io.BytesIO())


def with_openpyxl():
    """What our workbook holds: styles, spans, widths, live totals, validation, conditional formats, print setup."""
    styles = openpyxl.styles
    book = openpyxl.Workbook()
    cover = book.active
    cover.column_dimensions["A"].width = 90
    cover["A1"] = report["title"]
    thin = styles.Side(style="thin", color="2B2F36")
    border = styles.Border(left=thin, right=thin, top=thin, bottom=thin)
    song, bold = styles.Font(name="宋体", size=10.5), styles.Font(name="宋体", size=10.5, bold=True)
    centre = styles.Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
    wrap = styles.Alignment(wrap_text=True, vertical="center")
    grey = styles.PatternFill("solid", fgColor="F1F3F5")
    red = styles.PatternFill("solid", bgColor="FDECEA")
    unlocked = styles.Protection(locked=False)
    for block in report["blocks"]:
        if "cells" not in block:
            cover.append([block.get("heading") or block.get("text")])
            cover.cell(cover.max_row, 1).font = song
            cover.cell(cover.max_row, 1).alignment = wrap
            continue
        sheet = book.create_sheet()
        counts = openpyxl.worksheet.datavalidation.DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        sheet.add_data_validation(counts)
        for col in range(block["cols"]):
            sheet.column_dimensions[openpyxl.utils.get_column_letter(col + 1)].width = 12
        for row in range(block["rows"]):
            sheet.row_dimensions[row + 1].height = 18
            rule = openpyxl.formatting.rule.FormulaRule(formula=[f"AND(COUNT($D${row + 1}:$J${row + 1})=7,SUM($D${row + 1}:$I${row + 1})<>$J${row + 1})"], fill=red)
            sheet.conditional_formatting.add(f"D{row + 1}:J{row + 1}", rule)
        for row, col, rows, cols, text, is_number, is_computed in block["cells"]:
            value = f"=SUM(D{row + 1}:I{row + 1})" if is_computed else float(text) if is_number and text else text
            cell = sheet.cell(row + 1, col + 1, value)
            cell.font = bold if is_computed else song
            cell.alignment = centre if is_number else wrap
            cell.border = border
            if is_computed:
                cell.fill = grey
            elif is_number:
                cell.number_format = "0"
                cell.protection = unlocked
                counts.add(cell)
            if rows > 1 or cols > 1:
                sheet.merge_cells(start_row=row + 1, start_column=col + 1, end_row=row + rows, end_column=col + cols)
        sheet.protection.sheet = True
        sheet.print_title_rows = "1:3"
        sheet.page_setup.fitToWidth = 1
        sheet.freeze_panes = "D4"
    book.save(io.BytesIO())


def median(times, work):
    def once():
        begun = time.perf_counter()
        work()
        return (time.perf_counter() - begun) * 1000

    return statistics.median(once() for _ in range(times))


def libreoffice(copies=20):
    """A batch in one office, as is fastest for it: the time of one document, starting included."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number in range(copies):
            path = Path(folder, f"{number}.docx")
            path.write_bytes(Path(sys.argv[2]).read_bytes())
            names.append(str(path))
        begun = time.perf_counter()
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir", folder, *names],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return (time.perf_counter() - begun) * 1000 / copies


print("python-docx", median(15, with_docx))
print("openpyxl", median(30, with_openpyxl))
print("LibreOffice", libreoffice())
