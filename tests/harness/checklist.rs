//! `fill PACKET FILE [entry…]`: what the working mode of a page would export, filled in.
//!
//! An entry is `all=RESULT,START,END,INITIALS,DEVIATION` for every step that has none of its own, or `4.2=…` for one;
//! `-4.2` takes a step out; `fqdn=…`, `fingerprint=…`, `schema=…`, `edition=…` change the head; `4.2:command=…` changes a field.

use std::path::Path;

use serde_json::{Value, json};

use super::tools;

/// Writes the file.
///
/// # Errors
/// A packet that was not built as JSON, or a file that cannot be written.
pub(crate) fn fill(
    folder: &Path,
    packet: &str,
    path: &str,
    entries: &[&str],
) -> Result<String, String> {
    let data = tools::json(folder, &format!("output/{packet}.json"))?;
    let identity = &data["identity"];
    let mut exported = json!({
        "schema": "restore-packets/record/1",
        "kind": identity["kind"],
        "fqdn": identity["fqdn"],
        "title": identity["title"],
        "edition": identity["edition"],
        "fingerprint": identity["fingerprint"],
        "change": null,
        "exported": "2014-06-10T06:00:00+02:00",
    });
    let mut steps: Vec<Value> = tools::steps(&data)
        .into_iter()
        .map(|(_, it)| blank(it))
        .collect();
    for entry in entries {
        if let Some(gone) = entry.strip_prefix('-') {
            steps.retain(|step| step["number"] != gone);
            continue;
        }
        let (name, value) = entry
            .split_once('=')
            .ok_or_else(|| format!("{entry}: no entry"))?;
        let step = name.split(':').next().unwrap_or_default();
        let field = name.split_once(':').map(|(_, field)| field);
        let is_chosen = |it: &&mut Value| step == "all" || it["number"] == step;
        let mut chosen = steps.iter_mut().filter(is_chosen).peekable();
        if chosen.peek().is_none() {
            exported[name] = serde_json::from_str(value).unwrap_or_else(|_| json!(value));
        }
        for step in chosen {
            match field {
                Some(field) => step[field] = json!(value),
                None => enter(step, value),
            }
        }
    }
    exported["steps"] = json!(steps);
    let text = serde_json::to_string_pretty(&exported).map_err(|error| error.to_string())?;
    std::fs::write(folder.join(path), text).map_err(|error| error.to_string())?;
    Ok(String::new())
}

fn blank(step: &Value) -> Value {
    json!({
        "number": step["number"],
        "title": step["text"],
        "command": step["command"],
        "result": "", "start": "", "end": "", "initials": "", "deviation": "",
    })
}

fn enter(step: &mut Value, values: &str) {
    let fields = ["result", "start", "end", "initials", "deviation"];
    for (field, value) in fields.into_iter().zip(values.split(',')) {
        step[field] = json!(with_seconds(value));
    }
}

/// `2014-06-10T03:00+02:00` as a page stamps it; any other text as it is.
fn with_seconds(value: &str) -> String {
    match value.split_at_checked(16) {
        Some((clock, zone)) if zone.len() == 6 && clock.contains('T') => {
            format!("{clock}:00{zone}")
        }
        _ => value.to_owned(),
    }
}

/// `recorded 4.2 4.3…`: what the only record of the output folder says of these steps, one a line, and its remarks.
///
/// # Errors
/// No record, or more than one.
pub(crate) fn recorded(folder: &Path, numbers: &[&str]) -> Result<String, String> {
    let files = std::fs::read_dir(folder.join("output/records"));
    let files = files.map_err(|error| format!("output/records: {error}"))?;
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    let mut names = names.filter(|name| tools::ends_in(name, "json"));
    let (Some(name), None) = (names.next(), names.next()) else {
        return Err("there must be one record".to_owned());
    };
    let record = tools::json(folder, &format!("output/records/{name}"))?;
    let steps = record["steps"].as_array().into_iter().flatten();
    let chosen = steps.filter(|step| numbers.iter().any(|number| step["number"] == *number));
    let remarks = record["remarks"].as_array().into_iter().flatten();
    let remarks = remarks.map(|remark| format!("{}\n", tools::string(remark)));
    Ok(chosen.map(line).chain(remarks).collect())
}

fn line(step: &Value) -> String {
    let fields = [
        "number",
        "result",
        "start",
        "end",
        "seconds",
        "initials",
        "deviation",
    ];
    let texts = fields.map(|field| match &step[field] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    format!("{}\n", texts.join(" | ").trim_end_matches([' ', '|']))
}
