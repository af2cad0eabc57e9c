//! Templates: Tera behind one small engine.
//!
//! - [`builtin`] and [`overlay`]: the templates this program comes with, and an organization's on top of them
//! - [`in_product`] and [`product_path`]: what a template is called, and where it stands. A product's own are called by
//!   their names in its folder, so that they find each other in every product
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
pub use engine::{Engine, Prepared};

static BUILTIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates");

/// The folder below `templates/` that holds a folder for each product.
const PRODUCTS: &str = "products/";

/// Every text this program comes with: path below `templates/`, with `/`, and text with `\n`.
pub fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(&BUILTIN, &mut files);
    files
}

/// The templates this program comes with for the product that the others build on, by name: the path, without the folder
/// of the product.
pub fn builtin() -> BTreeMap<String, String> {
    let files = files().into_iter();
    let named = files.filter_map(|(path, text)| match in_product(&path) {
        Some((id, name)) => (id == first_product()).then(|| (name.to_owned(), text)),
        None => Some((path, text)),
    });
    named.collect()
}

/// Whether this program comes with a text at this path.
pub fn has(path: &str) -> bool {
    BUILTIN.get_file(path).is_some()
}

/// The product's folder in which a path lies, and the name it has there.
pub fn in_product(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix(PRODUCTS)?.split_once('/')
}

/// The path of a name in a product's folder.
pub fn product_path(id: &str, name: &str) -> String {
    format!("{PRODUCTS}{id}/{name}")
}

/// The folder of the product that stands first on the shelf: the others say what differs from it.
pub fn first_product() -> &'static str {
    static FOLDER: LazyLock<String> = LazyLock::new(|| {
        let products = BUILTIN.get_dir(PRODUCTS.trim_end_matches('/'));
        let mut folders = products.into_iter().flat_map(Dir::dirs);
        let first = folders.next().and_then(|it| it.path().file_name());
        let first = first.map(|it| it.to_string_lossy().into_owned());
        first.unwrap_or_default()
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
