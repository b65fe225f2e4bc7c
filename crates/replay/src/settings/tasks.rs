//! `tasks`: priorities, groups, platforms and sites of tasks, by their names or from a table.

use std::collections::HashMap;
use std::path::Path;

use super::pattern::Pattern;
use super::table;
use super::time_ms;
use crate::ReplayFault;
use crate::document::Fields;
use crate::plan::PlannedWorkload;

/// What is set about tasks.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct TaskSettings {
    pub(super) table: Option<TaskTable>,
    pub(super) rules: Vec<TaskRule>,
}

/// Columns of a table of tasks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TaskTable {
    /// The file; that of the tasks themselves where it is not told.
    pub(super) file: Option<String>,
    id: String,
    priority: Option<String>,
    group: Option<String>,
    platform: Option<String>,
    site: Option<String>,
}

/// What is said of the tasks of some names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TaskRule {
    /// Where the settings say it.
    pub(super) path: String,
    task: Pattern,
    priority: Option<i32>,
    group: Option<String>,
    platform: Option<String>,
    site: Option<String>,
    may_wait: Option<bool>,
    /// By when a task must have ended, since its submission [ms].
    deadline_ms: Option<i64>,
}

pub(super) fn read(tasks: Fields<'_>) -> TaskSettings {
    let settings = TaskSettings {
        table: tasks.object("table").map(task_table),
        rules: tasks.objects("rules").into_iter().map(rule_of).collect(),
    };
    tasks.finish();
    settings
}

fn task_table(table: Fields<'_>) -> TaskTable {
    let column = |name| table.text(name).map(str::to_owned);
    let read = TaskTable {
        file: column("file"),
        id: column("id").unwrap_or_else(|| "id".to_owned()),
        priority: column("priority"),
        group: column("group"),
        platform: column("platform"),
        site: column("site"),
    };
    if read.columns().len() == 1 {
        table.document().complain(
            "tasks.table",
            "tasks.table names no column",
            "priority, group, platform or site: names of columns",
        );
    }
    table.finish();
    read
}

fn rule_of(rule: Fields<'_>) -> TaskRule {
    rule.required("task");
    let priority = rule.get("priority").and_then(|value| {
        let priority = value.as_str().and_then(|text| text.parse().ok());
        if priority.is_none() {
            rule.refuse("priority", value, "a whole number");
        }
        priority
    });
    let read = TaskRule {
        path: rule.path("").trim_end_matches('.').to_owned(),
        task: rule.text("task").map_or_else(Pattern::any, Pattern::new),
        priority,
        group: rule.text("group").map(str::to_owned),
        platform: rule.text("platform").map(str::to_owned),
        site: rule.text("site").map(str::to_owned),
        may_wait: rule.truth("may_wait"),
        deadline_ms: time_ms(&rule, "deadline", 1.0),
    };
    rule.finish();
    read
}

impl TaskTable {
    /// Names of all columns, that of the tasks first.
    fn columns(&self) -> Vec<&str> {
        let more = [&self.priority, &self.group, &self.platform, &self.site];
        let more = more.into_iter().filter_map(Option::as_deref);
        std::iter::once(self.id.as_str()).chain(more).collect()
    }
}

impl TaskSettings {
    /// Whether anything is said of tasks.
    pub(super) fn is_empty(&self) -> bool {
        self.table.is_none() && self.rules.is_empty()
    }

    /// Whether tasks may be in groups.
    pub(super) fn has_groups(&self) -> bool {
        self.table
            .as_ref()
            .is_some_and(|table| table.group.is_some())
            || self.rules.iter().any(|rule| rule.group.is_some())
    }

    pub(super) fn has_platforms(&self) -> bool {
        self.table
            .as_ref()
            .is_some_and(|table| table.platform.is_some())
            || self.rules.iter().any(|rule| rule.platform.is_some())
    }

    pub(super) fn has_sites(&self) -> bool {
        self.table
            .as_ref()
            .is_some_and(|table| table.site.is_some())
            || self.rules.iter().any(|rule| rule.site.is_some())
    }
}

/// Something that a rule or table names and that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unknown {
    /// Key of the settings.
    pub(super) path: String,
    /// What is named.
    pub(super) name: String,
}

/// Numbers of the names of groups, platforms and sites.
pub(super) struct Names<'a> {
    pub(super) platforms: &'a dyn Fn(&str) -> Option<u32>,
    pub(super) sites: &'a dyn Fn(&str) -> Option<u32>,
    pub(super) unknown: Vec<Unknown>,
    groups: HashMap<String, u32>,
}

impl<'a> Names<'a> {
    pub(super) fn new(
        platforms: &'a dyn Fn(&str) -> Option<u32>,
        sites: &'a dyn Fn(&str) -> Option<u32>,
    ) -> Self {
        Self {
            platforms,
            sites,
            unknown: Vec::new(),
            groups: HashMap::new(),
        }
    }

    fn group(&mut self, name: &str) -> u32 {
        let next = self.groups.len() as u32;
        *self.groups.entry(name.to_owned()).or_insert(next)
    }

    fn note(&mut self, path: &str, name: &str) {
        let unknown = Unknown {
            path: path.to_owned(),
            name: name.to_owned(),
        };
        if !self.unknown.contains(&unknown) {
            self.unknown.push(unknown);
        }
    }

    fn platform(&mut self, path: &str, name: &str) -> Option<u32> {
        let found = (self.platforms)(name);
        if found.is_none() {
            self.note(path, name);
        }
        found
    }

    fn site(&mut self, path: &str, name: &str) -> Option<u32> {
        let found = (self.sites)(name);
        if found.is_none() {
            self.note(path, name);
        }
        found
    }
}

impl TaskSettings {
    /// Applies the rules to a workload; tells which of them met a task.
    pub(super) fn apply_rules(
        &self,
        workload: &mut PlannedWorkload,
        names: &mut Names<'_>,
    ) -> Vec<bool> {
        let mut met = vec![false; self.rules.len()];
        for (rule, met) in self.rules.iter().zip(&mut met) {
            let group = rule.group.as_deref().map(|name| names.group(name));
            let at = |key: &str| format!("{}.{key}", rule.path);
            let platform = rule.platform.as_deref();
            let platform = platform.and_then(|name| names.platform(&at("platform"), name));
            let site = rule.site.as_deref();
            let site = site.and_then(|name| names.site(&at("site"), name));
            for task in 0..workload.tasks.len() {
                if !rule.task.matches(&workload.task_name(task)) {
                    continue;
                }
                *met = true;
                let tasks = &mut workload.tasks;
                tasks.priority[task] = rule.priority.unwrap_or(tasks.priority[task]);
                tasks.group[task] = group.or(tasks.group[task]);
                tasks.platform[task] = platform.or(tasks.platform[task]);
                tasks.zone[task] = site.or(tasks.zone[task]);
                tasks.deferrable[task] = rule.may_wait.unwrap_or(tasks.deferrable[task]);
                if let Some(deadline_ms) = rule.deadline_ms {
                    let submission_ms = tasks.submission_ms[task];
                    tasks.deadline_ms[task] = Some(submission_ms.saturating_add(deadline_ms));
                }
            }
        }
        met
    }
}

impl TaskTable {
    /// Applies the table to a workload.
    ///
    /// # Errors
    /// A file that cannot be read, and one that names none of the tasks.
    pub(super) fn apply(
        &self,
        file: &Path,
        workload: &mut PlannedWorkload,
        names: &mut Names<'_>,
    ) -> Result<(), ReplayFault> {
        let rows = table::read(file, &self.columns())?;
        let row_of: HashMap<&str, usize> = rows
            .iter()
            .enumerate()
            .filter_map(|(row, cells)| Some((cells.first()?.as_deref()?, row)))
            .collect();
        let mut met = 0_usize;
        for task in 0..workload.tasks.len() {
            let Some(row) = row_of.get(workload.task_name(task).as_ref()) else {
                continue;
            };
            met += 1;
            let mut cells = rows[*row].iter().skip(1).map(Option::as_deref);
            let mut cell =
                |column: &Option<String>| column.as_ref().and_then(|_| cells.next()).flatten();
            let tasks = &mut workload.tasks;
            if let Some(text) = cell(&self.priority) {
                // A column of reals writes whole numbers with a fraction.
                let number = text
                    .parse()
                    .ok()
                    .filter(|number: &f64| number.fract() == 0.0);
                let priority = number.filter(|number| number.abs() <= f64::from(i32::MAX));
                let Some(priority) = priority else {
                    let problem = format!(
                        "row {}: priority is `{text}`, expected a whole number",
                        row + 1
                    );
                    return Err(ReplayFault::file(file, problem));
                };
                tasks.priority[task] = priority as i32;
            }
            if let Some(name) = cell(&self.group) {
                tasks.group[task] = Some(names.group(name));
            }
            if let Some(name) = cell(&self.platform) {
                tasks.platform[task] = names.platform("tasks.table.platform", name);
            }
            if let Some(name) = cell(&self.site) {
                tasks.zone[task] = names.site("tasks.table.site", name);
            }
        }
        if met == 0 {
            let problem = format!("its column {} names none of the tasks", self.id);
            return Err(ReplayFault::file(file, problem));
        }
        Ok(())
    }
}
