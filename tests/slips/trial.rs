//! Runs slips, as many at once as there are processors, and counts what comes of them.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use restore_packets::workbook;

use crate::estate::{self, Table};
use crate::files::{File, Format};
use crate::judge::{self, Verdict};
use crate::run::{self, Outcome};
use crate::slip::{self, Slip};

/// The clean estate in one format: its files as they were read, and what a run makes of them.
struct Clean {
    reads: Vec<workbook::Read>,
    outcome: Outcome,
}

/// The clean estate, and every way to slip in it.
pub struct Trial {
    pub tables: Vec<Table>,
    csv: Clean,
    xlsx: Clean,
}

/// What came of one slip.
pub struct Tried {
    pub slip: Slip,
    pub verdict: Option<Verdict>,
}

impl Trial {
    pub fn new() -> Self {
        let tables = estate::tables();
        Self {
            csv: Clean::new(&tables, Format::Csv),
            xlsx: Clean::new(&tables, Format::Xlsx),
            tables,
        }
    }

    /// What the clean estate gives in this format.
    pub fn clean(&self, format: Format) -> &Outcome {
        &self.of(format).outcome
    }

    fn of(&self, format: Format) -> &Clean {
        match format {
            Format::Csv => &self.csv,
            Format::Xlsx => &self.xlsx,
        }
    }

    /// Every slip that changes anything.
    pub fn slips(&self) -> Vec<Slip> {
        let mut slips = slip::all(&self.tables);
        slips.retain(|slip| slip.make(&self.tables).is_some());
        slips
    }

    /// Tries slips; what comes of them is in their order.
    pub fn run(&self, slips: &[Slip]) -> Vec<Tried> {
        let next = AtomicUsize::new(0);
        let tried = Mutex::new(Vec::new());
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    loop {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        let Some(slip) = slips.get(index) else { break };
                        let verdict = self.try_one(slip);
                        let mut tried = tried.lock().expect("no thread panics here");
                        tried.push((index, verdict));
                    }
                });
            }
        });
        let mut tried = tried.into_inner().expect("no thread panics here");
        tried.sort_by_key(|(index, _)| *index);
        let tried = tried.into_iter().zip(slips);
        tried
            .map(|((_, verdict), slip)| Tried {
                slip: *slip,
                verdict,
            })
            .collect()
    }

    fn try_one(&self, slip: &Slip) -> Option<Verdict> {
        let made = slip.make(&self.tables)?;
        let clean = self.of(slip.format);
        let slipped = run::read(&made.file);
        let mut reads: Vec<&workbook::Read> = clean.reads.iter().collect();
        if made.joins {
            reads.push(&slipped);
        } else {
            reads[slip.table] = &slipped;
        }
        judge::judge(slip, &made, &clean.outcome, &run::run(&reads))
    }

    /// The column a slip is in, as the tables of this test name it: `pools / Witness FQDN`.
    pub fn column(&self, slip: &Slip) -> String {
        let table = &self.tables[slip.table];
        match (table.name, slip.column) {
            // A setting is a column of its own.
            ("deployment", 1) => format!("deployment / {}", table.rows[slip.row][0]),
            _ => format!("{} / {}", table.name, table.heading(slip.column)),
        }
    }

    /// Where a slip is and what came of it, in one line.
    pub fn line(&self, tried: &Tried) -> String {
        let Slip { format, row, .. } = tried.slip;
        let verdict = tried.verdict.as_ref();
        let verdict = verdict.map(|it| format!("{:?}: {}", it.fault, it.example));
        let column = self.column(&tried.slip);
        let kind = tried.slip.kind;
        let verdict = verdict.unwrap_or_default();
        format!("{kind:?} in {column}, {format:?} row {row}: {verdict}")
    }
}

impl Clean {
    fn new(tables: &[Table], format: Format) -> Self {
        let files = tables.iter().map(|table| File::of(table, format));
        let reads: Vec<_> = files.map(|file| run::read(&file)).collect();
        let outcome = run::run(&reads.iter().collect::<Vec<_>>());
        Self { reads, outcome }
    }
}
