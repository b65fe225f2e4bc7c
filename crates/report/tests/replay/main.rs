//! The plot pages of replays: what they say, that they are inert, and that odd data does not break them.

mod fixture;
#[path = "../page/html.rs"]
mod html;

use std::path::Path;

use angara_report::{ReportError, render_replay};
use angara_results::{Table, to_parquet};
use fixture::Experiment;

fn page_of(write: impl Fn(&Path)) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = folder.path().join("run");
    write(&run);
    render_replay(&run).expect("the sample is whole")
}

/// The three kinds of pages with this name in every place that takes one.
fn pages(name: &str) -> [String; 3] {
    [
        page_of(|run| {
            Experiment {
                name,
                ..Experiment::plain()
            }
            .write(run);
        }),
        page_of(|run| fixture::batch(run, name)),
        page_of(|run| fixture::packing(run, name)),
    ]
}

#[test]
fn the_words_of_the_pages_stay_as_reviewed() {
    for (kind, page) in ["experiment", "batch", "packing"]
        .into_iter()
        .zip(pages("irkutsk"))
    {
        // Left for whoever wants to look at it.
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{kind}.html"));
        fs_err::write(path, &page).unwrap();
        insta::assert_snapshot!(kind, html::skeleton(&page));
    }
}

#[test]
fn names_stay_text() {
    let tags_of =
        |page: &str| -> Vec<String> { html::tags(page).into_iter().map(|tag| tag.name).collect() };
    let plain = pages("zzzz").map(|page| tags_of(&page));
    for name in [
        "zz<script>alert(1)</script>",
        "zz\"><img src=x onerror=alert(1)>",
        "zz' onmouseover='alert(1)",
        "zz</title></style></script><svg onload=alert(1)>",
        "zz\u{202e}gnp.exe\u{1b}[31m\u{0}\n",
        "zz=HYPERLINK(\"http://example.invalid\")",
    ] {
        for (page, plain) in pages(name).iter().zip(&plain) {
            assert_eq!(&tags_of(page), plain, "{name:?}");
            for tag in html::tags(page) {
                let event = tag.attributes.keys().find(|key| key.starts_with("on"));
                assert_eq!(event, None, "{name:?} in {tag:?}");
            }
            for letter in ['\u{202e}', '\u{1b}', '\u{0}'] {
                assert!(!page.contains(letter), "{letter:?} of {name:?}");
            }
        }
    }
}

#[test]
fn nothing_is_fetched() {
    for page in pages("irkutsk") {
        assert!(!page.contains("http:") && !page.contains("https:"));
        for tag in html::tags(&page) {
            for (name, value) in &tag.attributes {
                assert!(
                    !["src", "srcset", "action", "data", "style"].contains(&name.as_str()),
                    "{tag:?}"
                );
                assert!(
                    name != "href" || value.starts_with('#') || value == "data:,",
                    "{tag:?}"
                );
                assert!(!value.contains("url("), "{tag:?}");
            }
            assert!(
                ![
                    "img", "iframe", "object", "embed", "image", "use", "base", "form"
                ]
                .contains(&tag.name.as_str())
            );
            assert!(
                tag.name != "style" || !tag.text.contains("url(") && !tag.text.contains("@import")
            );
        }
        assert!(page.contains("default-src 'none'") || page.contains("default-src &#39;none&#39;"));
    }
}

#[test]
fn odd_runs_have_pages_without_odd_numbers() {
    let plain = Experiment::plain;
    let samples = [
        Experiment {
            runs: 1,
            tasks: 0,
            ..plain()
        },
        Experiment {
            runs: 1,
            hosts: 1,
            tasks: 1,
            samples: 1,
            interval_ms: 0,
            ..plain()
        },
        Experiment {
            hosts: 0,
            tasks: 0,
            samples: 0,
            ..plain()
        },
        Experiment {
            hosts: 10_000,
            tasks: 20_000,
            samples: 3_000,
            interval_ms: 300_000,
            ..plain()
        },
    ];
    for sample in samples {
        let page = page_of(|run| sample.write(run));
        let body = &page[page.find("<header").unwrap()..page.find("<script").unwrap()];
        for word in ["NaN", "inf\"", "-0\"", ">inf"] {
            assert!(!body.contains(word), "{word} with {} tasks", sample.tasks);
        }
        assert!(page.len() < 1_500_000, "{} bytes", page.len());
    }
}

#[test]
fn the_figures_are_those_of_the_tables() {
    let [page, ..] = pages("irkutsk");
    let value = |metric: &str| -> f64 {
        let tag = html::tags(&page).into_iter().find(|tag| {
            tag.attributes
                .get("data-metric")
                .is_some_and(|name| name == metric)
        });
        tag.unwrap().attributes["data-value"].parse().unwrap()
    };
    assert_eq!(value("tasks"), 40.0);
    assert_eq!(value("energy_j"), 7.2e8);
    assert_eq!(value("makespan_ms"), 48.0 * 3.6e6);
    assert_eq!(value("peak_w"), 2.0 * (2000.0 + 500.0 * 23.0 / 24.0));
    assert_eq!(value("p95_wait_ms"), 183_000.0);
}

#[test]
fn equal_folders_have_equal_pages() {
    assert_eq!(pages("irkutsk"), pages("irkutsk"));
}

#[test]
fn a_folder_without_a_replay_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let error = render_replay(folder.path()).unwrap_err();
    assert!(matches!(error, ReportError::NoReplay { .. }));
    assert!(error.to_string().contains("tables/runs.parquet"), "{error}");
}

#[test]
fn a_row_of_an_unknown_run_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let run = folder.path().join("run");
    Experiment::plain().write(&run);
    let table = Table::new("sources")
        .text("run", "", "", ["9/seed=9".to_owned()])
        .text("cluster", "", "", ["a".to_owned()])
        .text("source", "", "", ["b".to_owned()])
        .real("energy_j", "J", "", [1.0])
        .real("carbon_g", "g", "", [1.0])
        .real("battery_change_j", "J", "", [1.0]);
    fs_err::write(
        run.join("tables/sources.parquet"),
        to_parquet(&table).unwrap(),
    )
    .unwrap();
    let message = render_replay(&run).unwrap_err().to_string();
    assert!(
        message.contains("9/seed=9") && message.contains("sources"),
        "{message}"
    );
}

#[test]
fn a_missing_table_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let run = folder.path().join("run");
    Experiment::plain().write(&run);
    fs_err::remove_file(run.join("tables/hosts.parquet")).unwrap();
    let message = render_replay(&run).unwrap_err().to_string();
    assert!(message.contains("hosts.parquet"), "{message}");
}
