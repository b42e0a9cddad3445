#![no_main]
//! Drafts.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| -> libfuzzer_sys::Corpus { nianbao_fuzz::draft(bytes) });
