//! What came of many slips, as tables and shares.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::apart;
use crate::slip::{Kind, Slip};
use crate::trial::{Trial, Tried};

/// The slips that fail and that a tool could know.
pub fn failing<'a>(trial: &Trial, tried: &'a [Tried]) -> Vec<&'a Tried> {
    let failing = tried.iter().filter(|it| it.verdict.is_some());
    failing.filter(|it| !is_apart(trial, &it.slip)).collect()
}

fn is_apart(trial: &Trial, slip: &Slip) -> bool {
    apart::reason(slip.kind, &trial.column(slip)).is_some()
}

/// How much is counted apart: percent of the pairs of slip and column, percent of the slips.
pub fn share_apart(trial: &Trial, slips: &[Slip]) -> (usize, usize) {
    let pairs: BTreeSet<(Kind, String)> =
        slips.iter().map(|it| (it.kind, trial.column(it))).collect();
    let apart = pairs
        .iter()
        .filter(|(kind, column)| apart::reason(*kind, column).is_some());
    let of_slips = slips.iter().filter(|it| is_apart(trial, it)).count();
    // Rounded up, so that the bar is not passed by a fraction.
    let percent = |part: usize, whole: usize| (part * 100).div_ceil(whole.max(1));
    (
        percent(apart.count(), pairs.len()),
        percent(of_slips, slips.len()),
    )
}

/// All pairs that fail, with one example of each: first what a tool could know, then what is counted apart.
pub fn table(trial: &Trial, tried: &[Tried]) -> String {
    let mut text = String::new();
    let (apart, known): (Vec<&Tried>, Vec<&Tried>) =
        tried.iter().partition(|it| is_apart(trial, &it.slip));
    for (title, tried) in [("to be held", known), ("counted apart", apart)] {
        let failing = tried.iter().filter(|it| it.verdict.is_some()).count();
        let _ = writeln!(text, "\n# {title}: {failing} of {} slips fail", tried.len());
        for kind in Kind::ALL {
            let of_kind = tried.iter().filter(|it| it.slip.kind == kind);
            of_one_kind(
                &mut text,
                trial,
                kind,
                &of_kind.copied().collect::<Vec<_>>(),
            );
        }
    }
    text
}

fn of_one_kind(text: &mut String, trial: &Trial, kind: Kind, tried: &[&Tried]) {
    let faulty = |tried: &[&Tried]| tried.iter().filter(|it| it.verdict.is_some()).count();
    let _ = writeln!(text, "{kind:?}: {} of {} fail", faulty(tried), tried.len());
    let mut columns: BTreeMap<String, Vec<&Tried>> = BTreeMap::new();
    for one in tried {
        columns
            .entry(trial.column(&one.slip))
            .or_default()
            .push(one);
    }
    for tried in columns.values() {
        if let Some(example) = tried.iter().find(|it| it.verdict.is_some()) {
            let count = format!("{} of {}", faulty(tried), tried.len());
            let _ = writeln!(text, "  {count:>9}  {}", trial.line(example));
        }
    }
}
