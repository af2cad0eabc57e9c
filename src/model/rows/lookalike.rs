//! Letters of other scripts that look like Latin ones.
//!
//! `fе01` with a Cyrillic `е` reads like `fe01` and is another name, so that a command would reach nothing. A word is
//! suspect if such a letter stands among Latin ones. Words wholly in another script are ordinary names and prose.

/// Letters of the Cyrillic, Greek and Armenian scripts, each followed by the Latin letter it looks like.
const ALIKE: &str = "аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwАAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅS\
                     αaοoρpνvιiκkυuΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXօoսuհh";

/// The Latin letter that a letter of another script looks like.
fn latin(c: char) -> Option<char> {
    if c.is_ascii() {
        return None;
    }
    let mut pairs = ALIKE.chars();
    while let (Some(other), Some(latin)) = (pairs.next(), pairs.next()) {
        if other == c {
            return Some(latin);
        }
    }
    None
}

/// The first letter among Latin ones that only looks like one of them.
pub(super) fn found(text: &str) -> Option<char> {
    if text.is_ascii() {
        return None;
    }
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words
        .find_map(|word| odd_letter(word).filter(|_| word.chars().any(|c| c.is_ascii_alphabetic())))
}

/// The same for a name whose parts stand for themselves: one that consists of look-alikes alone is suspect as well
/// where the other parts are Latin, as in `ех01.contoso.com`.
pub(super) fn found_in_name(text: &str) -> Option<char> {
    let is_latin = text.chars().any(|c| c.is_ascii_alphabetic());
    let mut parts = text.split(|c: char| !c.is_alphanumeric());
    parts.find_map(odd_letter).filter(|_| is_latin)
}

/// The first look-alike of a word whose letters are Latin or look like it, one and all.
fn odd_letter(word: &str) -> Option<char> {
    let is_plain = |c: char| c.is_ascii() || latin(c).is_some();
    let odd = word.chars().find(|c| latin(*c).is_some());
    odd.filter(|_| word.chars().all(is_plain))
}

/// The text with Latin letters in place of those that look like them.
pub(super) fn latinised(text: &str) -> String {
    text.chars().map(|c| latin(c).unwrap_or(c)).collect()
}

/// Whether a character is a Latin letter, with or without an accent, or no letter at all.
pub(super) fn is_latin(c: char) -> bool {
    !c.is_alphabetic() || matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// The text with words that pass for Latin ones in Latin letters: `Pаssword` with a Cyrillic `а`. Words of another script stay.
pub(super) fn unmasked(text: &str) -> String {
    let mut unmasked = String::with_capacity(text.len());
    for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        if found(word).is_some() {
            unmasked.push_str(&latinised(word));
        } else {
            unmasked.push_str(word);
        }
    }
    unmasked
}

/// The script of a letter that is not Latin, as messages name it.
pub(super) fn script(c: char) -> &'static str {
    match c {
        '\u{370}'..='\u{3ff}' => "Greek",
        '\u{400}'..='\u{52f}' => "Cyrillic",
        '\u{530}'..='\u{58f}' => "Armenian",
        _ => "foreign",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_letter_among_latin_ones_is_found() {
        for (text, odd) in [
            ("fе01.contoso.com", 'е'),
            ("UС team", 'С'),
            (r"$Backup\Хds.zip", 'Х'),
            ("RΤC", 'Τ'),
        ] {
            assert_eq!(found(text), Some(odd), "{text}");
        }
        assert_eq!(latinised("fе01.contoso.com"), "fe01.contoso.com");
        assert_eq!(found_in_name("ех01.contoso.com"), Some('е'));
    }

    #[test]
    fn words_of_one_script_are_ordinary() {
        for text in [
            "Отдел связи",
            "SQL-сервер",
            "Ομάδα UC",
            "5 kΩ",
            "Zürich Süd",
            "LyncФайлы",
            "サーバー01",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
        assert_eq!(found_in_name("сервер01.contoso.com"), None);
        assert_eq!(found_in_name("сора.рос"), None);
    }
}
