#!/usr/bin/python3
"""Validates the XML parts of DOCX and XLSX files against the OOXML schemas.

Usage: validate.py FILE...

Prints `file: part: line: message` for every error, and exits with 1 if there
was one. The schemas are those beside this script; see SOURCE.txt.
"""

import re
import sys
import zipfile
from pathlib import Path

from lxml import etree

OOXML = "http://schemas.openxmlformats.org"
SML_TEXT = f"{{{OOXML}/spreadsheetml/2006/main}}t"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"

# One schema that imports the others accepts every root element they declare,
# so no table from part names to schemas is needed. xml.xsd comes first because
# the others use its attributes without naming the file.
IMPORTS = {
    "http://www.w3.org/XML/1998/namespace": "xml.xsd",
    f"{OOXML}/wordprocessingml/2006/main": "wml.xsd",
    f"{OOXML}/spreadsheetml/2006/main": "sml.xsd",
    f"{OOXML}/drawingml/2006/main": "dml-main.xsd",
    f"{OOXML}/drawingml/2006/spreadsheetDrawing": "dml-spreadsheetDrawing.xsd",
    f"{OOXML}/package/2006/content-types": "opc-contentTypes.xsd",
    f"{OOXML}/package/2006/relationships": "opc-relationships.xsd",
    f"{OOXML}/officeDocument/2006/extended-properties": "shared-documentPropertiesExtended.xsd",
    f"{OOXML}/officeDocument/2006/custom-properties": "shared-documentPropertiesCustom.xsd",
}

# The schema of core.xml needs the Dublin Core schemas, which are not here, so
# that part is checked against its list of elements.
CP = f"{OOXML}/package/2006/metadata/core-properties"
CORE_ROOT = f"{{{CP}}}coreProperties"
CORE = {
    CP: "category contentStatus keywords lastModifiedBy lastPrinted revision version",
    "http://purl.org/dc/elements/1.1/": "creator description identifier language subject title",
    "http://purl.org/dc/terms/": "created modified",
}
CORE_ELEMENTS = {f"{{{ns}}}{name}" for ns, names in CORE.items() for name in names.split()}
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")


def load_schema():
    here = Path(__file__).resolve().parent
    imports = "".join(
        f'<xs:import namespace="{namespace}" schemaLocation="{(here / file).as_uri()}"/>'
        for namespace, file in IMPORTS.items()
    )
    driver = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(driver))


def core_errors(root):
    seen = set()
    for element in root.iter(etree.Element):
        if element is root:
            continue
        line, tag = element.sourceline, element.tag
        name = etree.QName(element).localname
        if tag not in CORE_ELEMENTS or element.getparent() is not root:
            yield line, f"Element '{name}': not a core property."
            continue
        if tag in seen:
            yield line, f"Element '{name}': occurs more than once."
        seen.add(tag)
        if name in ("created", "modified", "lastPrinted"):
            if not DATE.fullmatch(element.text or ""):
                yield line, f"Element '{name}': '{element.text}' is not a date."
        if name in ("created", "modified"):
            # The value is a qualified name: its prefix has to be declared.
            prefix, _, kind = element.get(XSI_TYPE, "").rpartition(":")
            if kind != "W3CDTF" or element.nsmap.get(prefix) != "http://purl.org/dc/terms/":
                yield line, f"Element '{name}': xsi:type is not dcterms:W3CDTF."


def part_errors(schema, data):
    try:
        tree = etree.ElementTree(etree.fromstring(data))
    except etree.XMLSyntaxError as error:
        yield error.lineno, error.msg
        return
    root = tree.getroot()
    if root.tag == CORE_ROOT:
        yield from core_errors(root)
        return
    # sml.xsd has no xml:space on the text of a string, but Excel writes it, and
    # needs it to keep spaces at the ends.
    for text in root.iter(SML_TEXT):
        text.attrib.pop(XML_SPACE, None)
    if not schema.validate(tree):
        for error in schema.error_log:
            # Namespaces make the messages unreadable. The path is needed
            # because a part is often written as one long line.
            message = re.sub(r"\{(http|urn):[^}]*\}", "", error.message)
            yield error.line, f"{message} [{error.path}]"


def file_errors(schema, file):
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            if "[Content_Types].xml" not in names:
                yield "[Content_Types].xml", 0, "The part is missing."
            for name in sorted({name for name in names if names.count(name) > 1}):
                yield name, 0, "The part occurs more than once."
            for name in names:
                # Drawings of notes are in Microsoft's old VML, which has no schema here.
                if name.lower().endswith(".vml"):
                    etree.fromstring(package.read(name))
                elif name.lower().endswith((".xml", ".rels")):
                    for line, message in part_errors(schema, package.read(name)):
                        yield name, line, message
    except (OSError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        yield "-", 0, str(error)


def main(files):
    if not files:
        sys.exit(__doc__.strip())
    schema = load_schema()
    failed = False
    for file in files:
        for part, line, message in file_errors(schema, file):
            print(f"{file}: {part}: {line}: {message}")
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
