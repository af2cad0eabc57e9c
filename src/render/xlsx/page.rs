//! The printed page: paper, margins, headers and footers, protection.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, ProtectionOptions, Worksheet};

use super::Result;
use super::contract::property;
use super::sheet::Sheet;
use crate::packets::{Estate, Issue, Paper};

/// The most characters a header or footer may have.
const LONGEST: usize = 255;

/// The most page breaks a sheet may have.
const MOST_BREAKS: usize = 1000;
/// The margins left and right, at the top and at the bottom, in inches.
const SIDE: f64 = 0.4;
const TOP: f64 = 0.7;
const BOTTOM: f64 = 0.75;

/// Which way the paper lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Upright.
    Portrait,
    /// On its side.
    Landscape,
}

/// What stands at the head and foot of every page.
#[derive(Clone, Debug)]
pub(super) struct Margins {
    header: String,
    footer: String,
    paper: u8,
}

impl Margins {
    /// The margins of a packet.
    pub(super) fn of_packet(issue: &Issue, estate: &Estate) -> Self {
        let edition = format!("Edition {} of {}", issue.edition, issue.issued);
        let print = format!("Fingerprint {}", issue.fingerprint);
        Self {
            header: three(&issue.packet.title, "", classification(estate)),
            footer: three(
                &format!("{edition}\n{print}"),
                "Printed copies are uncontrolled:\ncheck the fingerprint",
                "Page &P of &N",
            ),
            paper: paper(estate.paper),
        }
    }

    /// The margins of a list of the whole estate.
    pub(super) fn of_estate(title: &str, estate: &Estate) -> Self {
        let product = &estate.product;
        let whose = match &estate.organization {
            Some(organization) => format!("{organization}, {product}"),
            None => product.clone(),
        };
        Self {
            header: three(&format!("{title}: {whose}"), "", classification(estate)),
            footer: three(
                &format!("As of {}", estate.as_of),
                "Printed copies are uncontrolled",
                "Page &P of &N",
            ),
            paper: paper(estate.paper),
        }
    }

    /// Sets a sheet up for printing from this row on, and breaks pages between blocks only. `head` is the
    /// last row that is repeated at the top of each page.
    pub(super) fn apply_blocks(
        &self,
        sheet: &mut Sheet,
        way: Way,
        from: u32,
        head: Option<u32>,
    ) -> Result<()> {
        let repeated = head.map_or(0.0, |head| sheet.height_of(head, head + 1));
        let first = sheet.blocks(from).first().map_or(from, |(row, _)| *row);
        let above = sheet.height_of(from, first);
        let room = self.room(way, sheet.width());
        let breaks = breaks(&sheet.blocks(from), above, repeated, room);
        sheet.inner.set_page_breaks(&breaks)?;
        self.apply(&mut sheet.inner, way);
        Ok(())
    }

    /// How much fits on one page, in points of the sheet, once it is scaled to one page's width.
    fn room(&self, way: Way, width: f64) -> f64 {
        let (short, long) = if self.paper == 1 {
            (612.0, 792.0)
        } else {
            (595.0, 842.0)
        };
        let (across, down) = match way {
            Way::Portrait => (short, long),
            Way::Landscape => (long, short),
        };
        let scale = ((across - 2.0 * 72.0 * SIDE) / width).min(1.0);
        // A little less than all, since programs differ in the last row.
        (down - 72.0 * (TOP + BOTTOM)) / scale * 0.96
    }

    /// Sets the sheet up for printing: one page wide, as many long as it takes.
    pub(super) fn apply(&self, sheet: &mut Worksheet, way: Way) {
        sheet.set_paper_size(self.paper);
        match way {
            Way::Portrait => sheet.set_portrait(),
            Way::Landscape => sheet.set_landscape(),
        };
        sheet
            .set_print_fit_to_pages(1, 0)
            .set_margins(SIDE, SIDE, TOP, BOTTOM, 0.3, 0.3)
            .set_header(&self.header)
            .set_footer(&self.footer)
            .set_header_footer_scale_with_doc(false);
    }
}

/// The rows that begin a new page, so that no block is torn unless it is longer than a page.
fn breaks(blocks: &[(u32, f64)], above: f64, repeated: f64, room: f64) -> Vec<u32> {
    let mut used = above;
    let mut breaks = Vec::new();
    for (row, height) in blocks {
        if used + height > room && used > repeated {
            breaks.push(*row);
            used = repeated;
        }
        used += height;
        if used > room {
            // A block longer than a page goes on where it must.
            used = repeated + (used - room) % (room - repeated).max(1.0);
        }
    }
    breaks.truncate(MOST_BREAKS);
    breaks
}

/// Locks what is printed and leaves what is to be filled in; no password, for it guards against slips only.
pub(super) fn protect(sheet: &mut Worksheet) {
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        sort: true,
        ..ProtectionOptions::new()
    });
}

/// The document properties of a packet.
pub(super) fn properties(issue: &Issue, estate: &Estate) -> Result<DocProperties> {
    let packet = &issue.packet;
    let properties = dated(issue.issued)?
        .set_title(&packet.title)
        .set_subject(&packet.subject.fqdn)
        .set_company(estate.organization.as_deref().unwrap_or_default())
        .set_category(estate.classification.as_deref().unwrap_or_default())
        .set_status(packet.status.as_str())
        .set_custom_property(property::FINGERPRINT, issue.fingerprint.as_str())
        .set_custom_property(property::EDITION, issue.edition.to_string())
        .set_custom_property(property::KIND, packet.subject.kind.as_str())
        .set_custom_property(property::FQDN, packet.subject.fqdn.as_str());
    Ok(match &estate.change {
        Some(change) => properties.set_custom_property(property::CHANGE, change.as_str()),
        None => properties,
    })
}

/// Properties that bear a fixed date, so that the same input gives the same bytes.
pub(super) fn dated(date: jiff::civil::Date) -> Result<DocProperties> {
    let year = u16::try_from(date.year()).unwrap_or(1900).max(1900);
    let month = u8::try_from(date.month()).unwrap_or(1);
    let day = u8::try_from(date.day()).unwrap_or(1);
    let date = ExcelDateTime::from_ymd(year, month, day)?;
    Ok(DocProperties::new().set_creation_datetime(&date))
}

/// The classification, or nothing.
fn classification(estate: &Estate) -> &str {
    estate.classification.as_deref().unwrap_or_default()
}

/// The number the format has for a paper size.
fn paper(paper: Paper) -> u8 {
    match paper {
        Paper::Letter => 1,
        Paper::A4 => 9,
    }
}

/// A header or footer with its three parts. Only `&P` and `&N` of the right part are codes; the rest is text, and
/// the left part, which bears names, is shortened until the whole fits.
fn three(left: &str, centre: &str, right: &str) -> String {
    let right = if right.contains("&P") {
        right.to_owned()
    } else {
        right.replace('&', "&&")
    };
    // The blank after the size keeps a digit that follows from being read as part of it.
    let whole = |left: &str, right: &str| {
        format!("&L&8 {}&C&8 {centre}&R&8 {right}", left.replace('&', "&&"))
    };
    let right = shorten(&right, |right| fits(&whole("", right)));
    let left = shorten(left, |left| fits(&whole(left, &right)));
    whole(&left, &right)
}

/// Whether a header is short enough; lengths are counted as the format counts them.
fn fits(text: &str) -> bool {
    text.encode_utf16().count() <= LONGEST
}

/// The text, cut and marked with `…` if it does not fit.
fn shorten(text: &str, fits: impl Fn(&str) -> bool) -> String {
    if fits(text) {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let mut cut: String = kept.iter().collect();
        // Half an escaped ampersand would swallow what follows.
        let ampersands = cut.len() - cut.trim_end_matches('&').len();
        cut.truncate(cut.len() - ampersands % 2);
        cut.push('…');
        if fits(&cut) {
            return cut;
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ampersands_are_doubled_and_digits_kept_from_the_size() {
        let header = three("R&D 2014", "", "Top & secret");
        assert_eq!(header, "&L&8 R&&D 2014&C&8 &R&8 Top && secret");
        assert!(three("2014", "", "Page &P of &N").ends_with("&R&8 Page &P of &N"));
    }

    #[test]
    fn pages_break_between_blocks() {
        let blocks = [(2, 30.0), (5, 40.0), (9, 40.0), (12, 250.0), (30, 10.0)];
        assert_eq!(breaks(&blocks, 20.0, 10.0, 100.0), [9, 12]);
        assert!(breaks(&[(0, 500.0)], 0.0, 10.0, 100.0).is_empty());
    }

    #[test]
    fn headers_never_exceed_the_limit() {
        for text in ["x".repeat(400), "&".repeat(300), "服务器".repeat(200)] {
            let header = three(&text, "centre", &text);
            assert!(fits(&header), "{header}");
            assert!(header.contains('…'), "{header}");
        }
    }
}
