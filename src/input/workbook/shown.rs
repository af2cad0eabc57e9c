//! Numbers as their format shows them: `Rack 012` for 12, `99.5%` for 0.995. The only place that knows ssfmt.

use ssfmt::{FormatOptions, format_code_from_id};

use super::{RawValue, quiet};

/// Characters of a format that is looked at; spreadsheet programs take no more than 255.
const LONGEST_FORMAT: usize = 255;

/// A format that may show a number otherwise than it is stored. Dates have theirs read by the formats' libraries.
pub(super) enum NumberFormat {
    /// What the library makes of it.
    Shows(ssfmt::NumberFormat),
    /// Nothing is shown, which the library takes for a format without any wish.
    Hides,
}

impl NumberFormat {
    /// The format of this number, or of this code where the workbook defines it itself, as it may even for numbers
    /// that have a meaning of their own; `None` where numbers are shown as they are.
    pub(super) fn of(id: u32, own: Option<&str>) -> Option<Self> {
        let code = own.or_else(|| format_code_from_id(id))?;
        let is_plain = code.eq_ignore_ascii_case("general") || code == "@";
        if is_plain || code.chars().count() > LONGEST_FORMAT {
            return None;
        }
        if !code.is_empty() && code.chars().all(|c| c == ';') {
            return Some(Self::Hides);
        }
        let format = quiet::catch(|| ssfmt::NumberFormat::parse(code))?.ok()?;
        (!format.is_date_format()).then_some(Self::Shows(format))
    }

    /// A number with what is shown of it, where that is something else than the number; other values as they are.
    pub(super) fn show(&self, value: RawValue) -> RawValue {
        let RawValue::Number(number) = value else {
            return value;
        };
        let shown = match self {
            Self::Hides => Some(String::new()),
            Self::Shows(format) => {
                quiet::catch(|| format.format(number, &FormatOptions::default()))
            }
        };
        shown.map_or(value, |shown| formatted(number, shown))
    }
}

/// A number of which this text is shown.
pub(super) fn formatted(number: f64, shown: String) -> RawValue {
    if shown.trim() == number.to_string() {
        RawValue::Number(number)
    } else {
        RawValue::Formatted(number, shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_by_their_format() {
        let cases = [
            (0, Some("\"Rack \"000"), 12.0, "Rack 012"),
            (50, Some("000000"), 12.0, "000012"),
            (9, None, 0.5, "50%"),
            (0, Some("0.0"), 11.0, "11.0"),
            (0, Some("[<100]0\" low\";0\" high\""), 12.0, "12 low"),
            (3, None, 1234.0, "1,234"),
            (0, Some(";;;"), 12.0, ""),
        ];
        for (id, own, number, shown) in cases {
            let format = NumberFormat::of(id, own).unwrap();
            let expected = RawValue::Formatted(number, shown.to_owned());
            assert_eq!(format.show(RawValue::Number(number)), expected);
        }
        let whole = NumberFormat::of(1, None).unwrap();
        assert_eq!(whole.show(RawValue::Number(4.0)), RawValue::Number(4.0));
    }

    #[test]
    fn plain_formats_and_those_of_dates_are_left_alone() {
        for code in ["General", "@", "yyyy-mm-dd", "[h]:mm"] {
            assert!(NumberFormat::of(164, Some(code)).is_none(), "{code}");
        }
        assert!(NumberFormat::of(0, None).is_none());
        assert!(NumberFormat::of(14, None).is_none());
    }
}
