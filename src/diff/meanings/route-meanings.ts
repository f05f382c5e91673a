import { brief, type ChangedResource, facet, fields, type Meaning, property } from './meaning.ts';

type RouteConfiguration = ChangedResource['after'];

const hostNames = (changes: ChangedResource['changes'], kind: 'added' | 'removed'): string =>
  changes
    .filter((change) => change.kind === kind)
    .map(({ path }) => path.at(-1))
    .filter((name) => name !== 'block_all' && name !== 'allow_any')
    .join(', ');

export const routeMeanings: readonly Meaning[] = [
  facet(
    property('routes', /^virtualHosts\[\]$/, {
      read: unknownHosts,
      changed: '{after}',
      vanished: 'no longer (answers|answer) for unknown hosts',
    }),
  ),
  {
    section: 'routes',
    facet: true,
    covers: /^virtualHosts\[\]$/,
    phrase: ({ changes }) => {
      const [appeared, vanished] = [hostNames(changes, 'added'), hostNames(changes, 'removed')];
      const parts = [
        ...(appeared ? [`now serve(s|) ${appeared}`] : []),
        ...(vanished ? [`no longer serve(s|) ${vanished}`] : []),
      ];
      return parts.join(' and ') || undefined;
    },
  },
  {
    section: 'routes',
    covers: /\.domains\[\]$/,
    phrase: ({ changes }) => {
      const [appeared, vanished] = [hostNames(changes, 'added'), hostNames(changes, 'removed')];
      const parts = [
        ...(appeared ? [`now answer(s|) to ${brief(appeared)}`] : []),
        ...(vanished ? [`no longer answer(s|) to ${brief(vanished)}`] : []),
      ];
      return parts.join(' and ') || undefined;
    },
  },
  fields('routes', /\.routes\[\]\.route\.cluster$/, { changed: 'lead(s|) to {after} instead of {before}' }),
  fields('routes', /\.routes\[\]\.route\.weightedClusters/, { changed: 'spread(s|) requests differently' }),
  fields('routes', /\.routes\[\]\.(route\.(timeout|idleTimeout|maxStreamDuration)|route\.maxStreamDuration\..*)$/, {
    changed: 'wait(s|) {after} instead of {before} for answers',
  }),
  fields('routes', /\.routes\[\]\.route\.retryPolicy/, { changed: '(retries|retry) differently' }),
  fields('routes', /\.routes\[\]\.route\.requestMirrorPolicies/, { changed: 'mirror(s|) requests differently' }),
  fields('routes', /\.routes\[\]\.route\.hashPolicy/, { changed: 'keep(s|) sessions together differently' }),
  fields('routes', /\.routes\[\]\.route\.(hostRewrite|autoHostRewrite|prefixRewrite|regexRewrite|pathRewrite)/, {
    changed: 'rewrite(s|) requests differently',
  }),
  fields('routes', /\.routes\[\]\.typedPerFilterConfig\.envoy\.filters\.http\.fault/, {
    appeared: 'now inject(s|) faults',
    vanished: 'no longer inject(s|) faults',
    changed: 'inject(s|) other faults',
  }),
  fields('routes', /\.(request|response)Headers/, { changed: 'set(s|) or remove(s|) other headers' }),
  fields('routes', /\.routes\[\]\.(redirect|directResponse)/, { changed: 'redirect(s|) or answer(s|) differently' }),
  fields('routes', /\.routes\[\]\.match/, { changed: 'match(es|) requests differently' }),
  fields('routes', /\.routes\[\]$/, {
    appeared: '(has|have) another route',
    vanished: '(has|have) a route less',
    changed: '(has|have) other routes',
  }),
  fields('routes', /(\.decorator(\.operation)?|\.name|\.metadata.*)$/, {
    changed: '(appears|appear) differently in telemetry',
  }),
  fields('routes', /\.routes$/, { changed: '(tries|try) routes in another order' }),
];

/** istiod's catch-all virtual host is called `allow_any` or `block_all`, by the outbound traffic policy. */
function unknownHosts(configuration: RouteConfiguration): string | undefined {
  const names = new Set((configuration?.virtualHosts ?? []).map((host: RouteConfiguration) => host.name));
  if (names.has('block_all')) return 'block(s|) requests for unknown hosts instead of passing them';
  return names.has('allow_any') ? 'pass(es|) requests for unknown hosts instead of blocking them' : undefined;
}
