//! The page as a whole: what it says, that it is inert, and that its numbers are those of the tables.

mod fixture;
mod html;

use std::collections::BTreeMap;
use std::path::Path;

use angara_results::{RunFolder, read_table};
use fixture::Names;

struct Sample {
    run: RunFolder,
    page: String,
    _folder: tempfile::TempDir,
}

fn sample(names: &Names) -> Sample {
    let folder = tempfile::tempdir().expect("the sample is a whole run");
    let mut run = RunFolder::create(&folder.path().join("run")).expect("the sample is a whole run");
    fixture::write(&mut run, names);
    let page = angara_report::render(run.staging()).expect("the sample is a whole run");
    Sample {
        run,
        page,
        _folder: folder,
    }
}

fn reals(run: &Path, table: &str, column: &str) -> Vec<f64> {
    read_table(&run.join(format!("tables/{table}.parquet")))
        .expect("the sample is a whole run")
        .reals(column)
        .expect("the sample is a whole run")
}

fn years(run: &Path, table: &str) -> Vec<i32> {
    read_table(&run.join(format!("tables/{table}.parquet")))
        .expect("the sample is a whole run")
        .smalls("year")
        .expect("the sample is a whole run")
}

#[test]
fn the_words_of_the_page_stay_as_reviewed() {
    let page = sample(&Names::plain()).page;
    // Left for whoever wants to look at it.
    fs_err::write(
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("report.html"),
        &page,
    )
    .unwrap();
    insta::assert_snapshot!(html::skeleton(&page));
}

#[test]
fn the_numbers_of_the_verdict_are_those_of_the_tables() {
    let sample = sample(&Names::plain());
    let run = sample.run.staging();
    let shown: BTreeMap<String, String> = html::tags(&sample.page)
        .into_iter()
        .filter_map(|tag| {
            Some((
                tag.attributes.get("data-metric")?.clone(),
                tag.attributes.get("data-value")?.clone(),
            ))
        })
        .collect();
    let value = |name: &str| {
        shown
            .get(name)
            .unwrap_or_else(|| panic!("{name} is not on the page"))
            .parse::<f64>()
            .unwrap()
    };

    assert_eq!(shown["verdict.holds"], "false");
    assert_eq!(value("verdict.margin"), reals(run, "verdict", "margin")[0]);
    assert_eq!(
        value("deliverable_kw"),
        *reals(run, "deliverable", "n_kw").last().unwrap()
    );
    let months = years(run, "site_months");
    let last = *months.iter().max().unwrap();
    let total = |column: &str| -> f64 {
        let values = reals(run, "site_months", column).into_iter().zip(&months);
        values
            .filter(|(_, year)| **year == last)
            .map(|(value, _)| value)
            .sum()
    };
    assert_eq!(value("pue"), total("facility_kwh") / total("it_kwh"));
    assert_eq!(value("carbon_t"), total("carbon_t"));
    assert_eq!(value("water_m3"), total("water_m3"));
    let costs = read_table(&run.join("tables/unit_costs.parquet")).unwrap();
    let metrics = costs.texts("metric").unwrap();
    for (metric, cost) in metrics.iter().zip(costs.reals("value").unwrap()) {
        assert_eq!(value(&format!("unit_costs:{metric}")), cost, "{metric}");
    }
    let plan = read_table(&run.join("tables/plan_sites.parquet")).unwrap();
    let halls = plan.smalls("halls").unwrap();
    let plan_years = plan.smalls("year").unwrap();
    let built = halls
        .iter()
        .zip(&plan_years)
        .filter(|(halls, year)| **halls > 0 && **year == 2036)
        .count();
    assert_eq!(value("sites"), built as f64);
}

const HOSTILE: [&str; 9] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></style></script><svg onload=alert(1)>",
    "]]><!--<a href=\"javascript:alert(1)\">",
    "{{ 7 * 7 }}{% raw %}&lt;script&gt;",
    "\u{202e}gnp.exe\u{2066}\u{200f}",
    "\u{1b}[31mred\u{1b}]0;title\u{7}\u{0}\n",
    "=HYPERLINK(\"http://example.invalid\")",
];

#[test]
fn hostile_names_stay_text() {
    let tags_of =
        |page: &str| -> Vec<String> { html::tags(page).into_iter().map(|tag| tag.name).collect() };
    let plain = tags_of(&sample(&Names::plain()).page);
    for name in HOSTILE {
        let names = Names {
            site: name.to_owned(),
            place: name.to_owned(),
            other: name.to_owned(),
        };
        let page = sample(&names).page;
        // The map names fewer or more places when a name is longer; nothing else may change.
        let without_labels = |tags: Vec<String>| {
            tags.into_iter()
                .filter(|tag| tag != "text")
                .collect::<Vec<_>>()
        };
        assert_eq!(
            without_labels(tags_of(&page)),
            without_labels(plain.clone()),
            "{name:?}"
        );
        for tag in html::tags(&page) {
            let event = tag.attributes.keys().find(|key| key.starts_with("on"));
            assert_eq!(event, None, "{name:?} in {tag:?}");
        }
        for letter in ['\u{202e}', '\u{2066}', '\u{200f}', '\u{1b}', '\u{0}'] {
            assert!(!page.contains(letter), "{letter:?} of {name:?}");
        }
    }
}

#[test]
fn nothing_is_fetched() {
    let page = sample(&Names::plain()).page;
    for tag in html::tags(&page) {
        for (name, value) in &tag.attributes {
            assert!(
                ![
                    "src",
                    "srcset",
                    "action",
                    "data",
                    "poster",
                    "background",
                    "ping",
                    "style"
                ]
                .contains(&name.as_str()),
                "{tag:?}"
            );
            if name == "href" {
                assert!(value.starts_with('#') || value == "data:,", "{tag:?}");
            }
            assert!(!value.contains("url("), "{tag:?}");
        }
        assert!(
            ![
                "img", "iframe", "object", "embed", "image", "use", "base", "form"
            ]
            .contains(&tag.name.as_str()),
            "{tag:?}"
        );
        if tag.name == "style" || tag.name == "script" {
            for word in [
                "url(",
                "@import",
                "http:",
                "https:",
                "//cdn",
                "fetch(",
                "XMLHttpRequest",
                "import(",
                "eval(",
                "innerHTML",
            ] {
                assert!(!tag.text.contains(word), "{word}");
            }
        }
    }
}

#[test]
fn the_policy_allows_nothing_but_the_own_script_and_style() {
    let page = sample(&Names::plain()).page;
    let tags = html::tags(&page);
    let policy = tags
        .iter()
        .find(|tag| tag.attributes.contains_key("http-equiv"))
        .map(|tag| tag.attributes["content"].clone());
    let policy = policy.expect("the page has a policy");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'sha256-"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(tags.iter().filter(|tag| tag.name == "script").count(), 1);
    assert_eq!(tags.iter().filter(|tag| tag.name == "style").count(), 1);
}

#[test]
fn equal_runs_have_equal_pages_whenever_they_were_made() {
    let (first, second) = (sample(&Names::plain()), sample(&Names::plain()));
    assert_eq!(first.page, second.page);
    assert!(!first.page.contains("2026-01-01T00:00:00Z"));
}

#[test]
fn a_missing_table_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut run = RunFolder::create(&folder.path().join("run")).unwrap();
    fixture::write(&mut run, &Names::plain());
    fs_err::remove_file(run.staging().join("tables/money.parquet")).unwrap();
    let message = angara_report::render(run.staging())
        .unwrap_err()
        .to_string();
    assert!(message.contains("money.parquet"), "{message}");
}
