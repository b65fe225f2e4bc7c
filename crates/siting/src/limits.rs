//! When to stop, and who is told on the way.

/// Limits of a search.
pub struct Limits<'a> {
    /// Relative gap at which a plan counts as proven.
    pub gap: f64,
    /// Most nodes of a search tree.
    pub nodes_max: usize,
    /// Asked now and then: whether to stop with what there is. No clock is read elsewhere.
    pub stop: &'a dyn Fn() -> bool,
    /// Told of each better plan or bound.
    pub progress: &'a dyn Progress,
}

/// Told of better plans and bounds.
pub trait Progress {
    /// `bound` and `objective` in units of the file, and nodes done so far.
    fn report(&self, bound: f64, objective: f64, nodes: usize);
}

/// Listens to nothing.
pub struct Silent;

impl Progress for Silent {
    fn report(&self, _bound: f64, _objective: f64, _nodes: usize) {}
}

impl Default for Limits<'static> {
    fn default() -> Self {
        Self {
            gap: 1e-9,
            nodes_max: usize::MAX,
            stop: &|| false,
            progress: &Silent,
        }
    }
}
