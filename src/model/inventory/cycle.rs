//! The days in the names of the backup cycle's share, of files and folders, and the days on which the backups were made: they
//! must be of one cycle, for the share of an old one would restore the past.

use jiff::civil::Date;

use crate::finding::{Code, Finding, words};

use super::Inventory;
use super::general::Deployment;
use crate::rows::field::Field;
use crate::rows::path::FilePath;

/// Takes out a share that is named after a day of another cycle than the one that is said to be complete, and the places of
/// backups that are named after another day than the backup was made on.
pub(super) fn withdraw(inventory: &mut Inventory, findings: &mut Vec<Finding>) {
    let length = length(&inventory.deployment);
    share(&mut inventory.deployment, length, findings);
    for row in &mut inventory.databases {
        let Some(made) = row.last_backup.value else {
            continue;
        };
        let mut is_wrong = false;
        for cell in [&mut row.file, &mut row.destination] {
            is_wrong |= place(cell, made, length, findings);
        }
        if let Some(set) = row.set.value.as_mut().filter(|_| is_wrong) {
            set.name = None;
        }
    }
    for row in &mut inventory.file_stores {
        if let Some(made) = row.last_backup.value {
            place(&mut row.destination, made, length, findings);
        }
    }
}

/// How many days after a cycle the next one is complete; a name that is less than that beside the day is of the cycle.
fn length(deployment: &Deployment) -> i64 {
    const WEEK: i64 = 7;
    // Of a nightly cycle the folder may bear the evening, and the day be the morning after.
    const NIGHT: i64 = 2;
    let done = deployment.date("Backup completed");
    let next = done.zip(deployment.date("Next backup"));
    next.map_or(WEEK, |(done, next)| days_between(done, next).max(NIGHT))
}

fn share(deployment: &mut Deployment, length: i64, findings: &mut Vec<Finding>) {
    let day = deployment.backup_share().and_then(day_in);
    let Some((done, day)) = deployment.date("Backup completed").zip(day) else {
        return;
    };
    let share = deployment.setting_mut("Backup location");
    let Some(share) = share.filter(|_| days_between(day, done).abs() >= length) else {
        return;
    };
    let message = format!(
        "`{}` is named after {day}, but `Backup completed` is {done}, so it is of another cycle and not used",
        words::excerpt(&share.text)
    );
    let finding = Finding::new(Code::ContradictingCells, message).at(&share.place);
    findings.push(finding.help(
        "write the share of the cycle that is complete, or the day on which the cycle of this share was",
    ));
    share.value = None;
}

/// Takes a place out if a day in it is not that of the backup; says whether it did.
fn place(cell: &mut Field<FilePath>, made: Date, length: i64, findings: &mut Vec<Finding>) -> bool {
    let path = cell.value.as_ref().map(FilePath::to_string);
    let day = path.as_deref().and_then(day_in);
    let Some(day) = day.filter(|day| days_between(*day, made).abs() >= length) else {
        return false;
    };
    let message = format!(
        "`{}` is named after {day}, but the last backup is of {made}, so it is not used",
        words::excerpt(&cell.text)
    );
    let finding = Finding::new(Code::ContradictingCells, message).at(&cell.place);
    findings.push(finding.help("see which backup lies there, and correct the path or the day"));
    cell.value = None;
    true
}

/// The day that the deepest part of a path with one in its name has: `2014-06-07`, `20140607`.
fn day_in(path: &str) -> Option<Date> {
    let parts = path.rsplit('\\');
    let words = parts.flat_map(|part| part.split(|c: char| !(c.is_ascii_digit() || c == '-')));
    words.map(|word| word.trim_matches('-')).find_map(|word| {
        let day = word.parse().or_else(|_| Date::strptime("%Y%m%d", word));
        day.ok().filter(|_| word.len() >= "20140607".len())
    })
}

fn days_between(one: Date, other: Date) -> i64 {
    i64::from((other - one).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deepest_part_with_a_day_tells_it() {
        let day = |path| day_in(path).map(|day| day.to_string());
        let june = Some("2014-06-07".to_owned());
        assert_eq!(day(r"\\bkp01\Lync\2014-06-07"), june);
        assert_eq!(day(r"\\bkp01\2013-01-01\Lync-20140607-full"), june);
        assert_eq!(day(r"\\bkp01\Lync2013\2014-06"), None);
        assert_eq!(day(r"\\bkp01\Lync\20149999"), None);
    }
}
