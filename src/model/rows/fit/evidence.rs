//! What a column holds, as far as its heading and the whole rows tell: the evidence by which a cell is known to stand in
//! its column, or in another's.

use std::collections::BTreeMap;

use super::super::headings::Candidate;
use super::look::{Look, Looks, Shape};
use crate::product::schema::{Column, Type};
use crate::text::plain::plain;

/// What a cell says about where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// It is of this column, and could be of no other nearby.
    Fits,
    /// It is of another column.
    Misfits,
    /// It could be either.
    Open,
}

/// What the columns of a table hold.
pub(super) struct Profile<'a> {
    columns: BTreeMap<u32, Held<'a>>,
}

#[derive(Default)]
struct Held<'a> {
    column: Option<&'a Column>,
    /// What stands in the column, and how often.
    texts: BTreeMap<String, usize>,
    shapes: BTreeMap<Shape, usize>,
}

impl<'a> Profile<'a> {
    /// Looks at the rows that have as many cells as there are headings.
    pub(super) fn of(head: &Candidate, whole: impl Iterator<Item = Looks>) -> Self {
        let mut columns: BTreeMap<u32, Held<'a>> = BTreeMap::new();
        for (heading, number) in &head.columns {
            columns.entry(*number).or_default().column = head.kind.column(heading);
        }
        for (number, look) in whole.flatten() {
            if !look.says_nothing {
                columns.entry(number).or_default().take(look);
            }
        }
        Self { columns }
    }

    /// Whether a whole row has a value in the column.
    pub(super) fn is_filled(&self, column: u32) -> bool {
        let held = self.columns.get(&column);
        held.is_some_and(|held| !held.texts.is_empty())
    }

    /// What a text says that stands in this column, if it can have moved by up to `reach` columns.
    pub(super) fn weigh(&self, column: u32, look: &Look, reach: u32) -> Evidence {
        let Some(own) = self.columns.get(&column).filter(|_| !look.says_nothing) else {
            return Evidence::Open;
        };
        let shape = look.shape;
        let nearby = self
            .columns
            .range(column.saturating_sub(reach)..=column.saturating_add(reach));
        let mut others = nearby
            .filter(|(number, _)| **number != column)
            .map(|(_, held)| held);
        let is_others = others.clone().any(|held| held.knows(look));
        let suits_others = others.any(|held| held.shape() == Some(shape));
        if own.knows(look) {
            return if is_others {
                Evidence::Open
            } else {
                Evidence::Fits
            };
        }
        if is_others || own.excludes(look) {
            return Evidence::Misfits;
        }
        let is_own = shape != Shape::Words && own.shape() == Some(shape);
        if is_own && !suits_others {
            Evidence::Fits
        } else {
            Evidence::Open
        }
    }

    /// Whether a column asks for such a text: by its type, its heading, or because most of its cells are paths.
    fn asks_for(&self, column: u32, look: &Look) -> bool {
        let held = self.columns.get(&column);
        held.is_some_and(|held| held.asks_for(look))
    }

    /// Whether a text is what the other column asks for, in whose cell stands `there`, which is nothing of the kind; and
    /// its own column neither asks for such texts nor holds others.
    pub(super) fn is_of_other(
        &self,
        column: u32,
        other: u32,
        look: &Look,
        there: Option<&Look>,
    ) -> bool {
        let Some(own) = self.columns.get(&column) else {
            return false;
        };
        let is_remark = own.column.is_none_or(|column| column.prose);
        let is_asked =
            self.asks_for(other, look) && !there.is_some_and(|there| self.asks_for(other, there));
        is_asked && !is_remark && !own.asks_for(look) && !own.is_used_to(look.shape)
    }

    /// Whether a text that stands in a column is rather one of the other, in whose cell stands `there`. Notes may say
    /// anything, and dates are alike: they are told only where the other cell is blank.
    pub(super) fn is_rather(
        &self,
        column: u32,
        other: u32,
        look: &Look,
        there: Option<&Look>,
    ) -> bool {
        let (Some(own), Some(other)) = (self.columns.get(&column), self.columns.get(&other)) else {
            return false;
        };
        let (Some(kind), Some(true)) = (own.column, other.column.map(|it| !it.prose)) else {
            return false;
        };
        // What stands wrongly in another row of that column is no evidence.
        let is_known = other.knows(look) && (!other.is_picky() || other.asks_for(look));
        let is_told = is_known || other.asks_for(look);
        if own.count(look) > 1 || own.offers(look) {
            return false;
        }
        let is_blank = there.is_none_or(|there| there.says_nothing);
        if kind.prose {
            return is_blank && is_told;
        }
        if kind.date {
            return is_blank && is_known;
        }
        let alike = own.texts.keys();
        let alike = alike.filter(|text| other.asks_for(&Look::of_text((*text).clone())));
        // Two are enough to know, however many there are.
        let is_asked = is_known || is_told && alike.take(2).count() < 2;
        !own.is_picky()
            && !own.asks_for(look)
            && is_asked
            && !there.is_some_and(|there| other.suits(there))
    }

    /// Whether a text is not what the column asks for by its type or its heading.
    pub(super) fn is_odd(&self, column: u32, look: &Look) -> bool {
        let own = self.columns.get(&column);
        own.is_some_and(|own| own.is_picky() && !own.asks_for(look))
    }
}

impl Held<'_> {
    fn asks_for(&self, look: &Look) -> bool {
        if look.says_nothing {
            return false;
        }
        let Some(column) = self.column else {
            return false;
        };
        match (column.kind.filter(|it| it.has_form()), wanted(column)) {
            (Some(kind), _) => {
                // Any digits could be dialled; those among words are part of a name.
                let is_vague = kind == Type::Phone && look.text.contains(char::is_alphabetic);
                !is_vague && kind.problem(&look.text).is_none()
            }
            (None, Some(wanted)) => look.shape == wanted,
            (None, None) => look.shape == Shape::Path && self.holds_paths(),
        }
    }

    /// Whether the column itself asks for texts of some kind, whatever stands in it.
    fn is_picky(&self) -> bool {
        self.column
            .is_some_and(|it| it.kind.is_some_and(Type::has_form) || wanted(it).is_some())
    }

    /// Whether a column without a type holds several texts of this shape, so that one more is no accident.
    fn is_used_to(&self, shape: Shape) -> bool {
        let alike = self.shapes.get(&shape).copied();
        !self.is_picky() && alike.unwrap_or(0) > 1
    }

    fn holds_paths(&self) -> bool {
        let paths = self.shapes.get(&Shape::Path).copied().unwrap_or(0);
        paths > 0 && paths * 2 >= self.shapes.values().sum()
    }

    fn take(&mut self, look: Look) {
        *self.shapes.entry(look.shape).or_default() += 1;
        *self.texts.entry(look.plain).or_default() += 1;
    }

    /// Whether the text stands in the column elsewhere, or is one that the column offers.
    fn knows(&self, look: &Look) -> bool {
        self.texts.contains_key(&look.plain) || self.offers(look)
    }

    fn offers(&self, look: &Look) -> bool {
        let mut offered = self.column.into_iter().flat_map(|column| &column.values);
        offered.any(|value| plain(value) == look.plain)
    }

    /// Whether a text of this column stands where it belongs: the column asks for it, offers it, or has it in another
    /// row, too.
    fn suits(&self, look: &Look) -> bool {
        !look.says_nothing && (self.count(look) > 1 || self.offers(look) || self.asks_for(look))
    }

    fn count(&self, look: &Look) -> usize {
        self.texts.get(&look.plain).copied().unwrap_or(0)
    }

    /// The shape the heading asks for, or that all its cells have.
    fn shape(&self) -> Option<Shape> {
        let asked = self.column.and_then(asked);
        let mut shapes = self.shapes.keys();
        asked.or(match (shapes.next(), shapes.next()) {
            (Some(Shape::Words), _) | (_, Some(_)) => None,
            (only, None) => only.copied(),
        })
    }

    /// Whether a text of this shape cannot be one of the column. Words can be a remark in any column; in one of names
    /// a sentence is none.
    fn excludes(&self, look: &Look) -> bool {
        let shape = look.shape;
        let asked = self.column.and_then(asked);
        let is_settled = self.shapes.values().sum::<usize>() > 1;
        match (asked, self.shape()) {
            (Some(Shape::Name), _) => match shape {
                Shape::Name | Shape::Path => false,
                Shape::Words => look.plain.contains(' '),
                _ => true,
            },
            (Some(asked), _) => shape != asked && shape != Shape::Words,
            (None, Some(usual)) => is_settled && shape != usual,
            (None, None) => false,
        }
    }
}

/// What a heading asks for by itself.
fn asked(column: &Column) -> Option<Shape> {
    if column.date {
        Some(Shape::Date)
    } else if column.heading.trim_end_matches(')').ends_with("FQDN") {
        Some(Shape::Name)
    } else {
        None
    }
}

/// The same, and numbers: people write words beside them, so that alone excludes nothing.
fn wanted(column: &Column) -> Option<Shape> {
    let is_count = column.heading.ends_with("(hours)");
    asked(column).or_else(|| is_count.then_some(Shape::Number))
}
