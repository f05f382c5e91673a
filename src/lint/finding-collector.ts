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
  readonly #collected = new Map<string, Collected>();

  add(diagnostic: Diagnostic, audience?: Audience): void {
    const { code, resource, path = '', message } = diagnostic;
    const place = resource
      ? `${resource.kind}/${resource.namespace}/${resource.name}`
      : this.#placeOf(diagnostic, audience);
    const key = JSON.stringify([code, place, path, message]);
    const known = this.#collected.get(key);
    if (!known) this.#collected.set(key, { diagnostic, audiences: audience && new Set([audience]) });
    else if (audience) known.audiences?.add(audience);
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
    return [...this.#collected.values()].map(({ diagnostic, audiences }) => {
      const holdsFor = audiences && describeAudience([...audiences], all);
      return holdsFor === undefined
        ? diagnostic
        : { ...diagnostic, message: `${diagnostic.message} Holds for ${holdsFor}.` };
    });
  }

  /** What names no resource is told apart by nothing but the order in which it comes. */
  #placeOf(_: Diagnostic, audience: Audience | undefined): string {
    return audience ? '' : String(this.#collected.size);
  }
}
