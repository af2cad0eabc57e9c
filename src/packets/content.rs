//! A packet's content as one text: what its edition and fingerprint are derived from.
//!
//! Places, sources and routine facts are left out, so that reordered rows, a renamed file or a new backup
//! cycle change no edition.

use std::fmt::Write as _;

use crate::text::prose::to_text;

use super::model::{Fact, Packet, Procedure};
use super::picture::Picture;
use super::status::procedures;

/// The content, one item a line. Two packets with the same content are the same edition.
pub fn content(packet: &Packet) -> String {
    let mut text = String::new();
    let mut line = |label: &str, value: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{label}\t{}", value.escape_debug());
    };
    line("subject", packet.subject.kind.as_str());
    line("fqdn", &packet.subject.fqdn);
    line("title", &packet.title);
    line("role", &packet.role);
    line("site", packet.site.as_deref().unwrap_or_default());
    line("status", packet.status.as_str());
    for fact in &packet.control {
        line("control", &printed(fact));
    }
    for sentence in &packet.effect {
        line("effect", sentence);
    }
    for choice in &packet.chooser {
        line(
            "choice",
            &format!("{}\t{}\t{}", choice.id, choice.situation, choice.procedure),
        );
        for because in &choice.because {
            line("because", &because.text);
        }
    }
    for finding in &packet.findings {
        line(
            "finding",
            &format!(
                "{}\t{}\t{}",
                finding.severity, finding.code, finding.message
            ),
        );
    }
    for group in &packet.facts {
        line("group", &group.title);
        for fact in group.facts.iter().filter(|fact| !fact.routine) {
            line("fact", &printed(fact));
        }
    }
    for member in &packet.members {
        line(
            "member",
            &format!("{}\t{}\t{}", member.order, member.fqdn, member.role),
        );
    }
    for sentence in packet.pictures.iter().flat_map(Picture::description) {
        line("picture", &sentence);
    }
    for procedure in procedures(packet) {
        steps(procedure, &mut line);
    }
    for person in &packet.people {
        let facts = [
            &person.responsibility,
            &person.name,
            &person.phone,
            &person.email,
            &person.alternate,
            &person.alternate_phone,
        ];
        line("person", &facts.map(printed).join("\t"));
    }
    text
}

fn steps(procedure: &Procedure, line: &mut impl FnMut(&str, &str)) {
    line(
        "procedure",
        &format!(
            "{}\t{}\t{}",
            procedure.number, procedure.id, procedure.title
        ),
    );
    line("intro", &to_text(&procedure.intro));
    for section in &procedure.sections {
        line("section", &section.title);
        line("intro", &to_text(&section.intro));
        for step in &section.steps {
            let gaps: Vec<&str> = step.gaps.iter().map(|gap| gap.what.as_str()).collect();
            line(
                "step",
                &format!(
                    "{}\t{}\t{}\t{}\t{}",
                    step.number, step.title, step.run_on, step.account, step.expect
                ),
            );
            line("body", &to_text(&step.body));
            line("command", step.command.as_deref().unwrap_or_default());
            line("gaps", &gaps.join("\t"));
        }
    }
}

fn printed(fact: &Fact) -> String {
    format!(
        "{}\t{}",
        fact.name,
        fact.value.as_deref().unwrap_or_default()
    )
}
