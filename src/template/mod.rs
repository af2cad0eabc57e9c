//! Templates: Tera behind one small engine.
//!
//! - [`builtin`] and [`overlay`]: the templates this program comes with, and an organization's on top of them
//! - [`Engine`]: loads templates and renders them; the only place that knows Tera
//! - [`Slot`]: a worksheet value, which a template can print through a filter and in no other way

mod engine;
mod filters;
mod names;
mod near;
mod report;
mod script;

use std::collections::BTreeMap;

use include_dir::{Dir, File, include_dir};

pub use crate::text::Slot;
pub use engine::Engine;

static BUILTIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The templates this program comes with: path below `templates/`, with `/`, and text with `\n`.
pub fn builtin() -> BTreeMap<String, String> {
    let mut templates = BTreeMap::new();
    collect(&BUILTIN, &mut templates);
    templates
}

fn collect(folder: &Dir<'_>, templates: &mut BTreeMap<String, String>) {
    templates.extend(folder.files().filter_map(entry));
    for folder in folder.dirs() {
        collect(folder, templates);
    }
}

fn entry(file: &File<'_>) -> Option<(String, String)> {
    let path = file.path().to_str()?.replace('\\', "/");
    let text = file.contents_utf8()?.replace("\r\n", "\n");
    Some((path, text))
}

/// The built-in templates with an organization's own in place of those of the same path.
#[must_use]
pub fn overlay(
    mut templates: BTreeMap<String, String>,
    own: BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    templates.extend(own);
    templates
}
