//! The commands: each is a file, with its arguments, and goes from arguments to options, calls the library, says what
//! came of it and returns an exit code.

mod attach;
mod binder;
mod build;
mod bundle;
mod changes;
mod check;
mod completions;
mod drift;
mod explain;
mod help;
mod history;
mod import;
mod index;
mod man;
mod new;
mod plan;
mod printed;
mod product;
mod products;
mod record;
mod status;
mod templates;
mod verify;

use clap::Subcommand;

use crate::cli::failure::{Exit, Failure};
use crate::cli::options::Shared;
use crate::cli::shell::Shell;

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read the worksheets, join them with the decision table, render and publish the packets
    Build(build::BuildArgs),
    /// Say everything build would say of the worksheets, and write no packets
    Check(check::CheckArgs),
    /// Where a topology document and the worksheets say different things, the worst first
    Drift(drift::DriftArgs),
    /// The restore order for several losses: waves, what goes side by side, hours
    Plan(plan::PlanArgs),
    /// Say on one screen what is out of date, what to print, what expires and what was changed by hand
    Status(status::StatusArgs),
    /// Tick what was printed, so that status and changes say what is still to print
    Printed(printed::PrintedArgs),
    /// Say which packet helps, and how ready the estate is, as it was issued
    Index(index::IndexArgs),
    /// Say what the last build changed, or all builds since a day, and what to print again
    Changes(changes::ChangesArgs),
    /// Bind packets into one print job: those of a site, some by name, or all
    Binder(binder::BinderArgs),
    /// Compare a folder or a bundle with its manifest, or say what became of a fingerprint on paper
    Verify(verify::VerifyArgs),
    /// Put packets into a zip for a change record, with its number on every page
    Bundle(bundle::BundleArgs),
    /// List the editions of a packet and what changed between them
    History(history::HistoryArgs),
    /// Put packets or a bundle onto a change record in a ticket system
    Attach(attach::AttachArgs),
    /// Read filled-in checklists back: who did what when, and whether the RTO was met
    Record(record::RecordArgs),
    /// Write blank worksheets, ready to fill in
    New(new::NewArgs),
    /// List the products that packets can be for, with their builds
    Products(products::ProductsArgs),
    /// Check product folders of your own
    Product(product::ProductArgs),
    /// Fill worksheets from a topology document; what somebody typed is never overwritten
    Import(import::ImportArgs),
    /// Write the built-in templates out, to be edited and given to build with --templates
    Templates(templates::TemplatesArgs),
    /// Say what a finding means and how to clear it
    Explain(explain::ExplainArgs),
    /// Print completions for a shell
    Completions(completions::CompletionsArgs),
    /// Print the manual page of the program or of a command
    Man(man::ManArgs),
    /// Print the help of a command, or a topic: daily, worksheets, environment, exit-codes
    Help(help::HelpArgs),
}

impl Command {
    /// Does it.
    pub fn run(&self, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
        match self {
            Self::Build(args) => build::run(args, shared, shell),
            Self::Check(args) => check::run(args, shared, shell),
            Self::Drift(args) => drift::run(args, shared, shell),
            Self::Binder(args) => binder::run(args, shared, shell),
            Self::Verify(args) => verify::run(args, shared, shell),
            Self::Bundle(args) => bundle::run(args, shared, shell),
            Self::Status(args) => status::run(args, shared, shell),
            Self::Printed(args) => printed::run(args, shared, shell),
            Self::Index(args) => index::run(args, shared),
            Self::Changes(args) => changes::run(args, shared),
            Self::History(args) => history::run(args, shared, shell),
            Self::Record(args) => record::run(args, shared, shell),
            Self::Plan(args) => plan::run(args, shared, shell),
            Self::Attach(args) => attach::run(args, shared, shell),
            Self::New(args) => new::run(args, shell),
            Self::Products(args) => products::run(args, shell),
            Self::Product(args) => product::run(args, shell),
            Self::Import(args) => import::run(args, shared, shell),
            Self::Templates(args) => templates::run(args, shell),
            Self::Explain(args) => explain::run(args, shell),
            Self::Completions(args) => completions::run(args),
            Self::Man(args) => man::run(args, shell),
            Self::Help(args) => help::run(args),
        }
    }
}
