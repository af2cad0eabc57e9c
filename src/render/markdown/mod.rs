//! The Markdown writer: pages that read well raw in a terminal.
//!
//! The layouts `templates/layout/*.md` write tables without a care for widths and may leave blank lines
//! where something was absent; `tidy` aligns the one and drops the other.

mod tidy;

use super::format::Format;
use super::index::IndexEntry;
use super::page::{
    ChangesContext, CycleContext, DriftContext, IndexContext, PacketContext, PlanContext,
    RecordContext,
};
use crate::contract::DriftData;
use crate::editions::Changes;
use crate::finding::Finding;
use crate::packets::{Estate, Issue};
use crate::plan::Plan;
use crate::plan::card::Card;
use crate::record::Execution;
use crate::template::Engine;

/// A packet.
///
/// # Errors
///
/// A `template-error` finding where the layout cannot be rendered.
pub fn packet(engine: &Engine, issue: &Issue, estate: &Estate) -> Result<String, Finding> {
    let context = PacketContext::new(issue, estate, Format::Md);
    Ok(tidy::page(&engine.render("layout/packet.md", &context)?))
}

/// The index.
///
/// # Errors
///
/// A `template-error` finding where the layout cannot be rendered.
pub fn index(
    engine: &Engine,
    entries: &[IndexEntry],
    cards: &[Card],
    estate: &Estate,
) -> Result<String, Finding> {
    let context = IndexContext::new(entries, cards, estate, Format::Md);
    Ok(tidy::page(&engine.render("layout/index.md", &context)?))
}

/// The cycle sheet.
///
/// # Errors
///
/// A `template-error` finding where the layout cannot be rendered.
pub fn cycle(engine: &Engine, entries: &[IndexEntry], estate: &Estate) -> Result<String, Finding> {
    let context = CycleContext::new(entries, estate);
    Ok(tidy::page(&engine.render("layout/cycle.md", &context)?))
}

/// A restore plan.
///
/// # Errors
///
/// A `template-error` finding where the layout cannot be rendered.
pub fn plan(engine: &Engine, plan: &Plan, estate: &Estate) -> Result<String, Finding> {
    let context = PlanContext::new(plan, estate, Format::Md);
    Ok(tidy::page(&engine.render("layout/plan.md", &context)?))
}

/// The change report.
///
/// # Errors
///
/// A `template-error` finding where the layout cannot be rendered.
pub fn changes(engine: &Engine, changes: &Changes, estate: &Estate) -> Result<String, Finding> {
    let context = ChangesContext::new(changes, estate, Format::Md);
    Ok(tidy::page(&engine.render("layout/changes.md", &context)?))
}

/// Where a topology and the worksheets differ.
///
/// # Errors
///
/// A `template-error` finding where the layout cannot be rendered.
pub fn drift(engine: &Engine, drift: &DriftData, estate: &Estate) -> Result<String, Finding> {
    let context = DriftContext::new(drift, estate);
    Ok(tidy::page(&engine.render("layout/drift.md", &context)?))
}

/// The record of an execution.
///
/// # Errors
///
/// A `template-error` finding where the layout cannot be rendered.
pub fn record(engine: &Engine, run: &Execution, estate: &Estate) -> Result<String, Finding> {
    let context = RecordContext::new(run, estate, Format::Md);
    Ok(tidy::page(&engine.render("layout/record.md", &context)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    fn page() -> String {
        let (engine, findings) = Engine::load(&crate::template::builtin());
        assert_eq!(findings, []);
        let issue = fixture::hostile(fixture::with_gaps());
        packet(&engine, &issue, &fixture::estate()).expect("the layout renders")
    }

    #[test]
    fn hostile_text_stays_text() {
        let page = page().replace(r"\<", "");
        let outside_code = page.split('`').step_by(2);
        for text in outside_code {
            assert!(!text.contains('<'), "{text}");
        }
    }

    #[test]
    fn every_row_of_a_table_has_the_columns_of_its_head() {
        let page = page();
        let bars = |line: &str| line.replace(r"\|", "").matches('|').count();
        let lines: Vec<&str> = page.lines().collect();
        for pair in lines
            .windows(2)
            .filter(|pair| pair.iter().all(|line| line.starts_with('|')))
        {
            assert_eq!(bars(pair[0]), bars(pair[1]), "{pair:#?}");
        }
    }

    #[test]
    fn commands_stand_in_fences_and_gaps_in_alerts() {
        let page = page();
        let command = "```powershell\nStop-CsWindowsService -ComputerName";
        assert!(page.contains(command));
        assert!(page.contains(
            "> [!WARNING]\n> **GAP, command withheld: backup file of Rtc.** To clear it: fill in"
        ));
        assert!(!page.contains("Must-Never"));
        assert!(page.contains("- [ ] 2.1 done"));
    }
}
