//! Pictures of pools: drawn on HTML pages, described on both.

use serde::Serialize;

use crate::packets::picture::Picture;
use crate::render::pen::Pen;
use crate::render::svg;

/// The picture of a pool.
#[derive(Clone, Debug, Serialize)]
pub struct PictureView {
    /// For example "pool01.contoso.com: Front End pool".
    pub title: String,
    /// The drawing as inline SVG; markup, empty on Markdown pages.
    pub svg: String,
    /// The same in sentences.
    pub description: Vec<String>,
}

/// The pictures; `prefix` stands before their ids.
pub(super) fn pictures(pictures: &[Picture], prefix: &str, pen: Pen) -> Vec<PictureView> {
    let views = (1..).zip(pictures).map(|(number, picture)| PictureView {
        title: pen.text(&picture.title),
        svg: match pen {
            Pen::Html => svg::pool::picture(picture, &format!("{prefix}picture-{number}")),
            Pen::Markdown => String::new(),
        },
        description: picture
            .description()
            .iter()
            .map(|text| pen.text(text))
            .collect(),
    });
    views.collect()
}
