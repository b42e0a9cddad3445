"""OFD files as two programs that are not ours read them: one line of JSON for each file named.

For each page the runs as ofdkit places them (words, x, y, size in millimetres), and the words of the text objects as
easyofd has them. With --pictures FOLDER the pages are drawn there too, by FreeType from the fonts in the file, each glyph
by its number where easyofd says it stands.
"""

import base64
import contextlib
import io
import json
import os
import sys
import xml.etree.ElementTree as ET
import zipfile

import ofdkit
from loguru import logger
from PIL import Image, ImageDraw, ImageFont

logger.remove()
with contextlib.redirect_stdout(io.StringIO()):
    from easyofd.parser_ofd import OFDParser

DOTS = 4  # in a millimetre


def by_ofdkit(path):
    with ofdkit.open(path) as document:
        pages = [[(run.text, run.x, run.y, run.size) for run in page.runs] for page in document.pages]
        assert not document.warnings, document.warnings
        return pages, document.info.custom_data, document.info.title


def by_easyofd(path):
    with open(path, "rb") as file, contextlib.redirect_stdout(io.StringIO()):
        document = OFDParser(base64.b64encode(file.read()).decode())()[0]
    return [page for _, page in sorted(document["page_info"].items())], document["fonts"]


def places(text):
    """Where the characters of a text object stand."""
    x = text["pos"][0] + float(text["X"])
    yield x
    for step in text["DeltaX"].split():
        x += float(step)
        yield x


def pictures(path, pages, fonts, folder):
    def font(number, size):
        data = io.BytesIO(base64.b64decode(fonts[number]["font_b64"]))
        return ImageFont.truetype(data, max(1, round(size * DOTS)))

    def colour(value):
        return tuple(int(part) for part in value[:3]) if len(value) >= 3 else (0, 0, 0)

    for nth, page in enumerate(pages, 1):
        picture = Image.new("RGB", (210 * DOTS, 297 * DOTS), "white")
        draw = ImageDraw.Draw(picture)
        for line in page["line_list"]:
            left, top, width, height = line["pos"]
            box = [left * DOTS, top * DOTS, (left + width) * DOTS, (top + height) * DOTS]
            draw.rectangle(box, fill=colour(line["FillColor"]))
        for text in page["text_list"]:
            face = font(text["font"], text["size"])
            base = text["pos"][1] + float(text["Y"])
            for c, x in zip(text["text"], places(text)):
                draw.text((x * DOTS, base * DOTS), c, font=face, fill=colour(text["color"]), anchor="ls")
        name = os.path.splitext(os.path.basename(path))[0]
        picture.save(os.path.join(folder, f"{name}-{nth}.png"))


def glyphs(path):
    """Whether each glyph that a page asks for by number is the one that the font has for the character."""
    from fontTools.ttLib import TTFont

    space = "{http://www.ofdspec.org/2016}"
    with zipfile.ZipFile(path) as archive:
        fonts = {}
        for font in ET.fromstring(archive.read("Doc_0/PublicRes.xml")).iter(space + "Font"):
            data = archive.read("Doc_0/Res/" + font.find(space + "FontFile").text)
            fonts[font.get("ID")] = TTFont(io.BytesIO(data))
        for name in archive.namelist():
            if not name.endswith("Content.xml"):
                continue
            for text in ET.fromstring(archive.read(name)).iter(space + "TextObject"):
                font = fonts[text.get("Font")]
                words = text.find(space + "TextCode").text
                numbers = text.find(f"{space}CGTransform/{space}Glyphs").text.split()
                order, known = font.getGlyphOrder(), font.getBestCmap()
                assert [order[int(n)] for n in numbers] == [known[ord(c)] for c in words], words
        for font in fonts.values():
            for glyph in font.getGlyphOrder():
                font["glyf"][glyph].getCoordinates(font["glyf"])


folder = None
if sys.argv[1] == "--pictures":
    folder = sys.argv[2]
    del sys.argv[1:3]
for path in sys.argv[1:]:
    kit, properties, title = by_ofdkit(path)
    easy, fonts = by_easyofd(path)
    if folder:
        glyphs(path)
        pictures(path, easy, fonts, folder)
    said = {
        "title": title,
        "properties": properties,
        "ofdkit": kit,
        "easyofd": [[text["text"] for text in page["text_list"]] for page in easy],
    }
    print(json.dumps(said, ensure_ascii=False))
