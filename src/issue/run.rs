//! What goes into a run: what was read, what stands, how it judges, and what it leaves as it is.

use crate::publish::{Body, IssuedBefore, Manifest, Staging};
use crate::topology::Topology;

use super::choose::{Chosen, choose};
use super::hold::Hold;
use super::numbering::Numbering;
use super::reuse::Reuse;
use super::{Options, Reading, Result};

/// What goes into a run.
pub struct Run<'a> {
    /// What was read.
    pub reading: &'a Reading,
    /// What stands in the output folder.
    pub standing: &'a IssuedBefore,
    /// How it judges and what it makes.
    pub options: &'a Options,
    /// What it leaves as it is.
    pub hold: &'a Hold,
    /// Who holds what for whom.
    pub topology: Topology<'a>,
    /// The packets it makes, unless nothing changed.
    pub chosen: Vec<Chosen<'a>>,
    /// What was issued before.
    pub editions: Numbering,
    /// What need not be rendered again.
    pub reuse: Reuse<'a>,
    /// What takes the bodies of files as they are rendered; `None` where they are held.
    pub staging: Option<&'a Staging>,
}

impl<'a> Run<'a> {
    /// `None` where no server and no pool was read.
    pub fn of(
        reading: &'a Reading,
        standing: &'a IssuedBefore,
        options: &'a Options,
        hold: &'a Hold,
    ) -> Result<Option<Self>> {
        let mut chosen = choose(&reading.inventory, &options.only)?;
        if chosen.is_empty() {
            return Ok(None);
        }
        chosen.retain(|it| !hold.holds(it.key().0, it.key().1));
        Ok(Some(Self {
            topology: Topology::of(&reading.inventory),
            chosen,
            editions: Numbering::new(&standing.ledger, options.as_of),
            reuse: Reuse::new(&reading.estate, &reading.layout, &options.formats).with(standing),
            reading,
            standing,
            options,
            hold,
            staging: None,
        }))
    }

    /// The same, its bodies staged.
    #[must_use]
    pub fn staged(self, staging: Option<&'a Staging>) -> Self {
        Self { staging, ..self }
    }

    /// The body of a file, off the hands of whoever rendered it.
    pub fn body(&self, path: &str, bytes: Vec<u8>) -> Body {
        match self.staging {
            Some(staging) => staging.body(path, bytes),
            None => Body::Held(bytes),
        }
    }

    /// The manifest before, if this run makes some of the packets only.
    pub fn before_part(&self) -> Option<&'a Manifest> {
        let previous = self.standing.manifest.as_ref();
        previous.filter(|_| !self.options.only.is_empty())
    }
}
