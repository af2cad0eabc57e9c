//! The cards "What failed?" of the index.

use serde::Serialize;

use super::linked_format;
use crate::finding::Subject;
use crate::packets::card::{Card, Question};
use crate::render::binder::Binder;
use crate::render::format::packet_stem;
use crate::render::index::IndexEntry;
use crate::render::pen::Pen;

/// The card of a site.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// The site; `None` for what stands in none.
    pub site: Option<String>,
    /// What people see.
    pub symptoms: Vec<SymptomView>,
}

/// Something people see.
#[derive(Clone, Debug, Serialize)]
pub struct SymptomView {
    /// For example "Users of a pool cannot sign in".
    pub title: &'static str,
    /// Whether the questions are one for each server or pool, to be printed close together.
    pub list: bool,
    /// What to ask, until an answer is "no".
    pub questions: Vec<QuestionView>,
}

/// A yes/no question.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionView {
    /// The question.
    pub text: String,
    /// What "no" means.
    pub no: String,
    /// The packets that help then.
    pub packets: Vec<PacketLinkView>,
}

/// A packet on a card.
#[derive(Clone, Debug, Serialize)]
pub struct PacketLinkView {
    /// `server` or `pool`.
    pub kind: &'static str,
    /// The FQDN.
    pub name: String,
    /// The packet, relative to the index; `None` where none has been issued.
    pub link: Option<String>,
    /// In a binder: the packet's tab, in words.
    pub tab: Option<String>,
}

/// The cards, leading to the files of the packets that have been issued.
pub(super) fn cards(cards: &[Card], entries: &[IndexEntry], pen: Pen) -> Vec<CardView> {
    let refer = |subject: &Subject| {
        let issued = entries
            .iter()
            .any(|it| it.kind == subject.kind && it.fqdn == subject.fqdn);
        let extension = linked_format(pen).extension();
        let path = || format!("{}.{extension}", packet_stem(subject));
        (issued.then(path), None)
    };
    cards
        .iter()
        .map(|card| CardView::new(card, &refer, pen))
        .collect()
}

/// The cards that lead to a packet of the binder, by their tabs.
pub(super) fn in_binder(cards: &[Card], binder: &Binder) -> Vec<CardView> {
    let refer = |subject: &Subject| {
        let (link, tab) = binder.refer(subject, 1);
        (link, Some(tab))
    };
    let leads_there = |card: &&Card| {
        let questions = card.symptoms.iter().flat_map(|it| &it.questions);
        let mut packets = questions.flat_map(|question| &question.packets);
        packets.any(|packet| binder.tab(packet).is_some())
    };
    cards
        .iter()
        .filter(leads_there)
        .map(|card| CardView::new(card, &refer, Pen::Html))
        .collect()
}

impl CardView {
    /// `refer` gives the link to a packet, and its tab in a binder.
    fn new(card: &Card, refer: &impl Fn(&Subject) -> Reference, pen: Pen) -> Self {
        let symptoms = card.symptoms.iter().map(|symptom| SymptomView {
            title: symptom.title,
            list: symptom.list,
            questions: symptom
                .questions
                .iter()
                .map(|it| QuestionView::new(it, refer, pen))
                .collect(),
        });
        Self {
            site: card.site.as_deref().map(|site| pen.text(site)),
            symptoms: symptoms.collect(),
        }
    }
}

/// The link to a packet, and its tab.
type Reference = (Option<String>, Option<String>);

impl QuestionView {
    fn new(question: &Question, refer: &impl Fn(&Subject) -> Reference, pen: Pen) -> Self {
        let packets = question.packets.iter().map(|subject| {
            let (link, tab) = refer(subject);
            PacketLinkView {
                kind: subject.kind.as_str(),
                name: pen.text(&subject.fqdn),
                link,
                tab,
            }
        });
        Self {
            text: pen.text(&question.text),
            no: pen.text(&question.no),
            packets: packets.collect(),
        }
    }
}
