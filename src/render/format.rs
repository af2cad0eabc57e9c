//! The formats a packet is issued in, and what its files are called.

use crate::finding::{Subject, SubjectKind};
use crate::text::filename::SafeName;

/// A format of packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Markdown that reads well raw in a terminal.
    Md,
    /// One self-contained page for the screen and for paper.
    Html,
    /// A workbook with a checklist to fill in.
    Xlsx,
    /// The packet as data.
    Json,
}

impl Format {
    /// Every format, in the order in which their files are listed.
    pub const ALL: &'static [Self] = &[Self::Md, Self::Html, Self::Xlsx, Self::Json];

    /// The file name's extension, which is also the format's name on the command line.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Md => "md",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    /// The format with this name, in any case.
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim();
        Self::ALL
            .iter()
            .copied()
            .find(|format| format.extension().eq_ignore_ascii_case(name))
    }
}

/// The path of a packet's files in the output folder without extension: `servers/fe01.contoso.com`. A name that some
/// system would not take is written otherwise, and a long one is cut; the packet itself says it whole.
pub fn packet_stem(subject: &Subject) -> String {
    let folder = match subject.kind {
        SubjectKind::Server => "servers",
        SubjectKind::Pool => "pools",
    };
    format!("{folder}/{}", SafeName::of(&subject.fqdn))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_extension() {
        for format in Format::ALL {
            assert_eq!(Format::parse(format.extension()), Some(*format));
        }
        assert_eq!(Format::parse(" HTML "), Some(Format::Html));
        assert_eq!(Format::parse("pdf"), None);
    }

    #[test]
    fn paths_are_safe_everywhere() {
        let cases = [
            ("fe01.contoso.com", "pools/fe01.contoso.com"),
            ("fe_01", "pools/fe_01"),
            ("../../etc", "pools/~2e.~2f..~2fetc"),
            ("aux.contoso.com", "pools/~61ux.contoso.com"),
            ("com1.contoso.com", "pools/~63om1.contoso.com"),
            ("comx.contoso.com", "pools/comx.contoso.com"),
            ("bücher.example", "pools/b~c3~bccher.example"),
        ];
        for (fqdn, path) in cases {
            let subject = Subject {
                kind: SubjectKind::Pool,
                fqdn: fqdn.to_owned(),
            };
            assert_eq!(packet_stem(&subject), path);
        }
    }
}
