//! One organization, written down in many ways: every shape must give the same facts and the same commands.
//!
//! A shape is a function over the sample's grids and a way to write them. What is compared is the content of every
//! packet, without places; shapes that write names in capitals are compared without regard to them.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use restore_packets::data;
use restore_packets::finding::Severity;
use restore_packets::workbook::{self, Sheet};

use crate::grid::{self, Cell, Grid};
use crate::pipeline;

/// What the sample gives as `new` writes it.
static EXPECTED: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let contents = contents(&sheets("sample.xlsx", &grid::xlsx(&grid::sample())));
    assert!(
        contents.len() > 30
            && contents
                .values()
                .any(|text| text.contains("import-csuserdata"))
    );
    contents
});

fn sheets(name: &str, bytes: &[u8]) -> Vec<Sheet> {
    workbook::read(&Arc::from(name), bytes).sheets
}

/// The packets' contents, in the form all shapes share.
fn contents(sheets: &[Sheet]) -> BTreeMap<String, String> {
    let run = pipeline::run(sheets);
    let mut errors = run
        .findings
        .iter()
        .filter(|it| it.severity == Severity::Error);
    assert_eq!(errors.next(), None);
    let mut contents = run.contents;
    for text in contents.values_mut() {
        *text = comparable(text);
    }
    contents
}

/// Without the addresses that messages name, the facts of columns nobody knows, and the dot behind a name.
fn comparable(content: &str) -> String {
    let lines = content
        .lines()
        .filter(|line| !line.contains("Colour of the week"));
    let lines = lines.map(|line| {
        let line = without_places(line).to_lowercase();
        line.replace("contoso.com.", "contoso.com")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A gap names the cell that would fill it: `(pools.xlsx, sheet Pools, cell E3)`.
fn without_places(line: &str) -> String {
    let mut kept = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once(" (") {
        let inside = after.split_once(')');
        let is_place = |text: &str| text.starts_with("sample") && text.contains(", ");
        kept.push_str(before);
        if let Some((_, behind)) = inside.filter(|(text, _)| is_place(text)) {
            rest = behind;
        } else {
            kept.push_str(" (");
            rest = after;
        }
    }
    kept.push_str(rest);
    kept
}

#[track_caller]
fn assert_same(shape: &str, sheets: &[Sheet]) {
    let found = contents(sheets);
    let names = |contents: &BTreeMap<String, String>| contents.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&found), names(&EXPECTED), "{shape}");
    for (name, expected) in &*EXPECTED {
        let differing = expected
            .lines()
            .zip(found[name].lines())
            .find(|(a, b)| a != b);
        assert_eq!(differing, None, "{shape}: {name}");
        assert_eq!(
            expected.lines().count(),
            found[name].lines().count(),
            "{shape}: {name}"
        );
    }
}

/// What a shape does to each grid.
type Change = fn(&mut Grid);

const CHANGES: [(&str, Change); 10] = [
    ("as it is", |_| {}),
    ("shifted down and to the right", |grid| {
        for row in &mut grid.rows {
            row.splice(0..0, [Cell::text(""), Cell::text("")]);
        }
        grid.rows.splice(0..0, [vec![], vec![], vec![]]);
    }),
    ("below titles and notes", |grid| {
        let title = format!("{} of Contoso", grid.name);
        let width = u16::try_from(grid.rows[0].len()).expect("few columns") - 1;
        grid.rows.splice(
            0..0,
            [
                vec![Cell::text(&title)],
                vec![Cell::text("Status"), Cell::text("checked")],
                vec![],
            ],
        );
        grid.merged.push((0, 0, width.max(1)));
    }),
    ("with the columns in another order", |grid| {
        grid.rows.iter_mut().for_each(|row| row.reverse());
    }),
    ("with columns nobody knows", |grid| {
        for (number, row) in grid.rows.iter_mut().enumerate() {
            let text = if number == 0 {
                "Colour of the week"
            } else {
                "blue"
            };
            row.insert(1, Cell::text(text));
        }
    }),
    ("with names in capitals and a dot behind them", |grid| {
        let headings = grid.rows[0].clone();
        for row in grid.rows.iter_mut().skip(1) {
            for (cell, heading) in row.iter_mut().zip(&headings) {
                if heading.shown().contains("FQDN") {
                    cell.map(|text| match text {
                        "" => String::new(),
                        text => format!("{}.", text.to_uppercase().trim_end_matches('.')),
                    });
                }
            }
        }
    }),
    ("with blanks that are none", |grid| {
        for cell in grid.rows.iter_mut().flatten() {
            cell.map(|text| match text {
                "" => String::new(),
                text => format!("\u{200b}\u{a0}{}\u{a0} ", text.replace(' ', "\u{a0}")),
            });
        }
    }),
    ("with headings of two lines in a cell", |grid| {
        for cell in &mut grid.rows[0] {
            cell.map(|text| format!("{}:", text.replacen(' ', "\n", 1).to_uppercase()));
        }
    }),
    ("with headings in two rows", |grid| {
        let split = |cell: &Cell| {
            let text = cell.shown();
            let (over, under) = text
                .rsplit_once(' ')
                .map_or(("", text.as_str()), |parts| parts);
            (Cell::text(over), Cell::text(under))
        };
        let (over, under): (Vec<Cell>, Vec<Cell>) = grid.rows[0].iter().map(split).unzip();
        if over.iter().any(|cell| !cell.shown().is_empty()) {
            grid.rows.splice(0..1, [over, under]);
        }
    }),
    ("with the headings repeated below every fifth row", |grid| {
        let headings = grid.rows[0].clone();
        let data = grid.rows.split_off(1);
        for rows in data.chunks(5) {
            grid.rows.extend(rows.iter().cloned());
            grid.rows.push(vec![]);
            grid.rows.push(headings.clone());
        }
        grid.rows.pop();
    }),
];

fn changed(change: Change) -> Vec<Grid> {
    let mut grids = grid::sample();
    grids.iter_mut().for_each(change);
    grids
}

#[test]
fn every_shape_gives_the_same_packets_from_every_format() {
    for (shape, change) in CHANGES {
        let grids = changed(change);
        assert_same(
            &format!("{shape}, .xlsx"),
            &sheets("sample.xlsx", &grid::xlsx(&grids)),
        );
        // A merged title is one text in the others.
        assert_same(
            &format!("{shape}, .ods"),
            &sheets("sample.ods", &grid::ods(&grids)),
        );
        let texts = grids.iter().map(|grid| grid::csv(grid, ','));
        let read: Vec<Sheet> = texts
            .zip(0..)
            .flat_map(|(text, n)| sheets(&format!("sample{n}.csv"), text.as_bytes()))
            .collect();
        assert_same(&format!("{shape}, .csv"), &read);
    }
}

#[test]
fn noise_around_the_worksheets_changes_nothing() {
    let mut grids = grid::sample();
    let noise = |name: &str, rows: &[&[&str]]| Grid {
        name: name.to_owned(),
        kind: None,
        rows: rows
            .iter()
            .map(|row| row.iter().map(|text| Cell::text(text)).collect())
            .collect(),
        merged: Vec::new(),
    };
    grids.insert(
        0,
        noise("Read me", &[&["These are our worksheets."], &["Ask Ann."]]),
    );
    grids.insert(3, noise("Budget", &[&["Item", "Price"], &["Disks", "400"]]));
    grids.push(noise("Empty", &[&["", " "]]));
    assert_same("noise", &sheets("sample.xlsx", &grid::xlsx(&grids)));
}

#[test]
fn dates_count_from_1904_too() {
    assert_same(
        "1904",
        &sheets("sample.xlsx", &grid::xlsx_1904(&grid::sample())),
    );
}

#[test]
fn tables_below_each_other_on_one_sheet_are_all_read() {
    let mut all = Grid {
        name: "Everything".to_owned(),
        kind: None,
        rows: Vec::new(),
        merged: Vec::new(),
    };
    for grid in grid::sample() {
        all.rows.push(vec![Cell::text(&grid.name)]);
        all.rows.extend(grid.rows);
        all.rows.push(vec![]);
    }
    let read = sheets("sample.xlsx", &grid::xlsx(std::slice::from_ref(&all)));
    assert_same("one sheet", &read);
    assert_same(
        "one text",
        &sheets("sample.csv", grid::csv(&all, ';').as_bytes()),
    );
}

/// Kind, heading, language, texts.
type Translations = BTreeMap<String, BTreeMap<String, BTreeMap<String, Vec<String>>>>;

#[test]
fn headings_may_be_in_any_of_the_languages() {
    let translations: Translations =
        data::parse(&restore_packets::template::builtin()["column-names.toml"]).expect("it parses");
    for language in ["de", "fr", "ja", "es", "pt", "ru", "zh"] {
        for translator in 0..2 {
            let mut grids = grid::sample();
            for grid in &mut grids {
                let Some(of_kind) = grid.kind.and_then(|kind| translations.get(&kind.id)) else {
                    continue;
                };
                for cell in &mut grid.rows[0] {
                    cell.map(|heading| {
                        let texts = of_kind.get(heading).and_then(|texts| texts.get(language));
                        let text = texts.and_then(|texts| texts.get(translator).or(texts.last()));
                        text.cloned().unwrap_or_else(|| heading.to_owned())
                    });
                }
            }
            let shape = format!("{language}, translator {translator}");
            assert_same(&shape, &sheets("sample.xlsx", &grid::xlsx(&grids)));
        }
    }
}

/// A text's bytes in an encoding.
fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    match encoding {
        "UTF-8" => text.as_bytes().to_vec(),
        "UTF-8 with its mark" => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        "UTF-16LE" => [b"\xFF\xFE".to_vec(), wide(u16::to_le_bytes)].concat(),
        "UTF-16BE" => [b"\xFE\xFF".to_vec(), wide(u16::to_be_bytes)].concat(),
        "UTF-16LE without its mark" => wide(u16::to_le_bytes),
        "Windows-1252" => {
            let (bytes, _, has_holes) = encoding_rs::WINDOWS_1252.encode(text);
            assert!(!has_holes);
            bytes.into_owned()
        }
        other => panic!("no encoding {other}"),
    }
}

#[test]
fn text_files_are_read_in_every_encoding_with_every_separator() {
    let encodings = [
        "UTF-8",
        "UTF-8 with its mark",
        "UTF-16LE",
        "UTF-16BE",
        "UTF-16LE without its mark",
        "Windows-1252",
    ];
    let expected = texts(encodings[0], ',', false);
    assert_same("text", &expected);
    for encoding in encodings {
        for separator in [',', ';', '\t'] {
            for is_announced in [false, true] {
                let found = texts(encoding, separator, is_announced);
                for (found, expected) in found.iter().zip(&expected) {
                    let shape = format!("{encoding}, {separator:?}, sep={is_announced}");
                    // The line that announces the separator is no row of the table.
                    assert_eq!(found.rows, expected.rows, "{shape}");
                }
            }
        }
    }
}

/// The sample as text files below a title, read.
fn texts(encoding: &str, separator: char, is_announced: bool) -> Vec<Sheet> {
    let mut read = Vec::new();
    for (number, grid) in grid::sample().iter().enumerate() {
        let first = if is_announced {
            format!("sep={separator}\r\n")
        } else {
            String::new()
        };
        let text = format!("{first}Grüße aus Zürich\r\n{}", grid::csv(grid, separator));
        let name = format!("sample{number}.csv");
        let file = workbook::read(&Arc::from(name), &encoded(&text, encoding));
        let mut errors = file
            .findings
            .iter()
            .filter(|it| it.severity == Severity::Error);
        assert_eq!(errors.next(), None, "{encoding}");
        read.extend(file.sheets);
    }
    read
}

#[test]
fn dates_may_be_written_in_words_of_every_language() {
    let written: [fn(&jiff::civil::Date) -> String; 5] = [
        |date| date.strftime("%-d %B %Y").to_string(),
        |date| date.strftime("%B %-d, %Y").to_string(),
        |date| date.strftime("%d.%m.%Y").to_string(),
        |date| date.strftime("%Y年%-m月%-d日").to_string(),
        |date| {
            let months = [
                "enero",
                "febrero",
                "marzo",
                "abril",
                "mayo",
                "junio",
                "julio",
                "agosto",
                "septiembre",
                "octubre",
                "noviembre",
                "diciembre",
            ];
            let month = months[usize::try_from(date.month() - 1).expect("a month")];
            format!("{} de {month} de {}", date.day(), date.year())
        },
    ];
    for write in written {
        let mut grids = grid::sample();
        let mut shown = BTreeMap::new();
        for cell in grids.iter_mut().flat_map(|grid| &mut grid.rows).flatten() {
            if let Cell::Date(text) = cell {
                let written = write(&text.parse().expect("a date"));
                shown.insert(written.to_lowercase(), text.clone());
                *cell = Cell::Text(written);
            }
        }
        let found = contents(&sheets("sample.xlsx", &grid::xlsx(&grids)));
        for (name, expected) in &*EXPECTED {
            // A fact shows its cell as it was written; the commands and findings show the date.
            let mut text = found[name].clone();
            let longest_first = shown.iter().rev().collect::<Vec<_>>();
            for (written, iso) in longest_first {
                text = text.replace(written, iso);
            }
            assert_eq!(&text, expected, "{name}");
        }
    }
}
