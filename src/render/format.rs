//! The formats a packet is issued in, and what its files are called.

use crate::finding::{Subject, SubjectKind};

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

/// The path of a packet's files in the output folder without extension: `servers/fe01.contoso.com`.
pub fn packet_stem(subject: &Subject) -> String {
    let folder = match subject.kind {
        SubjectKind::Server => "servers",
        SubjectKind::Pool => "pools",
    };
    format!("{folder}/{}", file_stem(&subject.fqdn))
}

/// The FQDN as a file name that Windows, macOS and Linux all accept, and that needs no escaping in a link.
///
/// Ordinary FQDNs stay as they are. Other characters become `_2f_` and the like, so that two names never
/// meet in one file; a first label that Windows reserves for a device gets a leading `_`.
fn file_stem(fqdn: &str) -> String {
    let mut stem: String = fqdn.chars().map(portable).collect();
    let first = stem.split('.').next().unwrap_or_default();
    if is_device(first) || stem.starts_with('.') {
        stem.insert(0, '_');
    }
    stem
}

fn portable(character: char) -> String {
    match character {
        'a'..='z' | '0'..='9' | '.' | '-' => character.to_string(),
        other => format!("_{:x}_", u32::from(other)),
    }
}

/// Whether Windows takes a file of this name for a device, whatever its extension.
fn is_device(name: &str) -> bool {
    if matches!(name, "con" | "prn" | "aux" | "nul") {
        return true;
    }
    let digit = name
        .strip_prefix("com")
        .or_else(|| name.strip_prefix("lpt"));
    digit.is_some_and(|digit| matches!(digit.as_bytes(), [b'0'..=b'9']))
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
            ("fe_01", "pools/fe_5f_01"),
            ("../../etc", "pools/_.._2f_.._2f_etc"),
            ("aux.contoso.com", "pools/_aux.contoso.com"),
            ("com1.contoso.com", "pools/_com1.contoso.com"),
            ("comx.contoso.com", "pools/comx.contoso.com"),
            ("bücher.example", "pools/b_fc_cher.example"),
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
