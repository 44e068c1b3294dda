//! How many exports are made at a time. Those without a token share half of the places, so that nobody unknown keeps out
//! those who work with the answers.

use std::sync::Arc;

use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

/// The places of exports.
pub(super) struct Places {
    all: Arc<Semaphore>,
    of_the_public: Arc<Semaphore>,
}

/// A place that is held until it is dropped. Work that goes on after whoever asked has gone holds it too.
pub(super) struct Place {
    _all: OwnedSemaphorePermit,
    _of_the_public: Option<OwnedSemaphorePermit>,
}

impl Places {
    pub(super) fn new(at_once: usize) -> Self {
        Self {
            all: Arc::new(Semaphore::new(at_once)),
            of_the_public: Arc::new(Semaphore::new((at_once / 2).max(1))),
        }
    }

    /// Waits for a place.
    pub(super) async fn take(&self, is_public: bool) -> Result<Arc<Place>, AcquireError> {
        // In this order: whoever waits for a place of the public holds no other.
        let of_the_public = if is_public {
            Some(Arc::clone(&self.of_the_public).acquire_owned().await?)
        } else {
            None
        };
        Ok(Arc::new(Place {
            _all: Arc::clone(&self.all).acquire_owned().await?,
            _of_the_public: of_the_public,
        }))
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
