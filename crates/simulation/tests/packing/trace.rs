//! The openb traces, where they are.

use std::path::PathBuf;

use angara_simulation::packing::{TraceInput, from_traces};
use angara_workload::trace::{Limits, Trace, read};

/// Nodes and pods of a list; `None`, and says so, where the traces are absent.
pub(crate) fn openb(list: &str) -> Option<TraceInput> {
    let folder = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/traces/alibaba-openb-2023"
    ));
    if !folder.is_dir() {
        println!("skipped: no {}", folder.display());
        return None;
    }
    let file = |name: &str| -> Trace {
        let (trace, _) = read(&[folder.join(name)], &Limits::default()).expect("a clean trace");
        trace
    };
    let machines = file("openb_node_list_all_node.csv");
    let pods = file(&format!("openb_pod_list_{list}.csv.zst"));
    Some(from_traces(&machines, &pods).expect("machines and pods"))
}

#[test]
fn the_nodes_of_the_trace_have_6212_accelerators() {
    let Some(input) = openb("default") else {
        return;
    };
    let gpus: u32 = input.nodes.iter().map(|node| node.gpu_count).sum();
    assert_eq!(
        (input.nodes.len(), gpus, input.pods.len()),
        (1_213, 6_212, 8_152)
    );
    assert_eq!(input.nodes.len(), input.node_rows.len());
}
