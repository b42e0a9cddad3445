//! The kinds of file that a chart is written to.

use super::drawing::Drawing;
use super::png::{PngError, png};
use super::svg::svg;
use crate::export::clean::clean;
use crate::export::save::safe;
use crate::trend::Chart;

/// A kind of file that a chart is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A drawing of any size.
    Svg,
    /// A picture.
    Png,
}

/// Pixels for a point in a picture file: enough for half a page in print.
const SCALE: f32 = 2.0;

impl Format {
    /// Every format.
    pub const ALL: [Self; 2] = [Self::Svg, Self::Png];

    /// The name on the command line, which is also the file name's ending.
    pub fn name(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }

    /// The format with this name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// A drawing in this format.
    ///
    /// # Errors
    /// [`PngError`] if the picture cannot be made.
    pub fn write(self, drawing: &Drawing) -> Result<Vec<u8>, PngError> {
        match self {
            Self::Svg => Ok(svg(drawing).into_bytes()),
            Self::Png => png(drawing, SCALE),
        }
    }
}

/// The usual file name of a chart. Of one year there is no trend.
pub fn file_name(chart: &Chart, format: Format) -> String {
    let name = safe(&clean(&chart.name));
    let what = match chart.years[..] {
        [only] => format!("{only}年"),
        _ => "历年趋势".to_owned(),
    };
    format!("{what}-{name}.{}", format.name())
}
