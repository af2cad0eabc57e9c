//! Parts: packets shared out among zips that are each small enough.

use std::fmt;
use std::ops::Range;

use super::contents::{File, Packed, zip};

/// How large zips may grow.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// One of them.
    pub file: u64,
    /// All together.
    pub all: Option<u64>,
}

/// A limit that cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TooLarge {
    /// A packet is too large for a zip of its own.
    Packet {
        title: String,
        /// What its zip would take.
        bytes: u64,
        /// What one may take.
        limit: u64,
    },
    /// All zips together are.
    All {
        /// What they take.
        bytes: u64,
        /// What they may take.
        limit: u64,
    },
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Packet {
                title,
                bytes,
                limit,
            } => {
                write!(
                    f,
                    "a zip with `{title}` alone takes {bytes} bytes; one may take {limit}"
                )
            }
            Self::All { bytes, limit } => {
                write!(
                    f,
                    "the zips take {bytes} bytes together; they may take {limit}"
                )
            }
        }
    }
}

/// Shares packets out in their order. `common` are the files that every part holds, at their largest.
///
/// A packet's share of a zip is measured by a zip of its own, which is never smaller.
///
/// # Errors
/// A packet that fits nowhere; a file name that a zip cannot hold.
pub fn share_out(
    packets: &[Packed],
    common: &[File],
    limits: Limits,
) -> Result<Result<Vec<Range<usize>>, TooLarge>, String> {
    let common = size(common)?;
    let mut parts = Vec::new();
    let (mut start, mut taken) = (0, common);
    for (at, packet) in packets.iter().enumerate() {
        let own = size(&with_entry(packet))?;
        if common + own > limits.file {
            return Ok(Err(TooLarge::Packet {
                title: packet.entry.title.clone(),
                bytes: common + own,
                limit: limits.file,
            }));
        }
        if taken + own > limits.file {
            parts.push(start..at);
            (start, taken) = (at, common);
        }
        taken += own;
    }
    parts.push(start..packets.len());
    Ok(Ok(parts))
}

/// Holds all zips against the limit for all.
///
/// # Errors
/// They are larger.
pub fn together(sizes: &[u64], limits: Limits) -> Result<(), TooLarge> {
    let bytes = sizes.iter().sum();
    match limits.all {
        Some(limit) if bytes > limit => Err(TooLarge::All { bytes, limit }),
        _ => Ok(()),
    }
}

/// A packet's files, and what it adds to the manifest.
fn with_entry(packet: &Packed) -> Vec<File> {
    let entry = serde_json::to_vec_pretty(&packet.entry).unwrap_or_default();
    let mut files = packet.files.clone();
    files.push(("entry".to_owned(), entry));
    files
}

fn size(files: &[File]) -> Result<u64, String> {
    Ok(zip(files)?.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::{Kind, PacketEntry, StatusEntry};

    fn packed(name: &str, bytes: usize) -> Packed {
        // Digests of digests do not pack.
        let noise =
            (0..bytes.div_ceil(32)).flat_map(|at| crate::text::digest::sha256(&at.to_le_bytes()));
        Packed {
            entry: PacketEntry {
                kind: Kind::Server,
                fqdn: name.to_owned(),
                title: name.to_owned(),
                edition: 1,
                fingerprint: String::new(),
                issued: String::new(),
                valid_until: None,
                status: StatusEntry::Ready,
                scenarios: Vec::new(),
                files: Vec::new(),
                findings: Vec::new(),
                read: Vec::new(),
                not_refreshed_since: None,
            },
            files: vec![(format!("servers/{name}.md"), noise.collect())],
        }
    }

    #[test]
    fn packets_are_shared_out_in_their_order() {
        let packets: Vec<Packed> = ["a", "b", "c"].map(|name| packed(name, 10_000)).into();
        let parts = |file| share_out(&packets, &[], Limits { file, all: None }).unwrap();
        assert_eq!(parts(100_000).unwrap().len(), 1);
        assert_eq!(parts(25_000), Ok(vec![0..2, 2..3]));
        assert_eq!(parts(12_000), Ok(vec![0..1, 1..2, 2..3]));
        assert!(matches!(parts(9_000), Err(TooLarge::Packet { title, .. }) if title == "a"));
    }

    #[test]
    fn all_zips_are_held_against_their_limit() {
        let sizes = [60, 60];
        let limits = |all| Limits { file: 100, all };
        assert!(together(&sizes, limits(None)).is_ok());
        assert!(together(&sizes, limits(Some(120))).is_ok());
        let error = together(&sizes, limits(Some(119))).unwrap_err().to_string();
        assert!(error.contains("120 bytes"), "{error}");
    }
}
