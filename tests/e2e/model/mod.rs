//! Random lives of submissions, and a naive model beside the store: at every version both say the same.

pub(crate) mod naive;
pub(crate) mod sequences;
