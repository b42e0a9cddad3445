//! Where a command's output goes.

/// On Windows the program is a window program, to which a console gives no output by itself; this asks for the console
/// from which it was started. Output into a file or a pipe needs nothing.
pub fn attach_console() {
    #[cfg(windows)]
    {
        use windows_sys::Win32::System::Console::{
            ATTACH_PARENT_PROCESS, AttachConsole, SetConsoleOutputCP,
        };
        const UTF_8: u32 = 65001;
        // SAFETY: both calls only change which console this process belongs to and how it reads bytes; without a
        // console they fail and change nothing.
        #[expect(unsafe_code, reason = "the system call has no safe wrapper")]
        unsafe {
            AttachConsole(ATTACH_PARENT_PROCESS);
            SetConsoleOutputCP(UTF_8);
        }
    }
}
