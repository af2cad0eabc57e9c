//! The mark of a retired workbook: in the head of every page that is printed from it.
//!
//! Entry point: [`marked`]. The parts of the workbook are changed as text, whichever program saved them last:
//! a head that is there gets the mark in its middle, a sheet without one gets a head.

use crate::archive::Archive;

/// The parts that are sheets.
const SHEETS: &str = "xl/worksheets/";

/// The heads a sheet can have: of all pages or the odd ones, of even ones, of the first.
const HEADS: [&str; 3] = ["oddHeader", "evenHeader", "firstHeader"];

/// What a head may follow, the nearest first: the order of a sheet's elements is fixed.
const BEFORE_HEADS: [&str; 4] = ["pageSetup", "pageMargins", "printOptions", "sheetData"];

/// How the sign before a code of a head is written in a sheet.
const AMP: &str = "&amp;";

/// The most characters spreadsheet programs take for a head.
const LONGEST: usize = 255;

/// The workbook with these words in the head of every page; `None` for what is no workbook, or has no sheet to mark.
pub(super) fn marked(bytes: &[u8], words: &str) -> Option<Vec<u8>> {
    let mut archive = Archive::open(bytes).ok()?;
    let mark = |name: &str, text: &str| {
        let is_sheet = name
            .strip_prefix(SHEETS)
            .is_some_and(|name| name.rsplit_once('.').is_some_and(|(_, it)| it == "xml"));
        is_sheet.then(|| sheet(text, words)).flatten()
    };
    let marked = archive.rewritten(mark).ok()?;
    (marked != bytes).then_some(marked)
}

/// A sheet with the words in each of its heads.
fn sheet(xml: &str, words: &str) -> Option<String> {
    let mut marked = xml.to_owned();
    for name in HEADS {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        if let Some((before, rest)) = marked.split_once(&open)
            && let Some((text, after)) = rest.split_once(&close)
        {
            marked = format!("{before}{open}{}{close}{after}", head(text, words));
        }
    }
    if marked.contains("<oddHeader>") {
        return Some(marked);
    }
    let own = format!("<oddHeader>{}</oddHeader>", head("", words));
    match marked.find("<headerFooter") {
        Some(at) => with_first_child(&marked, at, &own),
        None => with_element(&marked, &format!("<headerFooter>{own}</headerFooter>")),
    }
}

/// The text of a head, with the words in bold at the beginning of its middle.
fn head(text: &str, words: &str) -> String {
    // Everything after the font is text until the next code; a size would swallow digits, so a blank follows.
    let mark = format!("&amp;C&amp;\"-,Bold\"&amp;10 {words} ");
    let whole = match (code(text, 'C'), code(text, 'R')) {
        (Some(at), _) => format!("{}{mark}{}", &text[..at], &text[at + AMP.len() + 1..]),
        (None, Some(at)) => format!("{}{mark}{}", &text[..at], &text[at..]),
        (None, None) => format!("{text}{mark}"),
    };
    // What does not fit would be dropped whole, and the mark counts more.
    if whole.replace(AMP, "&").chars().count() <= LONGEST {
        whole
    } else {
        mark
    }
}

/// Where the code that begins a part of the head stands. A doubled `&` is text.
fn code(text: &str, letter: char) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find(AMP)?;
        let after = &text[at + AMP.len()..];
        if after.starts_with(letter) {
            return Some(at);
        }
        let is_text = after.starts_with(AMP);
        from = at + AMP.len() * if is_text { 2 } else { 1 };
    }
}

/// The element that begins at `at`, with this one as the first inside it.
fn with_first_child(xml: &str, at: usize, child: &str) -> Option<String> {
    let (before, element) = xml.split_at(at);
    let (tag, after) = element.split_once('>')?;
    Some(match tag.strip_suffix('/') {
        Some(tag) => format!("{before}{tag}>{child}</headerFooter>{after}"),
        None => format!("{before}{tag}>{child}{after}"),
    })
}

/// The sheet with a new element at the place that the order of elements gives it.
fn with_element(xml: &str, element: &str) -> Option<String> {
    let end = BEFORE_HEADS.iter().find_map(|name| end_of(xml, name))?;
    let (before, after) = xml.split_at(end);
    Some(format!("{before}{element}{after}"))
}

/// Where the last element of this name ends.
fn end_of(xml: &str, name: &str) -> Option<usize> {
    let close = format!("</{name}>");
    if let Some(at) = xml.rfind(&close) {
        return Some(at + close.len());
    }
    let at = xml.rfind(&format!("<{name}"))?;
    Some(at + xml[at..].find("/>")? + "/>".len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stands_in_every_head() {
        let mark = "&amp;C&amp;\"-,Bold\"&amp;10 RETIRED 2014-06-10 ";
        let cases = [
            (
                "<x><oddHeader>&amp;LA&amp;CB&amp;RC</oddHeader><evenHeader>&amp;RC</evenHeader></x>",
                format!(
                    "<x><oddHeader>&amp;LA{mark}B&amp;RC</oddHeader><evenHeader>{mark}&amp;RC</evenHeader></x>"
                ),
            ),
            (
                "<x><headerFooter a=\"1\"><oddFooter>F</oddFooter></headerFooter></x>",
                format!(
                    "<x><headerFooter a=\"1\"><oddHeader>{mark}</oddHeader><oddFooter>F</oddFooter></headerFooter></x>"
                ),
            ),
            (
                "<x><oddHeader>&amp;LA&amp;&amp;Co&amp;RB</oddHeader></x>",
                format!("<x><oddHeader>&amp;LA&amp;&amp;Co{mark}&amp;RB</oddHeader></x>"),
            ),
            (
                "<x><headerFooter/></x>",
                format!("<x><headerFooter><oddHeader>{mark}</oddHeader></headerFooter></x>"),
            ),
            (
                "<x><sheetData/><pageMargins left=\"1\"/><drawing/></x>",
                format!(
                    "<x><sheetData/><pageMargins left=\"1\"/><headerFooter><oddHeader>{mark}</oddHeader></headerFooter><drawing/></x>"
                ),
            ),
            (
                "<x><sheetData><row/></sheetData></x>",
                format!(
                    "<x><sheetData><row/></sheetData><headerFooter><oddHeader>{mark}</oddHeader></headerFooter></x>"
                ),
            ),
        ];
        for (before, after) in cases {
            assert_eq!(sheet(before, "RETIRED 2014-06-10"), Some(after), "{before}");
        }
    }

    #[test]
    fn a_head_that_would_be_too_long_gives_way() {
        let long = format!("&amp;L{}", "x".repeat(240));
        let head = head(&long, "RETIRED 2014-06-10");
        assert!(
            head.starts_with("&amp;C") && head.contains("RETIRED"),
            "{head}"
        );
    }

    #[test]
    fn what_is_no_workbook_is_not_marked() {
        assert_eq!(marked(b"PK", "RETIRED"), None);
    }
}
