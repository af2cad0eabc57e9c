//! `readiness`.
