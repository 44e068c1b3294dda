//! The walk: from the root down to put fields in order and nulls in, and up again to let them rise.

use async_graphql::registry::MetaTypeName;
use async_graphql::{Response, Value};

use super::failures::Failures;
use super::fitting::{choose, choose_failed};
use super::order::{Object, order};
use super::plan::{Entry, Plan, Planner};
use super::question::Question;
use super::types::Types;
use crate::graphql::DESCRIPTION;

/// Makes the data of an answer what the specification says.
pub(super) fn mend(response: &mut Response, question: &Question, types: &Types) {
    let planner = Planner { question, types };
    let Some(root) = planner.root() else {
        return;
    };
    let failures = Failures::of(&response.errors);
    let plans = std::slice::from_ref(&root);
    let walk = Walk { planner };
    walk.object(&mut response.data, plans, failures.as_ref());
    if response.errors.is_empty() {
        fill_empty(&mut response.data, plans);
    }
}

/// It recurses as deep as the document, which the parser and the limits bound.
struct Walk<'a> {
    planner: Planner<'a>,
}

impl<'a> Walk<'a> {
    /// A value of the type. True when a null is not allowed there and must rise. That is so only
    /// with an error there or below: a null without one stays where the resolver put it.
    fn value(
        &self,
        value: &mut Value,
        ty: &str,
        entry: &Entry<'a>,
        failures: Option<&Failures<'_>>,
    ) -> bool {
        let (ty, is_non_null) = match MetaTypeName::create(ty) {
            MetaTypeName::NonNull(ty) => (ty, true),
            _ => (ty, false),
        };
        match (MetaTypeName::create(ty), &mut *value) {
            (MetaTypeName::List(ty), Value::List(items)) => {
                let mut items = items.iter_mut().enumerate();
                let rises = items.any(|(index, item)| {
                    let failures = failures.and_then(|below| below.item(index));
                    self.value(item, ty, entry, failures)
                });
                if rises {
                    *value = Value::Null;
                }
            }
            (MetaTypeName::Named(_), Value::Object(_) | Value::Null) if entry.is_nested() => {
                let plans = self.planner.below(entry);
                self.object(value, plans, failures);
                if is_non_null && failures.is_none() {
                    fill_empty(value, plans);
                }
            }
            _ => {}
        }
        is_non_null && failures.is_some() && *value == Value::Null
    }

    /// An object, or a null that may have been one. Becomes null when a field's null rises.
    fn object(&self, value: &mut Value, plans: &[Plan<'a>], failures: Option<&Failures<'_>>) {
        if let Value::Object(object) = value {
            let Some((plan, is_sure)) = choose(plans, object, failures) else {
                return;
            };
            if self.fields(object, plan, failures.filter(|_| is_sure)) {
                *value = Value::Null;
            }
        } else if let Some(failures) = failures
            && let Some(plan) = choose_failed(plans, failures)
        {
            let mut object = Object::new();
            if !self.fields(&mut object, plan, Some(failures)) {
                *value = Value::Object(object);
            }
        }
    }

    /// True when a null rises out of a field.
    fn fields(
        &self,
        object: &mut Object,
        plan: &Plan<'a>,
        failures: Option<&Failures<'_>>,
    ) -> bool {
        if let Some(failures) = failures {
            add_missing(object, plan, failures);
        }
        order(object, plan);
        if failures.is_none() && !plan.nested && plan.concrete != "__Schema" {
            return false;
        }
        let mut entries = plan.entries.iter();
        for (key, value) in object {
            let Some(entry) = entries.find(|entry| entry.key == key) else {
                return false;
            };
            // The library tells the description of the type `__Schema` for the schema's.
            if plan.concrete == "__Schema" && entry.is_named("description") {
                *value = Value::from(DESCRIPTION);
            }
            let failures = failures.and_then(|below| below.field(key));
            let matters = failures.is_some() || entry.is_nested();
            if matters
                && let Some(ty) = entry.ty
                && self.value(value, ty, entry, failures)
            {
                return true;
            }
        }
        false
    }
}

/// A field that is missing failed. Without an error to show for it a non-null one is left out: the
/// library lost it, and a null there would say that it failed.
fn add_missing(object: &mut Object, plan: &Plan<'_>, failures: &Failures<'_>) {
    if object.len() >= plan.entries.len() {
        return;
    }
    for entry in &plan.entries {
        let failed = entry.ty.is_some() && failures.field(entry.key).is_some();
        if (failed || entry.is_nullable()) && !object.contains_key(entry.key) {
            object.insert(entry.key.clone(), Value::Null);
        }
    }
}

/// The library writes an object of which `@skip` leaves nothing as null.
fn fill_empty(value: &mut Value, plans: &[Plan<'_>]) {
    if let [plan] = plans
        && plan.entries.is_empty()
        && *value == Value::Null
    {
        *value = Value::Object(Object::new());
    }
}
