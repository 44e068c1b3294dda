//! Texts of a part that is not read piece by piece: what stands behind a sheet's rows, and old drawings, which programs
//! write without closing every element.

use std::io::{BufRead, BufReader, Read};

use quick_xml::escape::unescape;

use super::limits::MOST_OF_A_SMALL_PART;

/// What ends the rows of a sheet, whatever the prefix of its names.
const END_OF_ROWS: &[u8] = b"sheetData>";

/// What stands behind the rows of a sheet: page headers, checks with their prompts, links. No more of it is kept than a
/// small part has.
pub(super) fn behind_rows(part: impl Read) -> String {
    let mut reader = BufReader::new(part);
    let mut kept = Vec::new();
    let mut piece = Vec::new();
    loop {
        piece.clear();
        // Pieces end where elements do, so that no end of the rows is cut in two.
        let most = MOST_OF_A_SMALL_PART;
        match (&mut reader).take(most).read_until(b'>', &mut piece) {
            Ok(0) | Err(_) => break,
            Ok(_) if piece.ends_with(END_OF_ROWS) => kept.clear(),
            Ok(_) if (kept.len() + piece.len()) as u64 <= most => kept.extend_from_slice(&piece),
            Ok(_) => {}
        }
    }
    String::from_utf8_lossy(&kept).into_owned()
}

/// The text of a part, as far as it is kept.
pub(super) fn text_of(part: impl Read) -> String {
    let mut kept = Vec::new();
    // What was read before an error is looked at all the same.
    let _ = part.take(MOST_OF_A_SMALL_PART).read_to_end(&mut kept);
    String::from_utf8_lossy(&kept).into_owned()
}

/// Whether a text that is looked for stands between the elements of a text, or in their attributes.
pub(super) fn holds(text: &str, is_wanted: impl Fn(&str) -> bool) -> bool {
    let found = |raw: &str| unescape(raw).map_or_else(|_| is_wanted(raw), |text| is_wanted(&text));
    text.split('<').any(|piece| {
        let (element, between) = piece.split_once('>').unwrap_or((piece, ""));
        found(between) || values(element).any(found)
    })
}

/// The values of an element's attributes, without those that tell apart: they are no texts.
fn values(element: &str) -> impl Iterator<Item = &str> {
    let mut parts = element.split(['"', '\'']);
    std::iter::from_fn(move || Some((parts.next()?, parts.next()?)))
        .filter(|(name, _)| {
            !name
                .trim_end_matches('=')
                .to_ascii_lowercase()
                .ends_with("id")
        })
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_the_rows_is_looked_at_whatever_its_prefix() {
        let part = "<x:worksheet><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData>\
                    <x:dataValidation prompt=\"Ring Åsa &amp; Bo\" xr:uid=\"{12}\"/><x:oddHeader>Akt 7</x:oddHeader></x:worksheet>";
        let behind = behind_rows(part.as_bytes());
        let found = |wanted: &'static str| holds(&behind, |text| text == wanted);
        assert!(found("Ring Åsa & Bo") && found("Akt 7"));
        assert!(!found("1") && !found("{12}"), "rows and ids are no texts");
    }

    #[test]
    fn an_old_drawing_is_looked_at_though_it_is_not_closed() {
        let part = "<xml><div>Ring<br>Storgatan 1</div>";
        let text = text_of(part.as_bytes());
        assert!(holds(&text, |text| text.contains("Storgatan")));
    }
}
