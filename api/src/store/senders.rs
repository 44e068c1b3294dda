//! Who sent which values and definitions of indicators: known by the submission whose block of row ids they lie in.

use entity::{Kind, OrganisationCode, RegistryNumber, submission};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::Store;
use crate::policy::Sent;

/// The submissions of values and definitions of indicators, by their blocks of row ids, in order.
#[derive(Clone, Debug, Default)]
pub struct Senders {
    blocks: Vec<Block>,
}

#[derive(Clone, Debug)]
struct Block {
    kind: Kind,
    first: i64,
    end: i64,
    assignment: Option<RegistryNumber>,
    organisation: OrganisationCode,
}

impl Senders {
    /// Reads the blocks: one statement.
    #[expect(
        clippy::disallowed_methods,
        reason = "submissions are no facts: who sent one never changes"
    )]
    pub(crate) async fn load(store: &Store) -> Result<Self, DbErr> {
        let submissions = submission::Entity::find()
            .filter(
                submission::Column::Kind.is_in([Kind::IndicatorValues, Kind::IndicatorDefinitions]),
            )
            .filter(submission::Column::RowCount.gt(0))
            .order_by_asc(submission::Column::FirstRowId)
            .all(store.connection())
            .await?;
        let block = |one: submission::Model| Block {
            kind: one.kind,
            first: one.first_row_id,
            end: one.first_row_id + one.row_count,
            assignment: one.assignment,
            organisation: one.organisation_code,
        };
        Ok(Self {
            blocks: submissions.into_iter().map(block).collect(),
        })
    }

    /// For which assignment, and by whom, a value or a definition of an indicator was sent; none for other rows.
    #[must_use]
    pub fn of(&self, row_id: i64) -> Option<Sent<'_>> {
        let after = self.blocks.partition_point(|one| one.first <= row_id);
        let block = self.blocks.get(after.checked_sub(1)?)?;
        (row_id < block.end).then_some(Sent {
            kind: block.kind,
            assignment: block.assignment.as_ref(),
            sender: &block.organisation,
        })
    }
}
