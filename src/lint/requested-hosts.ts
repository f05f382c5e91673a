import type { Look } from './look.ts';

/** The hosts that the scenario's requests ask for; nothing where the look is not the scenario's own. */
export function listRequestedHosts({ requests }: Pick<Look, 'requests'>): readonly string[] {
  return [
    ...new Set(requests.flatMap(({ host, sni }) => [host, sni].flatMap((name) => name?.replace(/:\d+$/, '') ?? []))),
  ];
}
