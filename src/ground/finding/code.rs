//! The codes of findings. Each is explained in `codes.md` beside this file, or, where the product has to be named, in the
//! product's; `explain` prints it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Severity;

macro_rules! codes {
    ($($name:ident = $text:literal, $severity:ident, $blocks:literal;)*) => {
        /// A finding's kebab-case code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $(#[doc = concat!("`", $text, "`")] #[serde(rename = $text)] $name,)*
        }

        impl Code {
            /// Every code, in the order of the source.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code as printed.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The severity a finding of this code has unless the project file says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// Whether such a finding means that a step cannot be carried out as recorded, so that a
            /// packet it concerns is `blocked`.
            pub fn blocks(self) -> bool {
                match self { $(Self::$name => $blocks,)* }
            }
        }
    };
}

codes! {
    // Reading files and sheets.
    UnreadableFile = "unreadable-file", Error, false;
    ProtectedFile = "protected-file", Error, false;
    UnsupportedFile = "unsupported-file", Info, false;
    OversizedSheet = "oversized-sheet", Error, false;
    GuessedEncoding = "guessed-encoding", Warning, false;
    UnknownSheet = "unknown-sheet", Info, false;
    AmbiguousSheet = "ambiguous-sheet", Error, false;
    MissingColumn = "missing-column", Error, false;
    DuplicateColumn = "duplicate-column", Warning, false;
    ExtraColumn = "extra-column", Info, false;
    HiddenSheet = "hidden-sheet", Info, false;
    // Cells.
    PrivateCharacter = "private-character", Warning, false;
    ErrorCell = "error-cell", Error, false;
    UncachedFormula = "uncached-formula", Error, false;
    MissingKey = "missing-key", Error, false;
    BadFqdn = "bad-fqdn", Error, false;
    UnusualFqdn = "unusual-fqdn", Warning, false;
    BadDate = "bad-date", Error, false;
    AmbiguousDate = "ambiguous-date", Error, false;
    BadNumber = "bad-number", Error, false;
    BadChoice = "bad-choice", Error, false;
    BadPath = "bad-path", Error, false;
    BadValue = "bad-value", Error, false;
    BadInstance = "bad-instance", Error, false;
    UndecidedTool = "undecided-tool", Warning, false;
    UnknownRole = "unknown-role", Error, false;
    UnknownPoolType = "unknown-pool-type", Error, false;
    UnknownDatabase = "unknown-database", Warning, false;
    UnknownUse = "unknown-use", Warning, false;
    UnknownSetting = "unknown-setting", Info, false;
    ConflictingSetting = "conflicting-setting", Error, false;
    // Joining rows.
    Duplicate = "duplicate", Error, false;
    UnknownServer = "unknown-server", Error, true;
    UnknownPool = "unknown-pool", Error, false;
    RoleMismatch = "role-mismatch", Error, true;
    BackEndWithoutPool = "back-end-without-pool", Error, true;
    WitnessWithoutPool = "witness-without-pool", Warning, false;
    WrongKind = "wrong-kind", Error, true;
    PoolWithoutMembers = "pool-without-members", Warning, false;
    ConflictingInstance = "conflicting-instance", Error, true;
    HalfMirror = "half-mirror", Error, true;
    NoCms = "no-cms", Error, false;
    TwoCms = "two-cms", Error, true;
    NoBackup = "no-backup", Warning, false;
    AmbiguousBackup = "ambiguous-backup", Error, true;
    BackupWithoutStore = "backup-without-store", Error, true;
    FileStoreDiffers = "file-store-differs", Error, true;
    SharedPlace = "shared-place", Error, true;
    ContradictingCells = "contradicting-cells", Error, true;
    SharedAddress = "shared-address", Warning, false;
    UnusedRow = "unused-row", Warning, false;
    AmbiguousHost = "ambiguous-host", Error, false;
    UnpairedPool = "unpaired-pool", Error, false;
    NoScenario = "no-scenario", Warning, false;
    MissingValue = "missing-value", Warning, false;
    // Documents beside the worksheets.
    TopologyDiffers = "topology-differs", Error, true;
    MirrorSwapped = "mirror-swapped", Error, true;
    PoolRenamed = "pool-renamed", Error, true;
    OnlyInTopology = "only-in-topology", Error, false;
    NotInTopology = "not-in-topology", Error, false;
    TopologyFills = "topology-fills", Info, false;
    TopologyDraft = "topology-draft", Warning, false;
    TwoTopologies = "two-topologies", Error, false;
    UnknownService = "unknown-service", Warning, false;
    // The decision table and templates.
    UnknownCondition = "unknown-condition", Error, false;
    IdleRow = "idle-row", Info, false;
    TemplateError = "template-error", Error, true;
    UnknownTemplate = "unknown-template", Warning, false;
    OldTemplates = "old-templates", Warning, false;
    OutgrownTemplates = "outgrown-templates", Warning, false;
    LargeTemplate = "large-template", Warning, false;
    UnrenderedPacket = "unrendered-packet", Error, true;
    // Readiness.
    CertificateExpired = "certificate-expired", Error, false;
    CertificateNotYetValid = "certificate-not-yet-valid", Error, false;
    CertificateLost = "certificate-lost", Error, true;
    MissingCertificate = "missing-certificate", Warning, false;
    UnsupportedProduct = "unsupported-product", Error, true;
    ProductNotSaid = "product-not-said", Warning, false;
    VersionOfOtherProduct = "version-of-other-product", Error, true;
    NotInProduct = "not-in-product", Error, true;
    ListenerMissing = "listener-missing", Error, true;
    AvailabilityNotSaid = "availability-not-said", Warning, false;
    NoUpdateRecorded = "no-update-recorded", Warning, false;
    VersionsDiffer = "versions-differ", Warning, false;
    UnsupportedSql = "unsupported-sql", Error, true;
    BackupExpired = "backup-expired", Warning, false;
    BackupOnItself = "backup-on-itself", Error, true;
    BackupInPool = "backup-in-pool", Warning, false;
    BackupExpiresEarly = "backup-expires-early", Warning, false;
    BackupOverdue = "backup-overdue", Warning, false;
    BackupMissedCycle = "backup-missed-cycle", Warning, false;
    BackupOutdated = "backup-outdated", Error, false;
    NeverBackedUp = "never-backed-up", Error, false;
    RestoreUntested = "restore-untested", Info, false;
    NeverExercised = "never-exercised", Info, false;
    DrillOverdue = "drill-overdue", Warning, false;
    DateInFuture = "date-in-future", Warning, false;
    CertificateExpiring = "certificate-expiring", Warning, false;
    EdgeCertificatesDiffer = "edge-certificates-differ", Warning, false;
    UnsupportedEdition = "unsupported-edition", Error, true;
    InstanceMissing = "instance-missing", Warning, false;
    SqlDiffers = "sql-differs", Warning, false;
    ShareOnPartner = "share-on-partner", Warning, false;
    FileStoreOnFrontEnd = "file-store-on-front-end", Warning, false;
    FileStoreHostDiffers = "file-store-host-differs", Warning, false;
    ServerWithoutPool = "server-without-pool", Warning, false;
    RoleOfOtherPool = "role-of-other-pool", Warning, false;
    PoolSizeRefused = "pool-size-refused", Error, true;
    EditionForGroup = "edition-for-group", Error, true;
    ReplicasDiffer = "replicas-differ", Error, true;
    PoolTooLarge = "pool-too-large", Warning, false;
    PairDiffers = "pair-differs", Warning, false;
    MediumWithoutLocation = "medium-without-location", Warning, false;
    MediumOnServer = "medium-on-server", Error, false;
    MediumOutdated = "medium-outdated", Error, false;
    NobodyResponsible = "nobody-responsible", Warning, false;
    ReviewOverdue = "review-overdue", Warning, false;
    Secret = "secret", Error, false;
    // Reading files and sheets, continued.
    UnreadableSheet = "unreadable-sheet", Error, false;
    MisnamedFile = "misnamed-file", Info, false;
    OwnOutput = "own-output", Info, false;
    CopiedFile = "copied-file", Warning, false;
    ContradictingCopy = "contradicting-copy", Error, true;
    UnclosedQuote = "unclosed-quote", Error, true;
    TitleRow = "title-row", Info, false;
    HiddenRows = "hidden-rows", Info, false;
    HiddenColumns = "hidden-columns", Info, false;
    StruckOut = "struck-out", Warning, false;
    UnreadComments = "unread-comments", Info, false;
    UnreadTextBox = "unread-text-box", Info, false;
    StaleMark = "stale-mark", Warning, false;
    UntoldLayout = "untold-layout", Info, false;
    TransposedSheet = "transposed-sheet", Error, false;
    DeepFolder = "deep-folder", Warning, false;
    BrokenText = "broken-text", Error, false;
    RowMisfit = "row-misfit", Error, true;
    ShortRows = "short-rows", Info, false;
    // Cells, continued.
    NumberForText = "number-for-text", Warning, false;
    RenewingFormula = "renewing-formula", Warning, false;
    SplitName = "split-name", Info, false;
    PortInName = "port-in-name", Warning, false;
    ShortName = "short-name", Info, false;
    AmbiguousName = "ambiguous-name", Error, true;
    UndecidedSet = "undecided-set", Warning, false;
    NoneGiven = "none-given", Warning, false;
    NotKnown = "not-known", Warning, false;
    Ditto = "ditto", Error, false;
    ObjectText = "object-text", Error, false;
    UnclearMember = "unclear-member", Error, false;
    OddValue = "odd-value", Warning, false;
    LookAlike = "look-alike", Error, false;
    // Planning.
    DependencyCycle = "dependency-cycle", Error, false;
    // Published files.
    MissingFile = "missing-file", Error, false;
    AlteredFile = "altered-file", Error, false;
    ExtraFile = "extra-file", Warning, false;
    Expired = "expired", Warning, false;
    // Checklists that come back.
    ForeignChecklist = "foreign-checklist", Error, false;
    SupersededChecklist = "superseded-checklist", Error, false;
    AlteredChecklist = "altered-checklist", Error, false;
    MissingStep = "missing-step", Warning, false;
    AddedRow = "added-row", Warning, false;
    BadTime = "bad-time", Warning, false;
    BadResult = "bad-result", Warning, false;
    ResultTaken = "result-taken", Info, false;
    MissingEntry = "missing-entry", Warning, false;
    // The run itself.
    AsOfTooEarly = "as-of-too-early", Warning, false;
    NotRefreshed = "not-refreshed", Error, false;
}

impl Code {
    /// Whether such a finding says that it is not certain what a server or pool is, so that what cannot be taken back must
    /// not be done to it.
    pub fn doubts_identity(self) -> bool {
        matches!(
            self,
            Self::RoleMismatch | Self::TwoCms | Self::MirrorSwapped
        )
    }

    /// Whether such a finding says that something packets rely on is over or not there yet, or that the day is the wrong
    /// one, so that none of them is ready on the day.
    pub fn is_lapse(self) -> bool {
        matches!(
            self,
            Self::CertificateExpired
                | Self::CertificateNotYetValid
                | Self::BackupExpired
                | Self::AsOfTooEarly
        )
    }

    /// The code with this text.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }

    /// What the code means, an example and its cure, as Markdown, where that can be said without naming a product.
    pub fn explanation(self) -> Option<&'static str> {
        self.explained_in(include_str!("codes.md"))
    }

    /// Its section of a text that has one for each code.
    pub fn explained_in(self, text: &str) -> Option<&str> {
        let heading = format!("## {}\n", self.as_str());
        let start = text.find(&heading)?;
        let body = &text[start + heading.len()..];
        body.split("\n## ").next().map(str::trim)
    }

    /// The headings of such a text that are no codes, each with its line from zero.
    pub fn strange_headings(text: &str) -> impl Iterator<Item = (usize, &str)> {
        let lines = text.lines().enumerate();
        let headings = lines.filter_map(|(at, line)| Some((at, line.strip_prefix("## ")?)));
        headings.filter(|(_, heading)| Self::parse(heading).is_none())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_else_is_explained() {
        let strange: Vec<_> = Code::strange_headings(include_str!("codes.md")).collect();
        assert!(strange.is_empty(), "no codes: {strange:?}");
    }
}
