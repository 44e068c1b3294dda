//! Each role asks with a token of its own; what is open to everybody is answered alike to all of them.

use entity::{Kind, OrganisationCode, RegistryNumber};
use samsyn::policy::{Action, Reach, Role, Scope, Sent, Viewer};
use samsyn::store::Choice;
use serde_json::json;

use crate::harness::{Persona, on_both_engines};

fn money<'a>(assignment: &'a RegistryNumber, sender: &'a OrganisationCode) -> Sent<'a> {
    Sent {
        kind: Kind::Payments,
        assignment: Some(assignment),
        sender,
    }
}

on_both_engines! {
    async fn open_figures_are_the_same_for_every_role(app: Reference) {
        let document = "{ assignments { code } rounds { totalCount } }";
        let open = app.ask_as(&Persona::public(), document, json!({})).await;
        assert_eq!(open.get("errors"), None);
        for who in [
            Persona::evaluator(),
            Persona::coordinator("socialstyrelsen"),
            Persona::reporter("lansstyrelsen_skane"),
            Persona::reporter("lansstyrelsen_skane").named("somebody else"),
        ] {
            assert_eq!(app.ask_as(&who, document, json!({})).await, open, "{who:?}");
        }
    }

    async fn a_scope_is_what_the_registers_say_of_the_viewer(app: Reference) {
        let service = samsyn::app::App::new(app.store.clone(), samsyn::clock::Clock::system());
        let request = service.request(Viewer::public());
        let dataset = request.dataset(Choice::default()).await.expect("a dataset");
        let catalogue = request.catalogue(&dataset).await.expect("a catalogue");
        let viewer = |role, organisation: Option<&str>| Viewer {
            subject: "kim".to_owned(),
            role,
            organisation: organisation.map(|code| entity::OrganisationCode::parse(code).expect("a code")),
        };
        let number = |text| entity::RegistryNumber::parse(text).expect("a number");
        let sender = |text| entity::OrganisationCode::parse(text).expect("a code");
        let funds = number("S2016/00633/FST");

        let board = viewer(Role::Reporter, Some("lansstyrelsen_skane"));
        let Scope::Organisation(own, there) = Scope::of(&board, Action::ReadSubmissions, &catalogue) else {
            panic!("a reporter has an organisation's scope");
        };
        assert_eq!((own.as_str(), there.contains(&sender("1280")), there.contains(&sender("0180"))), ("lansstyrelsen_skane", true, false));
        let Scope::Organisation(_, there) = Scope::of(&board, Action::Withdraw, &catalogue) else {
            panic!("a reporter has an organisation's scope");
        };
        assert!(there.is_empty(), "a county is looked at, not changed");
        let scope = Scope::of(&board, Action::ReadFiles, &catalogue);
        assert!(scope.holds(money(&funds, &sender("lansstyrelsen_skane"))));
        assert!(!scope.holds(money(&funds, &sender("socialstyrelsen"))));

        let coordinator = viewer(Role::Coordinator, Some("socialstyrelsen"));
        let scope = Scope::of(&coordinator, Action::Decide, &catalogue);
        assert!(scope.holds(money(&funds, &sender("lansstyrelsen_skane"))));
        assert!(!scope.holds(money(&number("X2000/1"), &sender("socialstyrelsen"))));
        for kind in Kind::ALL.iter().copied() {
            let rows = Sent { kind, assignment: None, sender: &sender("lansstyrelsen_skane") };
            assert_eq!(scope.holds(rows), kind.is_register(), "{kind:?} of no assignment");
        }
        let elsewhere = viewer(Role::Coordinator, Some("lansstyrelsen_skane"));
        assert_eq!(Scope::of(&elsewhere, Action::Decide, &catalogue), Scope::Nothing, "who coordinates nothing keeps no register");
        assert!(!Scope::of(&elsewhere, Action::Decide, &catalogue).holds(money(&funds, &sender("lansstyrelsen_skane"))));

        assert_eq!(Scope::of(&viewer(Role::Evaluator, None), Action::ReadFiles, &catalogue), Scope::Everything);
        for (who, action) in [
            (Viewer::public(), Action::ReadWaiting),
            (viewer(Role::Evaluator, None), Action::Submit),
            (board, Action::Decide),
        ] {
            assert_eq!(who.reach(action), Reach::Nothing);
            assert_eq!(Scope::of(&who, action, &catalogue), Scope::Nothing);
        }
    }
}
