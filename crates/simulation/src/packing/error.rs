//! What can end a packing run.

use thiserror::Error;

/// A packing run that cannot begin, or whose books do not close; each is fatal.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum PackingError {
    /// No node has an accelerator.
    #[error("no node has an accelerator")]
    NoGpus,
    /// No pod asks for an accelerator, so that no load can be reached.
    #[error("no pod asks for an accelerator, the load cannot be reached")]
    NoGpuDemand,
    /// A load that is not a positive number.
    #[error("a load of {load} of the accelerators cannot be made")]
    InvalidLoad {
        /// The load [1].
        load: f64,
    },
    /// More pods than a run may have.
    #[error("a load of {load} of the accelerators takes more than {limit} pods")]
    TooManyArrivals {
        /// The load [1].
        load: f64,
        /// Most pods that may arrive.
        limit: usize,
    },
    /// More rows than can be numbered.
    #[error("{rows} rows are too many")]
    TooManyRows {
        /// Rows given.
        rows: usize,
    },
    /// More models of accelerators than can be told apart.
    #[error("the nodes have more than {limit} models of accelerators")]
    TooManyModels {
        /// Most models.
        limit: u8,
    },
    /// A trace without the columns that packing needs.
    #[error("the trace is not a list of {expected}")]
    WrongTrace {
        /// What it should list.
        expected: &'static str,
    },
    /// A node that cannot exist.
    #[error("node {node} cannot be packed: {reason}")]
    InvalidNode {
        /// Row of the node.
        node: usize,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A pod that cannot exist.
    #[error("pod {pod} cannot be placed: {reason}")]
    InvalidPod {
        /// Row of the pod.
        pod: usize,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A pod arrives that the list does not have.
    #[error("arrival {arrival} is pod {pod}, the list has {pods}")]
    UnknownPod {
        /// Place in the order of arrival.
        arrival: usize,
        /// Row of the pod.
        pod: u32,
        /// Pods of the list.
        pods: usize,
    },
    /// A node was given more than it has: a defect of a policy.
    #[error("node {node} was given more {resource} than it has")]
    NodeOverfull {
        /// Row of the node.
        node: usize,
        /// What ran out.
        resource: &'static str,
    },
    /// What the nodes hold is not what was placed on them: a defect of the engine.
    #[error("node {node} holds {held} of its {resource}, {placed} was placed on it")]
    NotConserved {
        /// Row of the node.
        node: usize,
        /// What does not add up.
        resource: &'static str,
        /// What the node no longer has free, in the unit of the resource.
        held: u128,
        /// Sum over the pods placed on it.
        placed: u128,
    },
    /// What counts as allocated is not what was placed: a defect of the engine.
    #[error("{allocated_milli} milli-accelerators count as allocated, {placed_milli} were placed")]
    AllocationNotConserved {
        /// Allocated by the running sum [milli-accelerators].
        allocated_milli: u64,
        /// Sum over all placements [milli-accelerators].
        placed_milli: u128,
    },
}
