//! A topology as it was published: root `Topology`. Elements refer to each other by keys of several parts, which repeat
//! from site to site.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::workbook::tree::Element;

use super::blueprint::{Blueprint, Form, Service};
use super::blueprint::{cluster, details, domains, required};

/// Elements by their keys, as positions.
type Positions = BTreeMap<String, usize>;

/// Reads the document.
///
/// # Errors
/// A reference that leads nowhere, or a key that two elements have.
pub(super) fn read(source: &Arc<str>, root: &Element) -> Result<Blueprint, String> {
    let sites = sites(root);
    let mut clusters = Vec::new();
    let mut cluster_at = Positions::new();
    for element in root.within("Clusters", "Cluster") {
        let id = element.child("ClusterId").unwrap_or(element);
        let key = cluster_key(id)?;
        note(&mut cluster_at, &key, clusters.len())?;
        let site = sites.get(required(id, "SiteId")?);
        clusters.push(cluster(element, element.all("Machine"), key, site)?);
    }
    let mut service_at = Positions::new();
    let elements: Vec<&Element> = root.within("Services", "Service").collect();
    for (position, element) in elements.iter().enumerate() {
        note(&mut service_at, &service_key(element)?, position)?;
    }
    let services = elements.iter();
    let services = services.map(|element| service(element, &cluster_at, &service_at));
    Ok(Blueprint {
        source: Arc::clone(source),
        form: Form::Published,
        domains: domains(root),
        services: services.collect::<Result<_, _>>()?,
        clusters,
    })
}

/// The names of sites by their numbers.
fn sites(root: &Element) -> BTreeMap<String, String> {
    let sites = root.child("Sites").map(|it| it.children.as_slice());
    let named = sites.unwrap_or_default().iter().filter_map(|site| {
        let name = site.child("Name")?.text.trim();
        Some((site.get("SiteId")?.to_owned(), name.to_owned()))
    });
    named.filter(|(_, name)| !name.is_empty()).collect()
}

fn note(positions: &mut Positions, key: &str, position: usize) -> Result<(), String> {
    match positions.insert(key.to_owned(), position) {
        None => Ok(()),
        Some(_) => Err(format!("`{key}` stands in it twice")),
    }
}

fn cluster_key(id: &Element) -> Result<String, String> {
    let (site, number) = (required(id, "SiteId")?, required(id, "Number")?);
    Ok(format!("Cluster {site}:{number}"))
}

/// The key of a service, or of a reference to one.
fn service_key(element: &Element) -> Result<String, String> {
    let id = element.child("ServiceId").unwrap_or(element);
    let part = |name| required(id, name);
    let (site, role, number) = (part("SiteId")?, part("RoleName")?, part("Instance")?);
    Ok(format!("Service {site}:{role}:{number}"))
}

fn service(
    element: &Element,
    clusters: &Positions,
    services: &Positions,
) -> Result<Service, String> {
    let label = service_key(element)?;
    let found = |positions: &Positions, key: String| {
        let position = positions.get(&key).copied();
        position.ok_or_else(|| format!("`{label}` refers to `{key}`, which is not in it"))
    };
    let home = element.child("InstalledOn");
    let instance = home.and_then(|it| it.child("SqlInstanceId"));
    let cluster = instance.or(home).and_then(|it| it.child("ClusterId"));
    let cluster = cluster.ok_or_else(|| format!("`{label}` does not say where it is"))?;
    let id = element.child("ServiceId").unwrap_or(element);
    let needs = element.within("DependsOn", "Dependency");
    let needs = needs.map(|it| found(services, service_key(it)?));
    Ok(Service {
        role: required(id, "RoleName")?.to_owned(),
        version: element.get("ServiceVersion").map(str::to_owned),
        cluster: found(clusters, cluster_key(cluster)?)?,
        instance: instance.map(|it| it.get("Name").unwrap_or_default().to_owned()),
        needs: needs.collect::<Result<_, _>>()?,
        details: details(element),
        label: label.clone(),
    })
}
