//! What other programs add to a cell's text: marks that say "this is text", backslashes before quotation marks, and bytes
//! that are no characters.

use super::super::RawValue;

/// The value of a cell's text; `None` if it is blank.
///
/// - `="00123"` and `'00123` are texts that a spreadsheet program should not take for numbers
/// - `=HYPERLINK(…)` is a formula, whose result the file does not hold
/// - a text with a byte that is no character is no value; the character stands for the byte
pub(super) fn value(text: &str) -> Option<RawValue> {
    if text.is_empty() {
        return None;
    }
    if text.contains(is_broken) {
        return Some(RawValue::Error(text.replace(is_broken, "\u{fffd}")));
    }
    if let Some(inner) = quoted(text).or_else(|| behind_apostrophe(text)) {
        return Some(RawValue::Text(inner.to_owned()));
    }
    if is_formula(text) {
        return Some(RawValue::Uncached(text.to_owned()));
    }
    Some(RawValue::Text(text.to_owned()))
}

/// A character that no one typed: one lost in converting, or a control character that is no line break.
pub(super) fn is_broken(c: char) -> bool {
    c == '\u{fffd}' || c.is_control() && !"\t\r\n\u{b}\u{c}\u{85}".contains(c)
}

/// What stands in `="…"`.
fn quoted(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix("=\"")?.strip_suffix('"')?;
    (!inner.contains('"')).then_some(inner)
}

/// What stands behind the apostrophe that a spreadsheet program hides. Two of them are a pair of quotation marks, or
/// the mark for "as above".
fn behind_apostrophe(text: &str) -> Option<&str> {
    let inner = text.trim_start().strip_prefix('\'')?;
    let is_mark = !inner.contains('\'') && !inner.starts_with(char::is_whitespace);
    (is_mark && !inner.is_empty()).then_some(inner)
}

fn is_formula(text: &str) -> bool {
    let body = text.trim().strip_prefix('=').unwrap_or_default();
    body.starts_with(|c: char| c.is_ascii_alphabetic()) && body.contains('(') && body.ends_with(')')
}

/// The text with quotation marks doubled where a backslash stands before them, if that is how the file writes them. A
/// backslash at the end of a cell, as in `"D:\Share\"`, is its own.
pub(super) fn without_backslashes(text: &str, separator: u8) -> Option<String> {
    let separator = char::from(separator);
    let ends = |rest: &str| {
        let next = rest.chars().next();
        next.is_none_or(|c| c == separator || matches!(c, '\r' | '\n'))
    };
    let is_escape = |rest: &str| !ends(rest) && !rest.starts_with('"');
    let mut parts = text.split("\\\"").skip(1);
    if !parts.any(is_escape) {
        return None;
    }
    let mut mended = String::with_capacity(text.len());
    for (number, part) in text.split("\\\"").enumerate() {
        if number > 0 {
            mended.push_str(if ends(part) { "\\\"" } else { "\"\"" });
        }
        mended.push_str(part);
    }
    Some(mended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_other_programs_are_no_part_of_the_value() {
        for (typed, text) in [
            ("=\"00123\"", "00123"),
            ("'00123", "00123"),
            ("'-rack", "-rack"),
            ("''", "''"),
            ("'", "'"),
            ("'a' and b", "'a' and b"),
            ("=> see notes", "=> see notes"),
            ("= A", "= A"),
        ] {
            assert_eq!(value(typed), Some(RawValue::Text(text.into())), "{typed}");
        }
        let link = "=HYPERLINK(\"http://x\",\"UC team\")";
        assert_eq!(value(link), Some(RawValue::Uncached(link.into())));
        let lost = Some(RawValue::Error("a\u{fffd}b".into()));
        for typed in ["a\u{fffd}b", "a\u{1b}b", "a\0b"] {
            assert_eq!(value(typed), lost);
        }
        assert_eq!(value(""), None);
    }

    #[test]
    fn backslashes_before_quotation_marks_are_told_from_those_of_paths() {
        let mended = without_backslashes("\"rack \\\"A1\\\"\",\"E:\\Data\\\",x\n", b',');
        assert_eq!(
            mended.as_deref(),
            Some("\"rack \"\"A1\"\"\",\"E:\\Data\\\",x\n")
        );
        assert_eq!(without_backslashes("\"E:\\Data\\\",\"F:\\\"\n", b','), None);
    }
}
