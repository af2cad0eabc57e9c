//! Parts: neighbouring steps of the same lanes under one number.

use std::collections::BTreeSet;

use super::{Mask, Written};
use crate::packets::model::{Lane, Procedure, Section, Step};

/// The parts of a packet, numbered from 1; each step is in all lanes of its part.
pub(super) fn split(
    written: Vec<Written>,
    masks: Vec<Vec<Mask>>,
    lanes: &[Lane],
) -> Vec<Procedure> {
    let mut parts = Vec::new();
    let mut titles = BTreeSet::new();
    for (written, masks) in written.into_iter().zip(masks) {
        let mut splitter = Splitter::new(written.part, lanes.len());
        splitter.run(masks);
        for (index, (part, mask)) in splitter.done.into_iter().enumerate() {
            parts.push(named(part, index, &mask, lanes, &mut titles));
        }
    }
    for (number, part) in (1..).zip(&mut parts) {
        part.number = number;
        let steps = part.sections.iter_mut().flat_map(|it| &mut it.steps);
        for (index, step) in (1..).zip(steps) {
            step.number = format!("{number}.{index}");
        }
    }
    parts
}

/// Cuts one part where the lanes change.
struct Splitter {
    whole: Procedure,
    /// The parts, each with its lanes.
    done: Vec<(Procedure, Mask)>,
    /// The lanes that have read what is said once of the whole.
    told_of_whole: Mask,
    /// The lanes that have read the introduction of the section.
    told: Mask,
    lanes: usize,
}

impl Splitter {
    fn new(whole: Procedure, lanes: usize) -> Self {
        Self {
            whole,
            done: Vec::new(),
            told_of_whole: vec![false; lanes],
            told: vec![false; lanes],
            lanes,
        }
    }

    fn run(&mut self, masks: Vec<Mask>) {
        // What has no steps at all is kept for what it says.
        if masks.is_empty() {
            self.done.push((self.whole.clone(), vec![true; self.lanes]));
            return;
        }
        let mut masks = masks.into_iter();
        for mut section in std::mem::take(&mut self.whole.sections) {
            let steps = std::mem::take(&mut section.steps);
            let steps: Vec<(Step, Mask)> = steps.into_iter().zip(masks.by_ref()).collect();
            self.section(&section, steps);
        }
    }

    fn section(&mut self, section: &Section, steps: Vec<(Step, Mask)>) {
        self.told = vec![false; self.lanes];
        if steps.is_empty() {
            let all = vec![true; self.lanes];
            let mask = self.done.last().map_or(all, |(_, mask)| mask.clone());
            self.open(&mask);
            self.head(section, &mask);
        }
        let mut is_open = false;
        for (step, mask) in steps {
            if !mask.contains(&true) {
                continue;
            }
            if self.open(&mask) || !is_open {
                self.head(section, &mask);
                is_open = true;
            }
            let part = self.done.last_mut().map(|it| &mut it.0);
            if let Some(section) = part.and_then(|it| it.sections.last_mut()) {
                section.steps.push(step);
            }
        }
    }

    /// Opens a part for these lanes, unless the last one is for them; whether one was opened.
    fn open(&mut self, mask: &Mask) -> bool {
        if self.done.last().is_some_and(|(_, last)| last == mask) {
            return false;
        }
        let first = self.done.is_empty();
        let part = Procedure {
            intro: if is_news(mask, &mut self.told_of_whole) {
                self.whole.intro.clone()
            } else {
                Vec::new()
            },
            because: if first {
                self.whole.because.clone()
            } else {
                Vec::new()
            },
            sections: Vec::new(),
            ..self.whole.clone()
        };
        self.done.push((part, mask.clone()));
        true
    }

    /// Writes the head of a section; what it says once only if one of these lanes has not read it.
    fn head(&mut self, section: &Section, mask: &Mask) {
        let mut head = section.clone();
        if !is_news(mask, &mut self.told) {
            head.intro.clear();
        }
        if let Some((part, _)) = self.done.last_mut() {
            part.sections.push(head);
        }
    }
}

/// Whether one of these lanes has not been told; from now on they are.
fn is_news(mask: &Mask, told: &mut Mask) -> bool {
    let news = mask.iter().zip(&*told).any(|(own, told)| *own && !told);
    for (told, own) in told.iter_mut().zip(mask) {
        *told |= own;
    }
    news
}

/// A part with id, title and lanes. The first bears the name of the whole; a later one that of its first section, too.
fn named(
    mut part: Procedure,
    index: usize,
    mask: &Mask,
    lanes: &[Lane],
    titles: &mut BTreeSet<String>,
) -> Procedure {
    let own = lanes.iter().zip(mask).filter(|(_, own)| **own);
    part.lanes = own.map(|(lane, _)| lane.id.clone()).collect();
    if index > 0 {
        part.id = format!("{}-{}", part.id, index + 1);
        // Its first heading goes into the title.
        let section = part.sections.first_mut();
        let section = section.map(|it| std::mem::take(&mut it.title));
        part.title = match section.filter(|it| !it.is_empty()) {
            Some(section) => format!("{}: {section}", part.title),
            None => format!("{}, continued", part.title),
        };
    }
    let title = part.title.clone();
    let mut count = 1;
    while !titles.insert(part.title.clone()) {
        count += 1;
        part.title = format!("{title} ({count})");
    }
    part
}
