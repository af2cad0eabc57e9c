//! What the document is: title, edition, fingerprint, status, and its running heads and feet.

use serde::Serialize;

use super::situation::{ReasonView, reasons, source};
use crate::packets::{Estate, Exercise, Issue, Paper, Status, ValidUntil};
use crate::render::index::IndexEntry;
use crate::render::pen::Pen;
use crate::render::{css, wording};

/// What a packet is.
#[derive(Clone, Debug, Serialize)]
pub struct IdentityView {
    /// `server` or `pool`.
    pub kind: &'static str,
    /// The canonical FQDN.
    pub fqdn: String,
    /// The FQDN as the worksheet has it.
    pub name: String,
    /// For example "Restore packet: Front End Server fe01.contoso.com".
    pub title: String,
    /// The site, where the worksheet gives one.
    pub site: Option<String>,
    /// Roles or pool types, as one phrase.
    pub role: String,
    /// The edition, from 1.
    pub edition: u32,
    /// The day this edition was first issued, ISO 8601.
    pub issued: String,
    /// The fingerprint, as typed for `verify`.
    pub fingerprint: String,
    /// "Last exercised 2014-06-07 by AB", or that it never was: for the screen, no part of the edition.
    pub exercised: String,
    /// Until when the packet may be trusted, where a worksheet says so.
    pub valid_until: Option<ValidView>,
    /// Whether the packet can be worked through as printed.
    pub status: StatusView,
    /// Why the status is not `ready`.
    pub reasons: Vec<ReasonView>,
}

impl IdentityView {
    pub(super) fn new(issue: &Issue, pen: Pen) -> Self {
        let packet = &issue.packet;
        Self {
            kind: packet.subject.kind.as_str(),
            fqdn: pen.text(&packet.subject.fqdn),
            name: pen.text(&packet.name),
            title: pen.text(&packet.title),
            site: packet.site.as_deref().map(|site| pen.text(site)),
            role: pen.text(&packet.role),
            edition: issue.edition,
            issued: issue.issued.to_string(),
            fingerprint: issue.fingerprint.clone(),
            exercised: pen.text(&Exercise::sentence(issue.exercise.as_ref())),
            valid_until: packet
                .valid_until
                .as_ref()
                .map(|it| ValidView::new(it, pen)),
            status: StatusView::new(packet.status),
            reasons: reasons(&packet.reasons, pen),
        }
    }
}

/// The last day a page may be trusted.
#[derive(Clone, Debug, Serialize)]
pub struct ValidView {
    /// The day, ISO 8601.
    pub date: String,
    /// What ends it.
    pub why: String,
    /// The cell that says so.
    pub source: Option<String>,
}

impl ValidView {
    pub(super) fn new(until: &ValidUntil, pen: Pen) -> Self {
        Self {
            date: until.date.to_string(),
            why: pen.text(&until.why),
            source: source(Some(&until.place), pen),
        }
    }
}

/// A status as a word, a symbol and a sentence, so that nothing is said by colour alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusView {
    /// `blocked`, `gaps` or `ready`.
    pub word: &'static str,
    /// A symbol that prints in black and white.
    pub symbol: &'static str,
    /// What the word means for the reader.
    pub meaning: &'static str,
}

impl StatusView {
    pub(super) fn new(status: Status) -> Self {
        Self {
            word: status.as_str(),
            symbol: wording::symbol(status),
            meaning: wording::meaning(status),
        }
    }
}

/// What is true of the whole run.
#[derive(Clone, Debug, Serialize)]
pub struct EstateView {
    /// The organization's name.
    pub organization: Option<String>,
    /// The product, for example "Lync Server 2013".
    pub product: String,
    /// The classification printed on every page.
    pub classification: Option<String>,
    /// The change record the pages belong to, where they belong to one.
    pub change: Option<String>,
    /// The day the worksheets were judged against, ISO 8601.
    pub as_of: String,
}

impl EstateView {
    pub(super) fn new(estate: &Estate, pen: Pen) -> Self {
        let text = |value: &Option<String>| value.as_deref().map(|text| pen.text(text));
        Self {
            organization: text(&estate.organization),
            product: pen.text(&estate.product),
            classification: text(&estate.classification),
            change: text(&estate.change),
            as_of: estate.as_of.to_string(),
        }
    }
}

/// Texts for the page rule. All but `name` and `paper` are the inside of a CSS string: the layout writes the quotes.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// The name of the page rule, where a document has several; empty for the one that holds for all pages.
    pub name: String,
    /// `A4` or `letter`, for the `size` of the page rule.
    pub paper: &'static str,
    /// The packet's title; empty on other pages, whose layouts know theirs.
    pub title: String,
    /// The canonical FQDN.
    pub fqdn: String,
    /// "Edition 3, issued 2014-06-14"; on pages that are no packet "Worksheets judged as of 2014-06-10".
    pub edition: String,
    /// The fingerprint.
    pub fingerprint: String,
    /// The classification; empty where there is none.
    pub classification: String,
    /// The change number; empty where there is none.
    pub change: String,
    /// The organization; empty where there is none.
    pub organization: String,
}

impl PageView {
    pub(super) fn new(issue: &Issue, estate: &Estate) -> Self {
        let edition = format!("Edition {}, issued {}", issue.edition, issue.issued);
        Self {
            title: css::string(&issue.packet.title),
            fqdn: css::string(&issue.packet.subject.fqdn),
            edition: css::string(&edition),
            fingerprint: css::string(&issue.fingerprint),
            ..Self::of_estate(estate)
        }
    }

    /// For a packet behind a tab of a binder.
    pub(super) fn of_entry(entry: &IndexEntry, tab: usize, estate: &Estate) -> Self {
        let edition = format!("Edition {}, issued {}", entry.edition, entry.issued);
        Self {
            name: format!("tab-{tab}"),
            title: css::string(&entry.title),
            fqdn: css::string(&entry.fqdn),
            edition: css::string(&edition),
            fingerprint: css::string(&entry.fingerprint),
            ..Self::of_estate(estate)
        }
    }

    /// For pages that are no packet: the cycle sheet and the index.
    pub(super) fn of_estate(estate: &Estate) -> Self {
        let text = |value: &Option<String>| css::string(value.as_deref().unwrap_or_default());
        Self {
            name: String::new(),
            paper: match estate.paper {
                Paper::A4 => "A4",
                Paper::Letter => "letter",
            },
            title: String::new(),
            fqdn: String::new(),
            edition: css::string(&format!("Worksheets judged as of {}", estate.as_of)),
            fingerprint: String::new(),
            classification: text(&estate.classification),
            change: text(&estate.change),
            organization: text(&estate.organization),
        }
    }
}
