//! Arguments that a field takes without complaint: a guard is asked only after they are read.

use std::collections::BTreeMap;

use serde_json::Value;

/// Every type of a schema by its name, as introspection tells of it.
pub(super) type Types<'a> = BTreeMap<&'a str, &'a Value>;

/// The needed arguments of a field in parentheses, or nothing.
pub(super) fn of(field: &Value, types: &Types<'_>) -> String {
    let needed = needed(&field["args"], types);
    if needed.is_empty() {
        String::new()
    } else {
        format!("({})", needed.join(", "))
    }
}

fn needed(list: &Value, types: &Types<'_>) -> Vec<String> {
    let list = list.as_array().into_iter().flatten();
    let needed =
        list.filter(|one| one["type"]["kind"] == "NON_NULL" && one["defaultValue"].is_null());
    needed
        .map(|one| format!("{}: {}", text(one, "name"), literal(&one["type"], types)))
        .collect()
}

fn literal(kind: &Value, types: &Types<'_>) -> String {
    let name = text(kind, "name");
    match text(kind, "kind") {
        "NON_NULL" => literal(&kind["ofType"], types),
        "LIST" => "[]".to_owned(),
        "ENUM" => {
            let values = types.get(name).map(|one| &one["enumValues"][0]);
            values
                .map(|first| text(first, "name"))
                .unwrap_or_default()
                .to_owned()
        }
        "INPUT_OBJECT" => {
            let fields = types.get(name).map(|one| &one["inputFields"]);
            let mut said = fields.map_or_else(Vec::new, |all| needed(all, types));
            // Of an input of which one field is to be said, none is needed by itself.
            if let Some(first) = fields.map(|all| &all[0]).filter(|_| said.is_empty()) {
                let value = literal(&first["type"], types);
                said.push(format!("{}: {value}", text(first, "name")));
            }
            format!("{{ {} }}", said.join(", "))
        }
        _ => scalar(name).to_owned(),
    }
}

fn scalar(name: &str) -> &'static str {
    match name {
        "Boolean" => "false",
        "Int" | "Float" => "1",
        "Date" => "\"2020-01-01\"",
        "DateTime" => "\"2020-01-01T00:00:00Z\"",
        "CountyCode" => "\"01\"",
        "RecipientCode" => "\"0114\"",
        "OrganisationCode" => "\"nck\"",
        "UUID" => "\"00000000-0000-0000-0000-000000000000\"",
        _ => "\"1\"",
    }
}

pub(super) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}
