//! Finds a record in the system it is in, whichever of the four that is.

use super::client::Client;
use super::record::{Kind, Record};
use super::system::System;
use super::{Credentials, Trouble, Wire, jira, redmine, rt, servicenow};

/// Finds a record.
///
/// # Errors
/// The record is unknown or may not be seen, or the server does not answer.
pub fn open<'a>(
    wire: &'a dyn Wire,
    record: &'a Record,
    credentials: &Credentials,
) -> Result<Box<dyn System + 'a>, Trouble> {
    let client = |proof| Client::new(wire, &record.address, proof, credentials.secret());
    let authorization = |scheme| ("Authorization", credentials.authorization(scheme));
    Ok(match record.kind {
        Kind::RequestTracker => {
            Box::new(rt::Ticket::new(client(authorization("token")), &record.id))
        }
        Kind::Redmine => {
            let proof = match credentials {
                Credentials::Token(key) => ("X-Redmine-API-Key", key.clone()),
                Credentials::Basic(..) => authorization("Basic"),
            };
            Box::new(redmine::Issue::new(client(proof), &record.id))
        }
        Kind::Jira => Box::new(jira::Issue::new(
            client(authorization("Bearer")),
            &record.id,
        )),
        Kind::ServiceNow => {
            let client = client(authorization("Bearer"));
            Box::new(servicenow::Task::find(client, record)?)
        }
    })
}

#[cfg(test)]
mod tests;
