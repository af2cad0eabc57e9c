//! Templates: Tera behind one small engine.
//!
//! - [`builtin`] and [`overlay`]: the templates this program comes with, and an organization's on top of them
//! - [`name`] and [`path`]: what a template is called, and where it stands. A product's own are called by their names in
//!   its folder, so that they find each other in every product
//! - [`Engine`]: loads templates and renders them; the only place that knows Tera
//! - [`Slot`]: a worksheet value, which a template can print through a filter and in no other way

mod command;
mod engine;
mod filters;
mod names;
mod near;
mod pen;
mod printed;
mod report;
mod script;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, File, include_dir};

pub use crate::text::Slot;
pub use engine::Engine;

static BUILTIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates");

/// The folder below `templates/` that holds a folder for each product.
const PRODUCTS: &str = "products/";

/// Every text this program comes with: path below `templates/`, with `/`, and text with `\n`.
pub fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(&BUILTIN, &mut files);
    files
}

/// The templates this program comes with, by name: the path, without the folder of the product.
pub fn builtin() -> BTreeMap<String, String> {
    let files = files().into_iter();
    files
        .filter_map(|(path, text)| Some((name(&path)?.to_owned(), text)))
        .collect()
}

/// The name of the template that stands at this path; `None` if it is another product's.
pub fn name(path: &str) -> Option<&str> {
    match path.strip_prefix(product_folder()) {
        Some(name) => Some(name),
        None if path.starts_with(PRODUCTS) => None,
        None => Some(path),
    }
}

/// The path at which the template of this name stands.
pub fn path(name: &str) -> String {
    let inside = format!("{}{name}", product_folder());
    if BUILTIN.get_file(&inside).is_some() {
        inside
    } else {
        name.to_owned()
    }
}

/// The folder of the product: the first, since there is one.
fn product_folder() -> &'static str {
    static FOLDER: LazyLock<String> = LazyLock::new(|| {
        let products = BUILTIN.get_dir(PRODUCTS.trim_end_matches('/'));
        let mut folders = products.into_iter().flat_map(Dir::dirs);
        let first = folders.next().map(|it| it.path().display().to_string());
        format!("{}/", first.unwrap_or_default().replace('\\', "/"))
    });
    &FOLDER
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
