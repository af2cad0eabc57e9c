//! Repeats what may be repeated: questions, and whatever never left this machine.

use std::thread;
use std::time::{Duration, Instant};

use super::{Fault, Method, Request, Response, Wire};

/// How often a request is tried.
const TRIES: u32 = 4;
/// The longest a server may ask us to wait.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A wire that tries again, each time after a longer pause, as long as all of it stays within one's patience.
pub struct Again<W> {
    wire: W,
    first_pause: Duration,
    patience: Duration,
}

impl<W: Wire> Again<W> {
    /// Over this wire; the first pause doubles with each try. What has not come about within this patience, pauses
    /// included, is given up.
    pub fn over(wire: W, first_pause: Duration, patience: Duration) -> Self {
        Self {
            wire,
            first_pause,
            patience,
        }
    }

    fn pause(&self, tried: u32, asked: Option<u64>) -> Duration {
        let usual = self.first_pause * 2_u32.pow(tried - 1);
        let asked = asked.map(Duration::from_secs).unwrap_or_default();
        usual.max(asked).min(LONGEST_PAUSE)
    }
}

impl<W: Wire> Wire for Again<W> {
    fn send(&self, request: &Request<'_>) -> Result<Response, Fault> {
        let begun = Instant::now();
        let mut left = self.patience;
        let mut tried = 1;
        loop {
            let answer = self.wire.send(&Request {
                patience: Some(left),
                ..request.clone()
            });
            if tried == TRIES || !may_be_repeated(request.method, &answer) {
                return answer;
            }
            let asked = answer.as_ref().ok().and_then(|it| it.retry_after);
            let pause = self.pause(tried, asked);
            left = self.patience.saturating_sub(begun.elapsed() + pause);
            if left.is_zero() {
                return answer;
            }
            thread::sleep(pause);
            tried += 1;
        }
    }
}

/// What changes something is sent again only if it cannot have arrived.
fn may_be_repeated(method: Method, answer: &Result<Response, Fault>) -> bool {
    match answer {
        Err(Fault::Unreachable(_) | Fault::Proxy(_)) => true,
        Err(Fault::Untrusted(_) | Fault::Unsecured(_)) => false,
        Err(Fault::Silent | Fault::Broken(_)) => method == Method::Get,
        Ok(response) => method == Method::Get && matches!(response.status, 429 | 502 | 503 | 504),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::{Distrust, Secret};

    const PATIENCE: Duration = Duration::from_secs(60);

    /// Answers the same each time and counts.
    struct Stubborn(Result<Response, Fault>, Cell<u32>);

    impl Wire for Stubborn {
        fn send(&self, _: &Request<'_>) -> Result<Response, Fault> {
            self.1.set(self.1.get() + 1);
            self.0.clone()
        }
    }

    fn question(secret: &Secret) -> Request<'_> {
        Request {
            method: Method::Get,
            url: String::new(),
            proof: ("Authorization", secret),
            headers: Vec::new(),
            body: &[],
            limit: 0,
            patience: None,
        }
    }

    fn tries(method: Method, answer: Result<Response, Fault>) -> u32 {
        let again = Again::over(Stubborn(answer, Cell::new(0)), Duration::ZERO, PATIENCE);
        let secret = Secret::new("x").expect("a secret");
        let _ = again.send(&Request {
            method,
            ..question(&secret)
        });
        again.wire.1.get()
    }

    fn status(status: u16) -> Response {
        Response {
            status,
            ..Response::default()
        }
    }

    #[test]
    fn only_safe_repeats_are_made() {
        let broken = || Err(Fault::Broken("reset".to_owned()));
        let refused = || Err(Fault::Unreachable("refused".to_owned()));
        assert_eq!(tries(Method::Get, Ok(status(200))), 1);
        assert_eq!(tries(Method::Get, Ok(status(404))), 1);
        assert_eq!(tries(Method::Get, Ok(status(503))), TRIES);
        assert_eq!(tries(Method::Get, broken()), TRIES);
        assert_eq!(tries(Method::Get, Err(Fault::Silent)), TRIES);
        for method in [Method::Post, Method::Put, Method::Patch] {
            assert_eq!(tries(method, Ok(status(503))), 1);
            assert_eq!(tries(method, broken()), 1);
            assert_eq!(tries(method, Err(Fault::Silent)), 1);
            assert_eq!(tries(method, refused()), TRIES);
        }
        let expired = Err(Fault::Untrusted(Distrust::Expired));
        assert_eq!(tries(Method::Get, expired), 1);
    }

    #[test]
    fn a_pause_that_patience_does_not_hold_is_not_made() {
        let busy = Response {
            retry_after: Some(30),
            ..status(503)
        };
        let again = Again::over(
            Stubborn(Ok(busy), Cell::new(0)),
            Duration::ZERO,
            Duration::from_secs(5),
        );
        let begun = Instant::now();
        let secret = Secret::new("x").expect("a secret");
        let answer = again.send(&question(&secret)).expect("an answer");
        assert_eq!((answer.status, again.wire.1.get()), (503, 1));
        assert!(begun.elapsed() < Duration::from_secs(1));
    }

    #[test]
    fn pauses_grow_and_a_server_may_ask_for_longer_ones() {
        let again = Again::over(
            Stubborn(Ok(status(503)), Cell::new(0)),
            Duration::from_secs(1),
            PATIENCE,
        );
        let seconds = |tried, asked| again.pause(tried, asked).as_secs();
        assert_eq!(
            [seconds(1, None), seconds(2, None), seconds(3, None)],
            [1, 2, 4]
        );
        assert_eq!([seconds(1, Some(9)), seconds(3, Some(2))], [9, 4]);
        assert_eq!(seconds(1, Some(86_400)), 30);
    }
}
