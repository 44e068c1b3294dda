//! The rules: code, severity, and what to tell the sender in Swedish and English.
//!
//! Source: docs/INTAKE.md, section Rules. `{}` in a text is filled with what the check found; never with a free text.

use entity::Severity;

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident, $code:literal, $severity:ident, $sv:literal, $en:literal;)+) => {
        /// A rule that a file, a row or a cell can break.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule { $($(#[$doc])* $rule,)+ }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$rule),+];

            /// Its code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$rule => $code),+ }
            }

            /// How grave it is when the row itself breaks it.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$rule => Severity::$severity),+ }
            }

            /// What to tell the sender: Swedish, English.
            pub(super) const fn texts(self) -> (&'static str, &'static str) {
                match self { $(Self::$rule => ($sv, $en)),+ }
            }
        }
    };
}

rules! {
    /// No bytes at all.
    EmptyFile, "empty_file", Error, "Filen är tom. Skicka filen igen.", "The file is empty. Send it again.";
    /// A header alone.
    NoRows, "no_rows", Error, "Filen har rubriker men inga rader. Skicka en fil med minst en rad.", "The file has headers but no rows. Send one with at least one row.";
    /// Neither encoding.
    BadEncoding, "bad_encoding", Error, "Teckenkodningen stämmer inte: {}. Spara filen som CSV UTF-8 ur det program där den skrevs.", "The encoding is not right: {}. Save the file as CSV UTF-8 from the program in which it was written.";
    /// A column the kind does not have.
    UnknownHeader, "unknown_header", Error, "Rubriken {} finns inte i mallen. Rätta den, eller börja namnet med flex_ om kolumnen är er egen.", "The header {} is not in the template. Correct it, or begin it with flex_ if the column is your own.";
    /// A required column that is not there.
    MissingHeader, "missing_header", Error, "Kolumnen {} saknas. Lägg till den.", "The column {} is missing. Add it.";
    /// A column twice.
    DuplicateHeader, "duplicate_header", Error, "Kolumnen {} står två gånger. Ta bort den ena.", "The column {} stands twice. Take one away.";
    /// A row of headers below the header.
    SecondHeader, "second_header", Error, "Raden ser ut som ännu en rubrikrad; rubrikerna lästes på rad {}. Ta bort raden.", "The row looks like one more row of headers; the headers were read in row {}. Take the row away.";
    /// A whole row in one cell.
    QuotedRow, "quoted_row", Error, "Hela raden står i en enda cell. {}", "The whole row stands in one cell. {}";
    /// Cells beside their columns.
    ShiftedRow, "shifted_row", Error, "Cellerna från {}. Flytta dem till sina kolumner.", "The cells from {}. Move them to their columns.";
    /// A number that a comma parted.
    DecimalComma, "decimal_comma", Error, "Ett decimalkomma ser ut att ha delat ett tal i två celler, {}. Skriv talet med punkt eller inom citattecken, eller spara filen med semikolon. Är talet helt, skriv det med två nollor: 12500.00.", "A decimal comma seems to have parted a number into two cells, {}. Write the number with a point or within quotes, or save the file with semicolons. If the number is whole, write it with two zeros: 12500.00.";
    /// More cells than headers.
    RaggedRow, "ragged_row", Error, "Raden har fler celler ({}) än rubriker. Sätt citattecken om text med avgränsare, och skriv tal utan tusentalskomma.", "The row has more cells ({}) than headers. Quote texts that hold the delimiter, and write numbers without thousands commas.";
    /// A quote that is left open, or goes on after it was closed.
    UnbalancedQuote, "unbalanced_quote", Error, "Ett citattecken på raden har ingen motsvarighet, så att celler eller rader skulle läsas fel. Sätt citattecken om hela texten, dubblera dem inne i den, och avsluta dem.", "A quote in the row has no counterpart, so that cells or rows would be read wrongly. Put quotes around the whole text, double them inside it, and close them.";
    /// A number cell in a code column.
    CodeAsNumber, "code_as_number", Error, "Koden står i en talcell, där inledande nollor, och siffror efter de femton första, går förlorade. Formatera kolumnen som text och skriv koden igen.", "The code stands in a number cell, where leading zeros, and digits past the first fifteen, are lost. Format the column as text and write the code again.";
    /// A formula where a value is asked for.
    FormulaCell, "formula_cell", Error, "Cellen har en formel. Klistra in värdet i stället.", "The cell holds a formula. Paste the value instead.";
    /// No workbook.
    UnreadableWorkbook, "unreadable_workbook", Error, "Filen kan inte läsas: {}.", "The file cannot be read: {}.";
    /// Past a limit of workbooks.
    WorkbookTooLarge, "workbook_too_large", Error, "Arbetsboken är för stor: {}.", "The workbook is too large: {}.";
    /// A sheet that looks as if it were meant too.
    SheetLeft, "sheet_left", Warning, "Bladet {} har också slagets rubriker, och lästes inte. Skicka det för sig, om det gäller.", "The sheet {} has the headers of the kind too, and was not read. Send it by itself, if it is meant.";
    /// Cells that nobody sees in the sheet.
    HiddenCells, "hidden_cells", Warning, "Bladet har dolda {} som räknas med. Visa dem, och ta bort dem om de inte gäller.", "The sheet has hidden {} that count. Unhide them, and take them away if they are not meant.";
    /// A cell that shows less than it holds.
    ShownOtherwise, "shown_otherwise", Warning, "Cellen visar {}. Det som cellen har räknas.", "The cell shows {}. What the cell holds counts.";
    /// A cell that shows another number than it holds.
    NumberFormat, "number_format", Error, "Cellen visar {}. Ta bort talformatet, och skriv talet som det ska läsas.", "The cell shows {}. Take the number format away, and write the number as it is to be read.";
    /// More rows than the limit.
    TooManyRows, "too_many_rows", Error, "Filen har fler rader än gränsen, {}. Dela upp den.", "The file has more rows than the limit, {}. Split it.";
    /// A cell of more characters than the limit.
    CellTooLong, "cell_too_long", Error, "En cell på raden har fler tecken än gränsen, {}. Korta texten, eller sätt de citattecken som saknas.", "A cell of the row has more characters than the limit, {}. Shorten the text, or add the quotes that are missing.";
    /// A required cell is blank.
    MissingValue, "missing_value", Error, "Värdet saknas. Fyll i cellen.", "The value is missing. Fill in the cell.";
    /// Not a number.
    NotANumber, "not_a_number", Error, "Värdet är inget tal av rätt slag. Skriv siffror, med decimalkomma eller punkt.", "The value is no number of the right kind. Write digits, with a decimal comma or point.";
    /// More than two decimals.
    TooManyDecimals, "too_many_decimals", Error, "Beloppet har fler än två decimaler. Avrunda till ören, och skriv tusental utan komma eller punkt.", "The amount has more than two decimals. Round it to the öre, and write thousands without comma or point.";
    /// A character that nobody sees.
    InvisibleCharacter, "invisible_character", Error, "Cellen har ett tecken som inte syns: {}. Ta bort det, eller skriv värdet på nytt.", "The cell holds a character that nobody sees: {}. Take it out, or write the value anew.";
    /// Below zero.
    NegativeAmount, "negative_amount", Error, "Värdet är mindre än noll, och det tas inte emot här. Rätta det.", "The value is below zero, which is not received here. Correct it.";
    /// Not a date.
    NotADate, "not_a_date", Error, "Värdet är inget datum. Skriv ÅÅÅÅ-MM-DD.", "The value is no date. Write YYYY-MM-DD.";
    /// Outside a closed list.
    UnknownValue, "unknown_value", Error, "Värdet är inte tillåtet här. {}", "The value is not allowed here. {}";
    /// A code that does not exist, or not that year.
    UnknownCode, "unknown_code", Error, "Koden {} finns inte, eller gäller inte det året. Kontrollera den.", "The code {} does not exist, or is not valid that year. Check it.";
    /// Another kind than the round's.
    WrongRecipientKind, "wrong_recipient_kind", Error, "Mottagaren är av ett annat slag än omgången ({}). Välj rätt omgång.", "The recipient is of another kind than the round ({}). Choose the right round.";
    /// The same key twice in a file.
    DuplicateKey, "duplicate_key", Error, "Samma nyckel står redan på rad {}. Behåll en av raderna.", "The same key stands on row {} already. Keep one of the rows.";
    /// Validity periods overlap.
    OverlappingValidity, "overlapping_validity", Error, "Giltighetstiden överlappar en annan för samma kod ({}). Rätta giltig_från eller giltig_till.", "The validity overlaps another of the same code ({}). Correct valid_from or valid_to.";
    /// The sender may not report for it.
    NotYourData, "not_your_data", Error, "Avsändaren får inte lämna uppgifter för {}. Lämna bara egna uppgifter, eller be samordnaren.", "The sender may not report for {}. Report your own data only, or ask the coordinator.";
    /// The sender hands in no such files.
    NotYourKind, "not_your_kind", Error, "Avsändaren lämnar inte in filer av slaget {} i uppdraget. Det gör uppdragets samordnare.", "The sender hands in no files of the kind {} in the assignment. Its coordinator does.";
    /// Personal data.
    PersonalNumber, "personal_number", Error, "Cellen innehåller något som ser ut som ett personnummer. Ta bort det; personuppgifter tas inte emot.", "The cell holds what looks like a personal identity number. Take it out; personal data is not received.";
    /// The same where no row is read from.
    PersonalNumberBeside, "personal_number_beside", Error, "Arbetsboken har något som ser ut som ett personnummer utanför de rader som läses: {}. Ta bort det; personuppgifter tas inte emot.", "The workbook holds what looks like a personal identity number beside the rows that are read: {}. Take it out; personal data is not received.";
    /// More than allocated.
    RequisitionOverAllocation, "requisition_over_allocation", Error, "Rekvisitionen är större än tilldelningen, som är {} kr. Sänk beloppet eller rätta tilldelningen.", "The requisition is above the allocation, which is SEK {}. Lower it or correct the allocation.";
    /// After the round closed.
    RequisitionLate, "requisition_late", Warning, "Rekvirerat efter att omgången stängde den {}.", "Requisitioned after the round closed on {}.";
    /// More paid than there is.
    OverAppropriation, "over_appropriation", Error, "Utbetalningarna i omgången skulle bli {} kr mer än tillgängligt belopp. Kontrollera beloppen.", "The payments of the round would pass the available amount by SEK {}. Check the amounts.";
    /// Paid without a basis.
    PaymentWithoutBasis, "payment_without_basis", Error, "Utbetalningen saknar grund: {}. Kontrollera rekvisitionen eller beslutet.", "The payment has no basis: {}. Check the requisition or the decision.";
    /// Above the requisition to one that did not ask.
    RedistributionNotWanted, "redistribution_not_wanted", Error, "Det som är utbetalt till mottagaren i omgången blir sammanlagt {} kr mer än rekvirerat, och mottagaren har inte önskat omfördelning. Kontrollera beloppen och rekvisitionen.", "What is paid to the recipient in the round makes in all SEK {} more than was requisitioned, and the recipient did not ask for redistribution. Check the amounts and the requisition.";
    /// Used and unused do not make what was paid.
    UsageNotBalanced, "usage_not_balanced", Error, "Använt och ej använt blir inte det utbetalda beloppet; skillnaden är {} kr. Rätta beloppen.", "Used and unused do not make the amount paid; the difference is SEK {}. Correct the amounts.";
    /// A report where nothing was paid.
    UsageWithoutPayment, "usage_without_payment", Error, "Inget är utbetalt till mottagaren i omgången. Kontrollera omgång och kod.", "Nothing was paid to the recipient in the round. Check round and code.";
    /// Reported after the last day.
    UsageLate, "usage_late", Warning, "Redovisat efter sista dag, {}.", "Reported after the last day, {}.";
    /// More repaid than unused.
    RepaymentOverUnused, "repayment_over_unused", Error, "Det som är återbetalt i omgången blir sammanlagt {} kr mer än redovisat ej använt. Kontrollera beloppen.", "What is repaid in the round makes in all SEK {} more than the reported unused. Check the amounts.";
    /// A step of a claim that does not follow on where the claim stands.
    ClaimStep, "claim_step", Error, "Steget i återkravet är inte tillåtet. {}", "The step of the claim is not legal. {}";
    /// More claimed back than there is to claim.
    ClaimOverOutstanding, "claim_over_outstanding", Warning, "Återkrävt är {}. Kontrollera beloppet mot redovisning och återbetalningar, eller återkalla kravet.", "The claim is {}. Check the amount against report and repayments, or withdraw the claim.";
    /// Not what numerator and denominator make.
    ValueNotRatio, "value_not_ratio", Error, "Värdet är inte täljare genom nämnare i indikatorns enhet, som blir {}. Rätta värdet, täljaren eller nämnaren.", "The value is not numerator over denominator in the indicator's unit, which makes {}. Correct the value, the numerator or the denominator.";
    /// Outside what the unit allows.
    ValueOutOfRange, "value_out_of_range", Error, "Värdet kan inte vara så i enheten {}. Procent är 0–100, antal är hela tal från 0, och ja/nej är 1 eller 0.", "The value cannot be so in the unit {}. Percents are 0–100, counts are whole numbers from 0, and yes/no is 1 or 0.";
    /// Far from the own history and from the group.
    Outlier, "outlier", Warning, "Värdet ligger långt från de egna tidigare värdena (median {}) och från gruppens. Kontrollera att det är rätt.", "The value is far from its own earlier values (median {}) and from those of the group. Check that it is right.";
    /// A day on which nothing can have happened, or hardly.
    UnlikelyDay, "unlikely_day", Warning, "Dagen {}. Kontrollera att den är rätt.", "The day {}. Check that it is right.";
    /// An amount that may be in thousands.
    UnlikelyAmount, "unlikely_amount", Warning, "Beloppet är ungefär en tusendel av {}. Kontrollera att det är i kronor, inte i tusental kronor.", "The amount is about a thousandth of {}. Check that it is in kronor, not in thousands of kronor.";
    /// A code that a spreadsheet may have taken for a day.
    DoubtfulCode, "doubtful_code", Warning, "Koden {} ser ut som ett datum som kalkylprogrammet gjort av den. Kontrollera den, och formatera kolumnen som text.", "The code {} looks like a day that the spreadsheet made of it. Check it, and format the column as text.";
    /// A protected location of which a row says nothing.
    ProtectionLeftOut, "protection_left_out", Error, "Mottagarens plats är skyddad, och raden säger inget om det. Skriv ja i kolumnen skyddad_plats, eller nej om skyddet ska upphöra.", "The recipient's location is protected, and the row says nothing of it. Write yes in the column protected_location, or no if the protection is to end.";
    /// A protected location that is opened.
    ProtectionEnds, "protection_ends", Warning, "Mottagarens plats är skyddad, men inte längre när raden räknas: län och kommun visas då för alla. Kontrollera att det är avsett.", "The recipient's location is protected, and no longer once the row counts: county and municipality are then shown to everybody. Check that it is meant.";
    /// A cost that the decision excludes (S2016/00633/FST, guidelines: staff and rent for sheltered housing).
    ForbiddenCost, "forbidden_cost", Warning, "Texten nämner personalkostnader eller lokalhyra för skyddat boende, som medlen inte får användas till.", "The text names staff costs or rent for sheltered housing, which the money must not be used for.";
    /// A text that says nothing once it is read as Markdown, or holds what no report shows.
    UnfitText, "unfit_text", Error, "Texten tas inte emot: {}. Skriv i Markdown, utan HTML och bilder, och länka bara till https-adresser.", "The text is not received: {}. Write in Markdown, without HTML and images, and link to https addresses alone.";
    /// What a decision has taken away comes back.
    Redacted, "redacted", Error, "Innehållet är borttaget enligt beslut {} och tas inte emot igen. Skicka en fil utan det.", "This content was removed by the decision {} and is not received again. Send a file without it.";
}

/// What a rule tells the sender, Swedish and English; none where there is no rule of the code. What it is filled with is
/// left open.
pub(crate) fn rule_text(code: &str) -> Option<[&'static str; 2]> {
    let rule = Rule::ALL.iter().find(|rule| rule.code() == code)?;
    let (sv, en) = rule.texts();
    Some([sv, en])
}
