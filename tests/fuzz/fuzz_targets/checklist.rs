//! Any bytes as a filled-in checklist: an export of the browser, or the sheets of a workbook. No panic in reading,
//! proving and evaluating it, and one that is none says why.

#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use restore_packets::editions::{EditionPart, EditionStep};
use restore_packets::finding::{Subject, SubjectKind};
use restore_packets::workbook;
use restore_packets_model::record::{self, Execution, Given, Remarks, Rto, Verdict};

fuzz_target!(|bytes: &[u8]| {
    let name: Arc<str> = Arc::from("checklist");
    let mut remarks = Remarks::new(&name);
    let filled = record::read(&name, bytes, || workbook::read(&name, bytes), &mut remarks);
    let Some(filled) = filled else {
        assert!(
            !remarks.findings.is_empty(),
            "it was refused without a word"
        );
        return;
    };
    let parts = record::proved(&filled, vec![edition()], &["servers.xlsx"], &mut remarks);
    record::evaluate(head(), &filled, &parts, &Given::default(), &mut remarks);
});

/// An edition of two lanes with two steps each.
fn edition() -> Vec<EditionPart> {
    let step = |part: usize, step: usize| EditionStep {
        number: format!("{part}.{step}"),
        title: "Stop the services".to_owned(),
        ..EditionStep::default()
    };
    let part = |number: usize, lanes: &[&str]| EditionPart {
        number,
        title: "Restore".to_owned(),
        lanes: lanes.iter().map(|it| (*it).to_owned()).collect(),
        steps: vec![step(number, 1), step(number, 2)],
    };
    vec![part(1, &["A", "B"]), part(2, &["A"]), part(3, &["B"])]
}

fn head() -> Execution {
    Execution {
        subject: Subject {
            kind: SubjectKind::Server,
            fqdn: "fe01.contoso.com".to_owned(),
        },
        title: String::new(),
        edition: 1,
        fingerprint: String::new(),
        change: None,
        drill: false,
        source: "checklist".to_owned(),
        sha256: String::new(),
        lane: None,
        parts: Vec::new(),
        day: None,
        started: None,
        ended: None,
        recovered: None,
        rto: Rto {
            hours: None,
            took: None,
            verdict: Verdict::Unknown,
        },
        order: Vec::new(),
        out_of_order: Vec::new(),
        people: Vec::new(),
        added: Vec::new(),
        remarks: Vec::new(),
    }
}
