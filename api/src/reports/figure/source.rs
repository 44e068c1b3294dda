//! What in the decisions a definition rests on: the rows of the reference data that its source is read from.

use entity::RegistryNumber;

use super::Figure;
use super::definition::Basis;
use super::key::GroupKind;
use crate::reports::stored;
use crate::store::Catalogue;

impl Figure {
    /// The row of the decisions that the definition rests on in the figure's assignment; the assignment's own row where
    /// the decisions say nothing closer.
    #[must_use]
    pub fn basis_row(&self, catalogue: &Catalogue) -> Option<i64> {
        let closer = match self.definition.basis {
            Basis::Appropriation => self.appropriation(catalogue),
            Basis::Deliverable => deliverable(catalogue, &self.assignment),
            Basis::AllocationRule => self.allocation_rule(catalogue),
            Basis::Support => support(catalogue, &self.assignment),
            Basis::Plan => None,
            Basis::Indicator => self.indicator(catalogue),
            Basis::Published => self.published(catalogue),
        };
        closer.or_else(|| {
            let assignment = catalogue.assignment(&self.assignment)?;
            Some(assignment.row_id)
        })
    }

    /// The money that is set aside for the figure's year and kind.
    fn appropriation(&self, catalogue: &Catalogue) -> Option<i64> {
        let numbers: Vec<&RegistryNumber> = catalogue
            .decisions
            .iter()
            .filter(|one| one.assignment == self.assignment)
            .map(|one| &one.registry_number)
            .collect();
        let year = self.key.year.map(i64::from);
        let kind = self.key.kind.map(|kind| stored(kind).code());
        let own = catalogue.appropriations.iter().filter(|one| {
            numbers.contains(&&one.decision)
                && year.is_none_or(|year| one.year == year)
                && kind.is_none_or(|kind| one.recipient_kinds.iter().any(|own| own == kind))
        });
        own.map(|one| one.row_id).min()
    }

    fn allocation_rule(&self, catalogue: &Catalogue) -> Option<i64> {
        let year = self.key.year.map(i64::from)?;
        let kind = self.key.kind.map(stored)?;
        let mut rules = catalogue.allocation_rules.iter();
        let rule = rules.find(|one| {
            one.assignment == self.assignment
                && one.recipient_kind == kind
                && (one.from_year..=one.to_year).contains(&year)
        });
        rule.map(|one| one.row_id)
    }

    /// The latest definition of the indicator.
    fn indicator(&self, catalogue: &Catalogue) -> Option<i64> {
        let code = entity::IndicatorCode::parse(self.key.of(GroupKind::Indicator)?).ok()?;
        catalogue.indicator(&code).last().map(|one| one.row_id)
    }

    fn published(&self, catalogue: &Catalogue) -> Option<i64> {
        let measure = self.key.of(GroupKind::Measure)?;
        let year = self.key.year.map(i64::from)?;
        let mut all = catalogue.published_figures.iter();
        let found = all.find(|one| {
            one.assignment == self.assignment && one.year == year && one.measure == measure
        });
        found.map(|one| one.row_id)
    }
}

fn deliverable(catalogue: &Catalogue, assignment: &RegistryNumber) -> Option<i64> {
    let own = catalogue
        .deliverables
        .iter()
        .filter(|one| one.assignment == *assignment);
    let last = own.max_by_key(|one| (one.due_on, std::cmp::Reverse(one.row_id)));
    last.map(|one| one.row_id)
}

fn support(catalogue: &Catalogue, assignment: &RegistryNumber) -> Option<i64> {
    let activities = catalogue.main_activities.iter();
    let activities = activities.filter(|one| one.assignment == *assignment);
    let goals = catalogue.goals.iter();
    let goals = goals.filter(|one| one.assignment == *assignment);
    let activity = activities.map(|one| one.row_id).min();
    activity.or_else(|| goals.map(|one| one.row_id).min())
}
