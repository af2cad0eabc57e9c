//! A deployment as a topology document describes it, whichever of the two forms the document has.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::finding::Place;
use crate::workbook::tree::Element;

/// How far a document can be trusted to say what is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// It was published: servers configure themselves by it.
    Published,
    /// It was drawn, and says that it was published.
    Design,
    /// It was drawn, and says that it was not published or has changes that were not.
    Draft,
}

/// A deployment.
#[derive(Clone, Debug)]
pub struct Blueprint {
    /// The file, by its name in places.
    pub source: Arc<str>,
    /// What the document says of itself.
    pub form: Form,
    /// The names of its domains.
    pub domains: Vec<String>,
    /// Computers that go by one name.
    pub clusters: Vec<Cluster>,
    /// What runs on them.
    pub services: Vec<Service>,
}

/// Computers that go by one name: a pool, a database server, a gateway.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// What the element is found by: `Cluster 1:2`.
    pub label: String,
    /// The name.
    pub fqdn: String,
    /// The name of its site.
    pub site: Option<String>,
    /// Whether the product is set up on it.
    pub needs_setup: bool,
    /// The computers.
    pub machines: Vec<Machine>,
}

/// A computer.
#[derive(Clone, Debug)]
pub struct Machine {
    /// Its name.
    pub fqdn: String,
    /// Its addresses, as far as they are bound; each once, in the document's order.
    pub addresses: Vec<String>,
}

/// Something that runs on a cluster, or is kept there.
#[derive(Clone, Debug)]
pub struct Service {
    /// What the element is found by: `Service 1:Store:1`.
    pub label: String,
    /// What it is, in the document's words.
    pub role: String,
    /// The release it is of.
    pub version: Option<String>,
    /// The position of its cluster.
    pub cluster: usize,
    /// The database instance it is kept in; empty for the default one, `None` where it is in none.
    pub instance: Option<String>,
    /// The positions of the services it depends on.
    pub needs: Vec<usize>,
    /// What its own elements say, by `Element@Attribute`, the outermost elements joined by `/`.
    pub details: BTreeMap<String, String>,
}

impl Blueprint {
    /// The place of an element.
    pub fn place(&self, label: &str) -> Place {
        Place::file(Arc::clone(&self.source)).element(label)
    }

    /// The services on a cluster.
    pub fn on(&self, cluster: usize) -> impl Iterator<Item = &Service> {
        self.services.iter().filter(move |it| it.cluster == cluster)
    }

    /// What a service depends on.
    pub fn needed_by<'b>(&'b self, service: &'b Service) -> impl Iterator<Item = &'b Service> {
        let found = service.needs.iter();
        found.filter_map(|position| self.services.get(*position))
    }
}

/// What stands in the elements that only services of this role have.
pub(super) fn details(service: &Element) -> BTreeMap<String, String> {
    const COMMON: [&str; 4] = ["ServiceId", "DependsOn", "InstalledOn", "Ports"];
    let mut found = BTreeMap::new();
    let own = service.children.iter();
    for element in own.filter(|it| !COMMON.contains(&it.name.as_str())) {
        add(element, &element.name, &mut found);
    }
    found
}

fn add(element: &Element, path: &str, found: &mut BTreeMap<String, String>) {
    for (name, value) in &element.attributes {
        let key = format!("{path}@{name}");
        found.entry(key).or_insert_with(|| value.clone());
    }
    for child in &element.children {
        add(child, &format!("{path}/{}", child.name), found);
    }
}

/// The names of the domains.
pub(super) fn domains(parent: &Element) -> Vec<String> {
    let found = parent.within("InternalDomains", "InternalDomain");
    found
        .filter_map(|it| it.get("Name"))
        .map(str::to_owned)
        .collect()
}

/// A cluster of these computers.
pub(super) fn cluster<'e>(
    element: &Element,
    machines: impl IntoIterator<Item = &'e Element>,
    label: String,
    site: Option<&String>,
) -> Result<Cluster, String> {
    let fqdn = required(element, "Fqdn")?;
    // The only computer of a cluster of one has the cluster's name.
    let machines = machines.into_iter().map(|machine| Machine {
        fqdn: machine.get("Fqdn").unwrap_or(fqdn).to_owned(),
        addresses: addresses(machine),
    });
    Ok(Cluster {
        label,
        fqdn: fqdn.to_owned(),
        site: site.cloned(),
        needs_setup: truth(element, "RequiresSetup").unwrap_or(false),
        machines: machines.collect(),
    })
}

/// The addresses of a computer's adapters; one that is bound to all of them says nothing.
fn addresses(machine: &Element) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for adapter in machine.all("NetInterface") {
        for name in ["IPAddress", "ConfiguredIPAddress"] {
            let address = adapter.get(name).and_then(|it| it.trim().parse().ok());
            let address = address.filter(|it: &core::net::IpAddr| !it.is_unspecified());
            let text = address.map(|it| it.to_string());
            found.extend(text.filter(|it| !found.contains(it)));
        }
    }
    found
}

/// Whether an attribute says yes; `None` where it is not there.
pub(super) fn truth(element: &Element, name: &str) -> Option<bool> {
    element
        .get(name)
        .map(|text| text.eq_ignore_ascii_case("true"))
}

/// An attribute that must be there.
pub(super) fn required<'e>(element: &'e Element, name: &str) -> Result<&'e str, String> {
    let value = element.get(name).map(str::trim);
    value.ok_or_else(|| format!("a `{}` in it has no `{name}`", element.name))
}
