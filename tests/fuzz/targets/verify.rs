#![no_main]
//! Pages as they were published, held against a draft.

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| -> libfuzzer_sys::Corpus { nianbao_fuzz::verify(bytes) });
