//! How many exports are made at a time. Those without a token share half of the places, so that nobody unknown keeps out
//! those who work with the answers.

use tokio::sync::{AcquireError, Semaphore, SemaphorePermit};

/// The places of exports.
pub(super) struct Places {
    all: Semaphore,
    of_the_public: Semaphore,
}

/// A place that is held until it is dropped.
pub(super) struct Place<'a> {
    _all: SemaphorePermit<'a>,
    _of_the_public: Option<SemaphorePermit<'a>>,
}

impl Places {
    pub(super) fn new(at_once: usize) -> Self {
        Self {
            all: Semaphore::new(at_once),
            of_the_public: Semaphore::new((at_once / 2).max(1)),
        }
    }

    /// Waits for a place.
    pub(super) async fn take(&self, is_public: bool) -> Result<Place<'_>, AcquireError> {
        // In this order: whoever waits for a place of the public holds no other.
        let of_the_public = if is_public {
            Some(self.of_the_public.acquire().await?)
        } else {
            None
        };
        Ok(Place {
            _all: self.all.acquire().await?,
            _of_the_public: of_the_public,
        })
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[test]
    fn the_public_leaves_half_of_the_places_to_others() {
        let places = Places::new(4);
        let take = |is_public| places.take(is_public).now_or_never();
        let public: Vec<_> = (0..3).filter_map(|_| take(true)).collect();
        assert_eq!(public.len(), 2);
        let known: Vec<_> = (0..3).filter_map(|_| take(false)).collect();
        assert_eq!(known.len(), 2);
        drop(public);
        assert!(take(true).is_some());
    }

    #[test]
    fn one_place_is_everybodys() {
        let places = Places::new(1);
        let held = places.take(true).now_or_never();
        assert!(held.is_some() && places.take(false).now_or_never().is_none());
    }
}
