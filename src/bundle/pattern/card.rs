//! Addresses of network cards: in pairs, in fours, in halves, and bare.

use super::cursor::Cursor;

/// The signs between groups, how many groups there are, and how long each is.
const FORMS: [(&str, usize, usize); 11] = [
    (":", 6, 2),
    ("-", 6, 2),
    (".", 6, 2),
    ("_", 6, 2),
    (" ", 6, 2),
    (":", 8, 2),
    ("-", 8, 2),
    (".", 3, 4),
    ("-", 3, 4),
    (":", 3, 4),
    ("-", 2, 6),
];

/// An address; the key is its digits.
pub(super) fn card(start: Cursor<'_>) -> Option<(usize, String)> {
    let grouped = FORMS.into_iter().find_map(|form| grouped(start, form));
    grouped.or_else(|| bare(start))
}

/// `00:50:56:77:00:01`, `00-50-56-77-00-01`, `0050.5677.0001`, `005056-770001`.
fn grouped(
    start: Cursor<'_>,
    (sign, count, length): (&str, usize, usize),
) -> Option<(usize, String)> {
    let mut cursor = start;
    let mut digits = String::new();
    for index in 0..count {
        if index > 0 && !cursor.skip(sign) {
            return None;
        }
        let group = cursor.take(is_hex);
        if group.len() != length {
            return None;
        }
        digits.push_str(group);
    }
    // Times, phones and numbers of parts have such groups as well, and no letters in them.
    let is_usual = count == 6 && [":", "-"].contains(&sign) || count == 3 && sign == ".";
    let is_card = is_usual || has_both(&digits);
    (is_card && is_whole(start, cursor, sign)).then_some((cursor.at, digits))
}

/// `00505677000a`, `0x00505677000a`: letters and digits, and no part of a longer number.
fn bare(start: Cursor<'_>) -> Option<(usize, String)> {
    let mut cursor = start;
    cursor.skip("0x");
    let digits = cursor.take(is_hex);
    let goes_on = cursor.next().is_some_and(char::is_alphanumeric);
    let begins = !start.last().is_some_and(char::is_alphanumeric);
    let is_card = digits.len() == 12 && has_both(digits) && begins && !goes_on;
    (is_card && !is_in_guid(start, cursor)).then(|| (cursor.at, digits.to_owned()))
}

/// Whether groups are all there are: no group more on either side, and not glued to a number.
pub(super) fn is_whole(start: Cursor<'_>, end: Cursor<'_>, sign: &str) -> bool {
    let before = &start.whole()[..start.at];
    let word = before
        .rsplit(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    let is_glued = before.ends_with(char::is_alphanumeric)
        && (before.ends_with(|c: char| c.is_ascii_digit()) || word.chars().all(is_hex));
    let more = before.strip_suffix(sign).map(|it| {
        let group = it.rsplit(|c: char| !c.is_ascii_alphanumeric()).next();
        group.is_some_and(|it| it.len() == 2 && it.chars().all(is_hex))
    });
    let mut behind = end;
    let goes_on = end.next().is_some_and(char::is_alphanumeric)
        || behind.skip(sign) && is_pair(behind.take(|c| c.is_ascii_alphanumeric()), sign);
    !is_glued && more != Some(true) && !goes_on
}

/// Whether what follows a sign is a group; behind a blank, a word such as `at` is none.
fn is_pair(group: &str, sign: &str) -> bool {
    let is_group = !group.is_empty() && group.chars().all(is_hex);
    is_group && (sign != " " || group.len() == 2)
}

/// Whether digits are a group of `01234567-89ab-cdef-0123-456789abcdef`.
pub(super) fn is_in_guid(start: Cursor<'_>, end: Cursor<'_>) -> bool {
    let before = &start.whole()[..start.at];
    let is_behind = before
        .strip_suffix('-')
        .is_some_and(|it| it.ends_with(is_hex));
    let mut behind = end;
    is_behind || behind.skip("-") && behind.next().is_some_and(is_hex)
}

fn has_both(digits: &str) -> bool {
    let letters = digits.chars().filter(char::is_ascii_alphabetic).count();
    (1..digits.len()).contains(&letters)
}

/// In a view, letters are small.
pub(super) fn is_hex(c: char) -> bool {
    c.is_ascii_hexdigit()
}
