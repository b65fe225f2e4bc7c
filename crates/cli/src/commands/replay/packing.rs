//! `angara replay --pods`: pods on accelerator nodes.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use angara_replay::{POLICIES, plan_of_pods, policy_name, write_packing};
use angara_simulation::packing::PackingPolicy;
use indicatif::{ProgressBar, ProgressDrawTarget};
use serde::Serialize;

use super::words::{grouped, table};
use super::{Arguments, page, record, refused, shown, told};
use crate::exit::Code;
use crate::output::Output;

/// How pods are packed.
#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(next_help_heading = "Pods on accelerator nodes")]
pub(super) struct Options {
    /// List of pods (openb).
    #[arg(long, value_name = "LIST", requires_all = ["nodes", "policy"])]
    pub(super) pods: Option<PathBuf>,

    /// List of nodes (openb).
    #[arg(long, value_name = "LIST", requires = "pods")]
    nodes: Option<PathBuf>,

    /// Demand that arrives, of all accelerators.
    #[arg(long, value_name = "SHARE", default_value_t = 1.3, conflicts_with_all = ["experiment", "tasks", "trace", "swf"])]
    load: f64,

    /// Seeds: one, or from the first to the last.
    #[arg(long, value_name = "FIRST..LAST", default_value = "42..51", value_parser = seeds, conflicts_with_all = ["experiment", "tasks", "trace", "swf"])]
    seeds: Seeds,
}

/// First and last seed.
#[derive(Debug, Clone, Copy)]
struct Seeds {
    first: u64,
    last: u64,
}

/// Most seeds of one command.
const SEEDS_MAX: u64 = 10_000;

fn seeds(text: &str) -> Result<Seeds, String> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let seeds = first
        .parse()
        .ok()
        .zip(last.trim_start_matches('=').parse().ok())
        .map(|(first, last)| Seeds { first, last });
    seeds
        .filter(|seeds| seeds.first <= seeds.last && seeds.last - seeds.first < SEEDS_MAX)
        .ok_or_else(|| format!("`{text}` is no range of at most {SEEDS_MAX} seeds such as 42..51"))
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Summary {
    run: String,
    nodes: usize,
    pods: usize,
    seeds: usize,
    policies: Vec<PolicySummary>,
}

#[derive(Debug, Serialize)]
struct PolicySummary {
    policy: &'static str,
    arrived_percent: u32,
    allocated_percent: f64,
    fragmented_percent: f64,
}

fn policies(asked: &str) -> Option<Vec<PackingPolicy>> {
    if asked == "all" {
        return Some(PackingPolicy::ALL.to_vec());
    }
    let found = POLICIES.iter().find(|(name, _)| *name == asked);
    found.map(|(_, policy)| vec![*policy])
}

pub(super) fn run(arguments: &Arguments, pods: &Path, output: Output) -> anyhow::Result<Code> {
    let options = &arguments.packing;
    let asked = arguments.policy.as_deref().unwrap_or_default();
    let (Some(policies), Some(nodes)) = (policies(asked), &options.nodes) else {
        let names: Vec<&str> = POLICIES.iter().map(|(name, _)| *name).collect();
        let names = names.join(", ");
        Output::message(&format!(
            "error: `{asked}` is no policy; there are {names}, all"
        ));
        return Ok(Code::BadInput);
    };
    let seeds: Vec<u64> = (options.seeds.first..=options.seeds.last).collect();
    let (plan, findings) = plan_of_pods(pods, nodes, policies, options.load, seeds);
    if told(&findings, pods, output)? {
        return Ok(Code::BadInput);
    }
    let Some(plan) = plan else {
        return Ok(Code::BadInput);
    };
    let command = format!(
        "angara replay --pods {} --nodes {} --policy {asked} --load {} --seeds {}..{}",
        shown(pods),
        shown(nodes),
        options.load,
        options.seeds.first,
        options.seeds.last
    );
    let runs = (plan.policies.len() * plan.seeds.len()) as u64;
    let bar = if output.is_quiet() || !io::stderr().is_terminal() {
        ProgressBar::hidden()
    } else {
        ProgressBar::with_draw_target(Some(runs), ProgressDrawTarget::stderr_with_hz(8))
    };
    let packed = || bar.inc(1);
    let made = page(!arguments.no_page);
    let written = write_packing(&plan, &record(command), &arguments.out, &packed, &made);
    bar.finish_and_clear();
    let (folder, figures) = match written {
        Ok(written) => written,
        Err(fault) => return refused(fault, output),
    };
    let (node_count, pod_count) = plan.counts();
    let rows = figures.iter().map(|figures| {
        vec![
            policy_name(figures.policy).to_owned(),
            format!("{} %", figures.arrived_percent),
            format!("{:.2} %", figures.allocated_percent),
            format!("{:.2} %", figures.fragmented_percent),
        ]
    });
    let text = format!(
        "{}: {} pods on {} nodes, means over {} seeds\n{}\n\nTables: {}",
        plan.name,
        grouped(pod_count as f64),
        grouped(node_count as f64),
        plan.seeds.len(),
        table(
            &["policy", "arrived", "allocated", "fragmented"],
            rows.collect()
        ),
        folder.join("tables").display()
    );
    output.text(&text)?;
    output.value(&Summary {
        run: folder.display().to_string(),
        nodes: node_count,
        pods: pod_count,
        seeds: plan.seeds.len(),
        policies: figures
            .iter()
            .map(|figures| PolicySummary {
                policy: policy_name(figures.policy),
                arrived_percent: figures.arrived_percent,
                allocated_percent: figures.allocated_percent,
                fragmented_percent: figures.fragmented_percent,
            })
            .collect(),
    })?;
    Ok(Code::Done)
}
