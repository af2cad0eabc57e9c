//! Tests on worksheets that are generated: the sample in many shapes, damaged files, an estate of two thousand servers.

mod estate;
mod grid;
mod mutations;
mod pipeline;
mod shapes;
