#!/usr/bin/python3
"""Opens an XLSX file in LibreOffice, changes cells, and reads results.

Usage: recalculate.py FILE.xlsx < COMMANDS

COMMANDS is a JSON list, carried out in order on the recalculated file:
  {"set": ["Sheet", "D5", 7]}         puts a number, a string or null (empty)
  {"get": ["Sheet", "J5"]}            the cell's number or text, null if empty
  {"background": ["Sheet", "D5"]}     true if a conditional format now gives
                                      the cell another background than its own
Prints a JSON list of the results of "get" and "background". The file itself is
not changed. Exits with 1 and a message if anything fails.
"""

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.table.CellContentType import EMPTY, FORMULA, TEXT
from com.sun.star.uno import Exception as UnoException

TIMEOUT_SECONDS = 180
FORMULA_RESULT_VALUE = 1  # com.sun.star.sheet.FormulaResult.VALUE


class Failure(Exception):
    pass


def properties(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def connect(process, pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", context
            )
        except NoConnectException:
            if process.poll() is not None:
                raise Failure(f"soffice ended with {process.returncode}") from None
            time.sleep(0.1)


@contextmanager
def office(directory):
    """A LibreOffice with a profile and a pipe of its own, so that it neither
    joins nor disturbs one that is already running."""
    pipe = f"recalculate-{secrets.token_hex(8)}"
    process = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={(directory / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    # soffice is a script that starts others, so the whole group has to be ended.
    # A call into an office that hangs returns only when that one is gone, so a
    # thread ends it, as a signal would not be handled during the call.
    watchdog = threading.Timer(TIMEOUT_SECONDS, os.killpg, (process.pid, signal.SIGKILL))
    watchdog.start()
    try:
        desktop = connect(process, pipe)
        yield desktop
        try:
            desktop.terminate()
            process.wait(20)
        except (UnoException, subprocess.TimeoutExpired):
            pass
    finally:
        watchdog.cancel()
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


def find_cell(document, sheet, address):
    try:
        return document.Sheets.getByName(sheet).getCellRangeByName(address).getCellByPosition(0, 0)
    except UnoException:
        raise Failure(f"no cell {address} on a sheet {sheet}") from None


def read(cell):
    if cell.Type == EMPTY:
        return None
    if cell.Type == TEXT:
        return cell.String
    # The text of an error, such as #DIV/0!, says more than its value 0.
    if cell.Type == FORMULA:
        if cell.getError() or cell.FormulaResultType2 != FORMULA_RESULT_VALUE:
            return cell.String
    return int(cell.Value) if cell.Value.is_integer() else cell.Value


def write(cell, value):
    # A script may write there, a person may not.
    if cell.Spreadsheet.isProtected() and cell.CellProtection.IsLocked:
        raise Failure(f"{cell.AbsoluteName} is locked")
    if value is None:
        cell.Formula = ""
    elif isinstance(value, str):
        cell.String = value
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        cell.Value = value
    else:
        raise Failure(f"cannot put {value!r} into a cell")


def export_marked(document, cell, marker, path):
    """Exports HTML in which the cell, and no other, has a number format with
    the marker."""
    sheet, address = cell.Spreadsheet, cell.CellAddress
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    # The export leaves out empty cells before the first visible and behind the
    # last filled cell. So give the marked one a line and put text behind it,
    # outside the used area, where it is in no formula's way.
    corner = sheet.getCellByPosition(
        max(end.EndColumn, address.Column) + 1, max(end.EndRow, address.Row) + 1
    )
    line = uno.createUnoStruct("com.sun.star.table.BorderLine2", LineWidth=10, OuterLineWidth=10)
    locale = uno.createUnoStruct("com.sun.star.lang.Locale")
    own_format, own_line = cell.NumberFormat, cell.DiagonalTLBR2
    protected = sheet.isProtected()
    if protected:
        try:
            sheet.unprotect("")
        except UnoException:
            raise Failure(f"{sheet.Name} is protected with a password") from None
    cell.NumberFormat = document.NumberFormats.addNew(f'0"{marker}"', locale)
    cell.DiagonalTLBR2 = line
    corner.String = "end"
    document.storeToURL(path.as_uri(), properties(FilterName="HTML (StarCalc)"))
    cell.NumberFormat = own_format
    cell.DiagonalTLBR2 = own_line
    corner.Formula = ""
    if protected:
        sheet.protect("")


def has_conditional_background(document, cell, directory):
    """No UNO call tells the outcome of conditional formats, and working it out
    from their formulas would test this script's reading of them. The HTML
    export writes the background that LibreOffice itself worked out, with
    relative references, ROW(), other sheets and priorities, so look there."""
    marker = f"mark{secrets.token_hex(8)}"
    path = directory / "export.html"
    export_marked(document, cell, marker, path)
    tag = re.search(rf"<td[^>]*{marker}[^>]*>", path.read_text("utf-8", "replace"))
    if not tag:
        raise Failure(f"{cell.AbsoluteName} is hidden or covered by a merged cell")
    shown = re.search(r'bgcolor="#([0-9A-Fa-f]{6})"', tag[0])
    return (int(shown[1], 16) if shown else -1) != cell.CellBackColor


def open_spreadsheet(desktop, file):
    document = desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, properties(Hidden=True))
    if document is None or not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        raise Failure("LibreOffice cannot open the file as a spreadsheet")
    # It would trust the results stored in the file otherwise.
    document.calculateAll()
    return document


def run(document, commands, directory):
    results = []
    for command in commands:
        [(name, arguments)] = command.items()
        cell = find_cell(document, *arguments[:2])
        if name == "set":
            write(cell, arguments[2])
        elif name == "get":
            results.append(read(cell))
        elif name == "background":
            results.append(has_conditional_background(document, cell, directory))
        else:
            raise Failure(f"unknown command {name}")
    return results


def main(file):
    commands = json.load(sys.stdin)
    with tempfile.TemporaryDirectory(prefix="recalculate-") as name:
        directory = Path(name)
        # A copy, because LibreOffice leaves a lock beside the file it has open
        # when it is ended early.
        copy = directory / "copy.xlsx"
        shutil.copyfile(file, copy)
        with office(directory) as desktop:
            try:
                results = run(open_spreadsheet(desktop, copy), commands, directory)
            except UnoException as error:
                # The context manager cannot pass on an exception of pyuno.
                raise Failure(str(error)) from None
    print(json.dumps(results, ensure_ascii=False))


def interrupt(_number, _frame):
    raise Failure("ended by a signal")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    signal.signal(signal.SIGTERM, interrupt)
    try:
        main(sys.argv[1])
    except (Failure, OSError, ValueError, TypeError, IndexError, AttributeError) as error:
        sys.exit(f"recalculate.py: {error}")
