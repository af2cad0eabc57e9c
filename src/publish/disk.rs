//! The file system, with the path in every error.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{PublishError, STAGED, stop};
use crate::named_file;

/// The bytes of a file; `None` where there is none.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, PublishError> {
    match named_file::read(path, named_file::LARGEST) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(PublishError::disk("read", path)(plain(path, error))),
    }
}

/// What the system says of a file, in plain words where a folder stands in its place.
pub(super) fn plain(path: &Path, error: io::Error) -> io::Error {
    if path.is_dir() {
        io::Error::new(io::ErrorKind::IsADirectory, FOLDER)
    } else {
        error
    }
}

const FOLDER: &str = "a folder stands in its place; move the folder away";

/// The files of a folder, by name; none where there is no folder.
pub(super) fn files_in(folder: &Path) -> Result<Vec<PathBuf>, PublishError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if is_absent(&error) => return Ok(Vec::new()),
        Err(error) => return Err(PublishError::disk("read", folder)(error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(PublishError::disk("read", folder))?;
        files.push(entry.path());
    }
    files.sort();
    Ok(files)
}

/// Creates the folder a file stands in.
pub(super) fn create_parent(path: &Path) -> Result<(), PublishError> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent).map_err(|error| {
        let mut above = parent.ancestors().filter(|it| !it.as_os_str().is_empty());
        // The system's words for this differ, and name no file.
        match above.find(|it| it.exists()).filter(|it| !it.is_dir()) {
            Some(file) => PublishError::disk("create the folder", parent)(io::Error::new(
                io::ErrorKind::NotADirectory,
                format!("`{}` is a file; move it away", file.display()),
            )),
            None => PublishError::disk("create the folder", parent)(error),
        }
    })
}

/// Writes a file that must not exist yet, down to the disk.
pub(super) fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    write_new(path, bytes, File::sync_all)
}

/// Writes a file that must not exist yet. Until it is [synced](sync) a power failure may take it.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    write_new(path, bytes, |_| Ok(()))
}

/// `tempfile` is not used here: its files can be read by their owner only, and a packet must be readable by
/// everybody the folder is shared with.
fn write_new(
    path: &Path,
    bytes: &[u8],
    end: impl FnOnce(&File) -> io::Result<()>,
) -> Result<(), PublishError> {
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(bytes)?;
        end(&file)
    };
    let written = write().map_err(PublishError::disk("write", path));
    stop::after_a_step();
    written
}

/// Brings a file that was written down to the disk.
pub(super) fn sync(path: &Path) -> Result<(), PublishError> {
    let synced = OpenOptions::new().write(true).open(path);
    let synced = synced.and_then(|file| file.sync_all());
    synced.map_err(PublishError::disk("write", path))
}

/// Removes a file; it is fine if there is none.
pub(super) fn remove(path: &Path) -> Result<(), PublishError> {
    match fs::remove_file(path) {
        Err(error) if is_absent(&error) => Ok(()),
        Err(error) => Err(PublishError::disk("remove", path)(plain(path, error))),
        Ok(()) => {
            stop::after_a_step();
            Ok(())
        }
    }
}

/// Moves a file to another place of the same file system; what stands there is replaced.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    stop::after_a_step();
    Ok(())
}

/// Moves a file to a place that may be on another file system, as where a folder of the output is a mount of its
/// own: there it is copied beside its new place first, so that it is whole there before it goes here.
pub(super) fn shift(from: &Path, to: &Path) -> Result<(), PublishError> {
    match rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {}
        moved => return moved.map_err(PublishError::disk("move", from)),
    }
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    let staged = to.with_file_name(format!("{STAGED}{name}"));
    let bytes =
        named_file::read(from, named_file::LARGEST).map_err(PublishError::disk("read", from))?;
    // A copy that an interrupted run left here may be half a file.
    remove(&staged)?;
    write_synced(&staged, &bytes)?;
    rename(&staged, to).map_err(PublishError::disk("write", to))?;
    remove(from)
}

/// Makes renames in a folder last through a power failure, where the system has a way to ask for that.
pub(super) fn sync_folder(path: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(path)
    {
        // Some network file systems refuse; the files themselves are synced already.
        let _ = folder.sync_all();
    }
}

/// Why a file may not be replaced; `None` where nothing is in the way.
///
/// Windows itself refuses to replace a read-only file. Elsewhere it would be possible, but whoever protected the
/// file meant it.
pub(super) fn obstacle(path: &Path) -> Option<&'static str> {
    let metadata = fs::metadata(path).ok()?;
    if metadata.is_dir() {
        Some(FOLDER)
    } else if metadata.permissions().readonly() {
        Some("the file is read-only; make it writable or move it away")
    } else {
        None
    }
}

/// Whether an error says that there is no such file.
fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Whether an error concerns one file or folder, so that the others may go ahead. A full disk concerns all.
pub(super) fn is_local(error: &PublishError) -> bool {
    use io::ErrorKind as Kind;
    let PublishError::Disk { source, .. } = error else {
        return false;
    };
    let local = [
        Kind::PermissionDenied,
        Kind::NotADirectory,
        Kind::IsADirectory,
        Kind::AlreadyExists,
        Kind::ResourceBusy,
        Kind::InvalidFilename,
    ];
    // 32 and 33: Windows' sharing and lock violations, which have no kind of their own.
    let held = cfg!(windows) && matches!(source.raw_os_error(), Some(32 | 33));
    held || local.contains(&source.kind())
}
