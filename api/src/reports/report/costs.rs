//! The rest of part 2: administrative costs, and the allocation key.

use super::account::YEAR;
use super::compose::{Asked, Composer, Draft, both, same, wanted, wanted_by};
use crate::reports::figure::GroupKind;
use crate::reports::{Error, FigureKey};

impl Composer<'_> {
    pub(super) async fn administration(&self) -> Result<Draft, Error> {
        let mut draft = Draft::new(
            "funds.administration",
            ["Administrativa kostnader", "Administrative costs"],
            [
                "Inga administrativa kostnader är redovisade för redovisningens år.",
                "No administrative costs are reported for the years of the report.",
            ],
        );
        let costs = self
            .reports
            .administrative_costs(self.dataset, &self.scope.assignment)
            .await?;
        let years = self.scope.years();
        let own = || costs.answer.iter().filter(|one| years.contains(&one.year));
        let year = |year: i32| (vec![same(&year.to_string())], FigureKey::year(Some(year)));
        let by_year = Asked {
            code: "by_year".to_owned(),
            title: both([
                "Administrativa kostnader per år",
                "Administrative costs by year",
            ]),
            labels: vec![YEAR],
            columns: wanted(&[
                "administration.costs",
                "administration.paid",
                "administration.share",
            ]),
            rows: own().map(|one| year(one.year)).collect(),
            notes: Vec::new(),
        };
        self.table(&mut draft, by_year).await?;
        let codes = |of: fn(
            &analytics::administration::AdministrationYear,
        ) -> &Vec<(String, rust_decimal::Decimal)>| {
            let mut codes: Vec<String> =
                own().flat_map(&of).map(|(code, _)| code.clone()).collect();
            codes.sort_unstable();
            codes.dedup();
            codes
        };
        let kinds = codes(|one| &one.by_cost_kind);
        let by_kind = Asked {
            code: "by_cost_kind".to_owned(),
            title: both([
                "Administrativa kostnader per slag",
                "Administrative costs by kind",
            ]),
            labels: vec![YEAR],
            columns: wanted_by("administration.costs_of_kind", GroupKind::CostKind, &kinds),
            rows: own().map(|one| year(one.year)).collect(),
            notes: Vec::new(),
        };
        self.table(&mut draft, by_kind).await?;
        let rows = own().flat_map(|one| {
            let organisations = one.by_organisation.iter();
            organisations.map(|(code, _)| {
                let names = vec![
                    same(&one.year.to_string()),
                    self.label(GroupKind::Organisation, code),
                ];
                (
                    names,
                    FigureKey::year(Some(one.year)).group(GroupKind::Organisation, code.clone()),
                )
            })
        });
        let by_organisation = Asked {
            code: "by_organisation".to_owned(),
            title: both([
                "Administrativa kostnader per myndighet",
                "Administrative costs by organisation",
            ]),
            labels: vec![YEAR, ("organisation", GroupKind::Organisation.title())],
            columns: wanted(&["administration.costs_of_organisation"]),
            rows: rows.collect(),
            notes: Vec::new(),
        };
        self.table(&mut draft, by_organisation).await?;
        Ok(draft)
    }

    pub(super) async fn allocation_key(&self) -> Result<Draft, Error> {
        let mut draft = Draft::new(
            "funds.allocation_key",
            ["Fördelningsnyckeln", "The allocation key"],
            [
                "Besluten anger ingen fördelningsnyckel för redovisningens år.",
                "The decisions print no allocation key for the years of the report.",
            ],
        );
        let rows = self.scope.rounds.iter().map(|(year, kind)| {
            let names = vec![same(&year.to_string()), Self::kind(*kind, Some(*year))];
            (names, FigureKey::year(Some(*year)).kind(Some(*kind)))
        });
        let asked = Asked {
            code: "rule".to_owned(),
            title: both([
                "Nyckeln enligt beslutets regel",
                "The key by the decision's rule",
            ]),
            labels: vec![YEAR, super::account::KIND],
            columns: wanted(&[
                "allocation_key.pool",
                "allocation_key.base",
                "allocation_key.rate_per_inhabitant",
                "allocation_key.residue",
                "allocation_key.gini",
                "allocation_key.gini_per_inhabitant",
            ]),
            rows: rows.collect(),
            notes: Vec::new(),
        };
        self.table(&mut draft, asked).await?;
        Ok(draft)
    }
}
