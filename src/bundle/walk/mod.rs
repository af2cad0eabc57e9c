//! Every text of packets, estate and restore order, one after the other.
//!
//! [`Texts`] takes each type apart by all its fields, so a field that is added does not compile until somebody has said
//! here whether it holds text. Since every format is a view of these types, no page, workbook or document says more.

mod packet;
mod plan;

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::finding::{Finding, Gap, Place, Subject};
use crate::packets::Fact;
use crate::text::prose::{Block, Inline};
use crate::topology::Because;

/// Something that holds texts.
pub trait Texts {
    /// Shows all of them to a visitor.
    fn walk(&mut self, visitor: &mut dyn Visitor);
}

/// Whoever looks at texts, and may change them.
pub trait Visitor {
    /// A fact, before its texts.
    fn fact(&mut self, fact: &mut Fact);
    /// A text for people.
    fn text(&mut self, text: &mut String);
    /// A command, which people run as it stands.
    fn command(&mut self, command: &mut String);
    /// A name of a packet, or a word of the program's own: it stays.
    fn name(&mut self, name: &str);
}

/// The texts of several parts.
fn each(visitor: &mut dyn Visitor, parts: &mut [&mut dyn Texts]) {
    for part in parts {
        part.walk(visitor);
    }
}

impl Texts for String {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        visitor.text(self);
    }
}

impl Texts for Cow<'static, str> {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let mut text = self.to_string();
        visitor.text(&mut text);
        *self = Self::Owned(text);
    }
}

impl<T: Texts> Texts for Option<T> {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        if let Some(part) = self {
            part.walk(visitor);
        }
    }
}

impl<T: Texts> Texts for Vec<T> {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        for part in self {
            part.walk(visitor);
        }
    }
}

impl Texts for BTreeSet<String> {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let texts = std::mem::take(self).into_iter();
        self.extend(texts.map(|mut text| {
            visitor.text(&mut text);
            text
        }));
    }
}

impl Texts for Subject {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self { kind: _, fqdn } = self;
        visitor.name(fqdn);
    }
}

impl Texts for Place {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let mut path = self.path.to_string();
        visitor.text(&mut path);
        let mut sheet = self.in_sheet().map(str::to_owned);
        sheet.walk(visitor);
        let renamed = self.in_file(path);
        *self = match sheet {
            Some(sheet) => renamed.sheet(sheet),
            None => renamed,
        };
    }
}

impl Texts for Because {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self { text, place } = self;
        each(visitor, &mut [text, place]);
    }
}

impl Texts for Gap {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            what,
            cure,
            place,
            column,
        } = self;
        each(visitor, &mut [what, cure, place, column]);
    }
}

impl Texts for Finding {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        let Self {
            code: _,
            severity: _,
            message,
            place,
            help,
            about,
            as_of: _,
        } = self;
        each(visitor, &mut [message, place, help, about]);
    }
}

impl Texts for Block {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        match self {
            Self::Paragraph(inlines) => inlines.walk(visitor),
            Self::List(items) => items.walk(visitor),
            Self::Alert(_, blocks) => blocks.walk(visitor),
        }
    }
}

impl Texts for Inline {
    fn walk(&mut self, visitor: &mut dyn Visitor) {
        match self {
            Self::Text(text) | Self::Code(text) | Self::Blank(text) => text.walk(visitor),
            Self::Strong(inlines) | Self::Emphasis(inlines) => inlines.walk(visitor),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::render::fixture;

    /// Remembers what it is shown.
    #[derive(Default)]
    struct Seen(BTreeSet<String>);

    impl Visitor for Seen {
        fn fact(&mut self, _: &mut Fact) {}

        fn text(&mut self, text: &mut String) {
            self.name(text);
        }

        fn command(&mut self, command: &mut String) {
            self.name(command);
        }

        fn name(&mut self, name: &str) {
            self.0.insert(name.to_owned());
        }
    }

    /// Every string that the serde form holds.
    fn strings(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::String(text) => drop(found.insert(text.clone())),
            Value::Array(items) => items.iter().for_each(|it| strings(it, found)),
            Value::Object(map) => map.values().for_each(|it| strings(it, found)),
            _ => {}
        }
    }

    #[test]
    fn nothing_but_words_of_the_program_goes_unseen() {
        let mut issue = fixture::hostile(fixture::with_gaps());
        issue.packet.members = fixture::pool().packet.members;
        let mut estate = fixture::estate();
        let mut held = BTreeSet::new();
        strings(&serde_json::to_value(&issue).unwrap(), &mut held);
        strings(&serde_json::to_value(&estate).unwrap(), &mut held);
        let mut seen = Seen::default();
        each(&mut seen, &mut [&mut issue, &mut estate]);
        let unseen = held.difference(&seen.0).map(String::as_str);
        let is_own = |text: &&str| {
            let is_date = text.parse::<jiff::civil::Date>().is_ok();
            is_date || text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        let texts: Vec<&str> = unseen.filter(|text| !is_own(text)).collect();
        assert_eq!(texts, [""; 0]);
        assert!(seen.0.len() > 100, "the fixture is rich");
    }
}
