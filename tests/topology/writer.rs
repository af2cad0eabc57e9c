//! Writes what a published topology would say of worksheets: names, sites, roles, stores, shares, next hops, and nothing of
//! mirrors, witnesses, certificates and backups.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::Sheet;

/// A row by its headings.
pub(crate) type Row = BTreeMap<String, String>;

/// The rows of a sheet.
pub(crate) fn rows(sheet: &Sheet) -> Vec<Row> {
    let (heads, rows) = sheet.rows.split_first().expect("headings");
    let row = |cells: &Vec<String>| heads.iter().cloned().zip(cells.iter().cloned()).collect();
    rows.iter().map(row).collect()
}

/// A cell; empty where there is none.
pub(crate) fn cell<'r>(row: &'r Row, heading: &str) -> &'r str {
    row.get(heading).map_or("", String::as_str)
}

/// A name as it is compared.
pub(crate) fn canonical(name: &str) -> String {
    name.trim_end_matches('.').to_lowercase()
}

/// The document in the making.
#[derive(Default)]
struct Writer {
    sites: Vec<String>,
    /// The keys of clusters, by name.
    clusters: BTreeMap<String, (usize, usize)>,
    elements: String,
    instances: BTreeSet<(String, String)>,
    services: String,
    counts: BTreeMap<(usize, String), usize>,
}

/// The document for worksheets of servers and pools.
pub(crate) fn topology(servers: &Sheet, pools: &Sheet) -> String {
    let (servers, pools) = (rows(servers), rows(pools));
    let mut writer = Writer::default();
    for pool in &pools {
        let name = cell(pool, "Pool FQDN");
        let members = servers.iter().filter(|it| cell(it, "Pool FQDN") == name);
        writer.cluster(name, cell(pool, "Site"), true, &members.collect::<Vec<_>>());
    }
    for server in servers.iter().filter(|it| is_listed(it, &pools)) {
        let name = canonical(cell(server, "Server FQDN"));
        writer.cluster(&name, cell(server, "Site"), false, &[server]);
        if cell(server, "Role").starts_with("Office") {
            writer.service(&name, None, "WacService", &[], "");
        }
    }
    for pool in pools
        .iter()
        .filter(|it| !cell(it, "Pool type").starts_with("Edge"))
    {
        writer.registrar(pool, &servers);
    }
    for pool in &pools {
        writer.pool(pool, &pools, &servers);
    }
    writer.document()
}

/// Whether a topology lists a computer outside the pools: it holds a store, a share, or serves presentations.
fn is_listed(server: &Row, pools: &[Row]) -> bool {
    let name = canonical(cell(server, "Server FQDN"));
    let short = name.split('.').next().unwrap_or_default().to_owned();
    let holds = |pool: &Row| {
        let stores = [
            "SQL Server FQDN",
            "Archiving SQL Server FQDN",
            "Monitoring SQL Server FQDN",
        ];
        let share = cell(pool, "File store").to_lowercase();
        stores
            .iter()
            .any(|column| canonical(cell(pool, column)) == name)
            || share.starts_with(&format!(r"\\{name}\"))
            || share.starts_with(&format!(r"\\{short}\"))
    };
    let of_pool = pools.iter().any(|pool| cell(pool, "Pool FQDN") == name);
    !of_pool && (pools.iter().any(holds) || cell(server, "Role").starts_with("Office"))
}

impl Writer {
    fn cluster(&mut self, name: &str, site: &str, is_set_up: bool, machines: &[&Row]) {
        let known = self.sites.iter().position(|it| it == site);
        let site = known.unwrap_or_else(|| {
            self.sites.push(site.to_owned());
            self.sites.len() - 1
        }) + 1;
        let number = self.clusters.values().filter(|it| it.0 == site).count() + 1;
        self.clusters.insert(canonical(name), (site, number));
        let head = format!(
            "<Cluster RequiresSetup=\"{is_set_up}\" Fqdn=\"{name}\"><ClusterId SiteId=\"{site}\" Number=\"{number}\"/>"
        );
        self.elements += &head;
        for (at, machine) in machines.iter().enumerate() {
            let name = cell(machine, "Server FQDN");
            let adapters = cell(machine, "IP address").lines().map(|address| {
                let is_edge = cell(machine, "Role").contains("Edge");
                let address = if is_edge { address } else { "0.0.0.0" };
                format!("<NetInterface InterfaceSide=\"Primary\" IPAddress=\"{address}\"/>")
            });
            let adapters: String = adapters.collect();
            let at = at + 1;
            let element =
                format!("<Machine OrdinalInCluster=\"{at}\" Fqdn=\"{name}\">{adapters}</Machine>");
            self.elements += &element;
        }
        self.elements += "</Cluster>\n";
    }

    fn cluster_id(&self, name: &str) -> String {
        let (site, number) = self.clusters[&canonical(name)];
        format!("<ClusterId SiteId=\"{site}\" Number=\"{number}\"/>")
    }

    /// Writes a service, and returns its key.
    fn service(
        &mut self,
        on: &str,
        instance: Option<&str>,
        role: &str,
        needs: &[String],
        own: &str,
    ) -> String {
        let site = self.clusters[&canonical(on)].0;
        let count = self.counts.entry((site, role.to_owned())).or_default();
        *count += 1;
        let key =
            format!("<ServiceId SiteId=\"{site}\" RoleName=\"{role}\" Instance=\"{count}\"/>");
        let needs = needs
            .iter()
            .map(|key| format!("<Dependency Usage=\"Default\">{key}</Dependency>"));
        let home = match instance {
            None => self.cluster_id(on),
            Some(name) => {
                self.instances.insert((name.to_owned(), canonical(on)));
                format!(
                    "<SqlInstanceId Name=\"{name}\">{}</SqlInstanceId>",
                    self.cluster_id(on)
                )
            }
        };
        let needs: String = needs.collect();
        writeln!(
            self.services,
            "<Service RoleVersion=\"1\" ServiceVersion=\"6\">{key}<DependsOn>{needs}</DependsOn><InstalledOn>{home}</InstalledOn>{own}</Service>"
        )
        .expect("a text");
        key
    }

    /// The registrar of a pool, if its type has one: always the first of its pool, so that others know its key.
    fn registrar(&mut self, pool: &Row, servers: &[Row]) {
        let name = cell(pool, "Pool FQDN").to_owned();
        let is_of_users = ["Front End", "Standard"]
            .iter()
            .any(|it| cell(pool, "Pool type").starts_with(it));
        let is_director = cell(pool, "Pool type").starts_with("Director");
        if !is_of_users && !is_director {
            return;
        }
        let mut needs = Vec::new();
        for (service, column) in [
            ("ArchivingStore", "Archiving"),
            ("MonitoringStore", "Monitoring"),
        ] {
            let server = cell(pool, &format!("{column} SQL Server FQDN"));
            let instance = cell(pool, &format!("{column} SQL instance"));
            if !server.is_empty() {
                needs.push(self.service(server, Some(instance), service, &[], ""));
            }
        }
        if is_director {
            needs.push(self.registrar_of(cell(pool, "Next hop pool FQDN")));
        } else {
            needs.push(self.users(pool, servers));
        }
        let own = format!("<RegistrarService IsDirector=\"{is_director}\"/>");
        self.service(&name, None, "Registrar", &needs, &own);
    }

    /// The key of the registrar of a pool that was written before; there is one a pool.
    fn registrar_of(&self, pool: &str) -> String {
        let home = format!("<InstalledOn>{}</InstalledOn>", self.cluster_id(pool));
        let mut services = self.services.lines();
        let line = services.find(|it| it.contains("\"Registrar\"") && it.contains(&home));
        let line = line.unwrap_or_else(|| panic!("no registrar on {pool}"));
        let start = line.find("<ServiceId").expect("a key");
        let end = line[start..].find("/>").expect("its end") + start + 2;
        line[start..end].to_owned()
    }

    fn users(&mut self, pool: &Row, servers: &[Row]) -> String {
        let name = cell(pool, "Pool FQDN").to_owned();
        let (server, instance) = match cell(pool, "SQL Server FQDN") {
            "" => (name.as_str(), "rtc"),
            server => (server, cell(pool, "SQL instance")),
        };
        let store = self.service(server, Some(instance), "UserStore", &[], "");
        let share = self.share(cell(pool, "File store"), servers);
        let web = self.service(&name, None, "WebServices", std::slice::from_ref(&share), "");
        self.service(&name, None, "UserServices", &[store, share, web], "")
    }

    fn share(&mut self, path: &str, servers: &[Row]) -> String {
        let (host, share) = path[2..].split_once('\\').expect("a share");
        let full = servers.iter().map(|it| canonical(cell(it, "Server FQDN")));
        let mut full = full.filter(|it| it == host || it.starts_with(&format!("{host}.")));
        let host = full.next().expect("the host has a row");
        let own = format!("<FileStoreService ShareName=\"{share}\"/>");
        self.service(&host, None, "FileStore", &[], &own)
    }

    fn pool(&mut self, pool: &Row, pools: &[Row], servers: &[Row]) {
        let name = cell(pool, "Pool FQDN").to_owned();
        let next = cell(pool, "Next hop pool FQDN");
        let members = servers.iter().filter(|it| cell(it, "Pool FQDN") == name);
        let mediates = members
            .clone()
            .any(|it| cell(it, "Role").contains("Mediation"));
        match cell(pool, "Pool type") {
            "Edge pool" => {
                let hop = self.registrar_of(next);
                self.service(&name, None, "EdgeServer", &[hop], "");
            }
            "Persistent Chat pool" => {
                self.service(&name, None, "NobodyKnows", &[], "");
            }
            "Director pool" => {}
            _ if mediates => {
                let own = pools.iter().any(|it| cell(it, "Pool FQDN") == next);
                let hop = if own { next } else { &name };
                let hop = self.registrar_of(hop);
                self.service(&name, None, "MediationServer", &[hop], "");
            }
            _ => {}
        }
        let is_active = match cell(pool, "Central Management store") {
            "yes" => "true",
            "standby" => "false",
            _ => return,
        };
        let own = format!("<CentralMgmtService IsActive=\"{is_active}\"/>");
        self.service(&name, None, "CentralMgmt", &[], &own);
    }

    fn document(&self) -> String {
        let sites = (1..).zip(&self.sites).map(|(number, name)| {
            format!("<CentralSite SiteId=\"{number}\"><Name>{name}</Name><Location/></CentralSite>")
        });
        let instances = self.instances.iter().map(|(name, on)| {
            let id = self.cluster_id(on);
            format!(
                "<SqlInstance><SqlInstanceId Name=\"{name}\">{id}</SqlInstanceId></SqlInstance>"
            )
        });
        format!(
            "<Topology xmlns=\"urn:schema:test.Topology.2008\" Signature=\"0\">\n<InternalDomains><InternalDomain Name=\"contoso.com\"/></InternalDomains>\n<Sites>{}</Sites>\n<Clusters>\n{}</Clusters>\n<SqlInstances>{}</SqlInstances>\n<Services>\n{}</Services>\n</Topology>\n",
            sites.collect::<String>(),
            self.elements,
            instances.collect::<String>(),
            self.services
        )
    }
}
