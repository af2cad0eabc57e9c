//! The working mode of a packet on screen: its script, and what that script must know exactly.

use serde::Serialize;

use crate::packets::{Estate, Issue, Step, procedures};
use crate::render::format::packet_stem;
use crate::text::{self, digest};

/// What a page carries for its working mode.
#[derive(Clone, Debug, Serialize)]
pub struct Work {
    /// The script, to be included as it is between `<script>` and `</script>`, without even a blank more.
    pub script: String,
    /// The script's SHA-256 as a source of the page's security policy: `sha256-…`.
    pub digest: String,
    /// What is recorded about: JSON that can stand in a script element; markup.
    pub facts: String,
}

impl Work {
    pub(in crate::render) fn new(script: String, issue: &Issue, estate: &Estate) -> Self {
        let sha256 = digest::sha256(script.as_bytes());
        Self {
            digest: format!("sha256-{}", text::base64::encode(&sha256)),
            script,
            facts: Facts::new(issue, estate).to_json(),
        }
    }
}

/// The head of a record, and its steps as the packet's JSON has them, byte for byte.
#[derive(Serialize)]
struct Facts<'a> {
    kind: &'static str,
    fqdn: &'a str,
    title: &'a str,
    edition: u32,
    fingerprint: &'a str,
    change: Option<&'a str>,
    /// The name of the exported file.
    file: String,
    lanes: Vec<LaneFacts<'a>>,
    steps: Vec<StepFacts<'a>>,
}

#[derive(Serialize)]
struct LaneFacts<'a> {
    id: &'a str,
    only_if: &'a str,
}

#[derive(Serialize)]
struct StepFacts<'a> {
    number: &'a str,
    title: &'a str,
    lanes: &'a [String],
    command: Option<&'a str>,
    /// What the command lacks; empty where it is not withheld.
    withheld: Vec<&'a str>,
    point_of_no_return: bool,
    anchor: String,
}

impl<'a> Facts<'a> {
    fn new(issue: &'a Issue, estate: &'a Estate) -> Self {
        let packet = &issue.packet;
        let stem = packet_stem(&packet.subject);
        let name = stem.rsplit('/').next().unwrap_or_default();
        let parts = procedures(packet);
        Self {
            kind: packet.subject.kind.as_str(),
            fqdn: &packet.subject.fqdn,
            title: &packet.title,
            edition: issue.edition,
            fingerprint: &issue.fingerprint,
            change: estate.change.as_deref(),
            file: format!("{name}.record.json"),
            lanes: packet
                .lanes
                .iter()
                .map(|it| LaneFacts {
                    id: &it.id,
                    only_if: &it.only_if,
                })
                .collect(),
            steps: parts
                .flat_map(|part| part.steps().map(|it| StepFacts::new(it, &part.lanes)))
                .collect(),
        }
    }

    /// No `<` is left that could end the element; JSON has another way to write it.
    fn to_json(&self) -> String {
        let json = serde_json::to_string(self).unwrap_or_default();
        json.replace('<', "\\u003c")
    }
}

impl<'a> StepFacts<'a> {
    fn new(step: &'a Step, lanes: &'a [String]) -> Self {
        Self {
            number: &step.number,
            title: &step.title,
            lanes,
            // A command that is withheld must not slip through: the gap decides.
            command: step.command.as_deref().filter(|_| step.gaps.is_empty()),
            withheld: step.gaps.iter().map(|gap| gap.what.as_str()).collect(),
            point_of_no_return: step.point_of_no_return,
            anchor: format!("step-{}", step.number.replace('.', "-")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packets::Procedure;
    use crate::render::fixture;

    fn facts() -> serde_json::Value {
        let issue = fixture::hostile(fixture::with_gaps());
        let view = Work::new(String::new(), &issue, &fixture::estate());
        assert!(!view.facts.contains('<'));
        serde_json::from_str(&view.facts).expect("JSON")
    }

    #[test]
    fn every_step_is_there_with_its_command_or_what_it_lacks() {
        let facts = facts();
        assert_eq!(facts["file"], "sql05.contoso.com.record.json");
        let steps = facts["steps"].as_array().expect("steps");
        let issue = fixture::with_gaps();
        let packet = &issue.packet;
        let expected = procedures(packet).flat_map(Procedure::steps);
        assert_eq!(steps.len(), expected.count());
        let withheld = |step: &&serde_json::Value| step["withheld"][0] == "backup file of Rtc";
        let withheld = steps.iter().find(withheld).expect("a gap");
        assert_eq!(withheld["command"], serde_json::Value::Null);
    }

    #[test]
    fn the_digest_is_the_one_browsers_compute() {
        let view = Work::new("x".to_owned(), &fixture::issue(), &fixture::estate());
        // printf x | openssl dgst -sha256 -binary | base64
        assert_eq!(
            view.digest,
            "sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE="
        );
    }
}
