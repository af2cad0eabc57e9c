//! Rules about cells that contradict each other: a tool and the file it is said to have made, two days in the wrong order.
//! Nothing says which of the two cells is the slip.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::finding::{Code, Finding, words};
use crate::inventory::DatabaseBackup;
use crate::inventory::backup::Tool;
use crate::product::List;
use crate::rows::{Field, FilePath};

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
