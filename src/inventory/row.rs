//! Reading one row of a recognised sheet, cell by cell, each value with its place.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::finding::{Code, Finding, Place, words};
use crate::workbook::RawValue;

use super::field::{Extra, Field};
use super::fqdn::Fqdn;
use super::names::{List, Name};
use super::parse::{self, Parsed, Problem};
use super::path::FilePath;
use super::recognise::Table;

/// A row being read; problems go to `findings` as they are met.
pub struct Row<'a> {
    table: &'a Table,
    number: u32,
    cells: &'a BTreeMap<u32, RawValue>,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Row<'a> {
    /// Reads every row of a table.
    pub fn each<T>(
        table: &'a Table,
        findings: &mut Vec<Finding>,
        mut read: impl FnMut(&mut Row<'_>) -> Option<T>,
    ) -> Vec<T> {
        let mut records = Vec::new();
        for (number, cells) in &table.rows {
            let mut row = Row {
                table,
                number: *number,
                cells,
                findings,
            };
            records.extend(read(&mut row));
        }
        records
    }

    /// The row as a place.
    pub fn place(&self) -> Place {
        self.table.place.clone().row(self.number)
    }

    /// Says something about the row.
    pub fn say(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// A cell that must be filled for the row to be used.
    pub fn key<T>(&mut self, field: &Field<T>) -> Option<()> {
        if field.value.is_some() {
            return Some(());
        }
        if field.is_blank() {
            let column = field.column;
            self.findings.push(
                Finding::new(
                    Code::MissingKey,
                    format!("`{column}` is blank, so the row cannot be used"),
                )
                .at(&field.place)
                .help(format!("fill in `{column}`, or delete the row")),
            );
        }
        None
    }

    /// Free text.
    pub fn text(&mut self, column: &'static str) -> Field<String> {
        self.read(column, |_, text| Ok(Some(text.to_owned())))
    }

    /// Text in which "n/a", "tbd" and the like count as blank.
    pub fn fact(&mut self, column: &'static str) -> Field<String> {
        self.read(column, |_, text| {
            Ok((!parse::says_nothing(text)).then(|| text.to_owned()))
        })
    }

    /// An FQDN.
    pub fn fqdn(&mut self, column: &'static str) -> Field<Fqdn> {
        let field = self.read(column, |_, text| {
            if parse::says_nothing(text) {
                Ok(None)
            } else {
                parse::fqdn(parse::bare(text))
            }
        });
        if let Some(problem) = field.value.as_ref().and_then(unusual) {
            self.report(problem, &field.place);
        }
        field
    }

    /// A date.
    pub fn date(&mut self, column: &'static str) -> Field<Date> {
        self.read(column, |value, text| {
            if parse::says_nothing(text) {
                Ok(None)
            } else {
                parse::date(value, parse::bare(text))
            }
        })
    }

    /// A number.
    pub fn number(&mut self, column: &'static str) -> Field<f64> {
        self.read(column, |value, text| {
            if parse::says_nothing(text) {
                Ok(None)
            } else {
                parse::number(value, parse::bare(text))
            }
        })
    }

    /// Yes or no.
    pub fn yes_no(&mut self, column: &'static str) -> Field<bool> {
        self.read(column, |_, text| {
            if parse::says_nothing(text) {
                Ok(None)
            } else {
                parse::yes_no(parse::bare(text))
            }
        })
    }

    /// A path.
    pub fn path(&mut self, column: &'static str) -> Field<FilePath> {
        let help = r"write `\\host\share\folder`, `D:\folder`, or `$Backup\folder`";
        self.path_that(column, help, |_| true)
    }

    /// The path of a share; a folder of some drive is another thing, which no other computer could open.
    pub fn share(&mut self, column: &'static str) -> Field<FilePath> {
        let help = r"write the share as `\\host\share`";
        self.path_that(column, help, FilePath::is_share)
    }

    /// A folder on a drive of the row's own computer.
    pub fn local(&mut self, column: &'static str) -> Field<FilePath> {
        let help = r"write the folder with its drive, for example `D:\LyncShare`";
        self.path_that(column, help, FilePath::is_local)
    }

    fn path_that(
        &mut self,
        column: &'static str,
        help: &str,
        fits: impl FnOnce(&FilePath) -> bool,
    ) -> Field<FilePath> {
        self.read(column, |_, text| {
            if parse::says_nothing(text) {
                return Ok(None);
            }
            let typed = words::excerpt(text);
            let message = match FilePath::parse(parse::bare(text)) {
                Ok(path) if fits(&path) => return Ok(Some(path)),
                Ok(_) => format!("`{typed}` is not what `{column}` asks for"),
                Err(why) => format!("`{typed}` is no path: {why}"),
            };
            Err(Problem::new(Code::BadPath, message, help))
        })
    }

    /// One or several names of a list.
    pub fn names(
        &mut self,
        column: &'static str,
        list: List,
        code: Code,
        what: &str,
    ) -> Field<Vec<Name>> {
        self.partly(column, |text| {
            if parse::says_nothing(text) {
                return (None, Vec::new());
            }
            let (names, wrong) = parse::several(list, code, what, parse::bare(text));
            ((!names.is_empty()).then_some(names), wrong)
        })
    }

    /// A cell of several parts, of which some may be read and others not.
    pub fn partly<T>(
        &mut self,
        column: &'static str,
        parser: impl FnOnce(&str) -> (Option<T>, Vec<Problem>),
    ) -> Field<T> {
        let mut problems = Vec::new();
        let field = self.read(column, |_, text| {
            let (value, wrong) = parser(text);
            problems = wrong;
            Ok(value)
        });
        for problem in problems {
            self.report(problem, &field.place);
        }
        field
    }

    /// Any cell, with its own parser; error cells and formulas without a result never reach it.
    pub fn read<T>(
        &mut self,
        column: &'static str,
        parser: impl FnOnce(&RawValue, &str) -> Parsed<T>,
    ) -> Field<T> {
        let Some(number) = self.table.columns.get(column).copied() else {
            return Field {
                column,
                text: String::new(),
                place: self.place(),
                value: None,
            };
        };
        let place = self.table.place.clone().cell(self.number, number);
        let (text, parsed) = match self.cells.get(&number) {
            None => (String::new(), Ok(None)),
            Some(value) => (parse::text_of(value), sound(value)),
        };
        if let Some(problem) = self
            .cells
            .get(&number)
            .and_then(|value| self.lost_text(column, value))
        {
            self.report(problem, &place);
        }
        let parsed = match (parsed, self.cells.get(&number)) {
            (Ok(Some(())), Some(value)) if !text.is_empty() => parser(value, &text),
            (Err(problem), _) => Err(problem),
            _ => Ok(None),
        };
        let value = parsed.unwrap_or_else(|problem| {
            self.report(problem, &place);
            None
        });
        Field {
            column,
            text,
            place,
            value,
        }
    }

    /// The cells under headings the tool does not know.
    pub fn extras(&self) -> Vec<Extra> {
        let cells = self.table.extras.iter().filter_map(|(number, heading)| {
            let text = parse::text_of(self.cells.get(number)?);
            (!text.is_empty()).then(|| Extra {
                heading: heading.clone(),
                text,
                place: self.table.place.clone().cell(self.number, *number),
            })
        });
        cells.collect()
    }

    /// A number or date in a column of texts: what the program made of the text may not be what was typed.
    fn lost_text(&self, column: &str, value: &RawValue) -> Option<Problem> {
        let what = match value {
            RawValue::Number(_) => "number",
            RawValue::Date(_) => "date",
            _ => return None,
        };
        let mut columns = self.table.kind.columns.iter();
        columns.find(|known| known.heading == column && known.text)?;
        Some(Problem::new(
            Code::NumberForText,
            format!(
                "the cell holds the {what} {}, not text; zeros and digits that were typed may be missing (`11.0` becomes 11)",
                parse::text_of(value)
            ),
            "format the cell as text and type the value again",
        ))
    }

    fn report(&mut self, problem: Problem, place: &Place) {
        self.findings.push(
            Finding::new(problem.code, problem.message)
                .at(place)
                .help_if(problem.help),
        );
    }
}

/// A name that DNS lets through but that is seldom meant.
fn unusual(name: &Fqdn) -> Option<Problem> {
    if name.has_underscore() {
        return Some(Problem::new(
            Code::UnusualFqdn,
            format!(
                "`{name}` holds an underscore, which some DNS servers and certificate authorities refuse"
            ),
            "check that the name is spelled as in DNS",
        ));
    }
    name.is_short().then(|| {
        Problem::new(
            Code::UnusualFqdn,
            format!("`{name}` is a short name, and matches only the same short name elsewhere"),
            "write the full name, for example `fe01.contoso.com`",
        )
    })
}

/// Error values and formulas whose result is not in the file are no values.
fn sound(value: &RawValue) -> Parsed<()> {
    match value {
        RawValue::Error(text) => Err(Problem::new(
            Code::ErrorCell,
            format!("the cell holds the error `{text}`"),
            "mend the formula, or type the value",
        )),
        RawValue::Uncached(formula) => Err(Problem::new(
            Code::UncachedFormula,
            format!(
                "the formula `{}` has no result in the file",
                words::excerpt(formula)
            ),
            "open the workbook, let it calculate, and save it again",
        )),
        _ => Ok(Some(())),
    }
}
