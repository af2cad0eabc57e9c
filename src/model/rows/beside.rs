//! What a sheet says beside its cells: texts in boxes, and those above and below its pages.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::finding::{Code, Finding, words};
use crate::workbook::Sheet;

use super::cell_words;
use super::secret::Accepted;
use crate::text::plain::plain;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
    anywhere: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    crate::data::parse(include_str!("stale.toml")).expect("stale.toml is part of the program")
});

/// Replaces texts that look like a secret, with one finding each.
pub(super) fn withhold(sheet: &mut Sheet, accepted: &Accepted, findings: &mut Vec<Finding>) {
    let layout = &mut sheet.layout;
    for text in layout.boxes.iter_mut().chain(&mut layout.margins) {
        if let Some(what) = accepted.unless_accepted(text) {
            let message =
                format!("a text beside the cells looks like {what}; it is kept out of all output");
            findings.push(
                Finding::new(Code::Secret, message)
                    .at(&sheet.place)
                    .help("keep secrets in a vault, and change this one: it has been seen"),
            );
            *text = cell_words::WITHHELD.to_owned();
        }
    }
}

/// Reports the boxes, which are not read, and every text that says that the sheet does not count.
pub(super) fn report(sheet: &Sheet) -> Vec<Finding> {
    let layout = &sheet.layout;
    let mut findings: Vec<Finding> = boxes(sheet).into_iter().collect();
    let places = [
        (&layout.boxes, "a text box on the sheet"),
        (&layout.margins, "the head or foot of the printed pages"),
    ];
    for (texts, place) in places {
        let mut found = texts.iter().filter_map(|text| stale_word(text));
        findings.extend(found.next().map(|word| stale(sheet, word, place)));
    }
    findings
}

fn boxes(sheet: &Sheet) -> Option<Finding> {
    let boxes = &sheet.layout.boxes;
    let begin = words::excerpt(boxes.first()?);
    let message = match boxes.len() {
        1 => format!("the sheet has a text box, which is not read: `{begin}`"),
        count => format!(
            "the sheet has {count} text boxes, which are not read; the first says `{begin}`"
        ),
    };
    let finding = Finding::new(Code::UnreadTextBox, message).at(&sheet.place);
    Some(finding.help(
        "write what must be known into the cells, for example into `Notes`, which is printed",
    ))
}

fn stale(sheet: &Sheet, word: &str, place: &str) -> Finding {
    Finding::new(
        Code::StaleMark,
        format!("{place} says `{word}`; the sheet was read all the same"),
    )
    .at(&sheet.place)
    .help("take the worksheet out of the folder if it no longer counts, or take the word away if it does")
}

/// The word in a text that says that something does not count.
fn stale_word(text: &str) -> Option<&'static str> {
    let text = plain(text);
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let spaced = format!(" {} ", words.join(" "));
    let mut whole = WORDS.words.iter();
    let whole = whole.find(|word| spaced.contains(&format!(" {word} ")));
    let anywhere = || {
        WORDS
            .anywhere
            .iter()
            .find(|word| text.contains(word.as_str()))
    };
    whole.or_else(anywhere).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;

    fn codes(boxes: &[&str], margins: &[&str]) -> Vec<Code> {
        let owned = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        let mut sheet = Sheet::new(Place::file("a.xlsx"));
        sheet.layout.boxes = owned(boxes);
        sheet.layout.margins = owned(margins);
        let mut findings = report(&sheet);
        withhold(&mut sheet, &Accepted::default(), &mut findings);
        findings.iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn boxes_are_told_and_words_that_say_that_nothing_counts() {
        assert_eq!(
            codes(&["moved to sql09"], &["Page 1"]),
            [Code::UnreadTextBox]
        );
        assert_eq!(codes(&[], &["*** OBSOLETE ***"]), [Code::StaleMark]);
        assert_eq!(
            codes(&[], &["Entwurf v3, nicht verteilen"]),
            [Code::StaleMark]
        );
        assert_eq!(codes(&[], &["この表は廃止されました"]), [Code::StaleMark]);
        assert!(codes(&[], &["Drafting room", "Contoso confidential"]).is_empty());
        assert_eq!(
            codes(&["Password: hunter2"], &[]),
            [Code::UnreadTextBox, Code::Secret]
        );
    }

    #[test]
    fn the_words_are_written_as_texts_are_compared() {
        for word in WORDS.words.iter().chain(&WORDS.anywhere) {
            assert_eq!(plain(word), *word);
            assert!(stale_word(word).is_some(), "{word}");
        }
    }
}
