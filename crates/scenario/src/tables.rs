//! All tables of a scenario, as they stand in their files.

use crate::read;
use crate::table::{Table, TableSpec};

macro_rules! tables {
    ($($name:ident),+ $(,)?) => {
        /// All tables of a scenario.
        #[derive(Debug)]
        pub(crate) struct Tables {
            $(pub(crate) $name: Table,)+
        }

        impl Tables {
            /// Opens every table.
            pub(crate) fn open(mut open: impl FnMut(&'static TableSpec) -> Table) -> Self {
                Self { $($name: open(&read::$name::SPEC),)+ }
            }

            /// Every table, in the order in which they are documented.
            pub(crate) fn all(&self) -> Vec<&Table> {
                vec![$(&self.$name),+]
            }
        }
    };
}

tables!(
    currencies,
    grids,
    climates,
    weather,
    places,
    sites,
    grid_limits,
    profiles,
    services,
    demand,
    equipment,
    origins,
    supply,
    links,
    parties,
    budgets,
    futures,
);

impl Default for Tables {
    fn default() -> Self {
        Self::open(Table::absent)
    }
}
