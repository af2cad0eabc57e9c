//! How much room a text takes: spreadsheet programs do not size wrapped rows that a library wrote.
//!
//! Widths are estimates for Arial and Courier New, on the generous side: a row a little too high is
//! harmless, a cut line is not.

/// A column width of one unit, in points: seven pixels at 96 dots per inch, for the base font.
const UNIT: f64 = 5.25;

/// The padding of a column, in points: five pixels.
const MARGIN: f64 = 3.75;

/// What the text of a cell keeps from its edges, and what widths may differ by for being sums of parts.
const PADDING: f64 = 3.0;
const TOLERANCE: f64 = 0.001;

/// The width of a whole column, in points.
pub(super) fn column_points(units: f64) -> f64 {
    units * UNIT + MARGIN
}

/// How wide a column must be for no line of a text to be wrapped.
pub(super) fn column_units(text: &str, kind: Type) -> f64 {
    let lines = text.lines().map(|line| width(line, kind));
    (lines.fold(0.0, f64::max) + PADDING) / UNIT
}

/// The height of so many lines, in points.
pub(super) fn points(lines: usize, kind: Type) -> f64 {
    f64::from(u32::try_from(lines).unwrap_or(u32::MAX)) * kind.line_height()
}

/// What a text is set in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Type {
    /// The size in points.
    pub(super) size: f64,
    /// Whether every character is equally wide.
    pub(super) mono: bool,
    /// Whether it is bold, and so a little wider.
    pub(super) bold: bool,
}

impl Type {
    /// The height of one line, in points.
    fn line_height(self) -> f64 {
        (self.size * 1.28).ceil()
    }

    /// The width of a character, in points.
    fn advance(self, c: char) -> f64 {
        let em = if self.mono { mono(c) } else { sans(c) };
        let weight = if self.bold && !self.mono { 1.08 } else { 1.02 };
        em * self.size * weight
    }
}

/// The lines a text takes in a column this many units wide.
pub(super) fn wrap(text: &str, kind: Type, units: f64) -> Vec<&str> {
    let room = (units * UNIT - PADDING + TOLERANCE).max(kind.size);
    let mut lines = Vec::new();
    for line in text.split('\n') {
        wrap_line(line, kind, room, &mut lines);
    }
    lines
}

/// Wraps one line: at blanks where it can, within a word where it must.
fn wrap_line<'t>(line: &'t str, kind: Type, room: f64, lines: &mut Vec<&'t str>) {
    let (mut start, mut at) = (0, 0);
    let mut used = 0.0;
    for word in line.split_inclusive(' ') {
        let width = width(word.trim_end(), kind);
        if used + width > room && at > start {
            lines.push(&line[start..at]);
            (start, used) = (at, 0.0);
        }
        for c in word.chars() {
            let advance = kind.advance(c);
            if used + advance > room && c != ' ' && at > start {
                lines.push(&line[start..at]);
                (start, used) = (at, 0.0);
            }
            at += c.len_utf8();
            used += advance;
        }
    }
    lines.push(&line[start..]);
}

/// The width of a text on one line, in points.
fn width(text: &str, kind: Type) -> f64 {
    text.chars().map(|c| kind.advance(c)).sum()
}

/// The width of a character of a typewriter face, in ems.
fn mono(c: char) -> f64 {
    if is_wide(c) { 1.0 } else { 0.6 }
}

/// The width of a character of a sans-serif face, in ems.
fn sans(c: char) -> f64 {
    match c {
        _ if is_wide(c) => 1.0,
        'i' | 'j' | 'l' | '\'' | '|' => 0.24,
        ' ' | '.' | ',' | ':' | ';' | '!' | 'I' | '/' | '\\' | '[' | ']' | 'f' | 't' => 0.28,
        '(' | ')' | '-' | 'r' | '`' | '"' | '•' => 0.35,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 0.5,
        'F' | 'L' | 'T' | 'Z' => 0.61,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | '&' => 0.67,
        'C' | 'D' | 'H' | 'N' | 'R' | 'U' | 'w' => 0.73,
        'G' | 'O' | 'Q' => 0.78,
        'm' | 'M' => 0.84,
        'W' | '@' | '%' | '…' => 1.0,
        _ => 0.56,
    }
}

/// Whether the character takes a full square: Chinese, Japanese and Korean, and most symbols beyond.
fn is_wide(c: char) -> bool {
    u32::from(c) >= 0x2e80
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: Type = Type {
        size: 10.0,
        mono: false,
        bold: false,
    };
    const CODE: Type = Type {
        size: 10.0,
        mono: true,
        bold: false,
    };

    #[test]
    fn words_move_to_the_next_line_and_long_ones_break() {
        // Ten units are 52.5 points less the padding: eight typewriter characters of six points.
        assert_eq!(wrap("ab cd efgh", CODE, 10.0), ["ab cd ", "efgh"]);
        assert_eq!(wrap("abcdefghij", CODE, 10.0), ["abcdefgh", "ij"]);
        assert_eq!(wrap("a\n\nb", CODE, 10.0), ["a", "", "b"]);
        assert_eq!(wrap("", CODE, 10.0), [""]);
    }

    #[test]
    fn nothing_is_lost_in_wrapping() {
        let text = "Stop the services on every Front End Server of pool01.contoso.com: 服务器 x";
        for units in [0.0, 1.0, 8.0, 30.0, 200.0] {
            assert_eq!(wrap(text, TEXT, units).concat(), text);
        }
    }

    #[test]
    fn bold_and_wide_characters_take_more_room() {
        let bold = Type { bold: true, ..TEXT };
        assert!(width("Front End", bold) > width("Front End", TEXT));
        assert!(width("服务器", TEXT) > width("abc", TEXT));
    }
}
