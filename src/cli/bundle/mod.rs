//! `bundle`: packets for one change record, rendered anew with its number on every page.

mod target;

use crate::bundle::Limits;
use crate::bundle::signature::Signer;
use crate::finding::words;
use crate::issue::{self, BundleRequest, Zip};
use crate::publish;
use crate::text::digest;

use super::args::{Args, Bundle};
use super::failure::{Exit, Failure};
use super::shell::Shell;
use super::{settings, size};
use target::Target;

/// Runs the command.
pub fn run(args: &Bundle, all: &Args, shell: &Shell) -> Result<Exit, Failure> {
    let published = settings::published(args.output.as_ref(), &all.shared)?;
    let shell = &shell.completed(published.manner);
    let target = Target::of(&args.file)?;
    let request = BundleRequest {
        change: target::change(&args.change)?,
        selection: args.which.selection(),
        profile: &args.profile,
        profiles: &published.profiles,
        limits: limits(args)?,
    };
    let signer = args.sign.as_deref().map(target::signer).transpose()?;
    let bundle = issue::bundle(&published.output, &request, settings::today()?)?;
    write(&target, &bundle.zips, signer.as_ref(), shell)?;
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

fn limits(args: &Bundle) -> Result<Limits, Failure> {
    let all = args.max_size.as_deref();
    Ok(Limits {
        file: size::parse("--max-file-size", &args.max_file_size)?,
        all: all
            .map(|text| size::parse("--max-size", text))
            .transpose()?,
    })
}

fn write(
    target: &Target,
    zips: &[Zip],
    signer: Option<&Signer>,
    shell: &Shell,
) -> Result<(), Failure> {
    let put = |name: &str, bytes: &[u8]| publish::single(&target.folder, name, bytes);
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
