//! `check --annotate DIR`: where the marked copies may go, and how they get there.
//!
//! The originals are never written to: [`Folder::open`] refuses a folder that is, holds or lies in a worksheets
//! folder, and [`Folder::write`] replaces a file only if an earlier run wrote it and nobody has changed it
//! since. What a run writes, it notes in [`RECORD`].

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::finding::words;
use crate::named_file::{self, LARGEST};
use crate::sources::{self, Nearness};
use crate::text::digest::sha256_hex;

use crate::cli::failure::Failure;

/// The digests of the files a run wrote, in the form of `sha256sum`.
const RECORD: &str = ".annotated.sha256";

/// The folder the copies go to.
pub struct Folder {
    path: PathBuf,
    /// Digest and path of each file that earlier runs wrote.
    record: BTreeSet<(String, String)>,
}

impl Folder {
    /// Looks whether the copies may go there; nothing is written yet.
    ///
    /// # Errors
    /// A folder where they would be read as worksheets, or replace them.
    pub fn open(path: &Path, worksheets: &[PathBuf]) -> Result<Self, Failure> {
        let shown = path.display();
        let real = sources::real(path)
            .map_err(|error| Failure::usage(format!("cannot annotate into `{shown}`: {error}")))?;
        if real.is_file() {
            return Err(Failure::usage(format!(
                "cannot annotate into `{shown}`: it is a file"
            )));
        }
        for worksheets in worksheets {
            if let Some(why) = clash(&real, worksheets) {
                return Err(Failure::usage(format!(
                    "cannot annotate into `{shown}`: it {why} `{}`, and originals are never touched",
                    worksheets.display()
                ))
                .help("name a folder beside the worksheets, for example `--annotate findings`"));
            }
        }
        let record = match named_file::text(&path.join(RECORD)) {
            Ok(text) => parse(&text),
            Err(_) => BTreeSet::new(),
        };
        Ok(Self {
            path: path.to_owned(),
            record,
        })
    }

    /// The folder, as the user named it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the files, and removes copies of earlier runs that are no longer needed.
    ///
    /// # Errors
    /// A file in the way, or a folder that cannot be written to. Where a file is in the way, nothing is written.
    pub fn write(&self, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
        self.refuse_foreign(files)?;
        let new = files
            .iter()
            .map(|(path, bytes)| (sha256_hex(bytes), path.clone()))
            .collect();
        // First both, so that a run that is interrupted leaves no file that the next one would not know.
        self.note(&self.record.union(&new).cloned().collect())?;
        for (path, bytes) in files {
            self.put(path, bytes)?;
        }
        let old = self.record.iter().map(|(_, path)| path);
        for path in old.filter(|path| !files.contains_key(*path)) {
            if self.is_ours(path) {
                let path = self.path.join(path);
                fs::remove_file(&path).map_err(unwritable(&path))?;
            }
        }
        self.note(&new)
    }

    /// Every file that is to be written must be absent, or as an earlier run left it.
    fn refuse_foreign(&self, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
        let in_the_way: Vec<&String> = files
            .keys()
            .filter(|path| {
                fs::symlink_metadata(self.path.join(path)).is_ok() && !self.is_ours(path)
            })
            .collect();
        match in_the_way.len() {
            0 => Ok(()),
            number => Err(Failure::usage(format!(
                "{} in `{}` {} not as `check --annotate` left {}: {}; nothing was written",
                words::count(number, "file", "files"),
                self.path.display(),
                if number == 1 { "is" } else { "are" },
                if number == 1 { "it" } else { "them" },
                words::quoted(in_the_way.iter().take(3))
            ))
            .help("take over into the worksheets what was typed there, then move it away, or name another folder")),
        }
    }

    /// Whether the file is one that an earlier run wrote, unchanged.
    fn is_ours(&self, path: &str) -> bool {
        let bytes = named_file::read(&self.path.join(path), LARGEST);
        bytes.is_ok_and(|bytes| self.record.contains(&(sha256_hex(&bytes), path.to_owned())))
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let file = self.path.join(path);
        if named_file::read(&file, LARGEST).is_ok_and(|there| there == bytes) {
            return Ok(());
        }
        let folder = file.parent().unwrap_or(&self.path);
        fs::create_dir_all(folder).map_err(unwritable(folder))?;
        // A link to a folder elsewhere could lead back to the originals.
        let real = |path: &Path| fs::canonicalize(path).map_err(unwritable(path));
        if !real(folder)?.starts_with(real(&self.path)?) {
            return Err(Failure::usage(format!(
                "`{}` leads out of `{}`; nothing is written there",
                folder.display(),
                self.path.display()
            )));
        }
        replace(&file, bytes).map_err(unwritable(&file))
    }

    fn note(&self, record: &BTreeSet<(String, String)>) -> Result<(), Failure> {
        let line = |(digest, path): &(String, String)| format!("{digest}  {path}\n");
        self.put(
            RECORD,
            record.iter().map(line).collect::<String>().as_bytes(),
        )
    }
}

/// How the folder stands to the worksheets, if that is too near.
fn clash(folder: &Path, worksheets: &Path) -> Option<&'static str> {
    match sources::nearness(folder, worksheets)? {
        Nearness::Same => Some("is the worksheets folder"),
        Nearness::OfFile => Some("holds"),
        Nearness::Below => Some("lies in the worksheets folder"),
        Nearness::Above => worksheets.is_dir().then_some("holds the worksheets folder"),
    }
}

/// Puts a whole file into its place; what stood there is replaced at once or not at all.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    match fs::remove_file(&part) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&part)?;
    file.write_all(bytes)?;
    drop(file);
    fs::rename(&part, path)
}

fn unwritable(path: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| Failure::nothing(format!("cannot write `{}`: {error}", path.display()))
}

fn parse(text: &str) -> BTreeSet<(String, String)> {
    let lines = text.lines().filter_map(|line| line.split_once("  "));
    lines
        .map(|(digest, path)| (digest.to_owned(), path.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().to_vec());
        files.iter().map(owned).collect()
    }

    #[test]
    fn a_folder_too_near_the_worksheets_is_refused() {
        let temp = tempfile::tempdir().unwrap();
        let below = |name: &str| temp.path().join(name);
        fs::create_dir_all(below("ws/north")).unwrap();
        fs::write(below("ws/a.csv"), "").unwrap();
        let folder = [below("ws")];
        let file = [below("ws/a.csv")];
        let refused = |dir: &str, worksheets: &[PathBuf]| {
            let failure = Folder::open(&below(dir), worksheets).err()?;
            assert_eq!(failure.exit, crate::cli::failure::Exit::Usage);
            Some(failure.message)
        };
        for (dir, why) in [
            ("ws", "is the"),
            ("ws/new/deep", "lies in"),
            (".", "holds the"),
            ("ws/a.csv", "is a file"),
        ] {
            let message = refused(dir, &folder).unwrap();
            assert!(message.contains(why), "{message}");
        }
        assert!(refused("ws", &file).is_some());
        assert!(refused("ws/marked", &file).is_none());
        assert!(refused("elsewhere", &folder).is_none());
    }

    #[test]
    fn only_what_an_earlier_run_wrote_is_replaced_or_removed() {
        let temp = tempfile::tempdir().unwrap();
        let dir = temp.path().join("marked");
        let open = || Folder::open(&dir, &[]).unwrap();
        let read = |path: &str| fs::read_to_string(dir.join(path)).ok();
        open().write(&files(&[("a", "1"), ("b/c", "1")])).unwrap();
        open().write(&files(&[("a", "2"), ("d", "1")])).unwrap();
        assert_eq!(read("a").as_deref(), Some("2"));
        assert_eq!(read("b/c"), None);
        // Somebody typed into one copy, and has a file of their own.
        fs::write(dir.join("d"), "mine").unwrap();
        fs::write(dir.join("e"), "mine").unwrap();
        for path in ["d", "e"] {
            let failure = open()
                .write(&files(&[("a", "3"), (path, "3")]))
                .unwrap_err();
            assert!(failure.message.contains(&format!("`{path}`")));
            assert_eq!(read("a").as_deref(), Some("2"), "nothing was written");
        }
        open().write(&files(&[("a", "3")])).unwrap();
        assert_eq!(read("d").as_deref(), Some("mine"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_not_followed() {
        let temp = tempfile::tempdir().unwrap();
        let below = |name: &str| temp.path().join(name);
        fs::create_dir_all(below("ws")).unwrap();
        fs::create_dir_all(below("marked")).unwrap();
        std::os::unix::fs::symlink(below("ws"), below("marked/north")).unwrap();
        let folder = Folder::open(&below("marked"), &[below("ws")]).unwrap();
        folder.write(&files(&[("north/a", "1")])).unwrap_err();
        assert!(!below("ws/a").exists());
    }
}
