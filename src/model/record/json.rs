//! The file that the working mode of an HTML packet exports: `<stem>.record.json`.
//!
//! Entry point: [`read`]. The schema is `restore-packets/record/1`; fields this version does not know are left alone.

use std::sync::Arc;

use serde::Deserialize;

use super::filled::{Filled, FilledStep, Identity, Outcome, Printed};
use super::remark::Remarks;

/// The schema that is read.
pub const SCHEMA: &str = "restore-packets/record/1";

/// An exported checklist is far smaller; what is larger is none.
pub const LARGEST: u64 = 4 << 20;

#[derive(Deserialize)]
struct Exported {
    schema: String,
    kind: String,
    fqdn: String,
    edition: u32,
    fingerprint: String,
    #[serde(default)]
    change: Option<String>,
    #[serde(default)]
    recovered: String,
    #[serde(default)]
    lane: String,
    steps: Vec<ExportedStep>,
}

#[derive(Deserialize)]
struct ExportedStep {
    number: String,
    title: String,
    #[serde(default)]
    command: Option<String>,
    #[serde(default)]
    result: String,
    #[serde(default)]
    start: String,
    #[serde(default)]
    end: String,
    #[serde(default)]
    initials: String,
    #[serde(default)]
    deviation: String,
}

impl Exported {
    /// Takes out of every text what no page could print, and of the entries what no page should.
    fn without_marks(&mut self, remarks: &mut Remarks) {
        let head = [
            &mut self.kind,
            &mut self.fqdn,
            &mut self.fingerprint,
            &mut self.recovered,
            &mut self.lane,
        ];
        remarks.private(
            "the checklist's head",
            head.into_iter().chain(&mut self.change),
        );
        remarks.secrets(
            "the checklist's head",
            [&mut self.recovered, &mut self.lane]
                .into_iter()
                .chain(&mut self.change),
        );
        for step in &mut self.steps {
            let printed = [&mut step.number, &mut step.title, &mut step.result];
            let entries = [
                &mut step.start,
                &mut step.end,
                &mut step.initials,
                &mut step.deviation,
            ];
            let texts = printed.into_iter().chain(entries).chain(&mut step.command);
            remarks.private("a step", texts);
            let what = format!("step {}", step.number);
            let entries = [&mut step.result, &mut step.start, &mut step.end];
            let entries = entries.into_iter();
            let entries = entries.chain([&mut step.initials, &mut step.deviation]);
            remarks.secrets(&what, entries);
        }
    }
}

/// Whether a file claims to be such an export: it begins like an object.
pub fn is_one(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    start.trim_ascii_start().starts_with(b"{")
}

/// Reads an export; `None` where it is none, and then a finding says why.
pub fn read(name: &Arc<str>, bytes: &[u8], remarks: &mut Remarks) -> Option<Filled> {
    if bytes.len() as u64 > LARGEST {
        remarks.foreign(format!(
            "this file is larger than {} MiB, and an exported checklist never is",
            LARGEST >> 20
        ));
        return None;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let schema = serde_json::from_slice::<serde_json::Value>(bytes);
    let schema = schema.as_ref().map(|it| it["schema"].as_str());
    match schema {
        Err(error) => remarks.foreign(format!("`{name}` is no whole JSON ({error})")),
        Ok(Some(SCHEMA)) => match serde_json::from_slice::<Exported>(bytes) {
            Ok(mut exported) if exported.schema == SCHEMA => {
                exported.without_marks(remarks);
                return Some(filled(exported, remarks));
            }
            Ok(_) => remarks.foreign("its schema is written twice"),
            Err(error) => remarks.foreign(format!("this is no exported checklist: {error}")),
        },
        Ok(Some(other)) => remarks.foreign(format!(
            "its schema is `{}`, and `{SCHEMA}` is read",
            crate::finding::words::excerpt(other)
        )),
        Ok(None) => remarks.foreign(format!("it names no schema; `{SCHEMA}` is read")),
    }
    None
}

fn filled(exported: Exported, remarks: &mut Remarks) -> Filled {
    let recovered = remarks.time_text("service back", &exported.recovered);
    let steps = exported.steps.into_iter();
    Filled {
        identity: Identity {
            fingerprint: Some(exported.fingerprint),
            kind: Some(exported.kind),
            fqdn: Some(exported.fqdn),
            edition: Some(exported.edition),
            change: exported.change.filter(|it| !it.trim().is_empty()),
        },
        day: None,
        recovered,
        lane: Some(exported.lane.trim().to_owned()).filter(|it| !it.is_empty()),
        steps: steps.map(|step| filled_step(step, remarks)).collect(),
        added: Vec::new(),
    }
}

fn filled_step(step: ExportedStep, remarks: &mut Remarks) -> FilledStep {
    let what = |what: &str| format!("step {}, {what}", step.number);
    FilledStep {
        start: remarks.time_text(&what("start"), &step.start),
        end: remarks.time_text(&what("end"), &step.end),
        result: remarks.outcome(&step.number, &step.result, None),
        notes: Outcome::reason(&step.result),
        initials: step.initials.trim().to_owned(),
        deviation: step.deviation.trim().to_owned(),
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
    use super::*;
    use crate::finding::Code;

    fn refused(text: &str) -> String {
        let name: Arc<str> = Arc::from("a.record.json");
        let mut remarks = Remarks::new(&name);
        assert!(read(&name, text.as_bytes(), &mut remarks).is_none());
        assert_eq!(remarks.findings.len(), 1);
        assert_eq!(remarks.findings[0].code, Code::ForeignChecklist);
        remarks.findings[0].message.clone()
    }

    #[test]
    fn what_is_no_export_is_refused_with_the_reason() {
        assert!(refused("{\"schema\": ").contains("no whole JSON"));
        assert!(refused("{}").contains("names no schema"));
        assert!(refused("{\"schema\":\"restore-packets/record/9\"}").contains("record/9"));
        let lacking = "{\"schema\":\"restore-packets/record/1\",\"kind\":\"server\"}";
        assert!(refused(lacking).contains("missing field"));
        let large = format!("{{\"schema\":\"{}\"}}", "x".repeat(5 << 20));
        assert!(refused(&large).contains("4 MiB"));
        let deep = "[".repeat(100_000);
        assert!(refused(&format!("{{\"schema\":{deep}")).contains("no whole JSON"));
    }

    #[test]
    fn entries_are_read_and_slips_are_reported() {
        let text = r#"{"schema":"restore-packets/record/1","kind":"server","fqdn":"fe01.contoso.com","title":"t","edition":3,
            "fingerprint":"X","change":null,"exported":"2014-06-10T03:12:00+02:00","steps":[
            {"number":"1.1","title":"a","command":null,"result":"done","start":"2014-06-10T03:12:00+02:00","end":"soon","initials":" AB ","deviation":""},
            {"number":"1.2","title":"b","command":"Get-X","result":"don","start":"","end":"","initials":"","deviation":"x"}]}"#;
        let name: Arc<str> = Arc::from("a.record.json");
        let mut remarks = Remarks::new(&name);
        let filled = read(&name, text.as_bytes(), &mut remarks).unwrap();
        assert_eq!(filled.steps.len(), 2);
        assert_eq!(filled.steps[0].initials, "AB");
        assert!(filled.steps[0].start.is_some() && filled.steps[0].end.is_none());
        let codes: Vec<Code> = remarks.findings.iter().map(|it| it.code).collect();
        assert_eq!(codes, [Code::BadTime, Code::BadResult]);
        assert_eq!(
            remarks.findings[1].help.as_deref(),
            Some("did you mean `done`?")
        );
    }
}
