//! What is attached: files as named, or packets of the output folder. Whatever a manifest names is compared with
//! it first; what was altered since it was issued is refused.

use std::collections::BTreeSet;

use std::path::Path;

use crate::attach::{Outgoing, attachment_name};
use crate::finding::{Severity, suggest, words};
use crate::issue::kept;
use crate::publish::{self, FileEntry, Kind, Manifest, PacketEntry, State, Zip};
use crate::rows::Fqdn;
use crate::text::digest;

use super::arguments::AttachArgs;
use crate::cli::failure::{Exit, Failure};
use crate::cli::settings;
use crate::named_file;

/// Which files of a packet, unless something else is said: the one to read and the one to fill in.
const FORMATS: [&str; 2] = ["html", "xlsx"];

/// The files to attach, in a fixed order.
///
/// # Errors
/// Nothing is named, a name is unknown, or a file is altered, empty or cannot be read.
pub(super) fn choose(attach: &AttachArgs, output: &Path) -> Result<Vec<Outgoing>, Failure> {
    let files = if !attach.files.is_empty() {
        let named = attach.files.iter().map(|path| named(path, output));
        named.collect::<Result<Vec<_>, _>>()?
    } else if !attach.only.is_empty() {
        packets(attach, output)?
    } else {
        return Err(Failure::usage("there is nothing to attach")
            .help("name a bundle or other files, or packets with --only"));
    };
    let mut names = BTreeSet::new();
    match files
        .iter()
        .find(|file| !names.insert(file.name.to_lowercase()))
    {
        Some(twice) => Err(Failure::usage(format!(
            "two files would be attached as `{}`",
            twice.name
        ))),
        None => Ok(files),
    }
}

/// The packets of the output folder that `--only` names.
fn packets(attach: &AttachArgs, output: &Path) -> Result<Vec<Outgoing>, Failure> {
    let standing = kept::standing(output)?;
    is_unaltered(&standing.state)?;
    let manifest = standing
        .manifest
        .ok_or_else(|| Failure::usage("the output folder holds no manifest"))?;
    let formats = formats(&attach.format, &manifest)?;
    let mut chosen: Vec<&PacketEntry> = Vec::new();
    for name in &attach.only {
        let found = of_name(&manifest, name);
        if found.is_empty() {
            let names = manifest.packets.iter().map(|packet| packet.fqdn.as_str());
            return Err(Failure::usage(format!("no packet was issued for `{name}`"))
                .help_if(suggest::did_you_mean(name, names)));
        }
        chosen.extend(found);
    }
    chosen.sort_by_key(|packet| (packet.kind, &packet.fqdn));
    chosen.dedup_by_key(|packet| (packet.kind, &packet.fqdn));
    let mut files = Vec::new();
    for packet in chosen {
        for file in &packet.files {
            if formats.contains(&file.format) {
                files.push(issued(output, file, Some(packet))?);
            }
        }
    }
    if files.is_empty() {
        let formats = words::list(&formats);
        return Err(
            Failure::usage(format!("the packets were not issued as {formats}"))
                .help("see `build --format`"),
        );
    }
    Ok(files)
}

fn of_name<'a>(manifest: &'a Manifest, text: &str) -> Vec<&'a PacketEntry> {
    let (kind, name) = match text.split_once(':') {
        Some(("server", name)) => (Some(Kind::Server), name),
        Some(("pool", name)) => (Some(Kind::Pool), name),
        _ => (None, text),
    };
    let fqdn = Fqdn::parse(name).map_or_else(|_| name.to_owned(), |fqdn| fqdn.to_string());
    let packets = manifest.packets.iter();
    packets
        .filter(|it| it.fqdn == fqdn && kind.is_none_or(|kind| it.kind == kind))
        .collect()
}

/// The formats as typed, each of which some packet must have.
fn formats(typed: &[String], manifest: &Manifest) -> Result<Vec<String>, Failure> {
    if typed.is_empty() {
        return Ok(FORMATS.map(str::to_owned).to_vec());
    }
    let files = manifest.packets.iter().flat_map(|packet| &packet.files);
    let known: BTreeSet<&str> = files.map(|file| file.format.as_str()).collect();
    match typed.iter().find(|format| !known.contains(format.as_str())) {
        Some(unknown) => Err(
            Failure::usage(format!("no packet was issued as `{unknown}`"))
                .help(format!("there are {}", words::list(&known))),
        ),
        None => Ok(typed.to_vec()),
    }
}

/// A file the manifest names, if it is as issued.
fn issued(
    output: &Path,
    file: &FileEntry,
    packet: Option<&PacketEntry>,
) -> Result<Outgoing, Failure> {
    let path = output.join(&file.path);
    let bytes = read(&path)?;
    if digest::sha256_hex(&bytes) != file.sha256 {
        return Err(altered(format!(
            "`{}` is not what was issued",
            path.display()
        )));
    }
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    // A pool may have its server's name.
    let name = match packet.map(|it| it.kind) {
        Some(Kind::Pool) => format!("pool-{name}"),
        _ => name.to_owned(),
    };
    Ok(Outgoing {
        source: path.display().to_string(),
        name: attachment_name(&name),
        edition: packet.map(|it| it.edition),
        fingerprint: packet.map(|it| it.fingerprint.clone()),
        bytes,
    })
}

/// A file as named. One of the output folder's is compared with the manifest, a bundle with its own.
fn named(path: &Path, output: &Path) -> Result<Outgoing, Failure> {
    if let Some(outgoing) = of_output(path, output)? {
        return Ok(outgoing);
    }
    let bytes = read(path)?;
    if bytes.is_empty() {
        return Err(Failure::usage(format!("`{}` is empty", path.display())));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_zip = path
        .extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("zip"));
    if is_zip {
        whole(path, &bytes)?;
    }
    Ok(Outgoing {
        source: path.display().to_string(),
        name: attachment_name(&name),
        edition: None,
        fingerprint: None,
        bytes,
    })
}

/// A file inside the output folder that its manifest names; `None` for every other.
fn of_output(path: &Path, output: &Path) -> Result<Option<Outgoing>, Failure> {
    let (Ok(whole), Ok(folder)) = (path.canonicalize(), output.canonicalize()) else {
        return Ok(None);
    };
    let Ok(inside) = whole.strip_prefix(&folder) else {
        return Ok(None);
    };
    let inside = inside.to_string_lossy().replace('\\', "/");
    let standing = kept::standing(output)?;
    is_unaltered(&standing.state)?;
    let Some(manifest) = standing.manifest else {
        return Ok(None);
    };
    let is_it = |file: &&FileEntry| file.path == inside;
    for packet in &manifest.packets {
        if let Some(file) = packet.files.iter().find(is_it) {
            return issued(output, file, Some(packet)).map(Some);
        }
    }
    let file = manifest.files.iter().find(is_it);
    file.map(|file| issued(output, file, None)).transpose()
}

/// What stands beside the packets must be as it was issued too: who changed it may have changed them.
fn is_unaltered(state: &State) -> Result<(), Failure> {
    match state.altered() {
        None => Ok(()),
        Some(path) => Err(altered(format!(
            "`{}` is not what was issued",
            path.display()
        ))),
    }
}

/// A bundle must be as it was made; a zip that holds no manifest is any other file.
fn whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let refused = |why: String| altered(format!("`{}` cannot be trusted: {why}", path.display()));
    let mut zip = Zip::open(bytes).map_err(refused)?;
    if publish::Shelf::bytes(&mut zip, publish::MANIFEST, 1).is_none() {
        return Ok(());
    }
    let today = settings::today()?.to_string();
    let findings = publish::verify(&mut zip, &today).findings;
    match findings
        .into_iter()
        .find(|it| it.severity == Severity::Error)
    {
        Some(finding) => Err(refused(format!(
            "{} ({})",
            finding.message,
            finding.code.as_str()
        ))),
        None => Ok(()),
    }
}

fn altered(message: String) -> Failure {
    Failure {
        exit: Exit::Nothing,
        ..Failure::usage(message)
    }
    .help("nothing was sent; `restore-packets verify` says more")
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    named_file::read(path, named_file::LARGEST)
        .map_err(|why| Failure::nothing(format!("cannot read `{}`: {why}", path.display())))
}
