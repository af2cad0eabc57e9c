//! The HTML writer: one self-contained page each, for the screen and for paper.
//!
//! Everything visible is in `templates/layout/*.html`; this file only chooses what they see.

use super::format::Format;
use super::index::IndexEntry;
use super::page::{
    ChangesContext, CycleContext, DriftContext, IndexContext, PacketContext, PlanContext,
    RecordContext, Work,
};
use crate::contract::DriftData;
use crate::editions::Changes;
use crate::finding::Finding;
use crate::packets::{Estate, Issue};
use crate::plan::Plan;
use crate::plan::card::Card;
use crate::record::Execution;
use crate::template::Engine;

/// The script of the working mode, among the templates.
const WORK: &str = "layout/work";

/// A packet.
///
/// # Errors
///
/// A `template-error` finding where the layout cannot be rendered.
pub fn packet(engine: &Engine, issue: &Issue, estate: &Estate) -> Result<String, Finding> {
    let script = engine.script(WORK);
    let context = PacketContext {
        work: script.map(|script| Work::new(script, issue, estate)),
        ..PacketContext::new(issue, estate, Format::Html)
    };
    engine.render("layout/packet.html", &context)
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
    let context = IndexContext::new(entries, cards, estate, Format::Html);
    engine.render("layout/index.html", &context)
}

/// The cycle sheet.
///
/// # Errors
///
/// A `template-error` finding where the layout cannot be rendered.
pub fn cycle(engine: &Engine, entries: &[IndexEntry], estate: &Estate) -> Result<String, Finding> {
    engine.render("layout/cycle.html", &CycleContext::new(entries, estate))
}

/// A restore plan.
///
/// # Errors
///
/// A `template-error` finding where the layout cannot be rendered.
pub fn plan(engine: &Engine, plan: &Plan, estate: &Estate) -> Result<String, Finding> {
    engine.render(
        "layout/plan.html",
        &PlanContext::new(plan, estate, Format::Html),
    )
}

/// The change report.
///
/// # Errors
///
/// A `template-error` finding where the layout cannot be rendered.
pub fn changes(engine: &Engine, changes: &Changes, estate: &Estate) -> Result<String, Finding> {
    let context = ChangesContext::new(changes, estate, Format::Html);
    engine.render("layout/changes.html", &context)
}

/// Where a topology and the worksheets differ.
///
/// # Errors
///
/// A `template-error` finding where the layout cannot be rendered.
pub fn drift(engine: &Engine, drift: &DriftData, estate: &Estate) -> Result<String, Finding> {
    engine.render("layout/drift.html", &DriftContext::new(drift, estate))
}

/// The record of an execution.
///
/// # Errors
///
/// A `template-error` finding where the layout cannot be rendered.
pub fn record(engine: &Engine, run: &Execution, estate: &Estate) -> Result<String, Finding> {
    engine.render(
        "layout/record.html",
        &RecordContext::new(run, estate, Format::Html),
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::render::{fixture, markdown};

    fn engine() -> Engine {
        let (engine, findings) = Engine::load(&crate::template::builtin());
        assert_eq!(findings, []);
        engine
    }

    fn pages_of(
        issue: &Issue,
        entries: &[IndexEntry],
        cards: &[Card],
        estate: &Estate,
    ) -> Vec<String> {
        let engine = engine();
        let pages = [
            packet(&engine, issue, estate),
            index(&engine, entries, cards, estate),
            cycle(&engine, &[], estate),
        ];
        pages.map(|page| page.expect("the layout renders")).into()
    }

    fn pages() -> Vec<String> {
        pages_of(
            &fixture::issue(),
            &fixture::entries(),
            &fixture::cards(),
            &fixture::estate(),
        )
    }

    /// The same with hostile text in every table.
    fn hostile_pages() -> Vec<String> {
        let text = || fixture::HOSTILE.to_owned();
        let (mut entries, mut estate) = (fixture::entries(), fixture::estate());
        entries[0].name = text();
        (estate.organization, estate.classification) = (Some(text()), Some(text()));
        estate.cycle.sets[0].content.value = Some(text());
        let issue = fixture::hostile(fixture::with_gaps());
        pages_of(&issue, &entries, &fixture::hostile_cards(), &estate)
    }

    /// A page without what its working mode adds, which is a packet's alone.
    fn as_on_paper(page: &str) -> String {
        let (before, work) = page.split_once("<script").unwrap_or((page, ""));
        let after = work.rsplit_once("</script>").map_or("", |(_, after)| after);
        format!("{before}{after}")
    }

    #[test]
    fn hostile_text_is_shown_and_never_acts() {
        for (page, own) in hostile_pages().iter().zip([2, 0, 0]) {
            assert_eq!(page.matches("<script").count(), own);
            assert_eq!(page.matches("</script").count(), own);
            let styles = if own > 0 { 3 } else { 2 };
            assert_eq!(page.matches("</style>").count(), styles);
            assert!(as_on_paper(page).contains("&lt;script&gt;alert(&quot;x&quot;)"));
        }
    }

    #[test]
    fn only_the_script_that_a_page_carries_may_run() {
        use crate::text::{base64, digest};
        let pages = pages();
        let script = "<script type=\"module\">";
        let (_, rest) = pages[0].split_once(script).expect("the working mode");
        let (script, _) = rest.split_once("</script>").expect("its end");
        let allowed = base64::encode(&digest::sha256(script.as_bytes()));
        assert_eq!(
            between(&pages[0], "script-src '"),
            [format!(
                "sha256-{allowed}'; style-src 'unsafe-inline'; img-src data:"
            )]
        );
        assert!(!pages[1].contains("script-src") && !pages[2].contains("script-src"));
    }

    #[test]
    fn without_its_script_a_packet_has_no_working_mode() {
        let mut templates = crate::template::builtin();
        templates.insert("layout/work.js".to_owned(), String::new());
        let (engine, findings) = Engine::load(&templates);
        assert_eq!(findings, []);
        let page = packet(&engine, &fixture::issue(), &fixture::estate()).expect("the page");
        assert!(!page.contains("<script") && !page.contains("script-src"));
        assert!(!page.contains("work-"), "neither style nor facts");
    }

    #[test]
    fn a_page_needs_nothing_but_itself() {
        for page in pages()
            .iter()
            .chain(&hostile_pages())
            .map(|page| as_on_paper(page))
        {
            assert!(page.contains("content=\"default-src 'none';"));
            assert!(page.contains("style-src 'unsafe-inline'; img-src data:\""));
            for outside in ["http:", "https:", "src=", "@import", "url(", "<link"] {
                assert!(!page.contains(outside), "{outside}");
            }
        }
    }

    #[test]
    fn every_link_inside_a_page_has_its_anchor_and_no_anchor_comes_twice() {
        for page in pages().into_iter().chain(hostile_pages()) {
            let ids: Vec<&str> = between(&page, " id=\"");
            let distinct: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(ids.len(), distinct.len());
            for link in between(&page, "href=\"#") {
                assert!(distinct.contains(link), "#{link}");
            }
        }
    }

    /// What stands between this opening and the next quote, wherever it occurs.
    fn between<'a>(page: &'a str, opening: &str) -> Vec<&'a str> {
        let parts = page.split(opening).skip(1);
        parts.filter_map(|part| part.split('"').next()).collect()
    }

    #[test]
    fn a_packet_keeps_its_order() {
        let mut issue = fixture::issue();
        issue.packet.members = fixture::pool().packet.members;
        let page = packet(&engine(), &issue, &fixture::estate()).expect("the page");
        let order = [
            "class=\"masthead\"",
            "id=\"what-failed\"",
            "class=\"begin\"",
            "id=\"members\"",
            "id=\"gather\"",
            "id=\"prepare\"",
            "id=\"back-end-server\"",
            "id=\"mirrored-back-end-primary\"",
            "id=\"checks\"",
            "id=\"facts\"",
            "id=\"people\"",
            "id=\"sign-off\"",
            "id=\"document\"",
            "id=\"findings\"",
            "id=\"sources\"",
            "id=\"contents\"",
        ];
        let places: Vec<Option<usize>> = order.iter().map(|part| page.find(part)).collect();
        assert!(places.iter().all(Option::is_some), "{places:?}");
        assert!(places.is_sorted(), "{places:?}");
    }

    #[test]
    fn a_withheld_command_is_a_marked_gap() {
        let page = &hostile_pages()[0];
        assert!(page.contains("GAP — command withheld: backup file of Rtc"));
        assert!(!page.contains("Must-Never"));
    }

    #[test]
    fn a_change_number_stands_in_the_masthead_and_in_the_running_head_of_every_page() {
        let mut estate = fixture::estate();
        estate.change = Some("CHG\"0012345".to_owned());
        let (entries, cards) = (fixture::entries(), fixture::cards());
        for page in pages_of(&fixture::issue(), &entries, &cards, &estate) {
            assert!(page.contains("<strong class=\"stamp\">change CHG&quot;0012345</strong>"));
            assert!(page.contains("change CHG\\22 0012345\""), "no running head");
        }
    }

    #[test]
    fn routine_facts_stay_off_the_packet() {
        assert!(!pages()[0].contains("Last backup"));
        assert!(pages()[2].contains("Last backup"));
    }

    #[test]
    #[ignore = "writes pages to look at into target/pages"]
    fn write_pages() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/pages");
        std::fs::create_dir_all(folder).expect("the folder can be made");
        let (engine, issue, estate) = (engine(), fixture::issue(), fixture::estate());
        let entries = fixture::entries();
        for (name, page) in [
            ("packet.html", packet(&engine, &issue, &estate)),
            (
                "index.html",
                index(&engine, &entries, &fixture::cards(), &estate),
            ),
            ("cycle.html", cycle(&engine, &[], &estate)),
            ("packet.md", markdown::packet(&engine, &issue, &estate)),
            (
                "index.md",
                markdown::index(&engine, &entries, &fixture::cards(), &estate),
            ),
            ("cycle.md", markdown::cycle(&engine, &[], &estate)),
        ] {
            let page = page.expect("the layout renders");
            std::fs::write(format!("{folder}/{name}"), page).expect("the page can be written");
        }
    }
}
