//! Texts without the places they name, so that content can be compared whatever file and cell it stands in.

/// The text with every place in one of these files replaced by `…`.
///
/// Places read as [`Place`](crate::finding::Place) writes them: `pools.xlsx, sheet Pools, cell D3` or
/// `pools.xlsx:Pools!D3`.
pub fn without_places(text: &str, files: &[&str]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = first_file(rest, files) {
        kept.push_str(before);
        kept.push('…');
        rest = behind_address(after);
    }
    kept.push_str(rest);
    kept
}

/// What stands before and after the first file named; the longest name where several begin there.
fn first_file<'t>(text: &'t str, files: &[&str]) -> Option<(&'t str, &'t str)> {
    let found = files
        .iter()
        .filter(|file| !file.is_empty())
        .filter_map(|file| Some((text.find(file)?, file.len())));
    let (start, length) =
        found.min_by_key(|(start, length)| (*start, std::cmp::Reverse(*length)))?;
    Some((&text[..start], &text[start + length..]))
}

/// What stands behind the sheet and the cell that follow a file's name.
fn behind_address(text: &str) -> &str {
    if let Some(short) = text.strip_prefix(':')
        && let Some((_, after)) = short.split_once('!')
    {
        return behind_word(after);
    }
    let Some(named) = text.strip_prefix(", sheet ") else {
        return behind_cell(text).unwrap_or(text);
    };
    let starts = named.match_indices(", ").map(|(start, _)| start);
    let cell = starts
        .into_iter()
        .find_map(|start| behind_cell(&named[start..]));
    let sheet_end = named.find([')', ';', ',']).unwrap_or(named.len());
    cell.unwrap_or(&named[sheet_end..])
}

/// What follows `, cell D3` or `, row 3`.
fn behind_cell(text: &str) -> Option<&str> {
    let address = text
        .strip_prefix(", cell ")
        .or_else(|| text.strip_prefix(", row "))?;
    Some(behind_word(address))
}

fn behind_word(text: &str) -> &str {
    text.trim_start_matches(|symbol: char| symbol.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;

    #[test]
    fn places_go_and_the_rest_stays() {
        let files = ["a.xlsx", "site/a.xlsx", "notes, old.csv"];
        let cell = Place::file("site/a.xlsx").sheet("My, sheet").cell(2, 3);
        let row = Place::file("notes, old.csv").row(4);
        let cases = [
            (format!("here and `x` in {cell}"), "here and `x` in …"),
            (format!("fill in ({cell}); then"), "fill in (…); then"),
            (format!("rows fit ({row} and {cell})"), "rows fit (… and …)"),
            (format!("see {}, now", cell.short()), "see …, now"),
            ("the file a.xlsx".to_owned(), "the file …"),
            ("nothing here".to_owned(), "nothing here"),
        ];
        for (text, expected) in cases {
            assert_eq!(without_places(&text, &files), expected, "{text}");
        }
    }
}
