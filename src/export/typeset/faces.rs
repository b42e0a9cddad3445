//! The fonts that documents are printed with: those of the program, and the PC's own 仿宋 and 小标宋 where they may be
//! embedded.

use flate2::read::GzDecoder;
use fontique::{Blob, Collection, CollectionOptions, FontInfo, FontStyle, SourceCache};
use krilla::text::Font;
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, MetadataProvider as _};
use std::collections::HashMap;
use std::fmt;
use std::io::Read as _;
use std::sync::{Arc, LazyLock, Mutex};
use write_fonts::tables::glyf::Glyph;

/// What a text is set in, by its part in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// 仿宋: the text.
    Text,
    /// 小标宋: the title.
    Title,
    /// 黑体: headings.
    Heading,
    /// 楷体: headings of the second level.
    Subheading,
    /// 宋体: tables and page numbers.
    Table,
    /// 黑体, light: charts.
    Chart,
}

impl Style {
    /// How heavy its strokes are, as CSS counts.
    fn weight(self) -> f32 {
        match self {
            Self::Title | Self::Heading => 700.0,
            Self::Text | Self::Subheading | Self::Table | Self::Chart => 400.0,
        }
    }

    /// Whether its strokes end in serifs, as 宋体's do, more or less.
    fn has_serifs(self) -> bool {
        !matches!(self, Self::Heading | Self::Chart)
    }
}

/// The sans face, which the window is drawn with as well.
pub static SANS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    unpacked(include_bytes!(
        "../../../assets/fonts/NianbaoSans-Regular.otf.gz"
    ))
});

/// The bold sans face, which the window is drawn with as well.
pub static SANS_BOLD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    unpacked(include_bytes!(
        "../../../assets/fonts/NianbaoSans-Bold.otf.gz"
    ))
});

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    // A gzip file ends with the size of what is in it.
    let size = bytes.last_chunk().copied().map_or(0, u32::from_le_bytes);
    let mut font = Vec::with_capacity(size as usize);
    let read = GzDecoder::new(bytes).read_to_end(&mut font);
    read.expect("a font of the program's own");
    font
}

/// A font face.
pub struct Face {
    data: Blob<u8>,
    index: u32,
    /// The face as the PDF writer takes it.
    pub(in crate::export) font: Font,
    /// Its glyphs with curves of the second degree only, as OFD files have them: each is worked out once, for whatever is
    /// written.
    pub(in crate::export) quadratic: Mutex<HashMap<u32, Arc<Glyph>>>,
}

impl Face {
    /// A face that may be embedded in part; `None` for any other.
    fn new(data: Blob<u8>, index: u32) -> Option<Arc<Self>> {
        let face = FontRef::from_index(data.as_ref(), index).ok()?;
        let may_embed = face.os2().is_ok_and(|os2| may_embed(os2.fs_type()));
        if !may_embed || face.glyf().is_err() && face.cff().is_err() {
            return None;
        }
        let bytes: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(data.clone());
        let font = Font::new(krilla::Data::from(bytes), index)?;
        Some(Arc::new(Self {
            data,
            index,
            font,
            quadratic: Mutex::default(),
        }))
    }

    fn bundled(bytes: &'static Vec<u8>) -> Arc<Self> {
        Self::new(Blob::new(Arc::new(bytes)), 0).expect("a font of the program's own")
    }

    fn packed(bytes: &[u8]) -> Arc<Self> {
        let font = Blob::new(Arc::new(unpacked(bytes)));
        Self::new(font, 0).expect("a font of the program's own")
    }

    /// The face for reading its tables.
    pub fn font_ref(&self) -> FontRef<'_> {
        FontRef::from_index(self.data.as_ref(), self.index).expect("read before")
    }

    fn has(&self, c: char) -> bool {
        self.font_ref().charmap().map(c).is_some()
    }
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Face({} bytes, {})", self.data.len(), self.index)
    }
}

/// Whether the OpenType table OS/2 lets a part of the font be embedded in a document.
fn may_embed(fs_type: u16) -> bool {
    const USAGE: u16 = 0x000F;
    const RESTRICTED: u16 = 0x0002;
    const NO_SUBSETTING: u16 = 0x0100;
    const BITMAPS_ONLY: u16 = 0x0200;
    fs_type & USAGE != RESTRICTED && fs_type & (NO_SUBSETTING | BITMAPS_ONLY) == 0
}

/// A face that is read when a character is first looked for in it.
type Lazy = LazyLock<Arc<Face>>;

/// The fonts at hand.
pub struct Faces {
    text: Lazy,
    title: Lazy,
    heading: Lazy,
    subheading: Lazy,
    serif: Lazy,
    sans: Lazy,
    system: Option<&'static LazyLock<Mutex<System>>>,
}

/// The fonts of this PC.
static SYSTEM: LazyLock<Mutex<System>> = LazyLock::new(|| {
    Mutex::new(System {
        collection: Collection::new(CollectionOptions::default()),
        cache: SourceCache::default(),
    })
});

/// The fonts of the PC.
struct System {
    collection: Collection,
    cache: SourceCache,
}

impl Faces {
    /// The fonts of the program alone: the same on every PC.
    pub fn bundled() -> &'static Self {
        static BUNDLED: Faces = Faces {
            text: Lazy::new(|| Faces::bundled().serif.clone()),
            title: Lazy::new(|| {
                Face::packed(include_bytes!(
                    "../../../assets/fonts/NianbaoTitle-Regular.otf.gz"
                ))
            }),
            heading: Lazy::new(|| Face::bundled(&SANS_BOLD)),
            subheading: Lazy::new(|| {
                Face::packed(include_bytes!(
                    "../../../assets/fonts/NianbaoKai-Regular.ttf.gz"
                ))
            }),
            serif: Lazy::new(|| {
                Face::packed(include_bytes!(
                    "../../../assets/fonts/NianbaoSerif-Regular.otf.gz"
                ))
            }),
            sans: Lazy::new(|| Face::bundled(&SANS)),
            system: None,
        };
        &BUNDLED
    }

    /// With the PC's own 仿宋 and 小标宋 where it has them, and its other fonts for characters that no other has.
    pub fn of_this_pc() -> &'static Self {
        static OF_THIS_PC: Faces = Faces {
            text: Lazy::new(|| {
                let own = System::first(&[
                    "仿宋_GB2312",
                    "FangSong_GB2312",
                    "方正仿宋_GBK",
                    "FZFangSong-Z02",
                    "仿宋",
                    "FangSong",
                ]);
                own.unwrap_or_else(|| Faces::bundled().text.clone())
            }),
            title: Lazy::new(|| {
                let own = System::first(&[
                    "方正小标宋_GBK",
                    "方正小标宋简体",
                    "FZXiaoBiaoSong-B05",
                    "FZXiaoBiaoSong-B05S",
                ]);
                own.unwrap_or_else(|| Faces::bundled().title.clone())
            }),
            heading: Lazy::new(|| Faces::bundled().heading.clone()),
            subheading: Lazy::new(|| Faces::bundled().subheading.clone()),
            serif: Lazy::new(|| Faces::bundled().serif.clone()),
            sans: Lazy::new(|| Faces::bundled().sans.clone()),
            system: Some(&SYSTEM),
        };
        &OF_THIS_PC
    }

    /// The faces for a style, the best first, each read when it is asked for.
    pub fn for_style(&self, style: Style) -> impl Iterator<Item = &Arc<Face>> + Clone {
        let first = match style {
            Style::Text => &self.text,
            Style::Title => &self.title,
            Style::Heading => &self.heading,
            Style::Subheading => &self.subheading,
            Style::Table => &self.serif,
            Style::Chart => &self.sans,
        };
        [first, &self.serif, &self.sans]
            .into_iter()
            .map(LazyLock::force)
    }

    /// A face of the PC that has a character which those of the program lack, one that looks like them as far as its name
    /// and its weight tell.
    pub fn anywhere(&self, c: char, style: Style) -> Option<Arc<Face>> {
        let mut system = self.system?.lock().ok()?;
        system.with(c, style)
    }
}

impl System {
    /// The first of these families that is there and may be embedded.
    fn first(families: &[&str]) -> Option<Arc<Face>> {
        let mut system = SYSTEM.lock().ok()?;
        let weight = Style::Text.weight();
        families
            .iter()
            .find_map(|name| system.family(name, None, weight))
    }

    fn with(&mut self, c: char, style: Style) -> Option<Arc<Face>> {
        let mut families: Vec<String> = self.collection.family_names().map(str::to_owned).collect();
        // By name, so that the same PC gives the same choice every time.
        families.sort_by_cached_key(|name| {
            let is_like = is_named_like_serifs(name) == style.has_serifs();
            (!is_like, name.clone())
        });
        families
            .iter()
            .find_map(|name| self.family(name, Some(c), style.weight()))
    }

    /// A face of a family, one that has this character, the one nearest to a weight.
    fn family(&mut self, name: &str, c: Option<char>, weight: f32) -> Option<Arc<Face>> {
        let family = self.collection.family_by_name(name)?;
        let mut fonts: Vec<&FontInfo> = family.fonts().iter().collect();
        fonts.sort_by(|a, b| {
            let key = |font: &FontInfo| {
                let is_upright = font.style() == FontStyle::Normal;
                (!is_upright, (font.weight().value() - weight).abs())
            };
            let ((a_leans, a), (b_leans, b)) = (key(a), key(b));
            a_leans.cmp(&b_leans).then(a.total_cmp(&b))
        });
        fonts.into_iter().find_map(|font| {
            let data = font.load(Some(&mut self.cache))?;
            // Looking at the characters is quicker than taking the whole font in.
            let has = |c| {
                FontRef::from_index(data.as_ref(), font.index())
                    .is_ok_and(|face| face.charmap().map(c).is_some())
            };
            if !c.is_none_or(has) {
                return None;
            }
            Face::new(data, font.index()).filter(|face| c.is_none_or(|c| face.has(c)))
        })
    }
}

/// Whether a family is called as those with serifs are: 宋体, 明体, 楷体 and their like.
fn is_named_like_serifs(family: &str) -> bool {
    const WORDS: [&str; 10] = [
        "serif", "song", "simsun", "ming", "kai", "mincho", "宋", "明", "楷", "仿",
    ];
    let name = family.to_lowercase().replace("sans serif", "");
    WORDS.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::{is_named_like_serifs, may_embed};

    #[test]
    fn licences_decide_what_is_embedded() {
        assert!(may_embed(0x0000));
        assert!(may_embed(0x0004));
        assert!(may_embed(0x0008));
        assert!(!may_embed(0x0002));
        assert!(!may_embed(0x0104));
        assert!(!may_embed(0x0200));
    }

    #[test]
    fn families_are_told_apart_by_name() {
        for name in [
            "Noto Serif CJK SC",
            "SimSun-ExtB",
            "宋体-ExtB",
            "PMingLiU",
            "楷体",
        ] {
            assert!(is_named_like_serifs(name), "{name}");
        }
        for name in [
            "Noto Sans CJK SC",
            "黑体",
            "Microsoft YaHei",
            "Samsung Sans",
        ] {
            assert!(!is_named_like_serifs(name), "{name}");
        }
    }
}
