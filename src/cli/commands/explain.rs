//! `explain`: what a finding means and how to clear it.

use crate::finding::{Code, suggest};
use crate::product::Product;

use crate::cli::failure::{Exit, Failure};
use crate::cli::shell::Shell;

/// The arguments of `explain`.
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// The code in the brackets of a message, for example unknown-server; none lists them all
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// Explains a code, or lists them all.
pub fn run(args: &ExplainArgs, shell: &Shell) -> Result<Exit, Failure> {
    let Some(text) = &args.code else {
        for code in Code::ALL {
            shell.say(&format!("{:<8} {code}", code.severity().as_str()));
        }
        return Ok(Exit::Done);
    };
    let Some(code) = Code::parse(text) else {
        let known = Code::ALL.iter().map(|code| code.as_str());
        return Err(
            Failure::usage(format!("no finding has the code `{text}`")).help(
                suggest::did_you_mean(text, known)
                    .unwrap_or_else(|| "`restore-packets explain` lists them".to_owned()),
            ),
        );
    };
    let blocks = if code.blocks() {
        ", blocks the packets it concerns"
    } else {
        ""
    };
    shell.say(&format!(
        "{code} ({}{blocks})\n\n{}",
        code.severity(),
        Product::built_in().explanation(code)
    ));
    Ok(Exit::Done)
}
