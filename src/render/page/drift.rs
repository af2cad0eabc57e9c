//! Where a topology and the worksheets differ, as a page.

use serde::Serialize;

use super::heads::Heads;
use crate::contract::DriftData;
use crate::packets::Estate;

/// What `drift.html` and `drift.md` see.
#[derive(Clone, Debug, Serialize)]
pub struct DriftContext<'d> {
    /// The differences.
    pub drift: &'d DriftData,
    /// What only the page needs: the running heads and feet.
    pub page: Heads,
}

impl<'d> DriftContext<'d> {
    pub(in crate::render) fn new(drift: &'d DriftData, estate: &Estate) -> Self {
        Self {
            drift,
            page: Heads::of_estate(estate),
        }
    }
}
