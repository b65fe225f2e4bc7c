//! The hosts that hold a generated trace, in `OpenDC`'s topology file.

use serde::Serialize;

use super::SynthesisOptions;

/// Power of a host without load and at full load [W].
const IDLE_W: f64 = 150.0;
const FULL_W: f64 = 350.0;
/// Least memory of a host [MiB].
const MEMORY_MIB_MIN: u64 = 262_144;

#[derive(Serialize)]
struct Topology {
    clusters: [Cluster; 1],
}

#[derive(Serialize)]
struct Cluster {
    name: &'static str,
    hosts: [Host; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Host {
    name: &'static str,
    count: u64,
    cpu: Cpu,
    memory: Memory,
    cpu_power_model: PowerModel,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cpu {
    core_count: u32,
    core_speed: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Memory {
    memory_size: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PowerModel {
    model_type: &'static str,
    power: f64,
    idle_power: f64,
    max_power: f64,
}

/// One cluster of equal hosts whose power rises linearly with their load.
pub(super) fn json(options: &SynthesisOptions, hosts: u64) -> serde_json::Result<Vec<u8>> {
    // A task's memory in MB is compared with the host's in MiB.
    let needed = u64::from(options.memory_mb) * options.machines_per_host;
    let topology = Topology {
        clusters: [Cluster {
            name: "C01",
            hosts: [Host {
                name: "H01",
                count: hosts,
                cpu: Cpu {
                    core_count: options.host_cores,
                    core_speed: options.core_mhz,
                },
                memory: Memory {
                    memory_size: needed.max(MEMORY_MIB_MIN),
                },
                cpu_power_model: PowerModel {
                    model_type: "linear",
                    power: FULL_W,
                    idle_power: IDLE_W,
                    max_power: FULL_W,
                },
            }],
        }],
    };
    let mut text = serde_json::to_vec_pretty(&topology)?;
    text.push(b'\n');
    Ok(text)
}
