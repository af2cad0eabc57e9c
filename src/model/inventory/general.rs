//! The smaller worksheets: deployment settings, contacts, media, and an organization's own decision table.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::finding::{Code, Finding, Place, suggest, words};

use crate::product::schema::{Schema, Setting};
use crate::rows::cell_words::{self, Meaning};
use crate::rows::field::{Extra, Field};
use crate::rows::path::FilePath;
use crate::rows::problem::Problem;
use crate::rows::recorded::Cell;
use crate::rows::row::Row;
use crate::rows::{Recorded, Table, Value};

/// What the `deployment` worksheet says, by the setting's English name.
#[derive(Clone, Debug, Default)]
pub struct Deployment {
    settings: BTreeMap<&'static str, Field<String>>,
    dates: BTreeMap<&'static str, Field<Date>>,
    /// What procedures call by a name of their own.
    pub recorded: Recorded,
    /// Settings the tool does not know, carried as extra facts.
    pub extras: Vec<Extra>,
    /// The first sheet with settings: where a row that is missing belongs.
    pub sheet: Option<Place>,
}

impl Deployment {
    /// The cell of a setting, if a row names it.
    pub fn setting(&self, name: &str) -> Option<&Field<String>> {
        self.settings.get(name)
    }

    pub(super) fn setting_mut(&mut self, name: &str) -> Option<&mut Field<String>> {
        self.settings.get_mut(name)
    }

    /// The text of a setting.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.settings.get(name)?.value.as_deref()
    }

    /// The date of a setting.
    pub fn date(&self, name: &str) -> Option<Date> {
        self.dates.get(name)?.value
    }

    /// The share of the current backup cycle: what `$Backup` stands for.
    pub fn backup_share(&self) -> Option<&str> {
        self.text("Backup location")
    }

    /// Where the tools are installed besides the servers.
    pub fn administration_computer(&self) -> Option<&str> {
        self.text("Administration computer")
    }

    /// Whether a yes-or-no setting that procedures call by a name of their own has this answer.
    pub fn answers(&self, name: &str, answer: bool) -> bool {
        let mut cells = self.recorded.cells();
        let cell = cells.find(|(known, _)| *known == name);
        cell.is_some_and(|(_, cell)| cell.field.value == Some(Value::Answer(answer)))
    }

    /// Reads tables of the kind into one set of settings; of two rows that contradict each other neither counts. Returns
    /// how many rows were used.
    pub fn read(&mut self, table: &Table, findings: &mut Vec<Finding>) -> usize {
        self.sheet.get_or_insert_with(|| table.place.clone());
        let rows = Row::each(table, findings, |row| {
            let setting = row.text("Setting");
            row.key(&setting)?;
            let name = table.product.schema.setting(&setting.text);
            let date = name
                .is_some_and(|name| name.date)
                .then(|| row.date("Value"));
            let named = name.filter(|it| it.named.is_some());
            let recorded = named.map(|it| row.typed_as("Value", it.kind));
            let value = match (name.map_or("", |name| name.name.as_str()), &recorded) {
                (_, Some(field)) => as_typed(field),
                ("Backup location", _) => row.read("Value", |_, text| share(text)),
                (name, _) if name.ends_with(HOURS) => {
                    let number = row.number("Value");
                    Field {
                        value: number.value.map(|_| number.text.clone()),
                        column: number.column,
                        text: number.text,
                        place: number.place,
                    }
                }
                ("Local work folder", _) => row.local("Value").map(|path| path.inner().to_owned()),
                _ => row.text("Value"),
            };
            match name {
                None => row.say(unknown(&table.product.schema, &setting)),
                Some(name) => row.means(&value, &name.name, name.none.as_deref()),
            }
            Some((setting, name, value, date, recorded))
        });
        let used = rows.len();
        for (setting, name, value, date, recorded) in rows {
            match name {
                None if value.value.is_none() => {}
                None => self.extras.push(Extra {
                    heading: setting.text,
                    value: value.value,
                    text: value.text,
                    place: value.place,
                }),
                Some(name) => {
                    if let Some(date) = date {
                        self.dates.entry(name.name.as_str()).or_insert(date);
                    }
                    if let Some((id, field)) = name.named.as_deref().zip(recorded) {
                        let kind = name.kind;
                        self.recorded.add(id, Cell { field, kind });
                    }
                    self.settle(name, &value, findings);
                }
            }
        }
        used
    }

    /// Nothing tells which of two contradicting rows is meant: the share of an old cycle would restore the old cycle.
    fn settle(
        &mut self,
        known: &'static Setting,
        value: &Field<String>,
        findings: &mut Vec<Finding>,
    ) {
        let name = known.name.as_str();
        let first = self.settings.entry(name).or_insert_with(|| value.clone());
        if first.place == value.place || first.text == value.text || value.is_blank() {
            return;
        }
        let message = format!(
            "`{}` contradicts `{}` in {}, so neither is used",
            words::excerpt(&value.text),
            words::excerpt(&first.text),
            first.place
        );
        let finding = Finding::new(Code::ConflictingSetting, message).at(&value.place);
        findings.push(finding.help("delete the row that is out of date"));
        first.value = None;
        if let Some(date) = self.dates.get_mut(name) {
            date.value = None;
        }
        if let Some(named) = known.named.as_deref() {
            self.recorded.withdraw(named);
        }
    }
}

/// How settings end whose values are numbers.
const HOURS: &str = "(hours)";

/// A value that procedures name, shown as it was typed.
fn as_typed(field: &Field<Value>) -> Field<String> {
    let text = field.text.clone();
    field.clone().map(|_| text)
}

fn unknown(schema: &Schema, setting: &Field<String>) -> Finding {
    let known = schema.settings.iter().map(|name| name.name.as_str());
    Finding::new(
        Code::UnknownSetting,
        format!(
            "the setting `{}` is not known; it is carried as an extra fact",
            words::excerpt(&setting.text)
        ),
    )
    .at(&setting.place)
    .help_if(suggest::did_you_mean(&setting.text, known))
}

/// The share of a backup cycle is an absolute path.
fn share(text: &str) -> crate::rows::problem::Parsed<String> {
    match FilePath::parse(text) {
        Ok(FilePath::Absolute(path)) => Ok(Some(path)),
        _ => Err(Problem::new(
            Code::BadPath,
            format!("`{}` is no share or folder", words::excerpt(text)),
            r"write the share of the current cycle, for example `\\backup01\share\2014-06-07`",
        )),
    }
}

/// A row of the `contacts` worksheet.
#[derive(Clone, Debug)]
pub struct Contact {
    /// `Responsibility`.
    pub responsibility: Field<String>,
    /// `Name`.
    pub name: Field<String>,
    /// `Phone`.
    pub phone: Field<String>,
    /// `E-mail`.
    pub email: Field<String>,
    /// `Alternate`.
    pub alternate: Field<String>,
    /// `Alternate phone`.
    pub alternate_phone: Field<String>,
}

impl Contact {
    /// Reads a table of the kind.
    pub fn read(table: &Table, findings: &mut Vec<Finding>) -> Vec<Self> {
        Row::each(table, findings, |row| {
            let responsibility = row.text("Responsibility");
            row.key(&responsibility)?;
            Some(Self {
                responsibility,
                name: row.text("Name"),
                phone: row.text("Phone"),
                email: row.text("E-mail"),
                alternate: row.text("Alternate"),
                alternate_phone: row.text("Alternate phone"),
            })
        })
    }
}

impl Contact {
    /// Whether this is somebody who may declare a restore, by the words of the worksheet.
    pub fn declares(&self) -> bool {
        declares(&self.responsibility.text)
    }

    /// Whether it tells whom to call and how: a name, and a number or an address.
    pub fn can_be_called(&self) -> bool {
        let is_name = |field: &Field<String>| {
            let name = field.value.as_deref();
            name.is_some_and(|name| !cell_words::begins(Meaning::Asks, name))
        };
        let reaches = |field: &Field<String>| {
            let text = field.value.as_deref().unwrap_or_default();
            text.contains('@') || text.chars().filter(char::is_ascii_digit).count() > 2
        };
        let is_reached = reaches(&self.phone) || reaches(&self.email);
        is_name(&self.name) && (is_reached || reaches(&self.alternate_phone))
    }
}

/// Whether a responsibility is that of declaring a restore.
pub fn declares(responsibility: &str) -> bool {
    cell_words::mentions(Meaning::Declares, responsibility)
}

/// A row of the `media` worksheet.
#[derive(Clone, Debug)]
pub struct Medium {
    /// `Item`.
    pub item: Field<String>,
    /// `Location`.
    pub location: Field<String>,
    /// `Version`.
    pub version: Field<String>,
    /// `Notes`.
    pub notes: Field<String>,
}

impl Medium {
    /// Reads a table of the kind.
    pub fn read(table: &Table, findings: &mut Vec<Finding>) -> Vec<Self> {
        Row::each(table, findings, |row| {
            let item = row.text("Item");
            row.key(&item)?;
            Some(Self {
                item,
                location: row.text("Location"),
                version: row.text("Version"),
                notes: row.text("Notes"),
            })
        })
    }
}

/// A row of an organization's own `decision-table` worksheet.
#[derive(Clone, Debug)]
pub struct DecisionRow {
    /// `If this failed`.
    pub if_this_failed: Field<String>,
    /// `See this section`.
    pub see: Field<String>,
    /// `Id`.
    pub id: Field<String>,
    /// `Applies to`.
    pub applies_to: Field<String>,
    /// `Condition`.
    pub condition: Field<String>,
    /// `Yields to`.
    pub yields_to: Field<String>,
    /// `Procedure file`.
    pub procedure: Field<String>,
    /// The row.
    pub row: Place,
}

impl DecisionRow {
    /// Reads a table of the kind.
    pub fn read(table: &Table, findings: &mut Vec<Finding>) -> Vec<Self> {
        Row::each(table, findings, |row| {
            let if_this_failed = row.text("If this failed");
            row.key(&if_this_failed)?;
            Some(Self {
                if_this_failed,
                see: row.text("See this section"),
                id: row.text("Id"),
                applies_to: row.text("Applies to"),
                condition: row.text("Condition"),
                yields_to: row.text("Yields to"),
                procedure: row.text("Procedure file"),
                row: row.place(),
            })
        })
    }
}
