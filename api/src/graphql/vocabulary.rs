//! Enumerations: what our own code switches on, in the words of the schema.

use async_graphql::Enum;

/// Why there is no value (orsak till att värde saknas). It is set if and only if the value is null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analytics::figure::Absent", name = "Absent")]
pub enum Absent {
    /// The day has not come (inte förfallen).
    NotDue,
    /// The day has come, and nothing came (inte redovisad).
    NotReported,
    /// The figure has no meaning here (inte tillämplig).
    NotApplicable,
    /// It is not published or not known here (inte tillgänglig).
    NotAvailable,
    /// The denominator is 0 (inget att dela med).
    NothingToDivide,
    /// The definitions differ (inte jämförbar).
    NotComparable,
    /// Hidden because it is small (undertryckt).
    Suppressed,
    /// A protected location (skyddad plats).
    Protected,
}

/// Kind of recipient (mottagartyp).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::RecipientKind", name = "RecipientKind")]
pub enum RecipientKind {
    /// Municipality (kommun).
    Municipality,
    /// Region (landsting before 2019).
    Region,
    /// Non-profit organisation (ideell förening).
    Ngo,
    /// County administrative board (länsstyrelse).
    CountyBoard,
    /// University (universitet).
    University,
    /// Agency (myndighet).
    Agency,
}

/// How an appropriation is handed out (fördelningssätt).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::DistributionMethod", name = "DistributionMethod")]
pub enum DistributionMethod {
    /// On requisition (rekvisition).
    Requisition,
    /// After application (ansökan).
    Application,
    /// Directly (direkt).
    Direct,
}

/// What a decision asks for (redovisning).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::DeliverableKind", name = "DeliverableKind")]
pub enum DeliverableKind {
    /// Joint implementation plan (genomförandeplan).
    JointPlan,
    /// Supplementary plan (kompletterande plan).
    SupplementaryPlan,
    /// Account of how the assignment will be carried out (redogörelse).
    AccountOfImplementation,
    /// Annual report (årlig redovisning).
    AnnualReport,
    /// A county's annual report (länsstyrelsernas årliga rapport).
    CountyAnnualReport,
    /// Interim report (delredovisning).
    InterimReport,
    /// Final report (slutredovisning).
    FinalReport,
    /// Evaluation (utvärdering).
    Evaluation,
}

/// What is counted (räkningsgrund).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::store::Basis", name = "DatasetBasis")]
pub enum DatasetBasis {
    /// Accepted submissions alone (godkända inleveranser).
    #[default]
    Accepted,
    /// Accepted ones and those that wait within the viewer's reach, as if they were accepted in the order of receipt
    /// (alla mottagna inleveranser).
    AllReceived,
}

/// What happened to a recipient's code (händelse).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::LinkKind", name = "LinkKind")]
pub enum LinkKind {
    /// Renamed (namnbyte).
    Renamed,
    /// Merged into another (sammanslagning).
    Merged,
    /// Split, or a part broken out (delning).
    Split,
    /// Moved to another county (länsbyte).
    MovedCounty,
}

/// Whether rows are real (uppgifternas art).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::Nature", name = "Nature")]
pub enum Nature {
    /// Real (verkliga).
    Real,
    /// Synthetic (syntetiska).
    Synthetic,
    /// Some of both (blandade).
    Mixed,
}

/// Where a submission is in its life (inleveransens läge).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::SubmissionState", name = "SubmissionState")]
pub enum SubmissionState {
    /// Received: it waits for a decision (mottagen).
    Received,
    /// Accepted: it counts (godkänd).
    Accepted,
    /// Refused by the rules; its rows were not kept (avvisad).
    Refused,
    /// Returned for completion (återsänd för komplettering).
    Returned,
    /// Withdrawn (återkallad).
    Withdrawn,
}

/// What happens to a submission (händelse).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::SubmissionEvent", name = "SubmissionEventKind")]
pub enum SubmissionEventKind {
    /// Received and waiting (mottagen).
    Received,
    /// Accepted (godkänd).
    Accepted,
    /// Refused by the rules (avvisad).
    Refused,
    /// Returned for completion (återsänd).
    Returned,
    /// Withdrawn (återkallad).
    Withdrawn,
}

/// What came of a file on receipt (utfall).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::Verdict", name = "Verdict")]
pub enum Verdict {
    /// Its rows count (godkänd).
    Accepted,
    /// Its rows wait for a decision (mottagen).
    Received,
    /// The rules refuse it; none of its rows is kept (avvisad).
    Rejected,
    /// It is already the latest file of its kind and sender (oförändrad).
    Unchanged,
    /// Of a kind that is not received yet (hanteras inte).
    NotHandled,
}

/// How grave a finding is (allvarlighet).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::Severity", name = "Severity")]
pub enum Severity {
    /// It blocks the submission (fel).
    Error,
    /// It does not (varning).
    Warning,
}

/// What fund usage can be grouped by (indelning av medel).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(
    remote = "analytics::fund_usage::FundDimension",
    name = "FundDimension"
)]
pub enum FundDimension {
    /// Grant year (bidragsår).
    GrantYear,
    /// Kind of recipient (mottagartyp).
    RecipientKind,
    /// Round (omgång).
    Round,
    /// The recipient's county on 31 December of the grant year (län).
    County,
    /// Population group of the decision's key (befolkningsgrupp).
    PopulationGroup,
    /// Recipient (mottagare).
    Recipient,
}

/// A figure of a fund line, whose rows are asked for (medelsmått).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::reports::FundMeasure", name = "FundMeasure")]
pub enum FundMeasure {
    /// Those that could have taken part: the register's rows, or the applications (berättigade).
    Eligible,
    /// Allocations (tilldelat).
    Allocated,
    /// Requisitions (rekvirerat).
    Requisitioned,
    /// Applications that were granted, wholly or in part (beviljat).
    Granted,
    /// Requisitions and payments of those that were paid above their requisition (omfördelat).
    Redistributed,
    /// Payments, reversals too (utbetalt).
    Paid,
    /// Usage reports, for what was used (använt).
    Used,
    /// Usage reports, for what was not (redovisat ej använt).
    Unused,
    /// Repayments, reversals too (återbetalt).
    Repaid,
    /// Usage reports and repayments (kvarstår att återbetala).
    Outstanding,
    /// Payments to those that have not reported (ej redovisat).
    Unreported,
    /// Payments and usage reports of those that have (oförklarat).
    Unexplained,
    /// Payments and usage reports (nyttjandegrad).
    UsageRate,
    /// Payments, and the populations of those paid (utbetalt per invånare).
    PaidPerInhabitant,
    /// Payments, populations and the register's rows of all eligible (utbetalt per invånare, alla berättigade).
    PaidPerInhabitantAllEligible,
}

/// A figure of a line of coverage, whose rows are asked for (täckningsmått).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::reports::CoverageMeasure", name = "CoverageMeasure")]
pub enum CoverageMeasure {
    /// The events that are counted (insatser).
    Events,
    /// The events that reached recipients of the line (nådda).
    Reached,
}

/// What coverage can be grouped by (indelning av täckning).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(
    remote = "analytics::coverage::CoverageDimension",
    name = "CoverageDimension"
)]
pub enum CoverageDimension {
    /// The recipient's county (län).
    County,
    /// Main activity, with 4a, 4b and 4c counted under 4 (huvudaktivitet).
    MainActivity,
    /// Main activity as it stands (huvudaktivitetens kod).
    MainActivityCode,
    /// Form of support (insatsform).
    Form,
    /// Organisation that held the event (myndighet).
    Organisation,
    /// Year of the event (insatsår).
    EventYear,
    /// Population group of the decision's key (befolkningsgrupp).
    PopulationGroup,
}

/// A figure of single recipients whose evenness is asked for (mått på likvärdighet).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum EqualityMeasure {
    /// Usage rate of those that have reported (nyttjandegrad).
    UsageRate,
    /// Kronor per inhabitant of those paid (utbetalt per invånare).
    PaidPerInhabitant,
    /// Kronor per inhabitant of all eligible, 0 for the unpaid (utbetalt per invånare, alla berättigade).
    PaidPerInhabitantAllEligible,
    /// An indicator (indikator); not available yet.
    Indicator,
}

/// A figure of an allocation key whose evenness is given (mått i fördelningsnyckeln).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AllocationMeasure {
    /// Amount (belopp).
    Amount,
    /// Amount per inhabitant (belopp per invånare).
    AmountPerInhabitant,
}

/// A part that an entry of the ledger may have (del av en post).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analytics::fund_ledger::LedgerPart", name = "LedgerPart")]
pub enum LedgerPart {
    /// Something is outstanding (kvarstår).
    Outstanding,
    /// Something is outstanding or unreported and not claimed (ej krävt).
    NotDemanded,
    /// Something is claimed and not due yet (krävt).
    Demanded,
    /// Something is deferred and not due yet (anstånd).
    Deferred,
    /// Something is overdue (förfallet).
    Overdue,
    /// Something is waived (eftergivet).
    Waived,
    /// Something is not reported (ej redovisat).
    Unreported,
    /// Something is not explained (oförklarat).
    Unexplained,
    /// More is claimed than is open (krävt för mycket).
    Overclaimed,
}

/// Which open money (slag av öppet belopp).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analytics::fund_ledger::AgedOf", name = "OpenMoney")]
pub enum OpenMoney {
    /// Reported unused and not yet repaid (kvarstår).
    Outstanding,
    /// Paid and not reported (ej redovisat).
    Unreported,
    /// Paid and neither used nor unused in the report (oförklarat).
    Unexplained,
}

/// How long money has been open (ålder).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analytics::fund_ledger::AgeBucket", name = "AgeBucket")]
pub enum AgeBucket {
    /// The last day has not passed (ej förfallet).
    NotYetDue,
    /// 0 to 30 days (0 till 30 dagar).
    #[graphql(name = "UP_TO_30")]
    UpTo30,
    /// 31 to 90 days (31 till 90 dagar).
    #[graphql(name = "UP_TO_90")]
    UpTo90,
    /// 91 to 365 days (91 till 365 dagar).
    #[graphql(name = "UP_TO_365")]
    UpTo365,
    /// More than 365 days (mer än 365 dagar).
    #[graphql(name = "OVER_365")]
    Over365,
}

/// Where a claim for repayment stands on a day (läge för återkrav).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(
    remote = "analytics::fund_ledger::ClaimStanding",
    name = "ClaimStanding"
)]
pub enum ClaimStanding {
    /// To be paid; the last day has not passed (krävt).
    Demanded,
    /// May be paid later; the last day has not passed (anstånd).
    Deferred,
    /// The last day has passed and something is left (förfallet).
    Overdue,
    /// All is paid or waived (avslutat).
    Settled,
    /// Taken back (återkallat).
    Withdrawn,
}

/// Rows behind an entry of the ledger (rader bakom en post).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "analytics::fund_ledger::FactKind", name = "LedgerRows")]
pub enum LedgerRows {
    /// Allocations (tilldelningar).
    Allocation,
    /// Requisitions (rekvisitioner).
    Requisition,
    /// Applications (ansökningar).
    Application,
    /// Payments and their reversals (utbetalningar).
    Payment,
    /// Usage reports (återrapporteringar).
    UsageReport,
    /// Repayments and their reversals (återbetalningar).
    Repayment,
    /// Steps of claims for repayment (återkrav).
    Claim,
}
