//! Attaching: packets or a bundle onto a change record in a ticket system. The only place that uses the network.
//!
//! Entry point: [`open`] finds the record, then [`attach`] does the work.
//!
//! 1. Look at what the record holds already.
//! 2. Decide for each file: it is there (same bytes), or it is added, under which name, in whose place.
//! 3. Add what is missing, with a note that names editions, fingerprints and digests.
//! 4. Read every file back and compare: a server may cut or re-encode what it was sent.
//!
//! What a system expects is in its own file, as plain requests and answers; how they travel is [`Wire`]'s
//! concern. The real wire (`http`) is behind the cargo feature `network`.

mod address;
mod again;
mod client;
mod credentials;
mod distrust;
#[cfg(test)]
mod hostile;
#[cfg(feature = "network")]
mod http;
mod jira;
mod job;
mod multipart;
mod naming;
mod note;
mod open;
mod record;
mod redmine;
mod report;
mod rt;
#[cfg(test)]
mod script;
mod secret;
mod servicenow;
mod strike;
mod system;
#[cfg(feature = "network")]
mod tls;
mod trouble;
mod wire;

use restore_packets_ground::{data, finding, named_file, text};

pub use address::Address;
pub use again::Again;
pub use client::Client;
pub use credentials::{Credentials, NoCredentials};
pub use distrust::Distrust;
#[cfg(feature = "network")]
pub use http::{Http, NoWire};
pub use job::attach;
pub use naming::attachment_name;
pub use open::open;
pub use record::{Attached, Kind, Outgoing, Record};
pub use report::{FileReport, Outcome, Report, Watch};
pub use secret::Secret;
pub use system::System;
#[cfg(feature = "network")]
pub use tls::Trust;
pub use trouble::{Trouble, What};
pub use wire::{Fault, Method, Request, Response, Wire};
