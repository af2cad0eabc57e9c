//! Reading a cell. Whatever keeps it from being a value is met here, before any parser sees it.

use crate::finding::{Code, words};
use crate::workbook::RawValue;

use super::super::cell_words::{self, Meaning};
use super::super::doubt;
use super::super::field::{Extra, Field};
use super::super::instead::{self, Instead};
use super::super::lookalike;
use super::super::parse;
use super::super::problem::{Parsed, Problem};
use super::super::table::Supplied;
use super::Row;
use crate::product::schema::{self, Column};

impl Row<'_> {
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
    pub(super) fn read_any<T>(
        &mut self,
        column: &'static str,
        parser: impl FnOnce(&RawValue, &str) -> Parsed<T>,
    ) -> Field<T> {
        self.read.push(column);
        if let Some(text) = self.table.contradiction(self.number, column) {
            return self.contradicted(column, text);
        }
        if let Some(supplied) = self.table.supplied(self.number, column) {
            return self.supplied(column, supplied, parser);
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
        let instead = self.instead(known, number, value);
        if let Some(refused) = self.refused(column, &field.text)
            && instead.is_none()
        {
            self.report(refused, &field.place);
            return field;
        }
        match instead {
            None => match parser(value, &field.text) {
                Ok(value) => {
                    field.value = value;
                    let displaced = self.table.displaced.get(&(self.number, number));
                    self.report_if(displaced.cloned(), &field.place);
                    let name = known
                        .kind
                        .filter(|it| !it.has_form() && field.value.is_some());
                    let problem = name.and_then(|it| it.problem(&field.text));
                    self.report_if(problem, &field.place);
                }
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

    /// Why the product refuses what a cell records.
    fn refused(&self, column: &str, text: &str) -> Option<Problem> {
        let refused = self.table.product.refuses(column, text)?;
        Some(Problem::refused(text, refused))
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

    /// What a document says of the cell, in its place.
    fn supplied<T>(
        &mut self,
        column: &'static str,
        supplied: &Supplied,
        parser: impl FnOnce(&RawValue, &str) -> Parsed<T>,
    ) -> Field<T> {
        let Supplied { text, place } = supplied;
        let parsed = parser(&RawValue::Text(text.clone()), text);
        let value = parsed.unwrap_or_else(|problem| {
            self.report(problem, place);
            None
        });
        Field {
            column,
            text: text.clone(),
            place: place.clone(),
            value,
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
        let found = instead::of(self.table.product, column, &text, || self.above(number))?;
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
        let is_shown = |text: &String| !text.is_empty() && text != cell_words::WITHHELD;
        texts.next().filter(is_shown)
    }

    /// The cells under headings the tool does not know, without the results of formulas that renew themselves, and those
    /// of columns that the product has and nothing has read so far.
    pub fn extras(&mut self) -> Vec<Extra> {
        let mut extras = self.unread();
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

    /// The cells of columns that an organization has added to its product: facts, checked as their column asks.
    fn unread(&mut self) -> Vec<Extra> {
        let columns = self.table.columns.keys().copied();
        let unread: Vec<&str> = columns.filter(|it| !self.read.contains(it)).collect();
        let fields = unread.into_iter().map(|column| self.text(column));
        let filled = fields.filter(|field| !field.is_blank());
        let extra = |field: Field<String>| Extra {
            heading: field.column.to_owned(),
            value: field.value,
            text: field.text,
            place: field.place,
        };
        filled.map(extra).collect()
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
pub(super) fn alike(text: &str) -> Option<Problem> {
    let odd = lookalike::found(text)?;
    Some(Problem::look_alike(text, odd))
}
