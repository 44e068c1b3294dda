//! Random lives of submissions, and a naive model beside the store: at every version both say the same.

mod naive;
mod sequences;
