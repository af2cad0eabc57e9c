//! What is said of each sheet whose rows or columns of last time are missing.

use crate::finding::{Code, Finding, Place, words};
use crate::publish::{Lack, Lost, PacketEntry};

use super::Hold;

impl Hold {
    /// What is to be said of each missing sheet.
    pub fn findings(&self) -> Vec<Finding> {
        self.lost.iter().map(|lost| self.finding(lost)).collect()
    }

    fn finding(&self, lost: &Lost) -> Finding {
        let mut place = Place::file(lost.path.as_str());
        if let Some(sheet) = lost.sheet.as_ref().and_then(|it| it.sheet.as_deref()) {
            place = place.sheet(sheet);
        }
        let concerned = |packet: &&PacketEntry| {
            let mut read = packet.read.iter();
            packet.read.is_empty() || read.any(|it| lost.covers(&it.path, it.sheet.as_deref()))
        };
        let count = self.packets().filter(concerned).count();
        let since = &lost.since;
        let (now, help) = match lost.why {
            Lack::Unreadable => (
                "cannot be read now".to_owned(),
                "mend the worksheet and build again",
            ),
            Lack::Gone => (
                "holds none now".to_owned(),
                "bring the worksheet back; if its rows are meant to be gone, build with `--retire`",
            ),
            Lack::Thinned => (
                format!("holds {} now", lost.now),
                "bring the rows back; if they are meant to be gone, build with `--retire`",
            ),
            Lack::Emptied => (
                "holds nothing there now".to_owned(),
                "bring the column back, under its heading; if its cells are meant to be blank, build with `--retire`",
            ),
            Lack::Unusable => (
                "holds rows now whose names cannot be used and may be those of packets".to_owned(),
                "mend the names that the findings of this sheet are about; if packets are meant to be gone, build with `--retire`",
            ),
            Lack::Renamed => (
                "holds names now that differ from those of packets in their ending alone"
                    .to_owned(),
                "write the names as they were; if the servers or pools have other names now, build with `--retire`",
            ),
            Lack::Sudden => (
                format!(
                    "holds {} now, so that many packets would be retired at once",
                    lost.now
                ),
                "bring the rows back; if they are meant to be gone, build with `--retire`",
            ),
        };
        let held = held(lost);
        let stay = match count {
            0 => "nothing was retired".to_owned(),
            _ => format!(
                "{} as they were, not refreshed since {since}",
                words::count(count, "packet stays", "packets stay")
            ),
        };
        Finding::new(
            Code::NotRefreshed,
            format!("this held {held} on {since} and {now}; {stay}"),
        )
        .at(&place)
        .help(help)
    }
}

/// What a sheet held, in words.
fn held(lost: &Lost) -> String {
    let Some(sheet) = &lost.sheet else {
        return "rows".to_owned();
    };
    if lost.headings.is_empty() {
        let rows = words::count(sheet.rows, "row", "rows");
        return format!("{rows} of `{}`", sheet.kind);
    }
    format!(
        "values of `{}` under {}",
        sheet.kind,
        words::quoted(&lost.headings)
    )
}
