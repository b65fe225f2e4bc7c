//! `--settings FILE`: how a workload is replayed.
//!
//! One file says everything that neither trace nor topology nor experiment says: placement, racks and sites, hosts that
//! sleep, consolidation, failures, checkpoints, tasks that wait, prices, priorities. Each section has a file here;
//! `apply` holds it against what is replayed.

mod apply;
mod failures;
mod layout;
mod outages;
mod pattern;
mod placement;
mod saving;
mod series;
mod table;
mod tasks;
mod waiting;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use angara_diagnostics::{Diagnostic, Diagnostics, Location};
use angara_quantity::Currency;
use angara_simulation::intensity::IntensitySeries;
use angara_simulation::replay::{Checkpoints, Consolidation, HostStates};
use serde_json::Value;

use crate::document::{Dimension, Document, Fields};

pub use failures::{FailureProcess, Scope};
pub use layout::HostGroups;
pub(crate) use outages::processes_of;

use failures::FailureSettings;
use layout::Layout;
use placement::PlacementSettings;
use series::{Prices, SeriesRule};
use tasks::TaskSettings;
use waiting::DeferralSettings;

/// Largest file of settings [B].
const BYTES_MAX: u64 = 1 << 20;
/// Longest time in a file [ms].
const TIME_MAX_MS: f64 = 1e14;

/// What holds for all runs of a plan.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlannedSettings {
    /// Time between two rounds of placement [ms].
    pub interval_ms: Option<i64>,
    /// How idle hosts save power.
    pub host_states: Option<HostStates>,
    /// How nearly empty hosts are emptied.
    pub consolidation: Option<Consolidation>,
    /// Seed of failures.
    pub failure_seed: Option<u64>,
    /// Currency of prices.
    pub currency: Option<Currency>,
}

/// Everything that a file sets.
#[derive(Debug, Default)]
struct Settings {
    placement: PlacementSettings,
    layout: Layout,
    tasks: TaskSettings,
    host_states: Option<HostStates>,
    consolidation: Option<Consolidation>,
    failures: FailureSettings,
    checkpoints: Option<Checkpoints>,
    deferral: Option<DeferralSettings>,
    prices: Option<Prices>,
    carbon: Vec<SeriesRule>,
}

/// A file of settings, and what is found when it is held against what is replayed.
#[derive(Debug)]
pub(crate) struct SettingsFile {
    path: PathBuf,
    document: Document,
    settings: Settings,
    /// Carbon and price series, by rule; none where the file cannot be read.
    carbon: Vec<Option<IntensitySeries>>,
    prices: Vec<Option<Arc<IntensitySeries>>>,
    /// Numbers of sites by name.
    sites: BTreeMap<String, u32>,
    /// Rules that met something.
    met: BTreeSet<String>,
    /// Whether rules could meet hosts, and tasks.
    knows_hosts: bool,
    knows_tasks: bool,
}

impl SettingsFile {
    /// Reads a file and the series it names.
    pub(crate) fn open(path: &Path) -> Self {
        let name = path.display().to_string();
        let (document, value) = match text_of(path) {
            Ok(text) => Document::of_settings(&name, text),
            Err(problem) => {
                let document = Document::new(&name, false);
                let message = format!("the settings cannot be read: {problem}");
                document.push(Diagnostic::error("file", message).at(Location::file(&name)));
                (document, None)
            }
        };
        let settings = value.and_then(|value| read(&document, &value));
        let mut file = Self {
            path: path.to_owned(),
            document,
            settings: settings.unwrap_or_default(),
            carbon: Vec::new(),
            prices: Vec::new(),
            sites: BTreeMap::new(),
            met: BTreeSet::new(),
            knows_hosts: false,
            knows_tasks: false,
        };
        file.open_series();
        file
    }

    /// Everything that was found.
    pub(crate) fn into_findings(self) -> Diagnostics {
        let unmet = self
            .rules()
            .into_iter()
            .filter(|rule| !self.met.contains(*rule));
        for rule in unmet {
            self.document.complain(
                rule,
                format!("{rule} meets nothing that is replayed"),
                "a name that is there, or a pattern with * of such names",
            );
        }
        let mut findings = self.document.into_findings();
        findings.sort();
        findings
    }
}

fn text_of(path: &Path) -> Result<String, String> {
    let bytes = fs_err::metadata(path)
        .map_err(|error| error.to_string())?
        .len();
    if bytes > BYTES_MAX {
        return Err(format!(
            "it has {bytes} bytes, at most {BYTES_MAX} are read"
        ));
    }
    fs_err::read_to_string(path).map_err(|error| error.to_string())
}

/// Reads all sections; what is wrong with them goes to the document.
fn read(document: &Document, value: &Value) -> Option<Settings> {
    let root = document.fields(value, "")?;
    let section = |name| root.object(name);
    let mut layout = section("layout").map_or_else(Layout::default, layout::layout);
    let hosts = root.objects("hosts").into_iter();
    layout.hosts = hosts.map(layout::host_rule).collect();
    let settings = Settings {
        placement: section("placement").map_or_else(PlacementSettings::default, placement::read),
        tasks: section("tasks").map_or_else(TaskSettings::default, tasks::read),
        host_states: section("host_states").map(saving::host_states),
        consolidation: section("consolidation").map(saving::consolidation),
        failures: section("failures").map_or_else(FailureSettings::default, failures::read),
        checkpoints: section("checkpoints").map(waiting::checkpoints),
        deferral: section("deferral").map(waiting::deferral),
        prices: section("prices").map(series::prices),
        carbon: root
            .objects("carbon")
            .into_iter()
            .filter_map(series::carbon)
            .collect(),
        layout,
    };
    root.finish();
    check(document, &settings);
    Some(settings)
}

/// Sections against one another.
fn check(document: &Document, settings: &Settings) {
    let layout = &settings.layout;
    for key in layout.without_racks() {
        let message = format!("{key} counts racks, and there are none");
        document.complain(key, message, "layout.hosts_per_rack, or hosts with a rack");
    }
    for (place, process) in settings.failures.processes.iter().enumerate() {
        let (is_there, expected) = match process.scope {
            Scope::Rack => (
                layout.has_racks(),
                "layout.hosts_per_rack, or hosts with a rack",
            ),
            Scope::Feed => (layout.has_feeds(), "layout.racks_per_feed"),
            Scope::Hall => (layout.has_halls(), "layout.racks_per_hall"),
            Scope::Host | Scope::Cluster | Scope::Site | Scope::All => (true, ""),
        };
        if !is_there {
            let scope = process.scope.name();
            let message = format!("there is no {scope} that could fail");
            let path = format!("failures.processes[{place}].group");
            document.complain(&path, message, expected);
        }
    }
    let is_rack = settings.placement.apart == Some(angara_simulation::replay::AntiAffinity::Rack);
    if is_rack && !layout.has_racks() {
        document.complain(
            "placement.apart",
            "tasks are to be kept in different racks, and there are none",
            "layout.hosts_per_rack, or hosts with a rack",
        );
    }
    if settings.placement.apart.is_some() != settings.tasks.has_groups() {
        let (path, message, expected) = if settings.tasks.has_groups() {
            (
                "tasks",
                "tasks are in groups that nothing keeps apart",
                "placement.apart",
            )
        } else {
            (
                "placement.apart",
                "no task is in a group",
                "tasks with a group",
            )
        };
        document.complain(path, message, expected);
    }
    let by_price = settings
        .deferral
        .is_some_and(DeferralSettings::waits_for_price);
    if by_price && settings.prices.is_none() {
        document.complain(
            "deferral.signal",
            "tasks wait for a price, and there is none",
            "prices",
        );
    }
}

/// A length of time with its unit [ms].
fn time_ms(fields: &Fields<'_>, name: &'static str, least_ms: f64) -> Option<i64> {
    let time_ms = fields.number(name, Dimension::Time, least_ms, TIME_MAX_MS);
    time_ms.map(|time_ms| time_ms.round() as i64)
}
