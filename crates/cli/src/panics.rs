//! Panics of foreign decoders, which readers catch and tell as findings: Rust's own words about them are kept off the
//! screen. All others are faults of ours and stay loud.

use std::panic;

/// Crates of decoders, as they stand in the paths of their sources.
const DECODERS: [&str; 4] = ["/parquet-", "/arrow-", "/snap-", "/ruzstd-"];

/// Lets panics of decoders pass in silence from now on.
pub(crate) fn quieten_decoders() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |told| {
        if !told
            .location()
            .is_some_and(|place| is_of_decoder(place.file()))
        {
            usual(told);
        }
    }));
}

fn is_of_decoder(source: &str) -> bool {
    let source = source.replace('\\', "/");
    DECODERS.iter().any(|decoder| source.contains(decoder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_panics_of_decoders_are_kept_off_the_screen() {
        assert!(is_of_decoder(
            "/registry/src/index/parquet-59.3.2/src/encodings/rle.rs"
        ));
        assert!(is_of_decoder(
            r"C:\cargo\registry\src\index\arrow-buffer-59.3.2\src\lib.rs"
        ));
        assert!(!is_of_decoder("crates/replay/src/run.rs"));
        assert!(!is_of_decoder(file!()));
    }
}
