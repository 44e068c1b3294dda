//! The rates of a group, by the definitions of STATISTICS.md.

use super::group::{Group, Member};
use super::measure::Measure;
use crate::Error;
use crate::figure::{Absent, Fraction, Rate, Reach};

impl Group {
    /// Requisitioning / eligible; over several years it has no agreed denominator.
    pub(super) fn participation_rate(&self) -> Rate {
        if self.several_years {
            return Rate::absent(Absent::NotApplicable, 0);
        }
        Rate::of_counts(
            self.sums.get(Measure::Requisitioning),
            self.sums.get(Measure::Eligible),
            Reach::all(self.sums.count(Measure::Eligible)),
        )
    }

    /// Used / paid of those that have reported.
    pub(super) fn usage_rate(&self) -> Rate {
        Rate::of_money(
            self.sums.get(Measure::Used),
            self.sums.get(Measure::PaidReported),
            self.reported(),
        )
    }

    /// (used + 0) / paid: as if the missing ones had used nothing.
    pub(super) fn usage_rate_lowest(&self) -> Rate {
        let (used, paid) = (self.sums.get(Measure::Used), self.sums.get(Measure::Paid));
        Rate::of_money(used, paid, self.expected())
    }

    /// (used + unreported) / paid: as if the missing ones had used everything.
    pub(super) fn usage_rate_highest(&self) -> Rate {
        let used = self.sums.get(Measure::Used) + self.sums.get(Measure::Unreported);
        Rate::of_money(used, self.sums.get(Measure::Paid), self.expected())
    }

    /// Used in the area / used.
    pub(super) fn share_of_use(&self, used_in_area: i64) -> Rate {
        Rate::of_money(used_in_area, self.sums.get(Measure::Used), self.reported())
    }

    /// Received / expected by count.
    pub(super) fn reporting_rate(&self) -> Rate {
        Rate::of_counts(
            self.sums.get(Measure::Received),
            self.sums.get(Measure::Expected),
            self.expected(),
        )
    }

    /// Received / expected by paid amount.
    pub(super) fn reporting_rate_by_amount(&self) -> Rate {
        Rate::of_money(
            self.sums.get(Measure::PaidReceived),
            self.sums.get(Measure::PaidExpected),
            self.expected(),
        )
    }

    /// Received / expected by population, a recipient's people once a round.
    pub(super) fn reporting_rate_by_population(&self) -> Rate {
        let expected = self.sums.count(Measure::Expected);
        if self.without_population {
            return Rate::absent(Absent::NotApplicable, expected);
        }
        let unknown = self.sums.count(Measure::ExpectedWithoutPopulation);
        Rate::of_counts(
            self.sums.get(Measure::PopulationReceived),
            self.sums.get(Measure::PopulationExpected),
            Reach::some(
                expected - unknown,
                expected,
                &[(Absent::NotAvailable, unknown)],
            ),
        )
    }

    /// Paid / Σ population of the recipients paid, within one year and one kind. What was paid to
    /// recipients of unknown population is left out of both.
    pub(super) fn paid_per_inhabitant(&self) -> Rate {
        let paid = self.members.iter().filter(|member| member.is_paid());
        if self.has_no_inhabitants() {
            return Rate::absent(Absent::NotApplicable, paid.count() as u64);
        }
        let unknown: i64 = paid
            .clone()
            .filter(|member| member.population.is_none())
            .map(|member| member.sums.get(Measure::Paid))
            .sum();
        let ore = self.sums.get(Measure::Paid) - unknown;
        per_inhabitant(ore, paid)
    }

    /// Paid to the eligible / Σ population of the eligible, paid or not, within one year and one
    /// kind. Recipients of unknown population are left out of both.
    pub(super) fn paid_per_inhabitant_of_eligible(&self) -> Rate {
        let eligible = self.members.iter().filter(|member| member.is_eligible());
        if self.has_no_inhabitants() {
            return Rate::absent(Absent::NotApplicable, eligible.count() as u64);
        }
        let ore = eligible
            .clone()
            .filter(|member| member.population.is_some())
            .map(|member| member.sums.get(Measure::PaidEligible))
            .sum();
        per_inhabitant(ore, eligible)
    }

    /// Kronor per inhabitant have no meaning here: several years, several kinds, or a kind without
    /// inhabitants.
    pub(super) const fn has_no_inhabitants(&self) -> bool {
        self.several_years || self.without_population
    }

    fn expected(&self) -> Reach {
        Reach::all(self.sums.count(Measure::Expected))
    }

    fn reported(&self) -> Reach {
        let not_due = self.sums.count(Measure::NotDue);
        let awaited = self.sums.count(Measure::Awaited);
        Reach::some(
            self.sums.count(Measure::Received),
            self.sums.count(Measure::Expected),
            &[
                (Absent::NotDue, not_due),
                (Absent::NotReported, awaited - not_due),
            ],
        )
    }
}

impl Member {
    /// Whether a usage report is expected for some round.
    pub(super) fn is_expected(&self) -> bool {
        self.sums.get(Measure::Expected) > 0
    }

    /// Whether something is left of its payments.
    pub(super) fn is_paid(&self) -> bool {
        self.sums.get(Measure::Paid) > 0
    }

    pub(super) fn is_eligible(&self) -> bool {
        self.sums.get(Measure::Eligible) > 0
    }

    /// One rate over the rounds it has reported on; None where nothing was paid there.
    pub(super) fn usage_rate(&self) -> Option<Fraction> {
        let paid = self.sums.get(Measure::PaidReported);
        Fraction::new(self.sums.get(Measure::Used), paid)
    }

    /// Kronor per inhabitant of what the measure counts; None where the population is unknown.
    pub(super) fn kronor_per_inhabitant(
        &self,
        measure: Measure,
    ) -> Result<Option<Fraction>, Error> {
        let Some(population) = self.population else {
            return Ok(None);
        };
        Fraction::kronor_per(self.sums.get(measure), population)
    }
}

fn per_inhabitant<'a>(ore: i64, members: impl Iterator<Item = &'a Member> + Clone) -> Rate {
    let of = members.clone().count() as u64;
    let known = members.filter_map(|member| member.population);
    let (n, population) = known.fold((0, 0), |(n, sum), count| (n + 1, sum + count));
    let reach = Reach::some(n, of, &[(Absent::NotAvailable, of - n)]);
    Rate::of_money_per(ore, population, reach)
}
