import type { Diagnostic } from '../model/diagnostic.ts';
import { referenceOf } from '../model/resource.ts';
import { type Audience, describeAudience } from './audience.ts';
import type { Finding, Rule } from './rule.ts';

interface Collected {
  readonly diagnostic: Diagnostic;
  /** Whom it was found for; absent where it does not depend on the proxy. */
  readonly audiences: Set<Audience> | undefined;
}

/** Gathers what is found from every side: the same of several proxies is said once, with the names of those it holds for. */
export class FindingCollector {
  /** In the order in which they were found. */
  readonly #collected: Collected[] = [];
  /** By the name of the resource. */
  readonly #byName = new Map<string, Collected[]>();

  add(diagnostic: Diagnostic, audience?: Audience): void {
    const name = diagnostic.resource?.name ?? '';
    const sharing = this.#byName.get(name);
    const known = sharing?.find((one) => isSame(one, diagnostic, audience));
    if (known) {
      if (audience) known.audiences?.add(audience);
      return;
    }
    const collected = { diagnostic, audiences: audience && new Set([audience]) };
    this.#collected.push(collected);
    if (sharing) sharing.push(collected);
    else this.#byName.set(name, [collected]);
  }

  addFinding(rule: Rule, { resource, path, message, related, seeAlso, severity }: Finding, audience?: Audience): void {
    const diagnostic: Diagnostic = {
      code: rule.code,
      severity: severity ?? rule.severity,
      message,
      ...(resource && { resource: referenceOf(resource) }),
      ...(resource && path !== undefined && { path }),
      ...(related && related.length > 0 && { related }),
      ...(seeAlso && { seeAlso }),
    };
    this.add(diagnostic, audience);
  }

  list(all: readonly Audience[]): readonly Diagnostic[] {
    return this.#collected.map(({ diagnostic, audiences }) => {
      const holdsFor = audiences && describeAudience([...audiences], all);
      return holdsFor === undefined
        ? diagnostic
        : { ...diagnostic, message: `${diagnostic.message} Holds for ${holdsFor}.` };
    });
  }
}

function isSame(known: Collected, diagnostic: Diagnostic, audience: Audience | undefined): boolean {
  const { code, resource, path, message } = diagnostic;
  const other = known.diagnostic;
  if (other.code !== code || other.message !== message || (other.path ?? '') !== (path ?? '')) return false;
  // What names no resource, and holds for everybody, is said as often as it is found.
  if (!resource || !other.resource)
    return resource === other.resource && audience !== undefined && known.audiences !== undefined;
  return (
    other.resource.name === resource.name &&
    other.resource.namespace === resource.namespace &&
    other.resource.kind === resource.kind
  );
}
