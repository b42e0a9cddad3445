#![no_main]
//! Excel of before 2007.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| -> libfuzzer_sys::Corpus {
    nianbao_fuzz::file_of_kind(bytes, b"\xD0\xCF\x11\xE0")
});
