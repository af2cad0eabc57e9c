//! `help`: the help of a command, or a topic that belongs to none.

use crate::finding::suggest;

use crate::cli::failure::{Exit, Failure};
use crate::cli::{reference, shell};

/// The arguments of `help`.
#[derive(Debug, clap::Args)]
pub struct HelpArgs {
    /// A command or a topic; none lists both
    #[arg(value_name = "COMMAND|TOPIC")]
    pub what: Option<String>,
}

/// The topics: name, what it is about, and its text.
const TOPICS: [(&str, &str, &str); 6] = [
    (
        "daily",
        "what to run when: every day, after a backup, before a change",
        include_str!("../topics/daily.txt"),
    ),
    (
        "worksheets",
        "where worksheets are looked for, and what is read",
        include_str!("../topics/worksheets.txt"),
    ),
    (
        "project-file",
        "restore-packets.toml: where it is found, and what it sets",
        include_str!("../topics/project-file.txt"),
    ),
    (
        "environment",
        "variables that stand for options",
        include_str!("../topics/environment.txt"),
    ),
    (
        "names",
        "how servers and pools are named on the command line",
        include_str!("../topics/names.txt"),
    ),
    (
        "exit-codes",
        "what the exit codes mean to a script",
        include_str!("../topics/exit-codes.txt"),
    ),
];

/// Runs the command.
pub fn run(args: &HelpArgs) -> Result<Exit, Failure> {
    let mut command = reference::command();
    let Some(what) = &args.what else {
        let topics = TOPICS.map(|(name, about, _)| format!("  {name:<13} {about}\n"));
        let help = command.render_help();
        let text = format!(
            "{help}\nTopics, read with `restore-packets help TOPIC`:\n{}",
            topics.concat()
        );
        return shell::print(text.as_bytes());
    };
    if let Some((_, _, text)) = TOPICS.iter().find(|(name, _, _)| name == what) {
        return shell::print(text.as_bytes());
    }
    // So that the usage names the program, too.
    command.build();
    if let Some(found) = command.find_subcommand_mut(what) {
        let text = found.render_long_help().to_string();
        return shell::print(text.as_bytes());
    }
    let commands = command.get_subcommands().map(clap::Command::get_name);
    let known = commands.chain(TOPICS.iter().map(|it| it.0));
    let near = suggest::did_you_mean(what, known);
    Err(
        Failure::usage(format!("there is no command and no topic `{what}`"))
            .help(near.unwrap_or_else(|| "`restore-packets help` lists them".to_owned())),
    )
}
