//! What stands beside the cells of a sheet, in parts of its own: comments, text boxes, tables with totals. And the
//! texts above and below its printed pages.

use std::collections::BTreeMap;

use crate::text::reserved;

use super::super::archive::Archive;
use super::super::cell::beside as shown;
use super::super::xml::{self, Event};
use super::super::{Layout, Region};
use super::attribute::{parse_address, parse_region};
use super::parts;

/// Adds to a sheet's layout what the parts say to which it refers.
pub(super) fn survey(archive: &mut Archive<'_>, sheet: &str, layout: &mut Layout) {
    for [_, kind, part] in parts::relations(archive, sheet).unwrap_or_default() {
        match kind.rsplit('/').next() {
            Some("comments") => layout.comments.extend(commented(archive, &part)),
            Some("drawing") => layout.boxes.extend(boxes(archive, &part)),
            Some("table") => layout.totals.extend(totals(archive, &part)),
            _ => {}
        }
    }
}

/// The comments by their cells, from the part that holds them.
fn commented(archive: &mut Archive<'_>, part: &str) -> BTreeMap<(u32, u32), String> {
    let mut comments = BTreeMap::new();
    let mut cell = None;
    let mut text = String::new();
    let mut in_text = false;
    each(archive, part, |event| match event {
        Event::Start(start) => match start.local_name().as_ref() {
            "comment" => {
                let address = xml::local_attribute(start, "ref");
                cell = address.as_deref().and_then(parse_address);
                text.clear();
            }
            "t" => in_text = true,
            _ => {}
        },
        Event::End(end) => match end.local_name().as_ref() {
            "t" => in_text = false,
            "comment" => {
                let text = shown(&reserved::replaced(&text)).unwrap_or_default();
                comments.extend(cell.take().map(|cell| (cell, text)));
            }
            _ => {}
        },
        Event::Text(it) if in_text => text.push_str(&it.xml10_content()),
        Event::CData(it) if in_text => text.push_str(&it.xml10_content()),
        Event::GeneralRef(it) if in_text => text.push_str(&xml::entity(it)),
        _ => {}
    });
    comments
}

/// The texts of a drawing's shapes.
fn boxes(archive: &mut Archive<'_>, part: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut text = String::new();
    let mut in_text = false;
    each(archive, part, |event| match event {
        Event::Start(start) if start.local_name().as_ref() == "t" => in_text = true,
        Event::End(end) => match end.local_name().as_ref() {
            "t" => in_text = false,
            // The next paragraph begins.
            "p" => text.push(' '),
            "txBody" => texts.extend(shown(&std::mem::take(&mut text))),
            _ => {}
        },
        Event::Text(it) if in_text => text.push_str(&it.xml10_content()),
        Event::CData(it) if in_text => text.push_str(&it.xml10_content()),
        Event::GeneralRef(it) if in_text => text.push_str(&xml::entity(it)),
        _ => {}
    });
    texts
}

/// The rows of a table that hold its totals.
fn totals(archive: &mut Archive<'_>, part: &str) -> Vec<u32> {
    let mut rows = Vec::new();
    each(archive, part, |event| {
        let Event::Start(start) = event else {
            return;
        };
        if start.local_name().as_ref() == "table" {
            let region = xml::local_attribute(start, "ref");
            let count = xml::local_attribute(start, "totalsRowCount");
            let count: u32 = count.and_then(|it| it.parse().ok()).unwrap_or_default();
            if let Some(Region { first, last }) = region.as_deref().and_then(parse_region) {
                let begin = (last.0 + 1).saturating_sub(count).max(first.0);
                rows.extend(begin..=last.0);
            }
        }
    });
    rows
}

fn each(archive: &mut Archive<'_>, part: &str, mut take: impl FnMut(&Event<'_>)) {
    let bytes = archive.part(part).unwrap_or_default();
    let text = xml::decode(&bytes);
    let mut reader = xml::reader(&text);
    while let Ok(event) = reader.read_event() {
        if matches!(event, Event::Eof) {
            break;
        }
        take(&event);
    }
}

/// A page's head or foot without the codes in it: `&C&"Arial,Bold"&14DRAFT` is `DRAFT`.
pub(super) fn margin(text: &str) -> Option<String> {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, code)) = rest.split_once('&') {
        plain.push_str(before);
        let mut letters = code.chars();
        rest = match letters.next() {
            Some('&') => {
                plain.push('&');
                letters.as_str()
            }
            Some('"') => letters
                .as_str()
                .split_once('"')
                .map_or("", |(_, rest)| rest),
            Some('K') => letters.as_str().get(6..).unwrap_or_default(),
            Some(digit) if digit.is_ascii_digit() => {
                code.trim_start_matches(|c: char| c.is_ascii_digit())
            }
            _ => letters.as_str(),
        };
        plain.push(' ');
    }
    plain.push_str(rest);
    shown(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_of_a_margin_are_no_part_of_it() {
        let cases = [
            ("&C&\"Arial,Bold\"&14DRAFT&R&P", Some("DRAFT")),
            ("&LContoso && Sons&K00FF00 old", Some("Contoso & Sons old")),
            ("&P", None),
            ("&\"", None),
            ("&Kä", None),
        ];
        for (text, expected) in cases {
            assert_eq!(margin(text).as_deref(), expected, "{text}");
        }
    }
}
