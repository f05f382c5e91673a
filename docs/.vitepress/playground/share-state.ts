import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import type { IstioVersion, Scenario } from '../../../src/index.ts';

/** What a link to the playground reproduces. */
export interface PlaygroundState {
  readonly text: string;
  readonly scenario: Scenario;
  /** The request to follow. */
  readonly url?: string;
  /** Where the connection goes, whatever the name resolves to. */
  readonly address?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Another Istio version to compare with. */
  readonly compare?: IstioVersion;
}

/** The state as the fragment of a link: compressed, and never sent to a server. */
export function encodeState(state: PlaygroundState): string {
  const packed = deflateSync(strToU8(JSON.stringify(state)), { level: 9 });
  return `s=${btoa(strFromU8(packed, true)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')}`;
}

/** Reads what `encodeState` wrote. Undefined where the fragment is none of ours or damaged. */
export function decodeState(fragment: string): PlaygroundState | undefined {
  const match = /^#?s=([\w-]+)$/.exec(fragment);
  if (match?.[1] === undefined) return undefined;
  try {
    const packed = atob(match[1].replace(/-/g, '+').replace(/_/g, '/'));
    const state: unknown = JSON.parse(strFromU8(inflateSync(strToU8(packed, true))));
    return isState(state) ? state : undefined;
  } catch {
    return undefined;
  }
}

function isState(value: unknown): value is PlaygroundState {
  if (typeof value !== 'object' || value === null) return false;
  const { text, scenario, url } = value as Partial<PlaygroundState>;
  return (
    typeof text === 'string' &&
    typeof scenario === 'object' &&
    scenario !== null &&
    (url === undefined || typeof url === 'string')
  );
}
