//! `products`: which products the packets are for.

use std::path::PathBuf;

use crate::issue::Templates;
use crate::issue::products;

use crate::cli::failure::{Exit, Failure};
use crate::cli::shell::Shell;

/// The arguments of `products`.
#[derive(Debug, clap::Args)]
pub struct ProductsArgs {
    /// A folder of templates of your own, with product folders below `products`
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
}

/// Lists the products: name, folder, what it builds on, its builds.
pub fn run(args: &ProductsArgs, shell: &Shell) -> Result<Exit, Failure> {
    let templates = args.templates.as_deref().map(Templates::read).transpose()?;
    let offers = products::products(&templates.unwrap_or_default())?;
    let widest = offers.iter().map(|it| it.name.chars().count()).max();
    let width = widest.unwrap_or(0);
    for offer in &offers {
        let extends = offer.extends.as_ref();
        let extends = extends.map_or_else(String::new, |it| format!(", builds on {it}"));
        let builds = offer.version.shown();
        shell.say(&format!(
            "{:<width$}  {}{extends}{builds}",
            offer.name, offer.id
        ));
        if let Some(lacks) = &offer.lacks {
            shell.say(&format!("{:<width$}  in part: {lacks}", ""));
        }
    }
    Ok(Exit::Done)
}
