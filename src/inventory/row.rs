//! Reading one row of a recognised sheet, cell by cell, each value with its place.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::finding::{Code, Finding, Place, Severity, words};
use crate::workbook::RawValue;

use super::cell_words::{self, Meaning};
use super::doubt;
use super::field::{Extra, Field};
use super::fqdn::Fqdn;
use super::instance::Instance;
use super::instead::{self, Instead};
use super::lookalike;
use super::names::{List, Name};
use super::parse::{self, Parsed, Problem};
use super::path::FilePath;
use super::published;
use super::recognise::Table;
use super::schema::{self, Column};
use super::secret;
use super::sql;

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
        let column = field.column;
        let typed = self.typed(column);
        let message = if typed.is_empty() {
            format!("`{column}` is blank, so the row cannot be used")
        } else if cell_words::of(&typed).is_some() {
            let typed = words::excerpt(&typed);
            format!("`{typed}` in `{column}` names nothing, so the row cannot be used")
        } else if self.is_partly_struck(field.place.column) {
            // Elsewhere that is a gap; here it takes the whole row.
            format!("a part of `{column}` is struck out, so the row cannot be used")
        } else {
            // It could not be read, and has its own finding.
            return None;
        };
        self.say(
            Finding::new(Code::MissingKey, message)
                .at(&field.place)
                .help(format!("fill in `{column}`, or delete the row")),
        );
        None
    }

    fn is_partly_struck(&self, column: Option<u32>) -> bool {
        let value = column.and_then(|column| self.cells.get(&column));
        matches!(value, Some(RawValue::PartlyStruck { .. }))
    }

    /// A text that is printed as a fact.
    pub fn fact(&mut self, column: &'static str) -> Field<String> {
        self.text(column)
    }

    /// Says what it means that a cell says that there is none, where its row makes more of it than its column.
    pub fn means<T>(&mut self, field: &Field<T>, heading: &str, means: Option<&str>) {
        let typed = self.typed(field.column);
        if cell_words::of(&typed) == Some(Meaning::None) {
            self.report_if(instead::none(heading, &typed, means), &field.place);
        }
    }

    /// Free text. It is printed as it stands: what looks odd in it is said, and does not cost it.
    pub fn text(&mut self, column: &'static str) -> Field<String> {
        let field = self.read_any(column, |_, text| Ok(Some(text.to_owned())));
        let Some(text) = field.value.as_deref() else {
            return field;
        };
        let kind = self.table.kind.heading(column).and_then(|known| known.kind);
        if let Some(problem) = kind.and_then(|kind| kind.problem(text)) {
            self.report(problem, &field.place);
        } else if let Some(problem) = alike(text) {
            let mut finding = problem.finding(&field.place);
            finding.severity = Severity::Warning;
            self.findings.push(finding);
        }
        field
    }

    /// An FQDN.
    pub fn fqdn(&mut self, column: &'static str) -> Field<Fqdn> {
        let field = self.read(column, |_, text| parse::fqdn(parse::bare(text)));
        if let Some(problem) = field.value.as_ref().and_then(unusual) {
            self.report(problem, &field.place);
        }
        field
    }

    /// A SQL Server, with the instance that its cell may name.
    pub fn sql_server(&mut self, column: &'static str) -> (Field<Fqdn>, Option<Instance>) {
        let mut found = None;
        let field = self.read(column, |_, text| {
            found = sql::split(parse::bare(text));
            let name = found.as_ref().map(|address| address.host.as_str());
            parse::fqdn(name.unwrap_or(parse::bare(text)))
        });
        if let Some(problem) = field.value.as_ref().and_then(unusual) {
            self.report(problem, &field.place);
        }
        let Some(address) = found.filter(|_| field.value.is_some()) else {
            return (field, None);
        };
        if let Some(port) = address.port {
            self.port(&field.text, &port, &field.place);
        }
        (field, address.instance)
    }

    /// Says that a port stands in a cell.
    pub fn port(&mut self, text: &str, port: &str, place: &Place) {
        let message = format!(
            "`{}` names the port {port}, which no command can pass on",
            words::excerpt(text)
        );
        let help = "record the instance in its own column, and say in `Notes` how the port is reached (SQL Server Browser, or an alias on each server)";
        self.report(Problem::new(Code::PortInName, message, help), place);
    }

    /// A date.
    pub fn date(&mut self, column: &'static str) -> Field<Date> {
        self.read(column, |value, text| parse::date(value, parse::bare(text)))
    }

    /// A number.
    pub fn number(&mut self, column: &'static str) -> Field<f64> {
        self.read(column, |value, text| {
            parse::number(value, parse::bare(text))
        })
    }

    /// Yes or no.
    pub fn yes_no(&mut self, column: &'static str) -> Field<bool> {
        self.read(column, |_, text| parse::yes_no(parse::bare(text)))
    }

    /// A path.
    pub fn path(&mut self, column: &'static str) -> Field<FilePath> {
        let help = r"write `\\host\share\folder`, `D:\folder`, or `$Backup\folder`";
        self.path_that(column, help, |_| true)
    }

    /// The path of a file; a folder would be given to a cmdlet that wants a file.
    pub fn file(&mut self, column: &'static str) -> Field<FilePath> {
        let help = r"write the name of the file, for example `CsConfiguration.zip`";
        self.path_that(column, help, FilePath::has_extension)
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
            // The sentences of the published worksheets stand where nobody has written a share yet.
            if published::is_undecided(text) {
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

    /// Any cell, with its own parser. Error cells, formulas without a result, what stands in place of a value and
    /// look-alike letters never reach it.
    pub fn read<T>(
        &mut self,
        column: &'static str,
        parser: impl FnOnce(&RawValue, &str) -> Parsed<T>,
    ) -> Field<T> {
        self.read_any(column, |value, text| match alike(text) {
            Some(problem) => Err(problem),
            None => parser(value, text),
        })
    }

    /// The same for a cell in which any letter may stand.
    fn read_any<T>(
        &mut self,
        column: &'static str,
        parser: impl FnOnce(&RawValue, &str) -> Parsed<T>,
    ) -> Field<T> {
        if let Some(text) = self.table.contradiction(self.number, column) {
            return self.contradicted(column, text);
        }
        let (Some(number), Some(known)) = (
            self.table.columns.get(column).copied(),
            self.table.kind.heading(column),
        ) else {
            return Field {
                column,
                text: String::new(),
                place: self.place(),
                value: None,
            };
        };
        let mut field = Field {
            column,
            text: String::new(),
            place: self.table.place.clone().cell(self.number, number),
            value: None,
        };
        let Some(value) = self.cells.get(&number) else {
            return field;
        };
        field.text = parse::text_of(value);
        if let Some(problem) = lost_text(known, value) {
            self.report(problem, &field.place);
        }
        match self.instead(known, number, value) {
            None => match parser(value, &field.text) {
                Ok(value) => field.value = value,
                Err(problem) => self.report(problem, &field.place),
            },
            Some(Instead::Blank(problem)) => {
                field.text.clear();
                self.report_if(problem, &field.place);
            }
            Some(Instead::Missing(problem)) => self.report(problem, &field.place),
            Some(Instead::Withheld) => {}
        }
        field
    }

    /// A cell that another row contradicts, which has been said.
    fn contradicted<T>(&self, column: &'static str, text: &str) -> Field<T> {
        let number = self.table.columns.get(column);
        let place = number.map(|it| self.table.place.clone().cell(self.number, *it));
        Field {
            column,
            text: text.to_owned(),
            place: place.unwrap_or_else(|| self.place()),
            value: None,
        }
    }

    /// What a cell holds that is no value.
    fn instead(&self, column: &Column, number: u32, value: &RawValue) -> Option<Instead> {
        if let Some(problem) = doubt::problem(value) {
            return Some(Instead::Missing(problem));
        }
        let text = parse::text_of(value);
        if text.is_empty() {
            return Some(Instead::Blank(None));
        }
        let found = instead::of(column, &text, || self.above(number))?;
        // A row of a decision table inherits where it is blank; "none" is its own word there.
        let is_said = self.table.kind.id == schema::DECISION_TABLE;
        (!is_said || !matches!(found, Instead::Blank(_))).then_some(found)
    }

    /// The text a cell would repeat: the nearest one above in its column that is not ditto itself.
    fn above(&self, column: u32) -> Option<String> {
        let rows = self.table.rows.range(..self.number).rev();
        let texts =
            rows.map(|(_, cells)| cells.get(&column).map_or_else(String::new, parse::text_of));
        let mut texts = texts.skip_while(|text| cell_words::of(text) == Some(Meaning::Ditto));
        let is_shown = |text: &String| !text.is_empty() && text != secret::WITHHELD;
        texts.next().filter(is_shown)
    }

    /// What stands in a column's cell, as typed.
    fn typed(&self, column: &str) -> String {
        let number = self.table.columns.get(column);
        let cell = number.and_then(|number| self.cells.get(number));
        cell.map_or_else(String::new, parse::text_of)
    }

    /// The cells under headings the tool does not know, without the results of formulas that renew themselves.
    pub fn extras(&mut self) -> Vec<Extra> {
        let mut extras = Vec::new();
        let table = self.table;
        for (number, heading) in &table.extras {
            let Some(value) = self.cells.get(number) else {
                continue;
            };
            if table.contradiction(self.number, heading).is_some() {
                continue;
            }
            let text = parse::text_of(value);
            let doubt = doubt::problem(value);
            if text.is_empty() && doubt.is_none() || doubt::renews_itself(value) {
                continue;
            }
            let place = table.place.clone().cell(self.number, *number);
            self.report_if(doubt::cut_short(value), &place);
            let problem =
                doubt.or_else(|| instead::of_extra(heading, &text, || self.above(*number)));
            extras.push(Extra {
                heading: heading.clone(),
                value: problem.is_none().then(|| text.clone()),
                text,
                place: place.clone(),
            });
            self.report_if(problem, &place);
        }
        extras
    }

    fn report_if(&mut self, problem: Option<Problem>, place: &Place) {
        if let Some(problem) = problem {
            self.report(problem, place);
        }
    }

    fn report(&mut self, problem: Problem, place: &Place) {
        self.findings.push(problem.finding(place));
    }
}

/// A number or date in a column of texts: what the program made of the text may not be what was typed. Elsewhere a
/// number of which not all is shown.
fn lost_text(column: &Column, value: &RawValue) -> Option<Problem> {
    if !column.text {
        return doubt::cut_short(value);
    }
    let what = match value {
        RawValue::Number(number) => format!("the number {number}"),
        RawValue::Formatted(number, shown) => {
            format!("the number {number}, shown as `{}`", words::excerpt(shown))
        }
        RawValue::Date(_) => format!("the date {}", parse::text_of(value)),
        _ => return None,
    };
    Some(Problem::new(
        Code::NumberForText,
        format!(
            "the cell holds {what}, not text; zeros and digits that were typed may be missing (`11.0` becomes 11)"
        ),
        "format the cell as text and type the value again",
    ))
}

/// A letter of another script among Latin ones, which reads like the name and is another one.
fn alike(text: &str) -> Option<Problem> {
    let odd = lookalike::found(text)?;
    Some(Problem::look_alike(text, odd))
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
    if let Some(letter) = name.as_str().chars().find(|c| !lookalike::is_latin(*c)) {
        return Some(Problem::new(
            Code::UnusualFqdn,
            format!(
                "`{name}` holds `{letter}`, a letter that is not Latin; many name servers and certificate authorities refuse it"
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
