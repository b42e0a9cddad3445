"""The official template, filled in and saved by LibreOffice alone.

Usage: fill.py FOLDER TEMPLATE. FOLDER holds one NAME.json for each report (documents.rs); those on the template's form
are saved as Word and as ODF text into folders of their own.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "ooxml"))
from recalculate import office, properties

PARAGRAPH_BREAK = 0  # com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK
KINDS = {"docx": "MS Word 2007 XML", "odt": "writer8"}


def paragraphs(document):
    every = document.Text.createEnumeration()
    while every.hasMoreElements():
        part = every.nextElement()
        if part.supportsService("com.sun.star.text.Paragraph"):
            yield part


def fill(document, report):
    texts, tables, section = {}, [], None
    for block in report["blocks"]:
        if "heading" in block:
            section = block["heading"]
        elif "text" in block:
            texts.setdefault(section, []).append(block["text"])
        else:
            tables.append(block)
    for at, block in enumerate(tables):
        table = document.TextTables.getByIndex(at)
        for name, (*_, text, is_number) in zip(table.CellNames, block["cells"], strict=True):
            if is_number:
                table.getCellByName(name).String = text
    section = None
    for paragraph in list(paragraphs(document)):
        if "年度报告" in paragraph.String:
            paragraph.String = report["title"]
            document.Text.insertControlCharacter(paragraph.End, PARAGRAPH_BREAK, False)
            cursor = document.Text.createTextCursorByRange(paragraph.End)
            cursor.gotoNextParagraph(False)
            # Lines as Shift and Enter make them.
            cursor.String = "\n".join(texts[None])
        elif paragraph.String.startswith("（文字描述"):
            paragraph.String = "\n".join(texts[section])
        else:
            section = paragraph.String


def main():
    folder, template = Path(sys.argv[1]), Path(sys.argv[2])
    with office(folder) as desktop:
        for path in sorted(folder.glob("*.json")):
            report = json.loads(path.read_text(encoding="utf-8"))
            if report["form"] != "2021":
                continue
            document = desktop.loadComponentFromURL(template.as_uri(), "_blank", 0, properties(Hidden=True))
            fill(document, report)
            for ending, name in KINDS.items():
                target = folder / f"filled by LibreOffice {ending}" / f"{path.stem}.{ending}"
                target.parent.mkdir(exist_ok=True)
                document.storeToURL(target.as_uri(), properties(FilterName=name))
            document.close(True)


main()
