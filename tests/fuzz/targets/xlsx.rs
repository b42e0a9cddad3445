#![no_main]
//! Excel of 2007 on.

use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|bytes: &[u8]| -> libfuzzer_sys::Corpus { nianbao_fuzz::file_of_kind(bytes, b"PK") });
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    nianbao_fuzz::mutate_package(data, size, max_size, seed)
});
