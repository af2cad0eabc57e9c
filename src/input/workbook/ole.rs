//! OLE2 compound files: the container of `.xls`, and of password-protected workbooks of every kind. The only
//! reader that knows the cfb crate, which refuses files whose chains of sectors loop.

use std::io::{Cursor, Read, Write};

use cfb::{CompoundFile, Version};

use super::protected;
use super::trouble::Trouble;

/// How these containers begin.
pub(super) const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The workbook stream of an `.xls` file; fails on everything else that comes in this container.
pub(super) fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, Trouble> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|e| Trouble::damaged(&e))?;
    if file.is_stream("/EncryptedPackage") || file.is_stream("/EncryptionInfo") {
        return Err(Trouble::protected());
    }
    let Some(name) = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| file.is_stream(name))
    else {
        return Err(Trouble::not_a_worksheet(stranger(&file)));
    };
    let stream = file.open_stream(name).map_err(|e| Trouble::damaged(&e))?;
    let mut content = Vec::new();
    // A stream cannot be longer than the file that holds it, whatever its entry says.
    let mut bounded = stream.take(bytes.len() as u64);
    bounded
        .read_to_end(&mut content)
        .map_err(|e| Trouble::damaged(&e))?;
    Ok(content)
}

/// The workbook in a container that is protected against writing alone.
pub(super) fn unlocked(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.starts_with(OLE) {
        return None;
    }
    let mut file = CompoundFile::open(Cursor::new(bytes)).ok()?;
    let mut part = |name: &str| {
        let mut content = Vec::new();
        let stream = file.open_stream(name).ok()?;
        let mut bounded = stream.take(bytes.len() as u64);
        bounded.read_to_end(&mut content).ok()?;
        Some(content)
    };
    let (info, package) = (part("/EncryptionInfo")?, part("/EncryptedPackage")?);
    protected::package(&info, &package)
}

/// The properties that people and programs added to the document, where there are any.
pub(super) fn own_properties(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).ok()?;
    let stream = file.open_stream("/\u{5}DocumentSummaryInformation").ok()?;
    let mut content = Vec::new();
    stream
        .take(bytes.len() as u64)
        .read_to_end(&mut content)
        .ok()?;
    Some(content)
}

/// A sound compound file with this workbook stream in it and nothing else.
pub(super) fn rebuild(stream: &[u8]) -> Result<Vec<u8>, Trouble> {
    let write = || {
        let cursor = Cursor::new(Vec::new());
        // The library takes no newer version whose root is empty, as it is where no stream is short.
        let mut file = CompoundFile::create_with_version(Version::V3, cursor)?;
        file.create_stream("/Workbook")?.write_all(stream)?;
        file.flush()?;
        Ok::<_, std::io::Error>(file.into_inner().into_inner())
    };
    write().map_err(|e| Trouble::damaged(&e))
}

fn stranger(file: &CompoundFile<Cursor<&[u8]>>) -> &'static str {
    if file.is_stream("/WordDocument") {
        "this is a Word document, not a worksheet"
    } else if file.is_stream("/PowerPoint Document") {
        "this is a PowerPoint presentation, not a worksheet"
    } else {
        "this is an old Office file without a workbook in it"
    }
}
