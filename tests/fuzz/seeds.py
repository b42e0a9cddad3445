"""Puts what a target begins with into a folder: the small files of the tests, archives without compression and without
parts that are not read, PDF files with their streams as text and without their fonts; and a dictionary of their words.

seeds.py TARGET FOLDER DICTIONARY
"""

import pathlib
import re
import subprocess
import sys
import zipfile

TESTS = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ["fuzz/kept", "unseen", "readers", "hostile", "cases", "clipboard", "drafts", "reports", "../assets/samples", "../assets/forms"]
ENDINGS = {
    "xls": [".xls"],
    "doc": [".doc"],
    "pdf": [".pdf"],
    "docx": [".docx"],
    "xlsx": [".xlsx"],
    "odf": [".ods", ".odt"],
    "ofd": [".ofd"],
    "html": [".html"],
    "text": [".txt", ".csv", ".tsv"],
    "mht": [".mht"],
    "json": [".json"],
    "draft": [".ron"],
    "verify": [".html", ".txt", ".csv", ".mht"],
}
LARGEST = 120_000
# Nobody reads these.
UNREAD = re.compile(r"theme|fontTable|thumbnail|media/|Thumbnails|Configurations|webSettings|printerSettings|\.[ot]tf$")
WORD = re.compile(rb"</?[A-Za-z][\w:.-]*|[A-Za-z][\w:.-]+=|/[A-Z][A-Za-z0-9]+|[a-z_]+:|(?:[\xe4-\xe9][\x80-\xbf]{2}){2,8}")


def unpacked(path, to):
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as new:
        for entry in old.infolist():
            if not UNREAD.search(entry.filename):
                # One time for all, so that the same parts are the same seed.
                new.writestr(zipfile.ZipInfo(entry.filename), old.read(entry))


def plain(path, to):
    """A PDF whose streams are text; what fonts look like is not read."""
    subprocess.run(["qpdf", "--qdf", "--object-streams=disable", "--no-warn", path, to], check=False)
    bytes_ = to.read_bytes()
    font = re.compile(rb"(<<[^>]*/Length1 [^>]*>>\s*stream\n).*?(?=endstream)", re.S)
    to.write_bytes(font.sub(lambda found: found[1], bytes_))
    fixed = subprocess.run(["fix-qdf", to], capture_output=True, check=True).stdout
    to.write_bytes(fixed)


def main(target, folder, dictionary):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    words = set()
    for where in FOLDERS:
        for path in sorted((TESTS / where).glob("*")):
            if path.suffix not in ENDINGS[target]:
                continue
            to = folder / f"{path.parent.name}-{path.name}"
            if target in ["docx", "xlsx", "odf", "ofd"]:
                unpacked(path, to)
            elif target == "pdf":
                plain(path, to)
            else:
                to.write_bytes(path.read_bytes())
            words.update(word for word in WORD.findall(to.read_bytes()) if len(word) < 32)
            if to.stat().st_size > LARGEST:
                to.unlink()
    with open(dictionary, "w") as out:
        for word in sorted(words):
            out.write('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n')
    print(f"{target}: {len(list(folder.iterdir()))} 个开头的文件，{len(words)} 个词")


if __name__ == "__main__":
    main(*sys.argv[1:])
