//! A procedure template becomes numbered steps.
//!
//! [`procedure`] renders the template, parses the Markdown once and sorts its parts:
//!
//! ~~~text
//! # Title                       exactly one
//! What stands before the first step: the introduction.
//!
//! ## Section                    said once for the steps below it
//! - Only: failed-over           the states it is for, if not for all; so below a title or a step, too
//!
//! ### Do this                   a step
//! - Where: on the server        optional, directly below the heading, in any order:
//! - As: whose account           `Where:`, `As:`, `Expect:`, `Only:` and `Point of no return`
//! - Expect: what one sees
//!
//! Text, lists and alerts. (A list right below the details takes `*` for its bullet, or Markdown reads
//! both as one.)
//!
//! ```powershell                 at most one, last in its step; `sql` for T-SQL
//! Get-Something {{ value | ps }}
//! ```
//! ~~~
//!
//! One missing value withholds the whole command and is listed among the step's gaps. A command whose lines
//! were all left out by conditions is none. Blanks in a step's text are listed too; titles, introductions and
//! section texts should print no value that may be missing, since nothing counts their blanks.

mod command;
mod details;
mod locate;

use super::lanes::Written;
use super::model::Language;
use super::{Procedure, Section, Step};
use crate::finding::{Code, Finding, suggest, words};
use crate::packets::context::Context;
use crate::product::Condition;
use crate::product::states::States;
use crate::template::{Engine, Prepared};
use crate::text::Gap;
use crate::text::prose::{self, Block, Element, Parsed, line};

/// The procedure a template makes of a context.
///
/// # Errors
///
/// `template-error` for what the engine refuses and for what is not the dialect above.
pub fn procedure(
    engine: &Engine,
    template: &str,
    context: &Context,
    states: &States,
    id: &str,
) -> Result<Written, Finding> {
    procedure_of(engine, template, &Prepared::of(context), states, id)
}

/// The same, of a context that several templates see.
pub(super) fn procedure_of(
    engine: &Engine,
    template: &str,
    context: &Prepared<'_, Context>,
    states: &States,
    id: &str,
) -> Result<Written, Finding> {
    let markdown = engine.render_sealed(template, context)?;
    let finding = |message: String, help: String| {
        let place = locate::place(engine, template, context.values(), &message);
        Finding::new(Code::TemplateError, message)
            .at(&place)
            .help(help)
    };
    let written = parse(&markdown, id).map_err(|message| finding(message, HELP.to_owned()))?;
    let known: Vec<&str> = states.known().collect();
    if let Some(unknown) = unknown(&written.only, &known) {
        let help = suggest::did_you_mean(&unknown, known.iter().copied());
        let help = help.unwrap_or_else(|| format!("the states are {}", words::quoted(&known)));
        return Err(finding(format!("“{unknown}” is no state"), help));
    }
    Ok(written)
}

/// The first id that is no state.
fn unknown(only: &[Condition], known: &[&str]) -> Option<String> {
    let mut named = only.iter().flat_map(Condition::ids);
    named.find(|id| !known.contains(&id.as_str())).cloned()
}

const HELP: &str = "see how the built-in procedures are written: `restore-packets templates DIR`";

fn parse(markdown: &str, id: &str) -> Result<Written, String> {
    let parts = prose::parse_document(markdown)
        .map_err(|problem| format!("a procedure does not know {problem}"))?;
    let mut builder = Builder::default();
    for part in parts {
        builder.add(part)?;
    }
    builder.finish(id)
}

#[derive(Default)]
struct Builder {
    title: Option<String>,
    intro: Vec<Block>,
    sections: Vec<Section>,
    /// The states of the whole, of the section last opened, and of each step.
    only: [Condition; 2],
    of_steps: Vec<Condition>,
    /// How much of the step last opened has been read.
    step: Progress,
}

/// How much of a step has been read.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Progress {
    #[default]
    NoStep,
    Heading,
    Body,
    Command,
}

impl Builder {
    fn add(&mut self, part: Parsed) -> Result<(), String> {
        match part.element {
            Element::Heading(1, text) => self.title(line(&text)),
            Element::Heading(2, text) => {
                self.section(line(&text));
                Ok(())
            }
            Element::Heading(3, text) => {
                self.open_step(line(&text), part.gaps);
                Ok(())
            }
            Element::Heading(level, text) => Err(format!(
                "“{}” is a heading of level {level}, and the dialect has three",
                line(&text)
            )),
            Element::Block(block) => self.block(block, part.gaps),
            Element::Code(mark, text) => self.command(&mark, &text),
        }
    }

    fn title(&mut self, text: String) -> Result<(), String> {
        match self.title.replace(text) {
            None if self.sections.is_empty() && self.intro.is_empty() => Ok(()),
            _ => Err("a procedure starts with its only `#` title".to_owned()),
        }
    }

    fn section(&mut self, title: String) {
        self.step = Progress::NoStep;
        self.only[1] = Condition::default();
        self.sections.push(Section {
            title,
            intro: Vec::new(),
            steps: Vec::new(),
        });
    }

    fn open_step(&mut self, title: String, blanks: Vec<Gap>) {
        if self.sections.is_empty() {
            self.section(String::new());
        }
        if let Some(section) = self.sections.last_mut() {
            section.steps.push(blank_step(title, blanks));
        }
        self.of_steps.push(self.only[0].and(&self.only[1]));
        self.step = Progress::Heading;
    }

    fn current_step(&mut self) -> Option<&mut Step> {
        self.sections.last_mut()?.steps.last_mut()
    }

    fn block(&mut self, block: Block, gaps: Vec<Gap>) -> Result<(), String> {
        let progress = self.step;
        if progress == Progress::NoStep {
            return self.introduce(block);
        }
        self.step = Progress::Body;
        let step = self.sections.last_mut().and_then(|it| it.steps.last_mut());
        let (Some(step), Some(only)) = (step, self.of_steps.last_mut()) else {
            return Ok(());
        };
        if progress == Progress::Command {
            let title = &step.title;
            return Err(format!("step “{title}”: the command comes last"));
        }
        step.blanks.extend(gaps);
        let is_details = progress == Progress::Heading && details::read(&block, step, only)?;
        if !is_details {
            step.body.push(block);
        }
        Ok(())
    }

    /// What stands before the steps of a section, or of the whole.
    fn introduce(&mut self, block: Block) -> Result<(), String> {
        let level = usize::from(!self.sections.is_empty());
        let intro = match self.sections.last_mut() {
            Some(section) => &mut section.intro,
            None => &mut self.intro,
        };
        match details::only(&block)? {
            Some(only) if intro.is_empty() => self.only[level] = only,
            _ => intro.push(block),
        }
        Ok(())
    }

    fn command(&mut self, mark: &str, text: &str) -> Result<(), String> {
        let progress = std::mem::replace(&mut self.step, Progress::Command);
        let Some(language) = Language::of(mark) else {
            return Err(format!(
                "fenced code is marked `powershell` or `sql`, not `{mark}`, or it is no command"
            ));
        };
        let step = match self.current_step() {
            Some(step) if progress != Progress::NoStep => step,
            _ => return Err("a command stands outside of a step".to_owned()),
        };
        let title = &step.title;
        if progress == Progress::Command {
            return Err(format!(
                "step “{title}” has two commands: make it two steps"
            ));
        }
        let command =
            command::read(text, language).map_err(|what| format!("step “{title}”: {what}"))?;
        (step.command, step.gaps) = command;
        step.language = language;
        Ok(())
    }

    fn finish(mut self, id: &str) -> Result<Written, String> {
        self.sections
            .retain(|section| !section.steps.is_empty() || !section.intro.is_empty());
        for step in self.sections.iter_mut().flat_map(|it| &mut it.steps) {
            let mut seen = std::collections::BTreeSet::new();
            // What withholds the command is said in its box already.
            let gaps = &step.gaps;
            step.blanks
                .retain(|gap| !gaps.contains(gap) && seen.insert(gap.clone()));
        }
        let part = Procedure {
            title: self.title.ok_or("a procedure starts with its `#` title")?,
            intro: self.intro,
            sections: self.sections,
            ..Procedure::empty(id)
        };
        Ok(Written {
            part,
            only: self.of_steps,
        })
    }
}

fn blank_step(title: String, blanks: Vec<Gap>) -> Step {
    Step {
        number: String::new(),
        title,
        run_on: String::new(),
        account: String::new(),
        expect: String::new(),
        point_of_no_return: false,
        body: Vec::new(),
        command: None,
        language: Language::default(),
        gaps: Vec::new(),
        blanks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Slot;
    use crate::text::seal::{Purpose, close};

    fn steps(markdown: &str) -> Result<Vec<Step>, String> {
        Ok(parse(markdown, "x")?.part.steps().cloned().collect())
    }

    fn command(lines: &str) -> String {
        format!("# T\n\n### Do\n\n```powershell\n{lines}\n```\n")
    }

    #[test]
    fn titles_sections_and_steps_are_sorted() {
        let markdown = "# Title\n\nIntro.\n\n### First\n\n## Empty\n\n## Section\n\nSaid once.\n\n### Second\n\nBody.\n";
        let procedure = parse(markdown, "pool").unwrap().part;
        assert_eq!(
            (procedure.title.as_str(), procedure.intro.len()),
            ("Title", 1)
        );
        let sections: Vec<_> = procedure
            .sections
            .iter()
            .map(|section| (section.title.as_str(), section.intro.len()))
            .collect();
        assert_eq!(sections, [("", 0), ("Section", 1)]);
        let steps: Vec<_> = procedure
            .steps()
            .map(|step| (step.title.as_str(), step.body.len()))
            .collect();
        assert_eq!(steps, [("First", 0), ("Second", 1)]);
    }

    #[test]
    fn details_follow_the_heading_and_other_lists_are_text() {
        let step = &steps(
            "# T\n### Do\n- Where: on `fe01`\n- As: admins\n- Point of no return\n- Expect: done\n\n* a\n* b\n",
        )
        .unwrap()[0];
        assert_eq!(step.run_on, "on fe01");
        assert_eq!(
            (step.account.as_str(), step.expect.as_str()),
            ("admins", "done")
        );
        assert!(step.point_of_no_return);
        assert_eq!(step.body.len(), 1);
        let step = &steps("# T\n### Do\n- a\n- b\n").unwrap()[0];
        assert_eq!((step.body.len(), step.run_on.as_str()), (1, ""));
    }

    #[test]
    fn states_of_procedure_section_and_step_add_up() {
        let markdown = "# T\n- Only: a\n\nIntro.\n\n### First\n\n## S\n- Only: b or c\n\nSaid.\n\n### Second\n- Only: not d\n- Where: here\n\n## R\n\n### Third\n";
        let written = parse(markdown, "x").unwrap();
        let only: Vec<String> = written.only.iter().map(ToString::to_string).collect();
        assert_eq!(only, ["a", "a, b or c, not d", "a"]);
        assert_eq!(written.part.intro.len(), 1);
        assert_eq!(written.part.sections[1].intro.len(), 1);
    }

    #[test]
    fn what_is_not_the_dialect_is_an_error() {
        let two = "```powershell\nA\n```\n";
        let cases = [
            ("Text.".to_owned(), "`#` title"),
            ("# A\n# B".to_owned(), "only `#` title"),
            ("# T\n#### Deep".to_owned(), "level 4"),
            (format!("# T\n{two}"), "outside of a step"),
            (format!("# T\n### Do\n{two}{two}"), "two commands"),
            (
                format!("# T\n### Do\n{two}After."),
                "the command comes last",
            ),
            ("# T\n### Do\n```\nA\n```".to_owned(), "marked `powershell`"),
            ("# T\n### Do\n- Where: x\n- Why: y".to_owned(), "Why: y"),
            ("# T\n\n1. x".to_owned(), "a numbered list"),
            ("# T\n### Do\n- Only: a b".to_owned(), "a b"),
            ("# T\n## S\n- Only: a\n- b".to_owned(), "stands below"),
        ];
        for (markdown, message) in cases {
            let error = steps(&markdown).expect_err(&markdown);
            assert!(error.contains(message), "{markdown:?}: {error}");
        }
    }

    #[test]
    fn one_gap_withholds_the_whole_command_and_is_listed_once() {
        let gap = close(Purpose::Command, &Slot::gap("SQL instance", "fill in E3"));
        let step = &steps(&command(&format!("A -X {gap}\nB -X {gap}\nC"))).unwrap()[0];
        assert_eq!(step.command, None);
        assert_eq!(step.gaps.len(), 1);
        assert_eq!(step.gaps[0].what, "SQL instance");
    }

    #[test]
    fn a_blank_in_the_text_withholds_nothing() {
        let gap = close(Purpose::Prose, &Slot::gap("share", "fill in"));
        let markdown =
            format!("# T\n### On {gap}\n- Where: {gap}\n\n{gap}\n\n```powershell\nA\n```\n");
        let step = &steps(&markdown).unwrap()[0];
        assert_eq!(step.command.as_deref(), Some("A"));
        assert_eq!(step.blanks.len(), 1);
        assert_eq!(step.run_on, "[share: ____________]");
    }
}
