//! Slips of the hand: each spoils one cell, row or file of the clean estate in one way.

use crate::estate::Table;
use crate::files::{File, Format, line, quoted, within_quotes};

/// The ways to slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    DropSeparator,
    AddSeparator,
    CommaInText,
    LoseClosingMark,
    LoseOpeningMark,
    SwapNeighbour,
    ShiftLeft,
    ShiftRight,
    DuplicateRow,
    DuplicateRowChanged,
    DuplicateFile,
    DuplicateFileChanged,
    Dash,
    NotApplicable,
    ToBeDone,
    Ditto,
    Sentence,
    TwoValues,
    OtherValue,
    OtherCase,
    LookAlike,
}

impl Kind {
    pub const ALL: [Self; 21] = [
        Self::DropSeparator,
        Self::AddSeparator,
        Self::CommaInText,
        Self::LoseClosingMark,
        Self::LoseOpeningMark,
        Self::SwapNeighbour,
        Self::ShiftLeft,
        Self::ShiftRight,
        Self::DuplicateRow,
        Self::DuplicateRowChanged,
        Self::DuplicateFile,
        Self::DuplicateFileChanged,
        Self::Dash,
        Self::NotApplicable,
        Self::ToBeDone,
        Self::Ditto,
        Self::Sentence,
        Self::TwoValues,
        Self::OtherValue,
        Self::OtherCase,
        Self::LookAlike,
    ];

    /// Slips that only separated text knows.
    fn needs_csv(self) -> bool {
        matches!(
            self,
            Self::DropSeparator
                | Self::AddSeparator
                | Self::CommaInText
                | Self::LoseClosingMark
                | Self::LoseOpeningMark
        )
    }
}

/// One slip.
#[derive(Clone, Copy, Debug)]
pub struct Slip {
    pub kind: Kind,
    pub format: Format,
    /// Which sheet.
    pub table: usize,
    /// Which row; the headings are row 0.
    pub row: usize,
    pub column: usize,
}

/// What a slip makes of the worksheets.
pub struct Made {
    pub file: File,
    /// The file joins the clean one; otherwise it stands in its place.
    pub joins: bool,
    /// The rows a finding may stand at; `None` for anywhere in the file.
    pub rows: Option<Vec<usize>>,
    /// The meaning is the same, so nothing may change but what is printed for the cell.
    pub harmless: bool,
}

/// Every slip of an estate, those included that turn out to change nothing.
pub fn all(tables: &[Table]) -> Vec<Slip> {
    let mut slips = Vec::new();
    for (table, sheet) in tables.iter().enumerate() {
        for row in 1..sheet.rows.len() {
            for column in 0..sheet.rows[0].len() {
                for kind in Kind::ALL {
                    for format in [Format::Csv, Format::Xlsx] {
                        let wanted = match kind {
                            Kind::DuplicateFile => row == 1 && column == 0,
                            Kind::DuplicateRow => column == 0,
                            kind => format == Format::Csv || !kind.needs_csv(),
                        };
                        if wanted {
                            slips.push(Slip {
                                kind,
                                format,
                                table,
                                row,
                                column,
                            });
                        }
                    }
                }
            }
        }
    }
    slips
}

const SENTENCES: [&str; 5] = [
    "see the notes of the backup team",
    "ask Bob before you touch this",
    "still to be moved next week",
    "is kept offsite by the vendor",
    "same as last year I think",
];

const DITTO: [&str; 4] = ["\"", "''", "dto.", "〃"];

/// Latin letters and their doubles in the Cyrillic alphabet.
const DOUBLES: [(char, char); 10] = [
    ('a', 'а'),
    ('e', 'е'),
    ('o', 'о'),
    ('c', 'с'),
    ('p', 'р'),
    ('A', 'А'),
    ('E', 'Е'),
    ('O', 'О'),
    ('C', 'С'),
    ('B', 'В'),
];

impl Slip {
    /// The worksheets with the slip in them; `None` where it changes nothing.
    pub fn make(&self, tables: &[Table]) -> Option<Made> {
        let clean = &tables[self.table];
        let cells = &clean.rows[self.row];
        let file = |table: &Table| File::of(table, self.format);
        let own = Some(vec![self.row]);
        let made = |file: File, rows| Made {
            file,
            joins: false,
            rows,
            harmless: false,
        };
        Some(match self.kind {
            kind if kind.needs_csv() => {
                let rows = (kind != Kind::LoseClosingMark).then(|| vec![self.row]);
                let line = self.by_hand(cells)?;
                made(File::with_line(clean, self.row, &line), rows)
            }
            Kind::DuplicateRow | Kind::DuplicateRowChanged => {
                let mut copy = cells.clone();
                if self.kind == Kind::DuplicateRowChanged {
                    copy[self.column] = self.other_value(clean)?;
                }
                let mut table = clean.clone();
                table.rows.insert(self.row + 1, copy);
                made(file(&table), Some(vec![self.row, self.row + 1]))
            }
            Kind::DuplicateFile | Kind::DuplicateFileChanged => {
                let mut table = clean.clone();
                if self.kind == Kind::DuplicateFileChanged {
                    table.rows[self.row][self.column] = self.other_value(clean)?;
                }
                Made {
                    joins: true,
                    ..made(file(&table).copied(), None)
                }
            }
            _ => {
                let changed = self.changed(clean)?;
                let mut table = clean.clone();
                table.rows[self.row] = changed;
                Made {
                    harmless: self.is_harmless(cells),
                    ..made(file(&table), own)
                }
            }
        })
    }

    fn is_harmless(&self, cells: &[String]) -> bool {
        match self.kind {
            Kind::OtherCase => true,
            Kind::Dash | Kind::NotApplicable => cells[self.column].is_empty(),
            _ => false,
        }
    }

    /// The row as a line of CSV that no program would write.
    fn by_hand(&self, cells: &[String]) -> Option<String> {
        let written: Vec<String> = cells.iter().map(|it| quoted(it)).collect();
        let at = self.column;
        let with = |cell: String| {
            let mut written = written.clone();
            written[at] = cell;
            Some(line(written.into_iter()))
        };
        match self.kind {
            Kind::DropSeparator => {
                let (before, after) = (written.get(at)?, written.get(at + 1)?);
                let mut joined = written.clone();
                joined.splice(at..at + 2, [format!("{before}{after}")]);
                Some(line(joined.into_iter()))
            }
            Kind::AddSeparator => with(format!(",{}", written[at])),
            Kind::CommaInText => {
                let (before, after) = cells[at].split_once(' ')?;
                with(format!("{before}, {after}"))
            }
            Kind::LoseClosingMark if !cells[at].is_empty() => {
                let marked = within_quotes(&cells[at]);
                with(marked[..marked.len() - 1].to_owned())
            }
            Kind::LoseOpeningMark if !cells[at].is_empty() => {
                with(within_quotes(&cells[at])[1..].to_owned())
            }
            _ => None,
        }
    }

    /// The row with its cells changed; `None` where nothing would.
    fn changed(&self, table: &Table) -> Option<Vec<String>> {
        let cells = &table.rows[self.row];
        let mut changed = cells.clone();
        let at = self.column;
        match self.kind {
            Kind::SwapNeighbour if at + 1 < cells.len() => changed.swap(at, at + 1),
            Kind::ShiftLeft => {
                changed.remove(at);
                changed.push(String::new());
            }
            Kind::ShiftRight => {
                changed.insert(at, String::new());
                if changed.last().is_some_and(String::is_empty) {
                    changed.pop();
                }
            }
            _ => changed[at] = self.text(table)?,
        }
        (changed != *cells).then_some(changed)
    }

    /// What stands in the cell instead.
    fn text(&self, table: &Table) -> Option<String> {
        let cell = &table.rows[self.row][self.column];
        let turn = self.row + self.column;
        match self.kind {
            Kind::Dash => Some("-".to_owned()),
            Kind::NotApplicable => Some("n/a".to_owned()),
            Kind::ToBeDone => Some("TBD".to_owned()),
            Kind::Ditto => Some(DITTO[turn % DITTO.len()].to_owned()),
            Kind::Sentence => Some(SENTENCES[turn % SENTENCES.len()].to_owned()),
            Kind::OtherValue => self.other_value(table),
            Kind::TwoValues if !cell.is_empty() => {
                let between = [" or ", " / "][turn % 2];
                Some(format!("{cell}{between}{}", self.other_value(table)?))
            }
            Kind::OtherCase => {
                let upper = cell.to_uppercase();
                Some(if upper == *cell {
                    cell.to_lowercase()
                } else {
                    upper
                })
            }
            Kind::LookAlike => {
                let (at, double) = cell.char_indices().find_map(|(at, letter)| {
                    let (_, double) = DOUBLES.iter().find(|(latin, _)| *latin == letter)?;
                    Some((at, *double))
                })?;
                Some(format!("{}{double}{}", &cell[..at], &cell[at + 1..]))
            }
            _ => None,
        }
    }

    /// Another value of the same column: the next one below, around the end.
    fn other_value(&self, table: &Table) -> Option<String> {
        let cell = &table.rows[self.row][self.column];
        let rows = (self.row + 1..table.rows.len()).chain(1..self.row);
        let mut values = rows.map(|row| &table.rows[row][self.column]);
        values
            .find(|value| !value.is_empty() && value.to_lowercase() != cell.to_lowercase())
            .cloned()
    }
}
