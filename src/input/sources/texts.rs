//! An organization's own templates: small text files in a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::SourceError;
use super::file::MAX_FILE;
use crate::named_file;

/// Every text file below a folder, by its path relative to it, with `/` and `\n`.
///
/// Hidden files are passed over, as are files that are not UTF-8 text, such as a logo beside the templates.
///
/// # Errors
///
/// Fails if the folder or a file in it cannot be read.
pub fn texts(folder: &Path) -> Result<BTreeMap<String, String>, SourceError> {
    let mut texts = BTreeMap::new();
    collect(folder, "", &mut texts)?;
    Ok(texts)
}

/// The text of a file that need not be there; nothing where it cannot be read.
pub fn text(path: &Path) -> Option<String> {
    named_file::text(path).ok()
}

fn collect(
    folder: &Path,
    prefix: &str,
    texts: &mut BTreeMap<String, String>,
) -> Result<(), SourceError> {
    let failed = |error| SourceError {
        path: folder.to_owned(),
        error,
    };
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if name.starts_with('.') {
            continue;
        }
        let key = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, &format!("{key}/"), texts)?;
        } else if path.is_file() {
            let bytes = named_file::read(&path, MAX_FILE).map_err(|error| SourceError {
                path: path.clone(),
                error,
            })?;
            if let Ok(text) = String::from_utf8(bytes) {
                texts.insert(key, text.replace("\r\n", "\n"));
            }
        }
    }
    Ok(())
}
