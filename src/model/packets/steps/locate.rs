//! The line of a template that is not in the dialect. It is read after it was rendered, so the line has to be looked for.

use serde_json::Value;

use crate::finding::Place;
use crate::packets::context::Context;
use crate::template::Engine;
use crate::text::prose::UNFILTERED;
use crate::text::seal::SEALED;

/// Where a message about a rendered procedure belongs: the file and, where it can be told, the line.
pub(super) fn place(engine: &Engine, template: &str, context: &Context, message: &str) -> Place {
    let found = if message.contains(UNFILTERED) {
        let slots = slots(context);
        engine.line_of(template, |line| prints_bare(line, &slots))
    } else {
        let said = message
            .split('“')
            .nth(1)
            .and_then(|rest| rest.split(['”', '…']).next());
        let said = said.map(str::trim).filter(|said| !said.is_empty());
        said.and_then(|said| engine.line_of(template, |line| line.contains(said)))
    };
    match found {
        Some((file, line)) => Place::file(file).line(u32::try_from(line).unwrap_or(u32::MAX)),
        None => Place::file(template),
    }
}

/// The names under which a template sees worksheet values.
fn slots(context: &Context) -> Vec<String> {
    let mut names = Vec::new();
    if let Ok(values) = serde_json::to_value(context) {
        collect(&values, &mut names);
    }
    names
}

fn collect(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if value.get(SEALED).is_some() {
                    names.push(name.clone());
                }
                collect(value, names);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, names)),
        _ => {}
    }
}

/// Whether a line prints one of these values as it is: `{{ this.fqdn }}`.
fn prints_bare(line: &str, slots: &[String]) -> bool {
    let printed = line
        .split("{{")
        .skip(1)
        .filter_map(|rest| rest.split("}}").next());
    printed
        .map(|expression| expression.trim_matches(['-', ' ']))
        .any(|expression| {
            let last = expression.rsplit('.').next().unwrap_or(expression);
            slots.iter().any(|name| name == last)
        })
}
