//! What no tool can know: pairs of column and slip whose result passes its column's checks and is contradicted by no other
//! cell. They are counted apart, with a reason each.

use crate::slip::Kind;

/// Columns in which a slip leaves something plausible.
pub struct Apart {
    pub kinds: &'static [Kind],
    pub columns: &'static [&'static str],
    pub reason: &'static str,
}

/// Whether a pair is counted apart.
pub fn reason(kind: Kind, column: &str) -> Option<&'static str> {
    let found = TABLE
        .iter()
        .find(|apart| apart.kinds.contains(&kind) && apart.columns.contains(&column));
    found.map(|apart| apart.reason)
}

/// Columns that hold prose: whatever stands there may be meant.
const PROSE: &[&str] = &[
    "servers / Site",
    "servers / Operating system",
    "servers / Location",
    "servers / Owner",
    "servers / System image",
    "servers / Notes",
    "pools / Site",
    "pools / Notes",
    "certificates / Subject",
    "certificates / Subject alternative names",
    "certificates / Issuer",
    "certificates / Vault entry",
    "certificates / Notes",
    "databases / Backup schedule",
    "databases / Notes",
    "filestores / Content",
    "filestores / Backup schedule",
    "filestores / Notes",
    "settings / Backup schedule",
    "settings / Notes",
    "deployment / Organization",
    "deployment / Backup cycle",
    "deployment / Classification",
    "deployment / Document owner",
    "deployment / Approved by",
    "deployment / Copies",
    "contacts / Responsibility",
    "contacts / Name",
    "contacts / Alternate",
    "media / Item",
    "media / Location",
    "media / Version",
    "media / Notes",
];

pub const TABLE: &[Apart] = &[
    Apart {
        kinds: &[Kind::Sentence, Kind::TwoValues, Kind::OtherValue],
        columns: PROSE,
        reason: "the column holds prose, and any prose may be meant",
    },
    Apart {
        kinds: &[Kind::OtherValue],
        columns: &[
            "certificates / Valid from",
            "certificates / Expires",
            "databases / Last backup",
            "databases / Last restore test",
            "filestores / Last backup",
            "filestores / Last restore test",
            "settings / Last backup",
            "settings / Last restore test",
            "deployment / Backup completed",
            "deployment / Next backup",
            "deployment / Effective date",
            "deployment / Review due",
            "servers / RTO (hours)",
            "deployment / RPO (hours)",
        ],
        reason: "another day or number is as good as the true one",
    },
    Apart {
        kinds: &[Kind::OtherValue],
        columns: &["certificates / Serial number"],
        reason: "another number is as good as the true one, where no thumbprint is shared",
    },
    Apart {
        kinds: &[Kind::OtherValue],
        columns: &[
            "certificates / Private key exportable",
            "certificates / Can be re-enrolled",
            "pools / Response Group",
        ],
        reason: "yes and no are both possible, and nothing else tells which",
    },
    Apart {
        kinds: &[Kind::OtherValue],
        columns: &[
            "servers / Lync version",
            "servers / SQL Server version",
            "servers / SQL Server edition",
            "servers / SQL instance",
            "servers / SQL data path",
            "servers / SQL log path",
        ],
        reason: "what is installed on a server is known from its own row alone",
    },
    Apart {
        kinds: &[Kind::OtherValue],
        columns: &[
            "databases / Backup set",
            "databases / Backup destination",
            "databases / Backup file",
            "databases / SQL instance",
            "filestores / Local path",
            "settings / Backup location",
            "settings / Configuration file (.xml) name",
        ],
        reason: "where a backup lies is known from its own row alone, unless another row claims the place or its name is another's",
    },
    Apart {
        kinds: &[Kind::OtherValue],
        columns: &["pools / Next hop pool FQDN", "pools / Mirroring file share"],
        reason: "the topology may be so, and no other sheet holds it",
    },
    Apart {
        kinds: &[Kind::OtherValue],
        columns: &[
            "contacts / Phone",
            "contacts / E-mail",
            "contacts / Alternate phone",
        ],
        reason: "two people may share a desk",
    },
    Apart {
        kinds: &[Kind::DuplicateRowChanged],
        columns: &[
            "contacts / Responsibility",
            "contacts / Name",
            "contacts / Phone",
            "contacts / E-mail",
            "contacts / Alternate",
            "contacts / Alternate phone",
            "media / Item",
            "media / Location",
            "media / Version",
            "media / Notes",
        ],
        reason: "several people may answer for one thing, and one medium may lie in two places",
    },
    Apart {
        kinds: &[Kind::SwapNeighbour],
        columns: &[
            "servers / Site",
            "servers / Location",
            "servers / System image",
            "certificates / Subject",
            "certificates / Subject alternative names",
            "certificates / Vault entry",
            "contacts / Responsibility",
            "media / Item",
            "media / Location",
            "media / Version",
        ],
        reason: "both columns hold prose",
    },
    Apart {
        kinds: &[Kind::SwapNeighbour, Kind::ShiftRight],
        columns: &[
            "databases / Last restore test",
            "filestores / Last restore test",
            "settings / Last restore test",
        ],
        reason: "the date moves into the notes, which are prose, and a test that nobody recorded is ordinary",
    },
    Apart {
        kinds: &[Kind::SwapNeighbour],
        columns: &[
            "servers / SQL data path",
            "certificates / Private key exportable",
        ],
        reason: "both columns hold values of one kind",
    },
    Apart {
        kinds: &[Kind::Sentence],
        columns: &["certificates / Backup location"],
        reason: "a safe is a place too, and is said in words",
    },
    Apart {
        kinds: &[Kind::ShiftLeft, Kind::ShiftRight],
        columns: &["servers / System image", "certificates / Vault entry"],
        reason: "where an image is kept may be said in words, and the name of an entry stand in a remark",
    },
    Apart {
        kinds: &[Kind::Dash, Kind::NotApplicable],
        columns: &[
            "certificates / Backup location",
            "certificates / Private key exportable",
        ],
        reason: "there is no backup, and the certificate comes back by being issued again",
    },
    Apart {
        kinds: &[Kind::Dash, Kind::NotApplicable, Kind::OtherValue],
        columns: &[
            "databases / Pool FQDN",
            "filestores / Pool FQDN",
            "settings / Pool FQDN",
        ],
        reason: "the pool may be left out or named, and the cycle sheet calls the set by it or by its server",
    },
    Apart {
        kinds: &[Kind::TwoValues],
        columns: &[
            "contacts / Phone",
            "contacts / E-mail",
            "contacts / Alternate phone",
        ],
        reason: "a person may have two numbers",
    },
    Apart {
        kinds: &[Kind::DuplicateRowChanged],
        columns: &["certificates / Certificate use", "certificates / FQDN"],
        reason: "one certificate may serve several uses on several servers, a row each",
    },
    Apart {
        kinds: &[Kind::OtherValue],
        columns: &["servers / Role"],
        reason: "a Back End is a SQL Server too, and the pools worksheet says what it holds",
    },
    Apart {
        kinds: &[Kind::OtherValue],
        columns: &["certificates / Certificate use"],
        reason: "one certificate may serve fewer uses or others; a use that then lacks one is said at its server",
    },
];
