//! The schema as its own language says it: what documents are held against.

use apollo_compiler::Schema;
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::validation::Valid;

use super::kept::Kept;
use crate::graphql::conformity::Types;

/// What introspection has had since input objects of which one field is said, and the library does not know yet.
const INTROSPECTION: &str = "extend type __Type { isOneOf: Boolean }";

/// A schema in its own language.
#[derive(Debug)]
pub struct Language {
    schema: Valid<Schema>,
    /// Its types, as answers are mended by them.
    pub(super) types: Types,
    /// Documents that are in it.
    pub(super) kept: Kept,
}

impl Language {
    /// Reads a schema.
    ///
    /// # Errors
    /// The text is no schema; what is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let builder = Schema::builder()
            .parse(text, "schema.graphql")
            .parse(INTROSPECTION, "introspection.graphql");
        let schema = builder.build().map_err(|wrong| wrong.errors.to_string())?;
        let schema = schema
            .validate()
            .map_err(|wrong| wrong.errors.to_string())?;
        Ok(Self {
            types: Types::of(&schema),
            schema,
            kept: Kept::default(),
        })
    }

    /// The schema as the library holds it.
    pub(super) const fn schema(&self) -> &Valid<Schema> {
        &self.schema
    }

    /// Whether of a type's fields exactly one is said.
    pub(super) fn is_one_of(&self, type_name: &str) -> bool {
        let ty = self.schema.types.get(type_name);
        ty.is_some_and(
            |ty| matches!(ty, ExtendedType::InputObject(input) if input.directives.has("oneOf")),
        )
    }
}
