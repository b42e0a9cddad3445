//! Hands the picture to the system, as far as the system does not have it yet.

use super::area::Area;
use softbuffer::{Rect, SoftBufferError};
use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::sync::Arc;
use winit::event_loop::OwnedDisplayHandle;
use winit::window::Window;

/// How many frames are remembered: systems keep two or three buffers.
const FRAMES: usize = 4;

/// A window's surface.
pub struct Surface {
    inner: softbuffer::Surface<OwnedDisplayHandle, Arc<Window>>,
    /// What was painted in the last frames, the latest first.
    painted: VecDeque<Vec<Area>>,
    size: [usize; 2],
}

impl Surface {
    /// For a window.
    ///
    /// # Errors
    /// If the system has none, e.g. on an X server of 256 colours.
    pub fn new(display: OwnedDisplayHandle, window: Arc<Window>) -> Result<Self, SoftBufferError> {
        let context = softbuffer::Context::new(display)?;
        Ok(Self {
            inner: softbuffer::Surface::new(&context, window)?,
            painted: VecDeque::new(),
            size: [0, 0],
        })
    }

    /// Shows a picture, of which these areas were painted since it was last shown; the window itself may have lost what
    /// it showed (`lost`).
    ///
    /// # Errors
    /// As the system has them.
    pub fn show(
        &mut self,
        (size, pixels): ([usize; 2], &[u32]),
        painted: Vec<Area>,
        lost: bool,
    ) -> Result<(), SoftBufferError> {
        let side = |at: usize| u32::try_from(at).ok().and_then(NonZeroU32::new);
        let (Some(width), Some(height)) = (side(size[0]), side(size[1])) else {
            return Ok(());
        };
        if self.size != size {
            self.inner.resize(width, height)?;
            self.painted.clear();
            self.size = size;
        }
        if painted.is_empty() && !lost {
            return Ok(());
        }
        let everything = vec![Area::of_size(size)];
        let show = if lost { everything.clone() } else { painted };
        self.painted.push_front(show.clone());
        self.painted.truncate(FRAMES);
        let mut buffer = self.inner.buffer_mut()?;
        let age = usize::from(buffer.age());
        let known = (1..=self.painted.len()).contains(&age);
        let missing = if known {
            self.painted.iter().take(age).flatten().copied().collect()
        } else {
            everything
        };
        for area in missing {
            for y in area.top..area.bottom {
                let start = y as usize * size[0];
                let row = start + area.left as usize..start + area.right as usize;
                for (to, from) in buffer[row.clone()].iter_mut().zip(&pixels[row]) {
                    *to = from & 0x00ff_ffff;
                }
            }
        }
        let rects: Vec<Rect> = show.iter().filter_map(|area| rect(*area)).collect();
        buffer.present_with_damage(&rects)
    }
}

fn rect(area: Area) -> Option<Rect> {
    let side = |from: i32, to: i32| NonZeroU32::new(u32::try_from(to - from).ok()?);
    Some(Rect {
        x: u32::try_from(area.left).ok()?,
        y: u32::try_from(area.top).ok()?,
        width: side(area.left, area.right)?,
        height: side(area.top, area.bottom)?,
    })
}
