//! A restore plan as a workbook: the waves to tick off, what is done once, and what to know before.

use rust_xlsxwriter::Worksheet;

use super::page::{Margins, Way, dated, marked, protect};
use super::sheet::{Cell, Sheet};
use super::style::Styles;
use super::table::Table;
use super::{Result, book};
use crate::finding::{Subject, SubjectKind, words};
use crate::packets::Estate;
use crate::plan::{Plan, StepOf, Task};
use crate::render::format::packet_stem;
use crate::text::duration::hours;

/// Writes the plan.
///
/// # Errors
///
/// Only where the plan exceeds what the format can hold.
pub fn plan(plan: &Plan, estate: &Estate) -> Result<Vec<u8>> {
    let styles = Styles::new(book::BASE);
    let margins = Margins::of_estate(&plan.title, estate);
    let sheets = vec![
        before(plan, &styles, &margins)?,
        waves(plan, &styles, &margins)?,
        once(plan, &styles, &margins)?,
    ];
    let properties = marked(dated(estate.as_of)?, "plan")
        .set_title(&plan.title)
        .set_company(estate.organization.as_deref().unwrap_or_default());
    book::bytes(&properties, sheets)
}

/// What comes before the first wave: hours, fail-over, what is outside, notes.
fn before(plan: &Plan, styles: &Styles, margins: &Margins) -> Result<Worksheet> {
    let mut sheet = Sheet::new("Plan", &[30.0, 70.0])?;
    sheet.line(plan.title.as_str(), &styles.title)?;
    let at_least = if plan.time.blanks.is_empty() {
        ""
    } else {
        "at least "
    };
    let longest = format!(
        "{at_least}{}: {}",
        hours(plan.time.longest),
        plan.time.way.join(", then ")
    );
    let fact = |sheet: &mut Sheet, name: &str, text: &str| {
        sheet.row(&[
            Cell::new(name.to_owned(), &styles.label),
            Cell::new(text.to_owned(), &styles.cell),
        ])
    };
    fact(
        &mut sheet,
        "Longest path, with a crew for each lane",
        &longest,
    )?;
    fact(
        &mut sheet,
        "All RTOs together",
        &format!("{at_least}{}", hours(plan.time.sum)),
    )?;
    for blank in &plan.time.blanks {
        sheet.line(format!("MISSING: {}", plain(blank)), &styles.gap)?;
    }
    if !plan.failovers.is_empty() {
        sheet.line("Fail over first", &styles.banner)?;
    }
    for it in &plan.failovers {
        let text = if it.impossible {
            format!(
                "cannot fail over: its backup pool {} is lost as well; pass over the steps that fail over and back",
                it.partner
            )
        } else {
            let central = it.central.as_ref();
            let central = central.map_or_else(String::new, |it| format!(", and with it the {it}"));
            format!(
                "to {}{central}, by the first steps of the pool's packet, once; back with its last steps, when all waves are done",
                it.partner
            )
        };
        fact(&mut sheet, &it.pool, &text)?;
    }
    sheet.line("Before the first wave", &styles.banner)?;
    for it in &plan.outside {
        fact(&mut sheet, &it.what, &it.why)?;
    }
    fact(
        &mut sheet,
        "$Backup",
        "set it once in each shell, from the cycle sheet",
    )?;
    sheet.line("Notes", &styles.banner)?;
    if !plan.whole_pools.is_empty() {
        fact(
            &mut sheet,
            "Pools lost whole",
            &format!(
                "{}: there the pool's packet leads; take preparation and checks from the packets of its servers",
                plan.whole_pools.join(", ")
            ),
        )?;
    }
    for note in &plan.notes {
        sheet.line(plain(note), &styles.prose)?;
    }
    for it in &plan.others {
        fact(
            &mut sheet,
            &it.fqdn,
            &format!(
                "{}: no procedure covers it; restore it by its own documentation",
                it.role
            ),
        )?;
    }
    sheet.inner.set_tab_color(0x0022_2B36_u32);
    margins.apply(&mut sheet.inner, Way::Portrait);
    protect(&mut sheet.inner);
    sheet.finish()
}

fn waves(plan: &Plan, styles: &Styles, margins: &Margins) -> Result<Worksheet> {
    let table = Table {
        name: "Waves",
        headings: &[
            "Wave",
            "Lane",
            "Server",
            "Procedure",
            "Waits for",
            "RTO",
            "Back after",
            "Done at",
        ],
        frozen: 1,
        tab: 0x001F_4E9E,
    };
    table.write(styles, margins, |sheet| {
        for wave in &plan.waves {
            for task in &wave.tasks {
                sheet.row(&task_row(wave.number, task, plan, styles))?;
            }
        }
        Ok(())
    })
}

fn task_row<'s>(wave: usize, task: &'s Task, plan: &Plan, styles: &'s Styles) -> Vec<Cell<'s>> {
    let name = if task.critical {
        format!("◆ {}", task.name)
    } else {
        task.name.clone()
    };
    let server = if task.packet {
        let subject = Subject {
            kind: SubjectKind::Server,
            fqdn: task.fqdn.clone(),
        };
        Cell::new(name, &styles.link).link(format!("{}.xlsx", packet_stem(&subject)))
    } else {
        Cell::new(format!("{name}\nno packet"), &styles.gap)
    };
    let with = task
        .with
        .as_ref()
        .map(|with| format!("Prepare it by its packet; the packet of {with} then restores both"));
    let titles: Vec<&str> = task.procedures.iter().map(|it| it.title.as_str()).collect();
    let own = if titles.is_empty() {
        "None of its own: general preparation only".to_owned()
    } else {
        titles.join("\n")
    };
    let own = match task.lanes.as_slice() {
        [] => own,
        lanes => format!("Lane {} of its packet:\n{own}", lanes.join(" or ")),
    };
    let waits = task.reasons().into_iter().map(|group| {
        format!(
            "{}: {} ({})",
            words::list(&group.on),
            group.why,
            group.place.short()
        )
    });
    let least = if plan.time.blanks.is_empty() {
        ""
    } else {
        "≥ "
    };
    vec![
        Cell::new(wave.to_string(), &styles.centre),
        Cell::new(task.stage.as_str(), &styles.cell),
        server,
        Cell::new(with.unwrap_or(own), &styles.cell),
        Cell::new(waits.collect::<Vec<_>>().join("\n"), &styles.cell),
        match task.rto {
            Some(rto) => Cell::new(hours(rto), &styles.cell),
            None => Cell::new("MISSING", &styles.gap),
        },
        Cell::new(format!("{least}{}", hours(task.end)), &styles.cell),
        Cell::new("", &styles.time),
    ]
}

fn once(plan: &Plan, styles: &Styles, margins: &Margins) -> Result<Worksheet> {
    let table = Table {
        name: "Done once",
        headings: &["Done once", "When", "Carry out", "Pass over"],
        frozen: 1,
        tab: 0x0080_8A94,
    };
    table.write(styles, margins, |sheet| {
        for it in &plan.once {
            let others: Vec<String> = it.instead_of.iter().map(StepOf::to_string).collect();
            sheet.row(&[
                Cell::new(it.what.as_str(), &styles.label),
                Cell::new(it.when.as_str(), &styles.cell),
                Cell::new(it.step.to_string(), &styles.cell),
                Cell::new(others.join("\n"), &styles.cell),
            ])?;
        }
        Ok(())
    })
}

/// A message without its backticks.
fn plain(message: &str) -> String {
    message.replace('`', "")
}
