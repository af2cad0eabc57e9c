//! What stands in the ledger, and what is refused.

use super::*;

fn ledger(count: u32) -> Ledger {
    let mut ledger = Ledger::default();
    for edition in 1..=count {
        let edition = Edition {
            kind: Kind::Server,
            fqdn: "fe01.contoso.com".to_owned(),
            edition,
            fingerprint: format!("F{edition}"),
            issued: "2014-06-10".to_owned(),
            as_of: "2014-06-10".to_owned(),
            valid_until: None,
            scenarios: vec!["enterprise-front-end".to_owned()],
            status: StatusEntry::Ready,
            what: "first issued".to_owned(),
        };
        ledger.append(Event::Issued, edition).unwrap();
    }
    ledger
}

fn lines(count: u32) -> Vec<String> {
    ledger(count).lines
}

#[test]
fn what_is_written_is_read() {
    let mut ledger = ledger(3);
    let page = Page::Cycle {
        cycle: "abc".to_owned(),
    };
    let day = "2014-06-11".to_owned();
    ledger
        .append_tick(Handled::Printed, page, day.clone())
        .unwrap();
    ledger.append_withdrawal(2, day).unwrap();
    let text = String::from_utf8(ledger.to_bytes()).unwrap();
    assert_eq!(Ledger::parse(&text), Ok(ledger));
    assert_eq!(Ledger::parse(""), Ok(Ledger::default()));
}

#[test]
fn removed_moved_and_edited_lines_are_noticed() {
    let parse = |lines: &[String]| Ledger::parse(&lines.join("\n"));
    let mut removed = lines(4);
    removed.remove(1);
    assert_eq!(parse(&removed), Err(LedgerFault::Broken(2)));
    let mut moved = lines(4);
    moved.swap(1, 2);
    assert_eq!(parse(&moved), Err(LedgerFault::Broken(2)));
    let mut edited = lines(4);
    edited[2] = edited[2].replace("F3", "F9");
    assert_eq!(parse(&edited), Err(LedgerFault::Broken(4)));
    let mut cut = lines(4);
    cut[3].truncate(20);
    assert!(matches!(parse(&cut), Err(LedgerFault::Unreadable(4, _))));
}

#[test]
fn a_changed_end_is_noticed_by_the_manifest() {
    let whole = ledger(4);
    let short = Ledger::parse(&lines(4)[..3].join("\n")).unwrap();
    assert_eq!(short.matches(&whole.head()), Err(LedgerFault::Short(3, 4)));
    let mut edited = lines(4);
    edited[3] = edited[3].replace("F4", "F9");
    let edited = Ledger::parse(&edited.join("\n")).unwrap();
    assert_eq!(edited.matches(&whole.head()), Err(LedgerFault::Other));
    assert_eq!(whole.matches(&whole.head()), Ok(()));
}

#[test]
fn a_newer_ledger_is_not_read() {
    let newer = lines(1)[0].replace("\"schema\":1", "\"schema\":4");
    assert_eq!(Ledger::parse(&newer), Err(LedgerFault::Newer(1, 4)));
}
