//! Columns: what each is called in English and Swedish, what it holds, and whether it must be there.

use entity::RecipientKind;

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// A code that must exist elsewhere.
    Code(CodeOf),
    /// A code that may also stand in a number cell, having no leading zeros to lose.
    PlainCode,
    /// A short text.
    Text,
    /// What somebody wrote freely; guarded against personal identity numbers and stored apart.
    FreeText,
    /// Kronor with at most two decimals, not below 0.
    Money,
    /// A decimal number.
    Decimal,
    /// A decimal number, or yes or no.
    Answer,
    /// A decimal number not below 0.
    Quantity,
    /// A whole number, not below 0.
    Whole,
    /// A year with four digits.
    Year,
    /// A date, ISO 8601.
    Date,
    /// `true/false`, `ja/nej`, `1/0`.
    Flag,
    /// One of a closed list: canonical code and Swedish alias.
    Choice(&'static [(&'static str, &'static str)]),
    /// Codes separated by `|`.
    Codes,
}

/// Whose code a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeOf {
    /// A recipient's.
    Recipient,
    /// A round's.
    Round,
    /// A county's.
    County,
    /// An organisation's.
    Organisation,
    /// An assignment's (registry number).
    Assignment,
    /// A recipient that the row itself defines.
    NewRecipient,
    /// A round that the row itself defines.
    NewRound,
    /// An indicator's.
    Indicator,
    /// An indicator that the row itself defines.
    NewIndicator,
    /// An area's: `SE`, a county's or a recipient's.
    Area,
    /// The same by Kolada's ids.
    KoladaArea,
    /// An organisation number.
    OrganisationNumber,
    /// Any text that must keep its leading zeros.
    Any,
}

/// A column of a kind.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Canonical name.
    pub name: &'static str,
    /// Swedish names.
    pub aliases: &'static [&'static str],
    /// What it holds.
    pub holds: Holds,
    /// Whether the header must have it and every row must fill it.
    pub required: bool,
    /// Whether it belongs to the natural key.
    pub key: bool,
}

impl Column {
    /// A column that must be there and filled.
    #[must_use]
    pub const fn required(
        name: &'static str,
        aliases: &'static [&'static str],
        holds: Holds,
    ) -> Self {
        Self {
            name,
            aliases,
            holds,
            required: true,
            key: false,
        }
    }

    /// A column that may be missing or blank.
    #[must_use]
    pub const fn optional(
        name: &'static str,
        aliases: &'static [&'static str],
        holds: Holds,
    ) -> Self {
        Self {
            name,
            aliases,
            holds,
            required: false,
            key: false,
        }
    }

    /// The same as part of the natural key.
    #[must_use]
    pub const fn key(mut self) -> Self {
        self.key = true;
        self
    }
}

/// `round`, wherever it stands.
pub(super) const ROUND: Column = Column::required("round", &["omgång"], Holds::Code(CodeOf::Round));
/// `recipient_code`, wherever it stands.
pub(super) const RECIPIENT_CODE: Column = Column::required(
    "recipient_code",
    &["mottagarkod", "kod"],
    Holds::Code(CodeOf::Recipient),
);
/// `organisation_code`, wherever it stands.
pub(super) const ORGANISATION_CODE: Column = Column::required(
    "organisation_code",
    &["myndighet"],
    Holds::Code(CodeOf::Organisation),
);
/// `year`, wherever it stands.
pub(super) const YEAR: Column = Column::required("year", &["år"], Holds::Year);
/// `row` of an activity plan, wherever it stands.
pub(super) const PLAN_ROW: Column = Column::required("row", &["rad"], Holds::Whole);
/// `per_date` of a report on an activity, wherever it stands.
pub(super) const PER_DATE: Column = Column::required("per_date", &["per_datum"], Holds::Date);
/// `due_on` of the deliverable that a row is about.
pub(super) const DELIVERABLE_DUE_ON: Column =
    Column::optional("due_on", &["förfallodag"], Holds::Date);
/// `definition_version` of an indicator, wherever it stands.
pub(super) const DEFINITION_VERSION: Column =
    Column::required("definition_version", &["definitionsversion"], Holds::Whole);
/// `registry_number` of the sender's own, wherever it stands.
pub(super) const REGISTRY_NUMBER: Column =
    Column::optional("registry_number", &["diarienummer"], Holds::PlainCode);
/// `main_activity`, wherever it stands.
pub(super) const MAIN_ACTIVITY: Column =
    Column::required("main_activity", &["huvudaktivitet"], Holds::PlainCode);
/// `action`, which every kind may have.
pub(super) const ACTION: Column = Column::optional(
    "action",
    &["åtgärd"],
    Holds::Choice(&[("SET", "sätt"), ("REMOVE", "ta bort")]),
);
/// `source` of the reference data: `document: section`, several separated by ` | `.
pub(super) const SOURCE: Column = Column::optional("source", &[], Holds::Text);
/// `assignment` of the reference data.
pub(super) const ASSIGNMENT: Column =
    Column::required("assignment", &["uppdrag"], Holds::Code(CodeOf::Assignment));

/// The sender, of kinds whose codes belong to whoever sent them first: no column, and no part of the content.
pub(super) const SENDER: &str = "sender";
/// The version of an activity plan, in reports on it and beside the plan itself.
pub(super) const PLAN_VERSION: &str = "plan_version";
/// The day that a version of an activity plan was decided.
pub(super) const DECIDED_ON: &str = "decided_on";

/// The area code of the whole country.
pub(super) const COUNTRY: &str = "SE";

/// Kinds of recipient with their Swedish aliases.
pub(super) const RECIPIENT_KINDS: &[(&str, &str)] = &[
    (RecipientKind::Municipality.code(), "kommun"),
    (RecipientKind::Region.code(), "region"),
    (RecipientKind::Ngo.code(), "förening"),
    (RecipientKind::CountyBoard.code(), "länsstyrelse"),
    (RecipientKind::University.code(), "universitet"),
    (RecipientKind::Agency.code(), "myndighet"),
];
