//! Hand-made contexts: one for each kind of server and pool, every value known or every value a gap.

use restore_packets::packets::context::*;
use restore_packets::product::Product;
use restore_packets::product::schema::{self, Type};
use restore_packets::template::Slot;

/// What a packet is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    StandardEdition,
    Primary,
    Mirror,
    FrontEnd,
    Edge,
    DatabaseServer,
    FileServer,
    Witness,
    FrontEndPool,
    StandardEditionPool,
    EdgePool,
}

impl Kind {
    pub(crate) const ALL: [Self; 11] = [
        Self::StandardEdition,
        Self::Primary,
        Self::Mirror,
        Self::FrontEnd,
        Self::Edge,
        Self::DatabaseServer,
        Self::FileServer,
        Self::Witness,
        Self::FrontEndPool,
        Self::StandardEditionPool,
        Self::EdgePool,
    ];

    pub(crate) fn is_pool(self) -> bool {
        matches!(
            self,
            Self::FrontEndPool | Self::StandardEditionPool | Self::EdgePool
        )
    }

    fn is_one_computer(self) -> bool {
        matches!(self, Self::StandardEdition | Self::StandardEditionPool)
    }

    fn is_edge(self) -> bool {
        matches!(self, Self::Edge | Self::EdgePool)
    }

    fn hosts_user_store(self) -> bool {
        matches!(self, Self::Primary | Self::Mirror)
    }

    /// The ids of its roles.
    fn role_ids(self) -> &'static [&'static str] {
        match self {
            Self::StandardEdition | Self::StandardEditionPool => &["standard-edition"],
            Self::FrontEnd | Self::FrontEndPool => &["front-end", "mediation"],
            Self::Primary | Self::Mirror => &["back-end"],
            Self::Edge | Self::EdgePool => &["edge"],
            Self::DatabaseServer => &["sql"],
            Self::FileServer => &["file"],
            Self::Witness => &["witness"],
        }
    }

    fn fqdn(self) -> &'static str {
        match self {
            Self::StandardEdition | Self::StandardEditionPool => "se01.contoso.com",
            Self::Primary => "sql01.contoso.com",
            Self::Mirror => "sql02.contoso.com",
            Self::FrontEnd => "fe02.contoso.com",
            Self::Edge => "edge01.contoso.com",
            Self::DatabaseServer => "sql03.contoso.com",
            Self::FileServer => "fs01.contoso.com",
            Self::Witness => "wit01.contoso.com",
            Self::FrontEndPool => "pool01.contoso.com",
            Self::EdgePool => "edgepool01.contoso.com",
        }
    }
}

/// Makes contexts whose values are all known, or all gaps.
#[derive(Clone, Copy)]
pub(crate) struct Maker {
    pub(crate) known: bool,
}

impl Maker {
    pub(crate) fn context(self, kind: Kind) -> Context {
        let pool = self.pool(kind);
        let with_pools = kind.is_pool() || kind.is_one_computer() || kind.hosts_user_store();
        Context {
            this: (!kind.is_pool()).then(|| self.server(kind)),
            pools: with_pools.then(|| pool.clone()).into_iter().collect(),
            pool: Some(pool),
            central: self.central_store(kind),
            databases: self.databases(kind),
            databases_elsewhere: if kind.is_pool() {
                self.databases(kind)
            } else {
                Vec::new()
            },
            file_stores: vec![self.file_store()],
            mirror_shares: vec![MirrorShareContext {
                share: self.slot(r"\\fs01.contoso.com\MirrorSetup"),
                share_name: self.slot("MirrorSetup"),
                host: self.slot("fs01.contoso.com"),
                system: "2012",
                accounts: vec![self.slot(r"CONTOSO\SQL01$")],
            }],
            local_work: Slot::text(r"C:\LyncRestore"),
            organization: self.slot("Contoso"),
            media: ["product", "update", "features"]
                .map(|kind| MediaContext {
                    kind,
                    system: "",
                    sql_release: "",
                    item: self.slot("Lync Server 2013"),
                    location: self.slot(r"\\fs01\Media\Lync"),
                    version: self.slot("5.0.8308"),
                })
                .into(),
            topology_published: false,
            deployment: self.settings(),
            administration: self.slot("admin01.contoso.com"),
        }
    }

    /// The same with every list empty and every option absent.
    pub(crate) fn bare_context(self, kind: Kind) -> Context {
        let mut context = self.context(kind);
        context.databases.clear();
        context.databases_elsewhere.clear();
        context.file_stores.clear();
        context.media.clear();
        context.central.mirror = None;
        if let Some(this) = &mut context.this {
            this.instances.clear();
            this.certificates.clear();
        }
        for pool in context.pools.iter_mut().chain(&mut context.pool) {
            pool.members.clear();
            pool.quorum_members.clear();
            pool.mirrored.clear();
            pool.outer_pools.clear();
            pool.next_hops.clear();
            pool.mirror = None;
            pool.witness = None;
            pool.file_store = None;
            pool.backup_pool = None;
            pool.next_hop = None;
            pool.response_group = "unknown";
        }
        context
    }

    fn slot(self, text: &str) -> Slot {
        if self.known {
            Slot::text(text)
        } else {
            Slot::gap(format!("value like {text}"), "fill it in")
        }
    }

    fn under_backup(self, path: &str) -> Slot {
        match self.slot(path) {
            Slot::Text(path) => Slot::UnderBackup(path),
            gap => gap,
        }
    }

    fn shell(self, fqdn: &str, kind: Kind) -> ShellContext {
        ShellContext {
            fqdn: self.slot(fqdn),
            is_this: kind.fqdn() == fqdn,
        }
    }

    fn instance(self, name: &str) -> InstanceContext {
        InstanceContext {
            name: self.slot(name),
            is_default: false,
            holds: "user store of pool01.contoso.com".to_owned(),
            port: Some(self.slot("1433")),
        }
    }

    fn store(self, fqdn: &str, instance: &str, kind: Kind) -> StoreContext {
        StoreContext {
            fqdn: self.slot(fqdn),
            instance: self.instance(instance),
            is_this: kind.fqdn() == fqdn && !kind.is_pool(),
            is_one_of_several: true,
            data_path: Some(self.slot(r"D:\Data")),
            log_path: Some(self.slot(r"E:\Log")),
            account: self.slot(r"CONTOSO\SQL01$"),
        }
    }

    fn server(self, kind: Kind) -> ServerContext {
        let has_services = matches!(kind, Kind::StandardEdition | Kind::FrontEnd | Kind::Edge);
        let shell = match kind {
            Kind::StandardEdition => kind.fqdn(),
            _ => "fe01.contoso.com",
        };
        ServerContext {
            fqdn: self.slot(kind.fqdn()),
            computer_name: self.slot(kind.fqdn().split('.').next().unwrap_or_default()),
            dns_suffix: self.slot("contoso.com"),
            roles: self.slot("Front End Server"),
            role_ids: kind.role_ids().to_vec(),
            operating_system: self.slot("Windows Server 2012"),
            system: "2012",
            version: self.slot("5.0.8308"),
            sql_version: self.slot("11.0.3000"),
            sql_release: "SQL Server 2012",
            sql_edition: self.slot("Standard"),
            sql_data_path: self.slot(r"D:\Data"),
            sql_log_path: self.slot(r"E:\Log"),
            ip_address: self.slot("192.0.2.10"),
            system_image: self.slot(r"\\fs01\Images\x.wim"),
            notes: Some(self.slot("Faces the gateways.")),
            recorded: self.recorded(schema::SERVERS),
            is_one_computer: kind == Kind::StandardEdition,
            is_edge: kind == Kind::Edge,
            has_services,
            hosts_databases: kind.hosts_user_store() || kind == Kind::DatabaseServer,
            is_witness: kind == Kind::Witness,
            is_mirrored: kind.hosts_user_store() || kind == Kind::DatabaseServer,
            witness_of: [Kind::Witness]
                .into_iter()
                .filter(|it| *it == kind)
                .map(|kind| self.pool(kind))
                .collect(),
            instances: vec![self.instance("RTC")],
            certificates: ["restore", "re-enrol", "lost", "undecided"]
                .map(|way| self.certificate(way))
                .into(),
            shell: self.shell(shell, kind),
            alike: Some(self.slot("fe07.contoso.com")),
        }
    }

    fn certificate(self, way: &'static str) -> CertificateContext {
        CertificateContext {
            uses: self.slot("Default"),
            subject: self.slot("CN=pool01.contoso.com"),
            names: Some(self.slot("pool01.contoso.com; sip.contoso.com")),
            issuer: self.slot("Contoso CA"),
            thumbprint: self.slot("0123456789ABCDEF0123456789ABCDEF01234567"),
            expires: self.slot("2015-05-01"),
            backup: self.under_backup(r"Certificates\default.pfx"),
            is_file: true,
            replicated: false,
            vault: self.slot("Lync/default.pfx"),
            way,
        }
    }

    fn pool(self, kind: Kind) -> PoolContext {
        let fqdn = match kind {
            _ if kind.is_one_computer() => Kind::StandardEdition.fqdn(),
            _ if kind.is_edge() => Kind::EdgePool.fqdn(),
            _ => Kind::FrontEndPool.fqdn(),
        };
        let has_several = !kind.is_one_computer() && !kind.is_edge();
        let members = self.members(kind);
        let (primary, mirror) = match kind {
            _ if has_several => ("sql01.contoso.com", Some("sql02.contoso.com")),
            _ => ("se01.contoso.com", None),
        };
        let mirrored = ["User", "Application", "CentralMgmt", "Archiving"];
        PoolContext {
            fqdn: self.slot(fqdn),
            types: self.slot("Front End pool"),
            site: self.slot("Seattle"),
            is_one_computer: kind.is_one_computer(),
            serves_users: !kind.is_edge(),
            is_edge: kind.is_edge(),
            quorum_members: if kind.is_edge() {
                Vec::new()
            } else {
                members.clone()
            },
            members,
            quorum: 2,
            keep: 2,
            alike: Some(self.slot("fe07.contoso.com")),
            shell: self.shell("fe01.contoso.com", kind),
            sql: self.store(primary, "RTC", kind),
            availability: "",
            copies: Vec::new(),
            mirror: mirror.map(|mirror| self.store(mirror, "RTC", kind)),
            witness: has_several.then(|| self.slot("wit01.contoso.com")),
            mirror_share: self.slot(r"\\fs01.contoso.com\Mirroring\"),
            mirrored: mirrored
                .into_iter()
                .filter(|_| has_several)
                .map(|database_type| MirroredContext {
                    database_type,
                    databases: Product::built_in().sql_names(database_type),
                    primary: self.store("sql01.contoso.com", "RTC", kind),
                    mirror: self.store("sql02.contoso.com", "RTCMIRROR", kind),
                })
                .collect(),
            has_central: !kind.is_edge(),
            standby: has_several.then(|| MirroredContext {
                database_type: "CentralMgmt",
                databases: Product::built_in().sql_names("CentralMgmt"),
                primary: self.store("sql01.contoso.com", "RTC", kind),
                mirror: self.store("sql02.contoso.com", "RTCMIRROR", kind),
            }),
            response_group: "yes",
            response_group_cell: self.slot("yes"),
            response_group_file: self.under_backup(r"pool01\RgsConfig.zip"),
            user_data_file: self.under_backup(r"pool01\User's data.zip"),
            file_store: Some(self.file_store()),
            backup_pool: (!kind.is_edge()).then(|| self.backup_pool(kind)),
            next_hop: kind.is_edge().then(|| self.slot("pool01.contoso.com")),
            outer_pools: [true, false]
                .into_iter()
                .filter(|_| !kind.is_edge())
                .map(|same_site| EdgeContext {
                    fqdn: self.slot("edgepool01.contoso.com"),
                    same_site,
                })
                .collect(),
            next_hops: ["persistent-chat", "mediation", "director"]
                .into_iter()
                .filter(|_| !kind.is_edge())
                .map(|of| NextHopContext {
                    fqdn: self.slot(&format!("{of}.contoso.com")),
                    types: self.slot(of),
                    kind: of,
                    members: self.members(kind),
                })
                .collect(),
            recorded: self.recorded(schema::POOLS),
            named_by: [("media_edge_pool", vec![self.slot("pool01.contoso.com")])].into(),
            alternatives: [Kind::EdgePool]
                .into_iter()
                .filter(|it| *it == kind)
                .map(|_| self.slot("edgepool02.contoso.com"))
                .collect(),
        }
    }

    fn members(self, kind: Kind) -> Vec<MemberContext> {
        let fqdns: &[&str] = match kind {
            _ if kind.is_one_computer() => &["se01.contoso.com"],
            _ if kind.is_edge() => &["edge01.contoso.com", "edge02.contoso.com"],
            _ => &["fe01.contoso.com", "fe02.contoso.com", "fe03.contoso.com"],
        };
        let members = fqdns.iter().map(|fqdn| MemberContext {
            fqdn: self.slot(fqdn),
            roles: self.slot("Front End Server"),
            is_this: kind.fqdn() == *fqdn,
        });
        members.collect()
    }

    fn backup_pool(self, kind: Kind) -> BackupPoolContext {
        BackupPoolContext {
            fqdn: self.slot("pool02.contoso.com"),
            shell: self.shell("fe11.contoso.com", kind),
            sql: self.store("sql11.contoso.com", "RTC", kind),
            mirror: Some(self.store("sql12.contoso.com", "RTC", kind)),
        }
    }

    fn central_store(self, kind: Kind) -> CentralContext {
        let on_one_computer = kind.is_one_computer();
        let sql = if on_one_computer {
            "se01.contoso.com"
        } else {
            "sql01.contoso.com"
        };
        CentralContext {
            is_known: true,
            pool: self.slot("pool01.contoso.com"),
            on_one_computer,
            is_apart: false,
            sql: self.store(sql, "RTC", kind),
            mirror: (!on_one_computer).then(|| self.store("sql02.contoso.com", "RTC", kind)),
            configuration_file: self.under_backup("CsConfiguration.zip"),
            location_file: self.under_backup("Lis.zip"),
        }
    }

    fn databases(self, kind: Kind) -> Vec<DatabaseContext> {
        let rows = [
            ("LcsLog", "Archiving", "Archiving", "sql"),
            ("LcsCDR", "Monitoring", "Monitoring", "sql"),
            ("mgc", "Persistent Chat", "PersistentChat", "sql"),
            ("mgc", "Persistent Chat", "PersistentChat", "export"),
            ("mgc", "Persistent Chat", "PersistentChat", "undecided"),
        ];
        let database = |(name, service, database_type, method)| DatabaseContext {
            name,
            service,
            database_type,
            pools: self.slot("pool01.contoso.com"),
            served: vec![self.slot("pool01.contoso.com")],
            servers: vec![self.slot("fe01.contoso.com")],
            store: self.store(kind.fqdn(), "ARCH", kind),
            primary: self.store(kind.fqdn(), "ARCH", kind),
            partner: Some(self.store("sql04.contoso.com", "ARCH", kind)),
            is_mirror: false,
            mirror_share: self.slot(r"\\fs01.contoso.com\Mirroring"),
            db_instance: self.slot(r"sql03.contoso.com\ARCH"),
            method,
            undecided: Slot::gap("how it was backed up", "name one tool"),
            file: self.under_backup(&format!("{name}.bak")),
            shell: self.shell("fe01.contoso.com", kind),
        };
        rows.into_iter().map(database).collect()
    }

    fn file_store(self) -> FileStoreContext {
        FileStoreContext {
            share: self.slot(r"\\fs01.contoso.com\LyncShare"),
            share_name: self.slot("LyncShare"),
            local_path: self.slot(r"D:\LyncShare"),
            root: self.slot(r"D:\LyncShare"),
            system: "2012",
            is_copied: false,
            is_shared: false,
            host: self.slot("fs01.contoso.com"),
            backup: self.under_backup("FileStore"),
            serves_users: true,
            of_central: true,
            pool: self.slot("pool01.contoso.com"),
            shell: ShellContext {
                fqdn: self.slot("fe01.contoso.com"),
                is_this: false,
            },
            recorded: self.recorded(schema::FILE_STORE_BACKUPS),
        }
    }

    /// Every cell that procedures name.
    fn recorded(self, kind: &str) -> Recorded {
        let columns = &Product::built_in().schema.kind(kind).expect(kind).columns;
        let named = columns
            .iter()
            .filter_map(|it| Some((it.named.as_deref()?, self.cell(it.kind))));
        named.collect()
    }

    fn settings(self) -> Recorded {
        let settings = Product::built_in().schema.settings.iter();
        let named = settings.filter_map(|it| Some((it.named.as_deref()?, self.cell(it.kind))));
        named.collect()
    }

    fn cell(self, kind: Option<Type>) -> RecordedContext {
        match kind {
            Some(Type::YesNo) => RecordedContext::Answer("yes"),
            Some(Type::Fqdns) => RecordedContext::Many(vec![self.slot("x.contoso.com")]),
            Some(Type::Routes) => RecordedContext::Routes(vec![RouteContext {
                network: self.slot("10.0.0.0"),
                mask: self.slot("255.0.0.0"),
                gateway: self.slot("10.0.9.1"),
            }]),
            Some(Type::Port) => RecordedContext::One(self.slot("5022")),
            Some(Type::Account) => RecordedContext::One(self.slot(r"CONTOSO\svc-sql")),
            _ => RecordedContext::One(self.slot("as.contoso.com")),
        }
    }
}
