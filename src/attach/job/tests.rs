//! The work on a record that is kept in memory, and on one that fails in every way.

use std::cell::{Cell, RefCell};

use super::*;
use crate::Fault;

/// A record in memory.
#[derive(Default)]
struct Memory {
    files: RefCell<Vec<(Attached, Vec<u8>)>>,
    notes: RefCell<Vec<String>>,
    /// Keeps no more than this many bytes of a file.
    keeps: Option<usize>,
    limit: Option<u64>,
    /// Takes the note by itself.
    apart: bool,
    /// Breaks after this many files of one addition.
    breaks_after: Option<usize>,
    reads: Cell<usize>,
}

impl Memory {
    fn holds(&self, name: &str, bytes: &[u8]) {
        let mut files = self.files.borrow_mut();
        let attached = Attached {
            id: files.len().to_string(),
            name: name.to_owned(),
            size: bytes.len() as u64,
        };
        files.push((attached, bytes.to_owned()));
    }

    fn names(&self) -> Vec<String> {
        let files = self.files.borrow();
        files.iter().map(|(it, _)| it.name.clone()).collect()
    }
}

impl System for Memory {
    fn look(&self) -> Result<Vec<Attached>, Trouble> {
        Ok(self
            .files
            .borrow()
            .iter()
            .map(|(it, _)| it.clone())
            .collect())
    }

    fn limit(&self) -> Result<Option<u64>, Trouble> {
        Ok(self.limit)
    }

    fn notes(&self, _: &Attached) -> Result<Vec<String>, Trouble> {
        Ok(self.notes.borrow().clone())
    }

    fn read(&self, attached: &Attached, _: u64) -> Result<Vec<u8>, Trouble> {
        self.reads.set(self.reads.get() + 1);
        let files = self.files.borrow();
        let found = files.iter().find(|(it, _)| it.id == attached.id);
        Ok(found.expect("a file it gave").1.clone())
    }

    fn add(&self, files: &[Outgoing], note: &str) -> Result<(), Trouble> {
        for (number, file) in files.iter().enumerate() {
            if self.breaks_after == Some(number) {
                let fault = Fault::Broken("reset".to_owned());
                return Err(Trouble::from(fault).about(&file.name));
            }
            let kept = self.keeps.unwrap_or(usize::MAX).min(file.bytes.len());
            self.holds(&file.name, &file.bytes[..kept]);
        }
        if self.apart { Ok(()) } else { self.say(note) }
    }

    fn takes_both(&self) -> bool {
        !self.apart
    }

    fn say(&self, note: &str) -> Result<(), Trouble> {
        self.notes.borrow_mut().push(note.to_owned());
        Ok(())
    }
}

fn packet(edition: u32, text: &str) -> Outgoing {
    Outgoing {
        source: "servers/sql01.contoso.com.html".to_owned(),
        name: "sql01.contoso.com.html".to_owned(),
        edition: Some(edition),
        fingerprint: Some("ABCD-EFGH".to_owned()),
        bytes: text.as_bytes().to_owned(),
    }
}

fn run(memory: &Memory, files: &[Outgoing]) -> Report {
    attach(memory, files, Some("Approved by the board."), false, &()).expect("a report")
}

fn outcomes(report: &Report) -> Vec<&Outcome> {
    report.files.iter().map(|it| &it.outcome).collect()
}

#[test]
fn a_second_run_sends_nothing() {
    let memory = Memory::default();
    assert_eq!(
        outcomes(&run(&memory, &[packet(1, "one")])),
        [&Outcome::Attached]
    );
    assert_eq!(
        outcomes(&run(&memory, &[packet(1, "one")])),
        [&Outcome::Present]
    );
    assert_eq!(memory.names(), ["sql01.contoso.com.html"]);
    assert_eq!(memory.notes.borrow().len(), 1);
}

#[test]
fn the_same_bytes_under_another_name_are_there_already() {
    let memory = Memory::default();
    memory.holds("by-hand.html", b"one");
    memory.holds("larger.html", b"larger");
    let report = run(&memory, &[packet(1, "one")]);
    assert_eq!(report.files[0].name, "by-hand.html");
    assert_eq!(outcomes(&report), [&Outcome::Present]);
    // A file of another size cannot be the same, and is not read.
    assert_eq!(memory.reads.get(), 1);
}

#[test]
fn changed_content_is_added_beside_the_old_and_the_note_says_so() {
    let memory = Memory::default();
    run(&memory, &[packet(2, "two")]);
    let report = run(&memory, &[packet(3, "new")]);
    assert_eq!(
        memory.names(),
        ["sql01.contoso.com.html", "sql01.contoso.com-e3.html"]
    );
    assert_eq!(
        report.files[0].supersedes.as_deref(),
        Some("sql01.contoso.com.html")
    );
    assert_eq!(
        memory.notes.borrow()[1],
        "Approved by the board.\n\nAttached by restore-packets:\nsql01.contoso.com-e3.html: edition 3, fingerprint ABCD-EFGH, 3 bytes, supersedes sql01.contoso.com.html\nSHA-256 11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437"
    );
}

#[test]
fn what_somebody_else_attached_is_not_superseded() {
    let memory = Memory::default();
    memory.holds("sql01.contoso.com.html", b"by hand");
    let report = run(&memory, &[packet(1, "one")]);
    assert_eq!(report.files[0].name, "sql01.contoso.com-e1.html");
    assert_eq!(report.files[0].supersedes, None);
    assert!(!memory.notes.borrow()[0].contains("supersedes"));
    // Its own is, and what was put there under its name later is not.
    memory.holds("sql01.contoso.com-e9.html", b"by hand, later");
    let report = run(&memory, &[packet(2, "two")]);
    assert_eq!(
        report.files[0].supersedes.as_deref(),
        Some("sql01.contoso.com-e1.html")
    );
}

#[test]
fn many_files_of_one_size_are_not_all_read() {
    struct Seen(RefCell<Vec<(usize, usize)>>);
    impl Watch for Seen {
        fn compared(&self, done: usize, all: usize) {
            self.0.borrow_mut().push((done, all));
        }
    }
    let memory = Memory::default();
    for number in 0..2_000 {
        memory.holds(&format!("{number}.html"), b"eno");
    }
    let seen = Seen(RefCell::default());
    let report = attach(&memory, &[packet(1, "one")], None, true, &seen).expect("a report");
    assert_eq!(outcomes(&report), [&Outcome::Planned]);
    assert!(memory.reads.get() < 10, "{}", memory.reads.get());
    assert_eq!(seen.0.borrow().last(), Some(&(5, 5)));
}

#[test]
fn a_name_the_server_gives_is_the_name() {
    struct Renaming(Memory);
    impl System for Renaming {
        fn look(&self) -> Result<Vec<Attached>, Trouble> {
            self.0.look()
        }
        fn notes(&self, beside: &Attached) -> Result<Vec<String>, Trouble> {
            self.0.notes(beside)
        }
        fn read(&self, attached: &Attached, expected: u64) -> Result<Vec<u8>, Trouble> {
            self.0.read(attached, expected)
        }
        fn add(&self, files: &[Outgoing], note: &str) -> Result<(), Trouble> {
            self.0.holds("named\u{1b}[2J otherwise", &files[0].bytes);
            self.0.say(note)
        }
        fn takes_both(&self) -> bool {
            true
        }
        fn say(&self, note: &str) -> Result<(), Trouble> {
            self.0.say(note)
        }
    }
    let memory = Renaming(Memory::default());
    let report = attach(&memory, &[packet(1, "one")], None, false, &()).expect("a report");
    assert_eq!(outcomes(&report), [&Outcome::Attached]);
    assert_eq!(report.files[0].name, "named␛[2J otherwise");
}

#[test]
fn a_dry_run_sends_nothing() {
    let memory = Memory::default();
    let report = attach(&memory, &[packet(1, "one")], None, true, &()).expect("a report");
    assert_eq!(outcomes(&report), [&Outcome::Planned]);
    assert!(memory.names().is_empty() && memory.notes.borrow().is_empty());
}

#[test]
fn a_server_that_cuts_is_found_out_and_the_next_run_adds_anew() {
    let mut memory = Memory {
        keeps: Some(2),
        ..Memory::default()
    };
    let report = run(&memory, &[packet(1, "one")]);
    assert_eq!(outcomes(&report), [&Outcome::Damaged(2)]);
    assert_eq!(
        memory.notes.borrow()[1],
        "Do not use these attachments; they are not what restore-packets sent:\nsql01.contoso.com.html: 3 bytes were sent, 2 are here, and they differ"
    );
    memory.keeps = None;
    let report = run(&memory, &[packet(1, "one")]);
    assert_eq!(outcomes(&report), [&Outcome::Attached]);
    assert_eq!(report.files[0].name, "sql01.contoso.com-e1.html");
}

#[test]
fn a_server_that_alters_bytes_is_found_out() {
    struct Upper(Memory);
    impl System for Upper {
        fn look(&self) -> Result<Vec<Attached>, Trouble> {
            self.0.look()
        }
        fn notes(&self, beside: &Attached) -> Result<Vec<String>, Trouble> {
            self.0.notes(beside)
        }
        fn read(&self, attached: &Attached, expected: u64) -> Result<Vec<u8>, Trouble> {
            Ok(self.0.read(attached, expected)?.to_ascii_uppercase())
        }
        fn add(&self, files: &[Outgoing], note: &str) -> Result<(), Trouble> {
            self.0.add(files, note)
        }
        fn takes_both(&self) -> bool {
            self.0.takes_both()
        }
        fn say(&self, note: &str) -> Result<(), Trouble> {
            self.0.say(note)
        }
    }
    let report = attach(
        &Upper(Memory::default()),
        &[packet(1, "one")],
        None,
        false,
        &(),
    );
    assert_eq!(outcomes(&report.expect("a report")), [&Outcome::Damaged(3)]);
}

#[test]
fn half_of_the_files_is_said_file_by_file() {
    let memory = Memory {
        breaks_after: Some(1),
        apart: true,
        ..Memory::default()
    };
    let other = Outgoing {
        name: "fe01.contoso.com.html".to_owned(),
        ..packet(1, "two")
    };
    let report = run(&memory, &[packet(1, "one"), other]);
    assert_eq!(outcomes(&report), [&Outcome::Attached, &Outcome::Missing]);
    let trouble = report.trouble.expect("trouble");
    assert_eq!(trouble.file.as_deref(), Some("fe01.contoso.com.html"));
    // The note tells of the file that arrived, and of no other.
    let notes = memory.notes.borrow();
    assert!(
        notes[0].contains("sql01") && !notes[0].contains("fe01"),
        "{}",
        notes[0]
    );
}

#[test]
fn too_large_a_file_is_refused_before_anything_is_sent() {
    let memory = Memory {
        limit: Some(2),
        ..Memory::default()
    };
    let trouble = attach(&memory, &[packet(1, "one")], None, false, &()).expect_err("trouble");
    assert_eq!(trouble.what, What::TooLarge(Some(2)));
    assert!(memory.names().is_empty());
}

#[test]
fn what_another_run_attached_meanwhile_is_named() {
    struct Busy(Memory);
    impl System for Busy {
        fn look(&self) -> Result<Vec<Attached>, Trouble> {
            self.0.look()
        }
        fn notes(&self, beside: &Attached) -> Result<Vec<String>, Trouble> {
            self.0.notes(beside)
        }
        fn read(&self, attached: &Attached, expected: u64) -> Result<Vec<u8>, Trouble> {
            self.0.read(attached, expected)
        }
        fn add(&self, files: &[Outgoing], note: &str) -> Result<(), Trouble> {
            self.0.holds(&files[0].name, &files[0].bytes);
            self.0.holds("else.html", b"two");
            self.0.add(files, note)
        }
        fn takes_both(&self) -> bool {
            self.0.takes_both()
        }
        fn say(&self, note: &str) -> Result<(), Trouble> {
            self.0.say(note)
        }
    }
    let memory = Busy(Memory::default());
    let report = attach(&memory, &[packet(1, "one")], None, false, &()).expect("a report");
    assert_eq!(outcomes(&report), [&Outcome::Attached]);
    assert_eq!(report.files[0].twins, ["sql01.contoso.com.html"]);
    assert_eq!(
        memory.0.notes.borrow()[1],
        "Two runs attached these at the same time; one of each can be removed:\nsql01.contoso.com.html: also as sql01.contoso.com.html"
    );
}

/// A system whose program is killed before or after any word to the server.
struct Killed<'a> {
    memory: &'a Memory,
    left: Cell<usize>,
}

impl Killed<'_> {
    fn live(&self) {
        let left = self.left.get().checked_sub(1);
        self.left.set(left.expect("it lives"));
    }

    fn while_it_lives<T>(&self, act: impl FnOnce(&Memory) -> T) -> T {
        self.live();
        let done = act(self.memory);
        self.live();
        done
    }
}

impl System for Killed<'_> {
    fn look(&self) -> Result<Vec<Attached>, Trouble> {
        self.while_it_lives(System::look)
    }

    fn limit(&self) -> Result<Option<u64>, Trouble> {
        self.while_it_lives(System::limit)
    }

    fn notes(&self, beside: &Attached) -> Result<Vec<String>, Trouble> {
        self.while_it_lives(|it| it.notes(beside))
    }

    fn read(&self, attached: &Attached, expected: u64) -> Result<Vec<u8>, Trouble> {
        self.while_it_lives(|it| it.read(attached, expected))
    }

    fn add(&self, files: &[Outgoing], note: &str) -> Result<(), Trouble> {
        self.while_it_lives(|it| it.add(files, note))
    }

    fn takes_both(&self) -> bool {
        self.memory.takes_both()
    }

    fn say(&self, note: &str) -> Result<(), Trouble> {
        self.while_it_lives(|it| it.say(note))
    }
}

#[test]
fn killed_at_any_word_the_next_run_adds_what_is_missing_and_nothing_twice() {
    let mut plan = packet(1, "plan");
    plan.name = "plan.html".to_owned();
    let files = [packet(1, "one"), plan];
    for words in 0.. {
        let memory = Memory::default();
        let killed = Killed {
            memory: &memory,
            left: Cell::new(words),
        };
        let run_of =
            std::panic::AssertUnwindSafe(|| drop(attach(&killed, &files, None, false, &())));
        let died = std::panic::catch_unwind(run_of).is_err();
        run(&memory, &files);
        let mut names = memory.names();
        names.sort();
        assert_eq!(names, ["plan.html", "sql01.contoso.com.html"], "{words}");
        let told = memory.notes.borrow().concat();
        assert!(
            names.iter().all(|name| told.contains(name)),
            "{words}: {told}"
        );
        if !died {
            assert!(words > 5, "{words}");
            break;
        }
    }
}
