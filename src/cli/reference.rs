//! The whole command line as clap knows it, with an example or two below the help of every command.

use clap::CommandFactory;

use super::Args;

/// The examples of a command, each with what it is for.
type Examples = &'static [(&'static str, &'static str)];

/// The examples, by command.
const EXAMPLES: [(&str, Examples); 23] = [
    (
        "build",
        &[
            ("build", "worksheets/ to output/"),
            (
                "build servers.xlsx pools.xlsx --output packets",
                "some files",
            ),
            (
                "build mine --only fe01 --format html",
                "one packet, one format",
            ),
            ("build --dry-run", "what would change"),
        ],
    ),
    (
        "check",
        &[
            ("check mine", "what a build would say"),
            ("check mine/*.xlsx --message-format short", "one line each"),
            ("check --annotate marked", "marked copies"),
        ],
    ),
    (
        "drift",
        &[
            (
                "drift --topology topology.xml",
                "on the screen; the exit code is 1 if anything differs",
            ),
            (
                "drift mine --output drift",
                "as pages, a workbook and a document",
            ),
        ],
    ),
    (
        "plan",
        &[
            (
                "plan fe01 sql01",
                "the order for two servers, on the screen",
            ),
            (
                "plan --site Redmond --output plan",
                "a site, as pages and a workbook",
            ),
            ("plan --all --format csv", "a table, to be redirected"),
        ],
    ),
    (
        "status",
        &[
            (
                "status",
                "one screen; the exit code is 1 if anything is due",
            ),
            ("status mine --format json", "a document for scripts"),
        ],
    ),
    (
        "printed",
        &[
            ("printed --all", "everything that was due was printed"),
            (
                "printed fe01 pool01 --on 2014-06-10",
                "two packets, on a day",
            ),
            ("printed --cycle", "the cycle sheet"),
        ],
    ),
    (
        "index",
        &[
            ("index", "which packet helps"),
            ("index --format json", "for scripts"),
        ],
    ),
    (
        "changes",
        &[
            ("changes", "what the last build changed"),
            ("changes --since 2014-06-01", "everything since a day"),
            ("changes --since 3", "every packet since its edition 3"),
        ],
    ),
    (
        "binder",
        &[
            (
                "binder redmond.html --site Redmond",
                "the packets of a site",
            ),
            ("binder - --only fe01", "one packet, to standard output"),
        ],
    ),
    (
        "verify",
        &[
            ("verify", "the output folder"),
            ("verify ABCD-EFGH-JKLM", "a page, by its fingerprint"),
            (
                "verify CHG0012345.zip --signers keys.pub",
                "a bundle and its signature",
            ),
            ("verify fe01.html", "one file of a packet"),
        ],
    ),
    (
        "bundle",
        &[
            (
                "bundle CHG0012345.zip --change CHG0012345 --plan fe01",
                "all that is lost with fe01",
            ),
            (
                "bundle out.zip --change CHG0012345 --profile vendor",
                "for somebody outside",
            ),
        ],
    ),
    (
        "history",
        &[
            ("history fe01", "the editions of a packet"),
            (
                "history pool:se01 --on 2014-05-31",
                "which was valid on a day",
            ),
        ],
    ),
    (
        "attach",
        &[(
            "attach --to tickets --record CHG1 --only fe01 --dry-run",
            "what would be sent",
        )],
    ),
    (
        "record",
        &[
            ("record fe01.xlsx", "a filled-in checklist"),
            ("record fe01.record.json --drill", "an exercise"),
            ("record --withdraw fe01.xlsx", "take a mistake back"),
        ],
    ),
    (
        "new",
        &[
            ("new mine", "blank worksheets"),
            ("new try --sample", "an example organization"),
            ("new mine --product NAME", "of another product"),
        ],
    ),
    (
        "products",
        &[
            ("products", "those that are covered"),
            ("products --templates ours", "and your own"),
        ],
    ),
    ("product", &[("product check ours", "folders of your own")]),
    (
        "import",
        &[
            (
                "import topology.xml",
                "into worksheets/, as far as it is blank",
            ),
            (
                "import topology.xml --worksheets mine --copy filled",
                "beside what is typed",
            ),
        ],
    ),
    (
        "templates",
        &[
            ("templates ours", "then: build --templates ours"),
            ("templates ours layout/brand.html", "only what is wanted"),
            (
                "templates ours --diff",
                "what an older version wrote, and yours",
            ),
        ],
    ),
    (
        "explain",
        &[
            ("explain", "every finding, a line each"),
            ("explain unknown-server", "one of them"),
        ],
    ),
    (
        "completions",
        &[("completions bash", "to be redirected into a file")],
    ),
    (
        "man",
        &[
            ("man build", "the page of one command"),
            ("man --output man1", "all pages as files"),
        ],
    ),
    (
        "help",
        &[
            ("help build", "the help of a command"),
            ("help environment", "a topic"),
        ],
    ),
];

/// Every command with its examples.
pub fn command() -> clap::Command {
    let mut command = Args::command();
    for (name, examples) in EXAMPLES {
        if command.find_subcommand(name).is_some() {
            command = command.mut_subcommand(name, |it| it.after_help(after(examples)));
        }
    }
    command
}

/// "Examples:", with what each is for behind it.
fn after(examples: Examples) -> String {
    let widest = examples
        .iter()
        .map(|it| it.0.len())
        .max()
        .unwrap_or_default();
    let lines = examples
        .iter()
        .map(|(line, what)| format!("  restore-packets {line:<widest$}  {what}\n"));
    format!("Examples:\n{}", lines.collect::<String>().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_examples_that_are_understood() {
        let command = command();
        for it in command.get_subcommands() {
            let has_examples = EXAMPLES.iter().any(|(name, _)| *name == it.get_name());
            assert!(has_examples, "{}", it.get_name());
        }
        for (line, _) in EXAMPLES.iter().flat_map(|it| it.1) {
            let words = std::iter::once("restore-packets").chain(line.split(' '));
            let read = command.clone().try_get_matches_from(words);
            assert!(read.is_ok(), "{line}: {}", read.expect_err("refused"));
        }
    }
}
