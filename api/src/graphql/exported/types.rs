//! The types of the schema as its own language says them: what a field gives, and what it is.

use std::collections::HashMap;
use std::sync::OnceLock;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, Type, TypeKind, TypeSystemDefinition};

/// What a field gives.
#[derive(Clone, Debug)]
pub(super) struct FieldType {
    /// The name of its type, without lists.
    pub(super) name: String,
    /// Whether it is a list.
    pub(super) is_list: bool,
    /// Its description in the schema.
    pub(super) description: String,
    /// Whether it is asked for by `first`, and how many it gives where nothing is said, where the schema says that.
    pub(super) portion: Option<Option<u64>>,
}

/// The fields of every object type, by type and name.
#[derive(Debug, Default)]
pub(super) struct Types(HashMap<String, HashMap<String, FieldType>>);

impl Types {
    /// The types of the schema.
    pub(super) fn known() -> &'static Self {
        static KNOWN: OnceLock<Types> = OnceLock::new();
        KNOWN.get_or_init(|| Self::read(&crate::graphql::plain_schema_text()))
    }

    /// The types of a schema that is written in its own language; none where it is not.
    fn read(text: &str) -> Self {
        let mut types = HashMap::new();
        let definitions = parse_schema(text).map(|document| document.definitions);
        for definition in definitions.unwrap_or_default() {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let fields = match &definition.node.kind {
                TypeKind::Object(object) => &object.fields,
                TypeKind::Interface(interface) => &interface.fields,
                _ => continue,
            };
            let field = |field: &async_graphql::Positioned<
                async_graphql::parser::types::FieldDefinition,
            >| {
                let field = &field.node;
                let (name, is_list) = base(&field.ty.node);
                let description = field.description.as_ref();
                let mut arguments = field.arguments.iter();
                let first = arguments.find(|one| one.node.name.node == "first");
                let found = FieldType {
                    name,
                    is_list,
                    portion: first.map(|one| usual(one.node.default_value.as_ref())),
                    description: description
                        .map(|text| text.node.split_whitespace().collect::<Vec<_>>().join(" "))
                        .unwrap_or_default(),
                };
                (field.name.node.to_string(), found)
            };
            types.insert(
                definition.node.name.node.to_string(),
                fields.iter().map(field).collect(),
            );
        }
        Self(types)
    }

    /// What a field of a type gives.
    pub(super) fn field(&self, of: &str, name: &str) -> Option<&FieldType> {
        self.0.get(of)?.get(name)
    }

    /// Every field that gives a type, with the type that it is a field of.
    #[cfg(test)]
    pub(super) fn giving<'a>(&'a self, name: &str) -> Vec<(&'a str, &'a str)> {
        let all = self.0.iter().flat_map(|(of, fields)| {
            let fields = fields.iter().filter(|(_, field)| field.name == name);
            fields.map(|(field, _)| (of.as_str(), field.as_str()))
        });
        let mut all: Vec<_> = all.collect();
        all.sort_unstable();
        all
    }

    /// Whether a type has fields of its own.
    pub(super) fn is_object(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

/// How many a list gives where nothing is said.
fn usual(default: Option<&async_graphql::Positioned<async_graphql::Value>>) -> Option<u64> {
    match &default?.node {
        async_graphql::Value::Number(count) => count.as_u64(),
        _ => None,
    }
}

fn base(ty: &Type) -> (String, bool) {
    match &ty.base {
        BaseType::Named(name) => (name.to_string(), false),
        BaseType::List(inner) => (base(inner).0, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_gives_what_the_schema_says() {
        let types = Types::known();
        let paid = types.field("FundUsageLine", "paidAmount").expect("a field");
        assert_eq!((paid.name.as_str(), paid.is_list), ("Money", false));
        assert!(
            paid.description.contains("utbetalt"),
            "{}",
            paid.description
        );
        let rows = types.field("FundUsage", "rows").expect("a field");
        assert!(rows.is_list && types.is_object(&rows.name));
        assert!(types.field("Query", "fundUsage").is_some());
        assert!(!types.is_object("Money"));
    }
}
