//! Which character separates the cells.

use std::collections::BTreeMap;

/// Records looked at to choose the separator.
const LOOKED_AT: usize = 50;

/// The candidates; the first of equals wins.
const CANDIDATES: [u8; 4] = *b",;\t|";

/// The separator, and the text without the line that names it.
///
/// A first line `sep=;` settles it, and is no row: spreadsheet programs do not show it.
pub(super) fn choose(text: &str) -> (u8, &str) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    named(text).unwrap_or_else(|| (most_even(text), text))
}

fn named(text: &str) -> Option<(u8, &str)> {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let (line, rest) = text.split_at(end);
    // The line may be quoted, since some programs quote every line.
    let line = line.trim_matches('"').to_ascii_lowercase();
    let [separator] = *line.strip_prefix("sep=")?.as_bytes() else {
        return None;
    };
    let rest = rest.strip_prefix('\r').unwrap_or(rest);
    Some((separator, rest.strip_prefix('\n').unwrap_or(rest)))
}

/// The candidate that divides the most records into the same, large number of cells.
fn most_even(text: &str) -> u8 {
    let mut best = (0, CANDIDATES[0]);
    for candidate in CANDIDATES {
        let score = evenness(text, candidate);
        if score > best.0 {
            best = (score, candidate);
        }
    }
    best.1
}

fn evenness(text: &str, separator: u8) -> usize {
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    for record in super::records::reader(text, separator)
        .records()
        .take(LOOKED_AT)
        .flatten()
    {
        *widths.entry(record.len()).or_default() += 1;
    }
    let scores = widths
        .into_iter()
        .map(|(width, records)| (width - 1) * records);
    scores.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_named_or_found() {
        let cases = [
            ("a,b\n1,2", b','),
            ("Title\n\na;b;c\n1,5;2,5;x, y", b';'),
            ("a\tb, c\n1\t2", b'\t'),
            ("a|b|c\nx, y|2|3", b'|'),
            ("sep=;\r\na,b;c,d", b';'),
            ("\"sep=\t\"\na,b\tc,d", b'\t'),
            ("\"a;b\",c\n\"d;e;f\",g", b','),
            ("only\none\ncolumn", b','),
        ];
        for (text, separator) in cases {
            assert_eq!(choose(text).0, separator, "{text}");
        }
        assert_eq!(choose("sep=;\r\na;b").1, "a;b");
    }
}
