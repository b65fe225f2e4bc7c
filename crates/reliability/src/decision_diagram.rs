//! Exact probability of a structure with shared components, by a binary decision diagram.
//!
//! What it computes: the probability that a structure works or fails, and what each component contributes.
//!
//! Assumptions: components are independent; what they share is a component of its own.
//!
//! Valid range: structures whose diagram stays below a million nodes.
//!
//! References: Bryant 1986; Rauzy 1993.

use std::collections::BTreeMap;

use crate::error::{ReliabilityError, probability, within};
use crate::structure::Structure;

const NODES_MAX: usize = 1_000_000;
const FAILS: usize = 0;
const WORKS: usize = 1;
const TERMINAL: usize = usize::MAX;

/// A structure as an ordered, reduced diagram.
#[derive(Debug, Clone)]
pub struct DecisionDiagram {
    /// Component, node when it fails, node when it works.
    nodes: Vec<(usize, usize, usize)>,
    unique: BTreeMap<(usize, usize, usize), usize>,
    chosen: BTreeMap<(usize, usize, usize), usize>,
    root: usize,
    components: usize,
}

impl DecisionDiagram {
    /// The diagram of a structure, components in the order of their numbers.
    ///
    /// # Errors
    /// More than a million nodes.
    pub fn new(structure: &Structure) -> Result<Self, ReliabilityError> {
        let mut diagram = Self {
            nodes: vec![(TERMINAL, FAILS, FAILS), (TERMINAL, WORKS, WORKS)],
            unique: BTreeMap::new(),
            chosen: BTreeMap::new(),
            root: FAILS,
            components: structure.components(),
        };
        diagram.root = diagram.build(structure)?;
        Ok(diagram)
    }

    fn build(&mut self, structure: &Structure) -> Result<usize, ReliabilityError> {
        match structure {
            Structure::Component(number) => self.node(*number, FAILS, WORKS),
            Structure::AtLeast(needed, parts) => {
                // `reached[k]`: at least k of the parts seen so far.
                let mut reached = vec![FAILS; needed + 1];
                reached[0] = WORKS;
                for part in parts {
                    let part = self.build(part)?;
                    for count in (1..=*needed).rev() {
                        reached[count] = self.choose(part, reached[count - 1], reached[count])?;
                    }
                }
                Ok(reached[*needed])
            }
        }
    }

    fn node(
        &mut self,
        component: usize,
        low: usize,
        high: usize,
    ) -> Result<usize, ReliabilityError> {
        if low == high {
            return Ok(low);
        }
        let key = (component, low, high);
        if let Some(found) = self.unique.get(&key) {
            return Ok(*found);
        }
        within("nodes of the diagram", self.nodes.len(), 0, NODES_MAX)?;
        self.nodes.push(key);
        self.unique.insert(key, self.nodes.len() - 1);
        Ok(self.nodes.len() - 1)
    }

    /// `then` where `condition` works, else `otherwise`.
    fn choose(
        &mut self,
        condition: usize,
        then: usize,
        otherwise: usize,
    ) -> Result<usize, ReliabilityError> {
        match condition {
            WORKS => return Ok(then),
            FAILS => return Ok(otherwise),
            _ if then == otherwise => return Ok(then),
            _ => {}
        }
        let key = (condition, then, otherwise);
        if let Some(found) = self.chosen.get(&key) {
            return Ok(*found);
        }
        let first = [condition, then, otherwise]
            .map(|node| self.nodes[node].0)
            .into_iter()
            .fold(TERMINAL, usize::min);
        let branch = |node: usize, works: bool| match self.nodes[node] {
            (component, low, high) if component == first => {
                if works {
                    high
                } else {
                    low
                }
            }
            _ => node,
        };
        let [low, high] = [false, true].map(|works| key_branches(&branch, key, works));
        let low = self.choose(low.0, low.1, low.2)?;
        let high = self.choose(high.0, high.1, high.2)?;
        let result = self.node(first, low, high)?;
        self.chosen.insert(key, result);
        Ok(result)
    }

    /// Probability that the structure works, from the availability of each component [1].
    ///
    /// # Errors
    /// A list of another length; a value outside 0 to 1.
    pub fn availability(&self, availability: &[f64]) -> Result<f64, ReliabilityError> {
        Ok(self.evaluate(availability)?.0)
    }

    /// Probability that the structure fails, precise where it is small [1].
    ///
    /// # Errors
    /// As for the availability.
    pub fn unavailability(&self, availability: &[f64]) -> Result<f64, ReliabilityError> {
        Ok(self.evaluate(availability)?.1)
    }

    /// How much the availability of the whole grows with that of each component (Birnbaum's importance) [1].
    ///
    /// # Errors
    /// As for the availability.
    pub fn importance(&self, availability: &[f64]) -> Result<Vec<f64>, ReliabilityError> {
        let mut changed = availability.to_vec();
        (0..self.components)
            .map(|component| {
                let own = availability.get(component).copied().unwrap_or(0.0);
                let mut fails_with = |value: f64| {
                    if let Some(entry) = changed.get_mut(component) {
                        *entry = value;
                    }
                    self.unavailability(&changed)
                };
                let difference = fails_with(0.0)? - fails_with(1.0)?;
                fails_with(own)?;
                Ok(difference)
            })
            .collect()
    }

    fn evaluate(&self, availability: &[f64]) -> Result<(f64, f64), ReliabilityError> {
        within(
            "components with an availability",
            availability.len(),
            self.components,
            usize::MAX,
        )?;
        for value in availability {
            probability("availability", *value)?;
        }
        // A node is made after the nodes that it leads to.
        let mut value = vec![(0.0, 1.0), (1.0, 0.0)];
        for (component, low, high) in &self.nodes[2..] {
            let up = availability[*component];
            let join = |low: f64, high: f64| (1.0 - up) * low + up * high;
            value.push((
                join(value[*low].0, value[*high].0),
                join(value[*low].1, value[*high].1),
            ));
        }
        Ok(value[self.root])
    }
}

fn key_branches(
    branch: &impl Fn(usize, bool) -> usize,
    key: (usize, usize, usize),
    works: bool,
) -> (usize, usize, usize) {
    (
        branch(key.0, works),
        branch(key.1, works),
        branch(key.2, works),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::error::assert_close;

    fn series(parts: &[usize]) -> Structure {
        Structure::series(
            parts
                .iter()
                .map(|part| Structure::Component(*part))
                .collect(),
        )
    }

    #[test]
    fn r47_bridge() {
        let paths = [vec![0, 3], vec![1, 4], vec![0, 2, 4], vec![1, 2, 3]];
        let bridge = Structure::parallel(paths.iter().map(|path| series(path)).collect());
        let diagram = DecisionDiagram::new(&bridge).unwrap();
        assert_close(diagram.availability(&[0.9; 5]).unwrap(), 0.97848, 1e-12);
    }

    #[test]
    fn r48_fault_tree_is_no_sum_of_rare_events() {
        // The top fails when 0 and 1 fail, or 2 fails.
        let pair = Structure::parallel(vec![Structure::Component(0), Structure::Component(1)]);
        let top = Structure::series(vec![pair, Structure::Component(2)]);
        let diagram = DecisionDiagram::new(&top).unwrap();
        let fails = diagram.unavailability(&[0.99, 0.98, 0.999]).unwrap();
        assert_close(fails, 0.0011998, 1e-12);
    }

    #[test]
    fn the_shared_component_matters_most() {
        let whole = Structure::parallel(vec![series(&[0, 1]), series(&[0, 2])]);
        let diagram = DecisionDiagram::new(&whole).unwrap();
        let importance = diagram.importance(&[0.9; 3]).unwrap();
        assert_close(importance[0], 0.99, 1e-12);
        assert_close(importance[1], 0.09, 1e-12);
    }

    fn structures() -> impl Strategy<Value = Structure> {
        (0_usize..6)
            .prop_map(Structure::Component)
            .prop_recursive(3, 16, 4, |part| {
                prop::collection::vec(part, 1..4).prop_flat_map(|parts| {
                    (1..=parts.len())
                        .prop_map(move |needed| Structure::AtLeast(needed, parts.clone()))
                })
            })
    }

    proptest! {
        #[test]
        fn the_diagram_is_the_enumeration(
            whole in structures(),
            up in prop::collection::vec(0.0_f64..=1.0, 6),
        ) {
            let mut expected = 0.0;
            for mask in 0_u32..64 {
                let state: Vec<bool> = (0..6).map(|part| mask >> part & 1 == 1).collect();
                if whole.works(&state) {
                    expected += state
                        .iter()
                        .zip(&up)
                        .map(|(works, value)| if *works { *value } else { 1.0 - value })
                        .product::<f64>();
                }
            }
            let diagram = DecisionDiagram::new(&whole).unwrap();
            prop_assert!((diagram.availability(&up).unwrap() - expected).abs() < 1e-12);
            prop_assert!((diagram.unavailability(&up).unwrap() - 1.0 + expected).abs() < 1e-12);
        }
    }
}
