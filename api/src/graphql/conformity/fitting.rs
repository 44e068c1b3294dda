//! Which of the possible types an object has, as far as its keys and its `__typename` tell.

use std::collections::HashMap;

use async_graphql::Value;

use super::failures::Failures;
use super::order::Object;
use super::plan::{Entry, Plan};

/// The plan that an object's keys fit, and whether no other plan differs from it.
pub(super) fn choose<'p, 'a>(
    plans: &'p [Plan<'a>],
    object: &Object,
    failures: Option<&Failures<'_>>,
) -> Option<(&'p Plan<'a>, bool)> {
    if let [only] = plans {
        return Some((only, true));
    }
    let mut fitting = plans.iter().filter(|plan| fits(plan, object, failures));
    let first = fitting.next()?;
    // Where nothing failed there is nothing to mend, so the first will do.
    let is_sure = failures.is_none() || fitting.all(|other| agree(first, other));
    Some((first, is_sure))
}

/// The plan of an object that the library wrote as null because every field of it failed.
pub(super) fn choose_failed<'p, 'a>(
    plans: &'p [Plan<'a>],
    failures: &Failures<'_>,
) -> Option<&'p Plan<'a>> {
    let none = Object::new();
    let mut fitting = plans
        .iter()
        .filter(|plan| !plan.entries.is_empty() && fits(plan, &none, Some(failures)));
    let first = fitting.next()?;
    fitting.all(|other| agree(first, other)).then_some(first)
}

/// Every field is there or failed, and nothing else is there or failed.
fn fits(plan: &Plan<'_>, object: &Object, failures: Option<&Failures<'_>>) -> bool {
    let (mut present, mut failed) = (0, 0);
    for entry in &plan.entries {
        let value = object.get(entry.key);
        let has_failed = failures.is_some_and(|below| below.field(entry.key).is_some());
        match value {
            Some(value) if entry.is_typename() && !is_name(value, plan.concrete) => return false,
            None if !has_failed => return false,
            _ => {}
        }
        present += usize::from(value.is_some());
        failed += usize::from(has_failed);
    }
    present == object.len() && failed == failures.map_or(0, Failures::failed_fields)
}

fn is_name(value: &Value, name: &str) -> bool {
    matches!(value, Value::String(text) if text == name)
}

/// Of two plans that fit: whether it does not matter which is meant, but for the order.
fn agree(one: &Plan<'_>, other: &Plan<'_>) -> bool {
    let others: HashMap<_, _> = other.entries.iter().map(|it| (it.key, it)).collect();
    one.entries.iter().all(|one| {
        others
            .get(one.key)
            .is_some_and(|other| one.ty == other.ty && same_below(one, other))
    })
}

fn same_below(one: &Entry<'_>, other: &Entry<'_>) -> bool {
    if !one.is_nested() && !other.is_nested() {
        return true;
    }
    let mut fields = one.fields.iter().zip(&other.fields);
    one.fields.len() == other.fields.len() && fields.all(|(one, other)| std::ptr::eq(*one, *other))
}
