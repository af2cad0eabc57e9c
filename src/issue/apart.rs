//! Input and output kept apart: what this program wrote is never read back as worksheets.

use std::path::Path;

use crate::finding::Code;
use crate::publish;
use crate::sources::{self, Gathered, Nearness, SourceError, gather_but};
use crate::workbook::Read;

use super::{Error, Paths, Result};

/// Reads the worksheet files, without output folders.
///
/// # Errors
/// As [`gather_but`].
pub fn gather(paths: &Paths) -> Result<Gathered, SourceError> {
    let output = sources::real(&paths.output).ok();
    // `check` is not refused where `build` would be, and must not leave everything out.
    let output = output.filter(|it| {
        let mut worksheets = paths.worksheets.iter();
        worksheets.all(|path| clash(it, path).is_none())
    });
    gather_but(&paths.worksheets, &|folder| {
        if output.is_some() && sources::real(folder).ok() == output {
            return Some("the output folder of this run".to_owned());
        }
        let record = publish::record_in(folder)?;
        Some(format!(
            "an output folder of restore-packets (it holds `{record}`)"
        ))
    })
}

/// Takes out the workbooks that bear our mark; each has its finding. They are no sources of what is issued, either.
pub fn leave_out(gathered: &mut Gathered, read: &mut Read) {
    let own = read.findings.iter().filter(|it| it.code == Code::OwnOutput);
    let own: Vec<_> = own
        .filter_map(|it| Some(it.place.as_ref()?.path.clone()))
        .collect();
    gathered
        .sources
        .retain(|source| !own.contains(&source.name));
    read.sheets.retain(|sheet| !own.contains(&sheet.place.path));
    let is_other = |path: Option<&std::sync::Arc<str>>| path.is_none_or(|path| !own.contains(path));
    read.findings.retain(|finding| {
        finding.code == Code::OwnOutput || is_other(finding.place.as_ref().map(|place| &place.path))
    });
}

/// Refuses an output folder among which the worksheets lie: the next run could not tell the two apart.
///
/// # Errors
/// An output folder that is or holds a folder of worksheets.
pub fn refuse(paths: &Paths) -> Result<()> {
    // What cannot be resolved is reported when it is written to.
    let Ok(output) = sources::real(&paths.output) else {
        return Ok(());
    };
    for worksheets in &paths.worksheets {
        if let Some(why) = clash(&output, worksheets) {
            return Err(Error::request(format!(
                "cannot issue into `{}`: it {why} `{}`, and what is issued must not lie among the worksheets",
                paths.output.display(),
                worksheets.display()
            ))
            .help("name a folder of its own with `--output`, for example `--output output` beside the worksheets"));
        }
    }
    Ok(())
}

/// How the output folder stands to the worksheets, if that is too near. Output below the worksheets is left out of them.
fn clash(output: &Path, worksheets: &Path) -> Option<&'static str> {
    match sources::nearness(output, worksheets)? {
        Nearness::Same => Some("is the worksheets folder"),
        Nearness::OfFile => Some("is the folder of the worksheet"),
        Nearness::Above => Some("holds the worksheets"),
        Nearness::Below => None,
    }
}
