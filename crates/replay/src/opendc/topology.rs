//! `OpenDC`'s topology file: clusters of hosts behind sources of power.

use std::collections::BTreeMap;

use angara_catalog::CurveKind;
use angara_simulation::battery::{BatteryPolicySpec, BatterySpec};
use angara_simulation::intensity::JOULES_PER_KWH;
use angara_simulation::power::PowerModel;
use angara_simulation::replay::{
    Cluster, GpuKind, HERTZ_MAX, HostKind, ReplayHost, Topology, Virtualisation, hertz,
};
use angara_simulation::sharing::{ShareRatio, SharingPolicy};
use serde_json::Value;

use super::power;
use crate::document::Dimension;
use crate::document::{Document, Fields};

/// Most hosts of a topology.
const HOSTS_MAX: u64 = 10_000_000;
/// Most accelerators of a host.
const GPUS_MAX: u64 = 1024;
/// Most cores of a processor or accelerator.
const CORES_MAX: u64 = 10_000_000;
/// Most of any amount of power or energy in a file.
pub(super) const AMOUNT_MAX: f64 = 1e15;
/// Part that a constant virtualisation overhead takes where the file does not tell [1].
const OVERHEAD_DEFAULT: f64 = 0.05;
/// How long a turn lasts where the file does not tell [ms].
const TURN_DEFAULT_MS: i64 = 1_000;

/// A topology and the files its clusters take carbon intensities from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TopologyFile {
    /// The topology; its clusters name a carbon series by its row in `carbon_paths`.
    pub topology: Topology,
    /// Paths of the carbon series, each once.
    pub carbon_paths: Vec<String>,
}

/// Reads a topology; what is wrong with it goes to the document.
pub(crate) fn read(document: &Document, value: &Value) -> Option<TopologyFile> {
    let root = document.fields(value, "")?;
    let mut reading = Reading::default();
    root.required("clusters");
    for cluster in root.objects("clusters") {
        reading.cluster(cluster);
    }
    if reading.file.topology.hosts.is_empty() {
        document.refuse("clusters", value, "at least one cluster with a host");
    }
    root.finish();
    Some(reading.file)
}

#[derive(Default)]
struct Reading {
    file: TopologyFile,
    kinds: BTreeMap<String, u32>,
    carbon_rows: BTreeMap<String, usize>,
}

impl Reading {
    fn cluster(&mut self, cluster: Fields<'_>) {
        let name = cluster.text("name").unwrap_or("Cluster").to_owned();
        let copies = cluster.whole("count", 1, HOSTS_MAX).unwrap_or(1);
        let (source, carbon) = cluster
            .object("powerSource")
            .map_or((String::from("PowerSource"), None), |source| {
                self.power_source(source)
            });
        let battery = cluster.object("battery").and_then(battery);
        cluster.required("hosts");
        let mut hosts = Vec::new();
        for host in cluster.objects("hosts") {
            hosts.push(host_kind(host));
        }
        for copy in 0..copies {
            let suffix = if copies > 1 {
                format!("-{copy}")
            } else {
                String::new()
            };
            let row = self.file.topology.clusters.len() as u32;
            self.file.topology.clusters.push(Cluster {
                name: format!("{name}{suffix}"),
                source: format!("{source}{suffix}"),
                carbon,
                battery: battery.clone(),
                zone: row,
            });
            for host in &hosts {
                self.hosts(host, row, &cluster);
            }
        }
        cluster.finish();
    }

    fn hosts(&mut self, host: &Hosts, cluster: u32, fields: &Fields<'_>) {
        let topology = &mut self.file.topology;
        if topology.hosts.len() as u64 + host.count > HOSTS_MAX {
            if let Some(value) = fields.get("hosts") {
                fields.refuse("hosts", value, format!("at most {HOSTS_MAX} hosts in all"));
            }
            return;
        }
        // Kinds are told apart by all that is known of them.
        let kind = *self
            .kinds
            .entry(format!("{:?}", host.kind))
            .or_insert_with(|| {
                topology.kinds.push(host.kind.clone());
                (topology.kinds.len() - 1) as u32
            });
        for number in 0..host.count {
            topology.hosts.push(ReplayHost {
                name: if host.count > 1 {
                    format!("{}-{number}", host.name)
                } else {
                    host.name.clone()
                },
                kind,
                cluster,
                rack: None,
            });
        }
    }

    fn power_source(&mut self, source: Fields<'_>) -> (String, Option<usize>) {
        let name = source.text("name").unwrap_or("PowerSource").to_owned();
        source.number("maxPower", Dimension::Power, 0.0, f64::MAX);
        let carbon = source.text("carbonTracePath").map(|path| {
            let paths = &mut self.file.carbon_paths;
            *self.carbon_rows.entry(path.to_owned()).or_insert_with(|| {
                paths.push(path.to_owned());
                paths.len() - 1
            })
        });
        source.finish();
        (name, carbon)
    }
}

/// Hosts of one entry.
struct Hosts {
    name: String,
    count: u64,
    kind: HostKind,
}

fn host_kind(host: Fields<'_>) -> Hosts {
    let name = host.text("name").unwrap_or("Host").to_owned();
    let count = host.whole("count", 1, HOSTS_MAX).unwrap_or(1);
    host.required("cpu");
    let (cores, core_hz) = host.object("cpu").map_or((1, 1), |cpu| {
        let sockets = cpu.whole("count", 1, CORES_MAX).unwrap_or(1);
        cpu.required("coreCount");
        let cores = cpu.whole("coreCount", 1, CORES_MAX).unwrap_or(1);
        let megahertz = cpu
            .required_number("coreSpeed", Dimension::Frequency, 1e-6, 1e9)
            .unwrap_or(1.0);
        for ignored in ["vendor", "modelName", "arch"] {
            let _ = cpu.text(ignored);
        }
        cpu.finish();
        (
            sockets.saturating_mul(cores).min(CORES_MAX),
            hertz(megahertz),
        )
    });
    host.required("memory");
    let memory_mib = host.object("memory").map_or(0, |memory| {
        let size = memory.required_number("memorySize", Dimension::Memory, 0.0, 1e18);
        for ignored in ["vendor", "modelName", "arch"] {
            let _ = memory.text(ignored);
        }
        memory.number("memorySpeed", Dimension::Frequency, -1.0, 1e9);
        memory.finish();
        size.unwrap_or(0.0) as u64
    });
    let cpu_power = power::read(&host, "cpuPowerModel", CurveKind::Server);
    let gpu_power = power::read(&host, "gpuPowerModel", CurveKind::Accelerator);
    let (cpu_sharing, cpu_turn_ms) = sharing(&host, "cpuDistributionPolicy");
    let (gpu_sharing, gpu_turn_ms) = sharing(&host, "gpuDistributionPolicy");
    let (gpus, virtualisation) = host
        .object("gpu")
        .map_or((Vec::new(), Virtualisation::None), |gpu| {
            gpus(gpu, &gpu_power)
        });
    host.finish();
    Hosts {
        name,
        count,
        kind: HostKind {
            cores: cores as u32,
            core_hz,
            memory_mib,
            cpu_power,
            cpu_sharing,
            gpus,
            gpu_sharing,
            virtualisation,
            turn_ms: gpu_turn_ms.or(cpu_turn_ms).unwrap_or(TURN_DEFAULT_MS),
            platform: 0,
        },
    }
}

fn gpus(gpu: Fields<'_>, power: &PowerModel) -> (Vec<GpuKind>, Virtualisation) {
    let count = gpu.whole("count", 1, GPUS_MAX).unwrap_or(1);
    gpu.required("coreCount");
    let cores = gpu.whole("coreCount", 1, CORES_MAX).unwrap_or(1);
    let megahertz = gpu
        .required_number("coreSpeed", Dimension::Frequency, 1e-6, 1e9)
        .unwrap_or(1.0);
    gpu.number("memorySize", Dimension::Memory, -1.0, 1e18);
    gpu.number("memoryBandwidth", Dimension::Bandwidth, -1.0, 1e18);
    for ignored in ["vendor", "modelName", "architecture"] {
        let _ = gpu.text(ignored);
    }
    let virtualisation = gpu
        .object("virtualizationOverHeadModel")
        .map_or(Virtualisation::None, virtualisation);
    gpu.finish();
    let kind = GpuKind {
        cores: cores as u32,
        capacity_hz: cores.saturating_mul(hertz(megahertz)).min(HERTZ_MAX),
        power: power.clone(),
    };
    (vec![kind; count as usize], virtualisation)
}

fn virtualisation(model: Fields<'_>) -> Virtualisation {
    let kind = model
        .choice("type", &[("NONE", 0), ("CONSTANT", 1), ("SHARE_BASED", 2)])
        .unwrap_or(0);
    let share = model
        .number("percentageOverhead", Dimension::Plain, 0.0, 1.0)
        .unwrap_or(OVERHEAD_DEFAULT);
    model.finish();
    match kind {
        1 => Virtualisation::Constant(share),
        2 => Virtualisation::ShareBased,
        _ => Virtualisation::None,
    }
}

/// How a resource is shared, and how long a turn lasts where the policy takes turns [ms].
fn sharing(host: &Fields<'_>, name: &'static str) -> (SharingPolicy, Option<i64>) {
    let Some(policy) = host.object(name) else {
        return (SharingPolicy::MaxMinFair, None);
    };
    let ratio = policy
        .number("shareRatio", Dimension::Plain, 0.0, 1.0)
        .and_then(|ratio| ShareRatio::new(ratio).ok());
    let turn_ms = policy
        .number("updateIntervalLength", Dimension::Time, 1.0, 1e12)
        .map(|turn_ms| turn_ms.round() as i64);
    let fixed = ratio.map_or(SharingPolicy::EqualShare, SharingPolicy::FixedShare);
    let kinds = [
        ("MAX_MIN_FAIRNESS", SharingPolicy::MaxMinFair),
        ("EQUAL_SHARE", SharingPolicy::EqualShare),
        ("FIXED_SHARE", fixed),
        ("BEST_EFFORT", SharingPolicy::BestEffort),
        ("FIRST_FIT", SharingPolicy::FirstFit),
    ];
    policy.required("type");
    let kind = policy.choice("type", &kinds).unwrap_or_default();
    if ratio.is_none() && policy.get("type").is_some_and(|kind| kind == "FIXED_SHARE") {
        policy.required("shareRatio");
    }
    policy.finish();
    (kind, turn_ms)
}

fn battery(battery: Fields<'_>) -> Option<(String, BatterySpec)> {
    let name = battery.text("name").unwrap_or("Battery").to_owned();
    let capacity = battery.required_number("capacity", Dimension::Energy, 0.0, AMOUNT_MAX);
    let charging = battery.required_number("chargingSpeed", Dimension::Power, 0.0, AMOUNT_MAX);
    let initial = battery.number("initialCharge", Dimension::Energy, 0.0, AMOUNT_MAX);
    let embodied_kg = battery.number("embodiedCarbon", Dimension::Plain, 0.0, AMOUNT_MAX);
    let lifetime_y = battery.number("expectedLifetime", Dimension::Plain, 0.0, 1e6);
    battery.required("batteryPolicy");
    let policy = battery.object("batteryPolicy").and_then(battery_policy);
    battery.finish();
    Some((
        name,
        BatterySpec {
            capacity_j: capacity? * JOULES_PER_KWH,
            charging_w: charging?,
            initial_charge_j: initial.unwrap_or(0.0) * JOULES_PER_KWH,
            policy: policy?,
            embodied_g: embodied_kg.unwrap_or(0.0) * 1e3,
            lifetime_ms: lifetime_y.unwrap_or(0.0) * 365.0 * 86_400_000.0,
        },
    ))
}

fn battery_policy(policy: Fields<'_>) -> Option<BatteryPolicySpec> {
    policy.required("type");
    let kind = policy.choice(
        "type",
        &[
            ("single", 0),
            ("double", 1),
            ("runningMean", 2),
            ("runningMeanPlus", 3),
            ("runningMedian", 4),
            ("runningQuartiles", 5),
        ],
    );
    let intensity = |name| policy.number(name, Dimension::Plain, 0.0, AMOUNT_MAX);
    let threshold = intensity("carbonThreshold");
    let (lower, upper) = (intensity("lowerThreshold"), intensity("upperThreshold"));
    let starting_threshold = intensity("startingThreshold").unwrap_or(0.0);
    let window = policy.whole("windowSize", 1, 1_000_000).unwrap_or(168) as usize;
    let asked = match kind {
        Some(0) => vec![("carbonThreshold", threshold)],
        Some(1) => vec![("lowerThreshold", lower), ("upperThreshold", upper)],
        _ => Vec::new(),
    };
    for (name, value) in asked {
        if value.is_none() {
            policy.required(name);
        }
    }
    policy.finish();
    Some(match kind? {
        0 => BatteryPolicySpec::SingleThreshold {
            threshold: threshold?,
        },
        1 => BatteryPolicySpec::DoubleThreshold {
            lower: lower?,
            upper: upper?,
        },
        2 => BatteryPolicySpec::RunningMean {
            starting_threshold,
            window,
        },
        3 => BatteryPolicySpec::RunningMeanPlus {
            starting_threshold,
            window,
        },
        4 => BatteryPolicySpec::RunningMedian {
            starting_threshold,
            window,
        },
        _ => BatteryPolicySpec::RunningQuartiles {
            starting_threshold,
            window,
        },
    })
}
