//! What failed and what to know before starting: the chooser, findings, members, reasons and sources.

use serde::Serialize;

use super::{anchor, linked_format};
use crate::finding::{Finding, Place, Severity, Subject, SubjectKind};
use crate::packets::{Because, Member, Packet, Reason, SourceDigest};
use crate::render::format::packet_stem;
use crate::render::pen::Pen;

/// One line of the chooser.
#[derive(Clone, Debug, Serialize)]
pub struct ChoiceView {
    /// The situation in words.
    pub situation: String,
    /// The number and title of the procedure.
    pub procedure: String,
    /// The procedure's anchor in this document; `None` where no procedure of that id is printed.
    pub anchor: Option<String>,
    /// The worksheet cells that made it apply.
    pub because: Vec<BecauseView>,
}

pub(super) fn choices(packet: &Packet, pen: Pen) -> Vec<ChoiceView> {
    let printed = |id: &str| packet.procedures.iter().any(|p| p.id == id);
    packet
        .chooser
        .iter()
        .map(|choice| ChoiceView {
            situation: pen.message(&choice.situation),
            procedure: pen.text(&choice.procedure),
            anchor: printed(&choice.id).then(|| anchor(&choice.id)),
            because: because(&choice.because, pen),
        })
        .collect()
}

/// A reason with its cell.
#[derive(Clone, Debug, Serialize)]
pub struct BecauseView {
    /// The reason; markup.
    pub text: String,
    /// The cell, short: `pools.xlsx:Pools!D3`.
    pub source: String,
}

pub(super) fn because(because: &[Because], pen: Pen) -> Vec<BecauseView> {
    because
        .iter()
        .map(|because| BecauseView {
            text: pen.message(&because.text),
            source: pen.text(&because.place.short()),
        })
        .collect()
}

/// Why a packet is not ready.
#[derive(Clone, Debug, Serialize)]
pub struct ReasonView {
    /// What is wrong or missing; markup.
    pub text: String,
    /// The cell, short, where there is one.
    pub source: Option<String>,
}

pub(super) fn reasons(reasons: &[Reason], pen: Pen) -> Vec<ReasonView> {
    reasons
        .iter()
        .map(|reason| ReasonView {
            text: pen.message(&reason.text),
            source: source(reason.place.as_ref(), pen),
        })
        .collect()
}

/// A finding.
#[derive(Clone, Debug, Serialize)]
pub struct FindingView {
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// A symbol that prints in black and white.
    pub symbol: &'static str,
    /// The code, which `explain` explains.
    pub code: &'static str,
    /// What stands there and what was expected; markup.
    pub message: String,
    /// The cell, short, where there is one.
    pub source: Option<String>,
    /// How to clear it; markup.
    pub help: Option<String>,
}

pub(super) fn findings(findings: &[Finding], pen: Pen) -> Vec<FindingView> {
    findings
        .iter()
        .map(|finding| FindingView {
            severity: finding.severity.as_str(),
            symbol: match finding.severity {
                Severity::Error => "✕",
                Severity::Warning => "△",
                Severity::Info => "i",
            },
            code: finding.code.as_str(),
            message: pen.message(&finding.message),
            source: source(finding.place.as_ref(), pen),
            help: finding.help.as_deref().map(|help| pen.message(help)),
        })
        .collect()
}

/// A member of a pool.
#[derive(Clone, Debug, Serialize)]
pub struct MemberView {
    /// 1 for what is restored first.
    pub order: usize,
    /// Canonical FQDN.
    pub fqdn: String,
    /// What it is to the pool.
    pub role: String,
    /// The member's own packet, relative to this one; `None` where it has none.
    pub link: Option<String>,
    /// In a binder: the tab of the member's packet, in words.
    pub tab: Option<String>,
}

pub(super) fn members(members: &[Member], pen: Pen) -> Vec<MemberView> {
    members
        .iter()
        .map(|member| MemberView {
            order: member.order,
            fqdn: pen.text(&member.fqdn),
            role: pen.text(&member.role),
            link: member.packet.then(|| link_to_server(&member.fqdn, pen)),
            tab: None,
        })
        .collect()
}

/// From one packet's folder to a server's packet.
fn link_to_server(fqdn: &str, pen: Pen) -> String {
    let subject = Subject {
        kind: SubjectKind::Server,
        fqdn: fqdn.to_owned(),
    };
    let extension = linked_format(pen).extension();
    format!("../{}.{extension}", packet_stem(&subject))
}

/// A worksheet file and its digest.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    /// Path relative to the worksheets folder.
    pub path: String,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
}

pub(super) fn sources(sources: &[SourceDigest], pen: Pen) -> Vec<SourceView> {
    sources
        .iter()
        .map(|source| SourceView {
            path: pen.value(&source.path),
            sha256: source.sha256.clone(),
        })
        .collect()
}

/// The short form of a place.
pub(super) fn source(place: Option<&Place>, pen: Pen) -> Option<String> {
    place.map(|place| pen.text(&place.short()))
}
