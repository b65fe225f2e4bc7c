//! Findings as text: the source line with the cell marked, what was expected, what may help.

use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet, renderer::DecorStyle,
};

use crate::collection::{Diagnostics, Repeated};
use crate::diagnostic::{Diagnostic, Severity};
use crate::location::Location;
use crate::user_text::visible;

/// How text is rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TextStyle {
    /// Terminal colours; meaning never rests on them.
    pub colour: bool,
}

/// All findings, then a line that counts them; empty where there are none.
pub fn render_text(diagnostics: &Diagnostics, folder: &str, style: TextStyle) -> String {
    let renderer = if style.colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
    .decor_style(DecorStyle::Ascii)
    .term_width(160);
    let mut blocks: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| block(diagnostic, &renderer))
        .collect();
    blocks.extend(
        diagnostics
            .repeated()
            .map(|more| repeated(&more, &renderer)),
    );
    blocks.extend(summary(diagnostics, folder, &renderer));
    let mut text = blocks.join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    }
}

fn block(diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let mut elements: Vec<Element<'_>> = Vec::new();
    if let Some(location) = &diagnostic.location {
        elements.push(place(location));
    }
    if let Some(expected) = &diagnostic.expected {
        elements.push(
            Level::NOTE
                .with_name("expected")
                .message(visible(expected))
                .into(),
        );
    }
    if let Some(hint) = &diagnostic.hint {
        elements.push(Level::HELP.with_name("hint").message(visible(hint)).into());
    }
    let group: Group<'_> = level(diagnostic.severity)
        .primary_title(visible(&diagnostic.message))
        .id(diagnostic.code)
        .elements(elements);
    let text = renderer.render(&[group]);
    match &diagnostic.location {
        Some(location) => with_column(text, location),
        None => text,
    }
}

fn place(location: &Location) -> Element<'_> {
    let path = visible(&location.file);
    let Some(snippet) = &location.snippet else {
        let origin = Origin::path(path);
        return match location.line {
            Some(line) => origin.line(line).into(),
            None => origin.into(),
        };
    };
    let mut annotation = AnnotationKind::Primary.span(snippet.marked.clone());
    let label = label(location);
    if !label.is_empty() {
        annotation = annotation.label(label);
    }
    Snippet::source(snippet.text.as_str())
        .path(path)
        .line_start(location.line.unwrap_or(1))
        .annotation(annotation)
        .into()
}

/// Names the column of the file where the renderer, which knows the cut line only, names that of the cut line.
fn with_column(text: String, location: &Location) -> String {
    let (Some(snippet), Some(line), Some(column)) =
        (&location.snippet, location.line, location.column)
    else {
        return text;
    };
    let cut = snippet.text[..snippet.marked.start].chars().count() + 1;
    if cut == column {
        return text;
    }
    let position = format!("{}:{line}:", visible(&location.file));
    text.replacen(
        &format!("{position}{cut}"),
        &format!("{position}{column}"),
        1,
    )
}

fn label(location: &Location) -> String {
    match (&location.field, location.row) {
        (Some(field), Some(row)) => format!("column `{}`, row {row}", visible(field)),
        (Some(field), None) => format!("`{}`", visible(field)),
        (None, Some(row)) => format!("row {row}"),
        (None, None) => String::new(),
    }
}

fn repeated(more: &Repeated, renderer: &Renderer) -> String {
    let within = |word: &str, name: &str| {
        if name.is_empty() {
            String::new()
        } else {
            format!(" {word} {}", visible(name))
        }
    };
    let text = format!(
        "{} more {} like this{}{}",
        more.count,
        plural(more.count, "problem", "problems"),
        within("in column", &more.field),
        within("of", &more.file)
    );
    let group = Level::NOTE
        .primary_title(text)
        .id(more.code)
        .elements(Vec::<Element<'_>>::new());
    renderer.render(&[group])
}

fn summary(diagnostics: &Diagnostics, folder: &str, renderer: &Renderer) -> Option<String> {
    let (errors, warnings) = (diagnostics.errors(), diagnostics.warnings());
    let count_warnings = format!("{warnings} {}", plural(warnings, "warning", "warnings"));
    let folder = visible(folder);
    let (level, text) = match (errors, warnings) {
        (0, 0) => return None,
        (0, _) => (Level::WARNING, format!("{count_warnings} in {folder}")),
        _ => {
            let problems = format!("{errors} {}", plural(errors, "problem", "problems"));
            let and = if warnings == 0 {
                String::new()
            } else {
                format!(" and {count_warnings}")
            };
            (Level::ERROR, format!("{problems}{and} found in {folder}"))
        }
    };
    let group = level
        .primary_title(text)
        .elements(Vec::<Element<'_>>::new());
    Some(renderer.render(&[group]))
}

fn plural<'a>(count: usize, one: &'a str, many: &'a str) -> &'a str {
    if count == 1 { one } else { many }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Diagnostics {
        let mut all = Diagnostics::new();
        all.push(
            Diagnostic::error("unit", "unknown power unit `MWh`")
                .at(Location::span("sites.csv", "id,hall_it\na,4 MWh\n", 13..18)
                    .row(1)
                    .field("hall_it"))
                .expected("W, kW, MW or GW")
                .hint("write `4 MW`"),
        );
        all.push(
            Diagnostic::warning("missing-file", "there is no budgets.csv")
                .at(Location::file("budgets.csv")),
        );
        all.sort();
        all
    }

    #[test]
    fn text_marks_the_cell_and_counts_the_findings() {
        insta::assert_snapshot!(render_text(&example(), "example", TextStyle::default()), @r"
        warning[missing-file]: there is no budgets.csv
        --> budgets.csv

        error[unit]: unknown power unit `MWh`
         --> sites.csv:2:3
          |
        2 | a,4 MWh
          |   ^^^^^ column `hall_it`, row 1
          |
          = expected: W, kW, MW or GW
          = hint: write `4 MW`

        error: 1 problem and 1 warning found in example
        ");
    }

    #[test]
    fn a_long_line_is_cut_and_its_column_is_still_that_of_the_file() {
        let mut all = Diagnostics::new();
        let line = format!("{},bad", "x".repeat(300));
        all.push(Diagnostic::error("unit", "bad").at(Location::span("a.csv", &line, 301..304)));
        let text = render_text(&all, "example", TextStyle::default());
        assert!(text.contains("a.csv:1:302\n"), "{text}");
        assert!(text.contains("…"), "{text}");
    }

    #[test]
    fn colour_appears_only_where_it_is_asked_for() {
        let plain = render_text(&example(), "example", TextStyle::default());
        let coloured = render_text(&example(), "example", TextStyle { colour: true });
        assert!(!plain.contains('\u{1b}'));
        assert!(coloured.contains('\u{1b}'));
    }

    #[test]
    fn nothing_found_renders_as_nothing() {
        assert_eq!(
            render_text(&Diagnostics::new(), "example", TextStyle::default()),
            ""
        );
    }

    #[test]
    fn a_folder_name_cannot_move_the_cursor() {
        let text = render_text(&example(), "a\u{1b}[2Jb", TextStyle::default());
        assert!(!text.contains('\u{1b}'));
    }
}
