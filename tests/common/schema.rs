//! Checks JSON against the part of JSON Schema that the published schema uses. A keyword it does not know is an
//! error, so that nothing in a schema is passed over.

use serde_json::{Map, Value};

/// Keywords that say something to people only.
const SILENT: [&str; 6] = [
    "$schema",
    "$defs",
    "title",
    "description",
    "format",
    "default",
];

/// Everything in a value that the schema does not allow, each with its path.
pub(crate) fn problems(schema: &Value, value: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    let check = Check { root: schema };
    check.value(schema, value, "$", &mut problems);
    problems
}

struct Check<'a> {
    root: &'a Value,
}

impl Check<'_> {
    fn value(&self, schema: &Value, value: &Value, at: &str, problems: &mut Vec<String>) {
        let Some(keywords) = schema.as_object() else {
            problems.push(format!("{at}: a schema is no object"));
            return;
        };
        for (keyword, rule) in keywords {
            match keyword.as_str() {
                "$ref" => self.value(self.definition(rule), value, at, problems),
                "type" if !is_of_type(rule, value) => {
                    problems.push(format!("{at}: {value} is no {rule}"));
                }
                "anyOf" if !self.is_any_of(rule, value, at) => {
                    problems.push(format!("{at}: {value} is none of {rule}"));
                }
                "minimum" if value.is_number() && value.as_f64() < rule.as_f64() => {
                    problems.push(format!("{at}: {value} is below {rule}"));
                }
                "enum" if !array(rule).contains(value) => {
                    problems.push(format!("{at}: {value} is not one of {rule}"));
                }
                "required" => missing(rule, value, at, problems),
                "properties" => self.properties(rule, value, at, problems),
                "items" => {
                    for (index, item) in array(value).iter().enumerate() {
                        self.value(rule, item, &format!("{at}[{index}]"), problems);
                    }
                }
                "type" | "anyOf" | "minimum" | "enum" => {}
                silent if SILENT.contains(&silent) => {}
                unknown => problems.push(format!("{at}: the keyword `{unknown}` is not checked")),
            }
        }
    }

    /// Properties the schema does not name are problems too: what is not documented is no contract.
    fn properties(&self, rule: &Value, value: &Value, at: &str, problems: &mut Vec<String>) {
        let (Some(known), Some(object)) = (rule.as_object(), value.as_object()) else {
            return;
        };
        for (name, item) in object {
            let at = format!("{at}.{name}");
            match known.get(name) {
                Some(schema) => self.value(schema, item, &at, problems),
                None => problems.push(format!("{at}: the schema does not know it")),
            }
        }
    }

    fn is_any_of(&self, rule: &Value, value: &Value, at: &str) -> bool {
        array(rule).iter().any(|schema| {
            let mut problems = Vec::new();
            self.value(schema, value, at, &mut problems);
            problems.is_empty()
        })
    }

    fn definition(&self, reference: &Value) -> &Value {
        let name = reference.as_str().and_then(|it| it.strip_prefix('#'));
        let found = name.and_then(|pointer| self.root.pointer(pointer));
        found.unwrap_or_else(|| panic!("the schema has no {reference}"))
    }
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn missing(rule: &Value, value: &Value, at: &str, problems: &mut Vec<String>) {
    let none = Map::new();
    let object = value.as_object().unwrap_or(&none);
    for name in array(rule).iter().filter_map(Value::as_str) {
        if !object.contains_key(name) {
            problems.push(format!("{at}: `{name}` is missing"));
        }
    }
}

fn is_of_type(rule: &Value, value: &Value) -> bool {
    if let Some(types) = rule.as_array() {
        return types.iter().any(|one| is_of_type(one, value));
    }
    match rule.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => false,
    }
}

/// The checker finds what it is there to find.
#[test]
fn wrong_json_is_noticed() {
    let schema: Value = serde_json::from_str(
        r##"{"$defs": {"N": {"type": "integer", "minimum": 1}}, "type": "object", "required": ["n"],
            "properties": {"n": {"$ref": "#/$defs/N"}, "t": {"type": ["string", "null"]},
            "l": {"type": "array", "items": {"anyOf": [{"$ref": "#/$defs/N"}, {"type": "null"}]}}}}"##,
    )
    .expect("a schema");
    let count = |text: &str| {
        let value = serde_json::from_str(text).expect("a value");
        problems(&schema, &value).len()
    };
    assert_eq!(count(r#"{"n": 1, "t": null, "l": [2, null]}"#), 0);
    for wrong in [
        r"{}",
        r#"{"n": 0}"#,
        r#"{"n": "1"}"#,
        r#"{"n": 1, "t": 2}"#,
        r#"{"n": 1, "l": [0]}"#,
        r#"{"n": 1, "x": 1}"#,
    ] {
        assert_eq!(count(wrong), 1, "{wrong}");
    }
}
