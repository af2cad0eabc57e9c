//! Every lane of every packet, walked: of the sample, of its variants, of generated estates.
//!
//! A small model of the deployment says what each command needs and gives (`deployment.toml`); a lane is refused where a
//! step comes before the state it needs, or where the end is not what the lane is for. That the model can refuse at all is
//! shown by wrong orders (`orders.toml`), and by taking single steps out.

mod actions;
mod cases;
mod deployment;
mod orders;
mod rules;
mod ties;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use cases::Estate;
use deployment::Deployment;
use jiff::civil::date;
use restore_packets::{Format, Options, Unwatched, assemble, data, read};
use rules::Rules;
use walk::{Refusal, Way};

/// How many estates are generated.
const GENERATED: usize = 12;

/// Of how many estates the names are looked at.
const ESTATES_OF_TIES: usize = 6;

/// An estate that has been read, and the lanes of all its packets.
struct Read {
    name: String,
    deployment: Deployment,
    ways: Vec<Way>,
}

impl Read {
    fn of(rules: &Rules, estate: &Estate) -> Self {
        let options = Options {
            formats: vec![Format::Json],
            ..Options::on(date(2014, 6, 10))
        };
        let reading = read(estate.inputs(), &options).expect("it is read");
        let assembly = assemble(&reading, &options, &Unwatched).expect("packets are made");
        let ways = assembly.packets.iter().flat_map(|packet| {
            let lanes = packet.lanes.iter();
            lanes.map(|lane| Way::of(packet, lane))
        });
        let mut deployment = Deployment::of(&reading.inventory);
        deployment.sound = walk::sound(rules, &deployment);
        Self {
            name: estate.name.clone(),
            deployment,
            ways: ways.collect(),
        }
    }
}

/// Refusals by the step's title, without names: one example each, and how many lanes.
fn said(refusals: &BTreeMap<String, Vec<String>>) -> String {
    let lines = refusals
        .iter()
        .map(|(what, all)| format!("{what} [{}×]\n    e.g. {}\n", all.len(), all[0]));
    lines.collect()
}

/// A text with its names, numbers and quoted words taken out, so that what is the same fault reads the same.
fn kind(refusal: &Refusal) -> String {
    let what = refusal.why.rsplit("needs:").next().unwrap_or_default();
    let text = format!("{}: {what}", refusal.step);
    let words = text.split_whitespace().map(|it| {
        if it.contains(".contoso.com") {
            "…"
        } else {
            it
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What is refused that should not be, and is known: kinds of refusals, in `open.toml`, each with a reason.
fn open() -> BTreeMap<String, String> {
    data::parse(&cases::text("open.toml")).expect("it parses")
}

#[test]
fn every_step_of_every_lane_finds_what_it_needs() {
    let (rules, open) = (Rules::read(), open());
    let mut refused: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut walked, mut cut) = (0, 0);
    for estate in cases::all().iter().chain(&cases::generated(GENERATED)) {
        let read = Read::of(&rules, estate);
        for way in &read.ways {
            walked += 1;
            cut += usize::from(way.is_cut());
            for refusal in walk::walk(&rules, &read.deployment, way) {
                let known = refused.entry(kind(&refusal)).or_default();
                known.push(format!("{}: {}: {}", read.name, way.name, refusal.why));
            }
        }
    }
    println!("{walked} lanes, {cut} cut short by a gap");
    for (kind, reason) in open {
        if refused.remove(&kind).is_none() {
            println!("no longer refused: {kind} ({reason})");
        }
    }
    assert!(refused.is_empty(), "{}", said(&refused));
}

#[test]
fn wrong_orders_are_refused() {
    let (rules, estates) = (Rules::read(), cases::all());
    let orders = orders::all();
    assert!(orders.len() >= 10);
    for order in orders {
        let wanted = order.estate.as_deref().unwrap_or("the sample, filled in");
        let estate = estates.iter().find(|it| it.name == wanted).expect(wanted);
        let read = Read::of(&rules, estate);
        let way = read
            .ways
            .iter()
            .find(|it| it.is_in(&order.packet, &order.lane));
        let way = way.unwrap_or_else(|| panic!("{}: no such lane", order.why));
        let said = |way: &Way| walk::walk(&rules, &read.deployment, way);
        let before = said(way);
        assert!(
            !before.iter().any(|it| it.why.contains(&order.refused)),
            "{before:?}"
        );
        let after = said(&order.of(way));
        assert!(
            after.iter().any(|it| it.why.ends_with(&order.refused)),
            "{} is not refused for want of `{}`: {after:?}",
            order.why,
            order.refused
        );
    }
}

#[test]
fn no_packet_names_what_its_ties_do_not_hold() {
    let options = Options {
        formats: vec![Format::Json],
        ..Options::on(date(2014, 6, 10))
    };
    let mut strangers = BTreeSet::new();
    for estate in cases::all().iter().take(ESTATES_OF_TIES) {
        let reading = read(estate.inputs(), &options).expect("it is read");
        let assembly = assemble(&reading, &options, &Unwatched).expect("packets are made");
        let deployment = Deployment::of(&reading.inventory);
        for packet in &assembly.packets {
            strangers.extend(ties::strangers(packet, &deployment));
        }
    }
    let said: Vec<String> = strangers.into_iter().collect();
    assert!(
        said.is_empty(),
        "{} strangers:\n{}",
        said.len(),
        said.join("\n")
    );
}

/// Nine in ten: some steps only help, and some are there for the case that another fails.
#[test]
fn a_lane_without_one_of_its_steps_is_refused() {
    let rules = Rules::read();
    let (mut needed, mut idle) = (0, BTreeMap::<String, usize>::new());
    for estate in cases::all().iter().take(2) {
        let read = Read::of(&rules, estate);
        for way in read.ways.iter().filter(|it| !it.is_cut()) {
            if !walk::walk(&rules, &read.deployment, way).is_empty() {
                continue;
            }
            let (count, without) = orders::needed(&rules, &read.deployment, way);
            needed += count;
            for title in without {
                let words = title.split_whitespace();
                let words = words.map(|it| {
                    if it.contains(".contoso.com") {
                        "…"
                    } else {
                        it
                    }
                });
                *idle.entry(words.collect::<Vec<_>>().join(" ")).or_default() += 1;
            }
        }
    }
    let missed: usize = idle.values().sum();
    let all = needed + missed;
    let share = needed * 1000 / all;
    println!(
        "{needed} of {all} steps with commands are needed: {}.{} %; idle: {idle:#?}",
        share / 10,
        share % 10
    );
    assert!(share >= 900, "{share} of 1000; idle: {idle:#?}");
}
