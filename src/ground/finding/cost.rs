//! What a finding costs: the commands it withholds, and the packets it stands in.
//!
//! Entry point: [`Costs`], filled once a run from what packets say ([`Concern`]), asked for any number of findings.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Finding, Place, Subject, words};

/// A packet that rests on a cell, and what the cell withholds in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Concern {
    /// The cell, or the row.
    pub place: Place,
    /// The packet's subject.
    pub packet: Subject,
    /// How many of its commands wait for the cell.
    pub commands: usize,
}

/// What every cell costs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Costs(Vec<Concern>);

/// What some findings cost together. The order is that of mending: what costs least comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// How many commands are withheld.
    pub commands: usize,
    /// In how many packets; where no command is withheld, the packets that name the finding.
    pub packets: usize,
}

impl Costs {
    /// What findings at these places cost together, each cell counted once.
    pub fn of(&self, findings: &[&Finding]) -> Cost {
        let places: BTreeSet<&Place> = findings
            .iter()
            .filter_map(|finding| finding.place.as_ref())
            .filter(|place| place.at_row().is_some())
            .collect();
        let concerns: BTreeSet<&Concern> = places
            .into_iter()
            .flat_map(|place| self.at(place))
            .collect();
        let commands = concerns.iter().map(|concern| concern.commands).sum();
        let packets: BTreeSet<&Subject> = concerns
            .into_iter()
            .filter(|concern| commands == 0 || concern.commands > 0)
            .map(|concern| &concern.packet)
            .chain(
                findings
                    .iter()
                    .flat_map(|finding| &finding.about)
                    .filter(|_| commands == 0),
            )
            .collect();
        Cost {
            commands,
            packets: packets.len(),
        }
    }

    /// What concerns a cell, or any cell of a row. A row stands right before its cells in the order of places.
    fn at<'a>(&'a self, place: &'a Place) -> impl Iterator<Item = &'a Concern> {
        let start = self.0.partition_point(|concern| concern.place < *place);
        self.0[start..]
            .iter()
            .take_while(|concern| place.holds(&concern.place))
    }
}

impl FromIterator<Concern> for Costs {
    fn from_iter<T: IntoIterator<Item = Concern>>(concerns: T) -> Self {
        let mut concerns: Vec<Concern> = concerns.into_iter().collect();
        concerns.sort();
        concerns.dedup();
        Self(concerns)
    }
}

impl IntoIterator for Costs {
    type Item = Concern;
    type IntoIter = std::vec::IntoIter<Concern>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Cost {
    /// Whether nothing is withheld and no packet concerned.
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

impl fmt::Display for Cost {
    /// `withholds 6 commands in 4 packets`, `stands in 4 packets`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let packets = words::count(self.packets, "packet", "packets");
        match self.commands {
            0 => write!(f, "stands in {packets}"),
            commands => {
                let commands = words::count(commands, "command", "commands");
                write!(f, "withholds {commands} in {packets}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Code, SubjectKind};

    fn cell(row: u32, column: u32) -> Place {
        Place::file("pools.xlsx").sheet("Pools").cell(row, column)
    }

    fn concern(place: Place, fqdn: &str, commands: usize) -> Concern {
        let packet = Subject {
            kind: SubjectKind::Pool,
            fqdn: fqdn.to_owned(),
        };
        Concern {
            place,
            packet,
            commands,
        }
    }

    #[test]
    fn a_cell_costs_what_waits_for_it_and_a_row_what_waits_for_any_of_its_cells() {
        let costs: Costs = [
            concern(cell(2, 3), "a", 4),
            concern(cell(2, 3), "b", 2),
            concern(cell(2, 3), "c", 0),
            concern(cell(2, 5), "a", 1),
            concern(cell(3, 3), "a", 0),
            concern(cell(22, 3), "a", 9),
        ]
        .into_iter()
        .collect();
        let at = |place: &Place| Finding::new(Code::BadPath, "m").at(place);
        let of = |place: Place| costs.of(&[&at(&place)]).to_string();
        assert_eq!(of(cell(2, 3)), "withholds 6 commands in 2 packets");
        assert_eq!(
            of(cell(2, 0).whole_row()),
            "withholds 7 commands in 2 packets"
        );
        assert_eq!(of(cell(3, 3)), "stands in 1 packet");
        let both = [&at(&cell(2, 3)), &at(&cell(2, 3)), &at(&cell(2, 5))];
        assert_eq!(costs.of(&both).commands, 7, "each cell once");
        assert!(costs.of(&[&at(&cell(4, 3))]).is_none());
        assert!(costs.of(&[&at(&cell(2, 3).whole_sheet())]).is_none());
    }
}
