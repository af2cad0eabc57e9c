//! The kinds of values a cell is read as: texts, names, dates, numbers, paths.

use jiff::civil::Date;

use crate::finding::{Code, Place, Severity, words};

use super::super::field::Field;
use super::super::fqdn::Fqdn;
use super::super::instance::Instance;
use super::super::parse;
use super::super::path::FilePath;
use super::super::problem::Problem;
use super::super::{lookalike, sql};
use super::Row;
use super::read::alike;
use crate::product::schema::Column;
use crate::product::{List, Name};

impl Row<'_> {
    /// Free text. It is printed as it stands: what looks odd in it is said, and does not cost it.
    pub fn text(&mut self, column: &'static str) -> Field<String> {
        let field = self.read_any(column, |_, text| Ok(Some(text.to_owned())));
        let Some(text) = field.value.as_deref() else {
            return field;
        };
        let known = self.table.kind.heading(column);
        if let Some(problem) = known.and_then(|known| misfit(known, text)) {
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
        let product = self.table.product;
        self.read(column, |_, text| parse::yes_no(product, parse::bare(text)))
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

    /// The path of a folder; a file would be given to a copy that wants a folder.
    pub fn folder(&mut self, column: &'static str) -> Field<FilePath> {
        let help = r"write the folder that holds the content, for example `$Backup\FileStore`";
        self.path_that(column, help, |path| !path.is_backup_file())
    }

    /// The path of a share; a folder of some drive is another thing, which no other computer could open.
    pub fn share(&mut self, column: &'static str) -> Field<FilePath> {
        let help = r"write the share as `\\host\share`";
        self.path_that(column, help, FilePath::is_share)
    }

    /// A folder on a drive of the row's own computer.
    pub fn local(&mut self, column: &'static str) -> Field<FilePath> {
        let help = r"write the folder with its drive, for example `D:\Share`";
        // A drive as a whole is never what a share is made of.
        self.path_that(column, help, |path| {
            path.is_local()
                && path.inner().len() > 3
                && !path.is_backup_file()
                && !path.is_of_system()
        })
    }

    fn path_that(
        &mut self,
        column: &'static str,
        help: &str,
        fits: impl FnOnce(&FilePath) -> bool,
    ) -> Field<FilePath> {
        let published = &self.table.product.published;
        self.read(column, |_, text| {
            // The sentences of the published worksheets stand where nobody has written a share yet.
            if published.is_undecided(text) {
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
        let product = self.table.product;
        self.partly(column, |text| {
            let (names, mut wrong) = parse::several(product, list, code, what, parse::bare(text));
            let is_read = !names.is_empty();
            let refused = |name: &Name| product.refuses_name(list, name.id);
            let (gone, kept): (Vec<Name>, Vec<Name>) =
                names.into_iter().partition(|name| refused(name).is_some());
            let gone = gone.iter().filter_map(|it| Some((it, refused(it)?)));
            wrong.extend(gone.map(|(name, why)| Problem::refused(name.printed, why)));
            (is_read.then_some(kept), wrong)
        })
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

/// What is wrong with a cell that is not of its column's type.
fn misfit(column: &Column, text: &str) -> Option<Problem> {
    let problem = column.kind.filter(|it| it.has_form())?.problem(text)?;
    Some(Problem {
        help: column.help.clone().or(problem.help),
        ..problem
    })
}
