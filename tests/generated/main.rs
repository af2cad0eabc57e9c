//! Tests on worksheets that are generated: the sample in many shapes, damaged files, an estate of two thousand servers.

mod estate;
#[path = "../common/gaps.rs"]
mod gaps;
mod grid;
mod incremental;
mod mutations;
mod pipeline;
mod shapes;
