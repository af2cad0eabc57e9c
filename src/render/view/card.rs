//! The cards "What failed?" of the index.

use serde::Serialize;

use super::linked_format;
use crate::packets::card::{Card, Question};
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
}

pub(super) fn cards(cards: &[Card], entries: &[IndexEntry], pen: Pen) -> Vec<CardView> {
    let views = cards.iter().map(|card| CardView {
        site: card.site.as_deref().map(|site| pen.text(site)),
        symptoms: card
            .symptoms
            .iter()
            .map(|symptom| SymptomView {
                title: symptom.title,
                list: symptom.list,
                questions: symptom
                    .questions
                    .iter()
                    .map(|it| question(it, entries, pen))
                    .collect(),
            })
            .collect(),
    });
    views.collect()
}

fn question(question: &Question, entries: &[IndexEntry], pen: Pen) -> QuestionView {
    let packets = question.packets.iter().map(|subject| {
        let issued = entries
            .iter()
            .any(|it| it.kind == subject.kind && it.fqdn == subject.fqdn);
        let path = || {
            format!(
                "{}.{}",
                packet_stem(subject),
                linked_format(pen).extension()
            )
        };
        PacketLinkView {
            kind: subject.kind.as_str(),
            name: pen.text(&subject.fqdn),
            link: issued.then(path),
        }
    });
    QuestionView {
        text: pen.text(&question.text),
        no: pen.text(&question.no),
        packets: packets.collect(),
    }
}
