//! What office programs open in a workbook and its library does not, put right before the library sees it: parts in
//! UTF-16, values in CDATA sections, sheets of macros among sheets of cells, sheets without the id of their part.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::archive::Archive;
use super::super::xml::{self, BytesStart, Event};
use super::parts::{self, Relation};

/// The kinds of sheet the library knows, as relations name them.
const KNOWN_SHEETS: [&str; 3] = ["worksheet", "chartsheet", "dialogsheet"];

/// The workbook with everything put right; `None` if there was nothing to do.
pub(super) fn mend(archive: &mut Archive<'_>) -> Option<Vec<u8>> {
    let mut mended = BTreeMap::new();
    for name in archive.names() {
        // Names come in lower case.
        let ending = name.rsplit('.').next();
        if matches!(ending, Some("xml" | "rels")) {
            let text = archive.part(&name).and_then(|bytes| part(&bytes));
            mended.extend(text.map(|text| (name, text)));
        }
    }
    let workbook = parts::workbook(archive)?.to_lowercase();
    let relations = parts::relations(archive, &workbook).unwrap_or_default();
    let text = match mended.get(&workbook) {
        Some(text) => text.clone(),
        None => xml::decode(&archive.part(&workbook)?).into_owned(),
    };
    let text = sheets(&text, &relations);
    mended.extend(text.map(|text| (workbook, text)));
    (!mended.is_empty())
        .then(|| archive.with(&mended))
        .flatten()
}

/// A part as UTF-8 without CDATA sections, if it is anything else.
fn part(bytes: &[u8]) -> Option<String> {
    let is_wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let has_sections = bytes.windows(CDATA.len()).any(|it| it == CDATA.as_bytes());
    if !is_wide && !has_sections {
        return None;
    }
    let text = xml::decode(bytes);
    // What the declaration says of the encoding is no longer true.
    let text = match text
        .strip_prefix("<?xml")
        .and_then(|it| it.split_once("?>"))
    {
        Some((_, rest)) if is_wide => rest,
        _ => &text,
    };
    Some(without_sections(text))
}

const CDATA: &str = "<![CDATA[";

fn without_sections(text: &str) -> String {
    let mut pieces = text.split(CDATA);
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (section, rest) = piece.split_once("]]>").unwrap_or((piece, ""));
        plain.push_str(&xml::escape(section));
        plain.push_str(rest);
    }
    plain
}

/// The workbook's part without the sheets its library does not know, and with every sheet's id; `None` if it was so.
fn sheets(text: &str, relations: &[Relation]) -> Option<String> {
    let sheets = entries(text);
    let target = |entry: &Entry| relations.iter().find(|it| it[0] == entry.id);
    let kind = |relation: &Relation| relation[1].rsplit('/').next().unwrap_or("").to_owned();
    let is_known = |relation: &Relation| KNOWN_SHEETS.contains(&kind(relation).as_str());
    if sheets.iter().all(|it| target(it).is_some_and(is_known)) {
        return None;
    }
    // Sheets that name no part get those that no sheet names, in order, if there are as many.
    let free = relations
        .iter()
        .filter(|it| kind(it) == KNOWN_SHEETS[0] && sheets.iter().all(|sheet| sheet.id != it[0]));
    let mut free: Vec<&Relation> = free.collect();
    let lost = sheets.iter().filter(|it| target(it).is_none()).count();
    if lost != free.len() {
        free.clear();
    }
    let mut free = free.into_iter();
    let mut new = String::new();
    let mut copied = 0;
    for sheet in &sheets {
        new.push_str(&text[copied..sheet.span.start]);
        copied = sheet.span.end;
        match target(sheet) {
            Some(relation) if is_known(relation) => new.push_str(&text[sheet.span.clone()]),
            Some(_) => {}
            None => {
                let id = free.next().map(|it| sheet.with_id(&it[0]));
                new.push_str(&id.unwrap_or_default());
            }
        }
    }
    new.push_str(&text[copied..]);
    Some(new)
}

/// A sheet as the workbook's part lists it.
struct Entry {
    /// Where it stands in the text.
    span: Range<usize>,
    /// The id of its part; empty where it names none.
    id: String,
    name: String,
    /// The other attributes, as they are written.
    others: String,
}

impl Entry {
    fn of(start: &BytesStart<'_>, span: Range<usize>) -> Self {
        let mut attributes = start.attributes();
        let others = attributes.with_checks(false).flatten().filter_map(|it| {
            let is_id = it.key.local_name().as_ref() == "id";
            let name = it.key.as_ref();
            let value = xml::attribute(start, name).unwrap_or_default();
            (!is_id).then(|| format!(" {name}=\"{}\"", xml::escape(&value)))
        });
        Self {
            span,
            id: xml::local_attribute(start, "id").unwrap_or_default(),
            name: start.name().as_ref().to_owned(),
            others: others.collect(),
        }
    }

    fn with_id(&self, id: &str) -> String {
        format!(
            "<{}{} r:id=\"{}\"/>",
            self.name,
            self.others,
            xml::escape(id)
        )
    }
}

/// The list of sheets.
fn entries(text: &str) -> Vec<Entry> {
    let mut reader = xml::Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut found: Vec<Entry> = Vec::new();
    let mut is_open = false;
    loop {
        let begin = position(&reader);
        match reader.read_event() {
            Ok(Event::Empty(it)) if it.local_name().as_ref() == "sheet" => {
                found.push(Entry::of(&it, begin..position(&reader)));
            }
            Ok(Event::Start(it)) if it.local_name().as_ref() == "sheet" => {
                found.push(Entry::of(&it, begin..position(&reader)));
                is_open = true;
            }
            Ok(Event::End(it)) if is_open && it.local_name().as_ref() == "sheet" => {
                is_open = false;
                if let Some(entry) = found.last_mut() {
                    entry.span.end = position(&reader);
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

fn position(reader: &xml::Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(id: &str, kind: &str) -> Relation {
        [
            id.to_owned(),
            format!("http://x/{kind}"),
            format!("xl/{id}.xml"),
        ]
    }

    #[test]
    fn sheets_of_macros_go_and_lost_ids_are_found() {
        let known = [relation("r1", "worksheet"), relation("r2", "xlMacrosheet")];
        let text =
            r#"<sheets><sheet name="A" r:id="r1"/><sheet name="M" r:id="r2"></sheet></sheets>"#;
        let mended = sheets(text, &known);
        assert_eq!(
            mended.as_deref(),
            Some(r#"<sheets><sheet name="A" r:id="r1"/></sheets>"#)
        );
        let text = r#"<sheets><sheet name="A&amp;B" sheetId="1"/></sheets>"#;
        let mended = sheets(text, &known[..1]);
        let expected = r#"<sheets><sheet name="A&amp;B" sheetId="1" r:id="r1"/></sheets>"#;
        assert_eq!(mended.as_deref(), Some(expected));
        assert_eq!(sheets(expected, &known[..1]), None);
    }

    #[test]
    fn parts_become_utf_8_without_sections() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><v>ü</v>";
        let wide: Vec<u8> = "\u{feff}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(part(&wide).as_deref(), Some("<v>ü</v>"));
        let mended = part(b"<v><![CDATA[a < b & c]]></v><v/>");
        assert_eq!(mended.as_deref(), Some("<v>a &lt; b &amp; c</v><v/>"));
        assert_eq!(part(b"<v>1</v>"), None);
    }
}
