//! Colours as one number a pixel, `0xAARRGGBB`, premultiplied, multiplied and blended in gamma space: egui's colours are
//! made for that.

use egui::Color32;

/// Two channels with room between them.
const PAIR: u32 = 0x00ff_00ff;

/// A colour in one number.
pub fn packed(colour: Color32) -> u32 {
    let [r, g, b, a] = colour.to_array();
    u32::from_be_bytes([a, r, g, b])
}

/// How opaque a colour is, up to 255.
pub fn alpha(colour: u32) -> u32 {
    colour >> 24
}

/// Every channel times `by` / 255, rounded.
pub fn scaled(colour: u32, by: u32) -> u32 {
    let pair = |channels: u32| {
        let product = channels * by + 0x0080_0080;
        ((product + ((product >> 8) & PAIR)) >> 8) & PAIR
    };
    pair(colour & PAIR) | (pair((colour >> 8) & PAIR) << 8)
}

/// Channel times channel.
pub fn product(a: u32, b: u32) -> u32 {
    // What letters are made of: white, more or less opaque.
    if a == (a & 0xff) * 0x0101_0101 {
        return scaled(b, a & 0xff);
    }
    if b == u32::MAX {
        return a;
    }
    let (a, b) = (a.to_be_bytes(), b.to_be_bytes());
    u32::from_be_bytes(std::array::from_fn(|channel| {
        let product = u32::from(a[channel]) * u32::from(b[channel]) + 128;
        ((product + (product >> 8)) >> 8) as u8
    }))
}

/// A colour painted over another.
pub fn over(top: u32, below: u32) -> u32 {
    let below = scaled(below, 255 - alpha(top));
    // Colours that only add light may go beyond white.
    let pair = |a: u32, b: u32| {
        let sum = a + b;
        (sum | (((sum >> 8) & 0x0001_0001) * 0xff)) & PAIR
    };
    pair(top & PAIR, below & PAIR) | (pair((top >> 8) & PAIR, (below >> 8) & PAIR) << 8)
}

/// Paints a row of pixels with one colour.
pub fn fill(row: &mut [u32], colour: u32) {
    match alpha(colour) {
        255 => row.fill(colour),
        _ if colour == 0 => {}
        _ => {
            for pixel in row {
                *pixel = over(colour, *pixel);
            }
        }
    }
}
