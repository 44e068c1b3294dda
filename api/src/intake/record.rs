//! One record read by the columns of a kind: its values, or one finding for each cause of what is wrong with it.

use entity::{RegistryNumber, RowAction, Severity, looks_like_personal_number};

use super::column::{ACTION, Column, Holds};
use super::encoding;
use super::finding::{Findings, Place};
use super::header::{Header, is_header};
use super::mangled;
use super::named::{in_swedish, own_name, word};
use super::odd_row;
use super::quotes;
use super::row::Values;
use super::rule::Rule;
use super::shifted::{self, CASCADE};
use super::table::{Cell, Record, Table};
use super::values::{self, CellFault, Said, Value};

/// Rows below the header that are looked at as headers.
const NEAR: i64 = 20;

/// What to do about an amount below 0 in a kind whose rows can take back earlier ones.
const REVERSE: [&str; 2] = [
    "Beloppet är mindre än noll. Ska en tidigare rad tas tillbaka, skriv beloppet utan minustecken, och den radens referens i kolumnen avser; annars rätta beloppet.",
    "The amount is below zero. If an earlier row is to be taken back, write the amount without the minus sign, and that row's reference in the column reverses; else correct the amount.",
];

/// Values by the names of their columns.
type ReadValues<'r> = Vec<(&'static str, Value<'r>)>;

/// What the cells of a record are read by.
pub(super) struct Reading<'a> {
    /// The headers of the file.
    pub(super) headers: &'a [String],
    /// Which column is where.
    pub(super) header: &'a Header,
    /// The columns of the kind.
    pub(super) columns: &'a [&'a Column],
    /// Whether commas part the cells.
    pub(super) by_commas: bool,
    /// Whether cells are those of a text file, which quotes may hold together.
    pub(super) is_text: bool,
}

impl<'a> Reading<'a> {
    /// How the records of a table are read.
    pub(super) fn of(table: &'a Table<'_>, header: &'a Header, columns: &'a [&'a Column]) -> Self {
        Self {
            headers: &table.header,
            header,
            columns,
            by_commas: table.is_parted_by_commas(),
            is_text: table.sheet.is_none(),
        }
    }

    /// The values of a record, or none where it has a fault.
    pub(super) fn read<'r>(
        &self,
        record: Record<'r>,
        owner: Option<&'r RegistryNumber>,
        findings: &mut Findings,
    ) -> Option<Values<'r>> {
        let place = Place {
            row: record.number,
            key: None,
        };
        let letters = self.letters(record, place, findings);
        if let Some(told) = odd_row::outside(record, self.header) {
            let rule = Rule::RaggedRow;
            findings.telling(place, rule, rule.severity(), None, told);
            return None;
        }
        if let Some((rule, detail)) = self.form(record) {
            let [sv, en] = detail;
            findings.detailed(place, rule, rule.severity(), None, (&sv, &en));
            return None;
        }
        let cell = |at: usize| record.cell(at);
        let (values, faults) = self.values(&cell);
        let own = self.own(record, place, findings);
        if let Some((column, sv, en)) = shifted::decimals(self, record) {
            findings.detailed(
                place,
                Rule::DecimalComma,
                Severity::Error,
                Some(column),
                (&sv, &en),
            );
            return None;
        }
        if let Some((column, sv, en)) = shifted::explains(self, record, &faults) {
            findings.detailed(
                place,
                Rule::ShiftedRow,
                Severity::Error,
                Some(column),
                (&sv, &en),
            );
            return None;
        }
        if !faults.is_empty()
            && let Some(told) = odd_row::sums(record, self.header, self.columns)
        {
            let rule = Rule::UnknownValue;
            findings.telling(place, rule, rule.severity(), None, told);
            return None;
        }
        if let Some(told) = self.remnant(record, &faults) {
            let rule = Rule::MissingValue;
            findings.telling(place, rule, rule.severity(), None, told);
            return None;
        }
        let sound = faults.is_empty() && letters && own;
        for (column, CellFault(rule, said)) in faults {
            let (rule, column, severity) = (rule, Some(column.name), rule.severity());
            match said {
                Said::Detail(_) if rule == Rule::NegativeAmount && self.takes_reversals() => {
                    let told = REVERSE.map(str::to_owned).into();
                    findings.telling(place, rule, severity, column, told);
                }
                Said::Detail((sv, en)) => {
                    findings.detailed(place, rule, severity, column, (&sv, &en))
                }
                Said::Whole(told) => findings.telling(place, rule, severity, column, told),
            }
        }
        if sound {
            self.doubt(&values, place, findings);
        }
        sound.then(|| Values::new(values, owner))
    }

    /// The values of cells by the columns of the kind, and the faults of those that have one. A row that removes needs its
    /// key alone.
    pub(super) fn values<'r>(
        &self,
        cell: &dyn Fn(usize) -> Cell<&'r str>,
    ) -> (ReadValues<'r>, Vec<(&'a Column, CellFault)>) {
        let cell_at = |index: usize| self.header.place(index).map_or(Cell::Blank, cell);
        let removes = self
            .columns
            .iter()
            .position(|column| column.name == ACTION.name);
        let removes = removes.is_some_and(|index| {
            matches!(values::read(&ACTION, cell_at(index)), Ok(Value::Text(action)) if action == RowAction::Remove.code())
        });
        let mut read = Vec::with_capacity(self.columns.len());
        let mut faults = Vec::new();
        for (index, column) in self.columns.iter().copied().enumerate() {
            if removes && !column.key && column.name != ACTION.name {
                continue;
            }
            match values::read(column, cell_at(index)) {
                Ok(value) => read.push((column.name, value)),
                Err(fault) => faults.push((column, fault)),
            }
        }
        (read, faults)
    }

    /// Whether rows of the kind can take back earlier ones.
    fn takes_reversals(&self) -> bool {
        self.columns.iter().any(|column| column.name == "reverses")
    }

    /// The rule that the form of a whole record breaks, with its detail.
    fn form(&self, record: Record<'_>) -> Option<(Rule, [String; 2])> {
        let both = |detail: String| [detail.clone(), detail];
        let filled = record.filled_width();
        if filled > self.header.width() {
            return Some((Rule::RaggedRow, both(filled.to_string())));
        }
        if filled == 1
            && self.header.width() > 1
            && let Cell::Text(only) = record.cell(0)
            && [';', ',', '\t']
                .iter()
                .any(|sign| only.matches(*sign).count() + 1 >= self.header.width())
        {
            return Some((Rule::QuotedRow, quotes::apart(self.is_text)));
        }
        if self.is_text && quotes::are_parted(record.texts()) {
            return Some((Rule::UnbalancedQuote, both(String::new())));
        }
        // Each name is looked up near the header alone; further down only what repeats it is looked at.
        let may_be = record.number <= self.header.row() + NEAR
            || self
                .headers
                .first()
                .is_some_and(|first| record.cell(0) == Cell::Text(first));
        (may_be && is_header(record, self.columns))
            .then(|| (Rule::SecondHeader, both(self.header.row().to_string())))
    }

    /// What to tell of a row that lacks most of what it needs: it is none, and a finding for each cell would not say so.
    fn remnant(
        &self,
        record: Record<'_>,
        faults: &[(&Column, CellFault)],
    ) -> Option<(String, String)> {
        if faults.len() < CASCADE {
            return None;
        }
        let filled = record.filled_cells().count();
        let missing: Vec<&Column> = faults
            .iter()
            .filter(|(_, CellFault(rule, _))| *rule == Rule::MissingValue)
            .map(|(column, _)| *column)
            .collect();
        if filled > 2 || missing.len() < CASCADE {
            return None;
        }
        let called = |column: &Column, else_called: &'static str| {
            let index = self.columns.iter().position(|one| one.name == column.name);
            let at = index.and_then(|index| self.header.place(index));
            at.map_or_else(|| else_called.to_owned(), |at| self.word(at))
        };
        let sv: Vec<String> = missing
            .iter()
            .map(|one| called(one, in_swedish(one)))
            .collect();
        let en: Vec<String> = missing.iter().map(|one| called(one, one.name)).collect();
        Some((
            format!(
                "Raden saknar {}. Fyll i dem, eller ta bort raden om den är en summa, en anteckning eller en del av en text ovanför.",
                sv.join(", ")
            ),
            format!(
                "The row lacks {}. Fill them in, or take the row away if it is a sum, a note or a part of a text above.",
                en.join(", ")
            ),
        ))
    }

    /// Notes codes that a spreadsheet may have taken for days.
    fn doubt(&self, values: &ReadValues<'_>, place: Place<'_>, findings: &mut Findings) {
        let is_code = |column: &&&Column| matches!(column.holds, Holds::Code(_) | Holds::PlainCode);
        for column in self.columns.iter().filter(is_code) {
            let value = values.iter().find(|(name, _)| *name == column.name);
            if let Some((_, Value::Text(code))) = value
                && mangled::is_day(code)
            {
                findings.row(place, Rule::DoubtfulCode, Some(column.name), code);
            }
        }
    }

    /// Notes letters that were lost or turned into others, one of a record; whether there were none of which that is
    /// certain.
    fn letters(&self, record: Record<'_>, place: Place<'_>, findings: &mut Findings) -> bool {
        // What is certain before what is doubtful, wherever in the row it stands.
        let found = |certain: bool| {
            record.filled_cells().find_map(|(at, cell)| match cell {
                Cell::Text(text) if !certain || encoding::is_misread(text) => {
                    Some((at, encoding::doubt(text)?))
                }
                _ => None,
            })
        };
        for (certain, severity) in [(true, Severity::Error), (false, Severity::Warning)] {
            let Some((at, (sv, en))) = found(certain) else {
                continue;
            };
            let column = self.name(at);
            findings.detailed(
                place,
                Rule::BadEncoding,
                severity,
                column.as_deref(),
                (&sv, &en),
            );
            return severity == Severity::Warning;
        }
        true
    }

    /// Notes personal identity numbers in the sender's own columns, which are kept with the file; whether there were none.
    fn own(&self, record: Record<'_>, place: Place<'_>, findings: &mut Findings) -> bool {
        let mut none = true;
        for (at, cell) in record.filled_cells() {
            if let Cell::Text(text) | Cell::Number(text) | Cell::Padded { shown: text, .. } = cell
                && self.header.is_beside(at)
                && looks_like_personal_number(text)
            {
                let column = self.name(at);
                findings.row(place, Rule::PersonalNumber, column.as_deref(), "");
                none = false;
            }
        }
        none
    }

    /// The canonical name of what stands at a place; of the sender's own columns the header.
    fn name(&self, at: usize) -> Option<String> {
        if let Some(index) = self.header.index(at) {
            return Some(self.columns[index].name.to_owned());
        }
        let written = self.headers.get(at).map(|header| header.trim());
        written.filter(|header| !header.is_empty()).map(own_name)
    }

    /// What the sender calls the column at a place.
    pub(super) fn word(&self, at: usize) -> String {
        self.headers
            .get(at)
            .map_or_else(String::new, |header| word(header))
    }
}
