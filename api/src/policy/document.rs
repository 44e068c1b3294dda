//! The table as a document, `docs/POLICY.md`: who may do what, and what each root field of the schema asks for.

use super::{Action, Reach, Role, handing_in};

/// A root field of the schema with the action that its guard asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RootField {
    /// `Query` or `Mutation`.
    pub root: String,
    /// The field.
    pub name: String,
    /// What its guard asks for; nothing where it has none.
    pub action: Option<Action>,
}

const BEGINNING: &str = "# Who may do what

Printed from `api/src/policy` and from the guards of the schema; a test compares it.
Renew it with `cargo run -p samsyn -- policy > docs/POLICY.md`, and read the difference before committing it.

## Roles and actions

A request without a token is the public's.
A token names one role, and for coordinators and reporters the organisation that they act for.
A token that is presented and not valid is 401 on every route, whatever is asked.
";

const REACH: &str = "
`own` is a scope, and a row outside it is not found.
What lies in it is said by the registers that count now, whatever dataset is read: neither what once counted nor what waits gives anybody a reach.

- A coordinator reaches the submissions of the assignments that their organisation coordinates, and the registers that belong to none.
  What is no register and was taken without an assignment lies in no coordinator's reach, and who coordinates nothing reaches no register.
- A reporter reaches what their organisation has sent.
- A county administrative board's reporter also reads the rows of recipients in its county, but for protected ones, and changes nothing of others'.

Files of `recipients`, `recipient_links` and `support_events` tell where protected recipients are, and those of `indicator_values` by who sent them: they, their rows as sent, the hashes and the places of those rows, how many rows there are and what was found in them are for their sender and the coordinators alone.
Figures, lists, exports and reports tell nobody whom support reached at a protected location; they are the same for everybody ([decision 32](decisions/0032-nobody-is-told-whom-support-reached-at-a-protected-place.md)).

A question belongs to the assignments that it names, by number, round or code of a figure; one that names none belongs to every coordinator's.
A coordinator saves and lists questions of its own assignments, and takes no other's off the list; a reporter saves any, since who asks for its answer is asked what they may see.
A token of an organisation that the registers do not know, neither as an organisation nor as a recipient, is refused like one that is not valid, on every route but `/health`, which waits for no database.

A guard asks whether the role reaches anything at all in the action; which rows it reaches is in the select.
Beyond the table, a submission is accepted by a coordinator of another organisation than its sender's (the two-person rule).
";

const HANDING_IN: &str = "
## Who hands in which kind

A sender hands in what the table gives it, and of that the rows that are its own ([INTAKE.md](INTAKE.md#keys-and-owners)).
Whoever has a role in the assignment that is more than a copy of the decision has a part in it, its evaluator too; a county board has the part of the county boards together.
An organisation that receives money is a recipient too, and the coordinator of one assignment is an organisation in another's.
";

const FIELDS: &str = "
## Root fields of the schema

Each has a guard that names one action.
Without it the answer is null with the code `UNAUTHENTICATED` for the public, `FORBIDDEN` for a known viewer.
The fields of `dataset` have the same guards as those of the root.
";

/// The whole document.
#[must_use]
pub fn document(fields: &[RootField]) -> String {
    let mut text = BEGINNING.to_owned();
    let roles = Role::ALL.iter().map(|role| role.code());
    text.push_str(&format!(
        "\n| action | what | {} |\n|---|---|{}\n",
        roles.collect::<Vec<_>>().join(" | "),
        "---|".repeat(Role::ALL.len())
    ));
    for action in Action::ALL {
        let cells = Role::ALL.iter().map(|role| cell(role.reach(*action)));
        text.push_str(&format!(
            "| `{}` | {} | {} |\n",
            action.code(),
            action.meaning(),
            cells.collect::<Vec<_>>().join(" | ")
        ));
    }
    text.push_str(REACH);
    text.push_str(HANDING_IN);
    text.push_str(&handing_in::table());
    text.push_str(FIELDS);
    text.push_str("\n| field | action |\n|---|---|\n");
    for field in fields {
        let action = field
            .action
            .map_or("none".to_owned(), |action| format!("`{}`", action.code()));
        text.push_str(&format!("| `{}.{}` | {action} |\n", field.root, field.name));
    }
    text
}

const fn cell(reach: Reach) -> &'static str {
    match reach {
        Reach::Nothing => "–",
        Reach::Own => "own",
        Reach::All => "all",
    }
}
