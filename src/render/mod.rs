//! Packets in, bytes out: one writer per format. No file is written here.
//!
//! - [`view`]: what the layouts see; [`html`] and [`markdown`] render them through `templates/layout/`
//! - [`json`]: the packet as data, with its published schema
//! - [`format`](mod@format): the formats and the names of their files

mod css;
mod pen;

pub mod format;
pub mod html;
pub mod index;
pub mod json;
pub mod markdown;
pub mod view;

#[cfg(test)]
mod fixture;

pub use format::Format;
