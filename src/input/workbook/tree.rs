//! An XML document as elements, within bounds: what is not a workbook, and still XML.
//!
//! Entry point: [`read`]. Whoever wrote the document has no say in what reading it costs: no type definition is read, no
//! entity is looked up but the five that XML has and the numbered characters, and size, depth and number of elements are
//! bounded.

use std::collections::BTreeMap;

use super::csv::encoding;
use super::xml::{self, BytesStart, Event};

/// Bytes of the largest document that is read. One of forty servers has a third of a million.
const LARGEST: usize = 32 * 1024 * 1024;
/// How deep elements may stand in each other. Known documents go to twelve.
const DEEPEST: usize = 64;
/// How many elements and attributes a document may have.
const MOST: usize = 1_000_000;

/// An element, with what stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name without prefix.
    pub name: String,
    /// Its attributes, by their names without prefix.
    pub attributes: BTreeMap<String, String>,
    /// The text that stands in it directly.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Element>,
}

impl Element {
    /// An attribute; `None` where it is not there.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// The first element of a name in it.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|it| it.name == name)
    }

    /// All elements of a name in it.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |it| it.name == name)
    }

    /// The elements of a name in the first element of another name in it.
    pub fn within<'e>(&'e self, list: &str, name: &'e str) -> impl Iterator<Item = &'e Self> {
        let lists = self.child(list).into_iter();
        lists.flat_map(move |it| it.all(name))
    }
}

/// Reads a document.
///
/// # Errors
/// Why it cannot be read, as a part of a sentence.
pub fn read(bytes: &[u8]) -> Result<Element, String> {
    if bytes.len() > LARGEST {
        return Err(format!("it is larger than {} MiB", LARGEST >> 20));
    }
    let decoded = encoding::decode(bytes).map_err(|_| "it is no text".to_owned())?;
    if decoded.guess.is_some() {
        return Err("it is neither UTF-8 nor UTF-16".to_owned());
    }
    let mut reader = xml::reader(&decoded.text);
    reader.config_mut().check_end_names = true;
    let mut builder = Builder::default();
    loop {
        let event = reader.read_event();
        let event = event.map_err(|error| format!("it is no whole XML: {error}"))?;
        match &event {
            Event::Start(start) => builder.open(start)?,
            Event::End(_) => builder.close(),
            Event::Text(text) => builder.text(&text.xml10_content()),
            Event::CData(text) => builder.text(&text.xml10_content()),
            Event::GeneralRef(reference) => match xml::entity(reference) {
                known if !known.is_empty() => builder.text(&known),
                _ => return Err("it uses an entity of its own, and none is looked up".to_owned()),
            },
            Event::DocType(_) => {
                return Err("it has a document type definition, and none is read".to_owned());
            }
            Event::Eof => return builder.root(),
            _ => {}
        }
    }
}

/// The document as far as it was read.
#[derive(Default)]
struct Builder {
    /// The elements that are open, the outermost first.
    open: Vec<Element>,
    root: Option<Element>,
    count: usize,
}

impl Builder {
    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        if self.open.len() >= DEEPEST {
            return Err(format!(
                "its elements stand more than {DEEPEST} deep in each other"
            ));
        }
        if self.open.is_empty() && self.root.is_some() {
            return Err("it has a second root".to_owned());
        }
        let attributes = self.attributes(start)?;
        self.count += 1 + attributes.len();
        if self.count > MOST {
            return Err(format!("it has more than {MOST} elements and attributes"));
        }
        self.open.push(Element {
            name: start.local_name().as_ref().to_owned(),
            attributes,
            ..Element::default()
        });
        Ok(())
    }

    fn attributes(&self, start: &BytesStart<'_>) -> Result<BTreeMap<String, String>, String> {
        let mut found = BTreeMap::new();
        for attribute in xml::attributes(start) {
            let (name, value) =
                attribute.ok_or_else(|| "it has an attribute that cannot be read".to_owned())?;
            if self.count + found.len() > MOST {
                break;
            }
            found.insert(name, value);
        }
        Ok(found)
    }

    fn close(&mut self) {
        let Some(element) = self.open.pop() else {
            return;
        };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(element) = self.open.last_mut() {
            element.text.push_str(text);
        }
    }

    fn root(self) -> Result<Element, String> {
        if !self.open.is_empty() {
            return Err("it ends in the middle, as a copy that was cut off does".to_owned());
        }
        self.root.ok_or_else(|| "it holds no element".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        read(text.as_bytes()).expect_err("a refusal")
    }

    #[test]
    fn elements_have_names_attributes_and_text_without_prefixes() {
        let text = "<?xml version='1.0'?><a xmlns:x='u'><x:b x:k='1 &amp; 2'>t&#233;</x:b><b/></a>";
        let root = read(text.as_bytes()).unwrap();
        let first = root.child("b").unwrap();
        assert_eq!(
            (first.get("k"), first.text.as_str()),
            (Some("1 & 2"), "t\u{e9}")
        );
        assert_eq!(root.all("b").count(), 2);
    }

    #[test]
    fn every_encoding_that_windows_writes_is_read() {
        let text = "<a>Z\u{fc}rich, and some more of it</a>";
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [&[0xff, 0xfe], wide.as_slice()].concat();
        let utf8 = ["\u{feff}", text].concat().into_bytes();
        for bytes in [text.as_bytes(), &wide, &marked, &utf8] {
            assert_eq!(
                read(bytes).unwrap().text,
                "Z\u{fc}rich, and some more of it"
            );
        }
    }

    #[test]
    fn a_hostile_document_is_one_refusal() {
        let bomb = "<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;'>]><a>&y;</a>";
        assert!(refused(bomb).contains("type definition"));
        assert!(refused("<a>&y;</a>").contains("entity"));
        assert!(refused("<a b='&y;'/>").contains("attribute"));
        assert!(refused(&"<a>".repeat(100_000)).contains("deep"));
        assert!(refused("<a><b/>").contains("ends in the middle"));
        assert!(refused("<a></b>").contains("no whole XML"));
        assert!(refused("<a/><b/>").contains("second root"));
        assert!(refused("").contains("no element"));
        let many = format!("<a>{}</a>", "<b/>".repeat(MOST));
        assert!(refused(&many).contains("more than"));
        let large = format!("<a>{}</a>", " ".repeat(LARGEST));
        assert!(refused(&large).contains("larger"));
    }
}
