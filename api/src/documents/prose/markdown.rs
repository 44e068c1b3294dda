//! Blocks as Markdown that stands within a report's own: headings go on below it, nothing is left open, and what an agency
//! wrote as words means nothing else.

use super::super::narrative::Told;
use crate::prose::{Block, Inline};

/// The level of the heading that says whose a text is.
const WHOSE: usize = 4;

/// Levels that Markdown has.
const LOWEST: usize = 6;

/// The texts of a section.
pub(in crate::documents) fn write(out: &mut String, told: &[Told]) {
    for one in told {
        out.push_str(&format!(
            "{} {}\n\n",
            "#".repeat(WHOSE),
            plain(&one.heading)
        ));
        out.push_str(&blocks(&one.blocks));
        out.push_str(&format!("\n\n*{}*\n\n", plain(&one.note)));
    }
}

fn blocks(blocks: &[Block]) -> String {
    let mut written = Vec::with_capacity(blocks.len());
    // Two lists in a row would be one if their marks were the same.
    let mut other = false;
    for (at, one) in blocks.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| blocks.get(at));
        let is_list = |block: &Block| matches!(block, Block::List { .. });
        other = is_list(one) && before.is_some_and(is_list) && !other;
        written.push(block(one, other));
    }
    written.join("\n\n")
}

fn block(block: &Block, other: bool) -> String {
    match block {
        Block::Heading { depth, words } => {
            let level = (WHOSE + depth).min(LOWEST);
            format!("{} {}", "#".repeat(level), on_one_line(words))
        }
        Block::Paragraph(words) => {
            let words = inlines(words, "\\\n");
            let lines = words.split('\n').map(line);
            lines.collect::<Vec<_>>().join("\n")
        }
        Block::List { first, items } => {
            let items = items.iter().enumerate().map(|(at, item)| {
                let mark = match (first, other) {
                    (Some(first), false) => format!("{}. ", number(*first, at)),
                    (Some(first), true) => format!("{}) ", number(*first, at)),
                    (None, false) => "- ".to_owned(),
                    (None, true) => "* ".to_owned(),
                };
                let inner = indented(&blocks(item), mark.len());
                format!("{mark}{}", inner.trim_start())
            });
            items.collect::<Vec<_>>().join("\n")
        }
        Block::Quote(inner) => {
            let inner = blocks(inner);
            let lines = inner.lines().map(|line| format!("> {line}"));
            lines.collect::<Vec<_>>().join("\n")
        }
        Block::Code(text) => {
            let fence = "`".repeat(run(text).max(2) + 1);
            format!("{fence}\n{text}\n{fence}")
        }
        Block::Table { header, rows } => {
            let row = |cells: &Vec<Vec<Inline>>| {
                let cells = cells.iter().map(|cell| on_one_line(cell));
                format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
            };
            let mut lines = vec![row(header), format!("|{}", "---|".repeat(header.len()))];
            lines.extend(rows.iter().map(row));
            lines.join("\n")
        }
        Block::Rule => "***".to_owned(),
    }
}

/// The number of an item, within the nine digits that Markdown reads.
fn number(first: u64, at: usize) -> u64 {
    first.saturating_add(at as u64).min(999_999_999)
}

fn indented(text: &str, by: usize) -> String {
    let by = " ".repeat(by);
    let lines = text.lines().map(|line| match line.is_empty() {
        true => String::new(),
        false => format!("{by}{line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Words without a new line, as headings and cells are; a bar ends no cell.
fn on_one_line(words: &[Inline]) -> String {
    let words = inlines(words, " ");
    words
        .replace('\n', " ")
        .replace("\\|", "|")
        .replace('|', "\\|")
}

fn inlines(words: &[Inline], new_line: &str) -> String {
    let each = words.iter().map(|word| match word {
        Inline::Text(text) => plain(text),
        Inline::Emphasis(words) => round("*", words, new_line),
        Inline::Strong(words) => round("**", words, new_line),
        Inline::Code(text) => {
            let ticks = "`".repeat(run(text) + 1);
            format!("{ticks} {text} {ticks}")
        }
        Inline::Link { to, words } => format!("[{}](<{to}>)", inlines(words, " ")),
        Inline::Break => new_line.to_owned(),
    });
    each.collect()
}

/// Words between marks, with what blanks stand at their ends outside.
fn round(mark: &str, words: &[Inline], new_line: &str) -> String {
    let words = inlines(words, new_line);
    let inner = words.trim();
    if inner.is_empty() {
        return words;
    }
    let before = &words[..words.len() - words.trim_start().len()];
    let after = &words[words.trim_end().len()..];
    format!("{before}{mark}{inner}{mark}{after}")
}

/// The longest run of backticks.
fn run(text: &str) -> usize {
    let runs = text.split(|letter| letter != '`');
    runs.map(str::len).max().unwrap_or(0)
}

/// Words that mean nothing to Markdown.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars() {
        if "\\`*_{}[]<>#|~&".contains(letter) {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain
}

/// A line that begins nothing: no list, no rule, no heading by what is under it.
fn line(text: &str) -> String {
    let text = text.trim_start();
    let digits = text.len()
        - text
            .trim_start_matches(|letter: char| letter.is_ascii_digit())
            .len();
    let rest = &text[digits..];
    if digits > 0 && rest.starts_with(['.', ')']) {
        return format!("{}\\{rest}", &text[..digits]);
    }
    if text.starts_with(['-', '+', '=']) {
        return format!("\\{text}");
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::read;

    /// What is written is read as the same blocks again.
    #[test]
    fn what_is_written_reads_as_the_same() {
        for text in [
            "Ett *vägt* mått, **43,3** procent, se [bilaga](https://x.se/a?b=1&c=2).",
            "- ett\n- två\n  - inre\n\n    mer\n- tre\n\n1. a\n2. b\n",
            "- a\n\n* b\n\n+ c\n",
            "4. fyra\n5. fem\n\n> citat\n> > inre\n\n```\n``x`` # ej rubrik\n\n- ej lista\n```\n",
            "| a | b\\|c |\n|---|---|\n| `x\\|y` | **z** |\n",
            "Rad ett,  \nrad två  \n1\\. inte en lista  \n\\- inte heller  \n\\=\\=\\=\n",
            "\\*inte\\* &lt;b&gt; &amp;amp; \\[x\\](y) \\# ~~kvar~~ a_b_c",
            "Kod `` a`b `` och `|`",
            "---\n\ntext\n",
        ] {
            let found = read(text);
            let again = blocks(&found);
            assert_eq!(read(&again), found, "{text}\n---\n{again}");
        }
    }

    #[test]
    fn headings_go_on_below_whose_text_it_is() {
        let mut out = String::new();
        let told = Told {
            heading: "NCK".to_owned(),
            blocks: read("# Ett\n\n## Två\n\n### Tre\n"),
            note: "Version 1.".to_owned(),
        };
        write(&mut out, &[told]);
        assert_eq!(
            out,
            "#### NCK\n\n##### Ett\n\n###### Två\n\n###### Tre\n\n*Version 1.*\n\n"
        );
    }

    #[test]
    fn a_text_leaves_nothing_open() {
        let open = "```\nkod utan slut\n<!-- kommentar";
        let out = blocks(&read(open));
        let after = read(&format!("{out}\n\n# Efter\n"));
        assert!(matches!(after.last(), Some(Block::Heading { .. })), "{out}");
    }
}
