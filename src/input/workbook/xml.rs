//! The XML of zipped workbooks, for what their library does not tell. The only place that knows quick-xml.

use std::borrow::Cow;

pub(super) use quick_xml::Reader;
pub(super) use quick_xml::events::{BytesRef, BytesStart, Event};

/// A part's bytes as text: UTF-16 with its mark, otherwise UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let (encoding, marks) =
        encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    encoding.decode_without_bom_handling(&bytes[marks..]).0
}

/// A reader that takes what spreadsheet programs write; an empty element has a start and an end like others.
pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    config.expand_empty_elements = true;
    reader
}

/// An attribute's value by its full name.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    find(start, |key, _| key == name)
}

/// An attribute's value by its name without prefix.
pub(super) fn local_attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    find(start, |_, local| local == name)
}

fn find(start: &BytesStart<'_>, wanted: impl Fn(&str, &str) -> bool) -> Option<String> {
    let mut attributes = start.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| wanted(attribute.key.as_ref(), attribute.key.local_name().as_ref()))?;
    let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0);
    value.ok().map(Cow::into_owned)
}

/// The attributes of an element, each with its name without prefix; `None` for one that cannot be read. Declarations of
/// namespaces are none.
pub(super) fn attributes<'s>(
    start: &'s BytesStart<'_>,
) -> impl Iterator<Item = Option<(String, String)>> + use<'s> {
    let is_own = |key: &str| key != "xmlns" && !key.starts_with("xmlns:");
    let read = move |attribute: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
        let attribute = attribute.ok()?;
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
        let name = attribute.key.local_name().as_ref().to_owned();
        Some((
            attribute.key.as_ref().to_owned(),
            name,
            value.ok()?.into_owned(),
        ))
    };
    let found = start.attributes().map(read);
    let found = found.filter(move |it| it.as_ref().is_none_or(|(key, ..)| is_own(key)));
    found.map(|it| it.map(|(_, name, value)| (name, value)))
}

/// A text as it stands in an element or an attribute.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    quick_xml::escape::escape(text)
}

/// The text an entity such as `&amp;` or `&#160;` stands for; nothing for unknown ones.
pub(super) fn entity(reference: &BytesRef<'_>) -> String {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => character.to_string(),
        _ => quick_xml::escape::resolve_predefined_entity(reference.as_ref())
            .unwrap_or_default()
            .to_owned(),
    }
}
