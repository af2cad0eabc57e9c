//! Documents beside the worksheets, as a run takes them in: which of them counts, and whether it is of the same product.
//!
//! One that was named counts before those that lie among the worksheets, and one that was published before one that was
//! drawn. A draft that nobody named, or one of several that might be meant, fills nothing and contradicts nothing.

use crate::documents::{self, Blueprint, Document, Form};
use crate::finding::{Code, Finding, Place, words};
use crate::packets::SourceDigest;
use crate::product::{Offer, Product};
use crate::sources::{Gathered, Source};
use crate::testimony::{self, Testimony};

/// What documents describe.
#[derive(Clone, Debug, Default)]
pub struct Described {
    /// The one that counts.
    blueprint: Option<(Blueprint, SourceDigest)>,
    /// What was met in reading them.
    findings: Vec<Finding>,
}

impl Described {
    /// Reads the documents among the worksheets, or the one that was named.
    pub fn read(among: &[Source], named: Option<&Gathered>) -> Self {
        let mut findings = named.map_or_else(Vec::new, |it| it.findings.clone());
        let sources = named.map_or(among, |it| it.documents.as_slice());
        let mut found: Vec<(Blueprint, SourceDigest)> = Vec::new();
        for source in sources {
            match documents::read(&source.name, &source.bytes) {
                Ok(Document::Blueprint(blueprint)) => {
                    let digest = SourceDigest {
                        path: source.name.to_string(),
                        sha256: source.sha256.clone(),
                    };
                    // The same file under two names is one.
                    if found.iter().all(|(_, it)| it.sha256 != digest.sha256) {
                        found.push((blueprint, digest));
                    }
                }
                Ok(Document::Objects(_)) => findings.push(only_imported(source)),
                Err(finding) => findings.push(finding),
            }
        }
        let blueprint = chosen(found, named.is_some(), &mut findings);
        Self {
            blueprint,
            findings,
        }
    }

    /// The file of the one that counts.
    pub fn source(&self) -> Option<&SourceDigest> {
        self.blueprint.as_ref().map(|(_, source)| source)
    }

    /// What it says of the worksheets of a product; nothing if it is of another.
    pub fn testimony(
        &self,
        product: &'static Product,
        wins: &[String],
    ) -> (Testimony, Vec<Finding>) {
        let mut findings = self.findings.clone();
        let mut testimony = Testimony {
            wins: wins.to_vec(),
            ..Testimony::default()
        };
        if let Some((blueprint, _)) = &self.blueprint {
            if let Some(finding) = of_other_product(blueprint, product) {
                findings.push(finding);
            } else {
                let (rows, more) = testimony::of_blueprint(product, blueprint);
                testimony.rows = rows;
                findings.extend(more);
            }
        }
        (testimony, findings)
    }
}

/// The document that counts: the only one that was published, else the only one that was drawn; a draft only where
/// somebody has asked for just that.
pub fn chosen(
    found: Vec<(Blueprint, SourceDigest)>,
    is_asked_for: bool,
    findings: &mut Vec<Finding>,
) -> Option<(Blueprint, SourceDigest)> {
    for (draft, _) in found.iter().filter(|(it, _)| it.form == Form::Draft) {
        findings.push(draft_finding(draft));
    }
    let best = found.iter().map(|(it, _)| it.form).min()?;
    let best: Vec<_> = found
        .into_iter()
        .filter(|(it, _)| it.form == best && (is_asked_for || best != Form::Draft))
        .collect();
    match <[_; 1]>::try_from(best) {
        Ok([one]) => Some(one),
        Err(several) => {
            findings.extend(several_finding(&several));
            None
        }
    }
}

/// A document that was drawn and not published.
fn draft_finding(draft: &Blueprint) -> Finding {
    let message = "this topology is a draft: it says of itself that it was not published, or has changes that were not";
    Finding::new(Code::TopologyDraft, message)
        .at(&Place::file(draft.source.clone()))
        .help("take the published one, as the management shell writes it")
}

fn several_finding(several: &[(Blueprint, SourceDigest)]) -> Option<Finding> {
    let names: Vec<&str> = several.iter().map(|(it, _)| &*it.source).collect();
    let last = names.last()?;
    let message = format!(
        "there are {} topologies ({}), and nothing says which is today's; none was used",
        several.len(),
        words::quoted(&names)
    );
    let help = "leave today's there, or name it with `--topology`";
    Some(
        Finding::new(Code::TwoTopologies, message)
            .at(&Place::file(*last))
            .help(help),
    )
}

/// An export that says something to `import` alone.
fn only_imported(source: &Source) -> Finding {
    Finding::new(
        Code::UnsupportedFile,
        "this is an export of objects, which is read by `import` alone",
    )
    .at(&Place::file(source.name.clone()))
    .help("import it, or leave it where it is")
}

/// Whether a document is of another product than the worksheets, or of none that is known.
fn of_other_product(blueprint: &Blueprint, product: &Product) -> Option<Finding> {
    let own = product.names.version.service.as_deref()?;
    let other = match release(blueprint, &product.offers) {
        Ok(None) => return None,
        Ok(Some(_)) if testimony::versions(blueprint).contains(own) => return None,
        Ok(Some(other)) => other,
        Err(finding) => return Some(finding),
    };
    let message = format!(
        "this topology is of `{}`, and the worksheets are of `{}`; nothing of it was used",
        other.name, product.names.name
    );
    Some(
        Finding::new(Code::VersionOfOtherProduct, message)
            .at(&Place::file(blueprint.source.clone()))
            .help("correct `Product` in the deployment worksheet, or take the topology of this deployment"),
    )
}

/// Which product a document is of; `None` where it does not say.
///
/// # Errors
/// A release that no product has, or several of them.
pub fn release<'o>(
    blueprint: &Blueprint,
    offers: &'o [Offer],
) -> Result<Option<&'o Offer>, Finding> {
    let versions = testimony::versions(blueprint);
    let place = Place::file(blueprint.source.clone());
    let mut all = versions.iter();
    let (Some(version), rest) = (all.next(), all.len()) else {
        return Ok(None);
    };
    if rest > 0 {
        let each = versions.iter().map(|version| {
            let services = blueprint.services.iter();
            let mut of = services.filter(|it| it.version.as_deref() == Some(*version));
            let first = of.next().map_or("", |it| &it.label);
            format!("`{first}` is of {version}")
        });
        let message = format!(
            "this topology is of several releases: {}",
            words::list(each.collect::<Vec<_>>())
        );
        return Err(Finding::new(Code::UnsupportedProduct, message)
            .at(&place)
            .help("one set of worksheets is of one product; write them by hand"));
    }
    let known = offers.iter();
    let found = known
        .clone()
        .find(|it| it.version.service.as_deref() == Some(*version));
    found.map(Some).ok_or_else(|| {
        let names: Vec<&str> = known.map(|it| it.name.as_str()).collect();
        Finding::new(
            Code::UnsupportedProduct,
            format!(
                "this topology is of a release (ServiceVersion {version}) that no product here has"
            ),
        )
        .at(&place)
        .help(format!("there are {}", words::quoted(&names)))
    })
}
