/**
 * Looks a name up again for a moment before it counts as unknown. Nothing of the request has been sent by then, and a name service
 * that stumbles is the cluster's fault: without this, one stumble would be told as an app that does not answer.
 */

/** Several tries of a resolver, and well under the 5 seconds the tee waits for an answer. */
const LIMIT_MS = 1_500;
const PAUSE_MS = 100;

/** `lookup` is `node:dns`'s, or takes what it takes; so does what is returned. */
export function patient(lookup, { limitMs = LIMIT_MS, pauseMs = PAUSE_MS } = {}) {
  return (name, options, done) => {
    const until = Date.now() + limitMs;
    const look = () =>
      lookup(name, options, (error, ...found) => {
        if (error === null || Date.now() >= until) return done(error, ...found);
        setTimeout(look, pauseMs);
      });
    look();
  };
}
