//! Workbooks that this program wrote itself: index, packets, plans, marked copies, filled-in checklists.
//!
//! Each bears a document property of ours, which Excel and LibreOffice keep when they save it, in whatever format.

use crate::finding::{Code, Finding};

use super::archive::Archive;
use super::ole;
use super::report::Report;

/// How the names of those document properties begin.
pub const MARK: &str = "restore-packets ";

/// The parts of zipped workbooks that hold such properties: Office Open XML and OpenDocument.
const PARTS: [&str; 2] = ["docprops/custom.xml", "meta.xml"];

/// Says so if the file bears our mark. What it holds is read all the same: `record` wants it.
pub(super) fn tell(report: &mut Report, bytes: &[u8]) {
    if is_ours(bytes) {
        let message = "this workbook was written by restore-packets (index, packet, checklist, findings or marked copy) and is no worksheet; it was left out";
        let finding = Finding::new(Code::OwnOutput, message)
            .at(&report.file())
            .help("keep it apart from the worksheets; what was corrected in a marked copy belongs in the worksheet itself");
        report.note(finding);
    }
}

fn is_ours(bytes: &[u8]) -> bool {
    let is_named = |part: Vec<u8>| holds(&part, format!("name=\"{MARK}").as_bytes());
    if let Ok(mut archive) = Archive::open(bytes) {
        return PARTS
            .into_iter()
            .filter_map(|part| archive.part(part))
            .any(is_named);
    }
    let wide: Vec<u8> = MARK.encode_utf16().flat_map(u16::to_le_bytes).collect();
    ole::own_properties(bytes)
        .is_some_and(|part| holds(&part, MARK.as_bytes()) || holds(&part, &wide))
}

fn holds(text: &[u8], wanted: &[u8]) -> bool {
    text.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zip(part: &str, text: &str) -> Vec<u8> {
        crate::archive::pack([(part, text.as_bytes())]).unwrap()
    }

    #[test]
    fn our_property_is_known_in_each_zipped_format_and_no_other_is() {
        let ours = [
            (
                "docProps/custom.xml",
                "<property pid=\"2\" name=\"restore-packets document\">",
            ),
            (
                "meta.xml",
                "<meta:user-defined meta:name=\"restore-packets kind\">",
            ),
        ];
        for (part, text) in ours {
            assert!(is_ours(&zip(part, text)), "{part}");
        }
        for (part, text) in [
            (
                "docProps/custom.xml",
                "<property name=\"Project\">restore-packets 2014",
            ),
            ("xl/sharedStrings.xml", "name=\"restore-packets kind\""),
        ] {
            assert!(!is_ours(&zip(part, text)), "{part}");
        }
        assert!(!is_ours(b"Server FQDN;Role\n"));
    }
}
