//! One file per subcommand.

pub(crate) mod certify;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod expand;
pub(crate) mod explain;
pub(crate) mod init;
pub(crate) mod plant;
pub(crate) mod reasons;
pub(crate) mod replay;
pub(crate) mod run;
pub(crate) mod schema;
pub(crate) mod site;
pub(crate) mod trace;
pub(crate) mod verify;
