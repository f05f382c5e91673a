import type { Explanation, InternalListenerStep } from './explanation.ts';
import { findByName } from './find-resource.ts';
import { inspectConnection } from './inspect-connection.ts';
import { end, precede, type Walk } from './walk.ts';

const mostHops = 4;

/** The endpoint is another listener of the same Envoy: the connection goes round once more. */
export function followInternalListener({ serverName: _, ...walk }: Walk, name: string): Explanation {
  const listener = findByName(walk.snapshot.listeners, name);
  const step: InternalListenerStep = {
    kind: 'internal-listener',
    ...(listener && { chosen: name }),
    reason: listener
      ? `The endpoint is ${name}, a listener inside the same Envoy.`
      : `The endpoint is the internal listener ${name}, which the snapshot does not hold.`,
    rejected: [],
    notes: [],
  };
  if (!listener) return end('no-listener', [step]);
  if (walk.hops >= mostHops) return end('hop-limit', [step]);
  const { outcome, steps, responseFlag, responseCode } = inspectConnection(
    { ...walk, hops: walk.hops + 1 },
    listener,
    [],
  );
  // What the first listener decided is what Envoy reports of the connection.
  return precede(
    step,
    {},
    {
      ...(responseFlag !== undefined && { responseFlag }),
      ...(responseCode !== undefined && { responseCode }),
      outcome,
      steps,
    },
  );
}
