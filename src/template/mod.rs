//! Templates: Tera behind one small engine.

mod slot;

pub use slot::Slot;
