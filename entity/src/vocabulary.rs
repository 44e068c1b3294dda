//! The closed lists that our own code switches on, stored by their codes.
#![expect(
    clippy::enum_variant_names,
    reason = "SeaORM's derive writes an enum of its own for each list, and reasons for what is missing all begin with not"
)]

use sea_orm::entity::prelude::*;

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $name {
            $($(#[$item])* #[sea_orm(string_value = $code)] $variant,)+
        }

        impl $name {
            /// Every value in the order of the vocabulary.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as stored and shown.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value of a code.
            #[must_use]
            pub fn of(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }
        }
    };
}
pub(crate) use vocabulary;

vocabulary!(
    /// What kind of recipient (mottagartyp).
    RecipientKind {
        /// Municipality (kommun).
        Municipality = "MUNICIPALITY",
        /// Region (landsting before 2019).
        Region = "REGION",
        /// Non-profit organisation (ideell förening).
        Ngo = "NGO",
        /// County administrative board (länsstyrelse).
        CountyBoard = "COUNTY_BOARD",
        /// University (universitet).
        University = "UNIVERSITY",
        /// Agency (myndighet).
        Agency = "AGENCY",
    }
);

impl RecipientKind {
    /// Whether money is handed out after application rather than requisition (S2016/00633/FST: NGOs apply).
    #[must_use]
    pub const fn applies(self) -> bool {
        matches!(self, Self::Ngo)
    }

    /// Whether the recipients of the kind have inhabitants.
    #[must_use]
    pub const fn has_population(self) -> bool {
        matches!(self, Self::Municipality | Self::Region)
    }
}

vocabulary!(
    /// How an appropriation is handed out (fördelningssätt).
    DistributionMethod {
        /// On requisition (rekvisition).
        Requisition = "REQUISITION",
        /// After application (ansökan).
        Application = "APPLICATION",
        /// Directly (direkt).
        Direct = "DIRECT",
    }
);

vocabulary!(
    /// What was decided on an application (beslut).
    ApplicationDecision {
        /// Granted (beviljad).
        Granted = "GRANTED",
        /// Partly granted (delvis beviljad).
        PartlyGranted = "PARTLY_GRANTED",
        /// Declined (avslag).
        Declined = "DECLINED",
        /// Withdrawn (återtagen).
        Withdrawn = "WITHDRAWN",
    }
);

impl ApplicationDecision {
    /// Whether money was granted.
    #[must_use]
    pub const fn grants(self) -> bool {
        matches!(self, Self::Granted | Self::PartlyGranted)
    }
}

vocabulary!(
    /// What is decided on a claim for repayment (läge för återkrav).
    ClaimStep {
        /// Demanded (krävd).
        Demanded = "DEMANDED",
        /// May be paid later (anstånd).
        Deferred = "DEFERRED",
        /// Need not be paid (eftergiven).
        Waived = "WAIVED",
        /// Taken back (återkallad).
        Withdrawn = "WITHDRAWN",
    }
);

impl ClaimStep {
    /// Whether the step is of an amount; the others are of all that is left.
    #[must_use]
    pub const fn has_amount(self) -> bool {
        matches!(self, Self::Demanded | Self::Waived)
    }

    /// Whether the step sets a last day to pay.
    #[must_use]
    pub const fn has_due_day(self) -> bool {
        matches!(self, Self::Demanded | Self::Deferred)
    }
}

vocabulary!(
    /// What a decision asks for (redovisning).
    DeliverableKind {
        /// Joint implementation plan (genomförandeplan).
        JointPlan = "JOINT_PLAN",
        /// Supplementary plan (kompletterande plan).
        SupplementaryPlan = "SUPPLEMENTARY_PLAN",
        /// Account of how the assignment will be carried out (redogörelse).
        AccountOfImplementation = "ACCOUNT_OF_IMPLEMENTATION",
        /// Annual report (årlig redovisning).
        AnnualReport = "ANNUAL_REPORT",
        /// A county's annual report (länsstyrelsernas årliga rapport).
        CountyAnnualReport = "COUNTY_ANNUAL_REPORT",
        /// Interim report (delredovisning).
        InterimReport = "INTERIM_REPORT",
        /// Final report (slutredovisning).
        FinalReport = "FINAL_REPORT",
        /// Evaluation (utvärdering).
        Evaluation = "EVALUATION",
    }
);

vocabulary!(
    /// Whether data is real (verklig), synthetic (syntetisk) or mixed (blandad).
    Nature {
        /// Real.
        Real = "REAL",
        /// Synthetic: invented example data.
        Synthetic = "SYNTHETIC",
        /// Some of both.
        Mixed = "MIXED",
    }
);

vocabulary!(
    /// What came of a file on receipt (utfall).
    Verdict {
        /// Accepted: its rows count.
        Accepted = "ACCEPTED",
        /// Received: its rows wait for acceptance.
        Received = "RECEIVED",
        /// Rejected: none of its rows is stored.
        Rejected = "REJECTED",
        /// Unchanged: it is already the latest effective file of its kind and sender.
        Unchanged = "UNCHANGED",
        /// Not handled: a kind that is not built yet.
        NotHandled = "NOT_HANDLED",
    }
);

vocabulary!(
    /// An event in the life of a submission.
    SubmissionEvent {
        /// Received and waiting.
        Received = "RECEIVED",
        /// Accepted: counts from now on.
        Accepted = "ACCEPTED",
        /// Refused by the rules.
        Refused = "REFUSED",
        /// Returned for completion.
        Returned = "RETURNED",
        /// Withdrawn by the sender.
        Withdrawn = "WITHDRAWN",
    }
);

vocabulary!(
    /// What a row does (åtgärd).
    RowAction {
        /// Sets the fact of its key.
        Set = "SET",
        /// Takes the fact of its key out again (ta bort).
        Remove = "REMOVE",
    }
);

vocabulary!(
    /// How grave a finding is (allvarlighetsgrad).
    Severity {
        /// Blocks the submission.
        Error = "ERROR",
        /// Is noted and does not block.
        Warning = "WARNING",
    }
);

vocabulary!(
    /// What happened to a recipient's code (händelse).
    LinkKind {
        /// Renamed (namnbyte).
        Renamed = "RENAMED",
        /// Merged into another (sammanslagning).
        Merged = "MERGED",
        /// Split, or a part broken out (delning).
        Split = "SPLIT",
        /// Moved to another county (länsbyte).
        MovedCounty = "MOVED_COUNTY",
    }
);

vocabulary!(
    /// How far an activity has come (läge).
    ActivityStatus {
        /// Not started (ej påbörjad).
        NotStarted = "NOT_STARTED",
        /// Ongoing (pågår).
        Ongoing = "ONGOING",
        /// Completed (klar).
        Completed = "COMPLETED",
        /// Delayed (försenad).
        Delayed = "DELAYED",
        /// Cancelled (utgår).
        Cancelled = "CANCELLED",
    }
);

vocabulary!(
    /// What was decided on a deviation (beslut om avvikelse).
    DeviationOutcome {
        /// It is accepted as it is (godtagen).
        Accepted = "ACCEPTED",
        /// The plan is revised (plan reviderad).
        PlanRevised = "PLAN_REVISED",
        /// Something else is done (annan åtgärd).
        OtherMeasure = "OTHER_MEASURE",
    }
);

vocabulary!(
    /// Unit of an indicator's values (enhet).
    IndicatorUnit {
        /// Percent (procent).
        Percent = "PERCENT",
        /// Count (antal).
        Count = "COUNT",
        /// Per 10 000 (per 10 000).
        Per10000 = "PER_10000",
        /// Yes is 1 and no is 0 (ja/nej).
        YesNo = "YES_NO",
        /// Index (index).
        Index = "INDEX",
    }
);

vocabulary!(
    /// Which way an indicator gets better (riktning).
    IndicatorDirection {
        /// Higher is better (högre är bättre).
        HigherIsBetter = "HIGHER_IS_BETTER",
        /// Lower is better (lägre är bättre).
        LowerIsBetter = "LOWER_IS_BETTER",
        /// Neither (neutral).
        Neutral = "NEUTRAL",
    }
);

vocabulary!(
    /// Whose value it is (kön).
    Sex {
        /// All (totalt).
        Total = "T",
        /// Women and girls (kvinnor).
        Women = "K",
        /// Men and boys (män).
        Men = "M",
    }
);

vocabulary!(
    /// The language of a text (språk).
    TextLanguage {
        /// Swedish (svenska).
        Swedish = "sv",
        /// English (engelska).
        English = "en",
    }
);

vocabulary!(
    /// Why a value is missing (bortfallsorsak).
    MissingReason {
        /// Its day has not come (ej aktuellt än).
        NotDue = "NOT_DUE",
        /// It has, and nothing came (ej redovisat).
        NotReported = "NOT_REPORTED",
        /// There is nothing to tell (ej tillämpligt).
        NotApplicable = "NOT_APPLICABLE",
        /// It is not published (ej tillgängligt).
        NotAvailable = "NOT_AVAILABLE",
    }
);
