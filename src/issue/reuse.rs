//! Rendered or kept: a packet is rendered again only if something it was rendered from changed.
//!
//! The key of a packet lists every input. The digests of the worksheets are not among them: an edition names
//! the files it was read from as they were then, so that one changed row does not renew the whole binder.

use std::collections::BTreeMap;
use std::fmt::Debug;

use crate::finding::Subject;
use crate::packets::{Cycle, Estate, Exercise, Issue, Packet};
use crate::publish::{
    FileEntry, IssuedBefore, Kind, PacketEntry, Presence, RenderKey, RenderKeys, State, key_name,
    tool,
};
use crate::render::{Format, IndexEntry};
use crate::text::digest;

/// What is the same for every packet of a run, and what was rendered before.
pub struct Reuse<'a> {
    packets: BTreeMap<(Kind, &'a str), &'a PacketEntry>,
    /// The files that are no packet's.
    pages: &'a [FileEntry],
    keys: RenderKeys,
    state: Option<&'a State>,
    presence: Option<Presence>,
    common: RenderKey,
}

impl<'a> Reuse<'a> {
    /// For a run with this estate, layout and formats.
    pub fn new(estate: &Estate, layout: &str, formats: &[Format]) -> Self {
        let Estate {
            organization,
            product,
            classification,
            change,
            paper,
            cycle,
            // Packets print neither the day of the run nor the digests of all worksheets.
            as_of: _,
            on_the_day: _,
            sources: _,
        } = estate;
        let Cycle {
            name,
            completed,
            next,
            location,
            assignment,
            // These stand on the cycle sheet only.
            valid_until: _,
            sets: _,
        } = cycle;
        let strip = (name, completed, next, location, assignment);
        let common = RenderKey {
            estate: digest_of(&(organization, product, classification, change, paper, strip)),
            layout: layout.to_owned(),
            formats: digest_of(&formats),
            tool: tool(),
            ..RenderKey::default()
        };
        Self {
            packets: BTreeMap::new(),
            pages: &[],
            keys: RenderKeys::new(),
            state: None,
            presence: None,
            common,
        }
    }

    /// With what stands in the output folder.
    #[must_use]
    pub fn with(mut self, standing: &'a IssuedBefore) -> Self {
        let (manifest, state) = (standing.manifest.as_ref(), &standing.state);
        let packets = manifest.into_iter().flat_map(|manifest| &manifest.packets);
        self.packets = packets
            .map(|packet| ((packet.kind, packet.fqdn.as_str()), packet))
            .collect();
        self.pages = manifest.map_or(&[], |manifest| &manifest.files);
        self.keys = state.keys();
        self.state = Some(state);
        self.presence = state.presence();
        self
    }

    /// The key of a packet.
    pub fn key(&self, issue: &Issue) -> RenderKey {
        let (facts, steps) = parts(&issue.packet);
        RenderKey {
            edition: digest_of(&(issue.edition, issue.issued, &issue.fingerprint)),
            facts,
            steps,
            exercise: digest_of(&issue.exercise),
            ..self.common.clone()
        }
    }

    /// The files of a packet that need not be rendered again, and the one that holds it as data.
    ///
    /// # Errors
    /// Why they must.
    pub fn files(
        &self,
        kind: Kind,
        fqdn: &str,
        key: &RenderKey,
    ) -> Result<(Vec<FileEntry>, FileEntry), String> {
        let before = self.packets.get(&(kind, fqdn));
        let (Some(entry), Some(presence)) = (before, &self.presence) else {
            return Err("it is new".to_owned());
        };
        let known = self.unchanged(&key_name(kind, fqdn), key)?;
        let Some(data) = &known.data else {
            return Err("it is not kept as data".to_owned());
        };
        let mut files = entry.files.iter().chain([data]);
        match files.find(|file| !presence.is_as_issued(file)) {
            Some(file) => Err(format!("{} is not as issued", file.path)),
            None => Ok((entry.files.clone(), data.clone())),
        }
    }
}

impl Reuse<'_> {
    /// What a packet was rendered from, if it would be made and rendered from the same now: its draft has this digest, and
    /// this was its last exercise.
    pub fn of_draft(
        &self,
        kind: Kind,
        fqdn: &str,
        draft: &str,
        exercise: Option<&Exercise>,
    ) -> Option<RenderKey> {
        let known = self.keys.get(&key_name(kind, fqdn))?;
        let now = RenderKey {
            edition: known.edition.clone(),
            facts: known.facts.clone(),
            steps: known.steps.clone(),
            exercise: digest_of(&exercise),
            ..self.common.clone()
        };
        let is_same = known.draft == draft && now.differences(known).is_empty();
        is_same.then(|| known.clone())
    }

    /// What the manifest says of a packet of this name, if it is issued.
    pub fn packet(&self, kind: Kind, fqdn: &str) -> Option<&PacketEntry> {
        self.packets.get(&(kind, fqdn)).copied()
    }

    /// What the manifest says of a packet, if it is issued.
    pub fn entry(&self, subject: &Subject) -> Option<&PacketEntry> {
        let key = (subject.kind.into(), subject.fqdn.as_str());
        self.packets.get(&key).copied()
    }

    /// Whether a packet is issued.
    pub fn has(&self, kind: Kind, fqdn: &str) -> bool {
        self.packets.contains_key(&(kind, fqdn))
    }

    /// The day a packet that stands was refreshed last, if a worksheet could not be had since.
    pub fn not_refreshed_since(&self, kind: Kind, fqdn: &str) -> Option<String> {
        self.packets.get(&(kind, fqdn))?.not_refreshed_since.clone()
    }

    /// A packet as it was issued, if its data are on file.
    pub fn issued(&self, data: &FileEntry) -> Option<Issue> {
        self.state?.packet(data).ok()
    }

    /// Whether the packet of a line of the index is issued as the line says, and its data are on file.
    pub fn is_on_file(&self, line: &IndexEntry) -> bool {
        let kind = line.kind.into();
        let entry = self.packet(kind, &line.fqdn);
        let is_same = entry.is_some_and(|entry| {
            (entry.edition, &entry.fingerprint) == (line.edition, &line.fingerprint)
        });
        let key = self.keys.get(&key_name(kind, &line.fqdn));
        let data = key.and_then(|key| key.data.as_ref());
        let presence = self.presence.as_ref();
        is_same && data.is_some_and(|data| presence.is_some_and(|it| it.is_as_issued(data)))
    }

    /// The packet of this name as it was issued, if its data are on file.
    pub fn as_issued(&self, name: &str) -> Option<Issue> {
        self.issued(self.keys.get(name)?.data.as_ref()?)
    }

    /// The issued files whose names begin so and that are no packet's.
    pub fn pages(&self, stem: &str) -> impl Iterator<Item = &FileEntry> {
        let pages = self.pages.iter();
        pages.filter(move |file| file.path.starts_with(stem))
    }

    /// A page that need not be rendered again.
    ///
    /// # Errors
    /// Why it must.
    pub fn page(&self, path: &str, key: &RenderKey) -> Result<FileEntry, String> {
        let known = self.pages.iter().find(|file| file.path == path);
        let (Some(file), Some(presence)) = (known, &self.presence) else {
            return Err("it is new".to_owned());
        };
        self.unchanged(path, key)?;
        if presence.is_as_issued(file) {
            Ok(file.clone())
        } else {
            Err(format!("{path} is not as issued"))
        }
    }

    /// What something was rendered from, if it would be rendered from the same now.
    fn unchanged(&self, name: &str, key: &RenderKey) -> Result<&RenderKey, String> {
        let Some(known) = self.keys.get(name) else {
            return Err("it is not known what it was rendered from".to_owned());
        };
        let changed = key.differences(known);
        if changed.is_empty() {
            Ok(known)
        } else {
            Err(format!("{} changed", crate::finding::words::list(changed)))
        }
    }

    /// Whether every packet that was issued, and what is kept of it as data, still stands as it was.
    pub fn stands(&self) -> bool {
        let Some(presence) = &self.presence else {
            return false;
        };
        self.packets.iter().all(|((kind, fqdn), entry)| {
            let key = self.keys.get(&key_name(*kind, fqdn));
            let data = key.and_then(|key| key.data.as_ref());
            let mut files = entry.files.iter().chain(data);
            data.is_some() && files.all(|file| presence.is_as_issued(file))
        })
    }

    /// What packets of this run have in common.
    pub fn common(&self) -> &RenderKey {
        &self.common
    }

    /// What the packets were rendered from.
    pub fn keys(&self) -> &RenderKeys {
        &self.keys
    }
}

/// The digests of what a packet says and of its steps. Every field is named, so that a new one is not forgotten.
fn parts(packet: &Packet) -> (String, String) {
    let Packet {
        subject,
        name,
        title,
        site,
        role,
        control,
        valid_until,
        ends,
        // They stand in no file.
        expiries: _,
        status,
        missing,
        reasons,
        effect,
        chooser,
        questions,
        lanes,
        findings,
        facts,
        pictures,
        members,
        gather,
        prepare,
        procedures,
        checks,
        people,
        sources,
    } = packet;
    let sources: Vec<&str> = sources.iter().map(|source| source.path.as_str()).collect();
    let head = (
        subject,
        name,
        title,
        site,
        role,
        control,
        valid_until,
        ends,
        (status, missing),
    );
    let body = (
        reasons, effect, chooser, findings, facts, pictures, members, people, sources,
    );
    (
        digest_of(&(head, body)),
        digest_of(&(questions, lanes, gather, prepare, procedures, checks)),
    )
}

/// A digest that is short enough for a file of thousands.
pub fn digest_of(value: &impl Debug) -> String {
    let mut hex = digest::of_value(value);
    hex.truncate(32);
    hex
}
