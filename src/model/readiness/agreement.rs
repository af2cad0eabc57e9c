//! Rules about cells that contradict each other: a tool and the file it is said to have made, a certificate and the
//! computer it is recorded for, two days in the wrong order. Nothing says which of the two cells is the slip.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::finding::{Code, Finding, words};
use crate::inventory::backup::Tool;
use crate::inventory::{Certificate, DatabaseBackup};
use crate::product::List;
use crate::rows::{Field, FilePath, Fqdn};
use crate::text::plain::plain;

use super::Case;

/// A backup whose tool exports another database, or does not make such files.
pub(super) fn tool_and_file(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for row in &case.inventory.databases {
        let Some(why) = wrong_export(case, row).or_else(|| wrong_ending(row)) else {
            continue;
        };
        let message = format!("`{}` {why}", words::excerpt(&row.tool.text));
        findings.push(
            Finding::new(Code::ContradictingCells, message)
                .at(&row.tool.place)
                .help("see with which tool the backup is made, and correct the cell that is wrong"),
        );
    }
}

/// The tool is the cmdlet of another database.
fn wrong_export(case: &Case<'_>, row: &DatabaseBackup) -> Option<String> {
    let product = case.inventory.product;
    let own = row.database.value?;
    let mut named = product.exports_named(&row.tool.text);
    let other = named.next().filter(|id| *id != own.id)?;
    Some(format!(
        "exports `{}`, but the row is about `{}` ({})",
        product.printed_as(List::Database, other),
        own.printed,
        row.database.place
    ))
}

/// SQL Server writes no archives, and no cmdlet writes its backups.
fn wrong_ending(row: &DatabaseBackup) -> Option<String> {
    let file = row.location()?;
    let is_archive = file.is_archive();
    let is_wrong = match row.tool.value? {
        Tool::Sql => is_archive,
        Tool::Export => !is_archive && file.names_a_file(),
        Tool::Other => false,
    };
    let cells = [&row.file.place, &row.destination.place, &row.set.place];
    let filled = [
        row.file.value.is_some(),
        row.destination
            .value
            .as_ref()
            .is_some_and(FilePath::names_a_file),
        row.set.value.is_some(),
    ];
    let cell = filled.iter().zip(cells).find(|(filled, _)| **filled)?.1;
    is_wrong.then(|| {
        format!(
            "does not make files such as `{}` ({cell})",
            words::excerpt(file.inner())
        )
    })
}

/// One file name in rows of different databases: where the folders differ, one of the names is a slip all the same.
pub(super) fn file_of_other(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let mut named: BTreeMap<String, Vec<&DatabaseBackup>> = BTreeMap::new();
    for row in &case.inventory.databases {
        if row.tool.value != Some(Tool::Sql)
            && let Some(file) = row.file.value.as_ref().filter(|file| file.is_bare())
        {
            let rows = named.entry(file.inner().to_lowercase()).or_default();
            rows.push(row);
        }
    }
    let id = |row: &DatabaseBackup| row.database.value.map(|name| name.id);
    for rows in named.values() {
        for row in rows {
            let Some(other) = rows.iter().find(|other| id(other) != id(row)) else {
                continue;
            };
            let message = format!(
                "`{}` is the file of `{}` too ({})",
                words::excerpt(&row.file.text),
                words::excerpt(&other.database.text),
                other.file.place
            );
            findings.push(
                Finding::new(Code::OddValue, message)
                    .at(&row.file.place)
                    .help("look which of the two it is, and correct the other row"),
            );
        }
    }
}

/// Two days of one thing in the wrong order.
pub(super) fn days_in_order(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let inventory = case.inventory;
    for row in &inventory.certificates {
        let days = row.valid_from.value.zip(row.expires.value);
        findings.extend(out_of_order(days, &row.valid_from, row.expires.column));
    }
    let deployment = &inventory.deployment;
    for (first, second) in [
        ("Backup completed", "Next backup"),
        ("Effective date", "Review due"),
    ] {
        let days = deployment.date(first).zip(deployment.date(second));
        if let Some(cell) = deployment.setting(first) {
            findings.extend(out_of_order(days, cell, second));
        }
    }
}

fn out_of_order<T>(days: Option<(Date, Date)>, first: &Field<T>, second: &str) -> Option<Finding> {
    let (earlier, later) = days?;
    let message = format!("{earlier} is not before `{second}`, which is {later}");
    (earlier >= later).then(|| {
        Finding::new(Code::OddValue, message)
            .at(&first.place)
            .help("see whether the two were exchanged, and correct the one that is wrong")
    })
}

/// A certificate for a use that clients reach by the computer's name, in which neither that name nor its pool's stands.
pub(super) fn certificate_of_other(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for row in &case.inventory.certificates {
        let uses = row.uses.value.iter().flatten();
        let known = &case.inventory.product.uses;
        let is_by_name = |id: &str| known.iter().any(|it| it.id == id && it.names_host);
        // A cell that cannot be read may hold the name.
        let cells = [&row.subject, &row.alternative_names];
        if cells.iter().any(|it| it.value.is_none() && !it.is_blank()) {
            continue;
        }
        let text = cells.map(|it| it.value.as_deref().unwrap_or_default());
        let text = plain(&text.join(" "));
        let Some(name) = uses.clone().find(|it| is_by_name(it.id)) else {
            continue;
        };
        let is_named = holds(&text, &row.fqdn)
            || !names_a_sibling(case, row, &text)
                && names_of(case, row).iter().any(|name| holds(&text, name));
        if !text.contains('.') || is_named {
            continue;
        }
        let message = format!(
            "the certificate names other computers, neither `{}` nor its pool ({}, {}), so it cannot be its `{}`",
            row.fqdn, row.subject.place, row.alternative_names.place, name.printed
        );
        findings.push(
            Finding::new(Code::OddValue, message)
                .at(&row.name.place)
                .help("see whose certificate it is, and correct the cell that is wrong"),
        );
    }
}

/// The names under which the subject of a certificate is reached: its own, its pool's, its members'.
fn names_of<'a>(case: &Case<'a>, row: &'a Certificate) -> Vec<&'a Fqdn> {
    let topology = case.topology;
    let pool = topology
        .server(&row.fqdn)
        .and_then(|it| topology.pool_of(it));
    let members = topology.pool(&row.fqdn).into_iter();
    let members = members
        .flat_map(|pool| topology.members(pool))
        .map(|it| &it.fqdn);
    let own = std::iter::once(&row.fqdn);
    own.chain(pool.map(|it| &it.fqdn)).chain(members).collect()
}

/// Whether a text names another member of the pool that the row's server is a member of.
fn names_a_sibling(case: &Case<'_>, row: &Certificate, text: &str) -> bool {
    let topology = case.topology;
    let server = topology.server(&row.fqdn);
    let pool = server.and_then(|it| topology.pool_of(it));
    let members = pool.into_iter().flat_map(|pool| topology.members(pool));
    let mut siblings = members.filter(|it| it.fqdn != row.fqdn);
    siblings.any(|it| holds(text, &it.fqdn))
}

/// Whether a text names a computer as a word of its own, alone or by its whole domain.
pub(super) fn holds(text: &str, name: &Fqdn) -> bool {
    let is_beside = |c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '*'));
    let domain = name
        .as_str()
        .split_once('.')
        .map_or("", |(_, domain)| domain);
    let mut words = text.split(is_beside);
    words.any(|word| {
        let is_whole = word.strip_prefix("*.").is_some_and(|it| it == domain);
        is_whole || word == name.as_str() || word == name.computer_name()
    })
}

/// Two rows that record one certificate differently: its thumbprint or its serial number is the same.
pub(super) fn certificate_twice(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let rows = &case.inventory.certificates;
    for (index, row) in rows.iter().enumerate() {
        let is_same = |other: &&Certificate| {
            let uses = |it: &Certificate| it.uses.value.clone();
            let is_one = |cell: fn(&Certificate) -> &Field<String>| {
                digits(cell(row)).is_some_and(|it| Some(it) == digits(cell(other)))
            };
            row.fqdn == other.fqdn
                && uses(row) == uses(other)
                && (is_one(|it| &it.thumbprint) || is_one(|it| &it.serial_number))
        };
        let Some(other) = rows[..index].iter().find(is_same) else {
            continue;
        };
        let differing = differing(row, other);
        if differing.is_empty() {
            continue;
        }
        let message = format!(
            "the same certificate has a row already ({}), and they differ in {}",
            other.row,
            words::quoted(differing)
        );
        findings.push(
            Finding::new(Code::ContradictingCells, message)
                .at(&row.row)
                .help("look at the certificate itself, and delete one of the two rows"),
        );
    }
}

/// Rows with one thumbprint and different serial numbers: a thumbprint is of one certificate.
pub(super) fn thumbprint_of_other(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let mut known: BTreeMap<String, Vec<&Certificate>> = BTreeMap::new();
    for row in &case.inventory.certificates {
        if let Some(print) = digits(&row.thumbprint).filter(|_| row.serial_number.value.is_some()) {
            known.entry(print.to_lowercase()).or_default().push(row);
        }
    }
    let number = |row: &Certificate| digits(&row.serial_number).map(|it| it.to_lowercase());
    for rows in known.values() {
        for row in rows {
            let Some(other) = rows.iter().find(|other| number(other) != number(row)) else {
                continue;
            };
            let message = format!(
                "the certificate of {} has the same thumbprint and another serial number",
                other.row
            );
            findings.push(
                Finding::new(Code::ContradictingCells, message)
                    .at(&row.thumbprint.place)
                    .help("read the thumbprint off the certificate itself, and correct the row that is wrong"),
            );
        }
    }
}

/// Two rows of a use of which a deployment has one certificate, with different ones.
pub(super) fn replicated_differs(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let inventory = case.inventory;
    for one in inventory.product.uses.iter().filter(|one| one.replicated) {
        let is_of_use = |row: &&Certificate| {
            let mut uses = row.uses.value.iter().flatten();
            uses.any(|it| it.id == one.id)
        };
        let rows: Vec<&Certificate> = inventory.certificates.iter().filter(is_of_use).collect();
        let told = |row: &Certificate| digits(&row.thumbprint);
        for row in &rows {
            let other = rows.iter().find(|other| {
                told(other)
                    .zip(told(row))
                    .is_some_and(|(other, own)| other != own)
            });
            let Some(other) = other else { continue };
            let message = format!(
                "`{}` is one certificate for the whole deployment, and {} has another",
                inventory.product.printed_as(List::Use, &one.id),
                other.row
            );
            findings.push(
                Finding::new(Code::OddValue, message)
                    .at(&row.uses.place)
                    .help("see which of the two it is, and correct the other row"),
            );
        }
    }
}

/// Hexadecimal digits without what stands between them.
fn digits(cell: &Field<String>) -> Option<String> {
    let text = plain(cell.value.as_deref()?);
    let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
    (!digits.is_empty()).then_some(digits)
}

/// The columns in which two rows of one certificate differ.
fn differing(one: &Certificate, other: &Certificate) -> Vec<&'static str> {
    let cells = |row: &Certificate| {
        [
            (row.subject.column, plain(&row.subject.text)),
            (
                row.alternative_names.column,
                plain(&row.alternative_names.text),
            ),
            (row.issuer.column, plain(&row.issuer.text)),
            (
                row.serial_number.column,
                digits(&row.serial_number).unwrap_or_default(),
            ),
            (
                row.thumbprint.column,
                digits(&row.thumbprint).unwrap_or_default(),
            ),
            (row.valid_from.column, plain(&row.valid_from.text)),
            (row.expires.column, plain(&row.expires.text)),
            (row.exportable.column, plain(&row.exportable.text)),
            (row.reenrollable.column, plain(&row.reenrollable.text)),
            (row.backup.column, plain(&row.backup.text)),
            (row.vault.column, plain(&row.vault.text)),
            (row.notes.column, plain(&row.notes.text)),
        ]
    };
    let pairs = cells(one).into_iter().zip(cells(other));
    let pairs = pairs.filter(|((_, one), (_, other))| one != other);
    pairs.map(|((column, _), _)| column).collect()
}
