//! What was read or computed, kept in memory within one budget of bytes: whatever it is, and whoever asked for it.
//!
//! Two thirds of the budget are for what answers are computed from, which few things are and everybody shares; a third is for
//! answers, of which anybody can ask for any number. In each the least recently used goes first, so that versions which
//! nobody asks for any more are the first to go, and questions of strangers drive out answers and nothing else.

use std::any::Any;
use std::future::Future;
use std::hash::{Hash, Hasher};
use std::mem::size_of;
use std::sync::Arc;

use futures::future::BoxFuture;
use moka::future::Cache;
use moka::policy::EvictionPolicy;

/// Bytes that are kept where nothing else is said (768 MiB).
pub const DEFAULT_BYTES: u64 = 768 * 1024 * 1024;

/// What an entry takes beside its value and its key.
const BYTES_OF_AN_ENTRY: usize = 256;

/// Computations under way that others may wait for.
const MOST_UNDER_WAY: u64 = 10_000;

/// How much memory something takes, roughly.
pub trait Weighed {
    /// In bytes, what it points to included.
    fn bytes(&self) -> usize;
}

/// What is kept, shared by all that read a store.
#[derive(Clone)]
pub struct Kept {
    bases: Cache<Key, Value>,
    answers: Cache<Key, Value>,
    /// What is being computed for those who are known, and for the public: nobody who is known waits for what is computed in
    /// the public's turns.
    under_way: [Cache<Key, Value>; 2],
    for_public: bool,
    /// Of which sealed release what is kept is; 0 of the store itself.
    release: i64,
    budget: u64,
}

/// Which part of the budget something is kept in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// What answers are computed from.
    Bases,
    /// What is kept by a question, or by a day that anybody may choose.
    Answers,
}

#[derive(Clone)]
struct Value {
    kept: Arc<dyn Any + Send + Sync>,
    kilobytes: u32,
}

/// A key of any type.
#[derive(Clone)]
struct Key(Arc<dyn AnyKey>);

trait AnyKey: Any + Send + Sync {
    fn is(&self, other: &dyn AnyKey) -> bool;
    fn add_to(&self, hasher: &mut dyn Hasher);
    fn as_any(&self) -> &dyn Any;
}

/// What is kept under it, in one word, and which of it.
#[derive(PartialEq, Eq, Hash)]
struct Named<K>(&'static str, i64, K);

impl<K: Hash + Eq + Send + Sync + 'static> AnyKey for Named<K> {
    fn is(&self, other: &dyn AnyKey) -> bool {
        other.as_any().downcast_ref::<Self>() == Some(self)
    }

    fn add_to(&self, mut hasher: &mut dyn Hasher) {
        self.hash(&mut hasher);
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(&*other.0)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.add_to(state);
    }
}

impl Kept {
    /// Nothing yet, of so many bytes at most.
    #[must_use]
    pub fn within(bytes: u64) -> Self {
        let kilobytes = bytes / 1024;
        let share = |most: u64| {
            // What is alone larger than all there is room for is kept alone.
            let weight = move |_: &Key, value: &Value| {
                u32::try_from(most).map_or(value.kilobytes, |most| value.kilobytes.min(most))
            };
            Cache::builder()
                .weigher(weight)
                .max_capacity(most)
                .eviction_policy(EvictionPolicy::lru())
                .build()
        };
        Self {
            bases: share(kilobytes * 2 / 3),
            answers: share(kilobytes / 3),
            under_way: [Cache::new(MOST_UNDER_WAY), Cache::new(MOST_UNDER_WAY)],
            for_public: false,
            release: 0,
            budget: bytes,
        }
    }

    /// The same memory, asked by the public or by somebody who is known.
    #[must_use]
    pub fn for_public(&self, for_public: bool) -> Self {
        Self {
            for_public,
            ..self.clone()
        }
    }

    /// The same memory for what is read of a sealed release.
    #[must_use]
    pub fn of_release(&self, release: i64) -> Self {
        Self {
            release,
            ..self.clone()
        }
    }

    const fn share(&self, share: Share) -> &Cache<Key, Value> {
        match share {
            Share::Bases => &self.bases,
            Share::Answers => &self.answers,
        }
    }

    /// The value of a key; computed once, however many ask at the same time. What cannot be computed is not kept.
    ///
    /// What computes is boxed, and so is the whole: such futures lie within each other, and those of resolvers round them.
    pub fn once<'a, K, V, E>(
        &'a self,
        share: Share,
        name: &'static str,
        key: K,
        compute: impl Future<Output = Result<V, E>> + Send + 'a,
    ) -> BoxFuture<'a, Result<V, E>>
    where
        K: Hash + Eq + Send + Sync + 'static,
        V: Weighed + Clone + Send + Sync + 'static,
        E: Clone + Send + Sync + 'static,
    {
        let (cache, key) = (self.share(share), self.key(name, key));
        let compute = Box::pin(compute);
        Box::pin(async move {
            if let Some(found) = cache.get(&key).await {
                return Ok(value_of(&found));
            }
            let under_way = &self.under_way[usize::from(self.for_public)];
            let weight = key.bytes();
            let computed = async { Ok::<_, E>(weighed(compute.await?, weight)) };
            let found = under_way.try_get_with(key.clone(), computed).await;
            let found = found.map_err(|error| E::clone(&error))?;
            cache.insert(key.clone(), found.clone()).await;
            under_way.invalidate(&key).await;
            Ok(value_of(&found))
        })
    }

    /// The value of a key, where there is one.
    pub async fn get<K, V>(&self, share: Share, name: &'static str, key: K) -> Option<V>
    where
        K: Hash + Eq + Send + Sync + 'static,
        V: Clone + Send + Sync + 'static,
    {
        let found = self.share(share).get(&self.key(name, key)).await?;
        Some(value_of(&found))
    }

    /// Keeps the value of a key, in the place of another where there is one.
    pub async fn insert<K, V>(&self, share: Share, name: &'static str, key: K, value: V)
    where
        K: Hash + Eq + Send + Sync + 'static,
        V: Weighed + Send + Sync + 'static,
    {
        let (cache, key) = (self.share(share), self.key(name, key));
        let weight = key.bytes();
        cache.insert(key, weighed(value, weight)).await;
    }

    fn key<K: Hash + Eq + Send + Sync + 'static>(&self, name: &'static str, key: K) -> Key {
        Key(Arc::new(Named(name, self.release, key)))
    }

    /// The bytes that are kept at most.
    #[must_use]
    pub const fn budget(&self) -> u64 {
        self.budget
    }

    /// The bytes that are kept, as they are weighed.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        (self.bases.weighted_size() + self.answers.weighted_size()) * 1024
    }
}

impl Key {
    /// The memory that it takes, roughly: what is hashed of it, with what points to it.
    fn bytes(&self) -> usize {
        struct Counting(usize);
        impl Hasher for Counting {
            fn finish(&self) -> u64 {
                0
            }
            fn write(&mut self, bytes: &[u8]) {
                self.0 += bytes.len();
            }
        }
        let mut counting = Counting(0);
        self.0.add_to(&mut counting);
        2 * counting.0
    }
}

fn weighed<V: Weighed + Send + Sync + 'static>(value: V, key: usize) -> Value {
    let kilobytes = (value.bytes() + key + BYTES_OF_AN_ENTRY).div_ceil(1024);
    Value {
        kept: Arc::new(value),
        kilobytes: u32::try_from(kilobytes).unwrap_or(u32::MAX),
    }
}

/// # Panics
/// Two types of values are kept under one name.
fn value_of<V: Clone + 'static>(found: &Value) -> V {
    let kept = found.kept.downcast_ref::<V>();
    kept.expect("a name is of one type of values").clone()
}

impl<T: Weighed + ?Sized> Weighed for Arc<T> {
    fn bytes(&self) -> usize {
        T::bytes(self)
    }
}

impl<T: Weighed> Weighed for Option<T> {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.as_ref().map_or(0, Weighed::bytes)
    }
}

impl<T: Weighed> Weighed for [T] {
    fn bytes(&self) -> usize {
        self.iter().map(Weighed::bytes).sum()
    }
}

impl<T: Weighed> Weighed for Vec<T> {
    fn bytes(&self) -> usize {
        self.as_slice().bytes()
    }
}

/// Says how much memory values of a type take beside their own place, roughly.
macro_rules! weighs {
    ($($type:ty, |$one:pat_param| $beside:expr);+ $(;)?) => {$(
        impl $crate::kept::Weighed for $type {
            fn bytes(&self) -> usize {
                let $one = self;
                std::mem::size_of::<Self>() + $beside
            }
        }
    )+};
}
pub(crate) use weighs;

weighs! {
    bool, |_| 0;
    u64, |_| 0;
}

impl Weighed for String {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.capacity()
    }
}

impl<A: Weighed, B: Weighed> Weighed for (A, B) {
    fn bytes(&self) -> usize {
        self.0.bytes() + self.1.bytes()
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[derive(Clone)]
    struct Large(usize);

    impl Weighed for Large {
        fn bytes(&self) -> usize {
            self.0
        }
    }

    async fn ask(kept: &Kept, share: Share, name: &'static str, key: u64, value: u64) -> u64 {
        let computed = async { Ok::<_, Infallible>(value) };
        let Ok(found) = kept.once(share, name, key, computed).await;
        found
    }

    #[tokio::test]
    async fn a_value_is_computed_once_and_names_are_apart() {
        let kept = Kept::within(DEFAULT_BYTES);
        assert_eq!(ask(&kept, Share::Answers, "a", 1, 10).await, 10);
        assert_eq!(ask(&kept, Share::Answers, "a", 1, 11).await, 10);
        assert_eq!(ask(&kept, Share::Answers, "b", 1, 12).await, 12);
        assert_eq!(ask(&kept, Share::Bases, "a", 1, 13).await, 13);
        assert_eq!(ask(&kept, Share::Answers, "a", 2, 14).await, 14);
        assert_eq!(kept.get(Share::Answers, "a", 2_u64).await, Some(14_u64));
        assert_eq!(kept.get::<_, u64>(Share::Answers, "a", 3_u64).await, None);
    }

    #[tokio::test]
    async fn who_is_known_does_not_wait_for_the_public_and_keys_are_weighed() {
        let kept = Kept::within(DEFAULT_BYTES);
        let (public, slow) = (kept.for_public(true), tokio::sync::Notify::new());
        let first = public.once(Share::Answers, "a", 1_u64, async {
            slow.notified().await;
            Ok::<_, Infallible>(10_u64)
        });
        let known = async {
            let found = ask(&kept, Share::Answers, "a", 1, 11).await;
            slow.notify_one();
            found
        };
        let (Ok(told), known) = tokio::join!(first, known);
        assert_eq!((told, known), (10, 11), "computed by each");
        kept.insert(Share::Answers, "long", "x".repeat(100_000), 1_u64)
            .await;
        kept.answers.run_pending_tasks().await;
        assert!(kept.bytes() > 100_000, "{}", kept.bytes());
    }

    #[tokio::test]
    async fn what_is_kept_stays_within_the_budget_and_answers_drive_out_no_bases() {
        let kept = Kept::within(1_000_000);
        kept.insert(Share::Bases, "base", 0_u64, Large(600_000))
            .await;
        for number in 0..100_u64 {
            kept.insert(Share::Answers, "answer", number, Large(50_000))
                .await;
        }
        kept.bases.run_pending_tasks().await;
        kept.answers.run_pending_tasks().await;
        assert!(kept.bytes() <= 1_000_000, "{}", kept.bytes());
        let base: Option<Large> = kept.get(Share::Bases, "base", 0_u64).await;
        assert!(base.is_some());
        let last: Option<Large> = kept.get(Share::Answers, "answer", 99_u64).await;
        let first: Option<Large> = kept.get(Share::Answers, "answer", 0_u64).await;
        assert!(last.is_some() && first.is_none());
    }
}
