//! Windows' own caret, never seen, where the caret of a text is: input methods such as 搜狗 and 讯飞 show their words
//! beside it, whatever else they are told.

use egui::{Context, Event, FullOutput, Plugin, RawInput};
use std::ptr;
use windows_sys::Win32::UI::Input::KeyboardAndMouse::GetFocus;
use windows_sys::Win32::UI::WindowsAndMessaging::{CreateCaret, DestroyCaret, SetCaretPos};

/// Moves it after each frame; added to the window's [`Context`].
#[derive(Default)]
pub struct SystemCaret {
    /// Where it is, and its size, in pixels; none if there is none.
    now: Option<[i32; 4]>,
}

impl Plugin for SystemCaret {
    fn debug_name(&self) -> &'static str {
        "system caret"
    }

    fn input_hook(&mut self, _: &Context, input: &mut RawInput) {
        let changes = |event: &Event| matches!(event, Event::WindowFocused(_));
        if input.events.iter().any(changes) {
            // Another window has made its own, and with that destroyed this one.
            self.now = None;
        }
    }

    fn output_hook(&mut self, ctx: &Context, output: &mut FullOutput) {
        let scale = ctx.pixels_per_point();
        let wanted = output.platform_output.ime.map(|ime| {
            let caret = ime.cursor_rect * scale;
            let width = caret.width().max(1.0);
            [caret.min.x, caret.min.y, width, caret.height()].map(|pixels| pixels.round() as i32)
        });
        if wanted != self.now {
            self.now = wanted.filter(|&caret| put(caret));
            if wanted.is_none() {
                remove();
            }
        }
    }
}

/// Whether it could be put there: not while the keyboard is in another window.
#[expect(unsafe_code, reason = "the system calls have no safe wrapper")]
fn put([x, y, width, height]: [i32; 4]) -> bool {
    // SAFETY: the window is the one that has the keyboard in this thread, or none; a caret without a picture is made.
    unsafe {
        let window = GetFocus();
        !window.is_null()
            && CreateCaret(window, ptr::null_mut(), width, height) != 0
            && SetCaretPos(x, y) != 0
    }
}

#[expect(unsafe_code, reason = "the system call has no safe wrapper")]
fn remove() {
    // SAFETY: the call has no arguments, and fails where there is none.
    unsafe {
        DestroyCaret();
    }
}
