//! Letters that the fonts have: PDF/UA refuses a text that cannot be shown, and no text somebody wrote may stop a report.

use serde_json::Value;
use typst::text::Font;

use super::world::fonts;

/// The family that everything is set in.
const FAMILY: &str = "Libertinus Serif";

/// What stands for a letter that the fonts do not have.
const UNKNOWN: char = '?';

/// A text with the letters that all faces of the family have; marks that turn the direction of reading are left out, and
/// every other letter is a question mark.
pub(super) fn legible(text: &str) -> String {
    let faces: Vec<&Font> = fonts()
        .iter()
        .filter(|font| font.info().family == FAMILY)
        .collect();
    let letter = |letter: char| match letter {
        '\n' | '\t' => Some(' '),
        letter if letter.is_control() || is_turning(letter) => None,
        letter => {
            let is_known = faces
                .iter()
                .all(|font| font.info().coverage.contains(u32::from(letter)));
            Some(if is_known { letter } else { UNKNOWN })
        }
    };
    text.chars().filter_map(letter).collect()
}

/// Marks of direction, with which a text can be shown as another.
const fn is_turning(letter: char) -> bool {
    matches!(letter, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Makes every text of the content legible.
pub(super) fn make_legible(content: &mut Value) {
    match content {
        Value::String(text) => *text = legible(text),
        Value::Array(all) => all.iter_mut().for_each(make_legible),
        Value::Object(all) => all.values_mut().for_each(make_legible),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::legible;

    #[test]
    fn what_the_report_itself_prints_is_legible_and_the_rest_is_marked() {
        let own = "ÅÄÖåäöé 1\u{a0}234,5 − – … · \u{201d}§%¹²";
        assert_eq!(legible(own), own);
        assert_eq!(legible("hej 😀 \u{202e}漢\u{7}"), "hej ? ?");
    }
}
