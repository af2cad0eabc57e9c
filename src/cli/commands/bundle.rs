//! `bundle`: packets for one change record, rendered anew with its number on every page.

mod size;
mod target;

use std::path::PathBuf;

use crate::bundle::Limits;
use crate::bundle::signature::Signer;
use crate::finding::words;
use crate::issue::choose::Selection;
use crate::issue::{self, BundleRequest, Zip};
use crate::text::digest;

use crate::cli::failure::{Exit, Failure};
use crate::cli::options::Shared;
use crate::cli::outgoing::{self, STDOUT};
use crate::cli::settings;
use crate::cli::shell::{self, Shell};
use target::Target;

/// The arguments of `bundle`.
#[derive(Debug, clap::Args)]
pub struct BundleArgs {
    /// The zip to write; more than one, numbered, where it would grow too large; `-` is standard output
    #[arg(value_name = "FILE.zip")]
    pub file: PathBuf,
    /// The change record, as it is printed on every page: CHG0012345
    #[arg(long, value_name = "ID")]
    pub change: String,
    /// Which packets, and for which losses the restore order is drawn up.
    #[command(flatten)]
    pub which: PacketChoice,
    /// What the copies leave out: vault (nothing), ticket, vendor, or a profile of the project file
    #[arg(long, value_name = "NAME", default_value = "ticket")]
    pub profile: String,
    /// The folder the packets are in [default: output]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The largest zip the ticket system takes: 5MB, 800kB
    #[arg(long, value_name = "SIZE", default_value = "5MB")]
    pub max_file_size: String,
    /// The most all zips together may take
    #[arg(long, value_name = "SIZE")]
    pub max_size: Option<String>,
    /// Sign each zip with this OpenSSH private key (Ed25519); the signature goes to FILE.zip.sig
    #[arg(long, value_name = "KEY")]
    pub sign: Option<PathBuf>,
    /// Replace a file that stands there, whoever wrote it
    #[arg(long)]
    pub force: bool,
}

/// Which packets: all of them, or one of the three.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
pub struct PacketChoice {
    /// Only these servers and pools; server:FQDN or pool:FQDN where a name is both
    #[arg(long, num_args = 1.., value_delimiter = ',', value_name = "FQDN")]
    pub only: Vec<String>,
    /// Everything that stands in this site
    #[arg(long, value_name = "NAME")]
    pub site: Option<String>,
    /// These servers and pools with all that must be restored if they are lost together
    #[arg(long, num_args = 1.., value_delimiter = ',', value_name = "FQDN")]
    pub plan: Vec<String>,
}

impl PacketChoice {
    /// Which packets, for the engine.
    pub fn selection(&self) -> Selection {
        match &self.site {
            Some(site) => Selection::Site(site.clone()),
            None if self.plan.is_empty() => Selection::of_names(&self.only),
            None => Selection::LostTogether(self.plan.clone()),
        }
    }
}

/// Runs the command.
pub fn run(args: &BundleArgs, shared: &Shared, shell: &Shell) -> Result<Exit, Failure> {
    let published = settings::published(args.output.as_ref(), shared)?;
    let shell = &shell.completed(&published.manner);
    let is_stdout = args.file.as_os_str() == STDOUT;
    let shell = &if is_stdout {
        shell.silenced()
    } else {
        shell.clone()
    };
    let target = (!is_stdout).then(|| Target::of(&args.file)).transpose()?;
    let request = BundleRequest {
        change: target::change(&args.change)?,
        selection: args.which.selection(),
        profile: &args.profile,
        profiles: &published.profiles,
        accepted: &published.accepted,
        limits: limits(args)?,
    };
    let signer = args.sign.as_deref().map(target::signer).transpose()?;
    let bundle = issue::bundle(&published.output, &request, settings::today()?)?;
    match &target {
        Some(target) => write(target, &bundle.zips, signer.as_ref(), args.force, shell)?,
        None => to_stdout(&bundle.zips, signer.is_some())?,
    }
    say_elsewhere(&bundle.elsewhere, shell);
    shell.say(&format!(
        "{} for change {}, profile {}{}.",
        words::count(bundle.packets, "packet", "packets"),
        request.change,
        bundle.profile,
        match bundle.needed {
            0 => String::new(),
            needed => format!(
                "; {} because commands need {}",
                words::count(needed, "hidden value stays", "hidden values stay"),
                if needed == 1 { "it" } else { "them" }
            ),
        }
    ));
    Ok(Exit::Done)
}

/// Says which hidden values stay where they mean something else.
fn say_elsewhere(values: &[String], shell: &Shell) {
    if values.is_empty() {
        return;
    }
    shell.say(&format!(
        "warning: {} left out in {} own cells only, being short or ordinary: {}",
        words::count(values.len(), "hidden value is", "hidden values are"),
        if values.len() == 1 { "its" } else { "their" },
        words::quoted(values.iter().map(String::as_str))
    ));
}

fn limits(args: &BundleArgs) -> Result<Limits, Failure> {
    let all = args.max_size.as_deref();
    Ok(Limits {
        file: size::parse("--max-file-size", &args.max_file_size)?,
        all: all
            .map(|text| size::parse("--max-size", text))
            .transpose()?,
    })
}

/// The only zip, if there is but one. Its signature would need a file of its own.
fn to_stdout(zips: &[Zip], is_signed: bool) -> Result<(), Failure> {
    if is_signed {
        return Err(
            Failure::usage("a signature goes into a file beside the zip")
                .help("name a file instead of `-`"),
        );
    }
    match zips {
        [only] => shell::print(&only.bytes).map(|_| ()),
        several => Err(Failure::usage(format!(
            "the bundle has {} parts, and standard output takes one",
            several.len()
        ))
        .help("name a file, or allow more with --max-file-size")),
    }
}

fn write(
    target: &Target,
    zips: &[Zip],
    signer: Option<&Signer>,
    force: bool,
    shell: &Shell,
) -> Result<(), Failure> {
    let put = |name: &str, bytes: &[u8]| outgoing::write(&target.folder, name, bytes, force);
    for (number, zip) in (1..).zip(zips) {
        let name = target.name(number, zips.len());
        let signature = signer.map(|signer| signer.sign(&zip.bytes)).transpose();
        let signature = signature.map_err(Failure::nothing)?;
        put(&name, &zip.bytes)?;
        shell.say(&format!(
            "Wrote {} ({} bytes, {})",
            target.folder.join(&name).display(),
            zip.bytes.len(),
            words::count(zip.files.len(), "file", "files")
        ));
        shell.say(&format!("  SHA-256 {}", digest::sha256_hex(&zip.bytes)));
        if let Some(signature) = signature {
            put(&format!("{name}.sig"), signature.as_bytes())?;
            shell.say(&format!("  signed in {name}.sig"));
        }
    }
    Ok(())
}
