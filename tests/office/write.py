"""Reports as other programs write them: python-docx, openpyxl, and web pages by hand as sites and Word have them.

Usage: write.py FOLDER TEMPLATE. FOLDER holds one NAME.json for each report (documents.rs); each kind of document goes
into a folder of its own beside them. The official TEMPLATE is filled in where the report is on its form.
"""

import copy
import html
import json
import re
import sys
from pathlib import Path

import docx
import openpyxl
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from openpyxl.styles import Alignment, Border, Side


def with_docx(report, path, points=None):
    document = docx.Document()
    if points:
        document.styles["Normal"].font.size = docx.shared.Pt(points)
    document.core_properties.title = ""
    document.add_heading(report["title"], 0)
    for block in report["blocks"]:
        if "heading" in block:
            document.add_heading(block["heading"], 1)
        elif "text" in block:
            document.add_paragraph(block["text"])
        else:
            table = document.add_table(block["rows"], block["cols"], "Table Grid")
            for row, col, rows, cols, text, is_number in block["cells"]:
                cell = table.cell(row, col)
                if rows > 1 or cols > 1:
                    cell = cell.merge(table.cell(row + rows - 1, col + cols - 1))
                cell.text = text
                if is_number:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.save(path)


def in_template(report, template, path):
    document = docx.Document(template)
    title = next(p for p in document.paragraphs if "年度报告" in p.text)
    texts, tables, section = {}, [], None
    for block in report["blocks"]:
        if "heading" in block:
            section = block["heading"]
        elif "text" in block:
            texts.setdefault(section, []).append(block["text"])
        else:
            tables.append(block)

    def write(paragraph, text):
        for run in paragraph.runs[1:]:
            run._r.getparent().remove(run._r)
        if paragraph.runs:
            paragraph.runs[0].text = text
        else:
            paragraph.add_run(text)

    def behind(paragraph, lines):
        for text in reversed(lines):
            another = copy.deepcopy(paragraph._p)
            paragraph._p.addnext(another)
            write(docx.text.paragraph.Paragraph(another, paragraph._parent), text)

    write(title, report["title"])
    hint = next(p for p in document.paragraphs if p.text.startswith("（文字描述"))
    for text in texts.pop(None, []):
        another = copy.deepcopy(hint._p)
        next(p for p in document.paragraphs if p.text.startswith("一、"))._p.addprevious(another)
        write(docx.text.paragraph.Paragraph(another, hint._parent), text)
    section = None
    for paragraph in document.paragraphs:
        if paragraph.text in texts:
            section = paragraph.text
        elif paragraph.text.startswith("（文字描述"):
            behind(paragraph, texts.pop(section))
            paragraph._p.getparent().remove(paragraph._p)
    assert not texts, texts.keys()
    for table, block in zip(document.tables, tables, strict=True):
        merge = lambda tc: tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        shown = lambda tc: merge(tc) is None or merge(tc).get(qn("w:val")) == "restart"
        places = [tc for tc in table._tbl.iter(qn("w:tc")) if shown(tc)]
        for tc, (*_, text, is_number) in zip(places, block["cells"], strict=True):
            if is_number:
                write(docx.table._Cell(tc, table).paragraphs[0], text)
    document.save(path)


def with_openpyxl(report, path):
    """As clerks keep it: all on one sheet, one below the other, numbers as numbers."""
    thin = Side(style="thin")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "年报"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    wide = max(block.get("cols", 0) for block in report["blocks"])
    for col in range(wide):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(col + 1)].width = 12
    at = 1

    def line(text):
        nonlocal at
        sheet.cell(at, 1, text).alignment = Alignment(wrap_text=True, vertical="center")
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=wide)
        sheet.row_dimensions[at].height = 16 * (1 + len(text) // 60)
        at += 1

    line(report["title"])
    for block in report["blocks"]:
        if "cells" not in block:
            line(block.get("heading") or block["text"])
            continue
        for row, col, rows, cols, text, is_number in block["cells"]:
            number = is_number and re.fullmatch(r"-?\d+(\.\d+)?", text)
            cell = sheet.cell(at + row, 1 + col)
            cell.value = (float(text) if "." in text else int(text)) if number else text or None
            cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if is_number else None)
            for r in range(rows):
                for c in range(cols):
                    sheet.cell(at + row + r, 1 + col + c).border = border
            if rows > 1 or cols > 1:
                sheet.merge_cells(start_row=at + row, start_column=1 + col, end_row=at + row + rows - 1, end_column=col + cols)
        for row in range(block["rows"]):
            lines = (len(text) / (5 * cols * rows) for r, _, rows, cols, text, _ in block["cells"] if r == row)
            sheet.row_dimensions[at + row].height = 15 * (1 + int(max(lines, default=0)))
        at += block["rows"] + 1
    book.save(path)


def rows_of(block):
    rows = [[] for _ in range(block["rows"])]
    for cell in block["cells"]:
        rows[cell[0]].append(cell)
    return rows


def spans(rows, cols):
    return (f" colspan={cols}" if cols > 1 else "") + (f" rowspan={rows}" if rows > 1 else "")


def page(report, size=15):
    """A plain page of a web site; large type leaves rows that a page's end cuts."""
    out = [
        f"<!DOCTYPE html><html lang=zh><head><meta charset=utf-8><title>{html.escape(report['organ'])}</title>",
        f"<style>body{{font:{size}px/1.8 serif;margin:0}}"
        "table{border-collapse:collapse;width:100%}"
        "td{border:1px solid #333;padding:2px 4px}.n{text-align:center}h1{text-align:center;font-size:22px}</style>",
        f"</head><body><h1>{html.escape(report['title'])}</h1>",
    ]
    for block in report["blocks"]:
        if "heading" in block:
            out.append(f"<h2>{html.escape(block['heading'])}</h2>")
        elif "text" in block:
            out.append(f"<p>{html.escape(block['text'])}</p>")
        else:
            out.append("<table>")
            for row in rows_of(block):
                cells = (
                    f"<td{spans(rows, cols)}{' class=n' if is_number else ''}>{html.escape(text)}</td>"
                    for _, _, rows, cols, text, is_number in row
                )
                out.append(f"<tr>{''.join(cells)}</tr>")
            out.append("</table>")
    return "\n".join([*out, "</body></html>"])


def word_page(report, filtered):
    """What Word saves as a web page: runs by script, lines broken anywhere, marks that only Word understands."""
    mso = "" if filtered else "mso-bidi-font-size:12.0pt;mso-hansi-font-family:宋体;mso-bidi-font-family:宋体;"
    end = "" if filtered else "<o:p></o:p>"

    def runs(text):
        if not text:
            blank = "&nbsp;" if filtered else "<o:p>&nbsp;</o:p>"
            return f"<span lang=EN-US style='font-size:10.5pt;font-family:宋体'>{blank}</span>"
        out = []
        for latin, other in re.findall(r"([!-~]+)|([^!-~]+)", text):
            lang, run = (" lang=EN-US", latin) if latin else ("", other)
            # Word breaks the lines of its source between any two Chinese characters.
            broken = re.sub(r"(?<=[\u4e00-\u9fff]{14})(?=[\u4e00-\u9fff])", "\n  ", run, count=1)
            out.append(f"<span{lang}\nstyle='font-size:10.5pt;{mso}font-family:宋体'>{html.escape(broken)}</span>")
        return "".join(out)

    def paragraph(text, style="text-indent:32.0pt"):
        lines = [runs(line) for line in text.split("\n")]
        return f"<p class=MsoNormal style='{style};line-height:28.0pt'>{'<br>'.join(lines)}<span\nlang=EN-US>{end}</span></p>\n"

    office = "" if filtered else (
        ' xmlns:v="urn:schemas-microsoft-com:vml"\nxmlns:o="urn:schemas-microsoft-com:office:office"\n'
        'xmlns:w="urn:schemas-microsoft-com:office:word"\nxmlns="http://www.w3.org/TR/REC-html40"'
    )
    properties = "" if filtered else (
        "<!--[if gte mso 9]><xml>\n <o:DocumentProperties>\n  <o:Author>张三</o:Author>\n  <o:Pages>4</o:Pages>\n"
        " </o:DocumentProperties>\n</xml><![endif]--><!--[if gte mso 9]><xml>\n <w:WordDocument>\n  <w:View>Print</w:View>\n"
        " </w:WordDocument>\n</xml><![endif]-->\n"
    )
    table_style = "" if filtered else (
        "<!--[if gte mso 10]>\n<style>\n /* Style Definitions */\n table.MsoNormalTable\n\t{mso-style-name:普通表格;\n"
        "\tmso-tstyle-rowband-size:0;\n\tfont-size:10.0pt;}\n</style>\n<![endif]-->"
    )
    out = [
        f"<html{office}>\n\n<head>\n<meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">\n"
        f"<meta name=Generator content=\"Microsoft Word 15{' (filtered)' if filtered else ''}\">\n"
        f"{'' if filtered else '<link rel=File-List href=x.files/filelist.xml>'}\n<title>公文</title>\n{properties}"
        "<style>\n<!--\n /* Font Definitions */\n @font-face\n\t{font-family:宋体;\n\tpanose-1:2 1 6 0 3 1 1 1 1 1;}\n"
        " p.MsoNormal, li.MsoNormal, div.MsoNormal\n\t{margin:0cm;text-align:justify;font-size:10.5pt;}\n-->\n</style>\n"
        f"{table_style}</head>\n\n<body lang=ZH-CN style='tab-interval:21.0pt;text-justify-trim:punctuation'>\n\n"
        "<div class=WordSection1 style='layout-grid:15.6pt'>\n\n",
        paragraph(report["title"], "text-align:center"),
    ]
    for block in report["blocks"]:
        if "cells" not in block:
            out.append(paragraph(block.get("heading") or block["text"]))
            continue
        out.append(
            "<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 width=604\n style='width:453.0pt;"
            f"border-collapse:collapse;border:none{'' if filtered else ';mso-border-alt:solid windowtext .5pt'}'>\n"
        )
        for nth, row in enumerate(rows_of(block)):
            out.append(f" <tr style='{'' if filtered else f'mso-yfti-irow:{nth};'}height:20.0pt'>\n")
            for _, _, rows, cols, text, is_number in row:
                inner = paragraph(text, "text-align:center" if is_number else "")
                out.append(f"  <td width={60 * cols}{spans(rows, cols)} valign=top style='width:45.0pt;border:\n  solid windowtext 1.0pt'>\n  {inner}  </td>\n")
            out.append(" </tr>\n")
        # The last row, which tells old browsers the columns' widths.
        widths = "".join("  <td width=60 style='border:none'></td>\n" for _ in range(block["cols"]))
        out.append(f" <![if !supportMisalignedColumns]>\n <tr height=0>\n{widths} </tr>\n <![endif]>\n</table>\n\n")
        out.append(f"<p class=MsoNormal><span lang=EN-US>{end or '&nbsp;'}</span></p>\n\n")
    return "".join([*out, "</div>\n\n</body>\n\n</html>\n"]).replace("\n", "\r\n").encode("gb18030")


def main():
    folder, template = Path(sys.argv[1]), sys.argv[2]
    for kind in ["python-docx", "large docx", "template", "openpyxl", "page", "large page", "word", "word-filtered"]:
        (folder / kind).mkdir(exist_ok=True)
    for path in sorted(folder.glob("*.json")):
        name, report = path.stem, json.loads(path.read_text(encoding="utf-8"))
        with_docx(report, folder / "python-docx" / f"{name}.docx")
        with_docx(report, folder / "large docx" / f"{name}.docx", 14)
        if report["form"] == "2021":
            in_template(report, template, folder / "template" / f"{name}.docx")
        with_openpyxl(report, folder / "openpyxl" / f"{name}.xlsx")
        for kind, size in [("page", 15), ("large page", 23)]:
            (folder / kind / f"{name}.html").write_text(page(report, size), encoding="utf-8")
        for kind in ["word", "word-filtered"]:
            (folder / kind / f"{name}.htm").write_bytes(word_page(report, kind != "word"))


main()
