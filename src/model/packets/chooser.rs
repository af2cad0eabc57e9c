//! The chooser: which situation leads to which procedure.

use crate::decisions::Match;
use crate::finding::words;
use crate::rows::Fqdn;

use super::model::{Choice, Procedure};

/// The chooser: a line for each row of which the packet has a part.
pub(super) fn lines(matches: &[Match<'_>], parts: &[Procedure]) -> Vec<Choice> {
    let lines = matches.iter().filter_map(|found| {
        let first = parts.iter().find(|part| part.id == found.row.id)?;
        Some(line(found, first, matches))
    });
    lines.collect()
}

/// One line of the chooser. A server that is primary for one pool and mirror for another meets both
/// situations at once, so each says whose databases it is about.
fn line(found: &Match<'_>, procedure: &Procedure, matches: &[Match<'_>]) -> Choice {
    let is_half = |it: &Match<'_>| it.row.marks.fits.is_half();
    let is_both = matches.iter().filter(|it| is_half(it)).count() > 1;
    let situation = if is_both && is_half(found) {
        let pools = words::list(found.pools.iter().map(Fqdn::as_str));
        format!("{} For the databases of {pools}.", found.situation())
    } else {
        found.situation().to_owned()
    };
    Choice {
        id: found.row.id.clone(),
        means: found.row.means.clone(),
        marks: found.row.marks,
        situation,
        procedure: format!("{} {}", procedure.number, procedure.title),
        because: found.because.clone(),
    }
}
