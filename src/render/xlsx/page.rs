//! The printed page: paper, margins, headers and footers, protection.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, ProtectionOptions, Worksheet};

use super::Result;
use super::contract::property;
use super::sheet::Sheet;
use crate::packets::{Estate, Issue, Paper};

/// The most characters a header or footer may have, and what one text beside the title may take of them.
const LONGEST: usize = 255;
const LONGEST_BESIDE: usize = 48;

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
        let packet = &issue.packet;
        let edition = format!("Edition {}, issued {}", issue.edition, issue.issued);
        let print = format!("Fingerprint {}", issue.fingerprint);
        let check = "Printed copies are uncontrolled:\ncheck the fingerprint";
        Self {
            header: header(&packet.title, &packet.subject.fqdn, estate),
            footer: footer(&format!("{edition}\n{print}"), check),
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
        let as_of = format!("As of {}", estate.as_of);
        Self {
            header: header(&format!("{title}: {whose}"), "", estate),
            footer: footer(&as_of, "Printed copies are uncontrolled"),
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
        let scale = (self.across(way) / width).min(1.0);
        // A little less than all, since programs differ in the last row.
        (self.paper(way).1 - 72.0 * (TOP + BOTTOM)) / scale * 0.96
    }

    /// How wide a page is between its margins, in points.
    pub(super) fn across(&self, way: Way) -> f64 {
        self.paper(way).0 - 2.0 * 72.0 * SIDE
    }

    /// Width and height of the paper, in points.
    fn paper(&self, way: Way) -> (f64, f64) {
        let (short, long) = if self.paper == LETTER {
            (612.0, 792.0)
        } else {
            (595.0, 842.0)
        };
        match way {
            Way::Portrait => (short, long),
            Way::Landscape => (long, short),
        }
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

/// The mark by which a document other than a packet is known as ours, so that it is never read as a worksheet.
pub(super) fn marked(properties: DocProperties, what: &str) -> DocProperties {
    properties.set_custom_property(property::DOCUMENT, what)
}

/// Properties that bear a fixed date, so that the same input gives the same bytes.
pub(super) fn dated(date: jiff::civil::Date) -> Result<DocProperties> {
    let year = u16::try_from(date.year()).unwrap_or(1900).max(1900);
    let month = u8::try_from(date.month()).unwrap_or(1);
    let day = u8::try_from(date.day()).unwrap_or(1);
    let date = ExcelDateTime::from_ymd(year, month, day)?;
    Ok(DocProperties::new().set_creation_datetime(&date))
}

/// The numbers the format has for paper sizes.
const LETTER: u8 = 1;
const A4: u8 = 9;

fn paper(paper: Paper) -> u8 {
    match paper {
        Paper::Letter => LETTER,
        Paper::A4 => A4,
    }
}

/// The head of a page: title and sheet on the left; classification and change on the right. The title is shortened
/// until the whole fits, but keeps the `name` that it ends with. The middle is left to the mark of retired packets.
fn header(title: &str, name: &str, estate: &Estate) -> String {
    let change = estate.change.as_ref().map(|id| format!("change {id}"));
    let beside: Vec<String> = [estate.classification.clone(), change]
        .into_iter()
        .flatten()
        .map(|text| shorten(&text, "", |text| length(text) <= LONGEST_BESIDE))
        .collect();
    let right = literal(&beside.join("\n"));
    // `&A` is the sheet's name. The blank after a size keeps a digit that follows from being read as part of it.
    let whole = |title: &str| format!("&L&8&B{}&B\n&A&R&8 {right}", literal(title));
    let fits = |title: &str| length(&whole(title)) <= LONGEST;
    whole(&shorten(title, name, fits))
}

/// The foot of a page, which holds nothing that could be too long or needs an escape.
fn footer(left: &str, centre: &str) -> String {
    format!("&L&8 {left}&C&8 {centre}&R&8 Page &P of &N")
}

/// Text in which nothing is a code.
fn literal(text: &str) -> String {
    text.replace('&', "&&")
}

/// How long a text is, counted as the format counts.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text, cut and marked with `…` if it does not fit: before its `tail` where that leaves room, else at the end.
fn shorten(text: &str, tail: &str, fits: impl Fn(&str) -> bool) -> String {
    if fits(text) {
        return text.to_owned();
    }
    let mut cuts = [tail, ""].into_iter().filter_map(|tail| {
        let body = text.strip_suffix(tail)?;
        let ends = body.char_indices().rev();
        let mut cuts = ends.map(|(end, _)| format!("{}…{tail}", &body[..end]));
        cuts.find(|cut| fits(cut))
    });
    cuts.next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    fn estate(classification: &str, change: Option<&str>) -> Estate {
        Estate {
            classification: Some(classification.into()),
            change: change.map(Into::into),
            ..fixture::estate()
        }
    }

    #[test]
    fn a_header_says_what_whose_and_how_secret() {
        let header = header("R&D 2014", "", &estate("Top & secret", Some("CHG0012345")));
        let expected = "&L&8&BR&&D 2014&B\n&A&R&8 Top && secret\nchange CHG0012345";
        assert_eq!(header, expected);
        assert!(footer("2014", "x").starts_with("&L&8 2014&C&8 x&R&8 Page &P of &N"));
    }

    #[test]
    fn pages_break_between_blocks() {
        let blocks = [(2, 30.0), (5, 40.0), (9, 40.0), (12, 250.0), (30, 10.0)];
        assert_eq!(breaks(&blocks, 20.0, 10.0, 100.0), [9, 12]);
        assert!(breaks(&[(0, 500.0)], 0.0, 10.0, 100.0).is_empty());
    }

    #[test]
    fn headers_never_exceed_the_limit_and_keep_the_name() {
        for text in ["x".repeat(400), "&".repeat(300), "服务器".repeat(200)] {
            let title = format!("{text} fe01.contoso.com");
            let header = header(&title, "fe01.contoso.com", &estate(&text, Some(&text)));
            assert!(length(&header) <= LONGEST, "{header}");
            assert!(header.contains("…fe01.contoso.com&B"), "{header}");
        }
        let endless = "&".repeat(300);
        let header = header(&endless, &endless, &estate("", None));
        assert!(
            length(&header) <= LONGEST && header.contains("&&…&B"),
            "{header}"
        );
    }
}
