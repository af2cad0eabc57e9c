//! The running heads and feet of a page, as its style sheet holds them.

use serde::Serialize;

use crate::packets::{Estate, Issue, Paper};
use crate::render::css;
use crate::render::index::IndexEntry;

/// Texts for the page rule. All but `name` and `paper` are the inside of a CSS string: the layout writes the quotes.
#[derive(Clone, Debug, Serialize)]
pub struct Heads {
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
    pub fingerprint: String,
    /// The classification; empty where there is none.
    pub classification: String,
    /// The change number; empty where there is none.
    pub change: String,
    /// The organization; empty where there is none.
    pub organization: String,
    /// Which pages are counted: those of the whole document, `all`; those in front of the packets of a binder, `front`, without a
    /// sum; or `none`, since no browser begins to count again behind each tab.
    pub counted: &'static str,
    /// The packet's tab in a binder; `None` elsewhere.
    pub tab: Option<usize>,
}

impl Heads {
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
            counted: "none",
            tab: Some(tab),
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
            counted: "all",
            tab: None,
        }
    }
}
