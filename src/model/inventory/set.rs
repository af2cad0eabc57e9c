//! `Backup set` cells: a `Name:` and an `Expiration:` line in any language, or just a name.

use jiff::civil::Date;

use crate::finding::{Code, words};
use crate::workbook::RawValue;

use crate::product::{Label, Published};
use crate::rows::cell_words::says_nothing;
use crate::rows::instead;
use crate::rows::parse::{self, bare};
use crate::rows::problem::Problem;

/// A `Backup set` cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupSet {
    /// What stands behind `Name:`, or the whole cell.
    pub name: Option<String>,
    /// What stands behind `Expiration:`.
    pub expires: Option<Date>,
}

/// Reads a cell. A label left without its text says nothing; a date that cannot be read costs only itself.
pub(super) fn read(text: &str, published: &Published) -> (Option<BackupSet>, Vec<Problem>) {
    let mut set = BackupSet {
        name: None,
        expires: None,
    };
    let mut problems = Vec::new();
    let parts = split(text, published);
    let is_labelled = parts.iter().any(|(label, _)| *label == Some(Label::Name));
    let mut names = Vec::new();
    let mut days = Vec::new();
    for (label, part) in parts {
        match label {
            _ if says_nothing(&part) => problems.extend(instead::in_part("Backup set", &part)),
            Some(Label::Expiration) => {
                match parse::date(&RawValue::Text(part.clone()), bare(&part)) {
                    Ok(date) => days.extend(date),
                    Err(problem) => problems.push(problem),
                }
            }
            // Beside a labelled name other lines are remarks; the cell is printed with them.
            None if is_labelled => {}
            _ => names.push(part),
        }
    }
    match names.as_slice() {
        [] => {}
        [one] => set.name = Some(bare(one).to_owned()),
        _ => problems.push(undecided(&names)),
    }
    days.dedup();
    match days.as_slice() {
        [day] => set.expires = Some(*day),
        [] => {}
        _ => problems.push(undecided(
            &days.iter().map(ToString::to_string).collect::<Vec<_>>(),
        )),
    }
    let is_filled = set.name.is_some() || set.expires.is_some();
    (is_filled.then_some(set), problems)
}

/// More than one name, or more than one day.
fn undecided(names: &[String]) -> Problem {
    let names = names.iter().map(|name| words::excerpt(name));
    Problem::new(
        Code::UndecidedSet,
        format!(
            "the cell holds several backup sets ({}), so it cannot be told which one to restore",
            words::quoted(names)
        ),
        "write the one that counts behind `Name:`, its day behind `Expiration:`, and everything else in `Notes`",
    )
}

/// The parts of a cell, each with the label in front of it: a label alone on its line, at the start of a line before
/// a colon, or (`Expiration` only) within it. A label's text may stand on the line below.
fn split(text: &str, published: &Published) -> Vec<(Option<Label>, String)> {
    let mut parts: Vec<(Option<Label>, String)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(label) = published.label(line) {
            parts.push((Some(label), String::new()));
            continue;
        }
        let awaits = |(label, text): &(Option<Label>, String)| label.is_some() && text.is_empty();
        if !parts.last().is_some_and(awaits) {
            parts.push((None, String::new()));
        }
        let (line, day) = match expiration_without_colon(line, published) {
            Some((before, day)) => (before, Some(day)),
            None => (line, None),
        };
        for piece in line.split_inclusive([':', '\u{ff1a}']) {
            let before = piece.trim_end_matches([':', '\u{ff1a}']);
            let label = label_at_end(before, published).filter(|_| before.len() < piece.len());
            let (text, label) = label.map_or((piece, None), |(text, label)| (text, Some(label)));
            if let Some((_, open)) = parts.last_mut() {
                open.push_str(text);
            }
            parts.extend(label.map(|label| (Some(label), String::new())));
        }
        parts.extend(day.map(|day| (Some(Label::Expiration), day.to_owned())));
    }
    for (_, part) in &mut parts {
        *part = part.trim_matches([' ', ';', ',']).to_owned();
    }
    parts
}

/// A line that ends with the label of an expiration and its day without a colon, parted there: `Expires 7 May 2014`.
fn expiration_without_colon<'t>(
    line: &'t str,
    published: &Published,
) -> Option<(&'t str, &'t str)> {
    let mut blanks = line.match_indices(char::is_whitespace);
    blanks.find_map(|(at, _)| {
        let (words, day) = (line.get(..at)?, line.get(at..)?.trim());
        if words.ends_with([':', '\u{ff1a}']) {
            return None;
        }
        let (before, label) = label_at_end(words, published)?;
        let is_day =
            || parse::date(&RawValue::Text(day.to_owned()), bare(day)).is_ok_and(|it| it.is_some());
        (label == Label::Expiration && is_day()).then_some((before, day))
    })
}

/// The longest label at the end of a text, and what stands before it. `Name` is too common a word to be one within a
/// line.
fn label_at_end<'t>(text: &'t str, published: &Published) -> Option<(&'t str, Label)> {
    let text = text.trim_end();
    let starts = text.char_indices().filter(|(at, c)| {
        let before = text[..*at].chars().next_back();
        c.is_alphanumeric() && before.is_none_or(|c| !c.is_alphanumeric())
    });
    starts
        .map(|(at, _)| text.split_at(at))
        .find_map(|(before, word)| Some((before, published.label(word)?)))
        .filter(|(before, label)| before.is_empty() || *label == Label::Expiration)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> (Option<String>, Option<String>, usize) {
        let (set, problems) = read(text, &crate::product::Product::built_in().published);
        let expires = |set: &BackupSet| set.expires.map(|date| date.to_string());
        (
            set.as_ref().and_then(|set| set.name.clone()),
            set.as_ref().and_then(expires),
            problems.len(),
        )
    }

    #[test]
    fn a_set_has_two_lines_or_one_in_any_language() {
        let texts = [
            "Name: Rtc-06\nExpiration: 2014-12-01",
            "Expiration: 2014-12-01\nName: Rtc-06",
            "Name: Rtc-06; Expiration: 2014-12-01",
            "Name: “Rtc-06” Expiration: Dec 1, 2014",
            "Name:\nRtc-06\nExpiration:\n2014-12-01",
            "NAME : Rtc-06\nExpires: 2014-12-01\nkept on tape 7",
            "Name: Rtc-06\nExpires 1 Dec 2014",
            "Name: Rtc-06, valid until 2014-12-01",
            "Name: Rtc-06\nAblauf: 01.12.2014",
            "Nom : Rtc-06\nExpiration : 1er décembre 2014",
            "名前：Rtc-06\n有効期限：2014年12月1日",
            "Nombre: Rtc-06\nExpiración: 1 de diciembre de 2014",
            "Nome: Rtc-06\nValidade: 1 de dezembro de 2014",
            "Имя: Rtc-06\nСрок действия: 1 декабря 2014 г.",
            "名称：Rtc-06\n到期时间：2014-12-01",
        ];
        for text in texts {
            let expected = (Some("Rtc-06".into()), Some("2014-12-01".into()), 0);
            assert_eq!(set(text), expected, "{text}");
        }
        assert_eq!(
            set("Weekly set: 23"),
            (Some("Weekly set: 23".into()), None, 0)
        );
        assert_eq!(set("Weekly 23"), (Some("Weekly 23".into()), None, 0));
        assert_eq!(set("Run at 01:00"), (Some("Run at 01:00".into()), None, 0));
        assert_eq!(
            set(r"Name: D:\Backup\rtc.bak"),
            (Some(r"D:\Backup\rtc.bak".into()), None, 0)
        );
    }

    #[test]
    fn labels_left_as_published_say_nothing() {
        for text in [
            "Name:\nExpiration:",
            "Namen\nAblauf",
            "Nom :\nExpiration :",
            "姓\n满",
            "名称：\n到期时间：",
            "Name: n/a",
        ] {
            assert_eq!(set(text), (None, None, 0), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_costs_only_itself() {
        assert_eq!(
            set("Name: A\nExpiration: soon"),
            (Some("A".into()), None, 1)
        );
        assert_eq!(set("a.bak\nb.bak"), (None, None, 1));
        assert_eq!(set("Name: a.bak\nName: b.bak"), (None, None, 1));
        let two = "Name: A\nExpiration: 2014-07-07\nExpiration: 2014-07-08";
        assert_eq!(set(two), (Some("A".into()), None, 1));
    }
}
