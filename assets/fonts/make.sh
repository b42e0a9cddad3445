#!/usr/bin/env bash
# Makes the two bundled fonts from Debian's fonts-noto-cjk (Noto Sans CJK SC, SIL OFL 1.1).
#   apt-get install fonts-noto-cjk fonttools unicode-data        (fontTools belongs to Debian's own python3)
#
# Both faces hold 通用规范汉字表 (8105 characters), GB2312, Latin, punctuation and the signs that forms use: organs' names
# stand in headings, so the bold face needs as many characters as the regular one.
# Run it again when a form or the interface gets new characters; tests/it/fonts.rs says when that is needed.
# The OFL's reserved-name clause does not apply (Noto reserves no name), but the files carry a name of their own, so
# that they are never mistaken for the complete fonts.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

/usr/bin/python3 - "$work" ../.. <<'PY'
import bz2, pathlib, sys
work, root = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
signs = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100)) | set(range(0x2010, 0x2044)) | set(range(0x2460, 0x2500))
signs |= set(range(0x2160, 0x2180)) | set(range(0x3000, 0x3040)) | set(range(0xFF01, 0xFF66)) | set(range(0xFFE0, 0xFFE7))
signs |= set(map(ord, "←↑→↓↔↵⇧−×÷√±≤≥≠≈≡∑Σ∞°′″℃‰№㎡■□▲△▼▽◆◇○●◎★☆☑☐✓✔✕✗▸▾▴◂⚠ℹ⌘"))
han = set()
for line in bz2.open("/usr/share/unicode/Unihan_OtherMappings.txt.bz2", "rt", encoding="utf-8"):
    fields = line.split("\t")
    if len(fields) > 1 and fields[1] in ("kTGH", "kGB0"):
        han.add(int(fields[0][2:], 16))
own = set()
for pattern in ("assets/forms/**/*.ron", "src/**/*.rs"):
    for path in root.glob(pattern):
        own |= set(map(ord, path.read_text(encoding="utf-8")))
own |= signs
(work / "characters").write_text("\n".join(f"{c:04X}" for c in sorted(han | own) if c >= 0x20))
PY

subset() { # weight
  pyftsubset "/usr/share/fonts/opentype/noto/NotoSansCJK-$1.ttc" --font-number=2 --unicodes-file="$work/characters" \
    --no-hinting --layout-features='' --drop-tables+=GSUB,GPOS,GDEF,BASE,vhea,vmtx,VORG \
    --name-IDs='0,1,2,3,4,5,6,13,14' --output-file="$work/$1.otf"
  /usr/bin/python3 - "$work/$1.otf" "NianbaoSans-$1.otf" "$1" <<'PY'
import sys
from fontTools.ttLib import TTFont
font = TTFont(sys.argv[1], recalcTimestamp=False)
for record in font["name"].names:
    if record.nameID in (1, 3, 4, 6):
        record.string = {1: "Nianbao Sans", 3: f"NianbaoSans-{sys.argv[3]}", 4: f"Nianbao Sans {sys.argv[3]}", 6: f"NianbaoSans-{sys.argv[3]}"}[record.nameID]
font.save(sys.argv[2])
PY
}
subset Regular
subset Bold
ls -l ./*.otf
