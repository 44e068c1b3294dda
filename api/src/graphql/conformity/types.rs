//! The types of a schema as mending asks for them, made from its own language.

use std::collections::HashMap;

use apollo_compiler::Schema;
use apollo_compiler::schema::ExtendedType;

/// The types of a schema by name.
#[derive(Debug, Default)]
pub struct Types {
    /// The type of queries.
    pub(super) query: String,
    /// The type of mutations, where there are any.
    pub(super) mutation: Option<String>,
    by_name: HashMap<String, Type>,
}

/// An object, an interface or a union.
#[derive(Debug, Default)]
pub(super) struct Type {
    pub(super) name: String,
    /// The types of its fields by their names, as they are written: `[Round!]!`.
    fields: HashMap<String, String>,
    /// The types that an object of it can have; of an object itself none.
    pub(super) possible: Vec<String>,
    /// The interfaces that an object is of.
    interfaces: Vec<String>,
}

impl Types {
    /// The types of a schema.
    #[must_use]
    pub(in crate::graphql) fn of(schema: &Schema) -> Self {
        let roots = &schema.schema_definition;
        let root = |name: &Option<apollo_compiler::schema::ComponentName>| {
            name.as_ref().map(|name| name.name.to_string())
        };
        let implementers = schema.implementers_map();
        let known = schema.types.iter().filter_map(|(name, of)| {
            let mut known = Type {
                name: name.to_string(),
                ..Type::default()
            };
            let fields = match of {
                ExtendedType::Object(object) => {
                    let interfaces = object.implements_interfaces.iter();
                    known.interfaces = interfaces.map(|one| one.name.to_string()).collect();
                    Some(&object.fields)
                }
                ExtendedType::Interface(interface) => {
                    let objects = implementers.get(name).map(|found| &found.objects);
                    let objects = objects.into_iter().flatten();
                    known.possible = objects.map(ToString::to_string).collect();
                    Some(&interface.fields)
                }
                ExtendedType::Union(union) => {
                    let members = union.members.iter();
                    known.possible = members.map(|one| one.name.to_string()).collect();
                    None
                }
                _ => return None,
            };
            let fields = fields.into_iter().flatten();
            known.fields = fields
                .map(|(name, field)| (name.to_string(), field.ty.to_string()))
                .collect();
            Some((name.to_string(), known))
        });
        Self {
            query: root(&roots.query).unwrap_or_default(),
            mutation: root(&roots.mutation),
            by_name: known.collect(),
        }
    }

    /// A type that has fields, or is one of several that have.
    pub(super) fn get(&self, name: &str) -> Option<&Type> {
        self.by_name.get(name)
    }

    /// Whether an object's type is of an interface.
    pub(super) fn is_of(&self, name: &str, interface: &str) -> bool {
        let known = self.get(name);
        known.is_some_and(|known| known.interfaces.iter().any(|one| one == interface))
    }
}

impl Type {
    /// The type of a field, as it is written.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }
}
