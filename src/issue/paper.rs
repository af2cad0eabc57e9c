//! Paper against what stands: which pages must be printed since they were last printed, and which must go.
//!
//! Entry points: [`due`], then [`tick`], which says that it was done. Both look at the ledger alone, so that what was not
//! printed after one run is still due after the next.

use std::collections::BTreeSet;

use crate::publish::{
    Edition, Event, FileEntry, Handled, IssuedBefore, Manifest, OutputFolder, Page, ROUTINE,
    Report, Tick,
};
use crate::render::Format;

use super::Result;

/// Something to be done with a page.
#[derive(Clone, Debug)]
pub struct PageDue {
    /// The page as it stands, or as it last stood.
    pub page: Page,
    /// What is to be done with it.
    pub todo: Handled,
    /// What to print, below the output folder; `None` for what is to be taken out.
    pub path: Option<String>,
    /// When it was last printed, and as what; `None` if it never was.
    pub before: Option<Tick>,
}

/// What paper lacks, servers before pools, then the cycle sheet, then what is to be taken out.
pub fn due(standing: &IssuedBefore) -> Vec<PageDue> {
    let Some(manifest) = &standing.manifest else {
        return Vec::new();
    };
    let mut due: Vec<PageDue> = pages(manifest)
        .into_iter()
        .filter_map(|(page, path)| {
            let before = standing.ledger.last_tick(&page).cloned();
            let is_printed = before
                .as_ref()
                .is_some_and(|it| it.event == Handled::Printed && it.page == page);
            (!is_printed).then_some(PageDue {
                page,
                todo: Handled::Printed,
                path: Some(path),
                before,
            })
        })
        .collect();
    due.extend(gone(standing));
    due
}

/// Everything that is printed, as it stands, each with its file.
pub fn pages(manifest: &Manifest) -> Vec<(Page, String)> {
    let packets = manifest.packets.iter().filter_map(|packet| {
        let page = Page::Packet {
            kind: packet.kind,
            fqdn: packet.fqdn.clone(),
            edition: packet.edition,
            fingerprint: packet.fingerprint.clone(),
        };
        Some((page, printable(&packet.files)?))
    });
    let sheets: Vec<FileEntry> = manifest
        .files
        .iter()
        .filter(|it| it.path.starts_with("cycle."))
        .cloned()
        .collect();
    let says = manifest.state.iter().find(|it| it.path == ROUTINE);
    let cycle = printable(&sheets).zip(says).map(|(path, says)| {
        let cycle = says.sha256.clone();
        (Page::Cycle { cycle }, path)
    });
    packets.chain(cycle).collect()
}

/// The file people print.
fn printable(files: &[FileEntry]) -> Option<String> {
    let formats = [Format::Html, Format::Xlsx, Format::Md];
    let mut found = formats.iter().filter_map(|format| {
        let is_it = |file: &&FileEntry| file.format == format.extension();
        files.iter().find(is_it)
    });
    found.next().map(|file| file.path.clone())
}

/// Packets that were printed and retired since.
fn gone(standing: &IssuedBefore) -> impl Iterator<Item = PageDue> {
    let ledger = &standing.ledger;
    let pages = ledger.ticks().iter().map(|tick| &tick.page);
    let packets: BTreeSet<_> = pages
        .filter_map(|page| match page {
            Page::Packet { kind, fqdn, .. } => Some((*kind, fqdn.as_str())),
            Page::Cycle { .. } => None,
        })
        .collect();
    let retired = packets.into_iter().filter_map(|(kind, fqdn)| {
        let last = ledger.last(kind, fqdn)?;
        (last.event == Event::Retired).then(|| page_of(&last.edition))
    });
    retired.filter_map(|page| {
        let before = ledger.last_tick(&page)?;
        (before.event == Handled::Printed).then(|| PageDue {
            page,
            todo: Handled::TakenOut,
            path: None,
            before: Some(before.clone()),
        })
    })
}

fn page_of(edition: &Edition) -> Page {
    Page::Packet {
        kind: edition.kind,
        fqdn: edition.fqdn.clone(),
        edition: edition.edition,
        fingerprint: edition.fingerprint.clone(),
    }
}

/// Writes down that these were done on a day.
///
/// # Errors
/// The disk.
pub fn tick(
    folder: &OutputFolder,
    standing: &IssuedBefore,
    done: &[PageDue],
    day: &str,
) -> Result<Report> {
    let ticks = done.iter().map(|it| (it.todo, it.page.clone()));
    Ok(folder.tick(standing, ticks, day)?)
}
