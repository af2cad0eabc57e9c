//! A topology as somebody drew it: root `TopologyBuilder`. Elements refer to each other by identifiers of their own; those
//! of clusters and instances are one name space.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::workbook::tree::Element;

use super::blueprint::{Blueprint, Cluster, Form, Service};
use super::blueprint::{cluster, details, domains, required, truth};

/// Where a service can stand, by identifier: a cluster, and the instance on it.
type Homes = BTreeMap<String, (usize, Option<String>)>;

/// Reads the document.
///
/// # Errors
/// A reference that leads nowhere, or an identifier that two elements have.
pub(super) fn read(source: &Arc<str>, root: &Element) -> Result<Blueprint, String> {
    let drawn = root.child("NewTopology");
    let drawn = drawn.and_then(|it| it.child("PartialTopology"));
    let drawn = drawn.ok_or("there is no `PartialTopology` in it")?;
    let mut clusters = Vec::new();
    let mut homes = Homes::new();
    for site in drawn.within("CentralSites", "CentralSite") {
        of_site(site, &mut clusters, &mut homes)?;
    }
    let elements: Vec<&Element> = drawn.within("Services", "Service").collect();
    let mut positions = BTreeMap::new();
    for (position, element) in elements.iter().enumerate() {
        let id = identifier(required(element, "UniqueId")?);
        if positions.insert(id, position).is_some() {
            return Err("two services in it have one `UniqueId`".to_owned());
        }
    }
    let labels = labels(&elements);
    let services = elements.iter().zip(labels);
    let services = services.map(|(element, label)| service(element, label?, &homes, &positions));
    Ok(Blueprint {
        source: Arc::clone(source),
        form: form(root, drawn),
        domains: domains(drawn),
        services: services.collect::<Result<_, _>>()?,
        clusters,
    })
}

/// Only what says of itself that it was published, and does not say that it was changed since, is no draft.
fn form(root: &Element, drawn: &Element) -> Form {
    let is_published = truth(drawn, "IsPublished") == Some(true);
    let is_changed = truth(root, "IsFreeFromChanges") == Some(false);
    if is_published && !is_changed {
        Form::Design
    } else {
        Form::Draft
    }
}

/// Identifiers are compared without regard to case and braces.
fn identifier(text: &str) -> String {
    text.trim_matches(['{', '}']).to_lowercase()
}

/// The clusters of a site, and of the branch sites that belong to it.
fn of_site(site: &Element, clusters: &mut Vec<Cluster>, homes: &mut Homes) -> Result<(), String> {
    let number = site.get("SiteId").unwrap_or("?");
    let name = site.child("Name").map(|it| it.text.trim().to_owned());
    let name = name.filter(|it| !it.is_empty());
    for (at, element) in (1_usize..).zip(site.within("Clusters", "Cluster")) {
        let position = clusters.len();
        clusters.push(cluster(
            element,
            element.within("Machines", "Machine"),
            format!("Cluster {number}:{at}"),
            name.as_ref(),
        )?);
        let id = identifier(required(element, "UniqueId")?);
        let instances = element.within("SqlInstances", "SqlInstance").map(|it| {
            let name = it.get("Name").unwrap_or_default().to_owned();
            Ok((
                identifier(required(it, "UniqueId")?),
                (position, Some(name)),
            ))
        });
        let instances = instances.collect::<Result<Vec<_>, String>>()?;
        for (id, home) in [(id, (position, None))].into_iter().chain(instances) {
            if homes.insert(id, home).is_some() {
                return Err("two elements in it have one `UniqueId`".to_owned());
            }
        }
    }
    for branch in site.child("RemoteSites").iter().flat_map(|it| &it.children) {
        of_site(branch, clusters, homes)?;
    }
    Ok(())
}

/// What people find services by: the how-maniest of its role it is.
fn labels<'e>(elements: &'e [&'e Element]) -> impl Iterator<Item = Result<String, String>> + 'e {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    elements.iter().map(move |element| {
        let role = required(element, "RoleName")?;
        let count = counts.entry(role).or_default();
        *count += 1;
        Ok(format!("Service {role}:{count}"))
    })
}

fn service(
    element: &Element,
    label: String,
    homes: &Homes,
    positions: &BTreeMap<String, usize>,
) -> Result<Service, String> {
    let home = homes.get(&identifier(required(element, "InstalledOn")?));
    let (cluster, instance) = home
        .cloned()
        .ok_or_else(|| format!("`{label}` stands on what is not in it"))?;
    let needs = element.within("DependsOn", "Dependency").map(|it| {
        let position = positions.get(&identifier(required(it, "ServiceUniqueId")?));
        let position = position.copied();
        position.ok_or_else(|| format!("`{label}` depends on what is not in it"))
    });
    Ok(Service {
        role: required(element, "RoleName")?.to_owned(),
        version: element.get("ServiceVersion").map(str::to_owned),
        cluster,
        instance,
        needs: needs.collect::<Result<_, _>>()?,
        details: details(element),
        label,
    })
}
