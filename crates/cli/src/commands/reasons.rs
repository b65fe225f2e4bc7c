//! `angara reasons`: why the plan of a run is what it is.

use std::fmt::Write as _;
use std::path::PathBuf;

use angara_planning::{Reasons, SiteWorth};
use angara_quantity::Money;
use angara_results::{check_run, read_table};
use angara_scenario::Scenario;
use serde::Serialize;

use crate::exit::Code;
use crate::output::Output;
use crate::scenario;

/// Say why the plan of a run is what it is: which promises bind and what one more unit would save, and what every
/// site is worth.
///
/// The values are those of small changes of the plan in which parts of halls and lots are allowed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    angara reasons out          what binds, and why each site was or was not chosen\n  \
    angara reasons out --json   the same for programs")]
pub(crate) struct Arguments {
    /// The run folder.
    run: PathBuf,

    /// Promises to list, those that save most first.
    #[arg(long, default_value_t = 15, value_name = "N")]
    top: usize,
}

#[derive(Debug, Serialize)]
struct Answer {
    currency: String,
    relaxed_cost: f64,
    binding: Vec<Binding>,
    sites: Vec<Site>,
}

#[derive(Debug, Serialize)]
struct Binding {
    promise: String,
    saves_per_unit: f64,
    unit: String,
}

#[derive(Debug, Serialize)]
struct Site {
    id: String,
    chosen: bool,
    /// What the programme costs more where the site must be used; absent where it cannot be.
    forced_costs: Option<f64>,
    /// What the programme costs more without the site; absent where there is no plan without it.
    without_costs: Option<f64>,
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> anyhow::Result<Code> {
    let folder = &arguments.run;
    if !angara_results::is_run_folder(folder) {
        Output::message(&format!("error: {} is not a run folder", folder.display()));
        return Ok(Code::BadInput);
    }
    if let Some(difference) = check_run(folder)?.first() {
        Output::message(&format!(
            "error: the run is not as it was written: {difference}"
        ));
        return Ok(Code::BadInput);
    }
    let source = folder.join("scenario");
    let loaded = angara_scenario::load(&source);
    let Some(checked) = scenario::checked(&loaded, &source, output)? else {
        return Ok(Code::BadInput);
    };
    let table = |name: &str| read_table(&folder.join("tables").join(format!("{name}.parquet")));
    let reasons = angara_study::plan_reasons(&checked, &table("lessons")?)?;
    let plan = table("plan_sites")?;
    let used: Vec<String> = plan
        .texts("site")?
        .into_iter()
        .zip(plan.wholes("halls")?)
        .filter(|(_, halls)| *halls > 0)
        .map(|(site, _)| site)
        .collect();
    let answer = answer(&checked, &reasons, &used);
    output.text(&text(&checked, &reasons, &answer, arguments.top))?;
    output.value(&answer)?;
    Ok(Code::Done)
}

fn answer(scenario: &Scenario, reasons: &Reasons, used: &[String]) -> Answer {
    Answer {
        currency: scenario.currency.to_string(),
        relaxed_cost: reasons.relaxed_cost,
        binding: reasons
            .binding
            .iter()
            .map(|binding| Binding {
                promise: binding.name.clone(),
                saves_per_unit: binding.saves,
                unit: one(&binding.unit).to_owned(),
            })
            .collect(),
        sites: reasons
            .sites
            .iter()
            .map(|worth| {
                let site = scenario.sites[worth.site].id.clone();
                Site {
                    chosen: used.contains(&site),
                    id: site,
                    forced_costs: worth.forced,
                    without_costs: worth.without,
                }
            })
            .collect(),
    }
}

/// One of a unit that is counted.
fn one(unit: &str) -> &str {
    match unit {
        "units" => "unit",
        "halls" => "hall",
        "technicians" => "technician",
        measured => measured,
    }
}

fn text(scenario: &Scenario, reasons: &Reasons, answer: &Answer, top: usize) -> String {
    let money = |major: f64| Money::from_major(major, scenario.currency).to_string();
    let mut text =
        String::from("What binds, and what one more unit would save in net present cost\n");
    if answer.binding.is_empty() {
        text.push_str("  nothing: no promise could give way and save\n");
    }
    for binding in answer.binding.iter().take(top) {
        let saves = money(binding.saves_per_unit);
        let _ = writeln!(text, "  {}: {saves} per {}", binding.promise, binding.unit);
    }
    if answer.binding.len() > top {
        let _ = writeln!(text, "  and {} more (--top)", answer.binding.len() - top);
    }
    text.push_str("Sites, those that are worth most first\n");
    for (worth, site) in reasons.sites.iter().zip(&answer.sites) {
        let name = &scenario.sites[worth.site].name;
        let _ = writeln!(text, "  {name}: {}", words(worth, site.chosen, &money));
    }
    text.trim_end().to_owned()
}

fn words(worth: &SiteWorth, chosen: bool, money: &impl Fn(f64) -> String) -> String {
    match (chosen, worth.forced, worth.without) {
        (true, _, Some(without)) => {
            format!(
                "chosen; without it the programme would cost {} more",
                money(without)
            )
        }
        (true, _, None) => "chosen; no plan goes without it".to_owned(),
        (false, Some(forced), _) => format!(
            "not chosen; its opening would have to cost {} less",
            money(forced)
        ),
        (false, None, _) => "not chosen; it cannot be in use in the last year".to_owned(),
    }
}
