//! What a file's bytes are, whatever its name says.

use super::archive::Archive;
use super::ole::{self, OLE};
use super::trouble::Trouble;

/// A format there is a reader for, with what sniffing already opened.
pub(super) enum Content<'a> {
    /// Office Open XML: `.xlsx`, `.xlsm`.
    Xlsx(Archive<'a>),
    /// The same with binary parts.
    Xlsb,
    /// OpenDocument.
    Ods(Archive<'a>),
    /// Excel 97 and before: the workbook stream.
    Xls(Vec<u8>),
    /// Text, so CSV.
    Text,
}

impl Content<'_> {
    /// The file name endings of the format, the usual one first.
    pub(super) fn endings(&self) -> &'static [&'static str] {
        match self {
            Self::Xlsx(_) => &["xlsx", "xlsm", "xltx", "xltm"],
            Self::Xlsb => &["xlsb"],
            Self::Ods(_) => &["ods", "ots"],
            Self::Xls(_) => &["xls", "xlt"],
            Self::Text => &["csv"],
        }
    }

    /// The format in words.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Xlsx(_) => "an Excel workbook of the kind `.xlsx`",
            Self::Xlsb => "a binary Excel workbook of the kind `.xlsb`",
            Self::Ods(_) => "an OpenDocument spreadsheet",
            Self::Xls(_) => "an Excel 97-2003 workbook",
            Self::Text => "separated text (CSV)",
        }
    }
}

const ZIP: &[u8] = b"PK";

/// Beginnings of files that are certainly no worksheets.
const STRANGERS: [(&[u8], &str); 8] = [
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"7z\xBC\xAF", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x1F\x8B", "a gzip archive"),
];

/// Beginnings of workbooks that are older than containers.
const ANCIENT: [(&[u8], &str); 3] = [
    (b"\x09\0\x04\0", "an Excel 2 worksheet"),
    (b"\x09\x02\x06\0", "an Excel 3 worksheet"),
    (b"\x09\x04\x06\0", "an Excel 4 worksheet"),
];

/// Whether the bytes are the records of Excel 5 and later without their container, as some programs write them.
fn is_bare(bytes: &[u8]) -> bool {
    matches!(bytes, [0x09, 0x08, 0x08..=0x10, 0, 0, 5 | 6, ..])
}

/// Whether the bytes are a container, whose reader has work to do beyond its input's length.
pub(super) fn is_container(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) || bytes.starts_with(OLE) || is_bare(bytes)
}

/// Says what the bytes are; fails where no reader fits.
pub(super) fn sniff(bytes: &[u8]) -> Result<Content<'_>, Trouble> {
    if bytes.is_empty() {
        return Err(Trouble::empty());
    }
    if bytes.starts_with(OLE) {
        return ole::workbook_stream(bytes).map(Content::Xls);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return sniff_zip(bytes);
    }
    if is_bare(bytes) {
        return Ok(Content::Xls(bytes.to_vec()));
    }
    if let Some((_, name)) = ANCIENT.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(Trouble::unreadable(format!(
            "this is {name}, older than any that is read"
        )));
    }
    if let Some((_, name)) = STRANGERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(Trouble::not_a_worksheet(format!(
            "this is {name}, not a worksheet"
        )));
    }
    Ok(Content::Text)
}

fn sniff_zip(bytes: &[u8]) -> Result<Content<'_>, Trouble> {
    let archive = Archive::open(bytes)?;
    if archive.has("xl/workbook.bin") {
        return Ok(Content::Xlsb);
    }
    if archive.has("content.xml") {
        return Ok(Content::Ods(archive));
    }
    for (part, name) in [
        ("word/document.xml", "a Word document"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
    ] {
        if archive.has(part) {
            return Err(Trouble::not_a_worksheet(format!(
                "this is {name}, not a worksheet"
            )));
        }
    }
    if archive.has("[content_types].xml") || archive.has("xl/workbook.xml") {
        return Ok(Content::Xlsx(archive));
    }
    Err(Trouble::not_a_worksheet(
        "this is a ZIP archive without a workbook in it",
    ))
}
