//! Pictures of pools: drawn on HTML pages, described on both.

use serde::Serialize;

use super::links::Reference;
use crate::packets::picture::Picture;
use crate::render::{Format, svg};

/// The picture of a pool.
#[derive(Clone, Debug, Serialize)]
pub struct PicturePage {
    /// Whose it is: the canonical FQDN.
    pub pool: String,
    /// In a binder, the tab behind which it stands instead.
    pub behind: Reference,
    /// For example "pool01.contoso.com: Front End pool".
    pub title: String,
    /// The drawing as inline SVG; markup, empty on Markdown pages.
    pub svg: String,
    /// The same in sentences.
    pub description: Vec<String>,
}

/// The pictures; `prefix` stands before their ids.
pub(super) fn pictures(pictures: &[Picture], prefix: &str, format: Format) -> Vec<PicturePage> {
    let pages = (1..).zip(pictures).map(|(number, picture)| PicturePage {
        pool: picture.pool.clone(),
        behind: Reference::default(),
        title: picture.title.clone(),
        svg: match format {
            Format::Html => svg::pool::picture(picture, &format!("{prefix}picture-{number}")),
            _ => String::new(),
        },
        description: picture.description(),
    });
    pages.collect()
}
