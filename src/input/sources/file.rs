//! Reads one file: once, whole, and only if it is a regular file of bearable size.

use std::fs::{self, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

use crate::finding::{Code, Finding, Place};
use crate::named_file;

/// Bytes of the largest file that is read. A worksheet of ten thousand rows has about one.
pub const MAX_FILE: u64 = 64 * 1024 * 1024;

/// Why a file was not read.
#[derive(Debug)]
pub(super) struct Refusal {
    message: String,
    help: &'static str,
}

impl Refusal {
    /// The finding, now that the place is known.
    pub(super) fn at(self, place: &Place) -> Finding {
        Finding::new(Code::UnreadableFile, self.message)
            .at(place)
            .help(self.help)
    }
}

/// Reads a file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Refusal> {
    // Asked first, because merely opening a pipe can wait forever, and opening a device can do anything.
    let metadata = fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        return Err(not_regular(&metadata));
    }
    if metadata.len() > MAX_FILE {
        return Err(oversized());
    }
    settled(|| attempt(path))
}

/// What was read in one go, and what the system said about the file before and after.
struct Attempt {
    bytes: Vec<u8>,
    before: Stamp,
    after: Stamp,
}

/// The signs by which a change is noticed.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
        }
    }
}

fn attempt(path: &Path) -> io::Result<Attempt> {
    let file = named_file::open(path)?;
    let before = Stamp::of(&file.metadata()?);
    let mut bytes = Vec::new();
    (&file).take(MAX_FILE + 1).read_to_end(&mut bytes)?;
    // By its path, so that a file replaced by another one is noticed too.
    let after = Stamp::of(&fs::metadata(path)?);
    Ok(Attempt {
        bytes,
        before,
        after,
    })
}

/// How often a file is read that does not keep still, and how long it is left alone in between. Programs that save a
/// file empty it first, so an empty one is looked at again too.
const ATTEMPTS: u32 = 4;
const PAUSE: Duration = Duration::from_millis(60);

/// Reads until the file keeps still, but not for ever.
fn settled(mut attempt: impl FnMut() -> io::Result<Attempt>) -> Result<Vec<u8>, Refusal> {
    for number in 1..=ATTEMPTS {
        let read = attempt().map_err(|error| unreadable(&error))?;
        let length = read.bytes.len() as u64;
        if length > MAX_FILE {
            return Err(oversized());
        }
        let is_still = read.before == read.after && read.before.length == length;
        if is_still && (length > 0 || number == ATTEMPTS) {
            return Ok(read.bytes);
        }
        if number < ATTEMPTS {
            thread::sleep(PAUSE);
        }
    }
    Err(Refusal {
        message: "the file changed each time it was read, so no state of it can be trusted".into(),
        help: "run again when nobody is saving it",
    })
}

fn unreadable(error: &io::Error) -> Refusal {
    Refusal {
        message: format!("the file cannot be read: {error}"),
        help: match error.kind() {
            io::ErrorKind::PermissionDenied => "check who may read the file, and run again",
            io::ErrorKind::NotFound => "the file is gone, or the link points nowhere",
            _ => "close other programs that hold the file open, and run again",
        },
    }
}

fn not_regular(metadata: &Metadata) -> Refusal {
    let what = if metadata.is_dir() {
        "a folder"
    } else {
        "a device, a pipe or a socket"
    };
    Refusal {
        message: format!("this is {what}, not a file, and was not opened"),
        help: "name a worksheet file or a folder of them",
    }
}

fn oversized() -> Refusal {
    Refusal {
        message: format!(
            "the file is larger than {} MiB, and was not read",
            MAX_FILE >> 20
        ),
        help: "keep worksheets apart from other data, pictures above all",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempts(stamps: &[(u64, u64)]) -> impl FnMut() -> io::Result<Attempt> + '_ {
        let mut stamps = stamps.iter().copied();
        move || {
            let (before, after) = stamps.next().ok_or(io::ErrorKind::NotFound)?;
            let stamp = |length| Stamp {
                length,
                modified: None,
            };
            Ok(Attempt {
                bytes: b"abc".to_vec(),
                before: stamp(before),
                after: stamp(after),
            })
        }
    }

    #[test]
    fn a_file_that_changes_once_is_read_again_and_one_that_never_rests_is_reported() {
        assert_eq!(settled(attempts(&[(3, 3)])).unwrap(), b"abc");
        assert_eq!(settled(attempts(&[(3, 4), (3, 3)])).unwrap(), b"abc");
        let changes = [(3, 4), (4, 4), (4, 5), (5, 6), (3, 3)];
        let restless = settled(attempts(&changes)).unwrap_err();
        assert!(restless.message.contains("changed"));
    }

    #[test]
    fn a_file_that_is_empty_for_a_moment_is_read_when_it_is_not() {
        let mut sizes = [0, 0, 3].into_iter();
        let attempt = || {
            let length = sizes.next().ok_or(io::ErrorKind::NotFound)?;
            let stamp = Stamp {
                length,
                modified: None,
            };
            let bytes = b"abc"[..usize::try_from(length).unwrap()].to_vec();
            Ok(Attempt {
                bytes,
                before: stamp,
                after: stamp,
            })
        };
        assert_eq!(settled(attempt).unwrap(), b"abc");
    }
}
