//! Nodes and pods of a packing run from traces.

use std::collections::BTreeMap;

use angara_workload::trace::{Detail, Trace};

use super::{GpuModel, GpuModels, Node, PackingError, Pod};

/// What two traces give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceInput {
    /// Nodes with accelerators.
    pub nodes: Vec<Node>,
    /// Row of each of them in the trace.
    pub node_rows: Vec<u32>,
    /// Pods, row for row.
    pub pods: Vec<Pod>,
}

/// Takes nodes and pods from a list of machines and a list of pods. Machines without accelerators take no part, as in
/// the published experiments: there, pods without accelerators compete with the others for the cores beside them.
///
/// # Errors
/// If a trace lists something else, or the nodes have too many models of accelerators.
pub fn from_traces(machines: &Trace, pods: &Trace) -> Result<TraceInput, PackingError> {
    let Detail::Machines(machines) = &machines.detail else {
        return Err(PackingError::WrongTrace {
            expected: "machines",
        });
    };
    let Detail::Pods(pod_columns) = &pods.detail else {
        return Err(PackingError::WrongTrace { expected: "pods" });
    };
    let mut models: BTreeMap<&str, GpuModel> = BTreeMap::new();
    let mut nodes = Vec::new();
    let mut node_rows = Vec::new();
    for row in 0..machines.len() {
        if machines.gpu_count[row] == 0 {
            continue;
        }
        let name = machines.gpu_model.get(row);
        let gpu_model = match models.get(name) {
            Some(model) => *model,
            None => {
                GpuModel::new(models.len().min(255) as u8).ok_or(PackingError::TooManyModels {
                    limit: GpuModel::COUNT_MAX,
                })?
            }
        };
        models.insert(name, gpu_model);
        nodes.push(Node {
            cpu_milli: machines.cpu_milli[row],
            memory_bytes: machines.memory_bytes[row],
            gpu_count: machines.gpu_count[row],
            gpu_model,
        });
        node_rows.push(row as u32);
    }
    let tasks = &pods.tasks;
    let pods = (0..tasks.len())
        .map(|row| Pod {
            cpu_milli: tasks.cpu_milli[row],
            memory_bytes: tasks.memory_bytes[row],
            gpu_count: tasks.gpu_count[row],
            gpu_share_milli: tasks.gpu_share_milli[row],
            gpu_models: accepted(pod_columns.gpu_models.get(row), &models),
        })
        .collect();
    Ok(TraceInput {
        nodes,
        node_rows,
        pods,
    })
}

/// Models separated by `|`; none named accepts all, and one that no node has adds nothing.
fn accepted(names: &str, models: &BTreeMap<&str, GpuModel>) -> GpuModels {
    let mut named = names.split('|').filter(|name| !name.is_empty()).peekable();
    if named.peek().is_none() {
        return GpuModels::ANY;
    }
    named
        .filter_map(|name| models.get(name))
        .fold(GpuModels::NONE, |set, model| set.with(*model))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pod_accepts_the_models_it_names_or_all() {
        let [first, second] = [0, 1].map(|number| GpuModel::new(number).expect("below 64"));
        let models = BTreeMap::from([("T4", first), ("P100", second)]);
        assert_eq!(accepted("", &models), GpuModels::ANY);
        assert_eq!(accepted("|", &models), GpuModels::ANY);
        let only = GpuModels::NONE.with(second);
        assert_eq!(accepted("P100|A10", &models), only);
        assert_eq!(accepted("A10", &models), GpuModels::NONE);
        assert_eq!(accepted("T4|P100", &models), only.with(first));
    }
}
