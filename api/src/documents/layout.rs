//! How wide the columns of a table are: so that it stays within the page, in smaller type or on a wider page if it must.

/// Tenths of a point: whole numbers, as everything here.
pub(super) type Tenths = usize;

/// The width of the text on an A4 page, and on one that lies on its side, without the space before the last column.
const PAGE: Tenths = 4760;
const WIDE: Tenths = 7230;

/// What stands round the text of a cell.
const ROUND: Tenths = 75;

/// Sizes of type, the largest that fits first, and whether the page lies on its side.
const TRIES: [(Tenths, bool); 6] = [
    (80, false),
    (74, false),
    (68, false),
    (80, true),
    (74, true),
    (64, true),
];

/// How a table is laid out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Size of type.
    pub(super) size: Tenths,
    /// Width of each column.
    pub(super) widths: Vec<Tenths>,
    /// Whether its page lies on its side.
    pub(super) wide: bool,
}

/// What a column needs, in letters.
struct Needs {
    /// For its longest word.
    least: usize,
    /// To stand on one line, headers on three.
    wish: usize,
}

impl Layout {
    /// The layout of a table by its headers and cells.
    pub(super) fn of(headers: &[String], rows: &[Vec<String>]) -> Self {
        let each = headers.iter().enumerate();
        let needs: Vec<Needs> = each
            .map(|(at, header)| needs(header, rows.iter().filter_map(|row| row.get(at))))
            .collect();
        let fits = TRIES.into_iter().find_map(|(size, wide)| {
            let width = if wide { WIDE } else { PAGE };
            let widths = widths(&needs, size, width)?;
            Some(Self { size, widths, wide })
        });
        // Too much even for a wide page: every column gets the same, and words are hyphenated.
        fits.unwrap_or_else(|| Self {
            size: 64,
            widths: vec![WIDE / needs.len().max(1); needs.len()],
            wide: true,
        })
    }

    /// The widths within an upright page, for a program whose letters are not known: a third wider than ours need, as far
    /// as the page goes, and all smaller alike where its own page would lie on its side.
    pub(super) fn upright(&self) -> Vec<Tenths> {
        let all: Tenths = self.widths.iter().sum();
        let within = |width: &Tenths| width * PAGE.min(all * 4 / 3) / all.max(1);
        self.widths.iter().map(within).collect()
    }
}

fn needs<'a>(header: &str, cells: impl Iterator<Item = &'a String>) -> Needs {
    let length = |text: &str| text.chars().count();
    // Lines break after the strokes of a code too.
    let longest = |text: &str| text.split([' ', '|']).map(length).max().unwrap_or(0);
    let (mut word, mut whole) = (0, 0);
    for cell in cells {
        word = word.max(longest(cell));
        whole = whole.max(length(cell));
    }
    // Headers are hyphenated; cells are not to be.
    let least = longest(header).min(9).max(word.min(56));
    let wish = least.max(longest(header)).max(length(header).div_ceil(3));
    Needs {
        least,
        wish: wish.max(whole.min(100)),
    }
}

/// The width of letters in a size of type: half of it each, a little more than the font's.
const fn letters(count: usize, size: Tenths) -> Tenths {
    count * size / 2 + ROUND
}

/// Widths of all columns within a width; none where the longest words do not fit.
fn widths(needs: &[Needs], size: Tenths, width: Tenths) -> Option<Vec<Tenths>> {
    let least: Vec<Tenths> = needs.iter().map(|one| letters(one.least, size)).collect();
    let wish: Vec<Tenths> = needs.iter().map(|one| letters(one.wish, size)).collect();
    let (all_least, all_wish): (Tenths, Tenths) = (least.iter().sum(), wish.iter().sum());
    if all_wish <= width {
        return Some(wish);
    }
    let left = width.checked_sub(all_least)?;
    // What is left goes to those that wish for more, in proportion.
    let more = (all_wish - all_least).max(1);
    let each = least.iter().zip(&wish);
    Some(
        each.map(|(least, wish)| least + (wish - least) * left / more)
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(columns: usize, cell: &str) -> Layout {
        let headers = vec!["Huvud".to_owned(); columns];
        Layout::of(&headers, &[vec![cell.to_owned(); columns]])
    }

    #[test]
    fn a_table_stays_within_its_page() {
        for columns in 1..40 {
            for cell in [
                "1",
                "1 234 567 890",
                "ett ganska långt namn på en delaktivitet i planen",
            ] {
                let found = table(columns, cell);
                let width: Tenths = found.widths.iter().sum();
                let page = if found.wide { WIDE } else { PAGE };
                assert!(width <= page, "{columns} columns of {cell}: {width}");
                assert!(found.upright().iter().sum::<Tenths>() <= PAGE);
                assert!(found.size >= 64);
            }
        }
    }

    #[test]
    fn small_tables_are_small_and_wide_ones_lie_on_their_side() {
        let found = table(3, "12");
        assert!(found.widths.iter().sum::<Tenths>() < PAGE / 3 && !found.wide);
        assert!(table(16, "1234567890").wide);
    }
}
