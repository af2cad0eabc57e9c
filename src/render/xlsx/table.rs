//! A sheet that is one table: a head that is frozen and repeated, a filter, and columns as wide as their text.

use rust_xlsxwriter::Worksheet;

use super::Result;
use super::measure::{column_points, column_units};
use super::page::{Margins, Way, protect};
use super::sheet::{Cell, Sheet};
use super::style::Styles;

/// How much wider than its page a table may be before its texts are wrapped: it is printed that much smaller.
const SQUEEZE: f64 = 1.15;

/// The narrowest and the widest a column may become, in units.
const NARROWEST: f64 = 7.0;
const WIDEST: f64 = 120.0;

/// The button of a filter, in units: it stands in the head.
const BUTTON: f64 = 2.5;

/// A table, before its rows.
pub(super) struct Table<'t> {
    /// The sheet's name.
    pub(super) name: &'t str,
    /// The heads of its columns.
    pub(super) headings: &'t [&'t str],
    /// How many columns stay when the others are scrolled.
    pub(super) frozen: u16,
    /// The colour of the tab.
    pub(super) tab: u32,
}

impl Table<'_> {
    /// Writes the table, on its side. The rows are asked for twice: to be measured, and to be written.
    pub(super) fn write(
        &self,
        styles: &Styles,
        margins: &Margins,
        rows: impl Fn(&mut Sheet) -> Result<()>,
    ) -> Result<Worksheet> {
        let way = Way::Landscape;
        let columns = self.headings.len();
        let mut ruler = Sheet::ruler(columns)?;
        rows(&mut ruler)?;
        let widths = widths(&self.needs(&ruler, styles), margins.across(way));
        let mut sheet = Sheet::new(self.name, &widths)?;
        let headings = self.headings.iter();
        let headings = headings.map(|heading| Cell::new(*heading, &styles.head));
        let head = sheet.row(&headings.collect::<Vec<_>>())?;
        rows(&mut sheet)?;
        let (bottom, right) = (sheet.next_row() - 1, sheet.columns() - 1);
        sheet.inner.autofilter(head, 0, bottom, right)?;
        sheet.inner.set_repeat_rows(head, head)?;
        sheet.inner.set_freeze_panes(head + 1, self.frozen)?;
        sheet.inner.set_tab_color(self.tab);
        margins.apply(&mut sheet.inner, way);
        protect(&mut sheet.inner);
        sheet.finish()
    }

    /// How wide each column would have to be for nothing in it to be wrapped.
    fn needs(&self, ruler: &Sheet, styles: &Styles) -> Vec<f64> {
        let heads = self
            .headings
            .iter()
            .map(|heading| column_units(heading, styles.head.kind) + BUTTON);
        let needs = heads.zip(ruler.needs());
        needs
            .map(|(head, text)| head.max(*text).clamp(NARROWEST, WIDEST))
            .collect()
    }
}

/// The columns' widths: what each needs, stretched to fill the page; where that is too much, the widest are cut
/// to the same width, as wide as the page allows.
fn widths(needs: &[f64], across: f64) -> Vec<f64> {
    let total = |widths: &[f64]| -> f64 { widths.iter().map(|units| column_points(*units)).sum() };
    let cut = |cap: f64| -> Vec<f64> { needs.iter().map(|need| need.min(cap)).collect() };
    let (all, edges) = (total(needs), total(&cut(0.0)));
    if all < across {
        let wider = (across - edges) / (all - edges);
        return needs.iter().map(|need| need * wider).collect();
    }
    let mut caps = (8_u8..=120).rev().map(f64::from);
    let fits = |cap: &f64| total(&cut(*cap)) <= across * SQUEEZE;
    cut(caps.find(fits).unwrap_or(NARROWEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(widths: &[f64]) -> f64 {
        widths.iter().map(|units| column_points(*units)).sum()
    }

    #[test]
    fn narrow_tables_fill_the_page_and_only_wide_columns_are_cut() {
        let narrow = widths(&[10.0, 20.0], 500.0);
        assert!((sum(&narrow) - 500.0).abs() < 0.01, "{narrow:?}");
        assert!((narrow[1] - 2.0 * narrow[0]).abs() < 0.01, "{narrow:?}");
        let wide = widths(&[10.0, 80.0, 100.0], 500.0);
        assert!(sum(&wide) <= 500.0 * SQUEEZE, "{wide:?}");
        assert!(
            wide[0] > 9.9 && (wide[1] - wide[2]).abs() < 0.01,
            "{wide:?}"
        );
    }
}
