//! What kinds, columns and formats are called in templates: Swedish first, English beside it.

use entity::{Kind, RecipientKind};

use crate::intake::{CodeOf, Holds};

/// Swedish, English.
pub(super) type Both = (&'static str, &'static str);

/// What a kind's rows are.
pub(super) const fn kind(kind: Kind) -> Both {
    match kind {
        Kind::Recipients => ("Mottagare", "Recipients"),
        Kind::RecipientLinks => ("Kopplingar mellan mottagarkoder", "Links between codes"),
        Kind::Populations => ("Befolkning", "Populations"),
        Kind::Rounds => ("Omgångar", "Rounds"),
        Kind::Allocations => ("Tilldelningar", "Allocations"),
        Kind::Requisitions => ("Rekvisitioner", "Requisitions"),
        Kind::Applications => ("Ansökningar", "Applications"),
        Kind::Payments => ("Utbetalningar", "Payments"),
        Kind::UsageReports => ("Återrapportering av använda medel", "Usage reports"),
        Kind::Repayments => ("Återbetalningar", "Repayments"),
        Kind::RepaymentClaims => ("Återkrav", "Claims for repayment"),
        Kind::AdministrativeCosts => ("Administrativa kostnader", "Administrative costs"),
        Kind::Deliveries => ("Lämnade redovisningar", "Deliveries"),
        Kind::SupportEvents => ("Stödinsatser", "Support events"),
        Kind::ActivityPlan => ("Aktivitetsplan", "Activity plan"),
        Kind::ActivityReports => ("Lägesrapporter om aktiviteter", "Activity reports"),
        Kind::DeviationDecisions => ("Beslut om avvikelser", "Decisions on deviations"),
        Kind::Narratives => ("Berättande texter", "Narratives"),
        Kind::IndicatorDefinitions => ("Indikatordefinitioner", "Indicator definitions"),
        Kind::IndicatorValues => ("Indikatorvärden", "Indicator values"),
        _ => ("Referensdata", "Reference data"),
    }
}

/// A kind of recipient.
pub(super) const fn recipient_kind(kind: RecipientKind) -> &'static str {
    match kind {
        RecipientKind::Municipality => "kommun",
        RecipientKind::Region => "region (landsting före 2019)",
        RecipientKind::Ngo => "ideell förening",
        RecipientKind::CountyBoard => "länsstyrelse",
        RecipientKind::University => "universitet",
        RecipientKind::Agency => "myndighet",
    }
}

/// How a value is written.
pub(super) const fn format(holds: Holds) -> Both {
    match holds {
        Holds::Code(CodeOf::NewRecipient) => (
            "Text: kommunkod med fyra siffror, R och länets två siffror, organisationsnummer utan bindestreck, eller myndighetens kod",
            "Text: the code that the row defines",
        ),
        Holds::Code(CodeOf::OrganisationNumber) => (
            "Text: tio siffror utan bindestreck",
            "Text: ten digits without hyphen",
        ),
        Holds::Code(CodeOf::NewRound) => (
            "Text utan blanksteg, högst 60 tecken",
            "Text without blanks, at most 60 characters",
        ),
        Holds::Code(_) => (
            "Kod som text; inledande nollor ska stå kvar",
            "Code as text; leading zeros stay",
        ),
        Holds::PlainCode => ("Kod", "Code"),
        Holds::Text => ("Text", "Text"),
        Holds::FreeText => ("Text; inga personuppgifter", "Text; no personal data"),
        Holds::Money => (
            "Kronor med högst två decimaler, inte under 0",
            "Kronor with at most two decimals, not below 0",
        ),
        Holds::Decimal => ("Tal", "Number"),
        Holds::Answer => ("Tal, eller ja eller nej", "Number, or ja (yes) or nej (no)"),
        Holds::Quantity => ("Tal, inte under 0", "Number, not below 0"),
        Holds::Whole => ("Heltal, inte under 0", "Whole number, not below 0"),
        Holds::Year => ("År med fyra siffror", "Year with four digits"),
        Holds::Date => ("Datum, ÅÅÅÅ-MM-DD", "Date, YYYY-MM-DD"),
        Holds::Flag => ("ja eller nej", "ja (yes) or nej (no)"),
        Holds::Choice(_) => ("Ett av värdena i listan", "One of the list's values"),
        Holds::Codes => (
            "Koder som text, med | emellan",
            "Codes as text, separated by |",
        ),
    }
}

macro_rules! columns {
    ($($($kind:ident)? $name:literal, $sv:literal, $en:literal;)+) => {
        /// The kind where a name means another thing there, the canonical name, and what it is.
        const COLUMNS: &[(Option<Kind>, &str, Both)] = &[$((columns!(@ $($kind)?), $name, ($sv, $en)),)+];
    };
    (@) => { None };
    (@ $kind:ident) => { Some(Kind::$kind) };
}

/// What a column of a kind is.
pub(super) fn column(kind: Kind, name: &str) -> Option<Both> {
    let of = |whose| {
        let mut all = COLUMNS.iter();
        all.find(|(of, known, _)| *of == whose && *known == name)
    };
    of(Some(kind))
        .or_else(|| of(None))
        .map(|(_, _, both)| *both)
}

columns! {
    RepaymentClaims "reference", "Er referens till återkravet, unik i omgången", "Your reference of the claim, unique in the round";
    RepaymentClaims "amount", "Vad som krävs, ändras eller efterges", "What is demanded or waived";
    RepaymentClaims "step", "Vad som händer med återkravet", "What happens to the claim";
    RepaymentClaims "decided_on", "Dagen för beslutet om steget", "Day of the decision on the step";
    RepaymentClaims "due_on", "Sista dag att betala", "Last day to pay";
    Deliveries "due_on", "Redovisningens sista dag enligt beslutet; tomt om beslutet inte anger någon", "The deliverable's last day by the decision; blank where it says none";
    Deliveries "year", "Året som redovisningen avser, om den lämnas varje år utan angiven dag", "The year that it is about, of what comes every year without a day";
    Allocations "amount", "Vad mottagaren får rekvirera", "What the recipient may requisition";
    Requisitions "amount", "Rekvirerat belopp, högst det tilldelade; 0 om ni avstår", "Amount asked for, at most the allocation; 0 to abstain";
    Payments "amount", "Utbetalt belopp; även en återtagen utbetalning skrivs utan minus", "Amount paid; a reversal too is written without minus";
    Repayments "amount", "Återbetalt belopp; även en återtagen återbetalning skrivs utan minus", "Amount repaid; a reversal too is written without minus";
    AdministrativeCosts "amount", "Kostnad under året", "Cost of the year";
    Payments "reverses", "Referensen till den utbetalning som tas tillbaka", "Reference of the payment that is taken back";
    Repayments "reverses", "Referensen till den återbetalning som tas tillbaka", "Reference of the repayment that is taken back";
    Payments "reference", "Er referens till utbetalningen, unik i omgången", "Your reference of the payment, unique in the round";
    Repayments "reference", "Er referens till återbetalningen, unik i omgången", "Your reference of the repayment, unique in the round";
    SupportEvents "title", "Insatsens titel", "Title of the event";
    RecipientLinks "date", "Första dagen för koden efter", "First day of the latter";
    ActivityPlan "title", "Delaktiviteten", "The activity";
    DeviationDecisions "decision", "Beslut om avvikelsen", "Decision on the deviation";
    Applications "decided_on", "Dagen för beslutet", "Day of the decision";
    Narratives "deliverable", "Redovisningen som texten hör till", "The report that the text is for";
    Narratives "due_on", "Redovisningens sista dag enligt beslutet; tomt om beslutet inte anger någon", "The report's last day by the decision; blank where it says none";
    "action", "Tomt eller sätt: raden gäller. ta bort: en tidigare rad med samma nyckel tas bort", "Blank or sätt: the row holds. ta bort: an earlier row of the key is removed";
    "round", "Omgångens kod", "Code of the round";
    "recipient_code", "Mottagarens kod", "Code of the recipient";
    "organisation_code", "Myndighetens kod", "Code of the organisation";
    "code", "Mottagarens kod", "Code of the recipient";
    "kind", "Slag av mottagare", "Kind of recipient";
    "name", "Namn", "Name";
    "valid_from", "Första dag som uppgifterna gäller; tomt = från början", "First day of validity; blank = from the beginning";
    "valid_to", "Sista dag som uppgifterna gäller; tomt = tills vidare", "Last day of validity; blank = still";
    "county_code", "Länets kod", "Code of the county";
    "municipality_code", "Kommunens kod; tomt för en kommun = dess egen", "Code of the municipality; blank for a municipality = its own";
    "organisation_number", "Organisationsnummer", "Organisation number";
    "protected_location", "Om platsen är skyddad; tomt = nej", "Whether the location is protected; blank = no";
    "date", "Dagen som uppgiften gäller", "The day it holds for";
    "population", "Antal invånare", "Inhabitants";
    "programme", "Statsbidragets kod; tomt = uppdragets eget för mottagartypen", "Code of the programme; blank = the assignment's own for the kind";
    "assignment", "Uppdragets diarienummer", "Registry number of the assignment";
    "year", "År", "Year";
    "recipient_kind", "Slag av mottagare i omgången", "Kind of recipient of the round";
    "available_amount", "Vad som högst kan betalas ut i omgången", "What can be paid at most in the round";
    "opens_on", "Första dag att rekvirera eller söka", "First day to ask";
    "closes_on", "Sista dag att rekvirera eller söka", "Last day to ask";
    "use_by", "Sista dag att använda medlen", "Last day of use";
    "report_by", "Sista dag att redovisa", "Last day to report";
    "amount", "Belopp", "Amount";
    "requisitioned_on", "Dagen för rekvisitionen", "Day of the requisition";
    "wants_redistribution", "Om ni vill ha del av medel som andra lämnar; tomt = nej", "Whether you want a share of what others leave; blank = no";
    "registry_number", "Diarienummer hos er", "Your registry number";
    "applied_amount", "Sökt belopp", "Amount applied for";
    "applied_on", "Dagen för ansökan", "Day of the application";
    "decision", "Beslut om ansökan; tomt = inte beslutad", "Decision; blank = not yet";
    "granted_amount", "Beviljat belopp; krävs om ansökan är beviljad", "Amount granted; required where granted";
    "decided_on", "Dagen för beslutet", "Day of the decision";
    "purpose", "Vad medlen ska användas till", "What the money is for";
    "reference", "Er referens", "Your reference";
    "paid_on", "Dagen för utbetalningen", "Day of the payment";
    "repaid_on", "Dagen för återbetalningen", "Day of the repayment";
    "reported_on", "Dagen för redovisningen", "Day of the report";
    "used_coordination", "Använt till samordning; tomt = 0", "Used for coordination; blank = 0";
    "used_competence_development", "Använt till kompetensutveckling; tomt = 0", "Used for competence development; blank = 0";
    "used_new_working_methods", "Använt till nya arbetssätt; tomt = 0", "Used for new working methods; blank = 0";
    "used_other", "Använt till övrigt; tomt = 0", "Used for other things; blank = 0";
    "unused", "Inte använt; använt och ej använt blir tillsammans det utbetalda", "Unused; used and unused make what was paid";
    "comment", "Kommentar", "Comment";
    "deliverable", "Vad som är lämnat", "What was delivered";
    "delivered_on", "Dagen då det lämnades", "Day of delivery";
    "cost_kind", "Kostnadsslag", "Kind of cost";
    "event_code", "Ert id för insatsen", "Your code of the event";
    "held_on", "Dagen då insatsen hölls", "Day of the event";
    "form", "Stödformens kod", "Code of the support form";
    "main_activity", "Huvudaktivitetens nummer", "Number of the main activity";
    "title", "Titel", "Title";
    "audience", "Målgrupp", "Audience";
    "participants", "Antal deltagare", "Participants";
    "reached", "Koder för de mottagare som insatsen nådde", "Codes of the recipients reached";
    "digital", "Om insatsen var digital", "Whether it was digital";
    "link", "Vad som hände med koden", "What happened to the code";
    "from_code", "Koden före", "The code before";
    "to_code", "Koden efter", "The code after";
    "row", "Planens radnummer", "Row number of the plan";
    "responsible", "Koder för ansvariga myndigheter", "Codes of the responsible organisations";
    "start_year", "Startår", "First year";
    "end_year", "Slutår", "Last year";
    "change_note", "Vad en ändring avser; öppet när versionen är beslutad", "What a change is about; open once the version is decided";
    "plan_version", "Planens version", "Version of the plan";
    "per_date", "Dagen som läget gäller", "The day of the status";
    "status", "Aktivitetens läge", "Status of the activity";
    "completed_on", "Dagen då aktiviteten blev klar", "Day of completion";
    "deviation", "Avvikelse från planen", "Deviation from the plan";
    "proposed_action", "Förslag till åtgärd", "Proposed action";
    "note", "Anteckning till beslutet", "Note on the decision";
    "new_plan_version", "Den version av planen som beslutet ledde till, om planen är reviderad", "Version of the plan that the decision led to, where it is revised";
    "part", "Redovisningens del", "Part of the report";
    "section", "Avsnittet i delen", "Section of the part";
    "language", "Textens språk", "Language of the text";
    "text", "Texten i Markdown: rubriker (#), listor (-), tabeller, *kursiv* och **fet**; länkar till https, inga bilder, ingen HTML, inga personuppgifter", "The text in Markdown: headings (#), lists (-), tables, *emphasis* and **strong**; links to https, no images, no HTML, no personal data";
    "indicator", "Indikatorns kod", "Code of the indicator";
    "definition_version", "Definitionens version", "Version of the definition";
    "name_sv", "Namn på svenska", "Name, Swedish";
    "name_en", "Namn på engelska", "Name, English";
    "unit", "Enhet", "Unit";
    "direction", "Vilket håll som är bättre", "Which way is better";
    "goal", "Målets kod", "Code of the goal";
    "concerns_persons", "Om värdena avser personer", "Whether the values concern persons";
    "source_organisation", "Den som lämnar värdena", "Who gives the values";
    "valid_from_year", "Första år", "First year";
    "valid_to_year", "Sista år; tomt = tills vidare", "Last year; blank = still";
    "comparable_with_previous", "Om värdena kan jämföras med den förra versionens", "Whether values compare with the previous version's";
    "definition_sv", "Definition på svenska", "Definition, Swedish";
    "area_code", "Område: SE, ett läns kod eller en mottagares kod", "Area: SE, a county's or a recipient's code";
    "sex", "Kön: T totalt, K kvinnor, M män; tomt = T", "Sex: T total, K women, M men; blank = T";
    "value", "Värde", "Value";
    "numerator", "Täljare", "Numerator";
    "denominator", "Nämnare", "Denominator";
    "missing_reason", "Varför värdet saknas", "Why the value is missing";
    "source", "Källa", "Source";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::columns_sent;

    #[test]
    fn every_column_that_organisations_send_says_what_it_is() {
        let mut seen = 0;
        for kind in Kind::ALL {
            for held in columns_sent(*kind).unwrap_or_default() {
                assert!(
                    column(*kind, held.name).is_some(),
                    "{} has no words for {}",
                    kind.code(),
                    held.name
                );
                seen += 1;
            }
        }
        assert!(seen > 50);
    }
}
