//! Which edition a checklist is of, and what that edition said.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::editions::{Content, EditionPart};
use crate::finding::{Code, Subject, SubjectKind};
use crate::inventory::Inventory;
use crate::packets::{Estate, Paper, facts};
use crate::product::Product;
use crate::publish::{Edition, IssuedBefore, Kind, key_name};
use crate::record::{Execution, Filled, Identity, Remarks, Rto, Verdict, time};
use crate::template::{self, Engine};
use crate::text::filename::leads_elsewhere;
use crate::text::fingerprint::Fingerprint;

use super::super::answer::{self, EditionState};
use super::{Error, Result};

/// The edition that stands and that a checklist bears.
pub struct KnownEdition<'a> {
    /// As the ledger has it.
    pub edition: &'a Edition,
}

impl<'a> KnownEdition<'a> {
    /// The edition of a checklist; `None` where it is none that stands, and then a finding says why.
    pub fn find(
        standing: &'a IssuedBefore,
        identity: &Identity,
        remarks: &mut Remarks,
    ) -> Option<Self> {
        let Some(typed) = &identity.fingerprint else {
            remarks.foreign("no cell beside `Fingerprint` says which edition this is");
            return None;
        };
        let fingerprint = match Fingerprint::parse(typed) {
            Ok(fingerprint) => fingerprint.to_string(),
            Err(error) => {
                remarks.foreign(format!("`{}` is no fingerprint: {error}", short(typed)));
                return None;
            }
        };
        let Some(answer) = answer::answer(standing, &fingerprint, None) else {
            remarks.foreign(format!(
                "no packet of this output folder ever had the fingerprint {fingerprint}"
            ));
            return None;
        };
        let edition = answer.edition;
        is_its_own(edition, identity, remarks)?;
        let gone = match answer.state {
            EditionState::Current => return Some(Self { edition }),
            EditionState::Superseded => {
                let by = answer.by.unwrap_or(edition);
                format!("edition {} took its place on {}", by.edition, by.issued)
            }
            EditionState::Retired => "its packet was retired since".to_owned(),
        };
        let message = format!(
            "this checklist is of edition {}, issued {}; {gone}",
            edition.edition, edition.issued
        );
        let help = "attach the checklist itself to the change record, and say why the old edition was used";
        remarks.say(Code::SupersededChecklist, None, message, help);
        None
    }

    /// What the edition said; `None` where that is no longer on file.
    pub fn content(&self, standing: &IssuedBefore, remarks: &mut Remarks) -> Option<Content> {
        let content = standing.state.edition(&self.edition.fingerprint);
        if content.is_none() {
            remarks.foreign(
                "what its edition said is no longer on file, so nothing can be proved; `build` writes it anew",
            );
        }
        content
    }

    /// What the edition said of its steps: as it was last printed, and as its content has it, which knows no order
    /// of worksheet rows but outlives new versions and reordered worksheets.
    pub fn said(&self, standing: &IssuedBefore, content: &Content) -> Vec<Vec<EditionPart>> {
        let edition = self.edition;
        let keys = standing.state.keys();
        let key = keys.get(&key_name(edition.kind, &edition.fqdn));
        let kept = key.and_then(|key| standing.state.packet(key.data.as_ref()?).ok());
        let kept = kept.filter(|issue| issue.fingerprint == edition.fingerprint);
        let printed = kept.map(|issue| EditionPart::of(&issue.packet));
        printed.into_iter().chain([content.parts()]).collect()
    }

    /// What an execution of it begins with.
    pub fn head(
        &self,
        content: &Content,
        identity: &Identity,
        drill: bool,
        (source, sha256): (&Arc<str>, String),
    ) -> Execution {
        Execution {
            lane: None,
            subject: Subject {
                kind: match self.edition.kind {
                    Kind::Server => SubjectKind::Server,
                    Kind::Pool => SubjectKind::Pool,
                },
                fqdn: self.edition.fqdn.clone(),
            },
            title: content.value("Title").unwrap_or_default().to_owned(),
            edition: self.edition.edition,
            fingerprint: self.edition.fingerprint.clone(),
            change: identity.change.clone(),
            drill,
            source: source.to_string(),
            sha256,
            day: None,
            parts: Vec::new(),
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
}

/// Whether a checklist says it is of the packet whose fingerprint it bears.
fn is_its_own(edition: &Edition, identity: &Identity, remarks: &mut Remarks) -> Option<()> {
    let differs = |said: &Option<String>, is: &str| {
        said.as_deref()
            .is_some_and(|said| !said.trim_end_matches('.').eq_ignore_ascii_case(is))
    };
    let other = differs(&identity.kind, edition.kind.as_str())
        || differs(&identity.fqdn, &edition.fqdn)
        || identity.edition.is_some_and(|it| it != edition.edition);
    if !other {
        return Some(());
    }
    let said = identity.fqdn.as_deref().unwrap_or("another packet");
    remarks.foreign(format!(
        "it bears the fingerprint of edition {} of {} {}, and says it is edition {} of {}",
        edition.edition,
        edition.kind.as_str(),
        edition.fqdn,
        identity.edition.unwrap_or(edition.edition),
        short(said)
    ));
    None
}

fn short(text: &str) -> String {
    crate::finding::words::excerpt(text)
}

/// The recovery time objective of an edition, in hours.
pub fn rto(content: &Content) -> Option<f64> {
    let items = content.items().iter();
    let mut found = items.filter(|item| item.what.ends_with(": RTO (hours)"));
    let hours: f64 = found.find_map(|item| item.value.parse().ok())?;
    (hours.is_finite() && hours >= 0.0).then_some(hours)
}

/// Whether the day of an execution is known; else a finding says that it must be.
pub fn has_day(run: &Execution, remarks: &mut Remarks) -> bool {
    if run.day.is_none() {
        remarks.foreign("nothing on this checklist says on which day it was worked through");
    }
    run.day.is_some()
}

/// Says so where a day is written down on which there was no such edition yet. How long the work took is not known
/// then. The clocks of two zones may be a day apart.
pub fn follows(run: &mut Execution, filled: &Filled, edition: &Edition, remarks: &mut Remarks) {
    let issued: Option<Date> = edition.as_of.parse().ok();
    let Some((day, issued)) = run.day.zip(issued) else {
        return;
    };
    if day.saturating_add(1.days()) >= issued {
        return;
    }
    let place = filled.steps.iter().find_map(|it| it.places.start.as_ref());
    remarks.say(
        Code::BadTime,
        place,
        format!("the work began on {day}, but this edition was first issued on {issued}"),
        "look which year and month the times are of; until then nothing is said of the RTO",
    );
    if run.rto.hours.is_some() {
        run.rto.verdict = Verdict::Unknown;
    }
}

/// Whether anybody wrote a result or a time into a checklist; else a finding says so.
pub fn is_filled(filled: &Filled, remarks: &mut Remarks) -> bool {
    let mut steps = filled.steps.iter();
    let is_filled = steps.any(|it| it.result.is_some() || it.start.is_some() || it.end.is_some());
    if !is_filled {
        remarks.foreign("nobody has filled this checklist in: it has no result and no time");
    }
    is_filled
}

/// Whether a checklist names a change record and days that there can be; else a finding says so. The number of the
/// change goes into names and pages, and must not lead anywhere.
pub fn is_possible(filled: &Filled, remarks: &mut Remarks) {
    let change = filled.identity.change.as_deref().unwrap_or_default();
    if leads_elsewhere(change) {
        remarks.foreign(format!(
            "`{}` is no number of a change record, but part of a path or the name of a device",
            short(change)
        ));
    }
    let steps = filled.steps.iter();
    let times = steps.flat_map(|step| [&step.start, &step.end]);
    let times = times.chain([&filled.recovered]).flatten();
    let mut days = times.filter_map(|time| time.day).chain(filled.day);
    if let Some(day) = days.find(|day| !time::is_possible(*day)) {
        remarks.foreign(format!("it says that something happened on {day}"));
    }
}

/// The layouts and what is true of all packets, as they were issued; where that was kept by another version, the
/// built-in layouts.
pub fn layout(standing: &IssuedBefore, run: &Execution) -> Result<(Engine, Estate)> {
    let (estate, own) = match standing.state.estate() {
        Ok(kept) => (kept.estate, kept.templates),
        Err(_) => (plain(run), std::collections::BTreeMap::new()),
    };
    let (engine, findings) = Engine::load(&template::overlay(template::builtin(), own));
    match findings.into_iter().next() {
        Some(finding) if !engine.has("layout/record.html") => {
            Err(Error::request(finding.message).help_if(finding.help))
        }
        _ => Ok((engine, estate)),
    }
}

/// An organization nothing is known of.
fn plain(run: &Execution) -> Estate {
    Estate {
        organization: None,
        product: Product::built_in().names.name.clone(),
        classification: None,
        change: None,
        paper: Paper::A4,
        as_of: run.day.unwrap_or_default(),
        on_the_day: std::collections::BTreeMap::new(),
        cycle: facts::cycle(&Inventory::default()),
        sources: Vec::new(),
    }
}
