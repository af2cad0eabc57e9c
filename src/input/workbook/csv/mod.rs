//! Reads separated text (CSV).
//!
//! 1. [`encoding`]: bytes to text; [`pages`] guesses where nothing says how
//! 2. [`separator`]: the `sep=` line, or the separator that makes the most even table
//! 3. [`records`]: text to cells; a record is a row, and a blank line is a row too, as spreadsheets show it;
//!    [`marks`] takes off what other programs add to a cell
//!
//! Every value stays text: `00123` and `11.0` mean what they say.

pub(super) mod encoding;
mod likeness;
mod marks;
mod pages;
mod records;
mod separator;

use crate::finding::{Code, Finding};

use super::report::Report;
use super::trouble::Trouble;
use super::{Layout, Records};

/// Reads the file as its one sheet.
pub(super) fn read(report: &mut Report, bytes: &[u8]) -> Result<(), Trouble> {
    let decoded = encoding::decode(bytes)?;
    refuse_markup(&decoded.text)?;
    let place = report.file();
    if let Some((name, _)) = decoded.guess {
        let message = format!("this text is not UTF-8, and was read as {name}");
        report.note(
            Finding::new(Code::GuessedEncoding, message)
                .at(&place)
                .help("look at letters with accents, or save the file as \"CSV UTF-8\""),
        );
    }
    let (separator, table) = separator::choose(&decoded.text);
    let mended = marks::without_backslashes(table, separator);
    let mut filling = report.begin(place, false);
    let outcome = records::read(mended.as_deref().unwrap_or(table), separator, &mut filling);
    let guess = decoded.guess.filter(|(_, is_safe)| !is_safe);
    let outcome = outcome.map(|records| Layout {
        records: Some(Records {
            unsafe_guess: guess.map(|(name, _)| name.to_owned()),
            ..records
        }),
        ..Layout::default()
    });
    report.end(filling, outcome);
    Ok(())
}

/// Text that only looks like a table to a program that does not look twice.
fn refuse_markup(text: &str) -> Result<(), Trouble> {
    let start: String = text.trim_start().chars().take(200).collect();
    let start = start.to_lowercase();
    let found = if start.starts_with("<!doctype html") || start.starts_with("<html") {
        "this is a web page (HTML), not a worksheet"
    } else if start.starts_with("<?xml") {
        "this is an XML document, such as an Excel 2003 XML spreadsheet or a flat OpenDocument file"
    } else if start.starts_with("<table") {
        "this is a piece of a web page (HTML), not a worksheet"
    } else if start.starts_with("mime-version:") {
        "this is a saved web page (MHTML), not a worksheet"
    } else if is_sylk(&start) {
        "this is a SYLK file (.slk)"
    } else {
        return Ok(());
    };
    Err(Trouble::unreadable(found))
}

/// A SYLK file, but not a table whose first heading is `ID`: each of its lines begins with a record's name.
fn is_sylk(start: &str) -> bool {
    let mut lines = start.lines();
    let named = |line: &str| {
        let name = line.split_once(';').map_or("", |(name, _)| name);
        (1..=2).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    lines.next().is_some_and(|line| line.starts_with("id;p")) && lines.next().is_some_and(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_refused_and_a_heading_called_id_is_not() {
        for text in [
            "\n<!DOCTYPE html><html>",
            "<?xml version=\"1.0\"?><Workbook>",
            "ID;PWXL;N;E\r\nP;PGeneral\r\n",
        ] {
            assert!(refuse_markup(text).is_err(), "{text}");
        }
        for text in ["ID;Pool FQDN\r\n1;pool01.contoso.com", "<Server FQDN>,Role"] {
            assert!(refuse_markup(text).is_ok(), "{text}");
        }
    }
}
