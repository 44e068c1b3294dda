//! Collects the selections that apply to a type, by key, as the library itself expands them.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::types::{Field, Selection, SelectionSet};

use super::plan::{Entry, Planner};
use super::question::leaves_out;

/// Collects selections by key.
pub(super) struct Collection<'p, 'a> {
    planner: &'p Planner<'a>,
    concrete: &'a str,
    entries: Vec<Entry<'a>>,
    positions: HashMap<&'a str, usize>,
    /// A fragment spread twice adds nothing the second time.
    spread: HashSet<(&'a str, &'a str)>,
}

impl<'p, 'a> Collection<'p, 'a> {
    /// For objects of this type.
    pub(super) fn new(planner: &'p Planner<'a>, concrete: &'a str) -> Self {
        Self {
            planner,
            concrete,
            entries: Vec::new(),
            positions: HashMap::new(),
            spread: HashSet::new(),
        }
    }

    pub(super) fn into_entries(self) -> Vec<Entry<'a>> {
        self.entries
    }

    /// Expands fragments where the library does, which is not everywhere: a fragment on a union
    /// applies only where the union is the declared type. What was not executed must not be missed.
    pub(super) fn add(&mut self, set: &'a SelectionSet, declared: &'a str) {
        for item in &set.items {
            if leaves_out(item.node.directives()) {
                continue;
            }
            let (condition, set) = match &item.node {
                Selection::Field(field) => {
                    self.add_field(&field.node);
                    continue;
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let condition = condition.map(|condition| condition.node.on.node.as_str());
                    (condition, &inline.node.selection_set.node)
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    let Some(fragment) = self.planner.question.fragment(name) else {
                        continue;
                    };
                    if !self.spread.insert((name, declared)) {
                        continue;
                    }
                    let condition = fragment.type_condition.node.on.node.as_str();
                    (Some(condition), &fragment.selection_set.node)
                }
            };
            if condition.is_some_and(|condition| self.is_a(condition)) {
                self.add(set, self.concrete);
            } else if condition.is_none_or(|condition| condition == declared) {
                self.add(set, declared);
            }
        }
    }

    fn add_field(&mut self, field: &'a Field) {
        let key = &field.response_key().node;
        if let Some(entry) = self
            .positions
            .get(key.as_str())
            .and_then(|at| self.entries.get_mut(*at))
        {
            entry.fields.push(field);
            return;
        }
        self.positions.insert(key, self.entries.len());
        let ty = self.planner.type_of(self.concrete, field);
        self.entries.push(Entry::new(field, ty));
    }

    fn is_a(&self, condition: &str) -> bool {
        self.concrete == condition || self.planner.types.is_of(self.concrete, condition)
    }
}
