//! Ticks in the ledger: the last of a page, and how more are written.
//!
//! Entry point: [`OutputFolder::tick`].

use super::{
    Files, Handled, IssuedBefore, LEDGER, Ledger, OutputFolder, Page, PublishError, Report, Tick,
};

impl Ledger {
    /// What was last said of a page, of whichever edition.
    pub fn last_tick(&self, page: &Page) -> Option<&Tick> {
        let mut newest = self.ticks().iter().rev();
        newest.find(|tick| tick.page.is_same_sheet(page))
    }
}

impl OutputFolder {
    /// Writes ticks into the ledger. Nothing else is touched but the manifest.
    ///
    /// # Errors
    /// When the disk refuses; then nothing was written.
    pub fn tick(
        &self,
        standing: &IssuedBefore,
        ticks: impl IntoIterator<Item = (Handled, Page)>,
        day: &str,
    ) -> Result<Report, PublishError> {
        let mut ledger = standing.ledger.clone();
        for (handled, page) in ticks {
            ledger.append_tick(handled, page, day.to_owned())?;
        }
        let previous = standing.manifest.clone();
        let manifest = previous.ok_or_else(|| PublishError::Lost(LEDGER.into()))?;
        self.amend(standing, &ledger, manifest, Files::new())
    }
}
