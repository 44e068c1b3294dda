//! A schema for these tests: fields that come late, fields that fail, and types that can be either.

use std::sync::Arc;

use async_graphql::{EmptySubscription, Error, Interface, Object, Result, Schema, Union};

use crate::graphql::answering::Answering;
use crate::graphql::limits::Limits;
use crate::graphql::questions::{Language, Reader};

pub(super) struct Query;

pub(super) struct Mutation;

/// An object with a field of each kind; it leads to itself.
pub(super) struct Node;

pub(super) struct Cat;

pub(super) struct Dog;

#[derive(Interface)]
#[graphql(
    field(name = "name", ty = "String"),
    field(name = "age", ty = "Option<i32>"),
    field(name = "node", ty = "Node")
)]
enum Pet {
    Cat(Cat),
    Dog(Dog),
}

#[derive(Union)]
enum Either {
    Cat(Cat),
    Dog(Dog),
}

/// Gives way to what is behind it in the queue, as a read of the database does.
async fn wait() {
    for _ in 0..3 {
        tokio::task::yield_now().await;
    }
}

fn failed<T>() -> Result<T> {
    Err(Error::new("failed"))
}

#[Object]
impl Query {
    async fn node(&self) -> Option<Node> {
        wait().await;
        Some(Node)
    }

    async fn must(&self) -> Node {
        Node
    }

    async fn pets(&self) -> Vec<Option<Pet>> {
        vec![Some(Pet::Cat(Cat)), None, Some(Pet::Dog(Dog))]
    }

    async fn either(&self) -> Option<Either> {
        Some(Either::Dog(Dog))
    }

    async fn rows(&self, count: usize) -> Vec<Node> {
        (0..count).map(|_| Node).collect()
    }

    async fn fails(&self) -> Result<Option<bool>> {
        failed()
    }

    async fn must_fail(&self) -> Result<bool> {
        failed()
    }
}

#[Object]
impl Mutation {
    async fn change(&self) -> Option<Node> {
        Some(Node)
    }

    async fn must_change(&self) -> Result<Node> {
        failed()
    }
}

#[Object]
impl Node {
    async fn ok(&self) -> i32 {
        1
    }

    async fn late(&self) -> i32 {
        wait().await;
        2
    }

    async fn nothing(&self) -> Option<i32> {
        None
    }

    async fn fails(&self) -> Result<Option<i32>> {
        wait().await;
        failed()
    }

    async fn must_fail(&self) -> Result<i32> {
        failed()
    }

    async fn numbers(&self) -> Vec<Option<i32>> {
        vec![Some(1), None]
    }

    async fn failing_items(&self) -> Vec<Option<Result<i32>>> {
        vec![Some(Ok(1)), Some(failed()), None]
    }

    async fn failing_list(&self) -> Option<Vec<Result<i32>>> {
        Some(vec![Ok(1), failed()])
    }

    async fn node(&self) -> Option<Node> {
        wait().await;
        Some(Node)
    }

    async fn must(&self) -> Node {
        Node
    }

    async fn nodes(&self) -> Vec<Option<Node>> {
        vec![Some(Node), None, Some(Node)]
    }

    async fn must_nodes(&self) -> Option<Vec<Vec<Node>>> {
        Some(vec![vec![Node], vec![], vec![Node, Node]])
    }
}

#[Object]
impl Cat {
    async fn name(&self) -> &'static str {
        "Cat"
    }

    async fn age(&self) -> Option<i32> {
        wait().await;
        Some(3)
    }

    async fn node(&self) -> Node {
        Node
    }

    async fn lives(&self) -> i32 {
        9
    }
}

#[Object]
impl Dog {
    async fn name(&self) -> Result<String> {
        wait().await;
        Ok("Dog".to_owned())
    }

    async fn age(&self) -> Result<Option<i32>> {
        failed()
    }

    async fn node(&self) -> Node {
        Node
    }

    async fn tricks(&self) -> Result<Option<i32>> {
        failed()
    }
}

pub(super) fn schema() -> Answering<Query, Mutation, EmptySubscription> {
    let builder = || Schema::build(Query, Mutation, EmptySubscription);
    // What these tests ask is larger than what anybody is answered.
    let limits = Limits {
        aliases: 2_000,
        depth: 64,
        ..Limits::default()
    };
    let language = Language::read(&builder().finish().sdl()).unwrap();
    let reader = Reader::new(limits, Arc::new(language));
    Answering::new(builder(), reader)
}
