//! Phone numbers: with a plus, with two zeros, as one country writes them, behind a word for a phone; and known ones by
//! their digits, in whatever punctuation.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::Found;
use super::cursor::Cursor;
use crate::bundle::profile::words;

/// How many digits at the end of a known number make it known again. A number is at least so long for its digits alone.
const KNOWN: usize = 7;

/// The most digits of a number with its extension.
const MOST: usize = 20;

/// Where phone numbers stand.
pub(super) fn find(view: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = view[at..].find(|c: char| c.is_ascii_digit() || "+(".contains(c)) {
        let start = Cursor::new(view, at + next);
        let forms = [with_plus, with_zeros, american, local, bare, national];
        let end = forms.into_iter().find_map(|form| form(start));
        let number = end.map(|end| number(view, start.at..end));
        at = number.as_ref().map_or(start.at + 1, |it| it.range.end);
        found.extend(number);
    }
    let is_new = |more: &Found| {
        found
            .iter()
            .all(|it| it.range.end <= more.range.start || more.range.end <= it.range.start)
    };
    let more: Vec<Found> = behind_words(view).into_iter().filter(is_new).collect();
    found.extend(more);
    found
}

/// A number with its extension, known by its own digits.
fn number(view: &str, range: Range<usize>) -> Found {
    let key = digits(&view[range.clone()]);
    let end = extended(view, range.end);
    Found {
        range: range.start..end,
        key,
    }
}

/// The digits of a text.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// What stands between digits of a number: a blank, a sign, a sign between blanks, brackets.
fn is_between(c: char) -> bool {
    " -./()".contains(c)
}

/// Digits in groups, with not more than three characters between them; returns where they end, and the groups.
fn groups<'a>(cursor: &mut Cursor<'a>) -> Vec<&'a str> {
    let mut groups = Vec::new();
    loop {
        let mut ahead = *cursor;
        let between = ahead.take(is_between);
        let group = ahead.take(|c| c.is_ascii_digit());
        let is_too_far = between.len() > 3 || (between.is_empty() && !groups.is_empty());
        if group.is_empty() || is_too_far {
            return groups;
        }
        groups.push(group);
        *cursor = ahead;
    }
}

fn total(groups: &[&str]) -> usize {
    groups.iter().map(|it| it.len()).sum()
}

/// Whether a letter or a digit stands in front, so that a number does not begin here.
fn is_inside(start: Cursor<'_>) -> bool {
    let before = &start.whole()[..start.at];
    let is_word = |text: &str| text.ends_with(|c: char| c.is_alphanumeric());
    let is_number = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    is_word(before) || before.strip_suffix(['.', '-', '/']).is_some_and(is_number)
}

/// `+1 206 555 0142`
fn with_plus(start: Cursor<'_>) -> Option<usize> {
    let mut cursor = start;
    if !cursor.skip("+") {
        return None;
    }
    let groups = groups(&mut cursor);
    (7..=MOST).contains(&total(&groups)).then_some(cursor.at)
}

/// `0049 30 5550142`
fn with_zeros(start: Cursor<'_>) -> Option<usize> {
    let mut cursor = start;
    cursor.skip("(");
    let rest = cursor.rest();
    let groups = groups(&mut cursor);
    let begins = rest.starts_with("00") && !rest.starts_with("000");
    let is_number = begins && !is_inside(start) && (9..=MOST).contains(&total(&groups));
    (is_number && !has_letter_behind(cursor)).then_some(cursor.at)
}

/// `(206) 555-0142`, `206-555-0142`, `1-206-555-0142`
fn american(start: Cursor<'_>) -> Option<usize> {
    if is_inside(start) {
        return None;
    }
    let mut cursor = start;
    if cursor.rest().starts_with('1') {
        cursor.skip("1");
        cursor.take(is_between);
    }
    for (index, length) in [3, 3, 4].into_iter().enumerate() {
        let between = cursor.take(is_between);
        if index > 0 && !(1..=3).contains(&between.len()) {
            return None;
        }
        cursor.digits(length..=length)?;
    }
    let mut behind = cursor;
    let goes_on = behind.skip_one(&["-", "."]) && behind.next().is_some_and(|c| c.is_ascii_digit());
    (!goes_on).then_some(cursor.at)
}

/// `777-0142`: the end of an American number alone. Ranges look alike: those of ports have a word in front, others are round.
fn local(start: Cursor<'_>) -> Option<usize> {
    let mut cursor = start;
    let exchange = cursor.digits(3..=3)?;
    let signs = cursor.take(|c| " -".contains(c));
    let line = cursor.digits(4..=4)?;
    let is_split =
        ["-", " - "].contains(&signs) && matches!(exchange.as_bytes(), [b'2'..=b'9', ..]);
    let is_round = exchange.ends_with('0') && line.ends_with('0');
    let begins = start.last().is_none_or(|c| " (,;:=\"'[>".contains(c));
    let before = start.whole()[..start.at].trim_end_matches(|c: char| !c.is_alphanumeric());
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next();
    let is_other = words().numbers.iter().any(|it| Some(it.as_str()) == word);
    let mut behind = cursor;
    let goes_on = behind.next().is_some_and(char::is_alphabetic)
        || behind.skip_one(&["-", ".", "/", ":"])
            && behind.next().is_some_and(char::is_alphanumeric);
    (is_split && begins && !is_round && !is_other && !goes_on).then_some(cursor.at)
}

/// `2065550142` and `12065550142`, where neither area nor exchange begins with a zero or a one.
fn bare(start: Cursor<'_>) -> Option<usize> {
    let mut cursor = start;
    let number = cursor.digits(10..=11)?;
    let number = match number.len() {
        10 => number,
        _ => number.strip_prefix('1')?,
    };
    let begins = |at: usize| matches!(number.as_bytes().get(at), Some(b'2'..=b'9'));
    let is_number = begins(0) && begins(3) && !is_inside(start);
    let behind = cursor.next();
    let goes_on = behind.is_some_and(|c| c.is_alphabetic() && c != 'x' || "-./:".contains(c));
    (is_number && !goes_on).then_some(cursor.at)
}

/// `0171 5550142`, `030/5550142`, `01 23 45 67 89`; dates begin with a zero as well.
fn national(start: Cursor<'_>) -> Option<usize> {
    let mut cursor = start;
    cursor.skip("(");
    let rest = cursor.rest();
    let groups = groups(&mut cursor);
    let begins = rest.starts_with('0') && !rest.starts_with("00") && !is_inside(start);
    let is_number = begins && groups.len() > 1 && (8..=15).contains(&total(&groups));
    (is_number && !is_date(&groups) && !has_letter_behind(cursor)).then_some(cursor.at)
}

/// Day, month and year in some order, and perhaps an hour.
fn is_date(groups: &[&str]) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|it| it.len()).collect();
    matches!(lengths[..], [1 | 2, 1 | 2, 4, ..] | [4, 1 | 2, 1 | 2, ..])
}

fn has_letter_behind(cursor: Cursor<'_>) -> bool {
    let next = cursor.next();
    next.is_some_and(|c| c.is_alphabetic() && c != 'x') || next == Some(':')
}

/// The words for a phone, looked for all at once.
static WORDS: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::new(&words().phones).expect("some seventy words"));

/// A number behind a word for a phone: `call 5550142`, `Durchwahl 142`.
fn behind_words(view: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for word in WORDS.find_overlapping_iter(view) {
        let start = Cursor::new(view, word.start());
        let is_part = start.last().is_some_and(char::is_alphanumeric)
            && start.next().is_some_and(|c| c.is_ascii_alphanumeric());
        if !is_part {
            found.extend(behind(Cursor::new(view, word.end())));
        }
    }
    found
}

fn behind(word: Cursor<'_>) -> Option<Found> {
    let mut cursor = word;
    if cursor.next().is_some_and(char::is_alphabetic) && cursor.next().is_some_and(|c| c.is_ascii())
    {
        return None;
    }
    cursor.take(|c| " .:#-=(+/\u{2116}".contains(c));
    let start = cursor.at;
    if !cursor.next().is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let groups = groups(&mut cursor);
    let count = total(&groups);
    let is_year = groups.len() == 1
        && count == 4
        && (groups[0].starts_with("19") || groups[0].starts_with("20"));
    // What is eight times as wide is written alike: `x64`.
    let is_long = count
        >= if word.whole()[..word.at].ends_with('x') {
            4
        } else {
            3
        };
    let is_number = is_long && count <= MOST && !is_year && !is_date(&groups);
    let is_other = cursor
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() && c != 'x' && c != 'e');
    (is_number && !is_other).then(|| number(word.whole(), start..cursor.at))
}

/// Where a number ends with its extension: `x12`, `ext. 12`, `#12`.
fn extended(view: &str, end: usize) -> usize {
    let mut cursor = Cursor::new(view, end);
    cursor.take(|c| " ,;-(".contains(c));
    let words = words();
    let is_word =
        cursor.skip_one(&["x", "#", "*"]) || words.extensions.iter().any(|word| cursor.skip(word));
    cursor.take(|c| " .:#-".contains(c));
    if is_word && cursor.digits(1..=6).is_some() {
        cursor.at
    } else {
        end
    }
}

/// The digits of the numbers that a hidden value holds, by which they are known again in any punctuation.
pub fn numbers(view: &str) -> Vec<String> {
    let found = find(view).into_iter().map(|it| it.key);
    let mut numbers: Vec<String> = found.filter(|it| it.len() >= KNOWN).collect();
    let is_of = |c: char| c.is_ascii_digit() || is_between(c) || "+,".contains(c);
    if numbers.is_empty() && view.chars().all(is_of) {
        let all = digits(view);
        numbers.extend((KNOWN..=MOST).contains(&all.len()).then_some(all));
    }
    numbers
}

/// Where known numbers stand, by the digits at their ends.
pub fn find_known(view: &str, known: &BTreeSet<String>) -> Vec<Found> {
    if known.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for run in runs(view) {
        let text: String = run.iter().map(|(_, digit)| *digit).collect();
        for number in known {
            let (front, end) = number.split_at(number.len() - KNOWN);
            for (at, _) in text.match_indices(end) {
                let shared = text[..at].bytes().rev().zip(front.bytes().rev());
                let shared = shared.take_while(|(one, other)| one == other).count();
                let (first, last) = (run[at - shared].0, run[at + KNOWN - 1].0);
                found.push(Found {
                    range: first..extended(view, last + 1),
                    key: number.clone(),
                });
            }
        }
    }
    found
}

/// Digits that follow each other with not more than three signs between them, each with its place.
fn runs(view: &str) -> Vec<Vec<(usize, char)>> {
    let mut runs: Vec<Vec<(usize, char)>> = Vec::new();
    let mut between = usize::MAX;
    for (at, symbol) in view.char_indices() {
        if symbol.is_ascii_digit() {
            if between > 3 {
                runs.push(Vec::new());
            }
            if let Some(run) = runs.last_mut() {
                run.push((at, symbol));
            }
            between = 0;
        } else if is_between(symbol) || "+,_".contains(symbol) {
            between = between.saturating_add(1);
        } else {
            between = usize::MAX;
        }
    }
    runs.retain(|run| run.len() >= KNOWN);
    runs
}
