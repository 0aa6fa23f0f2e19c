//! How it stands with the memory of the process: what [`shed_load`](crate::shed_load) refuses by.
//!
//! Needs the feature `std`.

pub(crate) mod announce;
mod cgroup;
pub(crate) mod gate;
mod limits;
mod run;
mod sampler;
mod source;
mod state;
mod status;
#[cfg(test)]
mod tests;
mod tree;
mod trend;

#[cfg(feature = "incident")]
pub(crate) use self::announce::say;
pub use self::announce::set_purge;
pub use self::run::sample_inline;
pub(crate) use self::sampler::Change;
pub use self::source::Source;
pub use self::state::State;
pub(crate) use self::state::Threshold;
pub use self::status::{Status, status};

/// The files in which the control groups of this process count whom the kernel killed in them, its own first.
#[cfg(feature = "incident")]
pub(crate) fn groups(cgroup: &str, mounts: &str) -> alloc::vec::Vec<alloc::string::String> {
    let file = |group: cgroup::Group| {
        let name = match group.version {
            cgroup::Version::One => "memory.oom_control",
            cgroup::Version::Two => "memory.events",
        };
        alloc::format!("{}/{name}", group.folder)
    };
    cgroup::groups(cgroup, mounts).into_iter().map(file).collect()
}

/// The bytes of a process in memory, of `/proc/self/statm` and `/proc/self/auxv`.
#[cfg(feature = "incident")]
pub(crate) fn resident(statm: &str, page: u64) -> Option<u64> {
    statm.split_ascii_whitespace().nth(1)?.parse::<u64>().ok()?.checked_mul(page)
}

#[cfg(feature = "incident")]
pub(crate) use self::limits::page_size;
