//! Files that people name: read whole, and only if they are files of a size that such a file can have.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

/// The largest text of settings, keys or names.
pub const SETTINGS: u64 = 4 << 20;

/// The bytes of a named file.
///
/// # Errors
/// Why it cannot be read: the system's reason, or that it is no file, or larger than any such file is.
pub fn read(path: &Path, largest: u64) -> Result<Vec<u8>, String> {
    let said = |error: std::io::Error| error.to_string();
    // A pipe would be waited for, and a device never ends.
    let metadata = fs::metadata(path).map_err(said)?;
    if metadata.is_dir() {
        return Err("it is a folder".to_owned());
    }
    if !metadata.is_file() {
        return Err("it is no file, but a pipe or a device".to_owned());
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(said)?;
    file.take(largest.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(said)?;
    if bytes.len() as u64 > largest {
        return Err(format!("it is larger than {} MiB", largest >> 20));
    }
    Ok(bytes)
}

/// The text of a named file.
///
/// # Errors
/// As [`read`], or that it is no UTF-8.
pub fn text(path: &Path) -> Result<String, String> {
    let bytes = read(path, SETTINGS)?;
    // What Windows PowerShell writes with `>`.
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(
            "it is UTF-16; save it as UTF-8 (in PowerShell: Set-Content -Encoding UTF8)".to_owned(),
        );
    }
    String::from_utf8(bytes).map_err(|_| "it is no text in UTF-8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_a_size_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.txt");
        fs::write(&path, "four").expect("a file");
        assert_eq!(read(&path, 4), Ok(b"four".to_vec()));
        assert_eq!(read(&path, 3), Err("it is larger than 0 MiB".to_owned()));
        assert_eq!(read(folder.path(), 4), Err("it is a folder".to_owned()));
        #[cfg(unix)]
        assert!(read(Path::new("/dev/zero"), 4).is_err());
        fs::write(&path, b"\xff\xfea\0").expect("a file");
        assert!(text(&path).is_err_and(|why| why.contains("UTF-16")));
    }
}
