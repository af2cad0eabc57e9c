//! Slips of the hand: whatever one cell, row or file of a clean estate is spoilt by, no wrong command may come of it, no
//! wrong fact without a finding there, and no READY packet with a wrong procedure.
//!
//! The estate, its writer and its truth are this test's own; nothing here asks the tool's reader what a worksheet says.
//!
//! - [`estate`]: what the worksheets really say; [`files`] writes them as CSV and as workbooks
//! - [`slip`]: the ways to slip, each tried in every cell
//! - [`run`]: the tool, in process; [`judge`] holds what it says against the truth
//! - [`apart`]: what no tool can know
//! - [`trial`]: runs and counts
//!
//! `cargo test` tries a sample of a fixed seed. All of them, some eighteen thousand, take minutes:
//! `cargo test --release --test slips -- --ignored --nocapture`, which prints a table of slip and column with what
//! fails. `SLIPS_STEP=10` tries every tenth; `SLIPS_KIND=Swap` those whose name holds the word, `SLIPS_COLUMN=destination`
//! those in columns whose name does.

mod apart;
mod estate;
mod files;
mod judge;
mod report;
mod run;
mod slip;
mod trial;

use files::Format;
use slip::Slip;
use trial::{Trial, Tried};

/// How many slips `cargo test` tries.
const SAMPLE: usize = 420;

/// The most that may be counted apart, in percent of the pairs of slip and column, and of the slips.
const MOST_APART: usize = 15;

#[test]
fn the_clean_estate_is_ready_and_has_no_findings() {
    let trial = Trial::new();
    for format in [Format::Csv, Format::Xlsx] {
        let outcome = trial.clean(format);
        let findings: Vec<String> = outcome.findings.iter().map(judge::shown).collect();
        assert!(findings.is_empty(), "{}", findings.join("\n"));
        let packets = outcome
            .packets
            .iter()
            .filter(|(name, _)| *name != run::CYCLE);
        let waiting: Vec<&String> = packets.filter(|(_, it)| !it.ready).map(|it| it.0).collect();
        assert!(waiting.is_empty(), "{waiting:?}");
    }
}

/// What the clean estate prints is what stands in its cells.
#[test]
fn the_clean_estate_prints_its_own_cells() {
    let trial = Trial::new();
    for format in [Format::Csv, Format::Xlsx] {
        let facts = trial
            .clean(format)
            .packets
            .values()
            .flat_map(|it| it.facts.values());
        for printed in facts.flatten() {
            let Some((file, row, column)) = &printed.place else {
                continue;
            };
            let table = trial.tables.iter().find(|it| file.starts_with(it.name));
            let index = |it: &u32| usize::try_from(*it).expect("small sheets");
            let cell = &table.expect("a file of this test").rows[index(row)][index(column)];
            // Paths below the share are shown with `$Backup`, a set by its name or its end.
            let name = printed.value.trim_start_matches("$Backup\\");
            assert!(cell.contains(name), "{file}: {cell:?} became {name:?}");
        }
    }
}

#[test]
fn no_slip_of_the_sample_does_harm() {
    let trial = Trial::new();
    let slips = sample(&trial.slips());
    let tried = trial.run(&slips);
    let failing = report::failing(&trial, &tried);
    let lines: Vec<String> = failing.iter().map(|it| trial.line(it)).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn little_is_counted_apart_and_each_with_a_reason() {
    let trial = Trial::new();
    let slips = trial.slips();
    let columns: Vec<String> = slips.iter().map(|it| trial.column(it)).collect();
    for apart in apart::TABLE {
        assert!(!apart.reason.is_empty());
        for column in apart.columns {
            let known = columns.iter().any(|it| it == column);
            assert!(known, "the estate has no column `{column}`");
        }
    }
    let (pairs, of_slips) = report::share_apart(&trial, &slips);
    println!("counted apart: {pairs} % of the pairs, {of_slips} % of the slips");
    assert!(pairs <= MOST_APART && of_slips <= MOST_APART);
}

#[test]
#[ignore = "takes minutes and prints figures; run it by hand"]
fn every_slip() {
    let trial = Trial::new();
    let variable = |name| std::env::var(name).unwrap_or_default();
    let step = variable("SLIPS_STEP").parse().unwrap_or(1);
    let wanted = variable("SLIPS_KIND");
    let slips = trial.slips().into_iter().step_by(step);
    let slips = slips.filter(|slip| format!("{:?}", slip.kind).contains(&wanted));
    let column = variable("SLIPS_COLUMN").to_lowercase();
    let slips = slips.filter(|slip| trial.column(slip).to_lowercase().contains(&column));
    let slips: Vec<Slip> = slips.collect();
    let start = std::time::Instant::now();
    let tried: Vec<Tried> = trial.run(&slips);
    println!("{} slips in {:?}", tried.len(), start.elapsed());
    print!("{}", report::table(&trial, &tried));
}

/// Slips drawn by lot from a fixed seed, so that they are the same on every run.
fn sample(slips: &[Slip]) -> Vec<Slip> {
    let mut seed: u64 = 0x005E_ED0F_511E;
    let mut left = slips.to_vec();
    let mut drawn = Vec::new();
    while drawn.len() < SAMPLE && !left.is_empty() {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let index = usize::try_from(seed % left.len() as u64).expect("a small number");
        drawn.push(left.swap_remove(index));
    }
    drawn
}
