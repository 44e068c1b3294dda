//! The kinds of the reference data: facts of the Government's decisions and public registers, with their sources.

mod allocation_key;
mod allocation_rule;
mod appropriation;
mod assignment;
mod code_list_item;
mod county;
mod decision;
mod deliverable;
mod goal;
mod main_activity;
mod organisation;
mod programme;
mod published_figure;
mod role;
mod source_conflict;
mod source_document;
mod support_form;

pub(crate) use allocation_key::AllocationKeys;
pub(crate) use allocation_rule::AllocationRules;
pub(crate) use appropriation::Appropriations;
pub(crate) use assignment::Assignments;
pub(crate) use code_list_item::CodeLists;
pub(crate) use county::Counties;
pub(crate) use decision::Decisions;
pub(crate) use deliverable::Deliverables;
pub(crate) use goal::Goals;
pub(crate) use main_activity::MainActivities;
pub(crate) use organisation::Organisations;
pub(crate) use programme::Programmes;
pub(crate) use published_figure::PublishedFigures;
pub(crate) use role::Roles;
pub(crate) use source_conflict::SourceConflicts;
pub(crate) use source_document::SourceDocuments;
pub(crate) use support_form::SupportForms;
