//! What the binary says about itself.

use crate::support::{angara, code, example, stderr, stdout};

#[test]
fn the_command_line_reference() {
    let mut text = stdout(&angara(&["--help"]));
    for command in [
        "run",
        "check",
        "init",
        "explain",
        "plant",
        "replay",
        "expand",
        "expand generate",
        "expand solve",
        "certify",
        "trace",
        "trace inspect",
        "trace convert",
        "trace generate",
        "verify",
        "schema",
        "completions",
    ] {
        text.push_str("\n----\n");
        let words: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        text.push_str(&stdout(&angara(&words)));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn completions_exist_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = angara(&["completions", shell]);
        assert_eq!(code(&output), 0);
        assert!(stdout(&output).contains("verify"), "{shell}");
    }
}

#[test]
fn an_explanation_names_value_unit_place_and_source() {
    let siberia = example("siberia").display().to_string();
    let output = angara(&["explain", &siberia, "sites.dc-irkutsk.hall_it"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    for part in ["MW", "sites.csv", "source"] {
        assert!(text.contains(part), "{text}");
    }
    let misspelt = angara(&["explain", &siberia, "sites.dc-irkutsk.hal_it"]);
    assert_eq!(code(&misspelt), 2);
    assert!(
        stderr(&misspelt).contains("did you mean"),
        "{}",
        stderr(&misspelt)
    );
}

#[test]
fn the_schema_is_json_and_names_the_sections() {
    let schema: serde_json::Value =
        serde_json::from_str(&stdout(&angara(&["schema"]))).expect("JSON");
    for section in ["horizon", "promises", "planning", "simulation"] {
        assert!(schema["properties"].get(section).is_some(), "{section}");
    }
}

#[test]
fn nothing_is_coloured_where_nobody_asked() {
    let output = angara(&["check", "no-such-folder"]);
    assert_eq!(code(&output), 2);
    assert!(!stderr(&output).contains('\u{1b}'));
}

#[test]
fn both_examples_are_sound() {
    for name in ["siberia", "southern-africa"] {
        let output = angara(&["check", &example(name).display().to_string()]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
    }
}
