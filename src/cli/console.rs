//! Where a command's output goes.

/// On Windows the program is a window program, to which a console gives no output by itself; this asks for the console
/// from which it was started. Output into a file or a pipe needs nothing.
pub fn attach_console() {
    #[cfg(windows)]
    {
        use windows_sys::Win32::System::Console::{ATTACH_PARENT_PROCESS, AttachConsole};
        // SAFETY: the call only changes which console this process belongs to; without one it fails and changes
        // nothing.
        #[expect(unsafe_code, reason = "the system call has no safe wrapper")]
        unsafe {
            AttachConsole(ATTACH_PARENT_PROCESS);
        }
    }
}
