//! How cells of an `.xls` workbook look, as far as it changes what they say: fonts and formats that strike out,
//! formats that show numbers otherwise than they are stored, texts that consist of runs.

use std::collections::{BTreeMap, BTreeSet};

use super::super::shown::NumberFormat;
use super::record::{self, Record, records, u16_at};
use super::strings::{self, RunStart};

/// What the workbook says for all its sheets.
pub(super) struct Looks {
    /// The fonts that strike out, as cells and runs number them.
    fonts: BTreeSet<u16>,
    /// The cell formats whose font strikes out.
    pub(super) struck: BTreeSet<u16>,
    /// The cell formats that show numbers in a way of their own.
    pub(super) shown: BTreeMap<u16, NumberFormat>,
    /// The shared texts with runs, by their number.
    texts: BTreeMap<u32, Vec<RunStart>>,
}

impl Looks {
    /// Reads what stands before the first sheet.
    pub(super) fn of(stream: &[u8]) -> Self {
        let globals = || records(stream, 0).take_while(|it| it.kind != record::END);
        let of_kind = |kind| globals().filter(move |it: &Record| it.kind == kind);
        let fonts = (0..).zip(of_kind(record::FONT));
        let fonts: BTreeSet<u16> = fonts
            .filter(|(_, font)| u16_at(stream, font.data.start + 2).is_some_and(|it| it & 8 != 0))
            // There is no font of the number four, so those behind it count one further.
            .map(|(number, _): (u16, _)| if number < 4 { number } else { number + 1 })
            .collect();
        let codes: BTreeMap<u16, String> = of_kind(record::NUMBER_FORMAT)
            .filter_map(|it| strings::number_format(stream, &it))
            .collect();
        let mut looks = Self {
            fonts,
            struck: BTreeSet::new(),
            shown: BTreeMap::new(),
            texts: strings::shared(stream),
        };
        for (number, format) in (0..).zip(of_kind(record::FORMAT)) {
            looks.format(number, stream, &format, &codes);
        }
        looks
    }

    fn format(
        &mut self,
        number: u16,
        stream: &[u8],
        format: &Record,
        codes: &BTreeMap<u16, String>,
    ) {
        let at = |offset| u16_at(stream, format.data.start + offset);
        if at(0).is_some_and(|font| self.fonts.contains(&font)) {
            self.struck.insert(number);
        }
        let shown = at(2).and_then(|id| {
            let own = codes.get(&id).map(String::as_str);
            NumberFormat::of(u32::from(id), own)
        });
        self.shown.extend(shown.map(|shown| (number, shown)));
    }

    /// The runs of a cell's text: where each begins, and whether it is struck out; the text before the first looks
    /// like its cell. `None` where it has none.
    pub(super) fn runs(&self, stream: &[u8], record: &Record) -> Option<Vec<(usize, bool)>> {
        let own;
        let runs = match record.kind {
            record::SHARED_TEXT => {
                let low = u16_at(stream, record.data.start + 6)?;
                let high = u16_at(stream, record.data.start + 8)?;
                self.texts.get(&(u32::from(high) << 16 | u32::from(low)))?
            }
            record::RICH_TEXT => {
                own = strings::own_runs(stream, record)?;
                &own
            }
            _ => return None,
        };
        let run = |run: &RunStart| (run.at, self.fonts.contains(&run.font));
        Some(runs.iter().map(run).collect())
    }
}
