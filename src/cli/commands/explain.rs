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
            let text = Product::built_in().explanation(*code);
            shell.say(&format!(
                "{:<7}  {:<22}  {}",
                code.severity().as_str(),
                code.as_str(),
                first_sentence(text)
            ));
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

/// The sentence an explanation begins with, on one line.
fn first_sentence(text: &str) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let ends = words.iter().position(|word| word.ends_with(['.', ':']));
    let sentence = words[..ends.map_or(words.len(), |at| at + 1)].join(" ");
    sentence.trim_end_matches(':').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_of_every_explanation_fits_one_line() {
        for code in Code::ALL {
            let line = first_sentence(Product::built_in().explanation(*code));
            let length = line.chars().count();
            assert!((12..260).contains(&length), "{code}: {line}");
            assert!(
                !line.contains('\n') && !line.starts_with('#'),
                "{code}: {line}"
            );
        }
    }
}
