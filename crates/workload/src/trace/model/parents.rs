//! Which tasks a task waits for.

/// Parents of each task as rows of the task table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parents {
    ends: Vec<usize>,
    rows: Vec<u32>,
}

impl Parents {
    /// Parents of a task; none for a task of a trace without dependences.
    pub fn of(&self, task: usize) -> &[u32] {
        let Some(to) = self.ends.get(task) else {
            return &[];
        };
        let from = if task == 0 { 0 } else { self.ends[task - 1] };
        &self.rows[from..*to]
    }

    /// Dependences of all tasks together.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True where no task waits for another.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Appends the parents of the next task.
    pub(crate) fn push(&mut self, rows: &[u32]) {
        self.rows.extend_from_slice(rows);
        self.ends.push(self.rows.len());
    }

    /// A task on a circle of dependences, if there is one: such a task could never start.
    pub(crate) fn circle(&self) -> Option<usize> {
        let tasks = self.ends.len();
        let mut waiting: Vec<usize> = (0..tasks).map(|task| self.of(task).len()).collect();
        let mut first_child = vec![0_usize; tasks + 1];
        for parent in &self.rows {
            if let Some(count) = first_child.get_mut(*parent as usize + 1) {
                *count += 1;
            }
        }
        for task in 0..tasks {
            first_child[task + 1] += first_child[task];
        }
        let mut next = first_child.clone();
        let mut children = vec![0_usize; self.rows.len()];
        for task in 0..tasks {
            for parent in self.of(task) {
                children[next[*parent as usize]] = task;
                next[*parent as usize] += 1;
            }
        }
        let mut ready: Vec<usize> = (0..tasks).filter(|task| waiting[*task] == 0).collect();
        while let Some(task) = ready.pop() {
            for child in &children[first_child[task]..first_child[task + 1]] {
                waiting[*child] -= 1;
                if waiting[*child] == 0 {
                    ready.push(*child);
                }
            }
        }
        waiting.iter().position(|parents| *parents > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_found_and_a_diamond_is_none() {
        let mut diamond = Parents::default();
        for rows in [&[][..], &[0], &[0], &[1, 2]] {
            diamond.push(rows);
        }
        assert_eq!(diamond.circle(), None);
        assert_eq!(diamond.of(3), [1, 2]);
        assert_eq!(diamond.len(), 4);
        let mut circle = Parents::default();
        for rows in [&[][..], &[0, 2], &[1]] {
            circle.push(rows);
        }
        assert_eq!(circle.circle(), Some(1));
    }
}
