#!/usr/bin/env bash
# Makes the bundled fonts from Debian's Noto Sans CJK SC, Noto Serif CJK SC and LXGW WenKai (all SIL OFL 1.1).
#   apt-get install fonts-noto-cjk fonts-noto-cjk-extra fonts-lxgw-wenkai fonttools python3-cffsubr unicode-data
#   (fontTools belongs to Debian's own python3)
#   ./make.sh                       all of them
#   ./make.sh serif title           only these of: sans (the window's two faces), serif, title, kai (printed documents)
#
# Both sans faces hold 通用规范汉字表 (8105 characters), GB2312, Latin, punctuation and the signs that forms use: organs' names
# stand in headings, so the bold face needs as many characters as the regular one.
# Run it again when a form or the interface gets new characters; tests/it/fonts.rs says when that is needed.
# Of the printed documents' fonts, serif (宋体; Noto Serif Regular) holds the same and the letters and signs of GB2312;
# title (小标宋; Noto Serif SemiBold) and kai (楷体; LXGW WenKai, as far as it has them) hold GB2312 and the signs. What
# they lack comes from serif.
# Packed the fonts make the program 3 MB smaller.
# Every file carries a name of its own, so that it is never mistaken for the complete font. Noto reserves no name;
# WenKai reserves 霞鹜 and LXGW, so neither may stand in the kai's name. OFL.txt has the copyright lines.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

/usr/bin/python3 - "$work" ../.. <<'PY'
import bz2, pathlib, sys
work, root = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
signs = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100)) | set(range(0x2010, 0x2044)) | set(range(0x2460, 0x2500))
signs |= set(range(0x391, 0x3CA))
signs |= set(range(0x2160, 0x2180)) | set(range(0x3000, 0x3040)) | set(range(0xFF01, 0xFF66)) | set(range(0xFFE0, 0xFFE7))
signs |= set(map(ord, "←↑→↓↔↵⇧−×÷√±≤≥≠≈≡∑Σ∞°′″℃‰№㎡■□▲△▼▽◆◇○●◎★☆☑☐✓✔✕✗▸▾▴◂⚠ℹ⌘"))
han, gb2312 = set(), set()
for line in bz2.open("/usr/share/unicode/Unihan_OtherMappings.txt.bz2", "rt", encoding="utf-8"):
    fields = line.split("\t")
    if len(fields) > 1 and fields[1] in ("kTGH", "kGB0"):
        han.add(int(fields[0][2:], 16))
        if fields[1] == "kGB0":
            gb2312.add(int(fields[0][2:], 16))
own = set()
for pattern in ("assets/forms/**/*.ron", "src/**/*.rs"):
    for path in root.glob(pattern):
        own |= set(map(ord, path.read_text(encoding="utf-8")))
own |= signs
(work / "characters").write_text("\n".join(f"{c:04X}" for c in sorted(han | own) if c >= 0x20))
(work / "gb2312").write_text("\n".join(f"{c:04X}" for c in sorted(gb2312 | signs)))
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
  gzip -9 -n -f "NianbaoSans-$1.otf"
}

printed() { # source, number in its collection, file, family name, characters: all or gb2312
  /usr/bin/python3 - "$@" "$work" <<'PY'
import pathlib, sys
import cffsubr
from fontTools import subset
from fontTools.ttLib import TTFont
source, number, target, family, which, work = sys.argv[1:]
hexes = (pathlib.Path(work) / ("characters" if which == "all" else "gb2312")).read_text().split()
unicodes = {int(c, 16) for c in hexes}
for row in range(0xA1, 0xAA):  # GB2312's letters and signs
    for cell in range(0xA1, 0xFF):
        unicodes |= set(map(ord, bytes([row, cell]).decode("gb2312", "ignore")))
font = TTFont(source, fontNumber=int(number), recalcTimestamp=False, lazy=False)

# What the layout tables would change in simplified Chinese text (Noto's —: full width), since they are dropped.
swaps = {}
gsub = font["GSUB"].table
for script in gsub.ScriptList.ScriptRecord:
    for language in script.Script.LangSysRecord:
        if (script.ScriptTag, language.LangSysTag) == ("hani", "ZHS "):
            for index in language.LangSys.FeatureIndex:
                feature = gsub.FeatureList.FeatureRecord[index]
                if feature.FeatureTag == "locl":
                    for lookup in feature.Feature.LookupListIndex:
                        for table in gsub.LookupList.Lookup[lookup].SubTable:
                            swaps.update(getattr(table, "ExtSubTable", table).mapping)
for table in font["cmap"].tables:
    if hasattr(table, "cmap"):
        table.cmap = {c: swaps.get(glyph, glyph) for c, glyph in table.cmap.items()}

options = subset.Options(hinting=False, layout_features=[], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "gasp", "meta"]
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=unicodes)
subsetter.subset(font)

name = family.replace(" ", "") + "-Regular"
records = {1: family, 2: "Regular", 3: name, 4: family + " Regular", 6: name}
font["name"].names = [record for record in font["name"].names if record.platformID == 3 and record.langID == 0x409]
for record in font["name"].names:
    record.string = records.get(record.nameID, record.string)
# Each is the one face of its family, whatever weight its source has.
font["OS/2"].usWeightClass = 400
font["OS/2"].fsSelection = 0x40
font["OS/2"].fsType = 0
font["head"].macStyle = 0
if "CFF " in font:
    cff = font["CFF "].cff
    cff.fontNames[0] = name
    cff.topDictIndex[0].FullName, cff.topDictIndex[0].FamilyName = family + " Regular", family
    cff.topDictIndex[0].Weight = "Regular"
    cffsubr.subroutinize(font, keep_glyph_names=False)
font.save(target)
PY
  gzip -9 -n -f "$3"
}

noto=/usr/share/fonts/opentype/noto wenkai=/usr/share/fonts/truetype/lxgw-wenkai
[ $# -gt 0 ] || set -- sans serif title kai
for font; do
  case $font in
    sans)
      subset Regular
      subset Bold
      ;;
    serif) printed "$noto/NotoSerifCJK-Regular.ttc" 2 NianbaoSerif-Regular.otf "Nianbao Serif" all ;;
    title) printed "$noto/NotoSerifCJK-SemiBold.ttc" 2 NianbaoTitle-Regular.otf "Nianbao Title" gb2312 ;;
    kai) printed "$wenkai/LXGWWenKai-Regular.ttf" -1 NianbaoKai-Regular.ttf "Nianbao Kai" gb2312 ;;
    *) echo "unknown font: $font" >&2; exit 1 ;;
  esac
done
ls -l ./*.gz
