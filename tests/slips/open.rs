//! Slips of the sample that the tool does not hold yet, by kind. A count may only go down.

use crate::slip::Kind;

/// Kind, how many slips of the sample fail, and why they still do.
const TABLE: &[(Kind, usize, &str)] = &[
    (
        Kind::DropSeparator,
        1,
        "a row whose last cells are blank moves up by one and stays within its headings",
    ),
    (
        Kind::SwapNeighbour,
        3,
        "schedules and tools are held against no list, and a next hop may be any pool",
    ),
    (
        Kind::ShiftLeft,
        1,
        "in the last columns prose moves into prose",
    ),
    (
        Kind::ShiftRight,
        3,
        "two columns of dates or of yes and no stand side by side before the end of the row",
    ),
    (
        Kind::DuplicateRowChanged,
        3,
        "an old and a new certificate of one name may both be recorded",
    ),
    (
        Kind::Sentence,
        3,
        "tools and sets are held against no list, nor is the version of a server without services",
    ),
    (
        Kind::OtherValue,
        2,
        "a certificate's use and a backup's tool are held against no other cell",
    ),
];

/// How many slips of a kind may fail.
pub fn count(kind: Kind) -> usize {
    let found = TABLE.iter().find(|(known, _, _)| *known == kind);
    found.map_or(0, |(_, count, _)| *count)
}
