//! The cases of `tests/data/records.json`: what is changed of a record, and in which words it is then refused. The page
//! goes through them too (`tests/interop/checks/refusals.py`).

use serde_json::Value;

/// Each case, with the bytes of the record it makes of this one.
pub fn cases(record: &Value) -> Vec<(Value, Vec<u8>)> {
    let cases: Vec<Value> =
        serde_json::from_str(include_str!("../data/records.json")).expect("JSON");
    let altered = cases.into_iter().map(|case| {
        let bytes = altered(record.clone(), &case);
        (case, bytes)
    });
    altered.collect()
}

fn altered(mut record: Value, case: &Value) -> Vec<u8> {
    for (pointer, value) in case["set"].as_object().into_iter().flatten() {
        set(&mut record, pointer, value.clone());
    }
    if let Some(pointer) = case["remove"].as_str() {
        let (parent, name) = parent(&mut record, pointer);
        match parent {
            Value::Array(list) => drop(list.remove(name.parse().expect("an index"))),
            other => drop(other.as_object_mut().expect("an object").remove(name)),
        }
    }
    if let Some(index) = case["repeat"].as_u64() {
        let steps = record["steps"].as_array_mut().expect("steps");
        steps.push(steps[usize::try_from(index).expect("an index")].clone());
    }
    let mut text = record.to_string();
    if let (Some(from), Some(to)) = (case["replace"][0].as_str(), case["replace"][1].as_str()) {
        assert!(text.contains(from), "{case}");
        text = text.replace(from, to);
    }
    let text = case["text"].as_str().unwrap_or(&text);
    let mut bytes = encoded(text, case["encoding"].as_str().unwrap_or("utf-8"));
    let length = case["length"].as_u64().unwrap_or_default();
    bytes.resize(
        bytes.len().max(usize::try_from(length).expect("a length")),
        b' ',
    );
    bytes
}

fn set(record: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = parent(record, pointer);
    match name.parse::<usize>() {
        Ok(index) => parent[index] = value,
        Err(_) => parent[name] = value,
    }
}

/// What holds the value at a pointer, and its name there.
fn parent<'v, 'p>(record: &'v mut Value, pointer: &'p str) -> (&'v mut Value, &'p str) {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    (record.pointer_mut(parent).expect("what it points to"), name)
}

fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    let marked = || "\u{feff}".encode_utf16().chain(text.encode_utf16());
    match encoding {
        "utf-16le" => marked().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => marked().flat_map(u16::to_be_bytes).collect(),
        "utf-8-sig" => format!("\u{feff}{text}").into_bytes(),
        // The first of its letters that UTF-8 writes otherwise is enough.
        "latin-1" => text
            .chars()
            .map(|it| u8::try_from(it).unwrap_or(b'?'))
            .collect(),
        _ => text.as_bytes().to_vec(),
    }
}
