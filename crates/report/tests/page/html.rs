//! Just enough of an HTML tokenizer to see what a browser would make of the page.

use std::collections::BTreeMap;

/// A start tag.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    /// Text up to the next tag.
    pub(crate) text: String,
}

/// All start tags with the text after them; the content of `script` and `style` is one text.
pub(crate) fn tags(page: &str) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        if let Some(tag) = tags.last_mut() {
            tag.text.push_str(&rest[..open]);
        }
        rest = &rest[open + 1..];
        if rest.starts_with('/') || rest.starts_with('!') {
            rest = &rest[rest.find('>').expect("a tag ends") + 1..];
            continue;
        }
        let end = rest
            .find(|letter: char| letter.is_whitespace() || letter == '>' || letter == '/')
            .expect("a name ends");
        let mut tag = Tag {
            name: rest[..end].to_lowercase(),
            attributes: BTreeMap::new(),
            text: String::new(),
        };
        rest = attributes(&rest[end..], &mut tag.attributes);
        if tag.name == "script" || tag.name == "style" {
            let close = rest.find(&format!("</{}", tag.name)).expect("it ends");
            rest[..close].clone_into(&mut tag.text);
            rest = &rest[close..];
        }
        tags.push(tag);
    }
    tags
}

/// Reads attributes up to the end of the tag; returns what follows.
fn attributes<'a>(mut rest: &'a str, found: &mut BTreeMap<String, String>) -> &'a str {
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return after;
        }
        let end = rest
            .find(|letter: char| letter.is_whitespace() || "=>/".contains(letter))
            .expect("an attribute ends");
        let name = rest[..end].to_lowercase();
        rest = &rest[end..];
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after
                .strip_prefix('"')
                .expect("every value of the page is quoted");
            let close = after.find('"').expect("a value ends");
            value = &after[..close];
            rest = &after[close + 1..];
        }
        found.insert(name, text(value));
    }
}

/// Text with its character references resolved.
pub(crate) fn text(escaped: &str) -> String {
    escaped
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

/// The words of the page without drawings, style and script.
pub(crate) fn skeleton(page: &str) -> String {
    let body = &page[page.find("<header").expect("the page is whole")
        ..page.find("<script").expect("the page is whole")];
    let mut lines = Vec::new();
    let mut is_drawing = false;
    for piece in body.split('<') {
        let (tag, words) = piece.split_once('>').unwrap_or(("", piece));
        is_drawing = (is_drawing || tag.starts_with("svg")) && !tag.starts_with("/svg");
        let words = text(words.trim());
        if !is_drawing && !words.is_empty() {
            let is_heading =
                tag.starts_with("h1") || tag.starts_with("h2") || tag.starts_with("h3");
            let starts_line = is_heading
                || ["p", "li", "caption", "tr", "summary", "dt", "figcaption"]
                    .contains(&tag.split(' ').next().expect("the page is whole"));
            let is_cell = tag.starts_with("td") || tag.starts_with("th");
            lines.push(
                if starts_line {
                    "\n"
                } else if is_cell {
                    " | "
                } else {
                    " "
                }
                .to_owned()
                    + &words,
            );
        }
        if tag.starts_with("tr") {
            lines.push("\n".to_owned());
        }
    }
    lines.concat()
}
