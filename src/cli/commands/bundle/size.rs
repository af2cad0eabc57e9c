//! Sizes as people type them: `5MB`, `800 kB`, `1048576`.

use crate::cli::failure::Failure;

/// The units, in thousands as ticket systems count them.
const UNITS: [(&str, u64); 4] = [
    ("gb", 1_000_000_000),
    ("mb", 1_000_000),
    ("kb", 1_000),
    ("b", 1),
];

/// Reads a size in bytes.
pub fn parse(option: &str, text: &str) -> Result<u64, Failure> {
    let lower = text.trim().to_lowercase();
    let (number, factor) = UNITS
        .iter()
        .find_map(|(unit, factor)| Some((lower.strip_suffix(unit)?, *factor)))
        .unwrap_or((&lower, 1));
    let bytes = number.trim().parse::<u64>().ok();
    bytes
        .and_then(|number| number.checked_mul(factor))
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| {
            Failure::usage(format!("`{option} {text}` is no size"))
                .help("write it as 5MB, 800kB or a number of bytes")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_unit() {
        let cases = [
            ("5MB", Some(5_000_000)),
            (" 800 kB", Some(800_000)),
            ("17", Some(17)),
            ("0", None),
            ("5 MiB", None),
            ("-1", None),
            ("99999999999999GB", None),
        ];
        for (text, bytes) in cases {
            assert_eq!(parse("--max-size", text).ok(), bytes, "{text}");
        }
    }
}
