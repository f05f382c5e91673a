import { expect, inject } from 'vitest';
import { prepareSnapshot } from '../../src/envoy/prepare-snapshot.ts';
import { namedFiles } from '../../src/envoy/refused-resources.ts';
import { explain, type Request, type Scenario, type Translation, translate } from '../../src/index.ts';
import { findDisagreements } from './agreement.ts';
import { certificatesOf } from './lab/certificates.ts';
import type { Lab } from './lab/lab.ts';
import type { Exchange, Loaded, Observation, Resources, UpstreamScript, UpstreamSight } from './lab/protocol.ts';

/** Manifests at work in a lab: what is sent through Envoy is also held against `explain`. */
export class MeshInLab {
  readonly #lab: Lab;
  #translation: Translation;

  private constructor(lab: Lab, translation: Translation) {
    this.#lab = lab;
    this.#translation = translation;
  }

  static async start(
    lab: Lab,
    { manifests, scenario, delays = false }: { manifests: string; scenario?: Scenario; delays?: boolean },
  ): Promise<MeshInLab> {
    const mesh = new MeshInLab(lab, acceptedTranslation(manifests, scenario));
    const loaded = await lab.ask({ do: 'load', resources: mesh.resources, delays });
    expect(loaded.refusals).toEqual([]);
    await lab.ask({ do: 'sights' });
    return mesh;
  }

  /** Other manifests for the Envoy that runs. */
  async update(manifests: string, scenario?: Scenario): Promise<Loaded> {
    this.#translation = acceptedTranslation(manifests, scenario);
    return this.#lab.ask({ do: 'update', resources: this.resources });
  }

  get resources(): Resources {
    const { own, authority } = inject('lab');
    const certificates = certificatesOf(own, authority);
    const { endpoints } = this.#translation;
    return { ...prepareSnapshot(this.#translation, { certificates, servedEndpoints: true }), endpoints };
  }

  /** The address that was allocated to a host, and that the sidecar's DNS proxy gives to applications. */
  addressOf(host: string): string {
    return this.#translation.nameTable.table[host]?.ips[0] ?? '';
  }

  /** Requests one after the other, with what clients got back and what upstreams saw. */
  async send(
    requests: readonly Request[],
    script: UpstreamScript = {},
  ): Promise<{ readonly exchanges: readonly Exchange[]; readonly sights: readonly UpstreamSight[] }> {
    const exchanges = await this.#lab.ask({ do: 'exchange', requests, script });
    this.#holdAgainstExplain(requests, exchanges);
    return { exchanges, sights: await this.#lab.ask({ do: 'sights' }) };
  }

  /** The same request many times over, several at once. */
  async repeat(request: Request, times: number): Promise<readonly Observation[]> {
    const requests = Array.from({ length: times }, () => request);
    const observations = await this.#lab.ask({ do: 'probe', requests });
    this.#holdAgainstExplain(requests, observations);
    return observations;
  }

  #holdAgainstExplain(requests: readonly Request[], observations: readonly Observation[]): void {
    const files = [...namedFiles(this.#translation)];
    const found = requests.flatMap((request, index) =>
      findDisagreements(explain(this.#translation, request, { files }), observations[index] ?? {}),
    );
    expect(found).toEqual([]);
  }
}

function acceptedTranslation(manifests: string, scenario: Scenario = {}): Translation {
  const translation = translate(manifests, scenario);
  expect(translation.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return translation;
}
