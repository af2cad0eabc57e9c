//! The order of tabs and volumes, and the pages themselves.

use std::collections::BTreeSet;

use jiff::civil::date;

use super::*;
use crate::render::fixture;

fn entry(kind: SubjectKind, fqdn: &str, site: Option<&str>, members: &[&str]) -> IndexEntry {
    let mut issue = fixture::issue();
    issue.packet.subject = Subject {
        kind,
        fqdn: fqdn.to_owned(),
    };
    issue.packet.site = site.map(str::to_owned);
    IndexEntry {
        members: members.iter().map(|it| (*it).to_owned()).collect(),
        ..IndexEntry::new(&issue, format!("x/{fqdn}"))
    }
}

fn server(fqdn: &str, site: Option<&str>) -> IndexEntry {
    entry(SubjectKind::Server, fqdn, site, &[])
}

fn names(binder: &Binder) -> Vec<&str> {
    let tabs = binder.tabs.iter();
    tabs.map(|tab| tab.entry.fqdn.as_str()).collect()
}

fn estate_of_two_sites() -> Vec<IndexEntry> {
    vec![
        server("wac", Some("Seattle")),
        server("fe1", Some("Seattle")),
        server("fe2", None),
        server("sql", Some("Seattle")),
        server("lost", None),
        server("b1", Some("Boston")),
        entry(
            SubjectKind::Pool,
            "pool",
            Some("seattle "),
            &["sql", "fe2", "fe1", "b1"],
        ),
        entry(SubjectKind::Pool, "qool", Some("Seattle"), &["sql"]),
    ]
}

#[test]
fn packets_stand_by_site_and_pool_in_restore_order() {
    let binder = Binder::of("binder", estate_of_two_sites());
    // A server without a site stands with its pool, one of two pools with the first, one elsewhere at its own site.
    let expected = ["b1", "pool", "sql", "fe2", "fe1", "qool", "wac", "lost"];
    assert_eq!(names(&binder), expected);
    assert_eq!(binder.tabs[4].number, 5);
}

#[test]
fn a_selection_keeps_its_tabs() {
    let binder = Binder::of("binder", estate_of_two_sites());
    let some = binder.only(|tab| tab.pool.as_deref() == Some("qool"));
    assert_eq!(names(&some), ["qool"]);
    assert_eq!((some.tabs[0].number, some.of), (6, 8));
    let elsewhere = some.refer_to_server("fe1", 1);
    assert_eq!(elsewhere, (None, "not in this binder".to_owned()));
}

#[test]
fn many_packets_make_volumes_that_tear_no_pool() {
    let pool = |number: usize| {
        let members: Vec<String> = (0..PER_VOLUME / 2)
            .map(|it| format!("s{number}-{it}"))
            .collect();
        let members: Vec<&str> = members.iter().map(String::as_str).collect();
        let mut entries = vec![entry(
            SubjectKind::Pool,
            &format!("p{number}"),
            None,
            &members,
        )];
        entries.extend(members.iter().map(|it| server(it, None)));
        entries
    };
    let whole = Binder::of("binder", pool(1));
    assert!(whole.is_whole() && whole.tabs_of(1).count() == PER_VOLUME / 2 + 1);
    let binder = Binder::of("binder", (1..=3).flat_map(pool).collect());
    assert_eq!(binder.volumes(), 4);
    assert_eq!(binder.tabs_of(1).count(), 0, "the front holds no packets");
    for volume in 2..=4 {
        let pools: BTreeSet<_> = binder
            .tabs_of(volume)
            .map(|tab| tab.pool.as_deref())
            .collect();
        assert_eq!(pools.len(), 1);
    }
    assert_eq!(
        [binder.file(1), binder.file(2)],
        ["binder.html", "binder-2.html"]
    );
    let (link, words) = binder.refer_to_server("s2-0", 2);
    assert_eq!(link.as_deref(), Some("binder-3.html#tab-103"));
    assert_eq!(words, "tab 103, volume 3");
}

#[test]
fn a_pool_larger_than_a_volume_is_torn_and_nothing_is_lost() {
    let servers = (0..=PER_VOLUME * 2).map(|it| server(&format!("s{it:04}"), None));
    let binder = Binder::of("binder", servers.collect());
    let sizes: Vec<usize> = (1..=binder.volumes())
        .map(|it| binder.tabs_of(it).count())
        .collect();
    assert_eq!(sizes, [0, PER_VOLUME, PER_VOLUME, 1]);
}

fn engine() -> Engine {
    let (engine, findings) = Engine::load(&crate::template::builtin());
    assert_eq!(findings, []);
    engine
}

/// An estate judged on a later day than its packets were issued on.
fn estate() -> Estate {
    Estate {
        as_of: date(2014, 6, 21),
        ..fixture::estate()
    }
}

/// Two packets that are the same but for their names, and the binder of both.
fn pages() -> (String, String) {
    let (engine, estate) = (engine(), estate());
    let issue = fixture::hostile(fixture::issue());
    let mut other = issue.clone();
    other.packet.subject.fqdn = "sql04.contoso.com".to_owned();
    other.packet.title = "Restore packet: the other one".to_owned();
    let issues = [issue, other];
    let entries = issues
        .iter()
        .map(|issue| IndexEntry::new(issue, "x"))
        .collect();
    let binder = Binder::of("binder", entries);
    let packets = || {
        let packets = issues
            .iter()
            .map(|it| packet(&engine, it, &binder, &estate));
        packets.collect::<Result<Vec<_>, _>>().expect("packets")
    };
    let matter = Front {
        title: "Restore binder".to_owned(),
        control: &issues[0].packet.control,
        people: &issues[0].packet.people,
        cards: &fixture::hostile_cards(),
        plan: &fixture::plan(),
    };
    let first = front(&engine, &binder, &matter, packets(), &estate).expect("a front");
    let second = volume(&engine, &binder, 1, packets(), &estate).expect("a volume");
    (first, second)
}

#[test]
fn every_link_has_its_anchor_and_no_anchor_comes_twice() {
    let (first, second) = pages();
    // The people stand in the front, which the second page, made of the same packets, lacks.
    let second = second.replace("href=\"#people\"", "");
    for page in [first, second] {
        let between = |opening: &str| -> Vec<String> {
            let parts = page.split(opening).skip(1);
            parts
                .filter_map(|part| Some(part.split_once('"')?.0.to_owned()))
                .collect()
        };
        let ids = between(" id=\"");
        let distinct: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(ids.len(), distinct.len());
        for link in between("href=\"#") {
            assert!(distinct.contains(&link), "#{link}");
        }
        for link in between("href=\"") {
            assert!(link.starts_with('#'), "{link} leads out of the binder");
        }
    }
}

#[test]
fn each_packet_has_its_own_page_rule_and_mark() {
    let (first, second) = pages();
    for page in [&first, &second] {
        for (tab, title) in [
            (1, "Back End Server sql03.contoso.com"),
            (2, "the other one"),
        ] {
            let rule = page.split(&format!("@page tab-{tab} {{")).nth(1);
            let rule = rule.expect("a rule");
            assert!(rule.split("@page").next().unwrap().contains(title));
            assert!(page.contains(&format!("id=\"tab-{tab}\" style=\"page: tab-{tab}\"")));
        }
        assert!(page.contains("margin: 0mm 0 0 3mm") && page.contains("margin: 11mm 0 0 3mm"));
        assert!(!page.contains("<script"));
    }
    assert!(first.contains("@page cycle {"));
}

#[test]
fn the_cycle_stands_on_its_sheet_alone_and_the_sources_at_the_end() {
    let (first, second) = pages();
    let sheet = first.find("id=\"cycle-sheet\"").expect("a cycle sheet");
    let contents = first.find("id=\"contents\"").expect("contents");
    let estate = estate();
    let share = estate.cycle.location.value.as_deref().expect("a share");
    let outside = format!("{}{}", &first[..sheet], &first[contents..]);
    assert!(first[sheet..contents].contains(share));
    assert!(!outside.contains(share) && !second.contains(share));
    let table = first.find("id=\"sources\"").expect("sources");
    for source in &estate.sources {
        assert!(first[table..].contains(&source.sha256));
        assert!(!first[..table].contains(&source.sha256) && !second.contains(&source.sha256));
    }
    let day = estate.as_of.to_string();
    assert!(first.contains(&day) && !second.contains(&day));
}
