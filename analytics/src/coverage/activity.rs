//! Numbers of main activities: 4a, 4b and 4c are parts of 4.

/// The number without its letter; a code that has no number stands for itself.
pub(crate) fn main_number(activity: &str) -> &str {
    let end = activity
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(activity.len());
    if end == 0 { activity } else { &activity[..end] }
}

/// Whether the activity is the one asked for, or a part of it.
#[must_use]
pub fn is_part_of(activity: &str, asked: &str) -> bool {
    activity == asked || main_number(activity) == asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_includes_its_parts() {
        assert_eq!(main_number("4a"), "4");
        assert_eq!(main_number("12"), "12");
        assert_eq!(main_number("x1"), "x1");
        assert!(is_part_of("4a", "4"));
        assert!(is_part_of("4", "4"));
        assert!(!is_part_of("4", "4a"));
        assert!(!is_part_of("41", "4"));
    }
}
