//! The rules as a document: code, severity, both texts, and the kinds of file that each is used in.

use entity::Kind;

use super::column::Holds;
use super::kinds::columns;
use super::rule::Rule;

/// Kinds whose rows name a round and a recipient.
const OF_ROUNDS: &[Kind] = &[
    Kind::Allocations,
    Kind::Requisitions,
    Kind::Applications,
    Kind::Payments,
    Kind::UsageReports,
    Kind::Repayments,
    Kind::RepaymentClaims,
];

impl Rule {
    /// Whether files of a kind can break it.
    #[must_use]
    pub fn is_used_in(self, kind: Kind) -> bool {
        let holds =
            |wanted: fn(Holds) -> bool| columns(kind).iter().any(|column| wanted(column.holds));
        match self {
            Self::EmptyFile
            | Self::NoRows
            | Self::BadEncoding
            | Self::UnknownHeader
            | Self::MissingHeader
            | Self::DuplicateHeader
            | Self::RaggedRow
            | Self::SecondHeader
            | Self::QuotedRow
            | Self::ShiftedRow
            | Self::InvisibleCharacter
            | Self::TooManyRows
            | Self::CellTooLong
            | Self::UnbalancedQuote
            | Self::FormulaCell
            | Self::UnreadableWorkbook
            | Self::WorkbookTooLarge
            | Self::SheetLeft
            | Self::HiddenCells
            | Self::NumberFormat
            | Self::MissingValue
            | Self::UnknownValue
            | Self::UnknownCode
            | Self::DuplicateKey
            | Self::NotYourData
            | Self::NotYourKind
            | Self::PersonalNumber
            | Self::PersonalNumberBeside
            | Self::Redacted => true,
            Self::CodeAsNumber | Self::DoubtfulCode => {
                holds(|holds| matches!(holds, Holds::Code(_) | Holds::PlainCode | Holds::Codes))
            }
            Self::NotANumber => holds(|holds| {
                matches!(
                    holds,
                    Holds::Money
                        | Holds::Whole
                        | Holds::Year
                        | Holds::Decimal
                        | Holds::Answer
                        | Holds::Quantity
                )
            }),
            Self::ShownOtherwise => holds(|holds| {
                matches!(
                    holds,
                    Holds::Money
                        | Holds::Whole
                        | Holds::Year
                        | Holds::Decimal
                        | Holds::Answer
                        | Holds::Quantity
                        | Holds::Date
                )
            }),
            Self::TooManyDecimals => holds(|holds| {
                matches!(
                    holds,
                    Holds::Money | Holds::Whole | Holds::Decimal | Holds::Answer | Holds::Quantity
                )
            }),
            Self::DecimalComma => holds(|holds| {
                matches!(
                    holds,
                    Holds::Money | Holds::Decimal | Holds::Answer | Holds::Quantity
                )
            }),
            Self::NegativeAmount => {
                holds(|holds| matches!(holds, Holds::Money | Holds::Whole | Holds::Quantity))
            }
            Self::NotADate => holds(|holds| matches!(holds, Holds::Date)),
            Self::WrongRecipientKind => OF_ROUNDS.contains(&kind),
            Self::OverlappingValidity => {
                matches!(kind, Kind::Recipients | Kind::IndicatorDefinitions)
            }
            Self::RequisitionOverAllocation => {
                matches!(kind, Kind::Allocations | Kind::Requisitions)
            }
            Self::RequisitionLate => kind == Kind::Requisitions,
            Self::OverAppropriation => matches!(kind, Kind::Rounds | Kind::Payments),
            Self::PaymentWithoutBasis => matches!(
                kind,
                Kind::Requisitions | Kind::Applications | Kind::Payments
            ),
            Self::RedistributionNotWanted => matches!(kind, Kind::Requisitions | Kind::Payments),
            Self::UsageNotBalanced => matches!(kind, Kind::Payments | Kind::UsageReports),
            Self::UsageWithoutPayment | Self::UsageLate => kind == Kind::UsageReports,
            Self::RepaymentOverUnused => matches!(kind, Kind::UsageReports | Kind::Repayments),
            Self::ClaimStep | Self::ClaimOverOutstanding => matches!(
                kind,
                Kind::Payments | Kind::UsageReports | Kind::Repayments | Kind::RepaymentClaims
            ),
            Self::ValueNotRatio | Self::ValueOutOfRange => {
                matches!(kind, Kind::IndicatorDefinitions | Kind::IndicatorValues)
            }
            Self::UnlikelyDay => {
                matches!(kind, Kind::Deliveries | Kind::SupportEvents)
                    || (OF_ROUNDS.contains(&kind) && kind != Kind::Allocations)
            }
            Self::UnlikelyAmount => matches!(kind, Kind::Requisitions | Kind::Payments),
            Self::ProtectionLeftOut | Self::ProtectionEnds => kind == Kind::Recipients,
            Self::UnfitText => kind == Kind::Narratives,
            Self::Outlier => kind == Kind::IndicatorValues,
            Self::ForbiddenCost => matches!(kind, Kind::Applications | Kind::UsageReports),
        }
    }
}

/// All rules as a document in Markdown.
#[must_use]
pub fn rulebook() -> String {
    let mut text = String::from(
        "# Rules\n\n\
         Printed by `samsyn rules` from the table of rules; a test compares it with this file.\n\
         An ERROR blocks the submission, a WARNING does not.\n\
         Where a file changes what stored rows rest on, the rule that they now break is a WARNING on that file, whatever \
         stands here.\n\
         `bad_encoding` is a WARNING where letters may have been lost before the file was written.\n\
         `{}` is filled with what the check found.\n\n\
         | code | severity | Swedish | English | used in |\n|---|---|---|---|---|\n",
    );
    for rule in Rule::ALL {
        let (sv, en) = rule.texts();
        let kinds: Vec<&str> = Kind::ALL
            .iter()
            .filter(|kind| rule.is_used_in(**kind))
            .map(|kind| kind.code())
            .collect();
        let used_in = if kinds.len() == Kind::ALL.len() {
            "every kind".to_owned()
        } else if kinds.len() * 2 > Kind::ALL.len() {
            let others = Kind::ALL.iter().filter(|kind| !rule.is_used_in(**kind));
            let others: Vec<String> = others.map(|kind| format!("`{}`", kind.code())).collect();
            format!("every kind but {}", others.join(", "))
        } else {
            format!("`{}`", kinds.join("`, `"))
        };
        text.push_str(&format!(
            "| `{}` | {} | {sv} | {en} | {used_in} |\n",
            rule.code(),
            rule.severity().code(),
        ));
    }
    text
}
