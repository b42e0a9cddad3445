#![no_main]
//! JSON.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| -> libfuzzer_sys::Corpus { nianbao_fuzz::json(bytes) });
