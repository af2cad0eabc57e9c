//! What stands in a zip: packets and pages, a README for people without the program, checksums, and the manifest.

use serde::Serialize;

use super::profile::Profile;
use super::signature::NAMESPACE;
use crate::archive;
use crate::finding::words;
use crate::publish::{BundleEntry, FileEntry, MANIFEST, Manifest, PacketEntry};
use crate::render::Error;
use crate::template::Engine;
use crate::text::digest;

/// The README's name.
const README: &str = "README.txt";
/// The checksums' name, as `sha256sum` writes them.
const SUMS: &str = "SHA256SUMS";

/// A file: its path in the zip, and its bytes.
pub type File = (String, Vec<u8>);

/// A packet with its files.
pub struct Packed {
    /// What the manifest says of it.
    pub entry: PacketEntry,
    pub files: Vec<File>,
}

/// What is the same for every part of a bundle.
pub struct Cover<'a> {
    /// The organization, for the README.
    pub organization: Option<&'a str>,
    /// The change record.
    pub change: &'a str,
    /// What is left out.
    pub profile: &'a Profile,
    /// The manifest without files and packets.
    pub manifest: Manifest,
}

/// What the README's template sees.
#[derive(Serialize)]
struct Readme<'a> {
    change: &'a str,
    part: usize,
    parts: usize,
    packets: usize,
    organization: Option<&'a str>,
    tool: &'a str,
    as_of: &'a str,
    profile: &'a str,
    hidden: String,
    looked_for: &'a [String],
    stand_in: String,
    namespace: &'static str,
}

impl Cover<'_> {
    /// The files of one part, in their order.
    ///
    /// # Errors
    /// A README template that cannot be used.
    pub fn files(
        &self,
        engine: &Engine,
        packets: &[Packed],
        pages: Vec<File>,
        (part, parts): (usize, usize),
    ) -> Result<Vec<File>, Error> {
        let readme = engine.render(
            "layout/bundle-readme.txt",
            &self.readme(packets, part, parts),
        )?;
        // The README is for whoever has nothing but Windows, whose older editors want both signs.
        let readme = readme.replace('\n', "\r\n").into_bytes();
        let mut files = vec![(README.to_owned(), readme)];
        files.extend(pages);
        let sums = sums(&files, packets);
        files.push((SUMS.to_owned(), sums.into_bytes()));
        let manifest = Manifest {
            files: files
                .iter()
                .map(|(path, bytes)| listed(path, bytes))
                .collect(),
            packets: packets.iter().map(|packet| packet.entry.clone()).collect(),
            bundle: Some(BundleEntry {
                change: self.change.to_owned(),
                profile: self.profile.name.clone(),
                looked_for: self.profile.looked_for.clone(),
                part,
                parts,
            }),
            ..self.manifest.clone()
        };
        files.extend(packets.iter().flat_map(|packet| packet.files.clone()));
        files.sort();
        let manifest = manifest
            .to_bytes()
            .map_err(|error| Error::Internal(error.to_string()))?;
        files.insert(0, (MANIFEST.to_owned(), manifest));
        Ok(files)
    }

    fn readme(&self, packets: &[Packed], part: usize, parts: usize) -> Readme<'_> {
        Readme {
            change: self.change,
            part,
            parts,
            packets: packets.len(),
            organization: self.organization,
            tool: &self.manifest.tool,
            as_of: &self.manifest.as_of,
            profile: &self.profile.name,
            hidden: words::list(&self.profile.hide),
            looked_for: &self.profile.looked_for,
            stand_in: self.profile.stand_in(),
            namespace: NAMESPACE,
        }
    }
}

/// The zip of these files.
///
/// # Errors
/// A file name that a zip cannot hold.
pub fn zip(files: &[File]) -> Result<Vec<u8>, String> {
    archive::pack(
        files
            .iter()
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice())),
    )
}

/// The entry of a page, whose format is its ending.
fn listed(path: &str, bytes: &[u8]) -> FileEntry {
    let format = path.rsplit_once('.').map_or("txt", |(_, ending)| ending);
    FileEntry::of(path, format, bytes)
}

fn sums(pages: &[File], packets: &[Packed]) -> String {
    let own = packets.iter().flat_map(|packet| &packet.files);
    let mut lines: Vec<String> = pages
        .iter()
        .chain(own)
        .map(|(path, bytes)| format!("{}  {path}\n", digest::sha256_hex(bytes)))
        .collect();
    lines.sort_by(|a, b| a[64..].cmp(&b[64..]));
    lines.concat()
}
