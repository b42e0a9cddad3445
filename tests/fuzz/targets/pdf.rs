#![no_main]
//! PDF.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| -> libfuzzer_sys::Corpus {
    nianbao_fuzz::file_of_kind(bytes, b"%PDF-")
});
