//! The text of a cell: as facts show it, and bare of what stands around a value.

use crate::workbook::RawValue;

use crate::text::plain::is_invisible;

/// A cell's text as facts show it: trimmed, no-break blanks made plain, zero-width characters dropped.
pub fn text_of(value: &RawValue) -> String {
    match value {
        RawValue::Text(text) | RawValue::PartlyStruck { text, .. } => clean(text),
        RawValue::Formatted(_, shown) => clean(shown),
        RawValue::Renewing { result, .. } => text_of(result),
        RawValue::Number(number) => number_text(*number),
        RawValue::Bool(true) => "yes".to_owned(),
        RawValue::Bool(false) => "no".to_owned(),
        RawValue::Date(moment) if moment.time() == jiff::civil::Time::midnight() => {
            moment.date().to_string()
        }
        RawValue::Date(moment) => moment.strftime("%Y-%m-%d %H:%M").to_string(),
        RawValue::Error(text) => text.clone(),
        RawValue::Uncached(formula) => format!("={}", formula.trim_start_matches('=')),
    }
}

/// Nothing invisible, one kind of blank, one kind of line break, nothing around it.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let visible = text.chars().filter(|c| !is_invisible(*c));
    let cleaned: String = visible
        .map(|c| match c {
            '\r' | '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            c if c.is_whitespace() && c != '\n' => ' ',
            c => c,
        })
        .collect();
    cleaned.trim().to_owned()
}

/// A text without the quotation marks around it: what a name, a path or an answer is read from. Text that is only
/// shown keeps them.
pub fn bare(text: &str) -> &str {
    const PAIRS: [(char, &str); 8] = [
        ('"', "\""),
        ('\'', "'"),
        ('\u{201c}', "\u{201d}\u{201c}"),
        ('\u{201e}', "\u{201c}\u{201d}"),
        ('\u{2018}', "\u{2019}"),
        ('\u{ab}', "\u{bb}"),
        ('\u{bb}', "\u{ab}"),
        ('\u{300c}', "\u{300d}"),
    ];
    let mut text = text.trim();
    loop {
        let mut inner = text.chars();
        let ends = (inner.next(), inner.next_back());
        let is_pair = |(open, close): (Option<char>, Option<char>)| {
            let mut pairs = PAIRS.iter();
            pairs.any(|(left, right)| {
                Some(*left) == open && close.is_some_and(|c| right.contains(c))
            })
        };
        if !is_pair(ends) {
            return text;
        }
        text = inner.as_str().trim();
    }
}

fn number_text(number: f64) -> String {
    // Display prints the shortest text that reads back as the same number, without an exponent.
    format!("{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_become_the_text_people_see() {
        let moment = jiff::civil::date(2014, 5, 1).at(0, 0, 0, 0);
        let cases = [
            (RawValue::Text("\u{a0}a\u{200b}b \r\nc ".into()), "ab \nc"),
            (RawValue::Text("a\u{3000}b\tc\u{2028}d".into()), "a b c\nd"),
            (RawValue::Number(11.0), "11"),
            (RawValue::Number(0.5), "0.5"),
            (RawValue::Formatted(12.0, "Rack 012 ".into()), "Rack 012"),
            (RawValue::Bool(true), "yes"),
            (RawValue::Date(moment), "2014-05-01"),
        ];
        for (value, text) in cases {
            assert_eq!(text_of(&value), text);
        }
    }

    #[test]
    fn quotation_marks_around_a_value_are_no_part_of_it() {
        for text in [
            "“fe01”",
            "\"fe01\"",
            "„fe01“",
            "«fe01»",
            "'“ fe01 ”'",
            "fe01",
        ] {
            assert_eq!(bare(text), "fe01", "{text}");
        }
        for text in ["\"", "“a” and “b", "it's"] {
            assert_eq!(bare(text), text);
        }
    }
}
