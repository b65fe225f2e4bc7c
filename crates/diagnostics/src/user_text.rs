//! Text that a user wrote, made fit for a message.

/// Characters of a value that a message repeats.
const SHOWN_CHARACTERS: usize = 60;

/// The value in backticks, shortened, with control and direction characters escaped.
pub fn quoted(value: &str) -> String {
    format!("`{}`", shortened(value))
}

/// The text with control and direction characters escaped, at full length.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if obeyed(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// The value shortened and escaped.
pub(crate) fn shortened(value: &str) -> String {
    let mut characters = value.chars();
    let head: String = characters.by_ref().take(SHOWN_CHARACTERS).collect();
    let rest = characters.count();
    if rest == 0 {
        visible(&head)
    } else {
        format!("{}… and {rest} more characters", visible(&head))
    }
}

/// A character of a source line, or a stand-in of one character where a terminal would obey it.
pub(crate) fn visible_line(character: char) -> char {
    match character {
        '\t' => ' ',
        other if obeyed(other) => '\u{fffd}',
        other => other,
    }
}

/// True for characters that move the cursor, change colours or direction, or cannot be seen.
fn obeyed(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{00ad}'
                | '\u{061c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_sequence_is_shown_and_not_obeyed() {
        assert_eq!(quoted("a\u{1b}[31mb"), "`a\\u{1b}[31mb`");
    }

    #[test]
    fn a_direction_override_is_shown_and_not_obeyed() {
        assert_eq!(quoted("a\u{202e}b"), "`a\\u{202e}b`");
    }

    #[test]
    fn a_long_value_is_shortened_and_says_by_how_much() {
        let text = quoted(&"x".repeat(100));
        assert!(text.ends_with("… and 40 more characters`"), "{text}");
    }
}
