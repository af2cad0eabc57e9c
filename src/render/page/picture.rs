//! Pictures of pools: drawn on HTML pages, described on both.

use serde::Serialize;

use crate::packets::picture::Picture;
use crate::render::{Format, svg};

/// The picture of a pool.
#[derive(Clone, Debug, Serialize)]
pub struct PicturePage {
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
        title: picture.title.clone(),
        svg: match format {
            Format::Html => svg::pool::picture(picture, &format!("{prefix}picture-{number}")),
            _ => String::new(),
        },
        description: picture.description(),
    });
    pages.collect()
}
