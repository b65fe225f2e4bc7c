//! Texts of instances and certificates, kind and hostile.

mod common;

use angara_expansion::{
    Recipe, generate, read_certificate, read_instance, scatter, write_certificate, write_instance,
};
use common::{grid, optimum, plan, source, tiny};
use proptest::prelude::*;

const RECIPE: Recipe = Recipe {
    seed: 11,
    places: 30,
    sites: 6,
    periods: 3,
    reach_km: 700,
    supply: Some(1.5),
};

#[test]
fn an_instance_survives_writing_and_reading() {
    let scattered = generate(&scatter(3, 30), &RECIPE);
    for instance in (0..20).map(tiny).chain([scattered]) {
        let read = read_instance(&write_instance(&instance)).expect("own text is readable");
        assert_eq!(read, instance);
    }
}

#[test]
fn a_certificate_survives_writing_and_reading() {
    let solved = (0..20)
        .map(tiny)
        .filter(|instance| optimum(instance).is_some());
    for instance in solved {
        let certificate = plan(&instance).expect("a plan exists");
        let read = read_certificate(&write_certificate(&source(), &certificate));
        assert_eq!(read.expect("own text"), (source(), certificate));
    }
}

#[test]
fn the_generator_repeats_itself_and_its_instances_are_sound() {
    let once = generate(&grid(30), &RECIPE);
    assert_eq!(once, generate(&grid(30), &RECIPE));
    assert!(once.findings().is_empty(), "{:?}", once.findings());
    let other = Recipe { seed: 12, ..RECIPE };
    assert_ne!(once.sites, generate(&grid(30), &other).sites);
    let linked = |place: u32| {
        once.sites
            .iter()
            .any(|s| s.links.iter().any(|l| l.place == place))
    };
    assert!((0..30).all(linked));
}

#[test]
fn every_shortened_text_is_refused_with_its_line() {
    let text = write_instance(&tiny(1));
    let lines: Vec<&str> = text.lines().collect();
    for count in 0..lines.len() {
        let errors = read_instance(&lines[..count].join("\n")).expect_err("cut");
        assert!(errors.iter().any(|error| error.line >= count), "{errors:?}");
    }
}

#[test]
fn an_error_names_line_field_value_and_expectation() {
    let text = write_instance(&tiny(1));
    for (from, to, message) in [
        (
            "expansion 1",
            "expansion 2",
            "line 1: angara-expansion is `2`, expected a number from 1 to 1",
        ),
        (
            "\nperiods ",
            "\nperiods 9999999999999999999",
            "line 6: periods is",
        ),
        (
            "\nplaces ",
            "\nplaces -",
            "expected a number from 1 to 1000000",
        ),
        (
            "\nplace 0 0",
            "\nplace 91° 0°",
            "coordinate is `91`, expected a latitude from -90° to 90°",
        ),
        ("\nplace 0 0", "\nplace NaN° 0°", "coordinate is `NaN`"),
        (
            "\nclosing",
            "\nopening",
            "keyword is `opening`, expected `closing`",
        ),
        ("\nend", "\nend\nmore", "expected the end"),
        ("\nopening ", "\nopening -", "opening is `-"),
        ("\nlink ", "\nlink x", "link is `x"),
    ] {
        let errors = read_instance(&text.replacen(from, to, 1)).expect_err(to);
        let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert!(told[0].contains(message), "{told:?}");
    }
}

#[test]
fn all_that_is_wrong_with_the_values_is_told_at_once() {
    let text = write_instance(&tiny(1))
        .replacen("\nplace 0 0", "\nplace a 0", 1)
        .replacen("\ncapacity ", "\ncapacity x", 1)
        .replacen("\nserving ", "\nserving ~", 1);
    let errors = read_instance(&text).expect_err("three values are wrong");
    assert_eq!(errors.len(), 3, "{errors:?}");
}

#[test]
fn what_follows_from_rules_is_not_listed() {
    let recipe = Recipe {
        supply: None,
        ..RECIPE
    };
    let instance = generate(&scatter(3, 30), &recipe);
    let text = write_instance(&instance);
    assert!(instance.links() > 60 && !text.contains("link "));
    assert!(text.len() < 30 * 50 + 6 * 32 * 100, "{}", text.len());
    let mut other = instance;
    other.sites[0].links[0].rate += 1;
    assert_eq!(
        read_instance(&write_instance(&other))
            .expect("own text")
            .sites,
        other.sites
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_garbled_text_never_panics(seed in 0_u64..20, at in 0_usize..5_000, bytes in "[ -~\n]{0,6}") {
        let mut text = write_instance(&tiny(seed));
        let at = at % text.len();
        text.replace_range(at..(at + bytes.len()).min(text.len()), &bytes);
        if let Ok(instance) = read_instance(&text) {
            prop_assert!(instance.findings().is_empty());
        }
    }

    #[test]
    fn any_text_is_answered(text in "(angara-expansion 1\n)?(name x\n)?(periods [0-9]{1,9}\n)?.{0,200}") {
        prop_assert!(read_instance(&text).is_err());
        prop_assert!(read_certificate(&text).is_err());
    }
}
