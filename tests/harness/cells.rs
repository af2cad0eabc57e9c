//! What stands in a table's cell: text as it is, and a small notation for everything else.

/// A cell of a worksheet.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Blank,
    /// Text, which no spreadsheet program has had a chance to interpret.
    Text(String),
    /// `(number 4.5)`
    Number(f64),
    /// `(date 2014-05-31)`
    Date(String),
    /// `(true)`, `(false)`
    Bool(bool),
    /// `(error #REF!)`
    Error(String),
    /// `(formula A1+1)`: never calculated, so without a value
    Formula(String),
    /// `(today 2014-05-31)`: the formula `TODAY()`, and the day on which it was calculated
    Today(String),
    /// `(shown 12 "Rack "000)`: a number with a format of its own
    Shown(f64, String),
    /// `(struck D:\Old; D:\New)`: text of which the first part is struck out; `(struck D:\Old)` all of it
    Struck(String, String),
    /// `(blank)`: in a change, empties the cell; elsewhere the same as nothing
    Emptied,
}

/// The cells of a table row. `\|` is a bar, `<br>` a line break.
///
/// # Errors
/// Quotes the notation that is not understood.
pub(crate) fn row(line: &str) -> Result<Vec<Cell>, String> {
    let line = line.trim().trim_start_matches('|');
    let line = line
        .strip_suffix('|')
        .unwrap_or(line)
        .replace(r"\|", "\u{0}");
    line.split('|')
        .map(|text| cell(&text.trim().replace('\u{0}', "|").replace("<br>", "\n")))
        .collect()
}

fn cell(text: &str) -> Result<Cell, String> {
    if text.is_empty() {
        return Ok(Cell::Blank);
    }
    // Backticks keep what would be read as notation or lost at the edges.
    if let Some(literal) = text.strip_prefix('`').and_then(|it| it.strip_suffix('`')) {
        return Ok(Cell::Text(unescape(literal)));
    }
    let Some(inside) = text.strip_prefix('(').and_then(|it| it.strip_suffix(')')) else {
        return Ok(Cell::Text(text.to_owned()));
    };
    let (word, rest) = inside.split_once(' ').unwrap_or((inside, ""));
    Ok(match (word, rest) {
        ("blank", "") => Cell::Emptied,
        ("true", "") => Cell::Bool(true),
        ("false", "") => Cell::Bool(false),
        ("number", number) => Cell::Number(
            number
                .parse()
                .map_err(|_| format!("{number} is no number"))?,
        ),
        ("date", date) => Cell::Date(date.to_owned()),
        ("error", error) => Cell::Error(error.to_owned()),
        ("formula", formula) => Cell::Formula(formula.to_owned()),
        ("today", date) => Cell::Today(date.to_owned()),
        ("shown", rest) => {
            let parts = rest.split_once(' ');
            let (number, format) = parts.ok_or("`shown` wants a number and a format")?;
            let number = number.parse();
            Cell::Shown(
                number.map_err(|_| format!("{rest} is no number"))?,
                format.to_owned(),
            )
        }
        ("struck", rest) => match rest.split_once("; ") {
            Some((old, new)) => Cell::Struck(format!("{old} "), new.to_owned()),
            None => Cell::Struck(rest.to_owned(), String::new()),
        },
        _ => {
            return Err(format!(
                "`{text}` is no cell notation; put text in backticks"
            ));
        }
    })
}

/// `{U+200B}` in a literal is that character.
fn unescape(text: &str) -> String {
    let mut parts = text.split("{U+");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let found = part.split_once('}').and_then(|(code, rest)| {
            let code = u32::from_str_radix(code, 16).ok()?;
            Some((char::from_u32(code)?, rest))
        });
        match found {
            Some((symbol, rest)) => {
                plain.push(symbol);
                plain.push_str(rest);
            }
            None => plain.extend(["{U+", part]),
        }
    }
    plain
}

#[test]
fn a_row_reads_as_written() {
    let text = |text: &str| Cell::Text(text.to_owned());
    let cells = row(r"| fe01 | a\|b<br>c | | (number 4) | `(blank)` | (blank) | `x{U+2019}` |");
    let expected = vec![
        text("fe01"),
        text("a|b\nc"),
        Cell::Blank,
        Cell::Number(4.0),
        text("(blank)"),
        Cell::Emptied,
        text("x\u{2019}"),
    ];
    assert_eq!(cells, Ok(expected));
    assert!(row("| (numbr 4) |").is_err());
}
