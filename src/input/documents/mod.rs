//! Documents beside the worksheets: what the network itself says of a deployment, nothing interpreted yet.
//!
//! Entry point: [`read`], which finds out by the root element what a document is, never by its name:
//!
//! - `Topology`, as it was published (`published.rs`), and `TopologyBuilder`, as somebody drew it (`design.rs`): a
//!   [`Blueprint`]
//! - `Objs`, the objects a shell wrote down (`objects.rs`): a sheet like that of a CSV export, one row an object

mod blueprint;
mod design;
mod objects;
mod published;

use std::sync::Arc;

use crate::finding::{Code, Finding, Place};
use crate::workbook::{Sheet, tree};

pub use blueprint::{Blueprint, Cluster, Form, Machine, Service};

/// What a document is.
#[derive(Clone, Debug)]
pub enum Document {
    /// A deployment: computers, what runs on them, and what depends on what.
    Blueprint(Blueprint),
    /// Objects, one a row.
    Objects(Box<Sheet>),
}

/// Whether a file is markup, whatever its name: it begins with an angle bracket, in whatever encoding.
pub fn is_markup(bytes: &[u8]) -> bool {
    let mark = |byte: &&u8| [0xef, 0xbb, 0xbf, 0xff, 0xfe, 0].contains(*byte);
    let mut rest = bytes
        .iter()
        .skip_while(|it| mark(it) || it.is_ascii_whitespace());
    rest.next() == Some(&b'<')
}

/// Reads a document; `source` is its name in places.
///
/// # Errors
/// The one finding that an unreadable document, a hostile one or a stranger costs.
pub fn read(source: &Arc<str>, bytes: &[u8]) -> Result<Document, Finding> {
    let place = Place::file(Arc::clone(source));
    let refuse = |why: String| {
        Finding::new(
            Code::UnreadableFile,
            format!("this document was not read: {why}"),
        )
        .at(&place)
        .help("write it anew from where it came from, and leave it as it was written")
    };
    let root = tree::read(bytes).map_err(refuse)?;
    match root.name.as_str() {
        "Topology" => published::read(source, &root)
            .map(Document::Blueprint)
            .map_err(refuse),
        "TopologyBuilder" => design::read(source, &root)
            .map(Document::Blueprint)
            .map_err(refuse),
        "Objs" => Ok(Document::Objects(Box::new(objects::read(&place, &root)))),
        other => Err(Finding::new(
            Code::UnsupportedFile,
            format!("this is XML with the root `{other}`, which nothing here reads"),
        )
        .at(&place)
        .help(
            "a topology has the root `Topology` or `TopologyBuilder`, an export of objects `Objs`",
        )),
    }
}

#[cfg(test)]
mod tests;
