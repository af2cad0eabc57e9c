//! Volumes: a binder whose packets are too many for one print job is printed in several.

use super::Tab;

/// As many packets as one print job takes. Two hundred typical packets are about two thousand pages, which a browser
/// lays out in a few minutes and a printer takes as one job.
pub const PER_VOLUME: usize = 200;

/// Gives each tab its volume. Where there are several, the first holds no packets: it is the front, which lists
/// them, and which alone is printed again when only cycle, sources or contents change.
pub(super) fn assign(tabs: &mut [Tab]) {
    if tabs.len() <= PER_VOLUME {
        for tab in tabs {
            tab.volume = 1;
        }
        return;
    }
    let (mut volume, mut room) = (2, PER_VOLUME);
    for pool in tabs.chunk_by_mut(|a, b| a.site == b.site && a.pool == b.pool) {
        // A pool is not torn, unless it is larger than a volume.
        if pool.len() > room && room < PER_VOLUME {
            (volume, room) = (volume + 1, PER_VOLUME);
        }
        for tab in pool {
            if room == 0 {
                (volume, room) = (volume + 1, PER_VOLUME);
            }
            tab.volume = volume;
            room -= 1;
        }
    }
}
