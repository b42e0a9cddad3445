//! A chart as SVG 1.1.

use super::drawing::{Anchor, Drawing, EDGE, Item, Point, Text};
use crate::export::clean::clean;
use crate::export::palette::{Rgb, hex};
use crate::export::typeset::Rect;
use quick_xml::escape::escape;

/// The Chinese faces of Linux, Windows and macOS that look like the program's own.
const FAMILIES: &str = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',\
    'WenQuanYi Micro Hei',SimHei,sans-serif";

/// A drawing as an SVG file of its own, with its words as text.
pub fn svg(drawing: &Drawing) -> String {
    let (width, height) = (number(drawing.width), number(drawing.height));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" xml:lang=\"zh-CN\" \
         width=\"{width}pt\" height=\"{height}pt\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"{FAMILIES}\">\n<title>{}</title>\n<desc>{}</desc>\n",
        words(&drawing.title),
        words(&drawing.description)
    );
    for item in &drawing.items {
        out += &element(item);
        out.push('\n');
    }
    out + "</svg>\n"
}

fn element(item: &Item) -> String {
    match item {
        Item::Fill { at, color } => fill(*at, *color),
        Item::Strip(strip) => {
            let dash: Vec<String> = strip.dash.iter().map(|length| number(*length)).collect();
            let dash = match dash.as_slice() {
                [] => String::new(),
                dash => format!(" stroke-dasharray=\"{}\"", dash.join(",")),
            };
            format!(
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" \
                 stroke-linejoin=\"round\"{dash}/>",
                points(&strip.points),
                css(strip.color),
                number(strip.width)
            )
        }
        Item::Dot(dot) => {
            let (inside, edge) = dot.colors();
            let look = format!(
                "fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\"",
                css(inside),
                css(edge),
                number(EDGE)
            );
            match dot.corners() {
                Some(corners) => format!("<polygon points=\"{}\" {look}/>", points(&corners)),
                None => format!(
                    "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {look}/>",
                    number(dot.at[0]),
                    number(dot.at[1]),
                    number(dot.radius)
                ),
            }
        }
        Item::Text(text) => text_element(text),
    }
}

fn fill(at: Rect, color: Rgb) -> String {
    format!(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>",
        number(at.x),
        number(at.y),
        number(at.width),
        number(at.height),
        css(color)
    )
}

fn text_element(text: &Text) -> String {
    let anchor = match text.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let weight = if text.bold {
        " font-weight=\"bold\""
    } else {
        ""
    };
    format!(
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{anchor} fill=\"{}\">{}</text>",
        number(text.at[0]),
        number(text.at[1]),
        number(text.size),
        css(text.color),
        words(&text.words)
    )
}

/// Text as XML may hold it.
fn words(text: &str) -> String {
    escape(clean(text)).into_owned()
}

fn points(points: &[Point]) -> String {
    let pairs: Vec<String> = points
        .iter()
        .map(|[x, y]| format!("{},{}", number(*x), number(*y)))
        .collect();
    pairs.join(" ")
}

/// A length to a hundredth of a point.
fn number(length: f32) -> String {
    let written = format!("{length:.2}");
    let short = written.trim_end_matches('0').trim_end_matches('.');
    short.to_owned()
}

/// A colour as CSS writes it.
fn css(color: Rgb) -> String {
    format!("#{}", hex(color))
}
