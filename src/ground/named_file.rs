//! Files that people name, and those beside them: read only if they are files, and of a size that such a file can have.
//!
//! Entry points: [`read`], [`text`]. Nothing else in the program opens a file to read it (`tests/structure.rs`).

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

/// The largest text of settings, keys or names.
pub const SETTINGS: u64 = 4 << 20;

/// No packet, bundle or workbook is larger.
pub const LARGEST: u64 = 1 << 30;

/// Opens a file.
///
/// # Errors
/// The system's reason, or that it is no file: a pipe would be waited for, and a device never ends.
pub fn open(path: &Path) -> io::Result<File> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        let why = "it is a folder";
        return Err(io::Error::new(io::ErrorKind::IsADirectory, why));
    }
    if !metadata.is_file() {
        let why = "it is no file, but a pipe or a device";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
    }
    File::open(path)
}

/// The bytes of a file of at most this size.
///
/// # Errors
/// As [`open`], or that it is larger.
pub fn read(path: &Path, largest: u64) -> io::Result<Vec<u8>> {
    let bytes = beginning(path, largest.saturating_add(1))?;
    if bytes.len() as u64 > largest {
        let why = format!("it is larger than {}", size(largest));
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
    }
    Ok(bytes)
}

/// The first bytes of a file, so many at most.
///
/// # Errors
/// As [`open`].
pub fn beginning(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a file of settings, keys or names.
///
/// # Errors
/// As [`read`], or that it is no UTF-8.
pub fn text(path: &Path) -> io::Result<String> {
    let refused = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why);
    let bytes = read(path, SETTINGS)?;
    // What Windows PowerShell writes with `>`.
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(refused(
            "it is UTF-16; save it as UTF-8 (in PowerShell: Set-Content -Encoding UTF8)",
        ));
    }
    String::from_utf8(bytes).map_err(|_| refused("it is no text in UTF-8"))
}

fn size(bytes: u64) -> String {
    match bytes >> 20 {
        0 => format!("{} kB", bytes >> 10),
        mebibytes => format!("{mebibytes} MiB"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_a_size_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.txt");
        fs::write(&path, "four").expect("a file");
        let said = |path: &Path, largest| read(path, largest).map_err(|error| error.to_string());
        assert_eq!(said(&path, 4), Ok(b"four".to_vec()));
        assert_eq!(said(&path, 3), Err("it is larger than 0 kB".to_owned()));
        assert_eq!(said(folder.path(), 4), Err("it is a folder".to_owned()));
        fs::write(&path, b"\xff\xfea\0").expect("a file");
        assert!(text(&path).is_err_and(|why| why.to_string().contains("UTF-16")));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_and_a_pipe_are_no_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|it| it.success()));
        for path in [Path::new("/dev/zero"), &pipe] {
            let why = read(path, 4).expect_err("no file").to_string();
            assert_eq!(why, "it is no file, but a pipe or a device");
        }
    }
}
