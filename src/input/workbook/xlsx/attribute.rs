//! What the attributes of many elements have in common: addresses, regions, and switches that say "off".

use super::super::Region;
use super::super::limits::{MAX_COLUMNS, MAX_ROWS};
use super::super::xml::{self, BytesStart};

/// Whether an element that sets something by standing there says that it does not.
pub(super) fn is_off(start: &BytesStart<'_>) -> bool {
    matches!(
        xml::local_attribute(start, "val").as_deref(),
        Some("0" | "false")
    )
}

/// `B3:D4`; single cells are no regions.
pub(super) fn parse_region(text: &str) -> Option<Region> {
    let (first, last) = text.split_once(':')?;
    let region = Region {
        first: parse_address(first)?,
        last: parse_address(last)?,
    };
    let sound = region.first.0 <= region.last.0 && region.first.1 <= region.last.1;
    (sound && region.first != region.last).then_some(region)
}

/// `B3` is row 2, column 1.
pub(super) fn parse_address(text: &str) -> Option<(u32, u32)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = text.split_at(digits);
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let value = letter
            .to_ascii_uppercase()
            .checked_sub(b'A')
            .filter(|value| *value < 26)?;
        column = column.checked_mul(26)?.checked_add(u32::from(value) + 1)?;
    }
    let row: u32 = digits.parse().ok()?;
    let address = (row.checked_sub(1)?, column.checked_sub(1)?);
    (address.0 < MAX_ROWS && address.1 < MAX_COLUMNS).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_parse_and_nonsense_does_not() {
        let cases = [
            ("A1", Some((0, 0))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("aa10", Some((9, 26))),
            ("XFE1", None),
            ("A0", None),
            ("12", None),
            ("A", None),
            ("A1048577", None),
            ("ZZZZZZZZZZ1", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_address(text), expected, "{text}");
        }
    }
}
