//! The file that the working mode of an HTML packet exports: `<stem>.record.json`.
//!
//! Entry point: [`read`]. The schema is `restore-packets/record/1`; fields this version does not know are left alone.

use serde::Deserialize;

use super::filled::{Filled, FilledStep, Identity, Outcome, Printed};
use super::form;
use super::remark::Remarks;

/// What [`form::of`] let pass; a field that is missing is blank.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Exported {
    kind: String,
    fqdn: String,
    fingerprint: String,
    change: Option<String>,
    recovered: Option<String>,
    lane: Option<String>,
    steps: Vec<ExportedStep>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ExportedStep {
    number: String,
    title: String,
    command: Option<String>,
    result: Option<String>,
    start: Option<String>,
    end: Option<String>,
    initials: Option<String>,
    deviation: Option<String>,
}

impl Exported {
    /// Takes out of every text what no page could print, and of the entries what no page should.
    fn without_marks(&mut self, remarks: &mut Remarks) {
        let head = [&mut self.kind, &mut self.fqdn, &mut self.fingerprint];
        let entries = [&mut self.change, &mut self.recovered, &mut self.lane];
        let entries = entries.into_iter().flatten();
        remarks.private("the checklist's head", head.into_iter().chain(entries));
        let entries = [&mut self.change, &mut self.recovered, &mut self.lane];
        remarks.secrets("the checklist's head", entries.into_iter().flatten());
        for step in &mut self.steps {
            let what = format!("step {}", step.number);
            let printed = [&mut step.number, &mut step.title];
            let entries = [&mut step.command, &mut step.initials, &mut step.deviation];
            let entries = entries.into_iter().flatten();
            remarks.private("a step", printed.into_iter().chain(entries));
            let entries = [&mut step.initials, &mut step.deviation];
            remarks.secrets(&what, entries.into_iter().flatten());
        }
    }
}

/// Whether a file claims to be such an export: by its name, or because it begins like an object.
pub fn is_one(name: &str, bytes: &[u8]) -> bool {
    let is_named = name.rsplit_once('.');
    let is_named = is_named.is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("json"));
    is_named || form::text(bytes).is_ok_and(|text| text.trim_start().starts_with('{'))
}

/// Whether a file is the export of an exercise.
pub fn is_exercise(bytes: &[u8]) -> bool {
    let record = form::text(bytes).and_then(|text| form::of(&text));
    record.is_ok_and(|it| it["exercise"] == true)
}

/// Reads an export; `None` where it is none, and then a finding says why.
pub fn read(bytes: &[u8], remarks: &mut Remarks) -> Option<Filled> {
    let record = form::text(bytes).and_then(|text| form::of(&text));
    let read = record.and_then(|record| {
        let edition = form::edition(&record["edition"]);
        let exported = Exported::deserialize(record).map_err(|error| error.to_string())?;
        Ok((edition, exported))
    });
    match read {
        Ok((edition, mut exported)) => {
            exported.without_marks(remarks);
            Some(filled(exported, edition, remarks))
        }
        Err(why) => {
            remarks.foreign(why);
            None
        }
    }
}

fn filled(exported: Exported, edition: Option<u32>, remarks: &mut Remarks) -> Filled {
    let recovered = exported.recovered.unwrap_or_default();
    let steps = exported.steps.into_iter();
    let said = |text: Option<String>| text.filter(|it| !it.trim().is_empty());
    Filled {
        identity: Identity {
            fingerprint: Some(exported.fingerprint),
            kind: Some(exported.kind),
            fqdn: Some(exported.fqdn),
            edition,
            change: said(exported.change),
        },
        day: None,
        recovered: remarks.time_text("service back", &recovered),
        lane: said(exported.lane),
        steps: steps.map(|step| filled_step(step, remarks)).collect(),
        added: Vec::new(),
    }
}

fn filled_step(step: ExportedStep, remarks: &mut Remarks) -> FilledStep {
    let what = |what: &str| format!("step {}, {what}", step.number);
    let trimmed = |text: Option<String>| text.unwrap_or_default().trim().to_owned();
    FilledStep {
        start: remarks.time_text(&what("start"), &step.start.unwrap_or_default()),
        end: remarks.time_text(&what("end"), &step.end.unwrap_or_default()),
        result: step.result.as_deref().and_then(Outcome::parse),
        initials: trimmed(step.initials),
        deviation: trimmed(step.deviation),
        printed: Printed::Brief {
            title: step.title,
            command: step.command,
        },
        number: step.number,
        ..FilledStep::default()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::finding::Code;

    fn refused(text: &str) -> String {
        let name: Arc<str> = Arc::from("a.record.json");
        let mut remarks = Remarks::new(&name);
        assert!(read(text.as_bytes(), &mut remarks).is_none());
        assert_eq!(remarks.findings.len(), 1);
        assert_eq!(remarks.findings[0].code, Code::ForeignChecklist);
        remarks.findings[0].message.clone()
    }

    #[test]
    fn what_is_too_large_or_too_deep_is_refused() {
        let large = format!("{{\"schema\":\"{}\"}}", "x".repeat(5 << 20));
        assert!(refused(&large).contains("4 MiB"));
        let deep = "[".repeat(100_000);
        assert!(refused(&format!("{{\"schema\":{deep}")).contains("no whole JSON"));
    }

    #[test]
    fn entries_are_read_without_blanks_around_them() {
        let text = r#"{"schema":"restore-packets/record/1","kind":"server","fqdn":"fe01.contoso.com","edition":3.0,
            "fingerprint":"X","change":null,"lane":null,"exercise":true,"steps":[
            {"number":"1.1","title":"a","result":"done","start":"2014-06-10T03:12:00+02:00","end":null,"initials":" AB "}]}"#;
        let name: Arc<str> = Arc::from("a.record.json");
        let mut remarks = Remarks::new(&name);
        let filled = read(text.as_bytes(), &mut remarks).unwrap();
        assert_eq!(remarks.findings, []);
        assert_eq!(filled.identity.edition, Some(3));
        assert_eq!(filled.steps[0].initials, "AB");
        assert_eq!(filled.steps[0].result, Some(Outcome::Done));
        assert!(filled.steps[0].start.is_some() && filled.steps[0].end.is_none());
        assert!(is_exercise(text.as_bytes()));
    }
}
